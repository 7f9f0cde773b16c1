//! The programs of `compare`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;
use interleave_labs::compare::Mode;
use std::process::Output;

/// What a program printed of a task: its number, and whether it started or ended.
type Said = (usize, &'static str);
const STARTS: &str = "starts";
const ENDS: &str = "ends";

/// What a program printed, in the order in which it did.
fn said(output: &Output) -> Vec<Said> {
    let text = String::from_utf8_lossy(&output.stdout);
    let of_task = |line: &str| {
        let (ms, what) = line.trim().split_once(" ms  task ")?;
        assert!(ms.parse::<f64>().unwrap() >= 0.0, "{line}");
        let (number, what) = what.split_once(' ')?;
        let what = [STARTS, ENDS].into_iter().find(|&known| known == what).expect(line);
        Some((number.parse().unwrap(), what))
    };
    text.lines().filter_map(of_task).collect()
}

fn every_task_is_done_once(language: Language) {
    for mode in Mode::ALL {
        let output = run("compare", "plan=s300.c5*2%2Bs300.c10&pool=3", mode.slug(), language);
        let context = format!("{mode:?} in {language:?}: {output:?}");
        assert!(output.status.success() && output.stderr.is_empty(), "{context}");
        let text = String::from_utf8_lossy(&output.stdout);
        let last = text.lines().last().unwrap();
        assert!(last.starts_with("all done after ") && last.ends_with(" ms"), "{context}");

        let said = said(&output);
        let in_order = [(0, STARTS), (0, ENDS), (1, STARTS), (1, ENDS), (2, STARTS), (2, ENDS)];
        // A stable sort: a task that ended before it started would stay the wrong way round.
        let mut by_task = said.clone();
        by_task.sort_by_key(|&(task, _)| task);
        assert_eq!(by_task, in_order, "{context}");
        match mode {
            Mode::Sequential => assert_eq!(said, in_order, "{context}"),
            // All sleep at the same time.
            Mode::EventLoop | Mode::OneCore | Mode::Threads | Mode::Pool => {
                assert!(said[..3].iter().all(|&(_, what)| what == STARTS), "{context}");
            }
            // How fast processes start is the system's affair.
            Mode::Processes => {}
        }
    }
}

fn a_crash_is_seen_and_takes_down_no_other_thread(language: Language) {
    for mode in Mode::ALL {
        let output = run("compare", "plan=panic%2Bs20.c5*2&pool=3", mode.slug(), language);
        let context = format!("{mode:?} in {language:?}: {output:?}");
        let said = said(&output);
        assert!(String::from_utf8_lossy(&output.stderr).contains("task 0 crashes"), "{context}");
        assert!(said.contains(&(0, STARTS)) && !said.contains(&(0, ENDS)), "{context}");
        match mode {
            Mode::Sequential => assert_eq!(said, [(0, STARTS)], "{context}"),
            // Whether the one thread goes on with the other tasks differs between languages.
            Mode::EventLoop => {}
            Mode::OneCore | Mode::Threads | Mode::Pool | Mode::Processes => {
                assert!(said.contains(&(1, ENDS)) && said.contains(&(2, ENDS)), "{context}");
            }
        }
    }
}

fn check(language: Language) {
    if is_at_hand(language) {
        every_task_is_done_once(language);
        a_crash_is_seen_and_takes_down_no_other_thread(language);
    }
}

#[test]
fn programs_in_python_do_the_tasks() {
    check(Language::Python);
}

#[test]
fn programs_in_java_do_the_tasks() {
    check(Language::Java);
}

#[test]
fn programs_in_rust_do_the_tasks() {
    check(Language::Rust);
}
