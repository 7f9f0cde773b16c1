//! The program as a reader runs it: what it prints, and processes that are children of it.

use interleave_labs::result::{ResultFile, Runtime};
use interleave_trace::{LaneKind, State};
use std::process::{Command, Output};

fn interleave(arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_interleave");
    Command::new(program).args(arguments.split_whitespace()).output().unwrap()
}

fn result(arguments: &str) -> ResultFile {
    let output = interleave(&format!("run compare {arguments} --json"));
    assert!(output.status.success(), "{output:?}");
    ResultFile::from_json(&String::from_utf8(output.stdout).unwrap()).unwrap()
}

#[test]
fn all_six_modes_run_and_compute_the_same() {
    let result = result("--tasks 3 --sleep 10 --cpu 5 --pool 2");
    assert_eq!(result.host.runtime, Runtime::Native);
    let modes: Vec<_> = result.runs.iter().map(|run| run.mode.as_str()).collect();
    assert_eq!(modes, ["sequential", "event-loop", "one-core", "threads", "pool", "processes"]);
    assert!(result.runs.iter().all(|run| run.checksum == result.runs[0].checksum));
    assert!(result.runs.iter().all(|run| run.speedup.is_some()));
    assert!(!result.findings.is_empty());
}

#[test]
fn a_process_per_task_is_a_real_one_with_messages_both_ways() {
    let run = result("--tasks 3 --sleep 10 --cpu 5 --modes processes").runs.remove(0);
    assert_eq!(run.lanes.len(), 3);
    assert!(run.lanes.iter().all(|lane| lane.kind == LaneKind::Process));
    for task in 0..3 {
        let states: Vec<_> = run.spans.iter().filter(|span| span.task == task).map(|span| span.state).collect();
        assert_eq!(states.first(), Some(&State::Spawn), "{states:?}");
        assert!(
            states.contains(&State::Message) && states.contains(&State::Sleep) && states.contains(&State::Run),
            "{states:?}"
        );
    }
}

#[test]
fn without_json_it_prints_a_table_and_a_timeline() {
    let output = interleave("run compare --tasks 2 --sleep 20 --cpu 0 --modes sequential,pool --pool 2");
    let text = String::from_utf8(output.stdout).unwrap();
    for part in ["speed-up", "main thread ....", "worker 2", "# run  . sleep", "Thread pool was fastest"] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
}

#[test]
fn bad_arguments_are_named_and_corrected() {
    let output = interleave("run compare --tasks 99999 --sleep=-1 --modes teleport,sequential --json");
    let notes = String::from_utf8(output.stderr).unwrap();
    for part in ["tasks=99999 is more than 64; 64 is used.", "sleep=-1 is less than 0; 0 is used.", "teleport"] {
        assert!(notes.contains(part), "{part} is not in:\n{notes}");
    }
    assert_eq!(ResultFile::from_json(&String::from_utf8(output.stdout).unwrap()).unwrap().args.tasks, 64);
}

#[test]
fn a_crash_is_an_error_and_no_result() {
    for mode in ["sequential", "processes"] {
        let output = interleave(&format!("run compare --plan s1.panic --modes {mode}"));
        assert!(!output.status.success());
        assert!(output.stdout.is_empty(), "{mode}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("error: a task crashed"), "{mode}");
    }
}

#[test]
fn help_is_complete() {
    let text = |arguments| String::from_utf8(interleave(arguments).stdout).unwrap();
    assert!(text("--help").contains("run"));
    assert!(text("run --help").contains("compare"));
    let help = text("run compare --help");
    for part in [
        "--tasks",
        "--sleep",
        "--cpu",
        "--jitter",
        "--pool",
        "--quantum",
        "--seed",
        "--modes",
        "--plan",
        "--json",
        "one-core",
    ] {
        assert!(help.contains(part), "{part}");
    }
}
