//! From a result file to a report. A file may come from anywhere, so it is checked, and its findings are computed
//! again.

use crate::lab::{Lab, Measured, Report, report};
use crate::query::shown;
use crate::result::{Head, Host, Run, SCHEMA, has_data};
use crate::values::Values;
use interleave_trace::Span;
use serde::Deserialize;
use serde_json::Value;
use std::fmt;

/// The size limit of a file, in bytes. A run with the most tasks and the smallest quantum has a tenth of that.
pub const MAX_BYTES: usize = 50_000_000;
/// More spans in one file would freeze the page.
const MOST_SPANS: usize = 1_000_000;
/// So would more lanes in one run.
const MOST_LANES: usize = 256;

/// Why a file is not shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// It is too big: its size in bytes.
    TooBig(usize),
    /// It stops before its end.
    Truncated,
    /// It is not JSON, or not of this form: the parser's message.
    Json(String),
    /// It has this other schema or version.
    Schema(String),
    /// It is of this other lab.
    OtherLab(String),
    /// It contradicts itself.
    Inconsistent(String),
    /// It is valid, but more than the page can draw.
    Undrawable(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::TooBig(bytes) => {
                write!(f, "it has {} MB, and results have at most {} MB", bytes / 1_000_000, MAX_BYTES / 1_000_000)
            }
            Error::Truncated => {
                f.write_str("it stops in the middle: it may not have been copied or downloaded to its end")
            }
            Error::Json(why) => write!(f, "this is not a result file: {why}"),
            Error::Schema(schema) => write!(f, "its schema is “{}”, not “{SCHEMA}”", shown(schema)),
            Error::OtherLab(lab) => write!(f, "it is a result of the lab “{}”: open it there", shown(lab)),
            Error::Inconsistent(why) => write!(f, "this result contradicts itself: {why}"),
            Error::Undrawable(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for Error {}

/// The report of a result file.
///
/// # Errors
/// [`Error`], whose text is for the reader.
pub fn explain<L: Lab>(text: &str) -> Result<Report, Error> {
    let (values, host, measured) = read::<L>(text)?;
    Ok(report::<L>(&values, host, &measured, None))
}

/// Reads a result file of the lab `L`: its arguments, where it ran, and what was measured.
///
/// # Errors
/// [`Error`] if it is no such file, or contradicts itself.
pub fn read<L: Lab>(text: &str) -> Result<(Values, Host, Measured<L::Data>), Error> {
    if text.len() > MAX_BYTES {
        return Err(Error::TooBig(text.len()));
    }
    if is_cut(text) {
        return Err(Error::Truncated);
    }
    let json: Value = serde_json::from_str(text).map_err(|error| Error::Json(error.to_string()))?;
    let word = |key: &str| json.get(key).and_then(Value::as_str).map(str::to_owned);
    match word("schema") {
        Some(schema) if schema == SCHEMA => {}
        Some(other) => return Err(Error::Schema(other)),
        None => return Err(Error::Json("it has no schema".to_owned())),
    }
    match word("lab") {
        Some(lab) if lab == L::SLUG => {}
        Some(other) => return Err(Error::OtherLab(other)),
        None => return Err(Error::Json("it has no lab".to_owned())),
    }
    let form = |error: serde_json::Error| Error::Json(error.to_string());
    let Head { args, host, runs, conditions } = Head::deserialize(&json).map_err(form)?;
    // Without a key, there is no data.
    let data = if has_data::<L>() { json.get(L::SLUG) } else { Some(&Value::Null) };
    let data = data.ok_or_else(|| Error::Json(format!("it has no {}", L::SLUG)))?;
    let data = L::Data::deserialize(data).map_err(form)?;
    let values = args.values(&L::controls());
    let mut measured = Measured { runs, conditions, data };
    if !host.timer_us.is_finite() || host.timer_us < 0.0 {
        return Err(Error::Inconsistent("the step of its clock is negative".to_owned()));
    }
    measured.conditions.check().map_err(Error::Inconsistent)?;
    check_runs(&measured.runs)?;
    L::accept(&L::args(&values), &mut measured).map_err(Error::Inconsistent)?;
    Ok((values, host, measured))
}

/// Whether the JSON ends too early. Each browser's parser says that in its own words.
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

fn check_runs(runs: &[Run]) -> Result<(), Error> {
    let spans: usize = runs.iter().map(|run| run.spans.len()).sum();
    if spans > MOST_SPANS {
        return Err(Error::Undrawable(format!("it has {spans} spans, and this page draws at most {MOST_SPANS}")));
    }
    for (index, run) in runs.iter().enumerate() {
        let mode = shown(&run.mode);
        if run.lanes.len() > MOST_LANES {
            let why = format!("in {mode} it has {} lanes, and this page draws at most {MOST_LANES}", run.lanes.len());
            return Err(Error::Undrawable(why));
        }
        if runs[..index].iter().any(|other| other.mode == run.mode) {
            return Err(Error::Inconsistent(format!("it has two runs of {mode}")));
        }
        if let Some(fault) = fault(run) {
            return Err(Error::Inconsistent(format!("in {mode}, {fault}")));
        }
    }
    Ok(())
}

/// What is wrong with a run, if anything is.
fn fault(run: &Run) -> Option<String> {
    if !run.wall_ms.is_finite() || run.wall_ms < 0.0 {
        return Some("it took negative time".to_owned());
    }
    if run.speedup.is_some_and(|speedup| !speedup.is_finite() || speedup < 0.0) {
        return Some("its speed-up is negative".to_owned());
    }
    let mut lanes: Vec<u32> = run.lanes.iter().map(|lane| lane.id).collect();
    lanes.sort_unstable();
    if let Some(pair) = lanes.windows(2).find(|pair| pair[0] == pair[1]) {
        return Some(format!("two lanes have the number {}", pair[0]));
    }
    // Rounding may make fractional milliseconds differ from the spans' whole microseconds.
    let wall_us = (run.wall_ms * 1000.0).round();
    let place = |lane: u32, from_us: u64, to_us: u64| {
        if from_us > to_us {
            Some("ends before it starts")
        } else if to_us as f64 > wall_us {
            Some("ends after its run")
        } else if lanes.binary_search(&lane).is_err() {
            Some("is on a lane that does not exist")
        } else {
            None
        }
    };
    for span in &run.spans {
        if let Some(fault) = place(span.lane, span.start_us, span.end_us) {
            return Some(format!("a span of task {} {fault}", span.task));
        }
    }
    if !run.subjects.is_empty() && run.spans.iter().any(|span| span.task as usize >= run.subjects.len()) {
        return Some("a span is about nothing that the run has".to_owned());
    }
    for line in &run.output {
        if let Some(fault) = place(line.lane, line.at_us, line.at_us) {
            return Some(format!("a line of output {fault}"));
        }
    }
    // In a row of a timeline, and in a thread of an exported trace, spans must not overlap.
    let task = |span: &Span| if run.subjects.is_empty() { span.task } else { 0 };
    let mut spans: Vec<_> = run.spans.iter().map(|span| (span.lane, task(span), span.start_us, span.end_us)).collect();
    spans.sort_unstable();
    let at_once = |pair: &&[(u32, u32, u64, u64)]| {
        let [(lane, task, _, end_us), (next_lane, next_task, next_start_us, _)] = [pair[0], pair[1]];
        (lane, task) == (next_lane, next_task) && next_start_us < end_us
    };
    spans.windows(2).find(at_once).map(|pair| match run.subjects.is_empty() {
        true => format!("task {} is in two states at once", pair[0].1),
        false => format!("lane {} is in two states at once", pair[0].0),
    })
}

#[cfg(test)]
mod tests;
