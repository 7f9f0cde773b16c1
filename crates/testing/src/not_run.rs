//! What cannot be tested on this machine: said at once, listed for whoever runs all tests, and an error where `CI` is `true`.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::{env, thread};

/// The variable with the path of the file to which [`not_run`] adds a line each time.
pub const LIST: &str = "INTERLEAVE_NOT_RUN";

/// Says that the test that calls this cannot run, or a part of it, because `what` is not here: a program, a browser, a second core.
///
/// # Panics
/// Where the variable `CI` is `true`: there everything has to be tested.
pub fn not_run(what: &str) {
    let thread = thread::current();
    let line = format!("{}: {what} is not here\n", thread.name().unwrap_or("a test"));
    assert!(!must_run_all(), "{line}");
    // Not by `eprintln!`: what a test prints that passes is not shown.
    let _ = io::stderr().write_all(format!("not run: {line}").as_bytes());
    if let Some(list) = env::var_os(LIST) {
        let file = OpenOptions::new().create(true).append(true).open(list);
        file.and_then(|mut file| file.write_all(line.as_bytes())).expect("the list of what is not run");
    }
}

/// Whether all has to be tested, as on a machine that decides about a change.
#[must_use]
pub fn must_run_all() -> bool {
    env::var("CI").as_deref() == Ok("true")
}

/// What a list says, in order, each line once and with its number where it is there more than once; nothing if there is no list.
#[must_use]
pub fn listed(list: &Path) -> Vec<String> {
    let mut counts = BTreeMap::new();
    for line in fs::read_to_string(list).unwrap_or_default().lines() {
        *counts.entry(line.to_owned()).or_insert(0) += 1;
    }
    let with_count = |(line, count)| if count == 1 { line } else { format!("{line}, {count} times") };
    counts.into_iter().map(with_count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_names_each_once() {
        let list = env::temp_dir().join(format!("interleave-not-run-{}", std::process::id()));
        assert!(listed(&list).is_empty());
        fs::write(&list, "b: Firefox is not here\na: javac is not here\nb: Firefox is not here\n").unwrap();
        assert_eq!(listed(&list), ["a: javac is not here", "b: Firefox is not here, 2 times"]);
        fs::remove_file(&list).unwrap();
    }
}
