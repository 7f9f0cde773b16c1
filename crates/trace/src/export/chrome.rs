//! The trace event format of Chrome, which Perfetto opens ("Trace Event Format", Google, 2016).

use super::Exported;
use crate::layout::{Row, rows};
use std::fmt::Write;

/// The runs as one JSON object: a process for each run, a thread for each lane, a complete event (`X`) for each span, named by its state,
/// or by what it is about.
///
/// Complete events of one thread must nest. So a lane with overlapping spans, such as an event loop's, gets a thread
/// for each task.
#[must_use]
pub fn chrome_trace(runs: &[Exported]) -> String {
    let mut events = Vec::new();
    for (run, pid) in runs.iter().zip(1_u32..) {
        events.push(metadata("process_name", pid, 0, &format!("\"name\":{}", quoted(run.title))));
        events.push(metadata("process_sort_index", pid, 0, &format!("\"sort_index\":{pid}")));
        for (row, tid) in rows(run.lanes, run.spans).iter().zip(1_u32..) {
            events.push(metadata("thread_name", pid, tid, &format!("\"name\":{}", quoted(&name(run, row)))));
            events.push(metadata("thread_sort_index", pid, tid, &format!("\"sort_index\":{tid}")));
            events.extend(row.spans.iter().map(|span| {
                let (state, start_us, len_us) = (span.state.name(), span.start_us, span.len_us());
                let (name, args) = match run.subject(span) {
                    Some(subject) => (quoted(&subject.words), format!("\"line\":{}", subject.line)),
                    None => (format!("\"{state}\""), format!("\"task\":{}", span.task)),
                };
                format!(
                    "{{\"name\":{name},\"cat\":\"{state}\",\"ph\":\"X\",\"ts\":{start_us},\"dur\":{len_us},\
                     \"pid\":{pid},\"tid\":{tid},\"args\":{{{args}}}}}"
                )
            }));
        }
    }
    format!("{{\"traceEvents\":[\n{}\n],\"displayTimeUnit\":\"ms\"}}\n", events.join(",\n"))
}

fn metadata(kind: &str, pid: u32, tid: u32, args: &str) -> String {
    format!("{{\"name\":\"{kind}\",\"ph\":\"M\",\"pid\":{pid},\"tid\":{tid},\"args\":{{{args}}}}}")
}

fn name(run: &Exported, row: &Row) -> String {
    let lane = run.lanes.iter().find(|lane| lane.id == row.lane).map_or("", |lane| &lane.name);
    match row.task {
        Some(task) => format!("{lane}, task {task}"),
        None => lane.to_owned(),
    }
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted += "\\\"",
            '\\' => quoted += "\\\\",
            control if control < ' ' => {
                // Writing to a string cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(control));
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}
