//! What was printed, and by whom.

use serde::{Deserialize, Serialize};

/// Printed lines, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Console {
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// When, in microseconds since the run began.
    pub at_us: u64,
    /// Who printed it: the lane's name.
    pub by: String,
    /// The stream.
    pub stream: Stream,
    /// The text, without the line break.
    pub text: String,
}

/// The stream a line was printed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stream {
    /// Standard output.
    Output,
    /// Standard error.
    Error,
}
