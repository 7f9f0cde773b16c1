//! What the page shows of `order` before a run.

use super::scripts::SCRIPTS;
use super::{Drawn, SLUG, code, figures, guess};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::script::{self, Gil};
use crate::sheet::{Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, unit: &str, [min, max, default]: [u32; 3], help| {
        let number = Number { unit: unit.to_owned(), min, max, default, steps: Steps::OneTwoFive };
        Control::number(name, label, number, help)
    };
    vec![
        script::control(&SCRIPTS[0], 14),
        number("times", "Runs", "", [2, 200, 50], "How many times the script runs."),
        number(
            "second",
            "A second takes",
            "ms",
            [1, 1000, 50],
            "The scale of sleeps: how long a second of the script’s clock is here. Limits of waits are scaled as well; computing is not.",
        ),
        Control::ticks(
            "drawn",
            "Draw",
            Drawn::ALL.map(choice).to_vec(),
            "Which of the runs have a timeline with all their threads.",
        ),
        Control::choice(
            "gil",
            "Run it",
            Gil::ALL.map(script::choice).to_vec(),
            Gil::On.slug(),
            "With the global interpreter lock, as CPython runs it, or without.",
        )
        .folded(),
    ]
}

fn choice(drawn: Drawn) -> Choice {
    let (tag, help) = match drawn {
        Drawn::First => ("before anything is warm", "The timeline of the first run."),
        Drawn::Last => ("after all the others", "The timeline of the last run."),
    };
    Choice {
        slug: drawn.slug().to_owned(),
        name: drawn.name().to_owned(),
        short: drawn.name().to_owned(),
        tag: tag.to_owned(),
        help: help.to_owned(),
        needs_shared_memory: true,
        lanes: Lanes::Fixed(6),
    }
}

pub(super) fn sheet() -> Sheet {
    Sheet {
        slug: SLUG.to_owned(),
        name: "Order".to_owned(),
        question: "Who finishes first?".to_owned(),
        lead: "One script, run again and again on real threads: in which orders its threads end, how many of all possible orders come, and \
               how often each."
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
