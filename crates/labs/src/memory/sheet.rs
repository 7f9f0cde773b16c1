//! What the page shows of `memory` before a run.

use super::figures::HEADINGS;
use super::{Part, SLUG};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::sheet::{Answers, Blank, GuessedNumber, Prediction, Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let largest = Number { unit: "MB".to_owned(), min: 1, max: 64, default: 64, steps: Steps::Doubling };
    let repeats = Number { unit: String::new(), min: 3, max: 30, default: 7, steps: Steps::By(1) };
    vec![
        Control::number("largest", "Largest set", largest, "How much memory the largest set takes up."),
        Control::number("repeats", "Repeats", repeats, "How many times everything is measured. The sizes take turns.")
            .folded(),
        Control::ticks(
            "parts",
            "What to measure",
            Part::ALL.map(choice).to_vec(),
            "What to measure, one after another.",
        ),
    ]
}

fn choice(part: Part) -> Choice {
    let (name, short, tag, help) = match part {
        Part::Curve => (
            "From registers to memory",
            "Curve",
            "more and more memory",
            "Operations in registers, then loads from random places in more and more memory.",
        ),
        Part::Order => {
            let help = "The largest set in random order, and the same places in address order.";
            ("In order or at random", "Order", "the same places, two ways", help)
        }
        Part::Sharing => (
            "Two threads, one cache line",
            "False sharing",
            "two threads, one cache line",
            "Two threads add to two counters, on one cache line or on two.",
        ),
    };
    Choice {
        slug: part.slug().to_owned(),
        name: name.to_owned(),
        short: short.to_owned(),
        tag: tag.to_owned(),
        help: help.to_owned(),
        needs_shared_memory: part == Part::Sharing,
        lanes: Lanes::Fixed(0),
    }
}

pub(super) fn sheet() -> Sheet {
    let heights = [[479, 339], [269, 327], [149, 188], [114, 212]];
    let room = |((title, caption), height): ((&str, &str), [u32; 2])| Blank::Room {
        title: title.to_owned(),
        caption: caption.to_owned(),
        height,
    };
    Sheet {
        slug: SLUG.to_owned(),
        name: "Memory".to_owned(),
        question: "How far away is memory?".to_owned(),
        lead:
            "One access at a time, to a register and to random places in more and more memory, timed on your machine."
                .to_owned(),
        needs_shared_memory: false,
        board: false,
        controls: controls(),
        presets: vec![
            Preset::new(
                "All of it",
                "The curve, the order, and two threads on one cache line",
                "largest=64&parts=curve,order,sharing",
            ),
            Preset::new("Small and quick", "Only up to 1 MB: the caches nearest the core", "largest=1&parts=curve"),
            Preset::new("Order matters", "The same places, in order and at random", "largest=64&parts=order"),
            Preset::new("False sharing", "Two threads that get in each other's way", "parts=sharing"),
            Preset::new(
                "Take your time",
                "Many repeats: a steadier curve, in about ten seconds",
                "largest=64&repeats=30",
            ),
        ],
        prediction: Prediction {
            question: "compared with a register, how many times as long does memory take?".to_owned(),
            answers: Answers::None,
            number: Some(GuessedNumber {
                before: "Memory takes".to_owned(),
                after: "times as long.".to_owned(),
                min: 1.0,
                max: 10_000.0,
                default: 10.0,
            }),
        },
        blanks: HEADINGS.into_iter().zip(heights).map(room).collect(),
        programs: vec![
            ("chase".to_owned(), "From registers to memory".to_owned()),
            ("sharing".to_owned(), "Two threads, one cache line".to_owned()),
        ],
    }
}
