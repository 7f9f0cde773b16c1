//! A subset of Python 3, on real threads.
#![forbid(unsafe_code)]

pub mod random;
pub mod text;
