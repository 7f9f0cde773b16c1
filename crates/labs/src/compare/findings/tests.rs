use super::super::with_speedups;
use super::*;
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
        output: vec![],
    }
}

/// A run of so many milliseconds whose trace shows nothing.
fn bare(mode: Mode, wall_ms: f64) -> Run {
    run(mode, wall_ms, &[])
}

fn found(query: &str, cores: u32, mut runs: Vec<Run>) -> Vec<Finding> {
    with_speedups(&mut runs);
    findings(&Args::from_query(query).0, &host(cores), &runs)
}

fn text_of<'a>(findings: &'a [Finding], id: &str) -> &'a str {
    findings.iter().find(|finding| finding.id == id).map_or("", |finding| &finding.text)
}

#[test]
fn sleeping_and_computing_lead_to_different_findings() {
    let sleeping = found("tasks=8&sleep=200", 2, vec![bare(Mode::Sequential, 1600.0), bare(Mode::Pool, 201.0)]);
    assert_eq!(sleeping[0].text, "Thread pool was fastest: 201 ms, 8.0× as fast as the slowest.");
    assert!(text_of(&sleeping, "work").contains("A sleeping task needs no core"), "{sleeping:?}");
    assert_eq!(text_of(&sleeping, "cores"), "");
    let runs = vec![bare(Mode::Sequential, 800.0), bare(Mode::Pool, 410.0)];
    let computing = found("tasks=8&sleep=0&cpu=100", 2, runs);
    assert!(text_of(&computing, "work").contains("only modes that use several cores gain"), "{computing:?}");
    assert_eq!(
        text_of(&computing, "speedup:pool"),
        "Thread pool: 410 ms, 2.0× as fast as sequential. On 2 cores it could take 400 ms at best."
    );
    // A mix gains on one core too: to say otherwise would be wrong.
    let mix = found("tasks=8&sleep=40&cpu=40", 2, vec![bare(Mode::Sequential, 640.0), bare(Mode::EventLoop, 361.0)]);
    assert!(text_of(&mix, "work").contains("Sleeps can overlap on one core"), "{mix:?}");
    assert!(text_of(&mix, "speedup:event-loop").ends_with("On one core it could take 360 ms at best."), "{mix:?}");
}

#[test]
fn each_finding_has_its_id_and_its_figure() {
    let findings = found("tasks=8&sleep=200", 2, vec![bare(Mode::Sequential, 1600.0), bare(Mode::Pool, 400.0)]);
    let ids: Vec<_> = findings.iter().map(|finding| (finding.id.as_str(), finding.value)).collect();
    assert_eq!(ids, [("fastest", 4.0), ("work", 1.0), ("speedup:sequential", 1.0), ("speedup:pool", 4.0)]);
    let findings = found("tasks=8&sleep=200", 2, vec![bare(Mode::Pool, 400.0)]);
    assert_eq!((findings[2].id.as_str(), findings[2].value), ("wall:pool", 400.0));
}

#[test]
fn a_mode_that_is_no_faster_says_why() {
    let why = |query: &str, cores, mode: Mode| {
        let findings = found(query, cores, vec![bare(Mode::Sequential, 800.0), bare(mode, 805.0)]);
        let text = text_of(&findings, &format!("speedup:{}", mode.slug())).to_owned();
        text.split("because ").nth(1).unwrap_or("").to_owned()
    };
    assert_eq!(
        why("tasks=8&sleep=0&cpu=100", 2, Mode::EventLoop),
        "taking turns does not compute faster: 800 ms of computing need 800 ms on one core."
    );
    assert_eq!(why("tasks=8&sleep=0&cpu=100", 1, Mode::Threads), "there is only one core to compute on.");
    assert_eq!(why("tasks=8&sleep=100&cpu=0&pool=1", 2, Mode::Pool), "a pool of one worker does one task at a time.");
    assert_eq!(why("tasks=1&sleep=800", 2, Mode::Threads), "one task has nothing to overlap with.");
    assert!(why("tasks=2&sleep=0&cpu=0", 2, Mode::Threads).starts_with("the tasks do nothing"));
    assert!(why("plan=s760%2Bs20*2", 2, Mode::Threads).starts_with("the longest task takes nearly as long"));
    // Not on one core: that it computes is no reason there.
    assert_eq!(why("tasks=8&sleep=0&cpu=100", 2, Mode::Threads), "the 400 ms that it could have saved were lost.");
}

#[test]
fn a_mode_that_is_slower_is_said_to_take_longer() {
    let findings = found("tasks=2&sleep=0&cpu=5", 2, vec![bare(Mode::Sequential, 10.0), bare(Mode::Threads, 40.0)]);
    assert!(text_of(&findings, "speedup:threads").starts_with("Thread per task: 40.0 ms, 4.0× as long as sequential."));
}

#[test]
fn what_was_lost_is_put_down_to_what_the_trace_shows() {
    use State::{Sleep, Spawn};
    let threads = run(Mode::Threads, 60.0, &[(0, Sleep, 0, 20), (1, Spawn, 0, 38), (1, Sleep, 40, 60)]);
    let findings = found("tasks=2&sleep=20", 2, vec![bare(Mode::Sequential, 40.0), threads]);
    assert_eq!(
        text_of(&findings, "speedup:threads"),
        "Thread per task: 60.0 ms, 1.5× as long as sequential. On 2 cores it could take 20.0 ms at best; 40.0 ms more were \
         lost: 38.0 ms to starting threads. It is no faster because the 20.0 ms that it could have saved were lost."
    );
}

#[test]
fn a_core_that_was_faster_than_measured_is_no_contradiction() {
    let findings = found("tasks=2&sleep=0&cpu=100", 2, vec![bare(Mode::Sequential, 140.0)]);
    assert_eq!(
        text_of(&findings, "speedup:sequential"),
        "Sequential: 140 ms. On one core it could take 200 ms at best, at the speed that the core had when it was measured; it \
         was faster now."
    );
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
fn all_the_same_gives_no_reason_that_does_not_hold() {
    let headline = |query: &str, cores| {
        let runs = vec![bare(Mode::Sequential, 800.0), bare(Mode::Threads, 790.0)];
        found(query, cores, runs)[0].text.split(": ").nth(1).unwrap_or("").to_owned()
    };
    assert_eq!(
        headline("tasks=8&sleep=0&cpu=100", 1),
        "the work is computing, and none of them had a second core for it."
    );
    assert_eq!(headline("tasks=8&sleep=0&cpu=100", 2), "there was little to gain, or what was gained was lost again.");
    assert_eq!(headline("tasks=1", 2), "there is only one task, so there is nothing to overlap.");
}

#[test]
fn modes_as_good_as_the_fastest_are_named_beside_it() {
    let runs = vec![bare(Mode::Sequential, 1600.0), bare(Mode::EventLoop, 200.0), bare(Mode::Pool, 203.0)];
    let text = &found("", 2, runs)[0].text;
    assert_eq!(text, "Event loop was fastest: 200 ms, 8.0× as fast as the slowest. As good, within 5 %: Thread pool.");
}

#[test]
fn switches_claim_no_more_than_the_clock_can_tell() {
    let text = |(context_switches, switch_us)| {
        let run = Run { context_switches, switch_us, ..bare(Mode::OneCore, 810.0) };
        text_of(&found("tasks=8&sleep=0&cpu=100", 2, vec![run]), "switches:one-core").to_owned()
    };
    assert_eq!(text((160, 1600)), "Threads on one core: 160 context switches, 10 µs each on average, 1.60 ms in all.");
    assert_eq!(
        text((1, 3)),
        "Threads on one core: 1 context switch, each under 5 µs, the smallest time that could be told."
    );
    assert_eq!(text((0, 0)), "");
    // A finer clock does not help: traces count whole microseconds.
    let fine = Host { timer_us: 0.04, ..host(2) };
    let run = Run { context_switches: 7, switch_us: 2, ..bare(Mode::EventLoop, 0.017) };
    let findings = findings(&Args::from_query("sleep=0").0, &fine, &[run]);
    assert_eq!(
        text_of(&findings, "switches:event-loop"),
        "Event loop: 7 turns from one task to another, each under 1 µs, the smallest time that could be told."
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
        "Thread pool kept 1.9 of 2 cores computing on average."
    );
    assert_eq!(text_of(&found(query, 1, vec![pool]), "cores"), "");
}

#[test]
fn nothing_run_finds_nothing_and_nothing_is_no_number() {
    assert!(found("", 2, vec![]).is_empty());
    for query in ["tasks=1&sleep=0", "tasks=8&sleep=0&cpu=0", "tasks=8&cpu=50&pool=1", "plan=panic*2"] {
        for cores in [0, 1, 2] {
            let runs = || Mode::ALL.map(|mode| bare(mode, 0.0)).to_vec();
            let findings = found(query, cores, runs());
            assert_eq!(findings[0].id, "fastest", "{query}");
            let odd =
                findings.iter().find(|f| !f.value.is_finite() || f.text.contains("NaN") || f.text.contains("inf"));
            assert_eq!(odd, None, "{query}");
        }
    }
}
