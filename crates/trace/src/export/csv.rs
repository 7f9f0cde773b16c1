//! A table of spans, for spreadsheets and data frames (RFC 4180, but with a single line feed at the end of lines).

use super::Exported;

/// A header line, then a line for each span: mode, lane, name of the lane, task, state, start and end in microseconds. If runs have
/// subjects, also what the span is about, and the line of the program; such spans are of no task.
#[must_use]
pub fn csv(runs: &[Exported]) -> String {
    let about = runs.iter().any(|run| !run.subjects.is_empty());
    let mut text =
        format!("mode,lane,lane_name,task,state,start_us,end_us{}\n", if about { ",about,line" } else { "" });
    for run in runs {
        for span in run.spans {
            let name = run.lanes.iter().find(|lane| lane.id == span.lane).map_or("", |lane| &lane.name);
            let (mode, lane, name) = (cell(run.slug), span.lane, cell(name));
            let (state, start_us, end_us) = (span.state.name(), span.start_us, span.end_us);
            let (task, about) = match run.subject(span) {
                Some(subject) => (String::new(), format!(",{},{}", cell(&subject.words), subject.line)),
                None => (span.task.to_string(), if about { ",,".to_owned() } else { String::new() }),
            };
            text += &format!("{mode},{lane},{name},{task},{state},{start_us},{end_us}{about}\n");
        }
    }
    text
}

/// A text that may come from an imported file. If it begins like a formula, a spreadsheet would run it as one.
pub(crate) fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
