//! What the page shows of `process` before a run.

use super::{Row, SLUG};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::sheet::{Answers, Blank, GuessedNumber, Prediction, Preset, Section, Sheet};

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
    let room = |title: &str, caption: &str, height| Blank::Room {
        title: title.to_owned(),
        caption: caption.to_owned(),
        height,
    };
    Sheet {
        slug: SLUG.to_owned(),
        question: "Process or thread?".to_owned(),
        lead: "Every course has a table that compares processes and threads. Press Run to measure each row of it: \
            creating one, switching, sending, the memory one takes, who sees what, and who survives a crash."
            .to_owned(),
        needs_shared_memory: false,
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
            room("Threads and processes", "What each costs, and who sees what.", 420),
            room("Sending, by size", "How long a message takes, each way.", 300),
            room("Many processes, one program", "One global of one program, as each process sees it.", 260),
        ],
        lesson: lesson(),
        programs: [("create", "Create"), ("send", "Send"), ("isolation", "Isolation")]
            .map(|(slug, name)| (slug.to_owned(), name.to_owned()))
            .to_vec(),
    }
}

fn lesson() -> Vec<Section> {
    vec![
        Section::new(
            "What is shared, and what is not",
            &[
                "A process has its own memory: code, globals, heap. Its threads share all of that, and each has its \
                 own stack and registers. So a thread can give another one anything by passing its address, and can \
                 also corrupt anything. A process can only send, and what it sends is copied or given away.",
                "Many processes can run one program. Each then has its own copy of every global, often at the same \
                 address. An address has a meaning only within its process.",
            ],
        ),
        Section::new(
            "What a process is here",
            &[
                "On the command line, a process is an operating system process. In a browser it is a worker that \
                 loaded the same program into its own memory. In both cases nothing is shared, messages are the only \
                 way in and out, and a crash stays inside.",
                "But a worker is not a full process: it may share an operating system process with the page and its \
                 threads, the system does not know it as a process, it has no files or permissions of its own, and it \
                 ends with its page. In a browser, a thread and a process are both started as workers; natively they \
                 are different things. Run this lab both ways.",
            ],
        ),
        Section::new(
            "What exactly is timed",
            &[
                "Create: from asking for a new one until its first message is back. Wake: the same with one that has \
                 slept for a millisecond. Switch: two of them wake each other in turn; half a round trip. If each has \
                 a core, one falls asleep and the other wakes; on one core, one gives the core to the other.",
                "Send: from starting to write the message until a short answer is back. The receiver reads only its \
                 last byte. What threads share is written once and stays where it is. A pipe or a structured clone \
                 copies it. A transfer moves the memory itself to the other process, and the sender no longer has it.",
            ],
        ),
        Section::new(
            "Often said, and what is true",
            &[
                "“Processes have their own registers and stack.” Threads do: a process is a memory with at least one \
                 thread in it, and the registers and the stack are that thread's.",
                "“Switching is slow for processes and fast for threads.” A process comes with another memory, and \
                 caches have to fill again. But whoever sleeps has to be woken first, and that costs threads just as \
                 much.",
                "“Threads are lighter, so use threads.” They are also less safe: one bad write or one abort takes all \
                 of them down. That is one reason why browsers give most sites a process of their own.",
            ],
        ),
    ]
}
