//! The same thing as code: the script, run again and again; and what is like it in other languages.

use super::{Args, SLUG};
use crate::code::{Language, Layouts, Program, fill};
use interleave_trace::format::plain;

/// The program: slug and name.
pub(super) const PROGRAMS: [(&str, &str); 1] = [("orders", "Count the orders")];

/// The program in a language. The script is Python's; no other language can be given it, so they have threads that sleep for the same time.
pub(super) fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
    let layout = layouts(&format!("{}/{slug}.{}", language.slug(), language.ending()))?;
    let Args { times, second, .. } = args;
    let about = format!("{} Interleave: ?lab={SLUG}&times={times}&second={second}", language.comment());
    let words = [
        ("@ABOUT", about),
        ("@TIMES", times.to_string()),
        ("@SECOND", plain(f64::from(*second) / 1000.0)),
        ("@SLEEP", second.to_string()),
        // Last: it may contain anything.
        ("@SCRIPT", quoted(&args.script)),
    ];
    let words: Vec<(&str, &str)> = words.iter().map(|(word, value)| (*word, value.as_str())).collect();
    Some(Program::new(language, &fill(layout, &words)))
}

/// A text for between three double quotes in Python.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
}
