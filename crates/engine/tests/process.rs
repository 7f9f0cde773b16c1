//! `process` on native threads and processes: the structure of what it measures, never exact durations.
//!
//! A process is a child of this very program, so it has a `main` of its own instead of the usual one of tests.

use interleave_engine::processes::Served;
use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::Values;
use interleave_labs::file;
use interleave_labs::lab::Lab;
use interleave_labs::message::{FromEngine, Live};
use interleave_labs::process::{Data, MANY, Process, SENDING, TABLE, Times};
use interleave_threads::{Cancel, Error, block_on, now_us, process};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

fn main() {
    if std::env::args().nth(1).as_deref() == Some(process::CHILD) {
        let served = Served::default();
        return process::serve(|message, send| block_on(served.hear(message, send)));
    }
    let tests: [(&str, fn()); 5] = [
        (
            "every_row_is_measured_with_threads_and_with_processes",
            every_row_is_measured_with_threads_and_with_processes,
        ),
        ("a_global_is_seen_by_a_thread_and_by_no_process", a_global_is_seen_by_a_thread_and_by_no_process),
        ("a_crash_stays_within_its_process", a_crash_stays_within_its_process),
        ("only_what_is_ticked_is_measured", only_what_is_ticked_is_measured),
        ("a_stop_ends_every_part_soon", a_stop_ends_every_part_soon),
    ];
    for (name, test) in tests {
        test();
        println!("test {name} ... ok");
    }
}

/// Keeps the places of the figures that were shown.
#[derive(Clone, Default)]
struct Shown(Rc<RefCell<Vec<u32>>>);

impl Watcher for Shown {
    fn say(&self, word: FromEngine) {
        if let FromEngine::Live(Live::Figure(place, _)) = word {
            self.0.borrow_mut().push(place);
        }
    }

    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}

fn measure(query: &str, cancel: Arc<Cancel>) -> Result<(Data, Vec<u32>), Error> {
    let shown = Shown::default();
    let stage = Stage::new(cancel, interleave_engine::host(), Box::new(shown.clone()));
    let (values, notices) = Values::from_query(&Process::controls(), query);
    assert_eq!(notices, []);
    let report = block_on(lab_called("process").unwrap().run(&values, None, &stage))?;
    let (_, _, measured) = file::read::<Process>(&report.result).unwrap();
    if std::env::args().any(|argument| argument == "--nocapture") {
        report.findings.iter().for_each(|finding| println!("{}", finding.text));
    }
    assert_eq!(report.figures.len(), 3);
    Ok((measured.data, shown.0.take()))
}

fn run(query: &str) -> (Data, Vec<u32>) {
    measure(query, Arc::default()).unwrap()
}

fn every_row_is_measured_with_threads_and_with_processes() {
    let (data, shown) = run("repeats=3&size=256&processes=2");
    let measured = |times: &Option<Times>, what: &str| {
        let times = times.as_ref().unwrap_or_else(|| panic!("{what} was not measured"));
        assert!(times.us.len() == 3 && times.us.iter().all(|us| *us > 0.0), "{what}: {times:?}");
    };
    for (pair, what) in [(&data.create_cold, "cold"), (&data.create_warm, "warm"), (&data.switch, "switch")] {
        measured(&pair.thread, what);
        measured(&pair.process, what);
    }
    measured(&data.switch_by_pipe, "switch by a pipe");
    let sizes: Vec<u32> = data.send.iter().map(|sent| sent.bytes).collect();
    assert_eq!(sizes, [1, 16, 256, 4096, 65_536, 262_144]);
    for sent in &data.send {
        measured(&sent.shared, "shared");
        measured(&sent.copied, "copied");
        assert_eq!(sent.transferred, None, "the system cannot give memory away");
    }
    if cfg!(not(target_os = "linux")) {
        interleave_testing::not_run("the memory of a process, which only Linux tells,");
    } else {
        assert_eq!((data.memory.process.len(), data.memory.thread.len()), (2, 2));
        assert!(data.memory.process.iter().all(|bytes| *bytes > 65_536.0), "{:?}", data.memory);
    }
    assert_eq!(shown.iter().filter(|place| **place == TABLE).count(), 5, "once after each part");
    assert!(shown.contains(&SENDING) && shown.contains(&MANY), "{shown:?}");
}

fn a_global_is_seen_by_a_thread_and_by_no_process() {
    let globals = run("rows=isolation&processes=8").0.globals.unwrap();
    assert_ne!(globals.set, 0);
    let thread = globals.thread.unwrap();
    assert_eq!((thread.value, thread.address), (globals.set, globals.parent.address));
    assert_eq!(globals.process.value, 0, "its own, as the program starts with");
    let values: Vec<u32> = globals.many.iter().map(|seen| seen.value).collect();
    assert_eq!(values, [1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008]);
    assert_eq!(globals.parent.value, globals.set, "no process has changed it");
}

fn a_crash_stays_within_its_process() {
    let crash = run("rows=isolation&processes=2").0.crash.unwrap();
    assert!(crash.gone && crash.sibling, "{crash:?}");
    assert!(crash.panic.is_some_and(|panic| panic.sibling && panic.poisoned), "{crash:?}");
    assert_eq!(crash.abort_took_all, Some(true));
}

fn only_what_is_ticked_is_measured() {
    let (data, shown) = run("rows=memory&processes=3");
    let memory = data.memory.clone();
    assert_eq!(data, Data { memory, ..Data::default() });
    assert_eq!(shown, [TABLE]);
}

fn a_stop_ends_every_part_soon() {
    for row in ["create", "switch", "send", "memory", "isolation"] {
        for after_ms in [5, 120] {
            let cancel = Arc::<Cancel>::default();
            let stopper = cancel.clone();
            let stopped = std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(after_ms));
                stopper.stop();
                now_us()
            });
            let ended = measure(&format!("rows={row}&repeats=100&processes=8"), cancel);
            let late_us = now_us().saturating_sub(stopped.join().unwrap());
            // Where there is little to do, all of it may be done before the stop.
            let done = ended.is_ok() && after_ms > 5;
            assert!(done || matches!(ended, Err(Error::Stopped)), "{row}: {ended:?}");
            // Enough for a machine that is busy with other tests.
            assert!(late_us < 1_000_000, "{row}: {late_us} µs");
        }
    }
}
