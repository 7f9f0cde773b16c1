//! What the page shows of `python` before a run.

use super::scripts::SCRIPTS;
use super::{SLUG, code, figures, guess};
use crate::control::{Control, Number, Steps};
use crate::script::{self, Gil};
use crate::sheet::{Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, unit: &str, [min, max, default]: [u32; 3], help| {
        let number = Number { unit: unit.to_owned(), min, max, default, steps: Steps::OneTwoFive };
        Control::number(name, label, number, help)
    };
    vec![
        script::control(&SCRIPTS[0], 24),
        Control::ticks(
            "gil",
            "Run it",
            Gil::ALL.map(script::choice).to_vec(),
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
