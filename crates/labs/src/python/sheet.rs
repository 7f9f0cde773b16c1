//! What the page shows of `python` before a run.

use super::args::SCRIPT;
use super::scripts::SCRIPTS;
use super::{Gil, SLUG, code, figures, guess};
use crate::control::{Choice, Control, Kind, Lanes, Number, Steps, Syntax};
use crate::sheet::{Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, unit: &str, [min, max, default]: [u32; 3], help| {
        let number = Number { unit: unit.to_owned(), min, max, default, steps: Steps::OneTwoFive };
        Control::number(name, label, number, help)
    };
    let text = Kind::Text { syntax: Syntax::Python, lines: 24, default: SCRIPTS[0].text.to_owned() };
    vec![
        Control::new(
            SCRIPT,
            "Script",
            text,
            "Python 3.11, with its library for threads; without files, network and processes.",
        ),
        Control::ticks(
            "gil",
            "Run it",
            Gil::ALL.map(choice).to_vec(),
            "With the global interpreter lock, as CPython runs it, or without.",
        ),
        number(
            "interval",
            "Switch interval",
            "ms",
            [1, 100, 5],
            "How long a thread waits for the GIL before it asks the holder to let go.",
        )
        .folded(),
        number(
            "times",
            "Repeats",
            "",
            [1, 50, 1],
            "How many times the script runs each way, to count how often each line is printed.",
        )
        .folded(),
    ]
}

fn choice(gil: Gil) -> Choice {
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

pub(super) fn sheet() -> Sheet {
    Sheet {
        slug: SLUG.to_owned(),
        name: "Python".to_owned(),
        question: "What do start, join, daemon and shutdown do?".to_owned(),
        lead: "Your own script, each of its threads a real thread: who runs, who waits for whom, who prints what and when, and how it \
               ends. With the global interpreter lock and without."
            .to_owned(),
        needs_shared_memory: true,
        board: false,
        controls: controls(),
        presets: SCRIPTS.iter().map(|script| Preset::new(script.name, script.hint, script.query)).collect(),
        prediction: guess::prediction(),
        blanks: figures::blanks(),
        programs: code::PROGRAMS.map(|(slug, name)| (slug.to_owned(), name.to_owned())).to_vec(),
    }
}
