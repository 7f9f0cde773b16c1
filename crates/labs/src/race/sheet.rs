//! What the page shows of `race` before a run.

use super::{Remedy, SLUG, code, figures, guess};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::sheet::{Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, [min, max, default]: [u32; 3], steps, help| {
        Control::number(name, label, Number { unit: String::new(), min, max, default, steps }, help)
    };
    vec![
        number("threads", "Threads", [2, 16, 2], Steps::By(1), "How many threads add to the counter."),
        number(
            "adds",
            "Additions",
            [1_000, 10_000_000, 200_000],
            Steps::OneTwoFive,
            "How many times each thread adds 1. With very few, one thread may be done before the next has started.",
        ),
        number(
            "window",
            "Window",
            [0, 100, 0],
            Steps::By(5),
            "How much work is between load and store, in steps of a nanosecond or two. The more, the more additions \
             can get lost.",
        ),
        number("repeats", "Repeats", [1, 50, 20], Steps::By(1), "How many times all of it is repeated.").folded(),
        Control::ticks(
            "remedies",
            "Remedies to run",
            Remedy::ALL.map(choice).to_vec(),
            "The ways in which the threads add. They take turns, repeat by repeat.",
        ),
    ]
}

fn choice(remedy: Remedy) -> Choice {
    Choice {
        slug: remedy.slug().to_owned(),
        name: remedy.name().to_owned(),
        short: remedy.short().to_owned(),
        tag: remedy.tag().to_owned(),
        help: remedy.how().to_owned(),
        needs_shared_memory: remedy.needs_shared_memory(),
        lanes: Lanes::Control("threads".to_owned()),
    }
}

pub(super) fn sheet() -> Sheet {
    Sheet {
        slug: SLUG.to_owned(),
        name: "Race".to_owned(),
        question: "What does a lock save?".to_owned(),
        lead: "Threads add 1 to one shared counter. See how many additions get lost, what brings them back, and what that costs.".to_owned(),
        needs_shared_memory: false,
        board: false,
        controls: controls(),
        presets: vec![
            Preset::new("Two threads", "No work between load and store", "threads=2&adds=200000&window=0"),
            Preset::new("A wide window", "More work between load and store", "threads=2&adds=200000&window=50"),
            Preset::new("Many threads", "More threads than most machines have cores", "threads=16&adds=50000&window=0"),
            Preset::new(
                "Too short to meet",
                "Often nothing gets lost, but it is as wrong as before",
                "threads=2&adds=1000&window=0&repeats=50",
            ),
            Preset::new(
                "Wrong locks",
                "A lock around each addition, and still some get lost",
                "window=20&remedies=plain,mutex,two-locks,own-lock",
            ),
        ],
        prediction: guess::prediction(),
        blanks: figures::blanks(),
        programs: code::PROGRAMS.map(|remedy| (remedy.slug().to_owned(), remedy.name().to_owned())).to_vec(),
    }
}
