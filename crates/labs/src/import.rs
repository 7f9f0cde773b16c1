//! Somebody else's result: what a page checks before it shows one.

use crate::compare::Mode;
use crate::query::shown;
use crate::result::{Error, ResultFile, Run};
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
pub fn result(text: &str) -> Result<ResultFile, Refusal> {
    if text.len() > MAX_BYTES {
        return Err(Refusal::TooBig(text.len()));
    }
    let text = text.trim_end();
    if text.starts_with('{') && !text.ends_with('}') {
        return Err(Refusal::Truncated);
    }
    let result = ResultFile::from_json(text).map_err(Refusal::Result)?;
    check(&result).map_err(Refusal::Undrawable)?;
    Ok(result)
}

fn check(result: &ResultFile) -> Result<(), String> {
    let spans: usize = result.runs.iter().map(|run| run.spans.len()).sum();
    if spans > MOST_SPANS {
        return Err(format!("it has {spans} spans, and this page draws at most {MOST_SPANS}"));
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Args;
    use crate::result::{Host, Memory, Runtime};
    use interleave_trace::{Lane, LaneKind, Span, State};
    use proptest::prelude::*;

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

    proptest! {
        #[test]
        fn a_file_cut_anywhere_is_refused(at in 1_usize..400) {
            let good = sample(&["sequential"]);
            let cut: String = good.chars().take(at).collect();
            prop_assume!(cut.len() < good.len());
            prop_assert!(result(&cut).is_err());
        }

        #[test]
        fn no_text_brings_it_down(text in ".{0,200}") {
            let _ = result(&text);
        }
    }
}
