//! `memory` on native threads: the structure of what it measures, never exact times.

use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::lab::{Lab, Report};
use interleave_labs::memory::{APART, Data, Memory};
use interleave_labs::message::{FromEngine, Live};
use interleave_labs::result::{Host, Memory as Shares};
use interleave_labs::{Values, file};
use interleave_threads::{Cancel, Error, block_on};
use interleave_trace::Summary;
use interleave_trace::figure::{View, WrittenCell};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

fn is_value(cell: &WrittenCell) -> bool {
    matches!(cell, WrittenCell::Value { .. })
}

/// What the watcher was shown: place, and how many places of the chart have a value.
type Shown = Rc<RefCell<Vec<(u32, usize)>>>;

#[derive(Default)]
struct Watch(Shown);

impl Watcher for Watch {
    fn say(&self, word: FromEngine) {
        if let FromEngine::Live(Live::Figure(place, figure)) = word {
            let size = match figure.view {
                View::Chart(drawn) => drawn.table.rows.iter().filter(|row| row.cells.iter().any(is_value)).count(),
                _ => 0,
            };
            self.0.borrow_mut().push((place, size));
        }
    }

    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}

fn run(query: &str, host: Host, cancel: Arc<Cancel>) -> Result<(Report, Data, Shown), Error> {
    let (values, notices) = Values::from_query(&Memory::controls(), query);
    assert_eq!(notices, []);
    let shown = Shown::default();
    let stage = Stage::new(cancel, host, Box::new(Watch(shown.clone())));
    let report = block_on(lab_called("memory").unwrap().run(&values, None, &stage))?;
    let (.., measured) = file::read::<Memory>(&report.result).unwrap();
    Ok((report, measured.data, shown))
}

fn median(ns: &[f64]) -> f64 {
    Summary::of(ns).unwrap().median
}

#[test]
fn the_largest_set_takes_much_longer_than_the_smallest() {
    let (report, data, shown) =
        run("lab=memory&largest=32&repeats=3&parts=curve,order", interleave_engine::host(), Arc::default()).unwrap();
    assert_eq!(
        data.sets.iter().map(|set| set.bytes >> 10).collect::<Vec<_>>(),
        (2..=15).map(|power| 1 << power).collect::<Vec<_>>()
    );
    assert!(data.sets.iter().all(|set| set.ns.len() == 3) && data.register_ns.len() == 3);
    let (smallest, largest) = (median(&data.sets[0].ns), median(&data.sets[13].ns));
    assert!(largest >= 5.0 * smallest, "{smallest} ns, {largest} ns");
    assert!(largest > median(&data.in_order_ns), "{largest} ns, in order {:?} ns", data.in_order_ns);
    // The curve is shown after each turn, whole: the register and 14 sets.
    assert_eq!(*shown.borrow(), [(0, 15); 3]);
    assert_eq!(report.figures.len(), Memory::sheet().blanks.len());
    assert_eq!(report.findings.last().map(|finding| finding.id.as_str()), Some("order"));
}

#[test]
fn two_threads_count_at_every_distance_and_nothing_else_is_measured() {
    let (report, data, _) =
        run("lab=memory&repeats=5&parts=sharing", interleave_engine::host(), Arc::default()).unwrap();
    assert_eq!(
        data.pairs.iter().map(|pair| (pair.apart, pair.rounds.len())).collect::<Vec<_>>(),
        APART.map(|apart| (apart, 5))
    );
    assert_eq!((data.sets, data.register_ns), (vec![], vec![]));
    assert!(report.findings.iter().any(|finding| finding.id == "sharing"), "{:?}", report.findings);
}

#[test]
fn without_shared_memory_all_but_false_sharing_is_measured() {
    let host = Host { memory: Shares::Separate, ..interleave_engine::host() };
    let (report, data, _) = run("lab=memory&largest=1&repeats=3", host, Arc::default()).unwrap();
    assert_eq!((data.sets.len(), data.in_order_ns.len(), data.pairs.len()), (9, 3, 0));
    let text = &report.findings.last().unwrap().text;
    assert!(text.starts_with("False sharing was not measured"), "{text}");
}

#[test]
fn a_stop_ends_it_at_any_moment_and_the_next_run_works() {
    // While room is made, in a turn, and between the two threads.
    for (ms, query) in
        [(60, "largest=64"), (400, "largest=64"), (1200, "largest=64"), (150, "parts=sharing&repeats=30")]
    {
        let cancel = Arc::<Cancel>::default();
        let stopper = cancel.clone();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(ms));
            stopper.stop();
            Instant::now()
        });
        let stopped = run(&format!("lab=memory&{query}"), interleave_engine::host(), cancel);
        let took = thread.join().unwrap().elapsed();
        assert_eq!(stopped.err(), Some(Error::Stopped), "{ms} {query}");
        assert!(took < Duration::from_secs(1), "{took:?} after a stop at {ms} ms of {query}");
    }
    assert!(run("lab=memory&largest=1&repeats=3&parts=curve", interleave_engine::host(), Arc::default()).is_ok());
}
