//! The programs that a reader begins with, and the course's own where they are at hand. Most of them race, so what is compared is what
//! they have in common however the race ends.

use super::outcome::Outcome;
use super::{Gil, ours, theirs};
use interleave_testing::python_is_here;
use std::fs;
use std::path::{Path, PathBuf};

/// What is compared of a program.
#[derive(Clone, Copy)]
enum Compare {
    /// All of it.
    Exactly,
    /// Its lines in any order.
    InAnyOrder,
    /// Its lines with a `#` for each number: they are times, or counts that a race decides.
    WithoutNumbers,
    /// Its lines in any order, without those that a daemon may or may not have printed before the program ended, and without times,
    /// which every thread prints.
    WithoutDaemon,
}

const PRESETS: [(&str, Compare); 10] = [
    ("finishing_order.py", Compare::InAnyOrder),
    ("daemon.py", Compare::WithoutDaemon),
    ("without_join.py", Compare::Exactly),
    ("daemon_or_not.py", Compare::Exactly),
    ("executor.py", Compare::Exactly),
    ("lost_update.py", Compare::WithoutNumbers),
    ("producer_consumer.py", Compare::InAnyOrder),
    ("cpu_bound.py", Compare::WithoutNumbers),
    ("thread_subclass.py", Compare::Exactly),
    ("same_work_by_asyncio.py", Compare::Exactly),
];

/// The one that hangs in Python.
const HANGS: &str = "deadlock.py";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src/python/presets")
}

fn comparable(printed: &str, compare: Compare) -> Vec<String> {
    let mut lines: Vec<String> = printed.lines().map(str::to_owned).collect();
    match compare {
        Compare::Exactly => {}
        Compare::InAnyOrder => lines.sort(),
        Compare::WithoutNumbers => {
            for line in &mut lines {
                let mut parts: Vec<String> = Vec::new();
                for part in line.split(' ') {
                    let number = part.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
                    parts.push(if number { "#".to_owned() } else { part.to_owned() });
                }
                *line = parts.join(" ");
            }
        }
        Compare::WithoutDaemon => {
            lines.retain(|line| !["daemon", "deamon", "took", "taken"].iter().any(|word| line.contains(word)));
            lines.sort();
        }
    }
    lines
}

/// The program whose processes are children of another test, which compares it.
const STARTS_PROCESSES: &str = "processes.py";

/// Runs that both get to do the same: on a machine that is busy, sleeps end late.
const RUNS: usize = 5;

fn check(script: &Path, compare: Compare) {
    let source = fs::read_to_string(script).unwrap();
    for gil in [Gil::On, Gil::Off] {
        let name = script.display();
        let unlike = || {
            let Outcome { printed, said, code } = ours::run(&source, script, gil);
            assert_eq!((said, code), (String::new(), Some(0)), "{name}, GIL {gil:?}");
            let (got, expected) =
                (comparable(&printed, compare), comparable(&run_in_whole_lines(script).printed, compare));
            (got != expected).then_some((got, expected))
        };
        if let Some((got, expected)) = (0..RUNS).map_while(|_| unlike()).nth(RUNS - 1) {
            panic!("{name}, GIL {gil:?}: {got:?} here, {expected:?} in Python");
        }
    }
}

#[test]
fn presets_do_what_they_do_in_python() {
    if python_is_here() {
        for (name, compare) in PRESETS {
            check(&folder().join(name), compare);
        }
    }
}

#[test]
fn every_preset_is_compared() {
    let mut listed: Vec<&str> = PRESETS.iter().map(|(name, _)| *name).chain([HANGS, STARTS_PROCESSES]).collect();
    listed.sort_unstable();
    let mut there: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, listed);
}

#[test]
fn with_a_lock_no_update_is_lost() {
    let script = folder().join("lost_update.py");
    let source = fs::read_to_string(&script).unwrap();
    for gil in [Gil::On, Gil::Off] {
        let printed = ours::run(&source, &script, gil).printed;
        assert!(printed.ends_with("with a lock: 400,000 of 400,000\n"), "{gil:?}: {printed}");
    }
}

/// What Python never says: who waits for what.
#[test]
fn a_deadlock_is_named() {
    let script = folder().join(HANGS);
    let source = fs::read_to_string(&script).unwrap();
    for gil in [Gil::On, Gil::Off] {
        let Outcome { printed, said, code } = ours::run(&source, &script, gil);
        // At the same moment, so in any order, and their line ends are written apart.
        for said in ["Ada has one of them.", "Alan has one of them."] {
            assert_eq!(printed.matches(said).count(), 1, "{printed}");
        }
        assert!(said.contains("Ada") && said.contains("Alan"), "{said}");
        assert_ne!(code, Some(0));
    }
}

#[test]
fn the_course_s_own_programs_run_unchanged() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/programs");
    if folder.is_dir() && python_is_here() {
        check(&folder.join("order.py"), Compare::InAnyOrder);
        check(&folder.join("daemon.py"), Compare::WithoutDaemon);
    }
}

/// With the daemon's sleep moved, the race has one end.
#[test]
fn a_daemon_that_sleeps_longer_prints_nothing() {
    let script = folder().join("daemon.py");
    let source = fs::read_to_string(&script).unwrap();
    for (sleep, prints) in [("0.8", true), ("1.2", false)] {
        let moved = source.replace("DAEMON_SLEEP = 1\n", &format!("DAEMON_SLEEP = {sleep}\n"));
        assert_ne!(moved, source);
        for gil in [Gil::On, Gil::Off] {
            let as_said = |_| ours::run(&moved, &script, gil).printed.contains("Cup daemon") == prints;
            assert!((0..RUNS).any(as_said), "{sleep} s, {gil:?}");
        }
    }
}

/// Python writes a line and its end one after the other, so lines of threads that print at the same moment run together. Here each
/// `print` writes once.
const WHOLE_LINES: &str = "
import builtins, sys
def _whole(*values, sep=' ', end='\\n', file=None, flush=False, _print=print):
    _print((' ' if sep is None else sep).join(map(str, values)) + ('\\n' if end is None else end), end='', file=file, flush=flush)
builtins.print = _whole
del sys.argv[0]
exec(compile(open(sys.argv[0], encoding='utf-8').read(), sys.argv[0], 'exec'))
";

/// Runs a script whose threads may print at the same moment, and keeps their lines apart.
fn run_in_whole_lines(script: &Path) -> Outcome {
    theirs::wait_for(theirs::python().args(["-c", WHOLE_LINES]).arg(script))
}
