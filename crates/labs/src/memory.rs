//! `memory`: how far away is memory?

mod args;
mod code;
mod curve;
mod data;
mod figures;
mod findings;
mod lesson;
mod sheet;

pub use args::{Args, Part};
pub use data::{APART, Counted, Data, Pair, Round, Set};
pub use figures::curve_figure;

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Story};
use crate::lesson::Step;
use crate::result::Host;
use crate::sheet::{Guess, Sheet};
use crate::values::Values;

/// The lab's name.
const SLUG: &str = "memory";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Memory;

impl Lab for Memory {
    const SLUG: &'static str = SLUG;
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

    fn accept(_args: &Args, measured: &mut Measured<Data>) -> Result<(), String> {
        if !measured.runs.is_empty() {
            return Err("it has runs, and this lab has none".to_owned());
        }
        measured.data.check()
    }

    fn story(args: &Args, host: &Host, measured: &Measured<Data>, guess: Option<&Guess>) -> Story {
        let data = &measured.data;
        Story {
            figures: figures::figures(data),
            findings: findings::findings(args, host, data),
            score: guess.and_then(|guess| findings::score(guess, data)),
        }
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(args, slug, language, layouts)
    }
}

#[cfg(test)]
mod tests;
