//! `python`: what do start, join, daemon and shutdown do?
//!
//! The reader's own script, each of its threads a real thread, with a global interpreter lock and without.

mod args;
mod code;
mod data;
mod figures;
mod findings;
mod guess;
mod lesson;
mod scripts;
mod sheet;

pub use args::Args;
pub use data::{Data, Printed, Repeat, Trial};
pub use figures::{console, console_of, timeline_run};

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Story};
use crate::lesson::Step;
use crate::result::Host;
use crate::script;
use crate::sheet::{Guess, Sheet};
use crate::values::Values;

/// The lab's name.
const SLUG: &str = "python";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Python;

impl Lab for Python {
    const SLUG: &'static str = SLUG;
    const MODULE: &'static str = script::MODULE;
    const RUNS: Option<(Language, &'static str)> = Some((Language::Python, script::SCRIPT));
    const LESSON: &'static [Step] = lesson::LESSON;
    type Args = Args;
    type Data = Data;

    fn controls() -> Vec<Control> {
        sheet::controls()
    }

    fn sheet() -> Sheet {
        sheet::sheet()
    }

    fn args(values: &Values) -> Args {
        Args::of(values)
    }

    fn accept(args: &Args, measured: &mut Measured<Data>) -> Result<(), String> {
        data::accept(args, measured)
    }

    fn story(args: &Args, host: &Host, measured: &Measured<Data>, guess: Option<&Guess>) -> Story {
        let told = data::told(measured);
        Story {
            figures: figures::figures(args, &told),
            findings: findings::findings(host, &told),
            score: guess.and_then(|guess| guess::score(guess, &told)),
        }
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(args, slug, language, layouts)
    }
}

#[cfg(test)]
mod tests;
