//! What happened: the lanes and spans of a measured run, how they are recorded
//! without locks, laid out for drawing, and summed up.
//!
//! Pure: no browser, no threads of its own, no user interface.
#![forbid(unsafe_code)]
// `{:?}` prints nothing in the WebAssembly modules: they are built without it.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod by_core;
pub mod export;
pub mod figure;
pub mod format;
pub mod layout;
pub mod pixels;
pub mod stats;
mod summary;
mod text;

pub use by_core::by_core;
pub use figure::Figure;
pub use interleave_record::{Cursor, Lane, LaneKind, Output, Recorder, Span, State, Subject, Writer};
pub use summary::{Ratio, Summary, mean};
pub use text::{LEGEND, text};
