//! `machine`: where do registers and stacks live?
//!
//! A small CPU to be taken step by step on a board, and everything that any schedule can lead to, beside what real threads do.

mod args;
mod board;
mod code;
mod data;
mod exploring;
mod figures;
mod findings;
mod guess;
mod lesson;
mod panes;
mod press;
mod sheet;
mod tour;

pub use args::{Args, Loaded, MOST_STEPS, check};
pub use data::{Cut, Data, End, Explored, Kind, Real, Seen, Violation};
pub use exploring::Search;
pub use figures::so_far;

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Pressed, Story};
use crate::lesson::Step;
use crate::result::Host;
use crate::sheet::{Guess, Sheet};
use crate::values::Values;

/// The lab's name.
const SLUG: &str = "machine";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Machine;

impl Lab for Machine {
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
        if !measured.runs.is_empty() {
            return Err("it has runs, and this lab has none".to_owned());
        }
        data::check(args, &measured.data)
    }

    fn story(args: &Args, host: &Host, measured: &Measured<Data>, guess: Option<&Guess>) -> Story {
        let data = &measured.data;
        Story {
            figures: figures::figures(args, data),
            findings: findings::findings(args, host, data),
            score: guess.and_then(|guess| guess::score(guess, data)),
        }
    }

    fn press(values: &Values, press: &str) -> Option<Pressed> {
        Some(press::pressed(values, press))
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(args, slug, language, layouts)
    }
}

#[cfg(test)]
mod tests;
