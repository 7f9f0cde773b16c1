//! The vocabulary of a trace: lanes, and the spans of time on them.

use serde::{Deserialize, Serialize};

/// What a task was doing during a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Computing.
    Run,
    /// Asleep for a time it asked for, as if waiting for a disk or a network; and on until its timer fires, should that be late.
    Sleep,
    /// Able to compute, but waiting for its turn: on a core, in an event loop, or to hold the baton.
    Ready,
    /// Waiting for another thread: for a lock, or to join it.
    Wait,
    /// Starting: from the request for a thread or process to its first instruction, be it created for that or standing by.
    Spawn,
    /// A message is on its way, from the sender's call to the receiver's.
    Message,
}

impl State {
    /// All states, in the order of the legend.
    pub const ALL: [State; 6] = [State::Run, State::Sleep, State::Ready, State::Wait, State::Spawn, State::Message];

    /// The state's name in the result's JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Run => "run",
            State::Sleep => "sleep",
            State::Ready => "ready",
            State::Wait => "wait",
            State::Spawn => "spawn",
            State::Message => "message",
        }
    }
}

/// A stretch of time in which one task, on one lane, was in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The lane's [`Lane::id`].
    pub lane: u32,
    /// The task's number, from 0; in a run that has subjects, the place of its [`Subject`] among them.
    pub task: u32,
    /// What the task was doing.
    pub state: State,
    /// Start in microseconds since the run began.
    pub start_us: u64,
    /// End in microseconds since the run began; never before the start.
    pub end_us: u64,
}

impl Span {
    /// The span's length in microseconds.
    #[must_use]
    pub fn len_us(&self) -> u64 {
        self.end_us - self.start_us
    }
}

/// What a span is about, in a run of a program instead of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Subject {
    /// What the lane does, after its name: `waits for a Lock that Ada has`.
    pub words: String,
    /// The line of the program that it does this at, from 1; 0 for none.
    pub line: u32,
}

/// What a lane stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LaneKind {
    /// The one thread that runs everything.
    Main,
    /// A thread created for one task.
    Thread,
    /// A thread of a pool.
    Worker,
    /// A process: it has its own memory.
    Process,
}

/// A row of the timeline: something that executes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    /// The lane's number, from 0, in order of drawing.
    pub id: u32,
    /// What a reader calls it: `worker 1`.
    pub name: String,
    /// What it stands for.
    pub kind: LaneKind,
}

/// A line of text that the run printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// When, in microseconds since the run began.
    pub at_us: u64,
    /// The lane that printed it.
    pub lane: u32,
    /// What it printed.
    pub text: String,
}
