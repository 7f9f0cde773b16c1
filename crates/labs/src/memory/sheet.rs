//! What the page shows of `memory` before a run.

use super::figures::HEADINGS;
use super::{Part, SLUG};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::sheet::{Answers, Blank, GuessedNumber, Prediction, Preset, Section, Sheet};

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
    let heights = [380, 230, 130, 170];
    let room = |((title, caption), height): ((&str, &str), u32)| Blank::Room {
        title: title.to_owned(),
        caption: caption.to_owned(),
        height,
    };
    Sheet {
        slug: SLUG.to_owned(),
        question: "How far away is memory?".to_owned(),
        lead: "Press Run to time one access at a time: to a value in a register, then to random places in 4 kB of \
               memory, in 8 kB, in 16 kB and so on. All of it is measured on your machine."
            .to_owned(),
        needs_shared_memory: false,
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
        lesson: lesson(),
        programs: vec![
            ("chase".to_owned(), "From registers to memory".to_owned()),
            ("sharing".to_owned(), "Two threads, one cache line".to_owned()),
        ],
    }
}

fn lesson() -> Vec<Section> {
    vec![
        Section::new(
            "Registers are in the core, and there are few",
            &[
                "A core computes only with values in its registers: a few dozen places, each for one number. \
                 Everything else is in memory and has to be loaded into a register first. Here a chain of operations \
                 in registers, each of which needs the result of the one before, shows how fast the core is when \
                 nothing has to be fetched.",
                "Course notes say that registers are faster than main memory. So they are. The headline says by how much, on this \
                 machine.",
            ],
        ),
        Section::new(
            "Caches keep what was used recently",
            &[
                "Between core and memory are caches: small and near, then larger and further away. Recently used data \
                 is still in one of them, so a small set of places is fast and a larger one is slower. Where the curve \
                 steps up, the set no longer fits into the cache that held the smaller ones. The page does not know \
                 how large your caches are; it only shows where the time grows. Some server processors have caches \
                 larger than 64 MB: there, the last part of the curve is still a cache.",
                "The processor also has to translate each address into a place in the machine. It remembers that for a \
                 limited number of memory pages, so in a large set this takes time as well.",
            ],
        ),
        Section::new(
            "Why the order matters",
            &["Memory comes in lines, mostly of 64 bytes, and the processor fetches lines ahead of time when it sees \
                 a pattern. Here each load yields the address of the next, so the core cannot start it early. In \
                 address order the next line is often there already; in random order nothing can be guessed. A program \
                 that goes through an array from front to back gets this for free. One that follows pointers all over \
                 memory does not."],
        ),
        Section::new(
            "False sharing",
            &[
                "Only one core at a time can write to a cache line. If two threads write to two values on one line, \
                 the line has to travel between their cores again and again, although neither thread ever touches the \
                 other's value. The cure is distance: if different threads often write to two values, keep these on \
                 different lines.",
                "Each increment here is one atomic add. Plain stores may hide the cost, because a core can collect \
                 several before it needs the line.",
            ],
        ),
        Section::new(
            "How it is measured",
            &["No clock can time a single load. Each sample is many thousands of loads, timed together and divided. \
                 Each set is visited once before it is sampled, the sizes take turns, and the points are medians with \
                 quartiles. In a browser this runs as WebAssembly, where each load costs an extra bounds check and an \
                 addition: in the nearest cache this shows, in memory it does not."],
        ),
    ]
}
