//! A run of a program: its threads, the global interpreter lock, waiting, and the end.

pub mod gil;
pub mod interpreter;
pub mod lock;
pub mod thread;
pub mod timeline;
pub mod traceback;
