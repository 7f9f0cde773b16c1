//! The same thing as code: one layout for each program and language.

use super::{Args, SLUG};
use crate::code::{Language, Layouts, Program, fill};

/// The programs: slug and name.
pub(super) const PROGRAMS: [(&str, &str); 2] = [("lost-update", "Lost update"), ("with-lock", "With a lock")];

/// The program called `slug`, with the numbers of `args`.
pub(super) fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
    let layout = layouts(&format!("{}/{slug}.{}", language.slug(), language.ending()))?;
    let runs = args.times.max(1).to_string();
    let about = format!("{} Interleave: ?lab={SLUG}&program=lost-update&times={}", language.comment(), args.times);
    Some(Program::new(language, &fill(layout, &[("@ABOUT", &about), ("@RUNS", &runs)])))
}
