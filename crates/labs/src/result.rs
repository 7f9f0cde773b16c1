//! The result's schema, `interleave/result@1`: one JSON form for the page's download, its events, and the command line's `--json`.
//!
//! ```text
//! schema, lab, args, host, runs, conditions, <the lab's slug>: what else was measured, findings
//! ```

use crate::conditions::Conditions;
use crate::lab::{Finding, Lab, Measured};
use crate::values::{AsArguments, Given, Values};
use interleave_trace::figure::TimelineRun;
use interleave_trace::{Lane, Output, Span, Subject};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};

/// The `schema` that this version writes and reads.
pub const SCHEMA: &str = "interleave/result@1";

/// A result of the lab `L`, ready to be written.
pub struct ResultFile<'a, L: Lab> {
    /// The arguments that ran, after correction.
    pub args: &'a Values,
    /// Where it ran.
    pub host: &'a Host,
    /// What was measured.
    pub measured: &'a Measured<L::Data>,
    /// The findings.
    pub findings: &'a [Finding],
}

/// Whether results of `L` have a key for data besides runs.
pub(crate) const fn has_data<L: Lab>() -> bool {
    size_of::<L::Data>() > 0
}

impl<L: Lab> Serialize for ResultFile<'_, L> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", SCHEMA)?;
        map.serialize_entry("lab", L::SLUG)?;
        map.serialize_entry("args", &AsArguments(self.args))?;
        map.serialize_entry("host", self.host)?;
        map.serialize_entry("runs", &self.measured.runs)?;
        map.serialize_entry("conditions", &self.measured.conditions)?;
        if has_data::<L>() {
            map.serialize_entry(L::SLUG, &self.measured.data)?;
        }
        let said: Vec<Said> = self.findings.iter().map(Said::of).collect();
        map.serialize_entry("findings", &said)?;
        map.end()
    }
}

/// What a result has of a finding.
#[derive(Serialize)]
struct Said<'a> {
    id: &'a str,
    value: f64,
    text: &'a str,
}

impl Said<'_> {
    fn of(finding: &Finding) -> Said<'_> {
        Said { id: &finding.id, value: finding.value, text: &finding.text }
    }
}

/// What is read of every result. Findings are not: they are computed again.
#[derive(Debug, Deserialize)]
pub(crate) struct Head {
    pub(crate) args: Given,
    pub(crate) host: Host,
    pub(crate) runs: Vec<Run>,
    #[serde(default)]
    pub(crate) conditions: Conditions,
}

/// The machine and program that measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Host {
    /// In a browser or natively.
    pub runtime: Runtime,
    /// Cores, as the platform reports them.
    pub cores: u32,
    /// Whether threads can share memory here.
    pub memory: Memory,
    /// The smallest step of the clock, in microseconds, as measured.
    pub timer_us: f64,
    /// The browser's user agent, or the command line's name and version.
    pub agent: String,
}

/// What runs the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Runtime {
    /// WebAssembly in a browser.
    Browser,
    /// A native program.
    Native,
}

/// Whether threads can share memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Memory {
    /// One memory for all threads.
    Shared,
    /// Each worker has its own memory: the page is not cross-origin isolated.
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
    /// The `sequential` run's time divided by this one's; absent if `sequential` did not run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub speedup: Option<f64>,
    /// A checksum of all tasks' results, in task order: equal in all modes.
    pub checksum: String,
    /// How many times the baton passed from one thread to another (`one-core`), or the event loop went from one task to
    /// another (`event-loop`). 0 in other modes: a page cannot see the system's switches.
    pub context_switches: u64,
    /// The time those switches took, in microseconds: from one thread's release to the other's first instruction.
    #[serde(default)]
    pub switch_us: u64,
    /// The lanes, in order of drawing.
    pub lanes: Vec<Lane>,
    /// The spans, ordered by lane, then by start.
    pub spans: Vec<Span>,
    /// What spans are about, in a run of a program instead of tasks: `task` of a span is a place in this list.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub subjects: Vec<Subject>,
    /// What the tasks printed.
    pub output: Vec<Output>,
}

impl Run {
    /// The run as a timeline shows it, compared with nothing.
    #[must_use]
    pub(crate) fn drawn(&self, title: impl Into<String>, note: impl Into<String>) -> TimelineRun {
        TimelineRun {
            slug: self.mode.clone(),
            title: title.into(),
            note: note.into(),
            wall_us: (self.wall_ms * 1000.0).round() as u64,
            bound_us: None,
            speedup: None,
            one_core: false,
            lanes: self.lanes.clone(),
            spans: self.spans.clone(),
            subjects: self.subjects.clone(),
        }
    }
}
