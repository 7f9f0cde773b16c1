use super::*;
use crate::{LaneKind, State};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

fn lane(id: u32, name: &str) -> Lane {
    Lane { id, name: name.to_owned(), kind: LaneKind::Thread }
}

fn span(lane: u32, task: u32, state: State, start_us: u64, end_us: u64) -> Span {
    Span { lane, task, state, start_us, end_us }
}

/// Two runs: one with a lane for each task, and one on whose only lane two tasks overlap.
fn with_runs(test: impl FnOnce(&[Exported])) {
    let lanes = [lane(0, "thread 0"), lane(1, "a \"strange\", <name>\n")];
    let spans = [
        span(0, 0, State::Spawn, 0, 500),
        span(0, 0, State::Run, 500, 2_000),
        span(1, 1, State::Sleep, 100, 1_900),
        span(1, 1, State::Message, 1_900, 1_900),
    ];
    let one = [lane(0, "event loop")];
    let overlapping =
        [span(0, 0, State::Sleep, 0, 1_000), span(0, 1, State::Run, 200, 400), span(0, 1, State::Ready, 400, 1_500)];
    let run = |slug, title, wall_us, lanes, spans| Exported {
        slug,
        title,
        wall_us,
        bound_us: Some(500),
        lanes,
        spans,
        subjects: &[],
    };
    test(&[
        run("threads", "Parallel: a thread per task", 2_000, &lanes, &spans),
        run("event-loop", "Concurrent", 1_500, &one, &overlapping),
    ]);
}

#[test]
fn a_trace_keeps_the_rules_of_its_format() {
    with_runs(|runs| {
        let trace: Value = serde_json::from_str(&chrome_trace(runs)).unwrap();
        let events = trace["traceEvents"].as_array().unwrap();
        let mut threads = BTreeMap::<(u64, u64), Vec<(u64, u64)>>::new();
        let mut named = Vec::new();
        for event in events {
            let id = (event["pid"].as_u64().unwrap(), event["tid"].as_u64().unwrap());
            match (event["ph"].as_str().unwrap(), event["name"].as_str().unwrap()) {
                ("M", "thread_name") => named.push((id, event["args"]["name"].as_str().unwrap().to_owned())),
                ("M", "process_name") => assert!(event["args"]["name"].is_string()),
                ("M", "process_sort_index" | "thread_sort_index") => assert!(event["args"]["sort_index"].is_u64()),
                ("X", state) => {
                    assert!(State::ALL.iter().any(|known| known.name() == state) && event["cat"] == state);
                    let ts = event["ts"].as_u64().unwrap();
                    threads.entry(id).or_default().push((ts, ts + event["dur"].as_u64().unwrap()));
                    assert!(event["args"]["task"].is_u64());
                }
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(events.iter().filter(|event| event["ph"] == "X").count(), 7);
        for (id, spans) in &mut threads {
            assert!(named.iter().any(|(named, _)| named == id), "every thread has a name");
            spans.sort_unstable();
            assert!(
                spans.windows(2).all(|pair| pair[0].1 <= pair[1].0),
                "events of a thread do not overlap: {spans:?}"
            );
        }
        let names: Vec<_> = named.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["thread 0", "a \"strange\", <name>\n", "event loop, task 0", "event loop, task 1"]);
    });
}

#[test]
fn a_table_has_a_line_for_each_span_and_no_formulas() {
    with_runs(|runs| {
        let table = csv(runs);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines[0], "mode,lane,lane_name,task,state,start_us,end_us");
        assert_eq!(lines[1], "threads,0,thread 0,0,spawn,0,500");
        assert!(table.contains("threads,1,\"a \"\"strange\"\", <name>\n\",1,sleep,100,1900\n"), "{table}");
        assert!(table.ends_with("event-loop,0,event loop,1,ready,400,1500\n"), "{table}");
    });
    for formula in ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1"] {
        let name = with_lane_called(formula, |run| cells(&csv(&[run]))[1][2].clone());
        assert_eq!(name, format!("'{formula}"));
    }
}

#[test]
fn spans_of_a_program_say_what_they_are_about() {
    let lanes = [lane(0, "MainThread")];
    let spans = [span(0, 1, State::Wait, 0, 500), span(0, 0, State::Run, 500, 700)];
    let subject = |words: &str, line| Subject { words: words.to_owned(), line };
    let subjects = [subject("runs", 0), subject("waits for \"Ada\", who has it", 12)];
    let run = Exported {
        slug: "on",
        title: "GIL on",
        wall_us: 700,
        bound_us: None,
        lanes: &lanes,
        spans: &spans,
        subjects: &subjects,
    };
    let trace: Value = serde_json::from_str(&chrome_trace(&[run])).unwrap();
    let events: Vec<_> = trace["traceEvents"].as_array().unwrap().iter().filter(|event| event["ph"] == "X").collect();
    let told: Vec<_> = events.iter().map(|event| (&event["name"], &event["cat"], &event["args"]["line"])).collect();
    assert_eq!(told[0], (&Value::from("waits for \"Ada\", who has it"), &Value::from("wait"), &Value::from(12)));
    assert_eq!(told[1], (&Value::from("runs"), &Value::from("run"), &Value::from(0)));
    let table = cells(&csv(&[run]));
    assert_eq!(table[0][6..], ["end_us", "about", "line"]);
    assert_eq!(table[1][3..], ["", "wait", "0", "500", "waits for \"Ada\", who has it", "12"]);
}

/// A run of one task on a lane with this name, as an imported file may have it.
fn with_lane_called<T>(name: &str, test: impl FnOnce(Exported) -> T) -> T {
    let (lanes, spans) = ([lane(0, name)], [span(0, 0, State::Run, 0, 1)]);
    test(Exported {
        slug: "pool",
        title: "Parallel",
        wall_us: 1,
        bound_us: None,
        lanes: &lanes,
        spans: &spans,
        subjects: &[],
    })
}

/// The lines of a table and their cells, as RFC 4180 reads them.
fn cells(table: &str) -> Vec<Vec<String>> {
    let mut lines = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = table.chars().peekable();
    while let Some(letter) = letters.next() {
        let line = lines.last_mut().unwrap();
        match letter {
            '"' if quoted && letters.next_if_eq(&'"').is_some() => line.last_mut().unwrap().push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => line.push(String::new()),
            '\n' if !quoted => lines.push(vec![String::new()]),
            other => line.last_mut().unwrap().push(other),
        }
    }
    assert_eq!(lines.pop().unwrap(), [""], "the last line ends, too");
    lines
}

#[test]
fn a_drawing_too_narrow_for_its_legend_is_widened() {
    let width = |asked: f64| {
        let drawing = svg(&[], asked);
        roxmltree::Document::parse(&drawing).unwrap().root_element().attribute("width").unwrap().to_owned()
    };
    assert_eq!([-5.0, 0.0, f64::NAN, 660.0, 1000.0].map(width), ["660", "660", "660", "660", "1000"]);
}

#[test]
fn labels_of_ticks_stay_within_the_drawing() {
    let drawing = with_lane_called("", |run| svg(&[Exported { wall_us: 1_600_000, ..run }], 1000.0));
    let document = roxmltree::Document::parse(&drawing).unwrap();
    let last = document.descendants().find(|node| node.text() == Some("1600 ms")).unwrap();
    assert_eq!((last.attribute("x"), last.attribute("text-anchor")), (Some("984.00"), Some("end")));
    let first = document.descendants().find(|node| node.text() == Some("0")).unwrap();
    assert_eq!(first.attribute("text-anchor"), Some("middle"));
}

proptest! {
    #[test]
    fn any_lane_name_leaves_every_format_whole(name in prop_oneof![any::<String>(), "[\\]>&<\"'=,\u{fffe}\u{ffff}\r\n]{0,8}"]) {
        with_lane_called(&name, |run| {
            let drawing = svg(&[run], 800.0);
            prop_assert!(roxmltree::Document::parse(&drawing).is_ok(), "{}", drawing);
            let trace: Value = serde_json::from_str(&chrome_trace(&[run])).unwrap();
            prop_assert!(trace["traceEvents"].as_array().unwrap().iter().any(|event| event["args"]["name"] == name.as_str()));
            let lines = cells(&csv(&[run]));
            prop_assert_eq!(lines.iter().map(Vec::len).collect::<Vec<_>>(), [7, 7]);
            prop_assert_eq!(lines[1][2].strip_prefix('\'').filter(|_| !name.starts_with('\'')).unwrap_or(&lines[1][2]), &name);
            Ok(())
        })?;
    }
}

#[test]
fn a_run_has_a_tick_where_it_could_have_ended_if_that_is_known() {
    let ticks = |bound_us| {
        let drawing = with_lane_called("", |run| svg(&[Exported { wall_us: 1_000, bound_us, ..run }], 800.0));
        let document = roxmltree::Document::parse(&drawing).unwrap();
        let dotted = document.descendants().filter(|node| node.has_attribute("stroke-dasharray"));
        dotted.map(|node| node.attribute("d").unwrap().split(' ').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ticks(Some(500)), ["M448.00"], "half-way from 112 to 784");
    assert_eq!(ticks(None), [""; 0]);
}

#[test]
fn a_drawing_is_well_formed_and_has_every_state_that_it_shows() {
    with_runs(|runs| {
        let drawing = svg(runs, 800.0);
        let document = roxmltree::Document::parse(&drawing).unwrap_or_else(|error| panic!("{error}: {drawing}"));
        let texts: Vec<_> = document.descendants().filter_map(|node| node.text()).collect();
        assert!(
            texts.contains(&"Parallel: a thread per task: 2.00 ms") && texts.contains(&"a \"strange\", <name>"),
            "{texts:?}"
        );
        let patterns: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name("pattern"))
            .filter_map(|node| node.attribute("id"))
            .collect();
        assert_eq!(patterns, State::ALL.map(State::name));
        let fills =
            document.descendants().filter_map(|node| node.attribute("fill")).filter(|fill| fill.starts_with("url(#"));
        for fill in fills {
            assert!(patterns.contains(&&fill[5..fill.len() - 1]), "{fill}");
        }
    });
    assert!(roxmltree::Document::parse(&svg(&[], 800.0)).is_ok());
}
