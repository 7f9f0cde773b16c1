//! What labs share in which the reader's own Python script runs.

mod gil;
mod preset;

pub use gil::Gil;
#[cfg(test)]
pub(crate) use preset::check_all;
pub(crate) use preset::{Script, encoded, length, preset, query};

use crate::control::{Choice, Control, Kind, Lanes, Syntax};

/// The engine's module that can run scripts: one, for it is large.
pub(crate) const MODULE: &str = "script";

/// The control with the script.
pub const SCRIPT: &str = "script";

/// The most threads that a script may have at the same time: in a browser each of them is a worker with a stack of its own, all in one
/// memory.
pub const MOST_THREADS: usize = 100;

/// The control for the script, of which the page shows so many lines.
pub(crate) fn control(default: &Script, lines: u32) -> Control {
    let text = Kind::Text { syntax: Syntax::Python, lines, default: default.text.to_owned() };
    Control::new(
        SCRIPT,
        "Script",
        text,
        "Python 3.11, with its library for threads; without files, network and processes.",
    )
}

/// A way to run it, as an option.
pub(crate) fn choice(gil: Gil) -> Choice {
    let (tag, help) = match gil {
        Gil::On => {
            ("one thread runs at a time", "Threads take turns: only the one that holds the lock runs Python code.")
        }
        Gil::Off => ("threads run in parallel", "Every thread runs when it can, as in a free-threaded Python."),
    };
    Choice {
        slug: gil.slug().to_owned(),
        name: gil.name().to_owned(),
        short: gil.short().to_owned(),
        tag: tag.to_owned(),
        help: help.to_owned(),
        needs_shared_memory: true,
        lanes: Lanes::Fixed(4),
    }
}
