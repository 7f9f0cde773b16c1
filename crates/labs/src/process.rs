//! `process`: process or thread?

mod args;
mod code;
mod data;
mod figures;
mod findings;
mod guess;
mod lesson;
mod sheet;
mod verdict;

pub use args::{Args, Row};
pub use data::{ADDED, Crash, Data, Globals, Memory, Pair, Panicked, Seen, Sent, Times};
pub use figures::{MANY, SENDING, TABLE, figures};

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Story};
use crate::lesson::Step;
use crate::result::Host;
use crate::sheet::{Guess, Sheet};
use crate::values::Values;

/// The lab's name.
const SLUG: &str = "process";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Process;

impl Lab for Process {
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
        if measured.runs.is_empty() { measured.data.check() } else { Err("it has runs, and this lab has none".into()) }
    }

    fn story(args: &Args, host: &Host, measured: &Measured<Data>, guess: Option<&Guess>) -> Story {
        let data = &measured.data;
        Story {
            figures: figures(args, host, data),
            findings: findings::findings(args, host, data),
            score: guess.and_then(|guess| guess::score(guess, host, &data.create_cold)),
        }
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(layouts, args, slug, language)
    }
}

#[cfg(test)]
mod tests;
