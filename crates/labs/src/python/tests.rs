use super::*;
use crate::conditions::Conditions;
use crate::file;
use crate::lab::{Finding, report};
use crate::placed::{main_sentences, misplaced, unfit};
use crate::result::{Memory, Run, Runtime};
use crate::script::Gil;
use interleave_trace::figure::{Body, Cell};
use interleave_trace::{Lane, LaneKind, Output, Span, State, Subject};
use proptest::prelude::*;

fn host() -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() }
}

fn args(times: u32) -> Args {
    Args { script: "print()".to_owned(), gil: Gil::ALL.to_vec(), interval: 5, times }
}

/// A run of two threads and a daemon; the last line of the program was done at 10 ms.
fn told_of(gil: Gil, wall_us: u64) -> (Run, Trial) {
    let names = ["MainThread", "Ada", "Alan, daemon"];
    let kind = |id| if id == 0 { LaneKind::Main } else { LaneKind::Thread };
    let lane = |(id, name): (u32, &&str)| Lane { id, name: (*name).to_owned(), kind: kind(id) };
    let span = |lane, task, state, start_us, end_us| Span { lane, task, state, start_us, end_us };
    let subject = |words: &str, line| Subject { words: words.to_owned(), line };
    let run = Run {
        mode: gil.slug().to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: String::new(),
        context_switches: if gil == Gil::On { 4 } else { 0 },
        switch_us: if gil == Gil::On { 20 } else { 0 },
        lanes: (0..).zip(&names).map(lane).collect(),
        spans: vec![
            span(0, 0, State::Run, 0, 10_000),
            span(0, 1, State::Wait, 10_000, wall_us),
            span(1, 2, State::Sleep, 1_000, wall_us),
            span(2, 3, State::Ready, 2_000, wall_us),
        ],
        subjects: vec![
            subject("runs", 0),
            subject("at the end, waits for Ada to end", 0),
            subject("sleeps", 3),
            subject("waits for the GIL", 4),
        ],
        output: vec![
            Output { at_us: 500, lane: 0, text: "begin".to_owned() },
            Output { at_us: 9_000, lane: 1, text: "oh".to_owned() },
            Output { at_us: 20_000, lane: 1, text: "end".to_owned() },
        ],
    };
    let trial = Trial {
        gil,
        exit_code: 0,
        deadlock: vec![],
        last_line_us: Some(10_000),
        threads: 3,
        most_at_once: 3,
        daemons: vec![2],
        cut: vec![2],
        errors: vec![1],
        lines_lost: 0,
        spans_lost: 0,
        requests: if gil == Gil::On { 3 } else { 0 },
        found_taken: if gil == Gil::On { 1 } else { 0 },
        repeats: vec![Repeat { wall_us, hand_overs: if gil == Gil::On { 4 } else { 0 } }],
        printed: vec![Printed { text: "begin".to_owned(), repeats: 1 }, Printed { text: "end".to_owned(), repeats: 1 }],
    };
    (run, trial)
}

fn measured(parts: Vec<(Run, Trial)>) -> Measured<Data> {
    let (runs, trials) = parts.into_iter().unzip();
    Measured { runs, conditions: Conditions::default(), data: Data { trials } }
}

fn both() -> Measured<Data> {
    measured(vec![told_of(Gil::On, 60_000), told_of(Gil::Off, 40_000)])
}

fn story(measured: &Measured<Data>) -> Story {
    Python::story(&args(1), &host(), measured, None)
}

fn texts(story: &Story) -> Vec<&str> {
    story.findings.iter().map(|finding| &*finding.text).collect()
}

#[test]
fn a_script_is_told_in_the_order_of_what_matters() {
    assert_eq!(
        texts(&story(&both())),
        [
            "With the GIL the script took 60.0 ms and printed 2 lines; without it, it took 40.0 ms and printed 2 lines.",
            "After the last line of the program the interpreter waited 50.0 ms for Ada, then ended Alan, daemon in the middle of its \
             work (with the GIL).",
            "The GIL changed hands 4 times; threads waited for it 58.0 ms in all, and woke once to find it taken.",
            "GIL on: the exit code was 0, with 1 line in the error stream.",
            "GIL off: the exit code was 0, with 1 line in the error stream.",
        ]
    );
}

#[test]
fn nothing_is_summed_up_where_spans_or_threads_were_left_out() {
    let spoil: [fn(&mut Trial); 2] = [|trial| trial.spans_lost = 7, |trial| trial.threads = 9];
    for spoil in spoil {
        let (run, mut trial) = told_of(Gil::On, 60_000);
        spoil(&mut trial);
        let story = story(&measured(vec![(run, trial)]));
        let said = texts(&story);
        assert_eq!(said[1], "The GIL changed hands 4 times, and threads woke once to find it taken.");
        assert!(!said.iter().any(|text| text.contains("After the last line")), "{said:?}");
        let cost = story.figures.iter().find(|figure| figure.id == "cost").unwrap();
        let Body::Table(table) = &cost.body else { panic!("a table") };
        for id in ["computing", "waiting"] {
            let row = table.rows.iter().find(|row| row.id == id).unwrap();
            assert_eq!(row.cells, [Cell::Empty], "{id}");
        }
    }
}

#[test]
fn a_deadlock_is_told_beside_its_run_and_nothing_is_said_of_an_end() {
    let (run, mut trial) = told_of(Gil::Off, 60_000);
    trial.deadlock =
        vec!["Ada waits for a Lock that Alan has, line 3".to_owned(), "Alan waits for Ada to end".to_owned()];
    trial.exit_code = 1;
    assert_eq!(
        texts(&story(&measured(vec![(run, trial)]))),
        [
            "Without the GIL the script was stuck after 60.0 ms and printed 2 lines.",
            "GIL off: it ended in a deadlock: every thread waits, and nothing can wake one. Ada waits for a Lock that Alan has, line 3; Alan waits for Ada \
             to end.",
        ]
    );
}

#[test]
fn what_was_not_kept_is_said() {
    let (run, mut trial) = told_of(Gil::Off, 60_000);
    (trial.threads, trial.most_at_once, trial.lines_lost, trial.spans_lost) = (1_003, 100, 7, 5);
    let story = story(&measured(vec![(run, trial)]));
    let text = |id: &str| story.findings.iter().find(|finding| finding.id == id).map(|it| &*it.text);
    assert_eq!(
        text("crowd:off"),
        Some("GIL off: it had 100 threads at the same time, the most that a script may have here.")
    );
    assert_eq!(
        text("limit:off"),
        Some(
            "GIL off: too much to be shown: the last 1,000 of 1003 threads, the last 7 lines, the end of threads that did too much for one \
             drawing are left out."
        )
    );
}

#[test]
fn a_guess_is_right_if_a_run_printed_that_many_lines() {
    let told = both();
    let score = |number, measured: &Measured<Data>| {
        let guess = Guess { answer: None, number: Some(number) };
        Python::story(&args(1), &host(), measured, Some(&guess)).score.unwrap()
    };
    assert_eq!(score(2.0, &told).text, "You were right: it printed 2 lines.");
    assert_eq!((score(3.0, &told).text, score(3.0, &told).right), ("It printed 2 lines.".to_owned(), false));
    let mut differ = told;
    differ.data.trials[1].lines_lost = 1;
    assert_eq!(score(3.0, &differ).text, "You were right: it printed 2 lines with GIL on, and 3 lines with GIL off.");
}

#[test]
fn errors_are_on_a_stream_of_their_own_and_shares_are_of_all_repeats() {
    let mut measured = both();
    for trial in &mut measured.data.trials {
        trial.repeats = vec![trial.repeats[0]; 4];
    }
    let figures = Python::story(&args(4), &host(), &measured, None).figures;
    let Body::Console(console) = &figures[1].body else { panic!() };
    let lines: Vec<_> = console.lines.iter().map(|line| (&*line.by, line.stream, &*line.text)).collect();
    use interleave_trace::figure::Stream::{Error, Output};
    assert_eq!(lines, [("MainThread", Output, "begin"), ("Ada", Error, "oh"), ("Ada", Output, "end")]);
    let Body::Table(table) = &figures[4].body else { panic!() };
    assert_eq!(table.rows.iter().map(|row| &*row.name).collect::<Vec<_>>(), ["begin", "end"]);
    assert!(table.rows[0].cells.iter().all(|cell| matches!(cell, Cell::Value { value, .. } if *value == 0.25)));
}

#[test]
fn a_file_that_contradicts_itself_is_refused() {
    let good = both();
    assert_eq!(Python::accept(&args(1), &mut good.clone()), Ok(()));
    let refused = |change: &dyn Fn(&mut Measured<Data>)| {
        let mut measured = good.clone();
        change(&mut measured);
        Python::accept(&args(1), &mut measured).unwrap_err()
    };
    assert!(refused(&|file| file.runs.truncate(1)).contains("has 1 runs, and tells of 2"));
    assert!(refused(&|file| file.data.trials[0].gil = Gil::Off).contains("it has a run of “on”"));
    assert!(refused(&|file| (file.runs.reverse(), file.data.trials.reverse()).0).contains("out of order"));
    assert!(refused(&|file| file.data.trials[0].repeats.clear()).contains("0 repeats"));
    assert!(refused(&|file| file.data.trials[0].last_line_us = Some(60_001)).contains("after the end"));
    assert!(refused(&|file| file.runs[0].subjects.clear()).contains("say nothing"));
    assert!(refused(&|file| file.data.trials[0].cut = vec![3]).contains("a thread that is not there"));
    assert!(refused(&|file| file.data.trials[0].errors = vec![3]).contains("a line that is not there"));
    assert!(refused(&|file| file.data.trials[0].errors = vec![1, 1]).contains("a line that is not there"));
    assert!(refused(&|file| file.data.trials[0].threads = 2).contains("more threads than there were"));
    assert!(refused(&|file| file.data.trials[1].repeats[0].hand_overs = 1).contains("the lock changed hands"));
    assert!(refused(&|file| file.data.trials[0].printed[0].repeats = 2).contains("more repeats than there were"));
    let only_on = Args { gil: vec![Gil::On], ..args(1) };
    assert!(Python::accept(&only_on, &mut good.clone()).unwrap_err().contains("not asked for"));
}

/// What a script may have come to.
fn any_trial(gil: Gil, times: u32) -> impl Strategy<Value = (Run, Trial)> {
    let spans = prop::collection::vec((0_u32..3, 0_u32..4, 0_usize..6, 0_u64..50_000), 0..40);
    let lines = prop::collection::vec((0_u32..3, "[a-z…]{0,70}", any::<bool>()), 0..30);
    let numbers = (0_u32..256, 0_u32..3, prop::option::of(0_u64..2_000_000), 0_u32..400, 0_u32..9, 0_u32..9);
    let counts = (0_u64..1 << 50, 0_u64..1 << 50, 0_u64..1 << 50, 0_u64..1 << 40);
    let parts = (spans, lines, numbers, counts, prop::sample::subsequence(vec![0_u32, 1, 2], 0..=3), any::<bool>());
    parts.prop_map(move |(spans, lines, numbers, counts, cut, stuck)| {
        let (mut run, mut trial) = told_of(gil, 2_000_000);
        let mut at_us = [0; 3];
        run.spans = spans
            .into_iter()
            .map(|(lane, task, state, len_us)| {
                let start_us = at_us[lane as usize];
                at_us[lane as usize] += len_us;
                Span { lane, task, state: State::ALL[state], start_us, end_us: start_us + len_us }
            })
            .collect();
        trial.errors = (0..).zip(&lines).filter(|(_, (.., error))| *error).map(|(at, _)| at).collect();
        run.output = lines.into_iter().map(|(lane, text, _)| Output { at_us: 7, lane, text }).collect();
        let (exit_code, daemons, last_line_us, threads, lines_lost, spans_lost) = numbers;
        trial.threads = 3 + threads;
        trial.most_at_once = 1 + threads / 2;
        trial.daemons = (1..=daemons.min(2)).collect();
        (trial.exit_code, trial.last_line_us) = (exit_code, last_line_us);
        (trial.lines_lost, trial.spans_lost, trial.cut) = (lines_lost, spans_lost, cut);
        if stuck {
            trial.deadlock = vec!["Ada waits for a Lock".to_owned()];
        }
        if gil == Gil::On {
            (run.context_switches, trial.requests, trial.found_taken, run.switch_us) = counts;
        }
        trial.repeats = vec![trial.repeats[0]; times as usize];
        (run, trial)
    })
}

fn any_measured() -> impl Strategy<Value = (Args, Measured<Data>)> {
    (1_u32..4, prop::sample::subsequence(Gil::ALL.to_vec(), 1..=2)).prop_flat_map(|(times, gil)| {
        let args = Args { gil: gil.clone(), ..args(times) };
        let trials: Vec<_> = gil.into_iter().map(|gil| any_trial(gil, times)).collect();
        trials.prop_map(move |parts| (args.clone(), measured(parts)))
    })
}

fn values(args: &Args) -> Values {
    let slugs: Vec<_> = args.gil.iter().map(|gil| gil.slug()).collect();
    Values::from_query(&Python::controls(), &format!("script=print()&gil={}&times={}", slugs.join(","), args.times)).0
}

proptest! {
    #[test]
    fn no_story_contradicts_its_data((args, mut measured) in any_measured()) {
        prop_assert_eq!(Python::accept(&args, &mut measured), Ok(()));
        let story = Python::story(&args, &host(), &measured, None);
        prop_assert_eq!(misplaced(&story), [""; 0]);
        prop_assert!(main_sentences(&story.findings) <= 3);
        prop_assert!(story.findings[0].id == "ran");
        for found in &story.findings {
            prop_assert!(found.value.is_finite() && found.text.ends_with('.'), "{}", found.text);
            prop_assert!(!found.text.contains("NaN") && !found.text.contains("  "), "{}", found.text);
            prop_assert_eq!(found.row.is_some(), found.id.contains(':'), "{}", found.id);
            prop_assert_eq!(story.findings.iter().filter(|other| other.id == found.id).count(), 1, "{}", found.id);
        }
        let find = |id: &str| story.findings.iter().find(|finding: &&Finding| finding.id == id);
        for (run, trial) in measured.runs.iter().zip(&measured.data.trials) {
            let stuck = find(&format!("deadlock:{}", run.mode)).is_some();
            prop_assert_eq!(stuck, !trial.deadlock.is_empty());
            let error = format!("error:{}", run.mode);
            prop_assert!(!stuck || find(&error).is_none());
        }
        if let Some(end) = find("end") {
            let cut = measured.data.trials.iter().any(|trial| trial.cut.iter().any(|lane| trial.daemons.contains(lane)));
            prop_assert!(cut || !end.text.contains("in the middle of"), "{}", end.text);
        }
        if let Some(gil) = find("gil") {
            prop_assert_eq!(gil.value, measured.runs[0].context_switches as f64);
            prop_assert_eq!(gil.text.contains("find it taken"), measured.data.trials[0].found_taken > 0);
        }
    }

    #[test]
    fn figures_fill_their_blanks_and_a_result_reads_back((args, measured) in any_measured()) {
        let story = Python::story(&args, &host(), &measured, None);
        prop_assert_eq!(unfit::<Python>(&story), [""; 0]);
        let values = values(&args);
        prop_assert_eq!(&Python::args(&values), &args);
        let text = report::<Python>(&values, host(), &measured, None).result;
        let (.., again) = file::read::<Python>(&text).unwrap();
        prop_assert_eq!(again, measured);
    }
}
