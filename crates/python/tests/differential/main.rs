//! Scripts, run by the `python3` of the machine and by us: what they print, how they end, and what they say of an exception are the same.

mod generated;
mod known;
mod ours;
mod outcome;
mod presets;
mod theirs;

use interleave_testing::python_is_here;
use known::{DIFFERENT, RACES_WITHOUT_GIL};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// After so long a script is ended: the longest takes seconds.
const LIMIT: Duration = Duration::from_secs(20);
/// Scripts that run at the same time. Most of them sleep.
const AT_ONCE: usize = 8;
/// Runs that a script is given alone before it counts as different: on a machine that is busy, a sleep may end late.
const TRIES_ALONE: usize = 3;

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
    let scripts = scripts();
    let (next, again) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let one_after_the_other = || {
        while let Some(script) = scripts.get(next.fetch_add(1, Ordering::Relaxed)) {
            if wrong(script).is_some() {
                again.lock().unwrap().push(script);
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(one_after_the_other);
        }
    });
    let again = again.into_inner().unwrap();
    let tries = |script: &&PathBuf| (0..TRIES_ALONE).map_while(|_| wrong(script)).nth(TRIES_ALONE - 1);
    let still: Vec<String> = again.iter().filter_map(tries).collect();
    assert!(still.is_empty(), "{} of {} scripts:\n{}", still.len(), scripts.len(), still.join("\n"));
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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

/// A script's path in the folder of scripts, with `/`.
fn name(script: &Path) -> String {
    let path = script.strip_prefix(folder()).unwrap();
    path.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// All scripts, in order.
fn scripts() -> Vec<PathBuf> {
    let (mut folders, mut scripts) = (vec![folder()], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "py") {
                scripts.push(path);
            }
        }
    }
    scripts.sort();
    scripts
}

/// What is wrong with a script, if something is: it does otherwise than in Python, or is said to and does not.
fn wrong(script: &Path) -> Option<String> {
    let (source, name) = (fs::read_to_string(script).unwrap(), name(script));
    let is_in = |list: &[(&str, &str)]| list.iter().any(|(listed, _)| *listed == name);
    let theirs = theirs::run(script);
    let with_gil = theirs.difference(&ours::run(&source, script, Gil::On), script);
    if is_in(&DIFFERENT) {
        return with_gil.is_none().then(|| format!("{name} is listed as different, but is not: take it off the list"));
    }
    if with_gil.is_some() {
        return with_gil;
    }
    let without = ours::run(&source, script, Gil::Off);
    if is_in(&RACES_WITHOUT_GIL) {
        return without.code.is_none().then(|| format!("{name} does not end without the GIL"));
    }
    theirs.difference(&without, script).map(|difference| format!("without the GIL: {difference}"))
}
