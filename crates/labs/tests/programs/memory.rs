//! The programs of `memory`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;

/// What a program printed, line by line, if it ended well.
fn lines(slug: &str, language: Language) -> Vec<String> {
    let output = run("memory", "largest=2&repeats=3", slug, language);
    assert!(output.status.success() && output.stderr.is_empty(), "{slug} in {language:?}: {output:?}");
    String::from_utf8_lossy(&output.stdout).lines().map(|line| line.trim().to_owned()).collect()
}

/// The number behind `before` in the line that begins with it.
fn number(lines: &[String], before: &str) -> f64 {
    let rest = lines.iter().find_map(|line| line.strip_prefix(before)).unwrap_or_else(|| panic!("{before}: {lines:?}"));
    let number = rest.trim().split([' ', ',']).next().unwrap_or_default();
    number.parse().unwrap_or_else(|_| panic!("{before}: {lines:?}"))
}

fn check(language: Language) {
    if !is_at_hand(language) {
        return;
    }
    let chase = lines("chase", language);
    assert!(number(&chase, "a register:") > 0.0, "{chase:?}");
    for power in 2..=11 {
        assert!(number(&chase, &format!("{} kB:", 1 << power)) > 0.0, "{chase:?}");
    }
    assert!(number(&chase, "in address order:") > 0.0, "{chase:?}");
    let ratio = number(&chase, "2048 kB:") / number(&chase, "a register:");
    assert!((number(&chase, "register : memory is 1 :") - ratio).abs() <= ratio * 0.05 + 0.5, "{chase:?}");
    assert_eq!(chase.len(), 13, "{chase:?}");

    let sharing = lines("sharing", language);
    let ns = [8, 64, 128].map(|apart| number(&sharing, &format!("{apart} bytes apart:")));
    assert!(ns.iter().all(|ns| *ns > 0.0), "{sharing:?}");
    let times = sharing.last().and_then(|line| line.strip_prefix("8 bytes apart: ")?.split(' ').next()?.parse().ok());
    assert!(times.is_some_and(|times: f64| (times - ns[0] / ns[2]).abs() < 0.1), "{sharing:?}");
}

#[test]
fn programs_in_python_measure_all_sizes() {
    check(Language::Python);
}

#[test]
fn programs_in_java_measure_all_sizes() {
    check(Language::Java);
}

#[test]
fn programs_in_rust_measure_all_sizes() {
    check(Language::Rust);
}
