//! `machine` on native threads: the structure of what it finds and measures, never exact counts of real runs.

use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::lab::{Lab, Report};
use interleave_labs::machine::{Data, Kind, Machine};
use interleave_labs::message::FromEngine;
use interleave_labs::result::Host;
use interleave_labs::{Values, file};
use interleave_machine::library;
use interleave_threads::{Cancel, Error, block_on};
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Nobody;

impl Watcher for Nobody {
    fn say(&self, _word: FromEngine) {}
    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}

fn run(query: &str, host: Host, cancel: Arc<Cancel>) -> Result<(Report, Data), Error> {
    let (values, notices) = Values::from_query(&Machine::controls(), query);
    assert_eq!(notices, []);
    let stage = Stage::new(cancel, host, Box::new(Nobody));
    let report = block_on(lab_called("machine").unwrap().run(&values, None, &stage))?;
    let (.., measured) = file::read::<Machine>(&report.result).unwrap();
    Ok((report, measured.data))
}

#[test]
fn real_threads_come_to_nothing_that_was_not_found() {
    for entry in library::PROGRAMS {
        let query = format!("program={}&times=300", entry.slug);
        let (report, data) = run(&query, interleave_engine::host(), Arc::default()).unwrap();
        let (explored, real) = (data.explored.unwrap(), data.real.unwrap());
        assert_eq!(real.runs, 300, "{}", entry.slug);
        assert!(report.findings.iter().all(|finding| finding.id != "strange"), "{}: {real:?}", entry.slug);
        let dead = explored.ends.iter().any(|end| end.kind == Kind::Deadlock);
        // Whoever waits for a thread without a core may be given up, but not always.
        assert!(dead || real.unfinished < real.runs, "{}: {real:?}", entry.slug);
        assert!(real.seen.iter().all(|seen| !seen.failed), "{}: {real:?}", entry.slug);
    }
}

#[test]
fn a_lock_keeps_every_update_and_without_one_some_may_get_lost() {
    let ends = |slug: &str| {
        let query = format!("program={slug}&times=3000");
        let real = run(&query, interleave_engine::host(), Arc::default()).unwrap().1.real.unwrap();
        real.seen.iter().map(|seen| (seen.memory[0], seen.count)).collect::<Vec<_>>()
    };
    for lock in ["test-and-set", "ticket", "peterson"] {
        assert!(ends(lock).iter().all(|(count, _)| *count == 2), "{lock}: {:?}", ends(lock));
    }
    // A busy machine may never run both at once.
    let ends = ends("lost-update");
    assert!(ends.iter().all(|(count, _)| (1..=2).contains(count)), "{ends:?}");
    assert_eq!(ends.iter().map(|(_, runs)| runs).sum::<u32>(), 3000, "{ends:?}");
}

#[test]
fn a_program_that_cannot_be_read_is_told_and_nothing_is_run() {
    let (report, data) = run("program=own&source=nonsense", interleave_engine::host(), Arc::default()).unwrap();
    assert_eq!(data, Data::default());
    assert!(report.findings[report.doubts as usize].text.contains("line 1, column 1"), "{:?}", report.findings);
}

#[test]
fn limits_end_an_exploration_and_are_told() {
    // A counter that is never the same again.
    let text = "program=own&source=.a%0Amov+2000%2C+%25ax%0Aadd+%241%2C+%25ax%0Amov+%25ax%2C+2000%0Aj+.a&times=20";
    for (limit, words) in
        [("states=1000", "its limit of "), ("depth=20", "20 steps deep"), ("seconds=1&states=500000", "limit")]
    {
        let (report, data) = run(&format!("{text}&{limit}"), interleave_engine::host(), Arc::default()).unwrap();
        assert!(data.explored.unwrap().cut.is_some(), "{limit}");
        let limits = report.findings.iter().find(|finding| finding.id == "limits").unwrap();
        assert!(limits.text.contains(words), "{}", limits.text);
        assert_eq!(data.real.unwrap().unfinished, 20);
    }
}

#[test]
fn a_stop_ends_exploring_and_real_runs_soon() {
    let text = "program=own&source=.a%0Amov+2000%2C+%25ax%0Aadd+%241%2C+%25ax%0Amov+%25ax%2C+2000%0Aj+.a&states=500000&times=50000";
    for after in [5, 300, 1500] {
        let cancel = Arc::<Cancel>::default();
        let stopper = cancel.clone();
        let stopping = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(after));
            stopper.stop();
            Instant::now()
        });
        let stopped = run(text, interleave_engine::host(), cancel);
        let took = stopping.join().unwrap().elapsed();
        assert!(matches!(stopped, Err(Error::Stopped)), "{:?}", stopped.map(|(report, _)| report.findings));
        assert!(took < Duration::from_secs(2), "{took:?}");
    }
}
