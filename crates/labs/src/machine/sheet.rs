//! What the page shows of `machine` before a run.

use super::args::{OWN, TEXT};
use super::{SLUG, code, figures, guess};
use crate::control::{Choice, Control, Kind, Lanes, Number, Steps, Syntax};
use crate::sheet::{Preset, Sheet};
use interleave_machine::library;
use interleave_machine::walk::WALKS;

/// The controls.
pub(super) fn controls() -> Vec<Control> {
    let number = |name, label, [min, max, default]: [u32; 3], steps, help| {
        let number = Number { unit: String::new(), min, max, default, steps };
        Control::number(name, label, number, help).folded()
    };
    let text = |name, label, syntax, lines, help| {
        Control::new(name, label, Kind::Text { syntax, lines, default: String::new() }, help).folded()
    };
    let programs = library::PROGRAMS.iter().map(|entry| entry.slug).chain([OWN]);
    let variants = [
        (
            "threads",
            "Threads: one memory",
            "one memory, several stacks",
            "Threads share one memory; each has a stack of its own in it.",
        ),
        (
            "processes",
            "Processes: one memory each",
            "same addresses, different places",
            "Each process has a memory of its own: the same address is another place.",
        ),
    ];
    let none = ("none", "None", "you choose the steps", "Nobody guides: you are the scheduler.");
    let walks = WALKS.iter().map(|walk| match walk.slug {
        "registers" => (
            walk.slug,
            walk.title,
            "a few places in the CPU",
            "A walk through loading, adding, storing, and a context switch.",
        ),
        _ => (walk.slug, walk.title, "last in, first out", "A walk through calls, frames, and where a stack ends."),
    });
    let codes = [
        ("instructions", "Instructions", "each instruction", "Every instruction has a line."),
        ("lines", "Lines", "lines of a program", "A line such as count = count + 1 hides its instructions."),
    ];
    vec![
        Control::choice("program", "Program", programs.map(program).collect(), "lost-update", "What the threads run."),
        Control::choice(
            "variant",
            "Run as",
            variants.map(option).into(),
            "threads",
            "What those who run it have in common.",
        ),
        Control::choice(
            "walk",
            "Guided walk",
            [none].into_iter().chain(walks).map(option).collect(),
            "none",
            "Explains a program step by step.",
        ),
        text(
            TEXT,
            "Your program",
            Syntax::Assembly,
            14,
            "The program that runs if “Your own program” is chosen, in the dialect of the simulator x86.py.",
        ),
        number(
            "times",
            "Real runs",
            [0, 50_000, 2_000],
            Steps::OneTwoFive,
            "How many times real threads run the program.",
        ),
        number(
            "rounds",
            "Rounds in vain",
            [0, 5, 2],
            Steps::By(1),
            "How many rounds in vain are followed, in all, in loops that can go on for ever.",
        ),
        number(
            "states",
            "Most states",
            [1_000, 500_000, 100_000],
            Steps::OneTwoFive,
            "How many states are looked at, at most.",
        ),
        number(
            "depth",
            "Greatest depth",
            [10, 10_000, 10_000],
            Steps::OneTwoFive,
            "How many steps from the start states are, at most.",
        ),
        number(
            "seconds",
            "Most seconds",
            [1, 20, 5],
            Steps::By(1),
            "How long the exploration takes, at most, in seconds.",
        ),
        number(
            "interval",
            "Timer",
            [1, 50, 3],
            Steps::By(1),
            "After how many instructions the timer gives the CPU to the next, where you do not choose.",
        )
        .of_view(),
        number(
            "seed",
            "Random timer",
            [0, 999, 0],
            Steps::By(1),
            "Makes the timer random, the same for the same number; 0 keeps it regular.",
        )
        .of_view(),
        number("speed", "Steps per second", [1, 20, 3], Steps::By(1), "How fast Play is.").of_view(),
        Control::choice(
            "code",
            "Show code as",
            codes.map(option).into(),
            "instructions",
            "Whether lines of a high-level language hide their instructions.",
        )
        .folded()
        .of_view(),
        number("stop", "Stop of the walk", [0, 9, 0], Steps::By(1), "Where the walk is.").of_view(),
        text("schedule", "Schedule", Syntax::Plain, 1, "Who has done each step so far: a digit for each.").of_view(),
    ]
}

fn option((slug, name, tag, help): (&str, &str, &str, &str)) -> Choice {
    Choice {
        slug: slug.to_owned(),
        name: name.to_owned(),
        short: name.to_owned(),
        tag: tag.to_owned(),
        help: help.to_owned(),
        needs_shared_memory: false,
        lanes: Lanes::Fixed(0),
    }
}

/// A program of the library, as it tells of itself.
fn program(slug: &str) -> Choice {
    let said = library::entry(slug).and_then(|entry| entry.program().ok()).map(|program| program.directives);
    let (title, question) = said.map_or_else(
        || ("Your own program".to_owned(), "What you write under “More”.".to_owned()),
        |said| (said.title, said.question),
    );
    let tag = match slug {
        "lost-update" => "two add 1, without a lock",
        "broken-flag" => "a lock that is none",
        "test-and-set" => "swap until it was free",
        "test-and-test-and-set" => "look before you swap",
        "ticket" => "draw a number and wait",
        "peterson" => "a lock of loads and stores",
        "wait-for-me" => "one waits for the other",
        "producer-consumer" => "room for one number",
        "recursion" => "a function calls itself",
        "two-locks" => "each waits for the other",
        _ => "yours",
    };
    let help = if question.ends_with('.') { question } else { format!("It asks: {question} Try it by hand.") };
    Choice { name: title.clone(), short: title, tag: tag.to_owned(), help, ..option((slug, "", "", "")) }
}

pub(super) fn sheet() -> Sheet {
    Sheet {
        slug: SLUG.to_owned(),
        name: "Machine".to_owned(),
        question: "Where do registers and stacks live?".to_owned(),
        lead: "A small CPU runs two threads, and you are the scheduler: choose who does each step, and watch registers, stacks and \
               memory. Then press Run for every interleaving there is, beside what real threads do."
            .to_owned(),
        needs_shared_memory: false,
        board: true,
        controls: controls(),
        presets: vec![
            Preset::new("What is a register?", "A guided walk", "walk=registers&stop=0"),
            Preset::new("What is a stack?", "A guided walk", "walk=stack&stop=0"),
            Preset::new("Lost update", "Can the counter end at 1?", "program=lost-update&variant=threads&walk=none&schedule="),
            Preset::new(
                "Two processes",
                "The same program at the same addresses, and nothing gets lost",
                "program=lost-update&variant=processes&walk=none&schedule=01010101",
            ),
            Preset::new("A lock that is none", "Get both past the flag", "program=broken-flag&variant=threads&walk=none&schedule="),
            Preset::new("Peterson", "A lock of nothing but loads and stores", "program=peterson&variant=threads&walk=none&schedule="),
            Preset::new("Deadlock it", "Two locks, in two orders", "program=two-locks&variant=threads&walk=none&schedule="),
        ],
        prediction: guess::prediction(),
        blanks: figures::blanks(),
        programs: code::PROGRAMS.map(|(slug, name)| (slug.to_owned(), name.to_owned())).to_vec(),
    }
}
