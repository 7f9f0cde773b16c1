//! `order`: who finishes first?
//!
//! One script, run again and again: in which orders its threads end, and how often in each.

mod args;
mod code;
mod data;
mod figures;
mod findings;
mod guess;
mod lesson;
mod orders;
mod scripts;
mod sheet;

pub use args::{Args, Drawn};
pub use data::{Data, LONGEST_NAME, MOST_ORDERED, Repeat};
pub use figures::{strips, timeline_run};

use crate::code::{Language, Layouts, Program};
use crate::control::Control;
use crate::lab::{Lab, Measured, Story};
use crate::lesson::Step;
use crate::result::Host;
use crate::script;
use crate::sheet::{Guess, Sheet};
use crate::values::Values;
use orders::Orders;

/// The lab's name.
const SLUG: &str = "order";

/// The lab.
#[derive(Clone, Copy, Debug)]
pub struct Order;

impl Lab for Order {
    const SLUG: &'static str = SLUG;
    const MODULE: &'static str = script::MODULE;
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

    fn story(_: &Args, host: &Host, measured: &Measured<Data>, guess: Option<&Guess>) -> Story {
        let orders = Orders::of(&measured.data);
        Story {
            figures: figures::figures(measured, &orders),
            findings: findings::findings(host, measured, &orders),
            score: guess.and_then(|guess| guess::score(guess, &orders)),
        }
    }

    fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
        code::program(args, slug, language, layouts)
    }
}

#[cfg(test)]
mod tests;
