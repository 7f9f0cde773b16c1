//! What happened: lanes and spans, and how they are recorded. A crate of its own because it runs at each event of a measurement: it is
//! compiled for speed, everything around it for size.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod recorder;
mod span;

pub use recorder::{Cursor, Recorder, Writer};
pub use span::{Lane, LaneKind, Output, Span, State, Subject};
