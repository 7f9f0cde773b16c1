//! What is wrong with a text or a wish, and where.

use crate::program::Span;
use std::fmt;

/// What is wrong with a program's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Where.
    pub span: Span,
    /// What: a sentence without its full stop.
    pub message: String,
}

impl Error {
    /// At a place.
    pub(crate) fn at(span: Span, message: impl Into<String>) -> Error {
        Error { span, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.span.line, self.span.column, self.message)
    }
}

impl std::error::Error for Error {}

/// What is wrong with how a program is to be run: arguments, addresses, a schedule. A sentence without its full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetupError(pub String);

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for SetupError {}

/// A text from outside, short enough to be repeated in a message.
pub(crate) fn shown(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().nth(MOST).is_none() {
        return text.to_owned();
    }
    text.chars().take(MOST).chain(['…']).collect()
}
