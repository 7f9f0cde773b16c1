//! `race` on native threads: real threads, real locks, and what gets lost without. Structure, never exact durations.
//! Processes are children of the program itself, so the command line's tests have them.

use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::Values;
use interleave_labs::file;
use interleave_labs::lab::{Lab, Measured, Report};
use interleave_labs::message::FromEngine;
use interleave_labs::race::{Bout, Data, Race, SLOW_ADDS};
use interleave_labs::result::Run;
use interleave_threads::{Cancel, Error, block_on};
use interleave_trace::stats::most_at_once;
use interleave_trace::{Span, State};
use std::sync::Arc;
use std::time::Duration;

/// Stops the run soon after a step whose label begins like this.
struct Watch(Option<(&'static str, Arc<Cancel>)>);

impl Watcher for Watch {
    fn say(&self, word: FromEngine) {
        if let (FromEngine::Step { label, .. }, Some((at, cancel))) = (word, self.0.clone())
            && label.starts_with(at)
        {
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(30));
                cancel.stop();
            });
        }
    }

    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}

fn run(query: &str, stop: Option<&'static str>) -> Result<Report, Error> {
    let (values, notices) = Values::from_query(&Race::controls(), query);
    assert_eq!(notices, []);
    let cancel = Arc::<Cancel>::default();
    let watch = Watch(stop.map(|at| (at, cancel.clone())));
    let stage = Stage::new(cancel, interleave_engine::host(), Box::new(watch));
    block_on(lab_called("race").unwrap().run(&values, None, &stage))
}

/// What was measured, after the checks that a file has to pass.
fn measure(query: &str) -> Measured<Data> {
    let report = run(&format!("lab=race&{query}"), None).unwrap();
    file::read::<Race>(&report.result).unwrap().2
}

/// Whether two threads were at work at one moment.
fn overlaps(bout: &Bout) -> bool {
    let (one, other) = (bout.stints[0], bout.stints[1]);
    one.start_us.max(other.start_us) < one.end_us.min(other.end_us)
}

fn of(run: &Run, state: State) -> Vec<Span> {
    run.spans.iter().filter(|span| span.state == state).copied().collect()
}

#[test]
fn right_remedies_lose_nothing_in_a_million_additions() {
    let measured = measure("threads=4&adds=250000&repeats=3&remedies=mutex,atomic,merged");
    assert_eq!(measured.data.trials.len(), 3);
    for trial in &measured.data.trials {
        assert_eq!(trial.bouts.iter().map(|bout| bout.counted).collect::<Vec<_>>(), [1_000_000; 3], "{trial:?}");
        assert_eq!(trial.slow_counted, 4 * SLOW_ADDS, "{trial:?}");
    }
}

/// The bouts of a measurement in which each remedy lost something. On a machine that is busy with other tests, two threads may have to
/// wait for a time in which both have a core.
fn lossy_bouts(query: &str) -> Vec<Bout> {
    for _ in 0..5 {
        let Data { trials, .. } = measure(query).data;
        let lossy = |bout: &&Bout| bout.counted < bout.stints.len() as u32 * ADDS;
        if trials.iter().all(|trial| trial.bouts.iter().any(|bout| lossy(&bout))) {
            return trials.iter().flat_map(|trial| trial.bouts.iter().filter(lossy).cloned()).collect();
        }
    }
    panic!("nothing got lost: {query}");
}

/// How often each thread adds.
const ADDS: u32 = 1_000_000;

#[test]
fn without_a_lock_additions_get_lost_while_two_threads_are_at_work() {
    if interleave_threads::cores() > 1 {
        let bouts = lossy_bouts("threads=2&adds=1000000&repeats=20&remedies=plain");
        assert!(bouts.iter().all(overlaps), "{bouts:?}");
    }
}

#[test]
fn wrong_locks_lose_additions_too() {
    if interleave_threads::cores() > 1 {
        lossy_bouts("threads=2&adds=1000000&window=20&repeats=3&remedies=two-locks,own-lock");
    }
}

#[test]
fn slow_motion_shows_who_holds_the_lock_and_who_waits() {
    let threads = 3;
    let measured = measure("threads=3&adds=1000&repeats=1&remedies=plain,mutex,atomic,merged,two-locks,own-lock");
    assert_eq!(measured.runs.len(), 6);
    for run in &measured.runs {
        assert_eq!(run.lanes.len(), threads, "{}", run.mode);
        for lane in 0..threads as u32 {
            let adds = of(run, State::Run).iter().filter(|span| span.lane == lane).count();
            assert_eq!(adds, SLOW_ADDS as usize, "{} {lane}", run.mode);
        }
        let (at_once, waits) = (most_at_once(&run.spans, State::Run), of(run, State::Wait).len());
        match run.mode.as_str() {
            // Three threads that add half of the time meet at the lock.
            "mutex" => assert!(at_once == 1 && waits > 0, "{at_once} {waits}"),
            "two-locks" => assert!(at_once <= 2, "{at_once}"),
            _ => {}
        }
        assert!(["mutex", "two-locks", "own-lock"].contains(&&*run.mode) || waits == 0, "{}", run.mode);
    }
}

#[test]
fn every_way_can_be_stopped_at_its_slowest() {
    for remedy in ["plain", "mutex", "atomic", "merged", "two-locks", "own-lock"] {
        let query = format!("lab=race&threads=16&adds=10000000&window=100&repeats=50&remedies={remedy}");
        for at in ["Slow motion", "Warming up"] {
            assert_eq!(run(&query, Some(at)).map(|_| ()), Err(Error::Stopped), "{remedy}: {at}");
        }
    }
    let query = "lab=race&threads=2&adds=10000000&window=100&repeats=50&remedies=mutex";
    assert_eq!(run(query, Some("Repeat")).map(|_| ()), Err(Error::Stopped));
}
