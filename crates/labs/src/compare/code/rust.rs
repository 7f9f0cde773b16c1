//! Programs in Rust.

use super::{Language, Layouts, Program, about, fill, groups};
use crate::compare::{Args, Mode};
use crate::plan::Part;

/// `layouts` knows those of the language, by the name alone.
pub(super) fn program(layouts: Layouts, args: &Args, mode: Mode) -> Option<Program> {
    // A process is told when the run began, by a clock that all processes share; that clock may be set back.
    let (clock, elapsed) = match mode {
        Mode::Processes => ("SystemTime", "elapsed().unwrap_or_default()"),
        _ => ("Instant", "elapsed()"),
    };
    let compute = match mode {
        Mode::OneCore => "compute_in_turns(run.iterations(ms), run.iterations(QUANTUM))",
        _ => "compute(run.iterations(ms))",
    };
    let tasks = groups(&args.task_list(), 4, |count| format!("({count}, &["), part, "]),");
    let text = fill(
        layouts(mode.slug())?,
        &[
            ("@TASKS", &layouts("tasks")?),
            ("@TASK", &layouts("task")?),
            ("@RUN", &layouts("run")?),
            ("@COMMON", &layouts("common")?),
            ("@COMPUTE", compute),
            ("@CLOCK", clock),
            ("@ELAPSED", elapsed),
            ("@ABOUT", &about(args, mode, Language::Rust)),
            ("@GROUPS", &tasks.join("\n")),
            ("@QUANTUM", &decimal(f64::from(args.quantum))),
            ("@POOL", &args.pool.to_string()),
        ],
    );
    Some(Program::new(Language::Rust, &text))
}

fn part(part: Part) -> String {
    match part {
        Part::Sleep { us } => format!("Sleep({})", decimal(us as f64 / 1e3)),
        Part::Cpu { us } => format!("Compute({})", decimal(us as f64 / 1e3)),
        Part::Panic => "Crash".into(),
    }
}

/// A number as Rust writes it where it is no whole one by its type.
fn decimal(value: f64) -> String {
    let text = value.to_string();
    if text.contains('.') { text } else { text + ".0" }
}
