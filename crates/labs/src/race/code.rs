//! The lab's programs: each counts in one of the ways.

use super::{Args, Remedy, SLUG};
use crate::code::{Language, Layouts, Program, fill};

/// The remedies that have a program.
pub(super) const PROGRAMS: [Remedy; 4] = [Remedy::Plain, Remedy::Mutex, Remedy::Atomic, Remedy::Merged];

/// The program that counts as `remedy` does, or nothing if one of its layouts is missing.
pub(super) fn program(layouts: Layouts, args: &Args, remedy: Remedy, language: Language) -> Option<Program> {
    let layout = |name: &str| layouts(&format!("{}/{name}.{}", language.slug(), language.ending()));
    let comment = language.comment();
    let Args { threads, adds, window, repeats, .. } = args;
    let asked = format!("?lab={SLUG}&threads={threads}&adds={adds}&window={window}&repeats={repeats}");
    let about = format!("{comment} Interleave: {asked}\n{comment} {}. {}", remedy.name(), remedy.how());
    let words = [
        ("@COMMON", layout("common")?),
        ("@ABOUT", about),
        ("@THREADS", threads.to_string()),
        ("@ADDS", adds.to_string()),
        ("@WINDOW", window.to_string()),
        ("@REPEATS", repeats.to_string()),
    ];
    let words: Vec<(&str, &str)> = words.iter().map(|(word, value)| (*word, value.as_str())).collect();
    Some(Program::new(language, &fill(layout(remedy.slug())?, &words)))
}
