//! The programs of `python`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;

fn printed(language: Language) -> Option<String> {
    is_at_hand(language).then(|| {
        let output = run("python", "", "on", language);
        assert!(output.status.success() && output.stderr.is_empty(), "{language:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    })
}

fn lines(language: Language) -> Option<Vec<String>> {
    printed(language).map(|text| text.lines().map(str::to_owned).collect())
}

#[test]
fn the_program_in_python_is_the_script() {
    if let Some(printed) = printed(Language::Python) {
        // Whether the daemon still prints is a race, and lines that are printed at the same moment run together.
        for line in ["The main program has no more lines.", "Cup 1: tea is ready.", "Cup 2: tea is ready."] {
            assert!(printed.contains(line), "{printed}");
        }
    }
}

#[test]
fn the_program_in_java_waits_for_what_is_no_daemon() {
    if let Some(mut lines) = lines(Language::Java) {
        lines.retain(|line| line != "Cup daemon is ready.");
        let said = ["Cup 1 is ready.", "The main thread has waited for cup 1.", "The main program has no more lines."];
        assert_eq!(lines, said.into_iter().chain(["Cup 2 is ready."]).collect::<Vec<_>>());
    }
}

#[test]
fn the_program_in_rust_waits_for_what_it_joins() {
    if let Some(mut lines) = lines(Language::Rust) {
        lines.retain(|line| line != "Cup daemon is ready.");
        let said = ["Cup 1 is ready.", "The main thread has waited for cup 1.", "Cup 2 is ready."];
        assert_eq!(lines, said.into_iter().chain(["The main program has no more lines."]).collect::<Vec<_>>());
    }
}
