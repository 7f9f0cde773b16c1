//! Programs in Java.

use super::{Language, Layouts, Program, about, fill, groups};
use crate::compare::{Args, Mode};
use crate::plan::Part;

/// `layouts` knows those of the language, by the name alone.
pub(super) fn program(layouts: Layouts, args: &Args, mode: Mode) -> Option<Program> {
    // A process is told when the run began, by a clock that all processes share.
    let (clock, now) = match mode {
        Mode::Processes => (
            "The time in milliseconds, by a clock that all processes share.",
            "ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) / 1e3",
        ),
        _ => ("The time in milliseconds.", "System.nanoTime() / 1e6"),
    };
    let compute = match mode {
        Mode::OneCore => "workInTurns",
        _ => "work",
    };
    let tasks = groups(&args.task_list(), 8, |count| format!("times({count}"), part, ")");
    let text = fill(
        layouts(mode.slug())?,
        &[
            ("@TASKS", &layouts("tasks")?),
            ("@RUN", &layouts("run")?),
            ("@COMMON", &layouts("common")?),
            ("@COMPUTE", compute),
            ("@CLOCK", clock),
            ("@NOW", now),
            ("@ABOUT", &about(args, mode, Language::Java)),
            ("@GROUPS", &tasks.join(",\n")),
            ("@QUANTUM", &args.quantum.to_string()),
            ("@POOL", &args.pool.to_string()),
        ],
    );
    let mut program = Program::new(Language::Java, &text);
    if mode == Mode::Processes {
        // A process would compile the file anew if it were started from the source.
        program.how_to_run = "javac -d classes Interleave.java && java -cp classes Interleave".to_owned();
    }
    Some(program)
}

fn part(part: Part) -> String {
    match part {
        Part::Sleep { us } => format!("sleep({})", us as f64 / 1e3),
        Part::Cpu { us } => format!("compute({})", us as f64 / 1e3),
        Part::Panic => "crash()".into(),
    }
}
