//! What values point to. Each object that can change has a lock of its own.

pub mod bytes;
pub mod class;
pub mod dict;
pub mod discard;
pub mod exception;
pub mod function;
pub mod generator;
pub mod instance;
pub mod iterator;
pub mod list;
pub mod module;
pub mod set;
pub mod shape;
pub mod slice;
pub mod text;
