//! The same thing as code: the script itself, and what is like it in other languages.

use super::{Args, SLUG};
use crate::code::{Language, Layouts, Program, fill};
use crate::script::Gil;

/// The programs: slug and name.
pub(super) const PROGRAMS: [(&str, &str); 2] = [("on", "With a GIL"), ("off", "Without")];

/// The program in a language. The script is Python's; no other language can be given it, so they have threads that start, are joined, and are
/// daemons.
pub(super) fn program(args: &Args, slug: &str, language: Language, layouts: Layouts) -> Option<Program> {
    let layout = layouts(&format!("{}/threads.{}", language.slug(), language.ending()))?;
    let about = format!("{} Interleave: ?lab={SLUG}", language.comment());
    let mut program = Program::new(language, &fill(layout, &[("@ABOUT", &about), ("@SCRIPT", &args.script)]));
    if language == Language::Python && Gil::from_slug(slug) == Some(Gil::Off) {
        program.how_to_run = "python3.14t interleave.py".to_owned();
    }
    Some(program)
}
