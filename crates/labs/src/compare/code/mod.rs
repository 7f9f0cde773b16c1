//! The same thing as code: programs that do the tasks of a run in one of the modes.

mod java;
mod python;
mod rust;

use super::{Args, Mode};
use crate::code::{Language, Layouts, Program, fill};
use crate::plan::{Part, Task};

/// The program that does the tasks of `args` in a mode, or nothing if one of its layouts is missing. Tasks that crash do so in
/// the program as well.
pub(super) fn program(layouts: Layouts, args: &Args, mode: Mode, language: Language) -> Option<Program> {
    let layouts = |name: &str| layouts(&format!("{}/{name}.{}", language.slug(), language.ending()));
    match language {
        Language::Python => python::program(&layouts, args, mode),
        Language::Java => java::program(&layouts, args, mode),
        Language::Rust => rust::program(&layouts, args, mode),
    }
    .map(|program| program.opening(language))
}

/// The first lines of every program: which settings it is of, and what the mode does.
fn about(args: &Args, mode: Mode, language: Language) -> String {
    let comment = language.comment();
    format!("{comment} Interleave: ?{}\n{comment} {}. {}", args.to_query(), mode.name(), mode.how())
}

/// How wide a line of the task list may be, in characters.
const WIDTH: usize = 100;

/// The task list as a program's source: neighbours that are equal are one group, and each group is written
/// `open(how many)`, its parts with commas, `close`. Each begins `indent` spaces in, and is broken between parts if it is long.
fn groups(
    tasks: &[Task],
    indent: usize,
    open: fn(usize) -> String,
    part: fn(Part) -> String,
    close: &str,
) -> Vec<String> {
    let group = |equal: &[Task]| {
        let mut text = String::new();
        let mut line = " ".repeat(indent) + &open(equal.len());
        for part in equal[0].parts.iter().copied().map(part) {
            if !line.ends_with('[') {
                line.push(',');
            }
            if line.len() + part.len() + close.len() > WIDTH {
                text = text + &line + "\n";
                line = " ".repeat(indent + 4) + &part;
            } else {
                let space = if line.ends_with('[') { "" } else { " " };
                line = line + space + &part;
            }
        }
        text + &line + close
    };
    tasks.chunk_by(|a, b| a == b).map(group).collect()
}

#[cfg(test)]
mod tests;
