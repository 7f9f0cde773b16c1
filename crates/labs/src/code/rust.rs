//! Programs in Rust.

use super::{Language, Program, about, fill, groups};
use crate::compare::{Args, Mode};
use crate::plan::Part;

const TASKS: &str = include_str!("rust/tasks.rs");
const TASK: &str = include_str!("rust/task.rs");
const RUN: &str = include_str!("rust/run.rs");
const COMMON: &str = include_str!("rust/common.rs");

pub(super) fn program(args: &Args, mode: Mode) -> Program {
    let layout = match mode {
        Mode::Sequential => include_str!("rust/sequential.rs"),
        Mode::EventLoop => include_str!("rust/event_loop.rs"),
        Mode::OneCore => include_str!("rust/one_core.rs"),
        Mode::Threads => include_str!("rust/threads.rs"),
        Mode::Pool => include_str!("rust/pool.rs"),
        Mode::Processes => include_str!("rust/processes.rs"),
    };
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
        layout,
        &[
            ("@TASKS", TASKS),
            ("@TASK", TASK),
            ("@RUN", RUN),
            ("@COMMON", COMMON),
            ("@COMPUTE", compute),
            ("@CLOCK", clock),
            ("@ELAPSED", elapsed),
            ("@ABOUT", &about(args, mode, Language::Rust)),
            ("@GROUPS", &tasks.join("\n")),
            ("@QUANTUM", &decimal(f64::from(args.quantum))),
            ("@POOL", &args.pool.to_string()),
        ],
    );
    let how_to_run = "rustc -O --edition 2021 interleave.rs && ./interleave";
    Program { file_name: "interleave.rs", text: text + "\n", how_to_run }
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
