//! The programs of `race`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;

const THREADS: u64 = 3;
const ADDS: u64 = 20_000;
const REPEATS: usize = 4;

/// What a program says that it counted in each repeat, and what its last line says.
fn counts(slug: &str, language: Language) -> (Vec<u64>, String) {
    let query = format!("threads={THREADS}&adds={ADDS}&window=3&repeats={REPEATS}");
    let output = run("race", &query, slug, language);
    let context = format!("{slug} in {language:?}: {output:?}");
    assert!(output.status.success() && output.stderr.is_empty(), "{context}");
    let text = String::from_utf8(output.stdout).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    let last = lines.pop().unwrap().to_owned();
    let counted = |(line, number): (&&str, usize)| {
        let told = line.strip_prefix(&format!("repeat {number}: {} expected, ", THREADS * ADDS)).expect(&context);
        let (counted, rest) = told.split_once(" counted, ").expect(&context);
        let (counted, lost): (u64, u64) =
            (counted.parse().unwrap(), rest.strip_suffix(" lost").unwrap().parse().unwrap());
        assert_eq!(counted + lost, THREADS * ADDS, "{context}");
        counted
    };
    (lines.iter().zip(1..).map(counted).collect(), last)
}

fn check(language: Language) {
    if !is_at_hand(language) {
        return;
    }
    for slug in ["plain", "mutex", "atomic", "merged"] {
        let (counts, last) = counts(slug, language);
        assert_eq!(counts.len(), REPEATS, "{slug} in {language:?}");
        let lossy = counts.iter().filter(|counted| **counted < THREADS * ADDS).count();
        assert!(last.starts_with(&format!("{lossy} of {REPEATS} repeats lost additions; ")), "{slug}: {last}");
        assert!(last.ends_with(" ns per addition"), "{slug}: {last}");
        // What a race loses is chance.
        assert!(slug == "plain" || lossy == 0, "{slug} in {language:?}: {counts:?}");
        assert!(counts.iter().all(|counted| *counted > 0), "{slug} in {language:?}: {counts:?}");
    }
}

#[test]
fn programs_in_python_count() {
    check(Language::Python);
}

#[test]
fn programs_in_java_count() {
    check(Language::Java);
}

#[test]
fn programs_in_rust_count() {
    check(Language::Rust);
}
