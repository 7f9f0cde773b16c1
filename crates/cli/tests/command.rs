//! The program as a reader runs it: what it prints, and processes that are children of it.

use interleave_labs::LABS;
use interleave_labs::compare::{Args, Compare};
use interleave_labs::control::Kind;
use interleave_labs::file;
use interleave_labs::lab::Measured;
use interleave_labs::result::{Host, Run, Runtime};
use interleave_testing::AtOnce;
use interleave_trace::{LaneKind, State};
use std::process::{Command, Output};

fn interleave(arguments: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_interleave");
    Command::new(program).args(arguments.split_whitespace()).output().unwrap()
}

fn printed(arguments: &str) -> String {
    let output = interleave(arguments);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What a run of `compare` measured, with which arguments, and where.
fn compared(arguments: &str) -> (Args, Host, Vec<Run>) {
    let text = printed(&format!("run compare {arguments} --json"));
    let (values, host, Measured { runs, .. }) = file::read::<Compare>(&text).unwrap();
    (Args::of(&values), host, runs)
}

#[test]
fn the_labs_are_listed() {
    let text = printed("labs");
    assert_eq!(text.lines().count(), LABS.len());
    for (line, lab) in text.lines().zip(LABS) {
        assert!(line.starts_with(lab.slug) && line.ends_with(&lab.sheet().question), "{line}");
    }
}

#[test]
fn every_lab_runs_with_the_least_of_everything() {
    for lab in LABS {
        let mut arguments = format!("run {} --json", lab.slug);
        for control in lab.sheet().controls {
            if let Kind::Number(number) = &control.kind {
                arguments += &format!(" --{}={}", control.name, number.min);
            }
        }
        let text = printed(&arguments);
        let report = lab.explain(&text).unwrap_or_else(|error| panic!("{}: {error}", lab.slug));
        assert!(report.query.starts_with(&format!("lab={}", lab.slug)), "{}", report.query);
        assert!(!report.findings.is_empty() && !report.figures.is_empty(), "{}", lab.slug);
        // Computed anew they are the same.
        let said: serde_json::Value = serde_json::from_str(&text).unwrap();
        let said = said["findings"].as_array().unwrap().iter().map(|finding| finding["text"].as_str().unwrap());
        assert!(said.eq(report.findings.iter().map(|finding| finding.text.as_str())), "{}: {text}", lab.slug);
    }
}

#[test]
fn all_six_modes_run_and_compute_the_same() {
    let (_, host, runs) = compared("--tasks 3 --sleep 10 --cpu 5 --pool 2");
    assert_eq!(host.runtime, Runtime::Native);
    let modes: Vec<_> = runs.iter().map(|run| run.mode.as_str()).collect();
    assert_eq!(modes, ["sequential", "event-loop", "one-core", "threads", "pool", "processes"]);
    assert!(runs.iter().all(|run| run.checksum == runs[0].checksum));
    assert!(runs.iter().all(|run| run.speedup.is_some()));
}

#[test]
fn tasks_of_every_parallel_mode_compute_at_the_same_instant() {
    let mut at_once = AtOnce::new("natively");
    while let Some(query) = at_once.next_query() {
        let arguments: String = query.replace("%2B", "+").split('&').map(|argument| format!(" --{argument}")).collect();
        let (_, host, runs) = compared(&arguments);
        at_once.see(runs.iter().map(|run| (run.mode.as_str(), &run.spans[..])), host.cores);
    }
}

#[test]
fn a_process_per_task_is_a_real_one_with_messages_both_ways() {
    let run = compared("--tasks 3 --sleep 10 --cpu 5 --modes processes").2.remove(0);
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
fn without_json_it_prints_timelines_and_findings_and_says_how_far_it_is() {
    let output = interleave("run compare --tasks 2 --sleep 20 --cpu 0 --modes sequential,pool --pool 2");
    let text = String::from_utf8(output.stdout).unwrap();
    for part in ["Thread pool: ", "main thread ....", "worker 2", "# run  . sleep", "\n- "] {
        assert!(text.contains(part), "{part} is not in:\n{text}");
    }
    let progress = String::from_utf8(output.stderr).unwrap();
    assert!(progress.contains(" 67 %  Thread pool"), "{progress}");
}

#[test]
fn numbers_come_as_csv() {
    let output = interleave("run compare --tasks 2 --sleep 5 --modes sequential,pool --csv");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<_> = text.lines().collect();
    assert!(lines[0].starts_with("# "), "{text}");
    assert!(lines[1].starts_with("mode,lane,"), "{text}");
    // Each mode lets each task sleep.
    for mode in ["sequential,", "pool,"] {
        assert!(lines.iter().filter(|line| line.starts_with(mode) && line.contains(",sleep,")).count() == 2, "{text}");
    }
    assert!(output.stderr.is_empty(), "nothing went wrong");
    assert_eq!(interleave("run compare --csv --json").status.code(), Some(2), "one form at a time");
}

#[test]
fn bad_arguments_are_named_and_corrected() {
    let output = interleave("run compare --tasks 99999 --sleep=-1 --modes teleport,sequential --json");
    let notes = String::from_utf8(output.stderr).unwrap();
    for part in [
        "note: tasks=99999 is more than 64; 64 is used.",
        "note: sleep=-1 is less than 0; 0 is used.",
        "note: modes has nothing called “teleport”",
    ] {
        assert!(notes.contains(part), "{part} is not in:\n{notes}");
    }
    let text = String::from_utf8(output.stdout).unwrap();
    let (values, ..) = file::read::<Compare>(&text).unwrap();
    assert_eq!((values.number("tasks"), values.number("sleep")), (64, 0));
}

#[test]
fn a_crash_is_an_error_and_no_result() {
    for mode in ["sequential", "processes"] {
        let output = interleave(&format!("run compare --plan s1.panic --modes {mode}"));
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty(), "{mode}");
        assert!(String::from_utf8(output.stderr).unwrap().contains("error: a task crashed"), "{mode}");
    }
}

#[test]
fn a_lab_that_there_is_not_is_an_error_that_names_those_there_are() {
    let output = interleave("run nonsense");
    assert_eq!(output.status.code(), Some(2));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(LABS.iter().all(|lab| text.contains(lab.slug)), "{text}");
}

#[test]
fn help_leads_to_every_lab() {
    for part in ["labs", "run"] {
        assert!(printed("--help").contains(part), "{part}");
    }
    for lab in LABS {
        assert!(printed("run --help").contains(&lab.sheet().question), "{}", lab.slug);
        assert!(printed(&format!("run {} --help", lab.slug)).contains("--json"), "{}", lab.slug);
    }
}

const TWO_PROCESSES: &str = "\
import multiprocessing, threading, time
def work(seconds):
    thread = threading.Thread(target=time.sleep, args=(seconds,), name='helper')
    thread.start()
    thread.join()
    print(multiprocessing.current_process().name, 'ends')
if __name__ == '__main__':
    processes = [multiprocessing.Process(target=work, args=(0.5,), name=name) for name in ('Ada', 'Alan')]
    for process in processes: process.start()
    for process in processes: process.join()
";

#[test]
fn a_script_s_processes_are_real_ones_with_lanes_of_their_own() {
    let script = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("two_processes.py");
    std::fs::write(&script, TWO_PROCESSES).unwrap();
    let said: serde_json::Value =
        serde_json::from_str(&printed(&format!("python --json {}", script.display()))).unwrap();
    assert_eq!(said["exit_code"], 0, "{said}");
    let lanes = said["threads"].as_array().unwrap();
    let lane = |name: &str| lanes.iter().find(|lane| lane["name"] == name).unwrap_or_else(|| panic!("{name}: {said}"));
    let sleeps = |name: &str| {
        let span =
            lane(name)["spans"].as_array().unwrap().iter().find(|span| span["state"] == "sleep").unwrap().clone();
        (span["start_us"].as_u64().unwrap(), span["end_us"].as_u64().unwrap())
    };
    for name in ["Ada", "Alan"] {
        let (process, helper) = (lane(name), lane(&format!("{name}: helper")));
        assert_eq!((&process["process"], &helper["process"]), (&true.into(), &false.into()));
        let joins = process["spans"].as_array().unwrap().iter().find(|span| span["state"] == "join").unwrap();
        assert_eq!(joins["thread"], helper["thread"], "it waits for its own thread");
        let printed =
            said["output"].as_array().unwrap().iter().find(|line| line["thread"] == process["thread"]).unwrap();
        assert_eq!(printed["text"], format!("{name} ends\n"));
    }
    let (ada, alan) = (sleeps("Ada: helper"), sleeps("Alan: helper"));
    assert!(ada.0 < alan.1 && alan.0 < ada.1, "both at the same time: {ada:?} {alan:?}");
}
