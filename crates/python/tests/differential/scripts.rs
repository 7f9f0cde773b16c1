//! The scripts, and what is wrong with one.

use super::known::{DIFFERENT, RACES_WITHOUT_GIL};
use super::{Gil, ours, theirs};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Scripts that run at the same time. Most of them sleep.
const AT_ONCE: usize = 8;
/// Runs that a script is given alone before it counts as different: on a machine that is busy, a sleep may end late.
const TRIES_ALONE: usize = 3;
/// The folder of scripts that start processes: what runs those is a program whose processes are children of itself.
pub const PROCESSES: &str = "multiprocessing/";

/// Runs all scripts whose name is right, here and in Python.
pub fn compare(is_right: impl Fn(&str) -> bool) {
    let scripts: Vec<PathBuf> = scripts().into_iter().filter(|script| is_right(&name(script))).collect();
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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
}

/// A script's path in the folder of scripts, with `/`.
pub fn name(script: &Path) -> String {
    let path = script.strip_prefix(folder()).unwrap();
    path.iter().map(|part| part.to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// All scripts, in order.
pub fn scripts() -> Vec<PathBuf> {
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
