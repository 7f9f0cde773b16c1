//! What processes tell each other.

use super::channel::Ask;
use crate::Options;
use crate::run::gil::GilCounts;
use crate::run::timeline::Lane;
use serde::{Deserialize, Serialize};

/// To a process from its parent.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToChild {
    /// The first one.
    Begin(Box<Begin>),
    /// Of what it asked under this ticket.
    Answer { ticket: u64, item: Option<Vec<u8>> },
    /// It is to end at once.
    End,
}

/// What a process begins with.
#[derive(Debug, Serialize, Deserialize)]
pub struct Begin {
    /// The program's text.
    pub source: String,
    /// How it is run.
    pub options: Options,
    /// When the program's clocks began.
    pub made_us: u64,
    /// The process's number.
    pub pid: u64,
    /// That of its parent.
    pub parent_pid: u64,
    /// What it is called.
    pub name: String,
    /// The `Process` that it is, pickled.
    pub object: Vec<u8>,
}

/// From a process to its parent.
#[derive(Debug, Serialize, Deserialize)]
pub enum ToParent {
    /// Its first line begins.
    Begun,
    /// One of its threads printed something.
    Print { by: Speaker, error: bool, text: String, at_us: u64 },
    /// It wants something of a channel.
    Ask(Ask),
    /// It is over.
    Ended(Box<Ended>),
    /// It is over; if it has not said how, that is because it crashed.
    Lost,
}

/// Who printed something.
#[derive(Debug, Serialize, Deserialize)]
pub struct Speaker {
    /// The thread's number in its process.
    pub thread: u32,
    /// What it is called.
    pub name: String,
    /// Whether it is a process.
    pub process: bool,
}

/// How a process ended.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ended {
    /// With which exit code.
    pub code: i32,
    /// Whether that was because it was told to.
    pub told: bool,
    /// What its threads did.
    pub lanes: Vec<Lane>,
    /// How its lock was used.
    pub gil: GilCounts,
}

/// As bytes.
pub fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    // Only a list of unknown length could fail.
    postcard::to_extend(message, Vec::new()).unwrap_or_default()
}
