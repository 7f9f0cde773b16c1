//! `order` on native threads: which orders there can be, never how often each came or how long that took.

use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::control::Control;
use interleave_labs::lab::{Lab, Measured, Report};
use interleave_labs::message::FromEngine;
use interleave_labs::order::{Data, Order};
use interleave_labs::script::SCRIPT;
use interleave_labs::{Value, Values, file};
use interleave_threads::{Cancel, Error, block_on};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Nobody;

impl Watcher for Nobody {
    fn say(&self, _word: FromEngine) {}
    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}

fn run_until(script: &str, query: &str, cancel: Arc<Cancel>) -> Result<(Report, Measured<Data>), Error> {
    let controls = Order::controls();
    let (mut values, notices) = Values::from_query(&controls, query);
    assert_eq!(notices, []);
    let named = |control: &&Control| control.name == SCRIPT;
    values.set(controls.iter().find(named).unwrap(), Value::Text(script.to_owned()));
    let stage = Stage::new(cancel, interleave_engine::host(), Box::new(Nobody));
    let report = block_on(lab_called("order").unwrap().run(&values, None, &stage))?;
    let (.., measured) = file::read::<Order>(&report.result).unwrap();
    Ok((report, measured))
}

fn run(script: &str, query: &str) -> (Report, Measured<Data>) {
    run_until(script, query, Arc::default()).unwrap()
}

fn preset(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src/order/presets");
    std::fs::read_to_string(folder.join(format!("{name}.py"))).unwrap()
}

const NAMES: [&str; 5] = ["Ada", "Alan", "Edsger", "Grace", "Tony"];

/// The orders of all runs; each is whole.
fn ended(measured: &Measured<Data>) -> Vec<&[u32]> {
    measured.data.repeats.iter().map(|repeat| &*repeat.ended).collect()
}

fn said<'a>(report: &'a Report, id: &str) -> &'a str {
    report.findings.iter().find(|finding| finding.id == id).map_or("", |finding| &finding.text)
}

#[test]
fn every_run_has_a_whole_order_of_the_threads_that_the_script_started() {
    let (report, measured) = run(&preset("equal_sleeps"), "times=12&second=10");
    assert_eq!(measured.data.names, [NAMES]);
    for repeat in &measured.data.repeats {
        let mut all = repeat.ended.clone();
        all.sort_unstable();
        assert_eq!((all, repeat.started, repeat.exit_code), (vec![0, 1, 2, 3, 4], 5, 0));
        assert!(repeat.apart_us.is_some_and(|apart| apart <= repeat.wall_us));
        // A second takes 10 ms, and nobody sleeps for less.
        assert!((10_000..1_000_000).contains(&repeat.wall_us), "{repeat:?}");
    }
    assert!(said(&report, "orders").contains("of 120 possible orders came in 12 runs"), "{:?}", report.findings);
    let modes: Vec<_> = measured.runs.iter().map(|run| (&*run.mode, run.lanes.len())).collect();
    assert_eq!(modes, [("first", 6), ("last", 6)]);
}

/// The order is the one in which the lanes of the timeline end.
#[test]
fn the_order_is_that_of_the_measured_ends() {
    let (_, measured) = run(&preset("different_sleeps"), "times=2&second=100&gil=off");
    for (run, repeat) in measured.runs.iter().zip(&measured.data.repeats) {
        let end = |place: &u32| run.spans.iter().rfind(|span| span.lane == place + 1).unwrap().end_us;
        let ends: Vec<_> = repeat.ended.iter().map(end).collect();
        assert!(ends.is_sorted() && ends.len() == 5, "{ends:?}");
        assert_eq!(repeat.apart_us, Some(ends[4] - ends[0]));
    }
}

#[test]
fn where_threads_wait_for_each_other_there_is_one_order() {
    for (name, gil) in [("one_by_one", "on"), ("after_you", "on"), ("after_you", "off")] {
        let (report, measured) = run(&preset(name), &format!("times=10&second=10&gil={gil}"));
        assert!(ended(&measured).iter().all(|ended| **ended == [0, 1, 2, 3, 4]), "{name}: {:?}", measured.data);
        assert!(said(&report, "orders").contains("1 of 120 possible orders"), "{:?}", report.findings);
        assert!(said(&report, "first").starts_with("The first to start, Ada, was the first to finish in all 10 runs."));
    }
}

#[test]
fn every_preset_runs_both_ways() {
    for script in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src/order/presets")).unwrap() {
        let script = std::fs::read_to_string(script.unwrap().path()).unwrap();
        for gil in ["on", "off"] {
            let (report, measured) = run(&script, &format!("times=2&second=5&gil={gil}"));
            assert!(measured.data.repeats.iter().all(|it| it.exit_code == 0 && it.ended.len() > 2), "{script}");
            assert_eq!(report.figures.len(), Order::sheet().blanks.len());
        }
    }
}

/// The script that the course shows, where it is at hand: its threads have no names of their own.
#[test]
fn the_course_s_own_program_runs_unchanged() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/programs/order.py");
    if let Ok(script) = std::fs::read_to_string(script) {
        let (report, measured) = run(&script, "times=5&second=10");
        let names: Vec<_> = (1..=5).map(|number| format!("Thread-{number} (my_fun)")).collect();
        assert_eq!(measured.data.names, [names]);
        assert!(said(&report, "orders").contains("of 120 possible orders came in 5 runs"), "{:?}", report.findings);
    }
}

#[test]
fn runs_with_other_threads_are_not_counted_and_what_goes_wrong_is_said() {
    let varying = "import threading, random\nfor _ in range(random.choice([2, 3])):\n    threading.Thread(target=print).start()\n";
    let (report, measured) = run(varying, "times=30");
    let three = measured.data.repeats.iter().filter(|repeat| repeat.started == 3).count();
    assert_eq!(said(&report, "others").contains(" of 30 runs it was not the same threads"), (1..30).contains(&three));

    let (report, _) = run("import threading\nt = threading.Thread(target=print)\nt.start()\nt.join()\nx", "times=3");
    assert_eq!(said(&report, "error"), "In all 3 runs the script ended with an error.");
    assert_eq!(said(&report, "orders"), "In all 3 runs one thread ended, so there was one order.");

    let (report, _) = run("print()", "times=2");
    assert_eq!(said(&report, "orders"), "In all 2 runs no thread ended by itself, so there is no order to be counted.");

    // A daemon in the middle of its sleep is ended by the interpreter: that is no end of its own.
    let daemon = "import threading, time\nfor s in [0, 0, 9]:\n    threading.Thread(target=time.sleep, args=(s,), daemon=s > 0).start()\n";
    let (_, measured) = run(daemon, "times=2");
    assert!(ended(&measured).iter().all(|ended| ended.len() == 2 && !ended.contains(&2)), "{:?}", measured.data);
}

#[test]
fn the_clock_of_the_script_runs_as_fast_as_its_sleeps() {
    let script = "\
import queue, threading, time
def wait():
    began = time.monotonic()
    try:
        queue.Queue().get(timeout=1)
    except queue.Empty:
        pass
    waited = time.monotonic() - began
    assert 1 <= waited < 60, waited
thread = threading.Thread(target=wait)
thread.start()
began = time.time()
thread.join(0.5)
assert thread.is_alive() and time.time() - began >= 0.5
time.sleep(1)
thread.join()
";
    let (_, measured) = run(script, "times=3&second=20");
    for repeat in &measured.data.repeats {
        assert_eq!((repeat.exit_code, &*repeat.ended), (0, &[0][..]));
        // One and a half of its seconds.
        assert!((30_000..1_000_000).contains(&repeat.wall_us), "{repeat:?}");
    }
}

#[test]
fn a_script_that_cannot_run_is_refused() {
    match run_until("x = 1\nimport socket\n", "", Arc::default()) {
        Err(Error::Refused(why)) => assert!(why.contains("Line 2, column 8"), "{why}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_stop_ends_it_in_the_middle_of_a_run_and_between_runs() {
    for (script, query) in [("import time\ntime.sleep(100)\n", "second=1000"), ("print()\n", "times=200")] {
        let cancel = Arc::<Cancel>::default();
        let stop = cancel.clone();
        let stopper = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(30));
            stop.stop();
            Instant::now()
        });
        let outcome = run_until(script, query, cancel);
        let took = Instant::now() - stopper.join().unwrap();
        // Nothing to do 200 times may be done before.
        assert!(matches!(outcome, Err(Error::Stopped)) || query.starts_with("times"), "{outcome:?}");
        assert!(took < Duration::from_millis(1500), "{took:?}");
    }
}
