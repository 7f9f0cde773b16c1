//! The lab's programs: starting, sending and isolation.

use super::Args;
use crate::code::{Language, Layouts, Program, fill};

/// The program called `slug`, or nothing if its layout is missing.
pub(super) fn program(layouts: Layouts, args: &Args, slug: &str, language: Language) -> Option<Program> {
    let layout = layouts(&format!("{}/{slug}.{}", language.slug(), language.ending()))?;
    let sizes: Vec<String> = args.sizes().iter().map(u32::to_string).collect();
    let about = match slug {
        "create" => "How long a new thread and a new process take to start.",
        "send" => "How long a message to another thread takes, and one to another process.",
        _ => "Who sees a global that another one sets, and who survives a crash.",
    };
    let text = fill(
        layout,
        &[
            ("@ABOUT", &format!("{0} Interleave: ?{1}\n{0} {about}", language.comment(), args.to_query())),
            ("@REPEATS", &args.repeats.to_string()),
            ("@SIZES", &sizes.join(", ")),
            ("@PROCESSES", &args.processes.to_string()),
        ],
    );
    let mut program = Program::new(language, &text);
    if language == Language::Java {
        // If run from the source, each process would compile the file again.
        program.how_to_run = "javac -d classes Interleave.java && java -cp classes Interleave".to_owned();
    }
    Some(program)
}
