//! The programs of `process`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;

const ALL: &str = "repeats=3&size=64&processes=3";

fn lines(slug: &str, language: Language) -> Vec<String> {
    let output = run("process", ALL, slug, language);
    let context = format!("{slug} in {language:?}: {output:?}");
    assert!(output.status.success() && output.stderr.is_empty(), "{context}");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The number behind so many words of a line.
fn number(line: &str, words: usize) -> f64 {
    line.split_whitespace().nth(words).and_then(|word| word.parse().ok()).unwrap_or_else(|| panic!("no number: {line}"))
}

fn creating_tells_both_times_and_their_ratio(language: Language) {
    let lines = lines("create", language);
    assert_eq!(lines.len(), 3, "{lines:?}");
    let (thread, process) = (number(&lines[0], 1), number(&lines[1], 1));
    assert!(lines[0].starts_with("thread ") && lines[1].starts_with("process ") && process > 0.0, "{lines:?}");
    // Both are rounded to a thousandth, their ratio to a tenth.
    let (ratio, off) = (number(&lines[2], 3), process / (thread * thread) * 0.0006 + 0.06);
    assert!((ratio - process / thread).abs() <= off + ratio * 0.01, "{lines:?}");
}

fn sending_tells_each_size_both_ways(language: Language) {
    let lines = lines("send", language);
    let told: Vec<(&str, f64)> =
        lines.iter().map(|line| (line.split_whitespace().next().unwrap(), number(line, 1))).collect();
    let sizes = [1.0, 16.0, 256.0, 4096.0, 65_536.0];
    let expected: Vec<_> = sizes.iter().flat_map(|size| [("thread", *size), ("process", *size)]).collect();
    assert_eq!(told, expected);
    assert!(lines.iter().all(|line| number(line, 3) >= 0.0), "{lines:?}");
}

fn isolation_is_what_it_says(language: Language) {
    let lines = lines("isolation", language);
    let expected = [
        "a thread set the global to 42: this thread reads 42",
        "a process reads 0",
        "process 1 set it to 1, added 1000, and reads 1001",
        "process 2 set it to 2, added 1000, and reads 1002",
        "process 3 set it to 3, added 1000, and reads 1003",
        "in the parent it is still 42",
    ];
    assert_eq!(lines[..6], expected);
    let crash = &lines[6];
    assert!(crash.starts_with("a process crashed with ") && crash.ends_with("; its sibling is here"), "{crash}");
    assert!(!crash.contains("exit code 0;") && lines.len() == 7, "{lines:?}");
}

fn check(language: Language) {
    if is_at_hand(language) {
        creating_tells_both_times_and_their_ratio(language);
        sending_tells_each_size_both_ways(language);
        isolation_is_what_it_says(language);
    }
}

#[test]
fn programs_in_python_compare_threads_and_processes() {
    check(Language::Python);
}

#[test]
fn programs_in_java_compare_threads_and_processes() {
    check(Language::Java);
}

#[test]
fn programs_in_rust_compare_threads_and_processes() {
    check(Language::Rust);
}
