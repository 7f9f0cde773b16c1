//! Every mode of `compare` on native threads: the structure of what it records, never exact durations.
//! Processes are children of the program itself, so the command line's tests have them.

use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::Values;
use interleave_labs::compare::{Compare, contradictions};
use interleave_labs::file;
use interleave_labs::lab::Lab;
use interleave_labs::message::FromEngine;
use interleave_labs::result::Run;
use interleave_threads::{Cancel, Error, block_on};
use interleave_trace::{LaneKind, Span, State};
use std::sync::Arc;
use std::time::Duration;

/// Stops the run as soon as it has begun, if asked to.
struct Watch {
    stop: Option<Arc<Cancel>>,
}

impl Watcher for Watch {
    fn say(&self, _word: FromEngine) {}

    fn follow(&self, run: Option<Arc<LiveRun>>) {
        if let Some(cancel) = self.stop.clone().filter(|_| run.is_some()) {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(30));
                cancel.stop();
            });
        }
    }
}

fn measure(query: &str, cancel: Arc<Cancel>, stop: Option<Arc<Cancel>>) -> Result<Vec<Run>, Error> {
    let (values, notices) = Values::from_query(&Compare::controls(), query);
    assert_eq!(notices, []);
    let stage = Stage::new(cancel, interleave_engine::host(), Box::new(Watch { stop }));
    let report = block_on(lab_called("compare").unwrap().run(&values, None, &stage))?;
    let (read, _, measured) = file::read::<Compare>(&report.result).unwrap();
    let json = serde_json::from_str(&report.result).unwrap();
    assert_eq!(contradictions(&json, None), [""; 0], "{query}");
    assert_eq!((&read, read.to_query("compare")), (&values, report.query));
    // One before each mode and one after all.
    assert_eq!(measured.conditions.probe_us.len(), measured.runs.len() + 2);
    Ok(measured.runs)
}

fn run_all(query: &str) -> Result<Vec<Run>, Error> {
    measure(query, Arc::default(), None)
}

fn run(mode: &str, query: &str) -> Run {
    let mut runs = run_all(&format!("lab=compare&modes={mode}&{query}")).unwrap();
    assert_eq!(runs.len(), 1);
    runs.remove(0)
}

fn of(run: &Run, states: &[State]) -> Vec<Span> {
    run.spans.iter().filter(|span| states.contains(&span.state)).copied().collect()
}

/// The most spans that go on at one moment.
fn most_at_once(spans: &[Span]) -> usize {
    spans
        .iter()
        .map(|a| spans.iter().filter(|b| b.start_us <= a.start_us && a.start_us < b.end_us).count())
        .max()
        .unwrap_or(0)
}

const MIX: &str = "tasks=5&sleep=20&cpu=12&pool=3&quantum=2";

#[test]
fn every_mode_computes_the_same() {
    let runs = run_all(&format!("lab=compare&modes=sequential,event-loop,one-core,threads,pool&{MIX}")).unwrap();
    assert_eq!(runs.len(), 5);
    assert!(runs.iter().all(|run| run.checksum == runs[0].checksum && run.checksum.len() == 16));
}

#[test]
fn other_tasks_compute_something_else() {
    assert_ne!(
        run("sequential", "tasks=2&sleep=0&cpu=1").checksum,
        run("sequential", "tasks=3&sleep=0&cpu=1").checksum
    );
}

#[test]
fn every_span_lies_within_its_run_and_on_one_of_its_lanes() {
    for run in run_all(&format!("lab=compare&modes=sequential,event-loop,one-core,threads,pool&{MIX}")).unwrap() {
        let wall_us = (run.wall_ms * 1000.0).round() as u64;
        for span in &run.spans {
            assert!(span.start_us <= span.end_us && span.end_us <= wall_us, "{}: {span:?}", run.mode);
            assert!(run.lanes.iter().any(|lane| lane.id == span.lane), "{}: {span:?}", run.mode);
        }
        for task in 0..5 {
            let slept: u64 = of(&run, &[State::Sleep]).iter().filter(|s| s.task == task).map(Span::len_us).sum();
            assert!(slept >= 19_900, "{}: task {task} slept {slept} µs", run.mode);
            assert!(of(&run, &[State::Run]).iter().any(|s| s.task == task), "{}: task {task}", run.mode);
        }
    }
}

#[test]
fn no_task_is_in_two_states_at_once() {
    for run in run_all(&format!("lab=compare&modes=sequential,event-loop,one-core,threads,pool&{MIX}")).unwrap() {
        for task in 0..5 {
            let mut spans: Vec<_> = run.spans.iter().filter(|span| span.task == task).collect();
            spans.sort_by_key(|span| span.start_us);
            assert!(spans.windows(2).all(|pair| pair[0].end_us <= pair[1].start_us), "{} {task}", run.mode);
        }
    }
}

#[test]
fn sequential_does_one_thing_at_a_time() {
    let run = run("sequential", MIX);
    assert_eq!(run.lanes.len(), 1);
    assert_eq!(run.lanes[0].kind, LaneKind::Main);
    assert_eq!(most_at_once(&of(&run, &[State::Run, State::Sleep])), 1);
    let tasks: Vec<_> = run.spans.iter().map(|span| span.task).collect();
    assert!(tasks.is_sorted());
}

#[test]
fn the_event_loop_is_one_lane_whose_sleeps_overlap_and_whose_turns_do_not() {
    let run = run("event-loop", MIX);
    assert_eq!(run.lanes.len(), 1);
    assert_eq!(most_at_once(&of(&run, &[State::Run])), 1);
    assert_eq!(most_at_once(&of(&run, &[State::Sleep])), 5);
    assert!(run.context_switches > 5, "{}", run.context_switches);
}

#[test]
fn one_core_computes_one_thread_at_a_time_while_sleeps_overlap() {
    let run = run("one-core", MIX);
    assert_eq!(run.lanes.len(), 5);
    assert!(run.lanes.iter().all(|lane| lane.kind == LaneKind::Thread));
    assert_eq!(most_at_once(&of(&run, &[State::Run])), 1);
    assert!(most_at_once(&of(&run, &[State::Sleep])) >= 2);
    assert!(run.context_switches >= 5, "{}", run.context_switches);
}

#[test]
fn a_longer_quantum_makes_fewer_switches() {
    let query = |quantum| format!("tasks=4&sleep=0&cpu=40&quantum={quantum}");
    let (short, long) = (run("one-core", &query(1)), run("one-core", &query(100)));
    assert!(
        short.context_switches > 4 * long.context_switches.max(1),
        "{} {}",
        short.context_switches,
        long.context_switches
    );
}

#[test]
fn threads_are_one_lane_a_task_and_show_their_creation() {
    let run = run("threads", MIX);
    assert_eq!(run.lanes.len(), 5);
    assert_eq!(of(&run, &[State::Spawn]).len(), 5);
    assert!(most_at_once(&of(&run, &[State::Sleep])) >= 2);
}

#[test]
fn a_pool_has_at_most_as_many_tasks_at_once_as_workers() {
    let run = run("pool", "tasks=9&sleep=20&cpu=2&pool=3");
    assert_eq!(run.lanes.len(), 3);
    assert!(run.lanes.iter().all(|lane| lane.kind == LaneKind::Worker));
    assert_eq!(most_at_once(&of(&run, &[State::Sleep])), 3);
    assert!(most_at_once(&run.spans) <= 3);
    for lane in 0..3 {
        let mut spans: Vec<_> = run.spans.iter().filter(|span| span.lane == lane).collect();
        spans.sort_by_key(|span| span.start_us);
        assert!(spans.windows(2).all(|pair| pair[0].end_us <= pair[1].start_us), "worker {lane}");
    }
}

#[test]
fn tasks_that_do_nothing_are_done_at_once() {
    for run in run_all("lab=compare&modes=sequential,event-loop,one-core,threads,pool&tasks=3&sleep=0&cpu=0").unwrap() {
        assert!(of(&run, &[State::Run, State::Sleep]).is_empty(), "{}", run.mode);
    }
}

#[test]
fn a_plan_is_followed_part_by_part() {
    let run = run("sequential", "plan=c2.s5.c2%2Bs5");
    let states = |task| -> Vec<State> {
        let states = run.spans.iter().filter(|span| span.task == task && span.state != State::Ready);
        let mut states: Vec<_> = states.map(|span| span.state).collect();
        states.dedup();
        states
    };
    assert_eq!(states(0), [State::Run, State::Sleep, State::Run]);
    assert_eq!(states(1), [State::Sleep]);
}

#[test]
fn every_mode_can_be_stopped_while_tasks_sleep_and_while_they_compute() {
    for mode in ["sequential", "event-loop", "one-core", "threads", "pool"] {
        for query in ["sleep=2000&cpu=0", "sleep=0&cpu=500"] {
            let cancel = Arc::<Cancel>::default();
            let query = format!("lab=compare&tasks=64&pool=2&modes={mode}&{query}");
            let stopped = measure(&query, cancel.clone(), Some(cancel));
            assert_eq!(stopped.map(|_| ()), Err(Error::Stopped), "{mode} {query}");
        }
    }
}

#[test]
fn a_crash_in_a_task_is_an_error_with_its_message_and_the_next_run_works() {
    for mode in ["sequential", "event-loop", "one-core", "threads", "pool"] {
        match run_all(&format!("lab=compare&modes={mode}&plan=s5.panic%2Bs10")) {
            Err(Error::Panicked(message)) => assert!(message.contains("task 0"), "{mode}: {message}"),
            other => panic!("{mode}: {other:?}"),
        }
        assert!(!run(mode, "tasks=2&sleep=5&cpu=0").spans.is_empty());
    }
}
