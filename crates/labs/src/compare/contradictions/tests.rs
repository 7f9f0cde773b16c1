//! No result that can come about, and none that a file can have, contradicts itself; and a sceptic finds what is made to.

use super::contradictions;
use crate::compare::{Args, Compare, Mode};
use crate::conditions::Conditions;
use crate::lab::{Lab, Measured, report};
use crate::placed::{main_sentences, misplaced};
use crate::plan::{Part, Plan, Task};
use crate::result::{Host, Memory, Run, Runtime};
use crate::sheet::Guess;
use interleave_trace::figure::Body;
use interleave_trace::{Lane, LaneKind, Span, State};
use proptest::prelude::*;
use serde_json::{Value, json};

prop_compose! {
    fn any_args()(
        (tasks, sleep, cpu) in (prop_oneof![1_u32..4, 1_u32..=64], prop_oneof![Just(0), 0_u32..=300], prop_oneof![Just(0), 0_u32..=200]),
        jitter in prop_oneof![4 => Just(0), 1 => 0_u32..=100],
        (pool, quantum, seed) in (1_u32..=8, 1_u32..=100, 0_u32..9999),
        modes in prop::sample::subsequence(Mode::ALL.to_vec(), 1..=6),
        plan in prop::option::weighted(0.4, prop::collection::vec(prop::collection::vec((any::<bool>(), 0_u64..200), 0..4), 1..8)),
    ) -> Args {
        let part = |&(sleeps, ms): &(bool, u64)| if sleeps { Part::Sleep { us: ms * 1000 } } else { Part::Cpu { us: ms * 1000 } };
        let task = |parts: &Vec<_>| Task { parts: parts.iter().map(part).collect() };
        let mut args = Args { tasks, sleep, cpu, jitter, pool, quantum, modes, seed, plan: None };
        args.set_plan(plan.map(|plan| Plan { tasks: plan.iter().map(task).collect() }));
        args
    }
}

/// How a run went.
#[derive(Clone, Debug)]
struct Course {
    /// How many times as long computing and sleeping took as asked.
    cpu: f64,
    sleep: f64,
    /// How long a task took to start, and lay about after each part, in microseconds.
    start_us: u64,
    ready_us: u64,
    /// From the last span's end to the run's, in microseconds.
    after_us: u64,
    /// Spans of any kind instead.
    odd: Option<Vec<(u32, u32, usize, u64)>>,
    /// A time of any length instead of what the spans need.
    wall_us: Option<u64>,
    switches: u64,
    checksum: &'static str,
}

fn course() -> impl Strategy<Value = Course> {
    let odd = prop::collection::vec((0_u32..4, 0_u32..4, 0_usize..6, prop_oneof![0_u64..9, 0_u64..90_000]), 0..20);
    let factor = || prop_oneof![3 => Just(1.0), 2 => 0.9..1.1_f64, 1 => 0.3..3.0_f64];
    let us = || prop_oneof![2 => Just(0_u64), 1 => 0_u64..20, 1 => 0_u64..40_000];
    let checksum = prop_oneof![40 => Just("a"), 1 => Just("b"), 1 => Just("c")];
    let wall = prop_oneof![Just(0), 0_u64..50, 0_u64..3_000_000];
    (
        (factor(), factor()),
        (us(), us(), us()),
        prop::option::weighted(0.1, odd),
        prop::option::weighted(0.15, wall),
        prop_oneof![Just(0_u64), Just(1), 0_u64..500],
        checksum,
    )
        .prop_map(|((cpu, sleep), (start_us, ready_us, after_us), odd, wall_us, switches, checksum)| Course {
            cpu,
            sleep,
            start_us,
            ready_us,
            after_us,
            odd,
            wall_us,
            switches,
            checksum,
        })
}

/// A run of `mode` that went like that: tasks in a row where one lane does them all, else a lane for each.
fn run(args: &Args, mode: Mode, course: &Course) -> Run {
    let tasks = args.task_list();
    let (lanes, workers) = match mode {
        Mode::Sequential => (1, 1),
        Mode::EventLoop => (1, tasks.len()),
        Mode::Pool => (args.pool as usize, args.pool as usize),
        _ => (tasks.len(), tasks.len()),
    };
    let mut free_at = vec![0; workers];
    let mut spans = Vec::new();
    for (task, parts) in tasks.iter().enumerate() {
        let worker = (0..workers).min_by_key(|worker| free_at[*worker]).unwrap();
        let mut at = free_at[worker];
        let mut add = |state, us: u64| {
            if us > 0 || state == State::Run {
                spans.push(Span {
                    lane: (worker % lanes) as u32,
                    task: task as u32,
                    state,
                    start_us: at,
                    end_us: at + us,
                });
                at += us;
            }
        };
        match mode {
            Mode::Sequential | Mode::EventLoop | Mode::Pool => {}
            Mode::Processes => {
                add(State::Spawn, course.start_us);
                add(State::Message, course.ready_us);
            }
            _ => add(State::Spawn, course.start_us),
        }
        for part in &parts.parts {
            match *part {
                Part::Sleep { us } => add(State::Sleep, (us as f64 * course.sleep) as u64),
                Part::Cpu { us } => add(State::Run, (us as f64 * course.cpu) as u64),
                Part::Panic => {}
            }
            add(State::Ready, course.ready_us);
        }
        free_at[worker] = at;
    }
    let mut count = lanes as u32;
    if let Some(odd) = &course.odd {
        let mut at = 0;
        let odd_span = |&(lane, task, state, us): &(u32, u32, usize, u64)| {
            at += us;
            Span { lane, task, state: State::ALL[state], start_us: at - us, end_us: at }
        };
        (spans, count) = (odd.iter().map(odd_span).collect(), 4);
    }
    spans.sort_by_key(|span| (span.lane, span.start_us, span.end_us, span.task));
    let end_us = spans.iter().map(|span| span.end_us).max().unwrap_or(0);
    let mut wall_us = end_us + course.after_us;
    if let Some(us) = course.wall_us {
        wall_us = us;
        spans.retain(|span| span.end_us <= us);
    }
    Run {
        mode: mode.slug().to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: course.checksum.to_owned(),
        context_switches: course.switches,
        switch_us: (course.switches * 7).min(wall_us),
        lanes: (0..count).map(|id| Lane { id, name: format!("lane {id}"), kind: LaneKind::Thread }).collect(),
        spans,
        subjects: vec![],
        output: vec![],
    }
}

prop_compose! {
    fn any_host()(cores in 0_u32..=16, timer_us in prop::sample::select(vec![0.0, 0.04, 1.0, 5.0, 20.0, 100.0, 1000.0])) -> Host {
        Host { runtime: Runtime::Browser, cores, memory: Memory::Shared, timer_us, agent: String::new() }
    }
}

prop_compose! {
    fn any_conditions()(probe_us in prop::collection::vec(1000.0..3000.0_f64, 0..4), unrest in 0.0..3.0_f64, cores_free in prop::option::of(0.1..16.0_f64)) -> Conditions {
        Conditions { probe_us, unrest, cores_free }
    }
}

proptest! {
    #[test]
    fn no_sentence_contradicts_another_or_the_trace(
        args in any_args(),
        courses in prop::collection::vec(course(), 6),
        host in any_host(),
        conditions in any_conditions(),
        (answer, number) in (prop::sample::select(Mode::ALL.to_vec()), prop_oneof![1.0..1.3_f64, 1.0..64.0_f64]),
    ) {
        let runs = args.modes.iter().zip(&courses).map(|(mode, course)| run(&args, *mode, course)).collect();
        let mut measured = Measured { runs, conditions, data: () };
        Compare::accept(&args, &mut measured).unwrap();
        let guess = Guess { answer: Some(answer.slug().to_owned()), number: Some(number) };
        let report = report::<Compare>(&args.values(), host, &measured, Some(&guess));
        let result: Value = serde_json::from_str(&report.result).unwrap();
        let score = report.score.as_ref().map(|score| score.text.as_str());
        let story = Compare::story(&args, &report.host, &measured, Some(&guess));
        prop_assert_eq!(misplaced(&story), [""; 0]);
        prop_assert!(main_sentences(&story.findings) <= 4, "{:?}", story.findings);
        for finding in &story.findings {
            let of = finding.id.split_once(':').map(|(_, mode)| mode);
            prop_assert!(of.is_none_or(|mode| finding.row.as_deref() == Some(mode)), "{:?}", finding);
        }
        let Body::Timeline(timeline) = &story.figures[0].body else { panic!("compare has timelines") };
        for run in &timeline.runs {
            let says = story.findings.iter().any(|it| it.row.as_ref() == Some(&run.slug) && it.text.contains(" at best"));
            prop_assert_eq!(run.bound_us.is_some(), says, "{}", run.slug);
            prop_assert!(run.bound_us.is_none_or(|bound_us| bound_us <= run.wall_us));
        }
        let found = contradictions(&result, score);
        let says: Vec<_> = report.findings.iter().map(|finding| &finding.text).collect();
        prop_assert!(found.is_empty(), "{:#?}\nsaid: {:#?}", found, says);
        prop_assert_eq!(crate::file::explain::<Compare>(&report.result).err(), None);
    }
}

/// A result of three modes in which all is well, and the words of its score.
fn good() -> (Value, String) {
    with_event_loop_in(400.0)
}

/// The same, with an event loop that took so many milliseconds.
fn with_event_loop_in(wall_ms: f64) -> (Value, String) {
    let args = Args::from_query("tasks=4&sleep=100&cpu=50&modes=sequential,event-loop,pool").0;
    let course = Course {
        cpu: 1.0,
        sleep: 1.0,
        start_us: 0,
        ready_us: 0,
        after_us: 9000,
        odd: None,
        wall_us: None,
        switches: 3,
        checksum: "a",
    };
    let mut runs: Vec<Run> = args.modes.iter().map(|mode| run(&args, *mode, &course)).collect();
    // On one core, computing takes its time.
    runs[1].wall_ms = wall_ms;
    super::super::with_speedups(&mut runs);
    let host = Host { runtime: Runtime::Native, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() };
    let guess = Guess { answer: Some("pool".to_owned()), number: Some(3.0) };
    let measured = Measured { runs, conditions: Conditions::default(), data: () };
    let report = report::<Compare>(&args.values(), host, &measured, Some(&guess));
    (serde_json::from_str(&report.result).unwrap(), report.score.unwrap().text)
}

#[test]
fn a_sceptic_finds_each_false_word() {
    let (good, score) = good();
    assert_eq!(contradictions(&good, Some(&score)), [""; 0]);
    let text = good["findings"].to_string();
    let lies = [
        ("Thread pool won", "Event loop won"),
        ("Thread pool won", "Sequential won"),
        ("as fast as sequential.", "as fast as the slowest, Event loop."),
        ("as fast as sequential.", "as fast as sequential. About as fast: Event loop."),
        ("as fast as sequential. On", "as long as sequential. On"),
        ("as fast as sequential. On", "as fast as sequential. It is no faster because it could save little. On"),
        ("Sleep overlaps, even on one core: 400 ms of it", "Sleep overlaps, even on one core: 300 ms of it"),
        ("Sleep overlaps, even on one core", "Sleep overlaps"),
        ("with an event loop", "with a thread pool"),
        ("100 ms on 2 cores.", "100 ms on 2 cores. Only modes that use several cores were faster than sequential."),
        ("200 ms of it take at least 200 ms", "300 ms of it take at least 300 ms"),
        ("100 ms on 2 cores", "120 ms on 2 cores"),
        ("lost 100 ms", "lost 90.0 ms"),
        ("159 ms", "149 ms"),
        ("at best", "at best; 90.0 ms more were lost, to nothing that stands out"),
        ("could take 300 ms at best", "could take 320 ms at best"),
        ("3 context switches", "4 context switches"),
        ("On one core", "On 2 cores"),
        ("1.3 tasks computed", "1.4 tasks computed"),
        ("\"sleep\"", "\"work\""),
        ("\"speedup:pool\"", "\"wall:pool\""),
        ("\"fastest\"", "\"slowest\""),
        ("\"lost\"", "\"gained\""),
    ];
    for (truth, lie) in lies {
        assert!(text.contains(truth), "{truth} is not in {text}");
        let mut bad = good.clone();
        bad["findings"] = serde_json::from_str(&text.replacen(truth, lie, 1)).unwrap();
        assert!(!contradictions(&bad, None).is_empty(), "{lie}");
    }
    for lie in ["You were right: Event loop was the fastest", "You expected Thread pool; Thread pool was the fastest"] {
        let lie = format!("{lie}. {}", score.split_once(". ").unwrap().1);
        assert!(!contradictions(&good, Some(&lie)).is_empty(), "{lie}");
    }
}

#[test]
fn a_sceptic_finds_a_tie_that_is_none() {
    let (mut tie, score) = with_event_loop_in(160.0);
    let text = tie["findings"][0]["text"].as_str().unwrap().to_owned();
    assert_eq!(text, "All but sequential took about the same time, 159 ms: 3.8 times as fast.");
    assert_eq!(score.split_once(". ").unwrap().0, "You were right: all but sequential took about the same time");
    assert_eq!(contradictions(&tie, Some(&score)), [""; 0]);
    for lie in
        ["All modes took about the same time, 159 ms.", "Thread pool won: 159 ms, 3.8 times as fast as sequential."]
    {
        tie["findings"][0]["text"] = json!(lie);
        assert!(!contradictions(&tie, None).is_empty(), "{lie}");
    }
    let (mut none, _) = good();
    none["findings"][0]["text"] = json!(text);
    assert!(!contradictions(&none, None).is_empty());
}

#[test]
fn a_sceptic_sees_who_did_other_work() {
    let (mut bad, _) = good();
    bad["runs"][2]["checksum"] = json!("other");
    let found = contradictions(&bad, None);
    assert!(found.iter().any(|fault| fault.contains("checksums")), "{found:#?}");
    assert!(found.iter().any(|fault| fault.contains("speed-up of pool")), "{found:#?}");
}
