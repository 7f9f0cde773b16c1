//! `race`: what does a lock save?

mod account;
mod args;
mod code;
mod data;
mod figures;
mod findings;
mod graph;
mod guess;
mod lesson;
mod remedy;
mod sheet;

pub use args::Args;
pub use data::{Bout, Data, SLOW_ADDS, Stint, Trial};
pub use figures::{so_far, timeline_run};
pub use remedy::Remedy;

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Story};
use crate::lesson::Step;
use crate::result::Host;
use crate::sheet::{Guess, Sheet};
use crate::values::Values;

/// The lab's name.
const SLUG: &str = "race";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Race;

impl Lab for Race {
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

    fn accept(args: &Args, measured: &mut Measured<Data>) -> Result<(), String> {
        data::accept(args, measured)
    }

    fn story(args: &Args, host: &Host, measured: &Measured<Data>, guess: Option<&Guess>) -> Story {
        let accounts = figures::accounts(args, host, &measured.data);
        Story {
            figures: figures::figures(args, &accounts, &measured.data, &measured.runs),
            findings: findings::findings(args, host, &accounts, &measured.runs),
            score: guess.and_then(|guess| guess::score(guess, &accounts)),
        }
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(layouts, args, Remedy::from_slug(slug)?, language)
    }
}

/// How many of `threads` threads, the first ones, use the first of two locks; the others use the second.
#[must_use]
pub fn first_half(threads: u32) -> u32 {
    threads.div_ceil(2)
}

#[cfg(test)]
mod tests;
