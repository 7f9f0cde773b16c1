//! What the page shows of `process` before anything is measured.

use super::{Row, SLUG};
use crate::control::{Choice, Control, Lanes, Number, Steps};
use crate::sheet::{Answers, Blank, GuessedNumber, Prediction, Preset, Section, Sheet};

/// Everything that can be set.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, unit: &str, [min, max, default]: [u32; 3], steps, help| {
        Control::number(name, label, Number { unit: unit.to_owned(), min, max, default, steps }, help)
    };
    vec![
        Control::ticks("rows", "Compare", Row::ALL.map(choice).to_vec(), "Which parts of the comparison are measured."),
        number("repeats", "Repeats", "", [3, 100, 20], Steps::OneTwoFive, "How often each time is measured."),
        number(
            "size",
            "Largest message",
            "kB",
            [1, 16_384, 16_384],
            Steps::Doubling,
            "The largest message that is sent.",
        ),
        number(
            "processes",
            "Processes",
            "",
            [2, 8, 4],
            Steps::By(1),
            "How many processes of the one program set the same global, each to a value of its own.",
        ),
    ]
}

fn choice(row: Row) -> Choice {
    Choice {
        slug: row.slug().to_owned(),
        name: row.name().to_owned(),
        short: row.name().to_owned(),
        help: row.help().to_owned(),
        // Where threads cannot run, their part of each row stays empty.
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
        lead: "Every course has a table of processes and threads. Press Run, and each row of it is measured here: to create one, to \
               switch, to send, the memory it takes, and who sees or outlives what."
            .to_owned(),
        needs_shared_memory: false,
        controls: controls(),
        presets: vec![
            Preset::new("Create", "Only what it takes to start one", "rows=create&repeats=50"),
            Preset::new("Small messages", "To switch, and to send up to 1 kB", "rows=switch,send&repeats=50&size=1"),
            Preset::new("Large messages", "Where copying begins to show", "rows=send&repeats=20&size=16384"),
            Preset::new("Isolation", "Eight processes of one program", "rows=isolation&processes=8"),
        ],
        prediction: Prediction {
            question: "How many times as long does it take to start a process as a thread?".to_owned(),
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
            room("Many processes, one program", "One global of one program, as each sees it.", 260),
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
                "A process has a memory of its own: code, globals, heap. Its threads share all of that, and each has a stack and \
                 registers of its own. So a thread can hand another one anything by saying where it is, and can spoil anything \
                 as well. A process can only send, and what it sends is copied or given away.",
                "Many processes can run one program. Each then has its own copy of every global, often at the same address. An \
                 address means something only within a process.",
            ],
        ),
        Section::new(
            "What a process is here",
            &[
                "On the command line, a process is the operating system's. In a browser it is a worker that loaded the same program \
                 into a memory of its own. What both have in common: nothing is shared unless it is sent, messages are the only \
                 way in, and a crash stays inside.",
                "What a worker lacks: it may live in the same process of the operating system as the page and its threads, the \
                 system does not know it, it has no files or rights of its own, and it ends with its page. In a \
                 browser, to start either is to start a worker; natively they are different things. Run this lab both ways.",
            ],
        ),
        Section::new(
            "What exactly is timed",
            &[
                "To create: from asking for a new one until its first word is back. To wake: the same with one that has slept for a \
                 millisecond. To switch: two of them wake each other in turn; half of a round trip. With a core for each, that is one \
                 that falls asleep and another that wakes; with one core, one leaves it to the other.",
                "To send: from beginning to write the message until a short answer is back. The receiver reads only its last \
                 byte. What threads share is written once and stays where it is. A pipe and a structured clone copy it. A \
                 transfer moves the memory itself into another process, and the sender no longer has it.",
            ],
        ),
        Section::new(
            "What is often said, and what is so",
            &[
                "“Processes have their own registers and stack.” Threads have: a process is a memory with at least one thread in it, and \
                 it is that thread's.",
                "“Switching is slow for processes and fast for threads.” With a process another memory comes along, and caches have \
                 to fill anew. But one that sleeps has to be woken first, and that threads pay as well.",
                "“Threads are lighter, so use threads.” They are also less safe: one bad write or one abort takes all of them down. \
                 That is why browsers give each site a process of its own.",
            ],
        ),
    ]
}
