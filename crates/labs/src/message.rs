//! What page and engine say to each other, as JSON text.

use crate::result::{Host, Run};
use interleave_trace::{Lane, Span};
use serde::{Deserialize, Serialize};

/// From the page to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToEngine {
    /// Run a lab: the query string of its arguments, as in the URL.
    Run {
        /// The lab and its arguments, in the URL's form, already corrected.
        query: String,
    },
    /// Stop the run: answered by [`FromEngine::Stopped`].
    Stop,
}

/// From the engine to the page. A run is answered by `Calibrating`, then `Started`,
/// `Progress`… and `Finished` for each mode in turn, then `Done`; or ended by `Stopped` or `Failed`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FromEngine {
    /// The engine is ready for a run.
    Up {
        /// Where it runs.
        host: Host,
    },
    /// Finding out how long the kernel takes on this core; nothing is measured yet.
    Calibrating,
    /// A mode's run begins.
    Started {
        /// The mode's slug.
        mode: String,
        /// Its lanes.
        lanes: Vec<Lane>,
    },
    /// What has been recorded since the last message.
    Progress {
        /// Time since the run began, in microseconds.
        now_us: u64,
        /// Spans that ended since the last message.
        spans: Vec<Span>,
        /// Spans that still go on, as far as they have come.
        open: Vec<Span>,
    },
    /// A mode's run ended: its exact trace.
    Finished {
        /// The trace, without `speedup`.
        run: Run,
    },
    /// All modes have run.
    Done,
    /// The run was stopped, and none of its threads computes any more.
    Stopped,
    /// The run failed; the engine is of no use any more.
    Failed {
        /// What went wrong, for programs.
        code: Code,
        /// What went wrong, for the reader.
        message: String,
    },
}

/// The codes of `interleave:error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// A script or module of the engine could not be loaded.
    Load,
    /// Memory could not be allocated.
    Memory,
    /// A task crashed.
    Panic,
    /// The reader stopped the run.
    Stopped,
    /// None of the chosen modes can run here.
    Unavailable,
    /// The engine did not answer, or answered nonsense.
    Engine,
}

impl Code {
    /// The code as `interleave:error` carries it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Code::Load => "load",
            Code::Memory => "memory",
            Code::Panic => "panic",
            Code::Stopped => "stopped",
            Code::Unavailable => "unavailable",
            Code::Engine => "engine",
        }
    }
}
