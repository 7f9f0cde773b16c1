//! What can be asked: each lab's arguments with units and ranges, its lesson,
//! its findings, its URL form, the result's schema, and the messages between
//! page and engine.
//!
//! Pure: no browser, no threads, no user interface. One lab is one module; the
//! order of [`LABS`] is the order of the course.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

pub mod code;
pub mod compare;
pub mod import;
pub mod message;
pub mod notice;
pub mod plan;
pub mod query;
pub mod result;

pub use notice::Notice;
pub use result::Error;

/// A lab as the page's navigation and the command line's help name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lab {
    /// Its name in the URL and on the command line.
    pub slug: &'static str,
    /// The question it answers.
    pub question: &'static str,
}

/// Every lab, in the order of the course.
pub const LABS: &[Lab] = &[compare::LAB];
