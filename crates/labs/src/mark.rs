//! What is wrong with what a reader writes, and where.

use serde::{Deserialize, Serialize};

/// A mistake in the text of a control.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The control's name.
    pub control: String,
    /// The line, from 1.
    pub line: u32,
    /// The first character's place in the line, from 1; one after the last where something is missing.
    pub column: u32,
    /// What is wrong: a sentence without its full stop, and without the place.
    pub text: String,
}
