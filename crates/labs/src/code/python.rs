//! Programs in Python.

use super::{Language, Program, about, fill, groups};
use crate::compare::{Args, Mode};
use crate::plan::Part;

const COMMON: &str = include_str!("python/common.py");
const RUN: &str = include_str!("python/run.py");

pub(super) fn program(args: &Args, mode: Mode) -> Program {
    let layout = match mode {
        Mode::Sequential => include_str!("python/sequential.py"),
        Mode::EventLoop => include_str!("python/event_loop.py"),
        Mode::OneCore => include_str!("python/one_core.py"),
        Mode::Threads => include_str!("python/threads.py"),
        Mode::Pool => include_str!("python/pool.py"),
        Mode::Processes => include_str!("python/processes.py"),
    };
    let tasks = groups(&args.task_list(), 4, |count| format!("({count}, ["), part, "]),");
    let text = fill(
        layout,
        &[
            ("@COMMON", COMMON),
            ("@RUN", RUN),
            ("@ABOUT", &about(args, mode, Language::Python)),
            ("@GROUPS", &tasks.join("\n")),
            ("@QUANTUM", &seconds(u64::from(args.quantum) * 1000)),
            ("@POOL", &args.pool.to_string()),
        ],
    );
    Program { file_name: "interleave.py", text: text + "\n", how_to_run: "python3 interleave.py" }
}

fn part(part: Part) -> String {
    match part {
        Part::Sleep { us } => format!("(\"sleep\", {})", seconds(us)),
        Part::Cpu { us } => format!("(\"compute\", {})", seconds(us)),
        Part::Panic => "(\"crash\", 0)".into(),
    }
}

fn seconds(us: u64) -> String {
    (us as f64 / 1e6).to_string()
}
