use super::*;
use crate::conditions::Conditions;
use crate::lab::Finding;
use crate::placed::{main_sentences, misplaced, unfit};
use crate::result::{Memory as Sharing, Runtime};
use interleave_trace::figure::{Body, Cell, Figure, TableRow};
use proptest::prelude::*;

fn host(runtime: Runtime, memory: Sharing, timer_us: f64) -> Host {
    Host { runtime, cores: 2, memory, timer_us, agent: String::new() }
}

fn native() -> Host {
    host(Runtime::Native, Sharing::Shared, 0.04)
}

fn args() -> Args {
    Args { rows: Row::ALL.to_vec(), repeats: 3, largest: 1 << 20, processes: 2 }
}

fn times(us: [f64; 3], of: u32) -> Option<Times> {
    Some(Times { us: us.to_vec(), of })
}

fn seen(value: u32, address: u64) -> Seen {
    Seen { value, address }
}

/// What a measurement natively could be.
fn data() -> Data {
    Data {
        create_cold: Pair { thread: times([60.0, 61.0, 62.0], 1), process: times([1500.0, 1525.0, 1550.0], 1) },
        create_warm: Pair { thread: times([20.0, 21.0, 22.0], 5), process: times([20.0, 21.5, 23.0], 5) },
        switch: Pair { thread: times([6.0, 6.1, 6.2], 400), process: times([5.0, 5.1, 5.2], 300) },
        switch_by_pipe: times([4.0, 4.1, 4.2], 500),
        send: vec![
            Sent {
                bytes: 1,
                shared: times([9.0, 10.0, 11.0], 90),
                copied: times([19.0, 20.0, 21.0], 50),
                transferred: None,
            },
            Sent {
                bytes: 1 << 20,
                shared: times([90.0, 100.0, 110.0], 9),
                copied: times([790.0, 800.0, 810.0], 2),
                transferred: None,
            },
        ],
        memory: super::Memory { thread: vec![10_240.0; 2], process: vec![1_048_576.0; 2] },
        globals: Some(Globals {
            set: 42,
            thread: Some(seen(42, 0x1000)),
            process: seen(0, 0x2000),
            many: vec![seen(1001, 0x3000), seen(1002, 0x4000)],
            parent: seen(42, 0x1000),
        }),
        crash: Some(Crash {
            gone: true,
            sibling: true,
            panic: Some(Panicked { sibling: true, poisoned: true }),
            abort_took_all: Some(true),
        }),
    }
}

fn story(host: &Host, data: Data, guess: Option<f64>) -> Story {
    let measured = Measured { runs: vec![], conditions: Conditions::default(), data };
    let guess = guess.map(|number| Guess { answer: None, number: Some(number) });
    Process::story(&args(), host, &measured, guess.as_ref())
}

fn finding(story: &Story, id: &str) -> Finding {
    story.findings.iter().find(|finding| finding.id == id).unwrap_or_else(|| panic!("{id} of {story:?}")).clone()
}

fn rows(figure: &Figure) -> &[TableRow] {
    let Body::Table(table) = &figure.body else { panic!("{} is no table", figure.id) };
    assert!(table.rows.iter().all(|row| row.cells.len() + 1 == table.columns.len()), "{}", figure.id);
    &table.rows
}

/// The words in the last column of the comparison's row `id`.
fn verdict(story: &Story, id: &str) -> String {
    let row = rows(&story.figures[TABLE as usize]).iter().find(|row| row.id == id).unwrap();
    match &row.cells[2] {
        Cell::Text(text) => text.clone(),
        Cell::Empty => String::new(),
        _ => panic!("{id} has no words"),
    }
}

#[test]
fn each_row_says_which_is_more_and_by_how_much() {
    let story = story(&native(), data(), None);
    let verdicts =
        ["create-cold", "create-warm", "switch", "switch-pipe", "send-1", "send-1048576", "memory", "global", "crash"];
    assert_eq!(
        verdicts.map(|id| verdict(&story, id)),
        [
            "process: 25× as long",
            "no clear difference",
            "thread: 1.2× as long",
            "process: 1.2× as long",
            "process: 2.0× as long",
            "process: 8.0× as long",
            "process: 102× as much",
            "only threads share it",
            ""
        ]
    );
    assert_eq!(rows(&story.figures[TABLE as usize]).len(), verdicts.len());
}

#[test]
fn sentences_say_what_was_measured() {
    let story = story(&native(), data(), None);
    let text = |id| finding(&story, id).text;
    assert_eq!(
        text("create"),
        "Starting a process took 1.52 ms and starting a thread 61.0 µs: 25× as long for processes."
    );
    assert_eq!(
        text("wake"),
        "An idle process answered within 21.5 µs, an idle thread within 21.0 µs: no clear difference in these repeats."
    );
    assert_eq!(
        text("globals"),
        "One thread set a global to 42. Another thread saw it; a process did not: it read 0. Then 2 processes of this \
         program set it, and had 2 different values, at addresses that the system chose for each process."
    );
    assert!(text("crash").ends_with("A thread that aborted took its whole process down."), "{}", text("crash"));
    assert_eq!(story.findings[0].id, "create");
    assert_eq!(finding(&story, "memory").value, 102.4);
}

#[test]
fn without_threads_their_column_is_empty_and_the_reason_is_said() {
    let mut data = data();
    for pair in [&mut data.create_cold, &mut data.create_warm, &mut data.switch] {
        pair.thread = None;
    }
    data.switch_by_pipe = None;
    data.send.iter_mut().for_each(|sent| sent.shared = None);
    data.memory.thread.clear();
    if let Some(globals) = &mut data.globals {
        globals.thread = None;
    }
    let story = story(&host(Runtime::Browser, Sharing::Separate, 100.0), data, Some(10.0));
    for row in rows(&story.figures[TABLE as usize]).iter().filter(|row| row.id != "crash") {
        assert_eq!((&row.cells[0], &row.cells[2]), (&Cell::Empty, &Cell::Empty), "{}", row.id);
        assert_ne!(row.cells[1], Cell::Empty, "{}", row.id);
    }
    assert!(finding(&story, "threads").text.contains("isolated"));
    let ids: Vec<_> = story.findings.iter().map(|finding| (finding.id.as_str(), finding.row.as_deref())).collect();
    let main = [("create", None), ("threads", None), ("switch", None), ("globals", None), ("send", None)];
    assert_eq!(
        ids,
        [&main[..], &[("wake", Some("create-warm")), ("memory", Some("memory")), ("crash", Some("crash"))]].concat()
    );
    assert_eq!(finding(&story, "create").value, 1525.0);
    assert_eq!(story.score, None);
}

#[test]
fn what_is_shorter_than_two_steps_of_the_clock_is_not_compared() {
    let story = story(&host(Runtime::Browser, Sharing::Shared, 500.0), data(), Some(25.0));
    assert_eq!(verdict(&story, "create-cold"), "too short for this clock");
    assert_eq!(story.score, None);
    assert!(finding(&story, "create").text.contains("under 500 µs"), "{}", finding(&story, "create").text);
    // Many were timed together, so these can be told.
    assert_eq!(verdict(&story, "switch"), "thread: 1.2× as long");
}

#[test]
fn a_guess_is_right_within_a_factor_of_two() {
    let score = |guess| story(&native(), data(), Some(guess)).score.unwrap();
    assert!([12.6, 25.0, 49.0].iter().all(|guess| score(*guess).right));
    assert!([12.4, 51.0].iter().all(|guess| !score(*guess).right));
    assert_eq!(score(1.0).text, "You expected a process to take 1.0× as long to start as a thread; it took 25×.");
    for nonsense in [0.0, -3.0, f64::NAN, f64::INFINITY] {
        assert_eq!(story(&native(), data(), Some(nonsense)).score, None);
    }
}

#[test]
fn what_cannot_have_been_measured_is_refused() {
    assert_eq!(data().check(), Ok(()));
    assert_eq!(Data::default().check(), Ok(()));
    let refused = |change: fn(&mut Data)| {
        let mut data = data();
        change(&mut data);
        assert!(data.check().is_err(), "{data:?}");
    };
    refused(|data| data.switch.thread = times([1.0, -1.0, 1.0], 1));
    refused(|data| data.switch.thread = times([1.0, f64::NAN, 1.0], 1));
    refused(|data| data.switch.thread = times([1.0, 1e-300, 1.0], 1));
    refused(|data| data.send[0].copied = times([1.0, 1.0, 1.0], 0));
    refused(|data| data.create_cold.process = Some(Times { us: vec![], of: 1 }));
    refused(|data| data.memory.process.push(f64::INFINITY));
    refused(|data| data.send.reverse());
    refused(|data| data.send[0].bytes = 0);
    refused(|data| data.globals.as_mut().unwrap().many.push(seen(1, u64::MAX)));
}

#[test]
fn a_result_reads_back() {
    let measured = Measured { runs: vec![], conditions: Conditions::default(), data: data() };
    let values = Values::defaults(&Process::controls());
    let report = crate::lab::report::<Process>(&values, native(), &measured, None);
    let (_, _, measured) = crate::file::read::<Process>(&report.result).unwrap();
    assert_eq!(measured.data, data());
    let bytes = crate::message::to_bytes(&data());
    assert_eq!(crate::message::from_bytes::<Data>(&bytes), Ok(data()));
}

fn any_time() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), 1e-6..1e15_f64, 1.0..1e4_f64]
}

fn any_times() -> impl Strategy<Value = Option<Times>> {
    prop::option::of((prop::collection::vec(any_time(), 1..6), 1_u32..2000).prop_map(|(us, of)| Times { us, of }))
}

fn any_pair() -> impl Strategy<Value = Pair> {
    (any_times(), any_times()).prop_map(|(thread, process)| Pair { thread, process })
}

fn any_globals() -> impl Strategy<Value = Globals> {
    let seen = || (0_u32..50, 0_u64..9).prop_map(|(value, address)| Seen { value, address });
    (0_u32..50, prop::option::of(seen()), seen(), prop::collection::vec(seen(), 0..4), seen())
        .prop_map(|(set, thread, process, many, parent)| Globals { set, thread, process, many, parent })
}

fn any_crash() -> impl Strategy<Value = Crash> {
    let panic = prop::option::of((any::<bool>(), any::<bool>()));
    (any::<bool>(), any::<bool>(), panic, any::<Option<bool>>()).prop_map(|(gone, sibling, panic, abort_took_all)| {
        let panic = panic.map(|(sibling, poisoned)| Panicked { sibling, poisoned });
        Crash { gone, sibling, panic, abort_took_all }
    })
}

prop_compose! {
    fn any_data()(
        create_cold in any_pair(), create_warm in any_pair(), switch in any_pair(), switch_by_pipe in any_times(),
        send in prop::collection::btree_map(1_u32.., (any_times(), any_times(), any_times()), 0..4),
        memory in (prop::collection::vec(any_time(), 0..4), prop::collection::vec(any_time(), 0..4)),
        globals in prop::option::of(any_globals()), crash in prop::option::of(any_crash()),
    ) -> Data {
        let sent = |(bytes, (shared, copied, transferred))| Sent { bytes, shared, copied, transferred };
        let memory = super::Memory { thread: memory.0, process: memory.1 };
        Data { create_cold, create_warm, switch, switch_by_pipe, send: send.into_iter().map(sent).collect(), memory, globals, crash }
    }
}

proptest! {
    #[test]
    fn no_sentence_contradicts_the_data(data in any_data(), timer_us in 0.01..2000.0_f64, native in any::<bool>(), guess in 0.01..1e4_f64) {
        prop_assert_eq!(data.check(), Ok(()));
        let runtime = if native { Runtime::Native } else { Runtime::Browser };
        let story = story(&host(runtime, Sharing::Shared, timer_us), data.clone(), Some(guess));
        prop_assert_eq!(unfit::<Process>(&story), [""; 0]);
        prop_assert_eq!(misplaced(&story), [""; 0]);
        prop_assert!(main_sentences(&story.findings) <= 4, "{:?}", story.findings);
        for finding in &story.findings {
            prop_assert!(finding.value.is_finite() && !finding.text.contains("NaN") && !finding.text.contains("inf"), "{:?}", finding);
        }
        // Who is said to take longer has the larger median.
        let says = [
            ("create-cold", "create", &data.create_cold),
            ("create-warm", "wake", &data.create_warm),
            ("switch", "switch", &data.switch),
        ];
        for (row, id, pair) in says {
            let median = |times: &Option<Times>| times.as_ref().map(|times| times.summary().unwrap().median);
            let (Some(thread), Some(process)) = (median(&pair.thread), median(&pair.process)) else {
                prop_assert_eq!(verdict(&story, row), "");
                continue;
            };
            let text = finding(&story, id).text;
            let (verdict, text) = (verdict(&story, row), text.split(". ").next().unwrap());
            for (who, more) in [("thread", thread > process), ("process", process > thread)] {
                prop_assert!(more || !verdict.starts_with(who), "{}: {} {}", verdict, thread, process);
                let named = text.contains(&format!(" for {who}")) || text.contains(&format!(" for the {who}")); prop_assert!(more || !named, "{}: {} {}", text, thread, process);
            }
        }
        if let Some(globals) = &data.globals {
            let text = finding(&story, "globals").text;
            prop_assert_eq!(text.contains("rocess saw it"), globals.process.value == globals.set, "{}", text);
            prop_assert_eq!(text.contains("thread saw it"), globals.thread.is_some_and(|seen| seen.value == globals.set), "{}", text);
            prop_assert_eq!(rows(&story.figures[MANY as usize]).len(), globals.many.len() + 2 + usize::from(globals.thread.is_some()));
        }
        if let Some(crash) = &data.crash {
            prop_assert_eq!(finding(&story, "crash").text.contains("sibling and its parent survived"), crash.gone && crash.sibling);
        }
        if let Some(score) = &story.score {
            prop_assert_eq!(score.right, score.text.starts_with("You were right"));
            let create = finding(&story, "create").text;
            let unclear = "no clear difference";
            prop_assert_eq!(score.text.contains(unclear), create.contains(unclear), "{} {}", score.text, create);
            prop_assert!(!create.contains(": the process 1.0×") && !create.contains(": the thread 1.0×"), "{}", create);
        }
    }

    #[test]
    fn whatever_a_file_has_it_is_refused_or_told(values in prop::collection::vec(any::<f64>(), 0..5), of in any::<u32>(), bytes in any::<u32>(), address in any::<u64>()) {
        let times = Some(Times { us: values.clone(), of });
        let data = Data {
            create_cold: Pair { thread: times.clone(), process: times.clone() },
            send: vec![Sent { bytes, shared: times.clone(), copied: times, transferred: None }],
            memory: super::Memory { thread: values.clone(), process: values },
            globals: Some(Globals { set: 1, thread: None, process: seen(1, address), many: vec![], parent: seen(1, 1) }),
            ..Data::default()
        };
        if data.check().is_ok() {
            let story = story(&native(), data, Some(1.0));
            prop_assert!(story.findings.iter().all(|finding| finding.value.is_finite()));
        }
    }
}
