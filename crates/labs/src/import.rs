//! Somebody else's result: what a page checks before it shows one.

use crate::compare::Mode;
use crate::query::shown;
use crate::result::{Error, Json, ResultFile, Run};
use std::fmt;

/// Larger files are refused without being read, in bytes: a run of the most tasks at the finest quantum has a tenth of that.
pub const MAX_BYTES: usize = 50_000_000;
/// More spans than this in one file would bring a page to a halt.
const MOST_SPANS: usize = 1_000_000;
/// More lanes than this in one run would, too.
const MOST_LANES: usize = 256;

/// Why a file is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It has this many bytes.
    TooBig(usize),
    /// It stops before its end.
    Truncated,
    /// It is no result, of another version, or contradicts itself.
    Result(Error),
    /// A result, but not one that can be drawn.
    Undrawable(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::TooBig(bytes) => {
                write!(f, "it has {} MB, and results have at most {} MB", bytes / 1_000_000, MAX_BYTES / 1_000_000)
            }
            Refusal::Truncated => {
                write!(f, "it stops in the middle: it may not have been copied or downloaded to its end")
            }
            Refusal::Result(error) => error.fmt(f),
            Refusal::Undrawable(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Refusal {}

/// Reads a result file that may come from anywhere.
///
/// # Errors
/// [`Refusal`], in words for the reader.
pub fn result<J: Json>(text: &str) -> Result<ResultFile, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooBig(text.len()));
    }
    if is_cut(text) {
        return Err(Refusal::Truncated);
    }
    let result = ResultFile::read::<J>(text).map_err(Refusal::Result)?;
    check(&result).map_err(Refusal::Undrawable)?;
    Ok(result)
}

/// Whether an object begins that does not end. Each browser's parser says that in words of its own.
fn is_cut(text: &str) -> bool {
    let (mut open, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in text.trim().bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => open += 1,
            b'}' | b']' if !in_text => open = open.saturating_sub(1),
            _ => {}
        }
    }
    text.trim_start().starts_with('{') && (open > 0 || in_text)
}

fn check(result: &ResultFile) -> Result<(), String> {
    let spans: usize = result.runs.iter().map(|run| run.spans.len()).sum();
    if spans > MOST_SPANS {
        return Err(format!("it has {spans} spans, and this page draws at most {MOST_SPANS}"));
    }
    if result.host.timer_us < 0.0 {
        return Err("its clock has steps of less than no time".to_owned());
    }
    for (index, run) in result.runs.iter().enumerate() {
        check_run(run)?;
        if result.runs[..index].iter().any(|other| other.mode == run.mode) {
            return Err(format!("it has two runs of {}", shown(&run.mode)));
        }
    }
    Ok(())
}

fn check_run(run: &Run) -> Result<(), String> {
    let mode = shown(&run.mode);
    if Mode::from_slug(&run.mode).is_none() {
        return Err(format!("it has a run of “{mode}”, a mode that this page does not know"));
    }
    if run.lanes.len() > MOST_LANES {
        return Err(format!("in {mode} it has {} lanes, and this page draws at most {MOST_LANES}", run.lanes.len()));
    }
    if run.speedup.is_some_and(|speedup| speedup < 0.0) {
        return Err(format!("in {mode} it has a speed-up below zero"));
    }
    let mut lanes: Vec<u32> = run.lanes.iter().map(|lane| lane.id).collect();
    lanes.sort_unstable();
    if let Some(pair) = lanes.windows(2).find(|pair| pair[0] == pair[1]) {
        return Err(format!("in {mode} it has two lanes with the number {}", pair[0]));
    }
    // Rows of a timeline, and threads of a trace, hold spans that do not overlap.
    let mut spans: Vec<_> = run.spans.iter().map(|span| (span.lane, span.task, span.start_us, span.end_us)).collect();
    spans.sort_unstable();
    let at_once = |pair: &&[(u32, u32, u64, u64)]| {
        let [(lane, task, _, end_us), (next_lane, next_task, next_start_us, _)] = [pair[0], pair[1]];
        (lane, task) == (next_lane, next_task) && next_start_us < end_us
    };
    if let Some(pair) = spans.windows(2).find(at_once) {
        return Err(format!("in {mode}, task {} is in two states at once", pair[0].1));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Args;
    use crate::result::{Host, Memory, Runtime};
    use interleave_trace::{Lane, LaneKind, Span, State};
    use proptest::prelude::*;

    fn result(text: &str) -> Result<ResultFile, Refusal> {
        super::result::<serde_json::Value>(text)
    }

    fn sample(modes: &[&str]) -> String {
        let host =
            Host { runtime: Runtime::Browser, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: "é".into() };
        let run = |mode: &&str| Run {
            mode: (*mode).to_owned(),
            wall_ms: 1.0,
            speedup: None,
            checksum: "c".to_owned(),
            context_switches: 0,
            switch_us: 0,
            lanes: vec![Lane { id: 0, name: "main thread".to_owned(), kind: LaneKind::Main }],
            spans: vec![Span { lane: 0, task: 0, state: State::Run, start_us: 0, end_us: 1_000 }],
            output: vec![],
        };
        let mut result = ResultFile::new(&Args::default(), host, modes.iter().map(run).collect());
        result.findings.clear();
        result.to_json()
    }

    fn refusal(text: &str) -> String {
        result(text).unwrap_err().to_string()
    }

    #[test]
    fn a_result_is_read_and_what_is_none_is_refused_in_words() {
        let good = sample(&["sequential", "pool"]);
        assert_eq!(result(&good).unwrap().runs.len(), 2);
        assert_eq!(result(&(good.clone() + "\n")).unwrap().runs.len(), 2);
        assert!(refusal("").starts_with("this is not a result file"));
        assert!(refusal("[1, 2]").starts_with("this is not a result file"));
        assert!(refusal(&good.replace("result@1", "result@2")).contains("interleave/result@2"));
        assert_eq!(refusal(&sample(&["pool", "pool"])), "it has two runs of pool");
        assert!(refusal(&sample(&["sequential", "fibres"])).contains("a mode that this page does not know"));
        assert!(refusal(&good.replace("\"end_us\":1000", "\"end_us\":2000")).contains("ends after its run"));
    }

    #[test]
    fn a_huge_file_is_refused_before_it_is_read() {
        let huge = format!("{{{}}}", " ".repeat(MAX_BYTES));
        assert_eq!(refusal(&huge), "it has 50 MB, and results have at most 50 MB");
    }

    #[test]
    fn what_contradicts_itself_is_refused() {
        let spoilt = |spoil: fn(&mut ResultFile)| {
            let mut file = result(&sample(&["sequential", "pool"])).unwrap();
            spoil(&mut file);
            refusal(&file.to_json())
        };
        assert_eq!(spoilt(|file| file.host.timer_us = -5.0), "its clock has steps of less than no time");
        assert_eq!(spoilt(|file| file.runs[1].speedup = Some(-1.0)), "in pool it has a speed-up below zero");
        let twice = spoilt(|file| file.runs[1].lanes.extend_from_within(..));
        assert_eq!(twice, "in pool it has two lanes with the number 0");
        let at_once = spoilt(|file| {
            let first = file.runs[1].spans[0];
            file.runs[1].spans.push(Span { state: State::Sleep, start_us: 999, ..first });
        });
        assert_eq!(at_once, "in pool, task 0 is in two states at once");
        assert!(refusal(&sample(&["pool"]).replace("\"timer_us\":5.0", "\"timer_us\":1e999")).contains("out of range"));
    }

    #[test]
    fn a_file_cut_anywhere_is_refused_as_cut() {
        let good = sample(&["sequential"]);
        for (at, _) in good.char_indices().skip(1) {
            assert_eq!(result(&good[..at]), Err(Refusal::Truncated), "cut at {at}");
        }
    }

    proptest! {
        #[test]
        fn any_result_reads_back(
            lens in prop::collection::vec((0_u32..4, 0_u32..3, 0_usize..6, 0_u64..90_000), 0..60), wall_us in 6_000_000_u64..1 << 40,
        ) {
            let mut file = result(&sample(&["sequential", "pool"])).unwrap();
            let run = &mut file.runs[1];
            run.wall_ms = wall_us as f64 / 1000.0;
            run.speedup = Some(0.25);
            run.lanes = (0..4).map(|id| Lane { id, name: format!("worker {id}"), kind: LaneKind::Worker }).collect();
            let mut at = 0;
            run.spans = lens.iter().map(|(lane, task, state, len)| {
                let start_us = at;
                at += len;
                Span { lane: *lane, task: *task, state: State::ALL[*state], start_us, end_us: at }
            }).collect();
            prop_assert_eq!(result(&file.to_json()), Ok(file));
        }

        #[test]
        fn no_change_of_a_file_brings_it_down(at in 0_usize..300, len in 0_usize..20, text in ".{0,8}") {
            let good: Vec<char> = sample(&["sequential"]).chars().collect();
            let after = good.iter().skip(at + len);
            let _ = result(&good[..at].iter().copied().chain(text.chars()).chain(after.copied()).collect::<String>());
        }

        #[test]
        fn no_text_brings_it_down(text in ".{0,200}") {
            let _ = result(&text);
        }
    }
}
