//! `python` on native threads: what scripts do and how they end, never how long that takes.

use interleave_engine::stage::LiveRun;
use interleave_engine::{Stage, Watcher, lab_called};
use interleave_labs::code::Language;
use interleave_labs::control::Control;
use interleave_labs::lab::{Lab, Measured, Report};
use interleave_labs::message::FromEngine;
use interleave_labs::python::{Data, Python};
use interleave_labs::result::Run;
use interleave_labs::script::{Gil, SCRIPT};
use interleave_labs::{Value, Values, file};
use interleave_threads::{Cancel, Error, block_on};
use interleave_trace::State;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct Nobody;

impl Watcher for Nobody {
    fn say(&self, _word: FromEngine) {}
    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}

fn values(script: &str, query: &str) -> Values {
    let controls = Python::controls();
    let (mut values, notices) = Values::from_query(&controls, query);
    assert_eq!(notices, []);
    let named = |control: &&Control| control.name == SCRIPT;
    values.set(controls.iter().find(named).unwrap(), Value::Text(script.to_owned()));
    values
}

fn run_until(script: &str, query: &str, cancel: Arc<Cancel>) -> Result<(Report, Measured<Data>), Error> {
    let stage = Stage::new(cancel, interleave_engine::host(), Box::new(Nobody));
    let report = block_on(lab_called("python").unwrap().run(&values(script, query), None, &stage))?;
    let (.., measured) = file::read::<Python>(&report.result).unwrap();
    Ok((report, measured))
}

fn run(script: &str, query: &str) -> (Report, Measured<Data>) {
    run_until(script, query, Arc::default()).unwrap()
}

fn preset(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src/python/presets");
    std::fs::read_to_string(folder.join(format!("{name}.py"))).unwrap()
}

/// What a run printed, lines that went to the standard output only.
fn printed(measured: &Measured<Data>, at: usize) -> Vec<&str> {
    let errors = &measured.data.trials[at].errors;
    let lines = (0..).zip(&measured.runs[at].output).filter(|(place, _)| !errors.contains(place));
    lines.map(|(_, line)| &*line.text).collect()
}

/// What lanes of a name do in a state, in words.
fn about<'a>(run: &'a Run, lane: &str, state: State) -> Vec<(&'a str, u32)> {
    let lane = run.lanes.iter().find(|known| known.name == lane).unwrap_or_else(|| panic!("{lane} in {:?}", run.lanes));
    let spans = run.spans.iter().filter(|span| span.lane == lane.id && span.state == state);
    spans.map(|span| &run.subjects[span.task as usize]).map(|it| (&*it.words, it.line)).collect()
}

#[test]
fn both_ways_run_and_print_the_same_and_only_the_lock_changes_hands() {
    let (report, measured) = run(&preset("thread_subclass"), "");
    let modes: Vec<_> = measured.runs.iter().map(|run| &*run.mode).collect();
    assert_eq!(modes, ["on", "off"]);
    for at in [0, 1] {
        // Which of them is done first, a busy machine may decide.
        let mut lines = printed(&measured, at);
        lines.sort_unstable();
        let all =
            ["download news is done.", "download weather is done.", "news <h1>news</h1>", "weather <h1>weather</h1>"];
        assert_eq!(lines, all);
        let run = &measured.runs[at];
        let names: Vec<_> = run.lanes.iter().map(|lane| &*lane.name).collect();
        assert_eq!(names, ["MainThread", "download news", "download weather"]);
        assert!(about(run, "download news", State::Sleep).contains(&("sleeps", 14)), "{:?}", run.subjects);
        assert!(!about(run, "download news", State::Spawn).is_empty(), "{:?}", run.spans);
        assert!(about(run, "MainThread", State::Wait).contains(&("waits for download news to end", 23)));
    }
    assert!(measured.runs[0].context_switches > 0 && measured.runs[1].context_switches == 0);
    assert!(report.findings.iter().any(|finding| finding.id == "gil"), "{:?}", report.findings);
}

#[test]
fn the_wait_at_the_end_is_shown_and_a_daemon_is_cut() {
    for gil in Gil::ALL {
        let (report, measured) = run(&preset("daemon_or_not"), &format!("gil={}", gil.slug()));
        let (run, trial) = (&measured.runs[0], &measured.data.trials[0]);
        let ends = about(run, "MainThread", State::Wait);
        assert!(ends.iter().any(|(words, line)| words.starts_with("at the end, waits for") && *line == 0), "{ends:?}");
        assert_eq!((&*trial.daemons, &*trial.cut), (&[2][..], &[2][..]));
        assert!(run.lanes[2].name.ends_with(", daemon"), "{:?}", run.lanes);
        let last_us = trial.last_line_us.unwrap();
        assert!(last_us as f64 / 1000.0 < run.wall_ms && run.output.iter().any(|line| line.at_us >= last_us));
        let end = report.findings.iter().find(|finding| finding.id == "end").unwrap();
        assert!(end.text.contains("then ended Thread-2 (count), daemon in the middle of its work"), "{}", end.text);
    }
}

#[test]
fn repeats_count_how_often_each_line_came() {
    let (report, measured) = run("import time\nprint('always')\nprint(f'{time.time():.3f} s')\n", "times=7");
    for trial in &measured.data.trials {
        let counts: Vec<_> = trial.printed.iter().map(|line| (&*line.text, line.repeats)).collect();
        assert_eq!(counts, [("always", 7), ("… s", 7)]);
        assert_eq!(trial.repeats.len(), 7);
    }
    assert_eq!(report.figures.len(), Python::sheet().blanks.len());
}

#[test]
fn a_script_that_cannot_run_is_refused_before_anything_runs() {
    for (script, place) in [("print('a')\nasync for", "Line 2"), ("x = 1\nimport socket\n", "Line 2, column 8")] {
        match run_until(script, "", Arc::default()) {
            Err(Error::Refused(why)) => assert!(why.contains(place), "{why}"),
            other => panic!("{script}: {other:?}"),
        }
    }
    let marks = lab_called("python").unwrap().check(&values("x = 1\nimport socket\n", ""));
    assert_eq!(marks.len(), 1);
    assert_eq!((&*marks[0].control, marks[0].line, marks[0].column), (SCRIPT, 2, 8));
    assert_eq!(lab_called("python").unwrap().check(&values(&preset("daemon"), "")), []);
}

/// Programs of other labs that are said to open here: all of them can run.
#[test]
fn programs_that_open_here_can_run() {
    let controls = Python::controls();
    let mut opening = 0;
    for lab in interleave_labs::LABS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../labs/src").join(lab.slug).join("code");
        let layouts = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
        let sheet = lab.sheet();
        for (slug, _) in &sheet.programs {
            for language in Language::ALL {
                let program = lab.program(&Values::defaults(&sheet.controls), slug, language, &layouts).unwrap();
                let Some(query) = program.opens else { continue };
                let query = query.strip_prefix("lab=python&").expect("this lab");
                let (values, notices) = Values::from_query(&controls, query);
                assert_eq!((values.text(SCRIPT), notices), (&*program.text, vec![]), "{} {slug}", lab.slug);
                assert_eq!(lab_called("python").unwrap().check(&values), [], "{} {slug}", lab.slug);
                opening += 1;
            }
        }
    }
    assert!(opening >= 5, "{opening}");
}

#[test]
fn what_goes_wrong_in_a_script_is_told_and_ends_it() {
    let (report, measured) = run("def f():\n    f()\nprint('a')\nf()\n", "");
    for at in [0, 1] {
        assert_eq!((printed(&measured, at), measured.data.trials[at].exit_code), (vec!["a"], 1));
        let last = measured.runs[at].output.last().unwrap();
        assert_eq!(last.text, "RecursionError: maximum recursion depth exceeded");
    }
    let beside: Vec<_> = report.findings.iter().filter(|finding| finding.row.is_some()).map(|it| &*it.id).collect();
    assert_eq!(beside, ["error:on", "error:off"]);

    let (report, measured) = run(&preset("deadlock"), "");
    for trial in &measured.data.trials {
        assert!(trial.deadlock.iter().any(|line| line.starts_with("Ada waits for a Lock that Alan has")), "{trial:?}");
    }
    assert!(report.findings.iter().any(|finding| finding.id == "deadlock:off"), "{:?}", report.findings);

    let (_, measured) = run("x = [0] * 10**9\n", "gil=on");
    assert_eq!(measured.runs[0].output.last().unwrap().text, "MemoryError");
}

#[test]
fn ten_thousand_threads_are_too_many() {
    let script = "import threading, time\nfor _ in range(10_000):\n    threading.Thread(target=time.sleep, args=(100,), daemon=True).start()\n";
    let (report, measured) = run(script, "gil=off");
    assert_eq!(measured.runs[0].output.last().unwrap().text, "RuntimeError: can't start new thread");
    let trial = &measured.data.trials[0];
    assert_eq!((trial.exit_code, trial.threads), (1, 100));
    let limit = report.findings.iter().find(|finding| finding.id == "crowd:off").unwrap();
    assert!(limit.text.contains("100 threads"), "{}", limit.text);
}

#[test]
fn a_stop_ends_whatever_a_script_does() {
    let scripts = [
        "while True:\n    pass\n",
        "import time\ntime.sleep(100)\n",
        "def f(n):\n    return f(n - 1) + f(n - 1) if n else 0\nf(60)\n",
        "while True:\n    sorted(range(1000))\n",
        "import threading\ndef f():\n    while True:\n        pass\nfor _ in range(5):\n    threading.Thread(target=f).start()\n",
        "import itertools\nfor _ in itertools.count():\n    pass\n",
        "import itertools\nsum(itertools.count())\n",
        "max(range(10**15))\n",
        "'x' in (y for y in iter(int, 1))\n",
    ];
    for script in scripts {
        for gil in Gil::ALL {
            let cancel = Arc::<Cancel>::default();
            let stop = cancel.clone();
            let stopper = std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(300));
                stop.stop();
                Instant::now()
            });
            let outcome = run_until(script, &format!("gil={}", gil.slug()), cancel);
            let took = Instant::now() - stopper.join().unwrap();
            assert!(matches!(outcome, Err(Error::Stopped)), "{script}: {outcome:?}");
            // The page gives it two seconds.
            assert!(took < Duration::from_millis(1500), "{script} with the GIL {}: {took:?}", gil.slug());
        }
    }
}
