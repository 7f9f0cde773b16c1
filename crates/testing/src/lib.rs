//! What the tests of several crates share, natively and in browsers.
#![forbid(unsafe_code)]

mod at_once;
mod not_run;
mod python;

pub use at_once::AtOnce;
pub use not_run::{LIST, listed, must_run_all, not_run};
pub use python::{python_is_here, python_lines};
