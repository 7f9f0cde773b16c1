//! Scripts, run by the `python3` of the machine and by us: what they print, how they end, and what they say of an exception are the same.

mod generated;
mod known;
mod ours;
mod outcome;
mod presets;
mod scripts;
mod theirs;

use interleave_testing::python_is_here;
use known::{DIFFERENT, RACES_WITHOUT_GIL};
use scripts::{PROCESSES, compare, name, scripts};
use std::time::Duration;

/// After so long a script is ended: the longest takes seconds.
const LIMIT: Duration = Duration::from_secs(20);

/// Scripts here start no processes.
const GREETING: Option<&str> = None;

/// How a script runs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gil {
    On,
    Off,
}

#[test]
fn scripts_do_what_they_do_in_python() {
    if !python_is_here() {
        return;
    }
    compare(|name| !name.starts_with(PROCESSES));
}

#[test]
fn there_are_scripts_enough_about_threads() {
    let about_threads = ["threads", "locks", "executors", "queues", "asyncio", "shutdown"];
    let scripts: Vec<String> = scripts().iter().map(|script| name(script)).collect();
    let same = |name: &&String| DIFFERENT.iter().all(|(different, _)| name != different);
    let same: Vec<&String> = scripts.iter().filter(same).collect();
    let threads = same.iter().filter(|name| about_threads.iter().any(|about| name.starts_with(about))).count();
    assert!(same.len() >= 180 && threads >= 80, "{} scripts, {threads} of them about threads", same.len());
}

#[test]
fn listed_scripts_are_there() {
    let scripts: Vec<String> = scripts().iter().map(|script| name(script)).collect();
    for (listed, _) in DIFFERENT.iter().chain(&RACES_WITHOUT_GIL) {
        assert!(scripts.iter().any(|name| name == listed), "{listed}");
    }
}
