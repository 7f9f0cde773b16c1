//! The same thing as code: runnable programs that do the tasks of a `compare` run in one of its modes.
//!
//! A program is a layout, one file for each language and mode, in which the words in capitals behind an `@` are filled in.
//! Only numbers come from the arguments, so no arguments can make a program do anything else. The layouts are files in
//! the folders beside this one, and in no module: few readers look at a program, and for those the page fetches them.

mod java;
mod python;
mod rust;

use crate::compare::{Args, Mode};
use crate::plan::{Part, Task};

/// A language that programs are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Python 3, the standard one or a free-threaded build.
    Python,
    /// Java 17 or later.
    Java,
    /// Rust, edition 2021.
    Rust,
}

impl Language {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Language; 3] = [Language::Python, Language::Java, Language::Rust];

    /// The language's name in lower case, for controls and files.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Language::Python => "python",
            Language::Java => "java",
            Language::Rust => "rust",
        }
    }

    /// The language's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Language::Python => "Python",
            Language::Java => "Java",
            Language::Rust => "Rust",
        }
    }

    /// What the name of a file in the language ends with, behind the dot.
    fn ending(self) -> &'static str {
        match self {
            Language::Python => "py",
            Language::Java => "java",
            Language::Rust => "rs",
        }
    }

    /// What a comment to the end of the line begins with.
    fn comment(self) -> &'static str {
        match self {
            Language::Python => "#",
            Language::Java | Language::Rust => "//",
        }
    }
}

/// A whole program in one file. It needs nothing but the language's standard library, and prints when each task
/// starts and ends, in milliseconds from the start of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// The file it must be saved as.
    pub file_name: &'static str,
    /// Its text, ASCII, with a line end after the last line.
    pub text: String,
    /// The shell command that runs it, in the file's folder.
    pub how_to_run: &'static str,
}

/// Where layouts come from: gives the text of the one with a name such as `python/threads.py`.
pub type Layouts<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The program that does the tasks of `args` in a mode, or nothing if one of its layouts is missing. Tasks that crash do so in
/// the program as well.
#[must_use]
pub fn program(layouts: Layouts, args: &Args, mode: Mode, language: Language) -> Option<Program> {
    let layouts = |name: &str| layouts(&format!("{}/{name}.{}", language.slug(), language.ending()));
    match language {
        Language::Python => python::program(&layouts, args, mode),
        Language::Java => java::program(&layouts, args, mode),
        Language::Rust => rust::program(&layouts, args, mode),
    }
}

/// The first lines of every program: which settings it is of, and what the mode does.
fn about(args: &Args, mode: Mode, language: Language) -> String {
    let comment = language.comment();
    format!("{comment} Interleave: ?{}\n{comment} {}. {}", args.to_query(), mode.name(), mode.how())
}

/// A layout with its words filled in, in this order: a text may have words that come later.
fn fill(layout: String, words: &[(&str, &str)]) -> String {
    words.iter().fold(layout, |text, (word, value)| text.replace(word, value.trim_end()))
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
