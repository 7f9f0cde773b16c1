use super::super::facts::facts;
use super::super::{Args, with_speedups};
use super::*;
use crate::lab::Light;
use crate::result::{Memory, Runtime};
use interleave_trace::{Lane, LaneKind, Span};

fn host(cores: u32) -> Host {
    Host { runtime: Runtime::Browser, cores, memory: Memory::Shared, timer_us: 5.0, agent: String::new() }
}

/// A run of so many milliseconds with these spans: task, state, start and end in milliseconds. Each task has its lane.
fn run(mode: Mode, wall_ms: f64, spans: &[(u32, State, u64, u64)]) -> Run {
    let lane = |id| Lane { id, name: format!("thread {id}"), kind: LaneKind::Thread };
    let span = |&(task, state, start, end): &(u32, State, u64, u64)| Span {
        lane: task,
        task,
        state,
        start_us: start * 1000,
        end_us: end * 1000,
    };
    Run {
        mode: mode.slug().into(),
        wall_ms,
        speedup: None,
        checksum: String::new(),
        context_switches: 0,
        switch_us: 0,
        lanes: (0..spans.iter().map(|span| span.0 + 1).max().unwrap_or(0)).map(lane).collect(),
        spans: spans.iter().map(span).collect(),
        subjects: vec![],
        output: vec![],
    }
}

/// A run of so many milliseconds whose trace shows nothing.
fn bare(mode: Mode, wall_ms: f64) -> Run {
    run(mode, wall_ms, &[])
}

fn found(query: &str, cores: u32, mut runs: Vec<Run>) -> Vec<Finding> {
    with_speedups(&mut runs);
    told(query, &host(cores), &runs)
}

fn told(query: &str, host: &Host, runs: &[Run]) -> Vec<Finding> {
    findings(host, runs, &facts(&Args::from_query(query).0, host, runs))
}

fn text_of<'a>(findings: &'a [Finding], id: &str) -> &'a str {
    findings.iter().find(|finding| finding.id == id).map_or("", |finding| &finding.text)
}

#[test]
fn sleeping_and_computing_lead_to_different_findings() {
    let sleeping = found("tasks=8&sleep=200", 2, vec![bare(Mode::Sequential, 1600.0), bare(Mode::Pool, 201.0)]);
    assert_eq!(sleeping[0].text, "Thread pool won: 201 ms, 8.0 times as fast as sequential.");
    // Their traces show no sleep.
    assert_eq!(text_of(&sleeping, "work"), "Most of this work is sleep: 1.60 s of sleep, 0 ms of computing.");
    assert_eq!((text_of(&sleeping, "cores"), text_of(&sleeping, "computing")), ("", ""));
    let runs = vec![bare(Mode::Sequential, 800.0), bare(Mode::Pool, 410.0)];
    let computing = found("tasks=8&sleep=0&cpu=100", 2, runs);
    assert_eq!(text_of(&computing, "work"), "");
    assert_eq!(
        text_of(&computing, "speedup:pool"),
        "Thread pool: 410 ms, 2.0 times as fast as sequential. On 2 cores it could take 400 ms at best."
    );
    let mix = found("tasks=8&sleep=40&cpu=40", 2, vec![bare(Mode::Sequential, 640.0), bare(Mode::EventLoop, 361.0)]);
    assert!(text_of(&mix, "speedup:event-loop").ends_with("On one core it could take 360 ms at best."), "{mix:?}");
}

#[test]
fn sleep_overlaps_where_the_trace_says_so_on_one_core_first() {
    use State::{Run, Sleep};
    let sequential = || run(Mode::Sequential, 80.0, &[(0, Sleep, 0, 40), (0, Sleep, 40, 80)]);
    let event_loop = || run(Mode::EventLoop, 41.0, &[(0, Sleep, 0, 40), (1, Sleep, 1, 41)]);
    let pool = || run(Mode::Pool, 40.0, &[(0, Sleep, 0, 40), (1, Sleep, 0, 40)]);
    let sleep = |runs| found("tasks=2&sleep=40", 2, runs).into_iter().find(|finding| finding.id == "sleep");
    let said = sleep(vec![sequential(), event_loop(), pool()]).unwrap();
    assert_eq!(said.text, "Sleep overlaps, even on one core: 80.0 ms of it took 41.0 ms with an event loop.");
    assert_eq!((said.value, &said.lights[..]), (80.0 / 41.0, &[light("event-loop", &[Sleep])][..]));
    let said = sleep(vec![sequential(), pool()]).unwrap();
    assert_eq!(said.text, "Sleep overlaps: 80.0 ms of it took 40.0 ms with a thread pool.");
    assert_eq!(sleep(vec![sequential()]), None);
    // Where there is little sleep, that is not what matters.
    assert_eq!(text_of(&found("tasks=2&sleep=10&cpu=90", 2, vec![event_loop(), pool()]), "sleep"), "");
    let computing = run(Mode::EventLoop, 80.0, &[(0, Run, 0, 40), (1, Run, 40, 80)]);
    assert_eq!(text_of(&found("tasks=2&sleep=40", 2, vec![computing, pool()]), "sleep"), text_of(&[said], "sleep"));
}

fn light(run: &str, states: &[State]) -> Light {
    Light { run: run.to_owned(), states: states.to_vec() }
}

#[test]
fn computing_takes_what_cores_there_are_unless_a_run_was_faster() {
    let text = |cores, [sequential, one_core, threads]: [f64; 3]| {
        let runs = vec![
            bare(Mode::Sequential, sequential),
            bare(Mode::OneCore, one_core),
            run(Mode::Threads, threads, &[(0, State::Run, 0, 9)]),
        ];
        let findings = found("tasks=8&sleep=0&cpu=100", cores, runs);
        let lights = findings.iter().find(|finding| finding.id == "computing").map(|finding| finding.lights.clone());
        assert!(lights.is_none_or(|lights| lights == [light("threads", &[State::Run])]));
        text_of(&findings, "computing").to_owned()
    };
    let two = "Computing needs a core: 800 ms of it take at least 800 ms on one core, 400 ms on 2 cores.";
    let several = "Only modes that use several cores were faster than sequential.";
    assert_eq!(text(2, [801.0, 820.0, 410.0]), format!("{two} {several}"));
    assert_eq!(text(2, [801.0, 820.0, 810.0]), two);
    assert_eq!(text(2, [900.0, 801.0, 410.0]), two);
    let one = "Computing needs a core: 800 ms of it take at least 800 ms on one core.";
    assert_eq!(text(1, [801.0, 820.0, 810.0]), one);
    // A core that was faster than when the kernel was measured, or more cores than were counted.
    assert_eq!(text(2, [790.0, 820.0, 410.0]), "");
    assert_eq!(text(2, [801.0, 820.0, 390.0]), "");
    assert_eq!(text_of(&found("tasks=8&sleep=90&cpu=10", 2, vec![bare(Mode::Pool, 100.0)]), "computing"), "");
}

#[test]
fn what_was_lost_is_told_of_the_winner_and_of_who_lost_most() {
    use State::{Ready, Run, Spawn};
    let threads = || run(Mode::Threads, 60.0, &[(0, Run, 0, 40), (1, Spawn, 0, 18), (1, Run, 20, 60)]);
    let processes = || run(Mode::Processes, 90.0, &[(0, Spawn, 0, 48), (0, Run, 48, 88)]);
    let lost = |runs| found("tasks=2&sleep=0&cpu=40", 2, runs).into_iter().find(|finding| finding.id == "lost");
    let said = lost(vec![bare(Mode::Sequential, 80.0), threads(), processes()]).unwrap();
    assert_eq!(
        said.text,
        "Thread per task lost 20.0 ms of its 60.0 ms, 18.0 ms to starting threads; Process per task lost 50.0 ms of \
         its 90.0 ms, 48.0 ms to starting processes."
    );
    assert_eq!(said.value, 50.0);
    assert_eq!(said.lights, [light("threads", &[Spawn]), light("processes", &[Spawn])]);
    let said = lost(vec![bare(Mode::Sequential, 80.0), threads()]).unwrap();
    assert_eq!(said.text, "Thread per task lost 20.0 ms of its 60.0 ms, 18.0 ms to starting threads.");
    assert_eq!(lost(vec![bare(Mode::Sequential, 80.0), bare(Mode::EventLoop, 81.0)]), None);
    // What is missing in a trace has no spans to show.
    let late = run(Mode::EventLoop, 100.0, &[(0, Run, 0, 40), (1, Ready, 0, 60), (1, Run, 60, 100)]);
    let said = lost(vec![bare(Mode::Sequential, 80.0), late]).unwrap();
    assert_eq!(said.text, "Event loop lost 20.0 ms of its 100 ms, all to turns that came late.");
    assert_eq!(said.lights, [light("event-loop", &[Ready])]);
}

#[test]
fn main_sentences_come_first_and_the_others_stand_with_their_mode() {
    use State::{Run, Sleep, Spawn};
    let spans = [(0, Spawn, 0, 20), (0, Sleep, 20, 60), (0, Run, 60, 100), (1, Sleep, 20, 60), (1, Run, 60, 100)];
    let runs = vec![bare(Mode::Sequential, 160.0), run(Mode::Threads, 100.0, &spans)];
    let findings = found("tasks=2&sleep=40&cpu=40", 2, runs);
    let ids: Vec<_> = findings.iter().map(|finding| (finding.id.as_str(), finding.row.as_deref())).collect();
    assert_eq!(
        ids,
        [
            ("fastest", None),
            ("sleep", None),
            ("computing", None),
            ("lost", None),
            ("speedup:sequential", Some("sequential")),
            ("speedup:threads", Some("threads")),
            ("cores", Some("threads")),
        ]
    );
}

#[test]
fn each_finding_has_its_id_and_its_figure() {
    let findings = found("tasks=8&sleep=200", 2, vec![bare(Mode::Sequential, 1600.0), bare(Mode::Pool, 400.0)]);
    let ids: Vec<_> = findings.iter().map(|finding| (finding.id.as_str(), finding.value)).collect();
    assert_eq!(
        ids,
        [("fastest", 4.0), ("work", 1.0), ("lost", 200.0), ("speedup:sequential", 1.0), ("speedup:pool", 4.0)]
    );
    let findings = found("tasks=8&sleep=200", 2, vec![bare(Mode::Pool, 400.0)]);
    let ids: Vec<_> = findings.iter().map(|finding| (finding.id.as_str(), finding.value)).collect();
    assert_eq!(ids, [("took", 400.0), ("work", 1.0), ("lost", 200.0), ("wall:pool", 400.0)]);
}

#[test]
fn a_mode_that_is_no_faster_says_why() {
    let why_of = |query: &str, cores, mode: Mode, wall_ms| {
        let findings = found(query, cores, vec![bare(Mode::Sequential, 800.0), bare(mode, wall_ms)]);
        let text = text_of(&findings, &format!("speedup:{}", mode.slug())).to_owned();
        text.split("because ").nth(1).unwrap_or("").to_owned()
    };
    let why = |query, cores, mode| why_of(query, cores, mode, 805.0);
    let one_core = "taking turns on one core makes no computing shorter.";
    assert_eq!(why("tasks=8&sleep=0&cpu=100", 2, Mode::EventLoop), one_core);
    assert_eq!(why("tasks=8&sleep=0&cpu=100", 1, Mode::Threads), one_core);
    assert_eq!(why("tasks=8&sleep=100&cpu=0&pool=1", 2, Mode::Pool), "a pool of one worker does one task at a time.");
    assert_eq!(why("tasks=1&sleep=800", 2, Mode::Threads), "one task is all of the work, or nearly all.");
    assert_eq!(why("plan=s760%2Bs20*2", 2, Mode::Threads), "one task is all of the work, or nearly all.");
    // Not on one core: that it computes is no reason there.
    let lost = "most of the 400 ms that it could have saved was lost.";
    assert_eq!(why("tasks=8&sleep=0&cpu=100", 2, Mode::Threads), lost);
    // What could be saved, and was, is not lost.
    assert_eq!(why_of("plan=s700%2Bs100", 2, Mode::Threads, 735.0), "it could save little.");
}

#[test]
fn a_mode_that_is_slower_is_said_to_take_longer() {
    let findings = found("tasks=2&sleep=0&cpu=5", 2, vec![bare(Mode::Sequential, 10.0), bare(Mode::Threads, 40.0)]);
    assert!(
        text_of(&findings, "speedup:threads").starts_with("Thread per task: 40.0 ms, 4.0 times as long as sequential.")
    );
}

#[test]
fn what_was_lost_is_put_down_to_what_the_trace_shows() {
    use State::{Sleep, Spawn};
    let threads = run(Mode::Threads, 60.0, &[(0, Sleep, 0, 20), (1, Spawn, 0, 38), (1, Sleep, 40, 60)]);
    let findings = found("tasks=2&sleep=20", 2, vec![bare(Mode::Sequential, 40.0), threads]);
    assert_eq!(
        text_of(&findings, "speedup:threads"),
        "Thread per task: 60.0 ms, 1.5 times as long as sequential. On 2 cores it could take 20.0 ms at best; 40.0 ms more were \
         lost: 38.0 ms to starting threads. It is no faster because most of the 20.0 ms that it could have saved was lost."
    );
}

#[test]
fn no_mode_is_faster_than_what_it_could_take_at_best() {
    let text = |wall_ms| {
        let runs = vec![bare(Mode::Sequential, wall_ms)];
        text_of(&found("tasks=2&sleep=0&cpu=100", 2, runs), "speedup:sequential").to_owned()
    };
    assert_eq!(text(200.0), "Sequential: 200 ms. On one core it could take 200 ms at best.");
    // Within the noise, too.
    for (wall_ms, all) in [(199.0, "Sequential: 199 ms."), (140.0, "Sequential: 140 ms.")] {
        assert_eq!(text(wall_ms), all);
    }
}

#[test]
fn a_mode_that_did_other_work_is_compared_with_none() {
    let other = |run: Run| Run { checksum: "other".into(), ..run };
    let runs = vec![bare(Mode::Sequential, 800.0), bare(Mode::EventLoop, 790.0), other(bare(Mode::Pool, 10.0))];
    let findings = found("tasks=8&sleep=0&cpu=100", 2, runs);
    assert_eq!(findings[0].text, "All modes took about the same time, 790 ms.");
    assert_eq!(findings[1].text, "Not compared: Thread pool. Checksums differ, so not all modes did the same work.");
    assert_eq!(text_of(&findings, "wall:pool"), "Thread pool: 10.0 ms.");
    // Of two that differ, nobody knows which is right.
    let findings =
        found("tasks=8&sleep=0&cpu=100", 2, vec![bare(Mode::Sequential, 800.0), other(bare(Mode::Pool, 10.0))]);
    let ids: Vec<_> = findings.iter().map(|finding| (finding.id.as_str(), finding.value)).collect();
    assert_eq!(ids, [("checksum", 2.0), ("computing", 800.0), ("wall:sequential", 800.0), ("wall:pool", 10.0)]);
}

#[test]
fn what_is_within_a_step_of_the_clock_is_a_tie() {
    let coarse = Host { timer_us: 1000.0, ..host(2) };
    let headline = |event_loop, threads| {
        let runs = [bare(Mode::EventLoop, event_loop), bare(Mode::Threads, threads)];
        told("sleep=0", &coarse, &runs).remove(0)
    };
    assert_eq!(headline(0.0, 1.0).text, "All modes took about the same time, under 1 ms.");
    let fastest = headline(0.0, 40.0);
    assert_eq!(fastest.text, "Event loop won: under 1 ms, at least 40 times as fast as the slowest, Thread per task.");
    assert_eq!(fastest.value, 40.0);
}

#[test]
fn a_pool_with_few_workers_is_bounded_by_them() {
    let text = |pool: &str| {
        let findings = found(&format!("tasks=8&sleep=100&cpu=0&pool={pool}"), 2, vec![bare(Mode::Pool, 800.0)]);
        text_of(&findings, "wall:pool").split(". ").nth(1).unwrap_or("").to_owned()
    };
    assert!(text("1").starts_with("With one worker it could take 800 ms at best"));
    assert!(text("4").starts_with("With 4 workers it could take 200 ms at best"));
    assert!(text("8").starts_with("On 2 cores it could take 100 ms at best"));
}

#[test]
fn where_all_took_the_same_none_is_called_the_fastest() {
    let runs = vec![bare(Mode::Sequential, 800.0), bare(Mode::Threads, 790.0)];
    let findings = found("tasks=8&sleep=0&cpu=100", 1, runs);
    assert_eq!(
        (findings[0].text.as_str(), findings[0].value),
        ("All modes took about the same time, 790 ms.", 800.0 / 790.0)
    );
    assert!(text_of(&findings, "speedup:threads").starts_with("Thread per task: 790 ms, about as long as sequential."));
}

#[test]
fn the_fastest_is_compared_with_sequential_or_else_with_the_slowest() {
    let headline = |runs: &[(Mode, f64)]| {
        let runs = runs.iter().map(|(mode, wall_ms)| bare(*mode, *wall_ms)).collect();
        let finding = found("tasks=8&sleep=0&cpu=5", 2, runs).remove(0);
        (finding.text, finding.value)
    };
    let said = |text: &str, value| (text.to_owned(), value);
    assert_eq!(
        headline(&[(Mode::Sequential, 40.0), (Mode::Pool, 20.0), (Mode::Processes, 80.0)]),
        said("Thread pool won: 20.0 ms, 2.0 times as fast as sequential.", 2.0)
    );
    assert_eq!(
        headline(&[(Mode::Sequential, 40.0), (Mode::Processes, 80.0)]),
        said("Sequential won: 40.0 ms, 2.0 times as fast as the slowest, Process per task.", 2.0)
    );
    assert_eq!(
        headline(&[(Mode::Sequential, 41.0), (Mode::EventLoop, 40.0), (Mode::Processes, 80.0)]),
        said(
            "Event loop won: 40.0 ms, 2.0 times as fast as the slowest, Process per task. About as fast: Sequential.",
            2.0
        )
    );
    assert_eq!(
        headline(&[(Mode::Pool, 40.0)]),
        said("Thread pool took 40.0 ms. No other mode ran to compare it with.", 40.0)
    );
}

#[test]
fn modes_as_good_as_the_fastest_are_named_beside_it() {
    let runs = vec![bare(Mode::Sequential, 1600.0), bare(Mode::EventLoop, 200.0), bare(Mode::Pool, 203.0)];
    let all_but = "All but sequential took about the same time, 200 ms: 8.0 times as fast.";
    assert_eq!(found("", 2, runs.clone())[0].text, all_but);
    let runs = [runs, vec![bare(Mode::Processes, 300.0)]].concat();
    let text = &found("", 2, runs)[0].text;
    assert_eq!(text, "Event loop won: 200 ms, 8.0 times as fast as sequential. About as fast: Thread pool.");
}

#[test]
fn switches_claim_no_more_than_the_clock_can_tell() {
    let text = |(context_switches, switch_us)| {
        let run = Run { context_switches, switch_us, ..bare(Mode::OneCore, 810.0) };
        text_of(&found("tasks=8&sleep=0&cpu=100", 2, vec![run]), "switches:one-core").to_owned()
    };
    assert_eq!(text((160, 1600)), "Threads on one core: 160 context switches, 10 µs each on average, 1.60 ms in all.");
    assert_eq!(text((1, 3)), "Threads on one core: 1 context switch, under 5 µs each on average, under 5 µs in all.");
    assert_eq!(text((9, 0)), "Threads on one core: 9 context switches, under 5 µs each on average, under 5 µs in all.");
    assert_eq!(text((0, 0)), "");
    // A finer clock does not help: traces count whole microseconds.
    let fine = Host { timer_us: 0.04, ..host(2) };
    let run = Run { context_switches: 7, switch_us: 2, ..bare(Mode::EventLoop, 0.017) };
    let findings = told("sleep=0", &fine, &[run]);
    assert_eq!(
        text_of(&findings, "switches:event-loop"),
        "Event loop: 7 turns from one task to another, under 1 µs each on average, 2 µs in all."
    );
}

#[test]
fn cores_are_counted_in_the_mode_that_used_most_of_them() {
    use State::Run;
    let pool = run(Mode::Pool, 100.0, &[(0, Run, 0, 100), (1, Run, 0, 90)]);
    let threads = run(Mode::Threads, 100.0, &[(0, Run, 0, 100), (1, Run, 0, 50)]);
    let query = "tasks=2&sleep=0&cpu=100";
    assert_eq!(
        text_of(&found(query, 2, vec![threads, pool.clone()]), "cores"),
        "Thread pool: 1.9 tasks computed at once on average, on 2 cores."
    );
    // A clock too coarse to show turns shows more tasks at work than there are cores.
    let at_once = run(Mode::Threads, 100.0, &[(0, Run, 0, 100), (1, Run, 0, 100), (2, Run, 0, 100)]);
    assert_eq!(text_of(&found(query, 2, vec![at_once]), "cores"), "");
    assert_eq!(text_of(&found(query, 1, vec![pool]), "cores"), "");
}

#[test]
fn nothing_run_finds_nothing_and_nothing_is_no_number() {
    assert!(found("", 2, vec![]).is_empty());
    for query in ["tasks=1&sleep=0", "tasks=8&sleep=0&cpu=0", "tasks=8&cpu=50&pool=1", "plan=panic*2"] {
        for cores in [0, 1, 2] {
            let runs = || Mode::ALL.map(|mode| bare(mode, 0.0)).to_vec();
            let findings = found(query, cores, runs());
            assert_eq!(findings[0].text, "All modes took about the same time, under 5 µs.", "{query}");
            assert!(findings.iter().all(|finding| finding.lights.is_empty()), "there is nothing to show: {query}");
            let odd =
                findings.iter().find(|f| !f.value.is_finite() || f.text.contains("NaN") || f.text.contains("inf"));
            assert_eq!(odd, None, "{query}");
        }
    }
}
