//! Programs in Python: by CPython, by the evaluator natively, and by the evaluator in the page. Each prints the milliseconds that its work took.

use super::runs;
use crate::built::Built;
use crate::measured::Measured;
use e2e::{Browser, read};
use interleave_labs::lab::Lab;
use interleave_labs::python::Python;
use interleave_labs::result::Run;
use interleave_labs::{Value, Values};
use interleave_testing::python_is_here;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Programs of one thread.
const ALONE: [&str; 5] = ["loop", "fib", "containers", "methods", "strings"];
/// Programs whose two threads do the same.
const IN_TWO_THREADS: [&str; 3] = ["two_loops", "two_fibs", "two_lists"];

/// Milliseconds of programs of one thread.
pub fn alone(built: &Built, _quick: bool) -> Vec<Measured> {
    let mut measured = Vec::new();
    for program in ALONE {
        let mut add =
            |place: &str, ms: f64| measured.push(Measured::new(format!("{program}, {place}"), "ms", vec![ms]));
        if python_is_here() {
            add("CPython", printed(Command::new("python3").arg("-I").arg(path(program))));
        }
        add("native", natively(built, program, "on"));
        add("Chromium", in_page(built, program, "on")[0]);
    }
    measured
}

/// How many times as fast two threads are without the global interpreter lock as with it.
pub fn in_two_threads(built: &Built, _quick: bool) -> Vec<Measured> {
    let faster = |program: &str, place: &str, with: f64, without: f64| {
        Measured::new(format!("{program}, {place}"), "×", vec![with / without])
    };
    let of = |program: &'static str| {
        let native = ["on", "off"].map(|gil| natively(built, program, gil));
        let page = in_page(built, program, "on,off");
        [faster(program, "native", native[0], native[1]), faster(program, "Chromium", page[0], page[1])]
    };
    IN_TWO_THREADS.into_iter().flat_map(of).collect()
}

fn path(program: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/bin/bench/programs/{program}.py"))
}

fn natively(built: &Built, program: &str, gil: &str) -> f64 {
    printed(Command::new(&built.cli).args(["python", "--gil", gil]).arg(path(program)))
}

/// The number that a command prints.
fn printed(command: &mut Command) -> f64 {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    number(&String::from_utf8_lossy(&output.stdout)).unwrap_or_else(|| panic!("{command:?} prints {output:?}"))
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

/// What a program prints in the page, for each way in which it is run.
fn in_page(built: &Built, program: &str, gil: &str) -> Vec<f64> {
    let source = std::fs::read_to_string(path(program)).expect("a program of this folder");
    let controls = Python::controls();
    let (mut values, _) = Values::from_query(&controls, &format!("gil={gil}"));
    let script = controls.iter().find(|control| control.name == "script").expect("the control of the script");
    values.set(script, Value::Text(source));
    let text = runs::in_browser(built, Browser::Chromium, values.to_query(Python::SLUG).trim_start_matches('?'));
    let (_, _, result) = read::<Python>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    let of_run = |run: &Run| {
        let lines: String = run.output.iter().map(|line| line.text.as_str()).collect();
        number(&lines).unwrap_or_else(|| panic!("{program} prints {lines}"))
    };
    result.runs.iter().map(of_run).collect()
}
