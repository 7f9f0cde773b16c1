//! The result's schema, `interleave/result@1`: one JSON form for the page's
//! download, its events, and the command line's `--json`.

use crate::LABS;
use crate::compare::{self, Args};
use crate::query::shown;
use interleave_trace::{Lane, Output, Span};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The value of [`ResultFile::schema`] that this version writes and reads.
pub const SCHEMA: &str = "interleave/result@1";

/// Everything one press of Run measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultFile {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The lab's slug.
    pub lab: String,
    /// The arguments in force, after correction.
    pub args: Args,
    /// Where it ran.
    pub host: Host,
    /// One entry for each mode, in the order in which they ran.
    pub runs: Vec<Run>,
    /// What the measurement says.
    pub findings: Vec<Finding>,
}

/// The machine and program that measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// In a browser or natively.
    pub runtime: Runtime,
    /// Cores, as the platform reports them.
    pub cores: u32,
    /// What memory threads can have in common here.
    pub memory: Memory,
    /// The smallest step of the clock, in microseconds, as measured.
    pub timer_us: f64,
    /// The browser's user agent, or the command line's name and version.
    pub agent: String,
}

/// What ran the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Runtime {
    /// WebAssembly in a browser.
    Browser,
    /// A native program.
    Native,
}

/// What memory threads can have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Memory {
    /// One memory for all threads.
    Shared,
    /// A memory for each worker: the page is not cross-origin isolated.
    Separate,
    /// No workers at all.
    None,
}

/// One mode's measured run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The mode's slug.
    pub mode: String,
    /// From the run's start to its end, in milliseconds.
    pub wall_ms: f64,
    /// The `sequential` run's time over this one's; absent when `sequential` did not run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speedup: Option<f64>,
    /// Over all tasks' results, in task order: equal in all modes.
    pub checksum: String,
    /// How often the baton went from one thread to another (`one-core`), or the event loop turned
    /// from one task to another (`event-loop`). 0 elsewhere: what the system switches is not visible from here.
    pub context_switches: u64,
    /// Time spent in those switches, in microseconds: from the one thread's release to the other's first instruction.
    #[serde(default)]
    pub switch_us: u64,
    /// The lanes, in order of drawing.
    pub lanes: Vec<Lane>,
    /// The spans, ordered by lane, then by start.
    pub spans: Vec<Span>,
    /// What the tasks printed.
    pub output: Vec<Output>,
}

/// A statement computed from the measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// What kind of statement, for programs.
    pub id: String,
    /// Its figure, in the unit the text names.
    pub value: f64,
    /// The sentence.
    pub text: String,
}

/// Why a text is not a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// It is not JSON, or not of this form: the parser's words.
    Json(String),
    /// It is of another schema, or another version of it.
    Schema(String),
    /// It contradicts itself.
    Inconsistent(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Json(why) => write!(f, "this is not a result file: {why}"),
            Error::Schema(schema) => {
                write!(f, "this is a file of “{}”, not of “{SCHEMA}”", shown(schema))
            }
            Error::Inconsistent(why) => write!(f, "this result contradicts itself: {why}"),
        }
    }
}

impl std::error::Error for Error {}

impl ResultFile {
    /// The result of `runs` of `args` on `host`: speed-ups and findings are computed here.
    #[must_use]
    pub fn new(args: &Args, host: Host, mut runs: Vec<Run>) -> ResultFile {
        compare::with_speedups(&mut runs);
        let findings = compare::findings(args, &host, &runs);
        let (schema, lab) = (SCHEMA.to_owned(), compare::LAB.slug.to_owned());
        ResultFile { schema, lab, args: args.clone(), host, runs, findings }
    }

    /// The result as JSON text.
    #[cfg(not(target_arch = "wasm32"))]
    #[must_use]
    pub fn to_json(&self) -> String {
        // Maps with text keys and finite numbers only: there is nothing that could fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a result with the native parser.
    ///
    /// # Errors
    /// As [`ResultFile::read`].
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_json(text: &str) -> Result<ResultFile, Error> {
        ResultFile::read::<serde_json::Value>(text)
    }

    /// Reads a result.
    ///
    /// # Errors
    /// [`Error`] if it is none, of another version or of an unknown lab, or has figures that are not finite, or spans or output
    /// outside their run or on lanes that do not exist.
    pub fn read<J: Json>(text: &str) -> Result<ResultFile, Error> {
        #[derive(Deserialize)]
        struct Head {
            schema: Option<String>,
        }
        let json = J::parse(text).map_err(Error::Json)?;
        // A list would be read as the values of an object's fields.
        let head =
            if text.trim_start().starts_with('{') { json.read().map_err(Error::Json)? } else { Head { schema: None } };
        match head.schema.as_deref() {
            Some(SCHEMA) => {}
            Some(other) => return Err(Error::Schema(other.to_owned())),
            None => return Err(Error::Json("it has no schema".to_owned())),
        }
        let result: ResultFile = json.read().map_err(Error::Json)?;
        if LABS.iter().all(|lab| lab.slug != result.lab) {
            return Err(Error::Inconsistent(format!("there is no lab called “{}”", shown(&result.lab))));
        }
        let figures = result.findings.iter().map(|finding| finding.value).chain([result.host.timer_us]);
        let of_runs = result.runs.iter().flat_map(|run| [run.wall_ms, run.speedup.unwrap_or(0.0)]);
        if !figures.chain(of_runs).all(f64::is_finite) {
            return Err(Error::Json("number out of range".to_owned()));
        }
        result.runs.iter().try_for_each(Run::check)?;
        Ok(result)
    }
}

/// A JSON text that a parser has understood: natively serde_json's, in the page the browser's own, for which it needs no code.
pub trait Json: Sized {
    /// Parses a text.
    ///
    /// # Errors
    /// The parser's words.
    fn parse(text: &str) -> Result<Self, String>;

    /// Its value as a type.
    ///
    /// # Errors
    /// What it lacks, or has instead.
    fn read<T: DeserializeOwned>(&self) -> Result<T, String>;
}

#[cfg(not(target_arch = "wasm32"))]
impl Json for serde_json::Value {
    fn parse(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }

    fn read<T: DeserializeOwned>(&self) -> Result<T, String> {
        T::deserialize(self).map_err(|error| error.to_string())
    }
}

impl Run {
    fn check(&self) -> Result<(), Error> {
        let mode = shown(&self.mode);
        if self.wall_ms < 0.0 {
            return Err(Error::Inconsistent(format!("{mode} took less than no time")));
        }
        // Milliseconds as a fraction may be off by less than the microsecond that spans count in.
        let wall_us = (self.wall_ms * 1000.0).round();
        let fault = |lane: u32, from_us: u64, to_us: u64| {
            if from_us > to_us {
                Some("ends before it starts")
            } else if to_us as f64 > wall_us {
                Some("ends after its run")
            } else if self.lanes.iter().all(|known| known.id != lane) {
                Some("is on a lane that does not exist")
            } else {
                None
            }
        };
        for span in &self.spans {
            if let Some(fault) = fault(span.lane, span.start_us, span.end_us) {
                return Err(Error::Inconsistent(format!("in {mode}, a span of task {} {fault}", span.task)));
            }
        }
        for line in &self.output {
            if let Some(fault) = fault(line.lane, line.at_us, line.at_us) {
                return Err(Error::Inconsistent(format!("in {mode}, a line of output {fault}")));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_trace::{LaneKind, State};
    use proptest::prelude::*;
    use serde_json::Value;

    fn sample(spans: Vec<Span>) -> ResultFile {
        let host = Host {
            runtime: Runtime::Native,
            cores: 2,
            memory: Memory::Shared,
            timer_us: 0.1,
            agent: "test".to_owned(),
        };
        let run = |mode: &str, wall_ms| Run {
            mode: mode.to_owned(),
            wall_ms,
            speedup: None,
            checksum: "0123456789abcdef".to_owned(),
            context_switches: 0,
            switch_us: 0,
            lanes: vec![Lane { id: 0, name: "main thread".to_owned(), kind: LaneKind::Main }],
            spans: spans.clone(),
            output: vec![Output { at_us: 3, lane: 0, text: "hello".to_owned() }],
        };
        ResultFile::new(&Args::default(), host, vec![run("sequential", 1600.0), run("pool", 400.0)])
    }

    fn span(start_us: u64, end_us: u64) -> Span {
        Span { lane: 0, task: 0, state: State::Sleep, start_us, end_us }
    }

    #[test]
    fn it_has_the_contracts_form() {
        let value: Value = serde_json::from_str(&sample(vec![span(0, 200_120)]).to_json()).unwrap();
        assert_eq!(value["schema"], "interleave/result@1");
        assert_eq!((&value["lab"], &value["host"]["runtime"]), (&"compare".into(), &"native".into()));
        assert_eq!(value["args"]["tasks"], 8);
        assert_eq!(value["args"]["modes"][4], "pool");
        assert_eq!(value["runs"][1]["speedup"], 4.0);
        assert_eq!(value["runs"][0]["lanes"][0]["kind"], "main");
        let expected = serde_json::json!({"lane": 0, "task": 0, "state": "sleep", "start_us": 0, "end_us": 200_120});
        assert_eq!(value["runs"][0]["spans"][0], expected);
        assert!(value["findings"][0]["text"].is_string());
    }

    #[test]
    fn what_is_no_result_is_refused_with_a_reason() {
        let refuse = |text: &str| ResultFile::from_json(text).unwrap_err().to_string();
        assert!(refuse("{\"schema\": \"interleave/res").starts_with("this is not a result file"));
        assert_eq!(refuse("[]"), "this is not a result file: it has no schema");
        assert!(refuse("{\"schema\": \"interleave/result@2\"}").contains("interleave/result@2"));
        let spoilt = |spoil: fn(&mut ResultFile)| {
            let mut result = sample(vec![span(0, 300)]);
            spoil(&mut result);
            refuse(&result.to_json())
        };
        assert!(
            spoilt(|file| file.runs[1].spans[0].end_us = 500_000)
                .ends_with("in pool, a span of task 0 ends after its run")
        );
        assert!(spoilt(|file| file.runs[0].spans[0].start_us = 301).ends_with("ends before it starts"));
        assert!(spoilt(|file| file.runs[0].spans[0].lane = 7).ends_with("is on a lane that does not exist"));
        assert!(
            spoilt(|file| file.runs[0].output[0].lane = 7)
                .ends_with("a line of output is on a lane that does not exist")
        );
        assert!(
            spoilt(|file| file.runs[0].output[0].at_us = 2_000_000).ends_with("a line of output ends after its run")
        );
        assert!(spoilt(|file| file.runs[0].wall_ms = -1.0).ends_with("sequential took less than no time"));
        assert!(spoilt(|file| file.lab = "nonsense".into()).ends_with("there is no lab called “nonsense”"));
    }

    proptest! {
        #[test]
        fn every_result_reads_back(ends in prop::collection::vec((0_u64..200_000, 0_u64..200_000, 0_usize..6), 0..40)) {
            let spans = ends.iter().map(|(a, b, state)| Span { state: State::ALL[*state], ..span(*a.min(b), *a.max(b)) });
            let result = sample(spans.collect());
            prop_assert_eq!(ResultFile::from_json(&result.to_json()).unwrap(), result);
        }
    }
}
