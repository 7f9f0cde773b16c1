//! What page and engine say to each other, and processes to their parent: as bytes, in the form of the crate postcard. Both sides
//! are always of one build; and code that writes and reads these is a fraction of what JSON takes.

use crate::result::{Host, Run};
use interleave_trace::{Lane, Output, Span};
use serde::{Deserialize, Serialize};

/// A message's bytes.
#[must_use]
pub fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    // Only lists whose length is not known could fail.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// A message of its bytes.
///
/// # Errors
/// What is wrong with them.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, postcard::Error> {
    postcard::from_bytes(bytes)
}

/// From the page to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
        #[serde(with = "WholeRun")]
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

/// A run with all of its fields: in JSON it leaves out some.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Run")]
struct WholeRun {
    mode: String,
    wall_ms: f64,
    speedup: Option<f64>,
    checksum: String,
    context_switches: u64,
    switch_us: u64,
    lanes: Vec<Lane>,
    spans: Vec<Span>,
    output: Vec<Output>,
}

/// The codes of `interleave:error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Code {
    /// A script or module of the engine could not be loaded.
    Load,
    /// Memory could not be allocated.
    Memory,
    /// A task crashed.
    Panic,
    /// The reader stopped the run.
    Stopped,
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
            Code::Engine => "engine",
        }
    }

    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Code> {
        [Code::Load, Code::Memory, Code::Panic, Code::Stopped, Code::Engine]
            .into_iter()
            .find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{Memory, Runtime};
    use interleave_trace::{LaneKind, State};

    #[test]
    fn what_the_engine_says_reads_back() {
        let host = Host {
            runtime: Runtime::Browser,
            cores: 2,
            memory: Memory::Separate,
            timer_us: 5.0,
            agent: "“Agent”/1".to_owned(),
        };
        let lanes = vec![Lane { id: 0, name: "worker 1".to_owned(), kind: LaneKind::Worker }];
        let spans = vec![Span { lane: 0, task: 3, state: State::Ready, start_us: 7, end_us: u64::from(u32::MAX) + 1 }];
        let run = Run {
            mode: "pool".to_owned(),
            wall_ms: 0.1,
            speedup: Some(1.5),
            checksum: "0123456789abcdef".to_owned(),
            context_switches: 1,
            switch_us: 2,
            lanes: lanes.clone(),
            spans: spans.clone(),
            output: vec![],
        };
        let all = [
            FromEngine::Up { host },
            FromEngine::Calibrating,
            FromEngine::Started { mode: "pool".to_owned(), lanes },
            FromEngine::Progress { now_us: 9, open: spans.clone(), spans },
            FromEngine::Finished { run },
            FromEngine::Done,
            FromEngine::Stopped,
            FromEngine::Failed { code: Code::Memory, message: "no\nmemory".to_owned() },
        ];
        for message in all {
            assert_eq!(from_bytes::<FromEngine>(&to_bytes(&message)), Ok(message));
        }
    }

    #[test]
    fn what_the_page_says_reads_back_and_half_of_it_does_not() {
        let run = ToEngine::Run { query: "lab=compare&tasks=8".to_owned() };
        let bytes = to_bytes(&run);
        assert_eq!(from_bytes::<ToEngine>(&bytes), Ok(run));
        assert!(from_bytes::<ToEngine>(&bytes[..bytes.len() / 2]).is_err());
        assert_eq!(from_bytes::<ToEngine>(&to_bytes(&ToEngine::Stop)), Ok(ToEngine::Stop));
    }

    #[test]
    fn a_code_is_known_by_its_name() {
        for code in [Code::Load, Code::Memory, Code::Panic, Code::Stopped, Code::Engine] {
            assert_eq!(Code::from_name(code.name()), Some(code));
        }
        assert_eq!(Code::from_name("else"), None);
    }
}
