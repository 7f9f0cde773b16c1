//! The programs of `machine`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;

const RUNS: u32 = 400;

/// How often the counter ended at 1, and at 2.
fn ends(slug: &str, language: Language) -> [u32; 2] {
    let output = run("machine", &format!("times={RUNS}"), slug, language);
    assert!(output.status.success() && output.stderr.is_empty(), "{slug} in {language:?}: {output:?}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let end = |value: u32| {
        let before = format!("counter = {value}: ");
        let line = text.lines().find_map(|line| line.strip_prefix(&before)?.strip_suffix(&format!(" of {RUNS} runs")));
        line.map_or(0, |count| count.parse().expect("a count"))
    };
    assert_eq!(text.lines().count(), [end(1), end(2)].iter().filter(|count| **count > 0).count(), "{text}");
    [end(1), end(2)]
}

fn check(language: Language) {
    if !is_at_hand(language) {
        return;
    }
    let [one, two] = ends("lost-update", language);
    assert_eq!(one + two, RUNS);
    assert_eq!(ends("with-lock", language), [0, RUNS]);
}

#[test]
fn programs_in_python_count_every_run() {
    check(Language::Python);
}

#[test]
fn programs_in_java_count_every_run() {
    check(Language::Java);
}

#[test]
fn programs_in_rust_count_every_run() {
    check(Language::Rust);
}
