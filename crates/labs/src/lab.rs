//! What a lab is: the one seam between labs and everything else.
//!
//! ```text
//!  sheet ──▶ page, command line      what can be set, before any module is loaded
//!  values ─▶ args ─▶ measure ─▶ Measured<Data> ─▶ story ─▶ Report ─▶ page, command line
//!  (URL)    (here)   (engine)                     (here)
//! ```

use crate::code::{Language, Layouts, Program};
use crate::conditions::Conditions;
use crate::control::Control;
use crate::json;
use crate::lesson::Step;
use crate::result::{Host, ResultFile, Run};
use crate::sheet::{Guess, Sheet};
use crate::values::Values;
use interleave_trace::figure::Rendered;
use interleave_trace::{Figure, State};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A lab: what can be set, and what a measurement means. Pure; the engine measures.
pub trait Lab: 'static {
    /// Its name in the URL, on the command line and in results.
    const SLUG: &'static str;
    /// The engine's module that measures it. Labs that need the same large part of the engine name the same one, and share it.
    const MODULE: &'static str = Self::SLUG;
    /// What there is to read beside its figures.
    const LESSON: &'static [Step];
    /// The language whose programs it runs, and the control that takes them.
    const RUNS: Option<(Language, &'static str)> = None;
    /// Its typed arguments.
    type Args;
    /// What it measures besides runs; a result has it under the lab's slug. `()` if nothing.
    type Data: Serialize + DeserializeOwned;

    /// The controls.
    fn controls() -> Vec<Control>;

    /// What the page shows before a run.
    fn sheet() -> Sheet;

    /// The arguments of valid values.
    fn args(values: &Values) -> Self::Args;

    /// Checks what was read from a file, and computes again what follows from the rest of it.
    ///
    /// # Errors
    /// Why this cannot have been measured, for the reader.
    fn accept(args: &Self::Args, measured: &mut Measured<Self::Data>) -> Result<(), String>;

    /// The figures and findings of a measurement. They may depend on nothing else.
    fn story(args: &Self::Args, host: &Host, measured: &Measured<Self::Data>, guess: Option<&Guess>) -> Story;

    /// What a press on its board leads to; nothing if it has none. What a press says is between the lab and its board: what is unknown
    /// changes nothing, and an empty one asks for the board as it is.
    #[must_use]
    fn press(values: &Values, press: &str) -> Option<Pressed> {
        let _ = (values, press);
        None
    }

    /// The program called `slug` in the sheet, for these arguments; `None` if one of its layouts is missing.
    fn program(args: &Self::Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program>;
}

/// Everything one press of Run measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured<D> {
    /// Runs with lanes and spans, in the order in which they ran; may be empty.
    pub runs: Vec<Run>,
    /// What the machine was like during the runs.
    pub conditions: Conditions,
    /// What else was measured.
    pub data: D,
}

/// The figures and findings of a measurement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The figures, in the order of the sheet's blanks.
    pub figures: Vec<Figure>,
    /// The findings, most important first.
    pub findings: Vec<Finding>,
    /// How near the guess was.
    pub score: Option<Score>,
}

/// A sentence computed from the measurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The kind of finding, for programs.
    pub id: String,
    /// Its number, in the unit that the text names.
    pub value: f64,
    /// The sentence.
    pub text: String,
    /// The row with which it stands: the slug of a run, or of a row of a table; nothing of the page's main sentences. Like `lights`, it is
    /// for the page: results do not have it.
    #[serde(default)]
    pub row: Option<String>,
    /// What it speaks of.
    #[serde(default)]
    pub lights: Vec<Light>,
}

/// Spans that a sentence speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Light {
    /// The slug of their run.
    pub run: String,
    /// Their states; all of the run if there are none.
    pub states: Vec<State>,
}

impl Finding {
    /// A finding: one of the page's main sentences, which lights up nothing.
    #[must_use]
    pub fn new(id: &str, value: f64, text: String) -> Finding {
        Finding { id: id.to_owned(), value, text, row: None, lights: Vec::new() }
    }

    /// The same finding, beside the row called `row`.
    #[must_use]
    pub fn of(self, row: &str) -> Finding {
        Finding { row: Some(row.to_owned()), ..self }
    }

    /// The same finding, which also speaks of the spans of `run` in one of `states`, or of all if there are none.
    #[must_use]
    pub fn lighting(mut self, run: &str, states: &[State]) -> Finding {
        self.lights.push(Light { run: run.to_owned(), states: states.to_vec() });
        self
    }

    /// The same finding, which also speaks of what the run called `slug` did in `states`, or of all of it if there are none: as far as its
    /// trace shows that.
    #[must_use]
    pub(crate) fn showing(self, runs: &[Run], slug: &str, states: &[State]) -> Finding {
        let spans = runs.iter().find(|run| run.mode == slug).map_or(&[][..], |run| &run.spans);
        let shown: Vec<State> =
            states.iter().copied().filter(|state| spans.iter().any(|span| span.state == *state)).collect();
        let shows = if states.is_empty() { !spans.is_empty() } else { !shown.is_empty() };
        if shows { self.lighting(slug, &shown) } else { self }
    }
}

/// What a press on a board leads to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pressed<F = Figure> {
    /// The values then.
    pub values: Values,
    /// The board then: the lab's first figure.
    pub figure: F,
}

impl Pressed {
    /// The same for the page.
    #[must_use]
    pub fn rendered(self) -> Pressed<Rendered> {
        Pressed { values: self.values, figure: self.figure.rendered() }
    }
}

/// How near a guess was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// Whether all of it was right.
    pub right: bool,
    /// What was guessed and what was measured, in a sentence or two.
    pub text: String,
}

/// A finished measurement: with figures as they were measured for the command line and for files, with rendered ones for the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report<F = Figure> {
    /// The arguments that ran, as a query string.
    pub query: String,
    /// Where they ran.
    pub host: Host,
    /// The figures, in the order of the sheet's blanks.
    pub figures: Vec<F>,
    /// The findings: first doubts about the measurement, then what it shows.
    pub findings: Vec<Finding>,
    /// How many of them are doubts.
    pub doubts: u32,
    /// How near the guess was.
    pub score: Option<Score>,
    /// The result as JSON text, `interleave/result@1`.
    pub result: String,
}

impl Report {
    /// The report for the page.
    #[must_use]
    pub fn rendered(self) -> Report<Rendered> {
        Report {
            query: self.query,
            host: self.host,
            figures: self.figures.into_iter().map(Figure::rendered).collect(),
            findings: self.findings,
            doubts: self.doubts,
            score: self.score,
            result: self.result,
        }
    }
}

/// The report on a measurement.
#[must_use]
pub fn report<L: Lab>(values: &Values, host: Host, measured: &Measured<L::Data>, guess: Option<&Guess>) -> Report {
    let story = L::story(&L::args(values), &host, measured, guess);
    let mut findings = measured.conditions.doubts(&host);
    let doubts = findings.len() as u32;
    findings.extend(story.findings);
    let result = json::to_text(&ResultFile::<L> { args: values, host: &host, measured, findings: &findings });
    Report {
        query: values.to_query(L::SLUG),
        host,
        figures: story.figures,
        findings,
        doubts,
        score: story.score,
        result,
    }
}
