use super::*;
use crate::compare::{Args, Compare};
use crate::conditions::Conditions;
use crate::result::{Memory, Runtime};
use interleave_trace::{Lane, LaneKind, Output, Span, State};
use proptest::prelude::*;
use serde_json::json;

fn explain(text: &str) -> Result<Report, Error> {
    super::explain::<Compare>(text)
}

fn refusal(text: &str) -> String {
    explain(text).unwrap_err().to_string()
}

fn host() -> Host {
    Host { runtime: Runtime::Native, cores: 2, memory: Memory::Shared, timer_us: 0.5, agent: "é".to_owned() }
}

fn run(mode: &str, wall_ms: f64) -> Run {
    Run {
        mode: mode.to_owned(),
        wall_ms,
        speedup: None,
        checksum: "0123456789abcdef".to_owned(),
        context_switches: 0,
        switch_us: 0,
        lanes: vec![Lane { id: 0, name: "main thread".to_owned(), kind: LaneKind::Main }],
        spans: vec![Span { lane: 0, task: 0, state: State::Sleep, start_us: 0, end_us: 300 }],
        subjects: vec![],
        output: vec![Output { at_us: 3, lane: 0, text: "hello".to_owned() }],
    }
}

fn file(runs: Vec<Run>) -> String {
    let conditions = Conditions { probe_us: vec![2000.0, 2001.0], unrest: 1.0, cores_free: Some(1.9) };
    let measured = Measured { runs, conditions, data: () };
    report::<Compare>(&Args::default().values(), host(), &measured, None).result
}

fn sample() -> String {
    let mut runs = vec![run("sequential", 1600.0), run("pool", 400.0)];
    crate::compare::with_speedups(&mut runs);
    file(runs)
}

#[test]
fn a_result_has_the_contracts_form() {
    let value: Value = serde_json::from_str(&sample()).unwrap();
    assert_eq!(value["schema"], "interleave/result@1");
    assert_eq!((&value["lab"], &value["host"]["runtime"]), (&json!("compare"), &json!("native")));
    assert_eq!(value["args"]["tasks"], 8);
    assert_eq!(value["args"]["modes"][4], "pool");
    assert_eq!(value["runs"][1]["speedup"], 4.0);
    assert_eq!(value["runs"][0]["lanes"][0]["kind"], "main");
    let span = json!({"lane": 0, "task": 0, "state": "sleep", "start_us": 0, "end_us": 300});
    assert_eq!(value["runs"][0]["spans"][0], span);
    assert!(value["runs"][0].get("subjects").is_none(), "spans of tasks are about tasks");
    for finding in value["findings"].as_array().unwrap() {
        assert_eq!(finding.as_object().unwrap().keys().collect::<Vec<_>>(), ["id", "text", "value"], "by their names");
        assert!(finding["text"].is_string() && finding["value"].is_number());
    }
    assert_eq!(
        value.as_object().unwrap().len(),
        7,
        "compare has no key of its own: {:?}",
        value.as_object().unwrap().keys()
    );
}

#[test]
fn a_result_reads_back_and_what_it_says_is_computed_anew() {
    let mut value: Value = serde_json::from_str(&sample()).unwrap();
    value["findings"] = json!([{"id": "fastest", "value": 99, "text": "Nothing beats a lie."}]);
    value["runs"][1]["speedup"] = json!(99);
    let report = explain(&value.to_string()).unwrap();
    assert_eq!(report.result, sample());
    assert_eq!(report.query, Args::default().to_query());
    assert_eq!(explain(&(sample() + "\n")).unwrap(), report);
}

#[test]
fn a_result_of_before_there_were_probes_still_opens() {
    let mut value: Value = serde_json::from_str(&sample()).unwrap();
    value.as_object_mut().unwrap().remove("conditions");
    assert_eq!(explain(&value.to_string()).unwrap().figures.len(), 1);
}

#[test]
fn what_is_no_result_is_refused_with_a_reason() {
    assert!(refusal("").starts_with("this is not a result file"));
    assert!(refusal("[1, 2]").starts_with("this is not a result file: it has no schema"));
    assert!(refusal("{\"schema\": \"interleave/result@2\"}").contains("interleave/result@2"));
    assert!(refusal(&sample().replace("\"compare\"", "\"nonsense\"")).contains("of the lab “nonsense”: open it there"));
    let huge = format!("{{{}}}", " ".repeat(MAX_BYTES));
    assert_eq!(refusal(&huge), "it has 50 MB, and results have at most 50 MB");
    assert_eq!(
        refusal(&file(vec![run("pool", 1.0), run("pool", 1.0)])),
        "this result contradicts itself: it has two runs of pool"
    );
    assert!(refusal(&file(vec![run("fibres", 1.0)])).contains("a mode this page does not know"));
}

#[test]
fn what_contradicts_itself_is_refused() {
    let spoilt = |path: &str, with: Value| {
        let mut value: Value = serde_json::from_str(&sample()).unwrap();
        *value.pointer_mut(path).unwrap() = with;
        refusal(&value.to_string())
    };
    assert!(spoilt("/host/timer_us", json!(-5.0)).ends_with("the step of its clock is negative"));
    assert!(spoilt("/conditions/probe_us/0", json!(-5.0)).ends_with("took less than no time"));
    assert!(spoilt("/runs/1/speedup", json!(-1.0)).ends_with("in pool, its speed-up is negative"));
    assert!(spoilt("/runs/1/wall_ms", json!(-1.0)).ends_with("in pool, it took negative time"));
    assert!(spoilt("/runs/1/spans/0/end_us", json!(500_000)).ends_with("a span of task 0 ends after its run"));
    assert!(spoilt("/runs/1/spans/0/start_us", json!(301)).ends_with("ends before it starts"));
    assert!(spoilt("/runs/1/spans/0/lane", json!(7)).ends_with("is on a lane that does not exist"));
    assert!(spoilt("/runs/1/output/0/lane", json!(7)).ends_with("a line of output is on a lane that does not exist"));
    assert!(spoilt("/runs/1/output/0/at_us", json!(2_000_000)).ends_with("a line of output ends after its run"));
    let mut about: Value = serde_json::from_str(&sample()).unwrap();
    about["runs"][1]["subjects"] = json!([{"words": "runs", "line": 3}]);
    assert!(explain(&about.to_string()).is_ok());
    about["runs"][1]["spans"][0]["task"] = json!(1);
    assert!(refusal(&about.to_string()).ends_with("a span is about nothing that the run has"));
    let lane = json!({"id": 0, "name": "a", "kind": "main"});
    assert!(spoilt("/runs/1/lanes", json!([lane, lane])).ends_with("two lanes have the number 0"));
    let span = |start: u64| json!({"lane": 0, "task": 0, "state": "run", "start_us": start, "end_us": start + 9});
    assert!(spoilt("/runs/1/spans", json!([span(0), span(8)])).ends_with("task 0 is in two states at once"));
    assert!(refusal(&sample().replace("\"timer_us\":0.5", "\"timer_us\":1e999")).contains("out of range"));
}

#[test]
fn a_file_cut_anywhere_is_refused_as_cut() {
    let good = sample();
    for (at, _) in good.char_indices().skip(1) {
        assert_eq!(explain(&good[..at]), Err(Error::Truncated), "cut at {at}");
    }
}

proptest! {
    #[test]
    fn any_result_reads_back(
        lens in prop::collection::vec((0_u32..4, 0_u32..3, 0_usize..6, 0_u64..90_000), 0..60), wall_us in 6_000_000_u64..1 << 40,
    ) {
        let mut pool = run("pool", wall_us as f64 / 1000.0);
        pool.lanes = (0..4).map(|id| Lane { id, name: format!("worker {id}"), kind: LaneKind::Worker }).collect();
        let mut at = 0;
        pool.spans = lens.iter().map(|(lane, task, state, len)| {
            let start_us = at;
            at += len;
            Span { lane: *lane, task: *task, state: State::ALL[*state], start_us, end_us: at }
        }).collect();
        let mut runs = vec![run("sequential", 1600.0), pool];
        crate::compare::with_speedups(&mut runs);
        let text = file(runs.clone());
        let (_, _, measured) = read::<Compare>(&text).unwrap();
        prop_assert_eq!(measured.runs, runs);
        prop_assert_eq!(explain(&text).unwrap().result, text);
    }

    #[test]
    fn no_change_of_a_file_brings_it_down(at in 0_usize..900, len in 0_usize..20, text in ".{0,8}") {
        let good: Vec<char> = sample().chars().collect();
        let after = good.iter().skip(at + len);
        let _ = explain(&good[..at.min(good.len())].iter().copied().chain(text.chars()).chain(after.copied()).collect::<String>());
    }

    #[test]
    fn no_text_brings_it_down(text in ".{0,200}") {
        let _ = explain(&text);
    }
}
