//! What can go wrong with threads.

use crate::Stopped;
use std::fmt;

/// Why a thread, pool or process did not do its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// It was asked to stop.
    Stopped,
    /// It could not be started: the reason in the platform's words.
    Start(String),
    /// There is no memory for it.
    Memory(String),
    /// It panicked: the panic's message.
    Panicked(String),
    /// It was not begun, because it cannot be done: the reason, a sentence.
    Refused(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Stopped => f.write_str("the run was stopped"),
            Error::Start(why) => write!(f, "a thread or process could not be started: {why}"),
            Error::Memory(why) => write!(f, "there is not enough memory: {why}"),
            Error::Panicked(message) => write!(f, "a task crashed: {message}"),
            Error::Refused(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Error {}

impl From<Stopped> for Error {
    fn from(_: Stopped) -> Error {
        Error::Stopped
    }
}
