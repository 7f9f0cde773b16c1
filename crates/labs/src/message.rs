//! The messages between page and engine, and between processes and their parent: bytes, encoded by the crate postcard.
//! That takes a fraction of the code that JSON needs.
//!
//! Both sides must be of one build, because the encoding does not describe itself. So every message begins with the
//! build's number, which changes whenever the code behind the messages does.

use crate::code::{Language, Program};
use crate::lab::{Pressed, Report};
use crate::mark::Mark;
use crate::result::Host;
use crate::sheet::Guess;
use crate::values::Values;
use interleave_trace::figure::{Rendered, TimelineRun};
use interleave_trace::{Lane, Span};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number of this build.
const BUILD: [u8; 8] = match u64::from_str_radix(env!("INTERLEAVE_BUILD"), 16) {
    Ok(number) => number.to_le_bytes(),
    Err(_) => panic!("the build script gives a number"),
};

/// Why bytes cannot be read as a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They come from another build.
    OtherBuild,
    /// They come from this build but are malformed.
    Form,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unreadable::OtherBuild => "this page and its engine are of different versions",
            Unreadable::Form => "a message makes no sense",
        })
    }
}

impl std::error::Error for Unreadable {}

/// Encodes a message.
#[must_use]
pub fn to_bytes(message: &impl Serialize) -> Vec<u8> {
    // Only a list of unknown length could fail.
    postcard::to_extend(message, BUILD.to_vec()).unwrap_or_default()
}

/// Decodes a message.
///
/// # Errors
/// Why the bytes cannot be read.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Unreadable> {
    let message = bytes.strip_prefix(&BUILD).ok_or(Unreadable::OtherBuild)?;
    postcard::from_bytes(message).map_err(|_| Unreadable::Form)
}

/// How much of a lab's code an engine has. A lab with a board opens with that part: the rest comes once it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// What answers [`ToEngine::Press`] and [`ToEngine::Check`].
    Board,
    /// All of it.
    Whole,
}

/// From the page to the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToEngine {
    /// Run a lab. Answered by [`FromEngine::Step`] and [`FromEngine::Live`]…, then [`FromEngine::Report`]; or by [`FromEngine::Stopped`]
    /// or [`FromEngine::Failed`].
    Run {
        /// The lab.
        lab: String,
        /// Its controls' values.
        values: Values,
        /// The reader's guess.
        guess: Option<Guess>,
    },
    /// Press something on a lab's board. Answered by [`FromEngine::Pressed`].
    Press {
        /// The lab.
        lab: String,
        /// Its controls' values.
        values: Values,
        /// What is pressed; nothing to see the board as it is.
        press: String,
    },
    /// Check the texts that the reader writes. Answered by [`FromEngine::Checked`].
    Check {
        /// The lab.
        lab: String,
        /// Its controls' values.
        values: Values,
    },
    /// Stop the run.
    Stop,
}

/// From the engine to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromEngine {
    /// The engine is ready.
    Up {
        /// Where it runs.
        host: Host,
        /// What it can do.
        part: Part,
    },
    /// A part of the run begins.
    Step {
        /// What is done now, in a few words.
        label: String,
        /// The share of the whole run that is done, from 0 to 1.
        share: f64,
        /// About how long all of the rest takes, in microseconds; 0 if that cannot be told yet.
        left_us: u64,
    },
    /// Progress of a figure during the run.
    Live(Live),
    /// What a press led to.
    Pressed(Box<Pressed<Rendered>>),
    /// What is wrong with the texts that were to be checked; nothing if all is well.
    Checked(Vec<Mark>),
    /// Everything has been measured.
    Report(Box<Report<Rendered>>),
    /// The run was stopped; none of its threads computes any more.
    Stopped,
    /// The run failed; the engine cannot be used again.
    Failed {
        /// What went wrong, for programs.
        code: Code,
        /// What went wrong, for the reader.
        message: String,
    },
}

/// From the page to the desk, which reads and writes files and programs, and is loaded only when a reader asks for one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToDesk {
    /// Read a result file. Answered by [`FromDesk::Report`] or [`FromDesk::Refused`].
    Explain {
        /// The lab whose file it should be.
        lab: String,
        /// The file's text.
        text: String,
    },
    /// Write a program that does what a lab does. Answered by [`FromDesk::Program`].
    Write {
        /// The lab.
        lab: String,
        /// Its controls' values.
        values: Values,
        /// Which program, as the sheet names it.
        program: String,
        /// The language.
        language: Language,
        /// The layouts that programs are made from, by name.
        layouts: Vec<(String, String)>,
    },
    /// Write a figure for a file. Answered by [`FromDesk::Saved`] or [`FromDesk::Refused`].
    Save {
        /// The lab.
        lab: String,
        /// The result that it is of, as JSON text.
        result: String,
        /// Its name; nothing for all runs on one time axis.
        figure: Option<String>,
        /// The file's format.
        form: Form,
    },
}

/// The format of a figure's file.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Form {
    /// A trace for Perfetto; without events if the figure is not a timeline.
    Trace,
    /// A table (CSV).
    Csv,
    /// A drawing (SVG) of this width in pixels.
    Svg(f64),
}

/// From the desk to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromDesk {
    /// The file's report.
    Report(Box<Report<Rendered>>),
    /// The file or the result was refused: the reason, for the reader.
    Refused(String),
    /// A program; nothing if one of its layouts is missing.
    Program(Option<Program>),
    /// A file's text.
    Saved(String),
}

/// Progress of a figure during the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Live {
    /// A run of the first timeline begins.
    Begun {
        /// Its slug.
        run: String,
        /// Its lanes.
        lanes: Vec<Lane>,
    },
    /// What it has recorded since the last message.
    Spans {
        /// Time since the run began, in microseconds.
        now_us: u64,
        /// Spans that ended since the last message.
        ended: Vec<Span>,
        /// Spans that are still open, up to now.
        open: Vec<Span>,
    },
    /// The run ended: its exact trace.
    Ended(TimelineRun),
    /// A figure so far, with its place among the sheet's blanks.
    Figure(u32, Box<Rendered>),
}

/// The codes of `interleave:error`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Code {
    /// A script or module of the engine could not be loaded, or a worker does not answer.
    Load,
    /// Memory could not be allocated.
    Memory,
    /// A task crashed.
    Panic,
    /// The reader stopped the run.
    Stopped,
    /// The engine answered nonsense.
    Engine,
    /// A program that the reader wrote cannot run.
    Script,
}

impl Code {
    /// The code's name in `interleave:error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Code::Load => "load",
            Code::Memory => "memory",
            Code::Panic => "panic",
            Code::Stopped => "stopped",
            Code::Engine => "engine",
            Code::Script => "script",
        }
    }

    /// The code with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Code> {
        [Code::Load, Code::Memory, Code::Panic, Code::Stopped, Code::Engine, Code::Script]
            .into_iter()
            .find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{Memory, Runtime};
    use interleave_trace::figure::{Timeline, View};
    use interleave_trace::{LaneKind, State, Subject};

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
        let run = TimelineRun {
            slug: "pool".to_owned(),
            title: "Pool".to_owned(),
            note: String::new(),
            wall_us: 100,
            bound_us: Some(90),
            speedup: Some(1.5),
            one_core: false,
            lanes: lanes.clone(),
            spans: spans.clone(),
            subjects: vec![Subject { words: "waits for Ada to end".to_owned(), line: 7 }],
        };
        let figure = Rendered {
            id: "modes".to_owned(),
            title: String::new(),
            caption: String::new(),
            view: View::Timeline(Timeline { runs: vec![run.clone()] }),
        };
        let report = Report {
            query: "lab=x".to_owned(),
            host: host.clone(),
            figures: vec![figure.clone()],
            findings: vec![],
            doubts: 0,
            score: None,
            result: "{}".to_owned(),
        };
        let all = [
            FromEngine::Up { host, part: Part::Board },
            FromEngine::Step { label: "Measuring".to_owned(), share: 0.5, left_us: 1_500_000 },
            FromEngine::Live(Live::Begun { run: "pool".to_owned(), lanes }),
            FromEngine::Live(Live::Spans { now_us: 9, open: spans.clone(), ended: spans }),
            FromEngine::Live(Live::Ended(run)),
            FromEngine::Live(Live::Figure(1, Box::new(figure))),
            FromEngine::Checked(vec![Mark { control: "script".to_owned(), line: 3, column: 1, text: "No".to_owned() }]),
            FromEngine::Report(Box::new(report)),
            FromEngine::Stopped,
            FromEngine::Failed { code: Code::Memory, message: "no\nmemory".to_owned() },
        ];
        for message in all {
            assert_eq!(from_bytes::<FromEngine>(&to_bytes(&message)), Ok(message));
        }
    }

    #[test]
    fn what_the_page_says_reads_back_and_half_of_it_does_not() {
        let values = Values::defaults(&crate::LABS[0].sheet().controls);
        let run = ToEngine::Run { lab: "compare".to_owned(), values, guess: Some(Guess::default()) };
        let bytes = to_bytes(&run);
        assert_eq!(from_bytes::<ToEngine>(&bytes), Ok(run));
        assert_eq!(from_bytes::<ToEngine>(&bytes[..bytes.len() / 2]), Err(Unreadable::Form));
        assert_eq!(from_bytes::<ToEngine>(&to_bytes(&ToEngine::Stop)), Ok(ToEngine::Stop));
    }

    #[test]
    fn a_message_of_another_build_is_known_as_one() {
        let mut bytes = to_bytes(&ToEngine::Stop);
        bytes[3] ^= 1;
        assert_eq!(from_bytes::<ToEngine>(&bytes), Err(Unreadable::OtherBuild));
        assert_eq!(from_bytes::<ToEngine>(&[]), Err(Unreadable::OtherBuild));
    }

    #[test]
    fn a_code_is_known_by_its_name() {
        for code in [Code::Load, Code::Memory, Code::Panic, Code::Stopped, Code::Engine, Code::Script] {
            assert_eq!(Code::from_name(code.name()), Some(code));
        }
        assert_eq!(Code::from_name("else"), None);
    }
}
