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
use crate::result::{Host, ResultFile, Run};
use crate::sheet::{Guess, Sheet};
use crate::values::Values;
use interleave_trace::Figure;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A lab: what can be asked, and what an answer means. Pure; how it is measured is in the engine.
pub trait Lab: 'static {
    /// Its name in the URL, on the command line and in results.
    const SLUG: &'static str;
    /// Its arguments, with types.
    type Args;
    /// What it measures besides runs: a result has it under the lab's slug. `()` for nothing.
    type Data: Serialize + DeserializeOwned;

    /// What can be set.
    fn controls() -> Vec<Control>;

    /// What the page shows before anything is measured.
    fn sheet() -> Sheet;

    /// The arguments of valid values.
    fn args(values: &Values) -> Self::Args;

    /// Looks at what a file says was measured, and computes anew what follows from the rest of it.
    ///
    /// # Errors
    /// Why it cannot have been measured, in words.
    fn accept(args: &Self::Args, measured: &mut Measured<Self::Data>) -> Result<(), String>;

    /// What a measurement says. Nothing in it may depend on anything but these.
    fn story(args: &Self::Args, host: &Host, measured: &Measured<Self::Data>, guess: Option<&Guess>) -> Story;

    /// The program called `slug` in the sheet, which does the same as `args` ask for; nothing if one of its layouts is missing.
    fn program(args: &Self::Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program>;
}

/// Everything one press of Run measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured<D> {
    /// Runs with lanes and spans, in the order in which they ran; may be empty.
    pub runs: Vec<Run>,
    /// What the machine was like meanwhile.
    pub conditions: Conditions,
    /// What else was measured.
    pub data: D,
}

/// What a measurement says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The figures, in the order of the sheet's blanks.
    pub figures: Vec<Figure>,
    /// The sentences; what matters most comes first.
    pub findings: Vec<Finding>,
    /// How near the guess was.
    pub score: Option<Score>,
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

impl Finding {
    /// A statement.
    #[must_use]
    pub fn new(id: &str, value: f64, text: String) -> Finding {
        Finding { id: id.to_owned(), value, text }
    }
}

/// How near a guess was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Score {
    /// All of it was right.
    pub right: bool,
    /// What was guessed and what came, in a sentence or two.
    pub text: String,
}

/// A finished measurement as page and command line take it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The arguments that ran, in the URL's form.
    pub query: String,
    /// Where they ran.
    pub host: Host,
    /// The figures, in the order of the sheet's blanks.
    pub figures: Vec<Figure>,
    /// The sentences: doubts about the measurement, then what it says.
    pub findings: Vec<Finding>,
    /// How many of them are doubts.
    pub doubts: u32,
    /// How near the guess was.
    pub score: Option<Score>,
    /// The result as JSON text, `interleave/result@1`.
    pub result: String,
}

/// What a measurement comes to.
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
