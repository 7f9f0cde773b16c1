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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{Memory, Runtime};
    use interleave_trace::{LaneKind, State};
    use serde_json::{from_str, to_string};

    #[test]
    fn what_the_page_says_has_a_fixed_form() {
        let run = ToEngine::Run { query: "lab=compare&tasks=8".to_owned() };
        assert_eq!(to_string(&run).unwrap(), r#"{"run":{"query":"lab=compare&tasks=8"}}"#);
        assert_eq!(to_string(&ToEngine::Stop).unwrap(), r#""stop""#);
        assert_eq!(from_str::<ToEngine>(&to_string(&run).unwrap()).unwrap(), run);
    }

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
            speedup: None,
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
            assert_eq!(from_str::<FromEngine>(&to_string(&message).unwrap()).unwrap(), message);
        }
    }

    #[test]
    fn a_code_has_one_name_everywhere() {
        for code in [Code::Load, Code::Memory, Code::Panic, Code::Stopped, Code::Engine] {
            assert_eq!(to_string(&code).unwrap(), format!("\"{}\"", code.name()));
        }
    }
}
