//! Programs in Python.

use super::{Language, Layouts, Program, about, fill, groups};
use crate::compare::{Args, Mode};
use crate::plan::Part;

/// `layouts` knows those of the language, by the name alone.
pub(super) fn program(layouts: Layouts, args: &Args, mode: Mode) -> Option<Program> {
    let tasks = groups(&args.task_list(), 4, |count| format!("({count}, ["), part, "]),");
    let text = fill(
        layouts(mode.slug())?,
        &[
            ("@COMMON", &layouts("common")?),
            ("@RUN", &layouts("run")?),
            ("@ABOUT", &about(args, mode, Language::Python)),
            ("@GROUPS", &tasks.join("\n")),
            ("@QUANTUM", &seconds(u64::from(args.quantum) * 1000)),
            ("@POOL", &args.pool.to_string()),
        ],
    );
    Some(Program::new(Language::Python, &text))
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
