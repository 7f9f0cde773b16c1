//! Scripts that start processes, run by the `python3` of the machine and by us.
//!
//! A process is a child of this very program, so it has a `main` of its own instead of the usual one of tests.

mod known;
mod ours;
mod outcome;
mod scripts;
mod theirs;

use interleave_testing::python_is_here;
use interleave_threads::process;
use scripts::{PROCESSES, compare};
use std::cell::Cell;
use std::path::Path;
use std::time::Duration;

/// After so long a script is ended: the longest takes seconds.
const LIMIT: Duration = Duration::from_secs(20);
/// What a process of ours is told first.
const GREETING: Option<&str> = Some("python");

/// How a script runs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gil {
    On,
    Off,
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some(process::CHILD) {
        let greeted = Cell::new(false);
        return process::serve(|message, _| {
            if greeted.replace(true) {
                interleave_python::process::hear(message);
            }
        });
    }
    if python_is_here() {
        compare(|name| name.starts_with(PROCESSES));
        println!("test scripts_with_processes_do_what_they_do_in_python ... ok");
        let preset = Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src/python/presets/processes.py");
        let source = std::fs::read_to_string(&preset).unwrap();
        assert_eq!(theirs::run(&preset).difference(&ours::run(&source, &preset, Gil::On), &preset), None);
        println!("test the_preset_with_processes_does_what_it_does_in_python ... ok");
    }
}
