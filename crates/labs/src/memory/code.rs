//! The same thing as code: one layout for each program and language.

use super::Args;
use crate::code::{Language, Layouts, Program, fill};

/// The program called `slug`, with the numbers of `args`.
pub(super) fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
    let layout = layouts(&format!("{}/{slug}.{}", language.slug(), language.ending()))?;
    let about = format!("{} Interleave: ?{}", language.comment(), args.to_query());
    let words =
        [("@ABOUT", about.as_str()), ("@LARGEST", &args.largest.to_string()), ("@REPEATS", &args.repeats.to_string())];
    Some(Program::new(language, &fill(layout, &words)))
}
