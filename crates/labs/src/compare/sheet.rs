//! What the page shows of `compare` before a run.

use super::{Mode, SLUG};
use crate::control::{Choice, Control, Kind, Lanes, Number, Steps};
use crate::plan::{MOST_CPU_MS, MOST_SLEEP_MS, MOST_TASKS};
use crate::sheet::{Answers, Blank, GuessedNumber, Prediction, Preset, Sheet};

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, unit: &str, [min, max, default]: [u32; 3], step, help| {
        let range = Number { unit: unit.to_owned(), min, max, default, steps: Steps::By(step) };
        Control::number(name, label, range, help)
    };
    let plan = Kind::Plan { tasks: "tasks".to_owned(), sleep: "sleep".to_owned(), cpu: "cpu".to_owned() };
    vec![
        number("tasks", "Tasks", "", [1, MOST_TASKS, 8], 1, "How many tasks there are."),
        number(
            "sleep",
            "Sleep",
            "ms",
            [0, MOST_SLEEP_MS, 200],
            10,
            "How long each task waits first, as if for a disk or a network. Waiting needs no core.",
        ),
        number(
            "cpu",
            "Compute",
            "ms",
            [0, MOST_CPU_MS, 0],
            5,
            "How much each task then computes: work that takes this long alone on one core.",
        ),
        number("jitter", "Jitter", "%", [0, 100, 0], 5, "How much the tasks differ.").folded(),
        number("pool", "Pool", "", [1, 32, 8], 1, "How many threads the pool has."),
        number(
            "quantum",
            "Quantum",
            "ms",
            [1, 100, 5],
            1,
            "How long a task may compute before it must give up the core.",
        )
        .folded(),
        Control::new("plan", "Tasks one by one", plan, "The tasks one by one, instead of tasks, sleep and cpu.")
            .folded(),
        Control::ticks("modes", "Modes to run", Mode::ALL.map(choice).to_vec(), "Which modes run, one after another."),
        number("seed", "Seed", "", [0, 999_999, 1], 1, "The same seed gives the same jitter.").folded(),
    ]
}

fn choice(mode: Mode) -> Choice {
    let lanes = match mode {
        Mode::Sequential => Lanes::Fixed(1),
        Mode::EventLoop | Mode::OneCore | Mode::Threads | Mode::Processes => Lanes::Control("tasks".to_owned()),
        Mode::Pool => Lanes::Control("pool".to_owned()),
    };
    Choice {
        slug: mode.slug().to_owned(),
        name: mode.name().to_owned(),
        short: mode.short().to_owned(),
        tag: mode.tag().to_owned(),
        help: mode.how().to_owned(),
        needs_shared_memory: mode.needs_shared_memory(),
        lanes,
    }
}

pub(super) fn sheet() -> Sheet {
    Sheet {
        slug: SLUG.to_owned(),
        name: "Compare".to_owned(),
        question: "Sequential, concurrent or parallel?".to_owned(),
        lead: "The same tasks, run six ways on real threads in your browser, and measured.".to_owned(),
        needs_shared_memory: false,
        board: false,
        controls: controls(),
        // In the order of the course: waiting, computing, both, overhead, imbalance.
        presets: vec![
            Preset::new("Waiting", "Tasks that only wait, as if for a network", "tasks=8&sleep=200&cpu=0&jitter=0"),
            Preset::new("Computing", "Tasks that only compute", "tasks=8&sleep=0&cpu=100&jitter=0"),
            Preset::new(
                "A mix",
                "Waiting and computing, each task a little different",
                "tasks=8&sleep=100&cpu=50&jitter=30",
            ),
            Preset::new("Many small", "Many very short tasks", "tasks=64&sleep=0&cpu=5&jitter=0"),
            Preset::new("One long", "One long task among short ones", "plan=c300%2Bc40*7&jitter=0"),
        ],
        prediction: Prediction {
            question: "which will be fastest?".to_owned(),
            answers: Answers::Ticked("modes".to_owned()),
            number: Some(GuessedNumber {
                before: "It will be".to_owned(),
                after: "times as fast as the slowest.".to_owned(),
                min: 1.0,
                max: 64.0,
                default: 2.0,
            }),
        },
        blanks: vec![Blank::Timeline("modes".to_owned())],
        programs: Mode::ALL.map(|mode| (mode.slug().to_owned(), mode.name().to_owned())).to_vec(),
    }
}
