//! Scripts, run by the `python3` of the machine and by us: what they print, how they end, and what they say of an exception are the same.

mod generated;
mod ours;
mod outcome;
mod presets;

use interleave_testing::python_is_here;
use outcome::Outcome;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Scripts that run at the same time. Most of them sleep.
const AT_ONCE: usize = 4;
/// Runs that a script is given before it counts as different: on a machine that is busy, a sleep may end 50 ms late.
const TRIES: usize = 3;

/// How a script runs here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gil {
    On,
    Off,
}

#[test]
fn scripts_do_what_they_do_in_python() {
    compare_all(&scripts(), Gil::On);
}

#[test]
fn scripts_do_the_same_without_the_gil() {
    compare_all(&scripts(), Gil::Off);
}

#[test]
fn there_are_scripts_enough_about_threads() {
    let about_threads = ["threads", "locks", "executors", "queues", "asyncio", "shutdown", "multiprocessing"];
    let scripts = scripts();
    let folder = |path: &PathBuf| path.strip_prefix(folder()).unwrap().iter().next().unwrap().to_owned();
    let threads = scripts.iter().filter(|path| about_threads.iter().any(|about| folder(path) == *about)).count();
    assert!(scripts.len() >= 190 && threads >= 90, "{} scripts, {threads} of them about threads", scripts.len());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scripts")
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

/// Runs scripts both ways, several at a time; those that differ once more, alone.
fn compare_all(scripts: &[PathBuf], gil: Gil) {
    if !python_is_here() {
        return;
    }
    let (next, again) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let one_after_the_other = || {
        while let Some(script) = scripts.get(next.fetch_add(1, Ordering::Relaxed)) {
            if difference(script, gil).is_some() {
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
    let still = again.iter().filter_map(|script| (1..TRIES).map_while(|_| difference(script, gil)).nth(TRIES - 2));
    let still: Vec<String> = still.collect();
    assert!(still.is_empty(), "{} of {} scripts differ:\n{}", still.len(), scripts.len(), still.join("\n"));
}

/// What a script does otherwise than in Python, if it does.
fn difference(script: &Path, gil: Gil) -> Option<String> {
    let source = fs::read_to_string(script).unwrap();
    theirs(script).difference(&ours::run(&source, script, gil), script)
}

/// Runs a script in Python. Its folder is not searched for modules: a script may be called what a module is called.
fn theirs(script: &Path) -> Outcome {
    let mut command = Command::new("python3");
    command.args(["-X", "utf8", "-P", "-B", "-W", "ignore"]).arg(script);
    let output = command.output().expect("python3");
    Outcome {
        printed: String::from_utf8(output.stdout).expect("UTF-8"),
        said: String::from_utf8(output.stderr).expect("UTF-8"),
        code: output.status.code(),
    }
}
