//! A run as tables, for readers who cannot see the drawing.

use super::run_view::RunView;
use crate::figures::table::grid;
use interleave_trace::figure::{WrittenCell, WrittenRow, WrittenTable};
use interleave_trace::format::duration;
use interleave_trace::stats::task_times;
use yew::prelude::*;

/// Runs with at most this many spans have all of them listed.
const MOST_LISTED: usize = 200;

/// A run's tasks, and its spans if they are not too many.
pub(super) fn table(run: &RunView, timer_us: f64) -> Html {
    let time = |us: u64| duration(us as f64, timer_us);
    let lane_name =
        |id: u32| run.lanes.iter().find(|lane| lane.id == id).map_or(String::new(), |lane| lane.name.clone());
    let of_tasks = run.of_tasks;
    let tasks = of_tasks.then(|| {
        let rows = task_times(&run.spans).into_iter().map(|task| {
            let times = [task.start_us, task.end_us, task.run_us, task.sleep_us, task.ready_us, task.other_us];
            (task.task.to_string(), [lane_name(task.lane)].into_iter().chain(times.map(time)).collect())
        });
        let heads = ["Task", "Lane", "Start", "End", "Computing", "Sleeping", "Ready", "Other"];
        grid(Some("Every task"), &written(&heads, rows.collect()), None)
    });
    let spans = (run.spans.len() <= MOST_LISTED).then(|| {
        let rows = run.spans.iter().map(|span| {
            let (lane, state) = (lane_name(span.lane), span.state.name().to_owned());
            let times = [time(span.start_us), time(span.len_us())];
            match run.subject(span.task) {
                Some(about) => {
                    let line =
                        Some(about.line).filter(|line| *line > 0).map_or_else(String::new, |line| line.to_string());
                    (lane, [about.words.clone(), line, state].into_iter().chain(times).collect())
                }
                None => (span.task.to_string(), [lane, state].into_iter().chain(times).collect()),
            }
        });
        let heads: &[&str] = match of_tasks {
            true => &["Task", "Lane", "State", "Start", "Length"],
            false => &["Thread", "What it does", "Line", "State", "Start", "Length"],
        };
        grid(Some("Every span"), &written(heads, rows.collect()), None)
    });
    html! {
        <div class="tables" tabindex="0" role="region" aria-label={format!("Tables of {}", run.title)}>
            { tasks }{ spans }
        </div>
    }
}

/// A row for each name, with the texts of its cells.
fn written(heads: &[&str], rows: Vec<(String, Vec<String>)>) -> WrittenTable {
    let row = |(index, (name, cells)): (usize, (String, Vec<String>))| WrittenRow {
        id: index.to_string(),
        name,
        help: String::new(),
        cells: cells.into_iter().map(WrittenCell::Text).collect(),
    };
    WrittenTable {
        heads: heads.iter().map(|&head| head.to_owned()).collect(),
        rows: rows.into_iter().enumerate().map(row).collect(),
    }
}
