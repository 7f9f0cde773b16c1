//! What the page shows of `process` before a run.

use super::{Row, SLUG};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::sheet::{Answers, Blank, GuessedNumber, Prediction, Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, unit: &str, [min, max, default]: [u32; 3], steps, help| {
        Control::number(name, label, Number { unit: unit.to_owned(), min, max, default, steps }, help)
    };
    vec![
        Control::ticks("rows", "Compare", Row::ALL.map(choice).to_vec(), "Which parts of the comparison to measure."),
        number("repeats", "Repeats", "", [3, 100, 20], Steps::OneTwoFive, "How many times each time is measured."),
        number(
            "size",
            "Largest message",
            "kB",
            [1, 16_384, 16_384],
            Steps::Doubling,
            "The size of the largest message.",
        ),
        number(
            "processes",
            "Processes",
            "",
            [2, 8, 4],
            Steps::By(1),
            "How many processes of one program set the same global, each to its own value.",
        ),
    ]
}

fn choice(row: Row) -> Choice {
    Choice {
        slug: row.slug().to_owned(),
        name: row.name().to_owned(),
        short: row.name().to_owned(),
        tag: row.tag().to_owned(),
        help: row.help().to_owned(),
        // Where threads cannot run, their column stays empty.
        needs_shared_memory: false,
        lanes: Lanes::Fixed(0),
    }
}

pub(super) fn sheet() -> Sheet {
    let room = |title: &str, caption: &str, height: [u32; 2]| Blank::Room {
        title: title.to_owned(),
        caption: caption.to_owned(),
        height,
    };
    Sheet {
        slug: SLUG.to_owned(),
        name: "Process".to_owned(),
        question: "Process or thread?".to_owned(),
        lead: "The table of every course, measured row by row: create, switch, send, memory, who sees what, and who survives a crash.".to_owned(),
        needs_shared_memory: false,
        board: false,
        controls: controls(),
        presets: vec![
            Preset::new("Create", "Only how long it takes to start one", "rows=create&repeats=50"),
            Preset::new("Small messages", "Switching, and sending up to 1 kB", "rows=switch,send&repeats=50&size=1"),
            Preset::new("Large messages", "Where copying starts to show", "rows=send&repeats=20&size=16384"),
            Preset::new("Isolation", "Eight processes of one program", "rows=isolation&processes=8"),
        ],
        prediction: Prediction {
            question: "how many times as long does a process take to start as a thread?".to_owned(),
            answers: Answers::None,
            number: Some(GuessedNumber {
                before: "A process takes".to_owned(),
                after: "times as long to start.".to_owned(),
                min: 0.1,
                max: 1000.0,
                default: 10.0,
            }),
        },
        blanks: vec![
            room("Threads and processes", "What each costs, and who sees what.", [705, 1192]),
            room("Sending, by size", "How long a message takes, each way.", [442, 339]),
            room("Many processes, one program", "One global of one program, as each process sees it.", [228, 326]),
        ],
        programs: [("create", "Create"), ("send", "Send"), ("isolation", "Isolation")]
            .map(|(slug, name)| (slug.to_owned(), name.to_owned()))
            .to_vec(),
    }
}
