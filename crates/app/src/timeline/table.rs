//! A run as a table, for readers who cannot see the drawing.

use super::run_view::RunView;
use interleave_trace::format::duration;
use interleave_trace::stats::task_times;
use yew::prelude::*;

/// Runs with at most this many spans have all of them listed.
const MOST_LISTED: usize = 200;

/// A run's tasks, and its spans if they are not too many.
pub(super) fn table(run: &RunView, timer_us: f64) -> Html {
    let time = |us: u64| duration(us as f64, timer_us);
    let lane_name =
        |id: u32| run.lanes.iter().find(|lane| lane.id == id).map_or("", |lane| lane.name.as_str()).to_owned();
    let tasks = task_times(&run.spans).into_iter().map(|task| {
        html! {
            <tr>
                <th scope="row">{ task.task }</th><td>{ lane_name(task.lane) }</td>
                <td>{ time(task.start_us) }</td><td>{ time(task.end_us) }</td>
                <td>{ time(task.run_us) }</td><td>{ time(task.sleep_us) }</td>
                <td>{ time(task.ready_us) }</td><td>{ time(task.other_us) }</td>
            </tr>
        }
    });
    let spans = (run.spans.len() <= MOST_LISTED).then(|| {
        let rows = run.spans.iter().map(|span| {
            html! {
                <tr>
                    <th scope="row">{ span.task }</th><td>{ lane_name(span.lane) }</td><td>{ span.state.name() }</td>
                    <td>{ time(span.start_us) }</td><td>{ time(span.len_us()) }</td>
                </tr>
            }
        });
        html! {
            <table>
                <caption>{ "Every span" }</caption>
                <thead><tr>{ heads(&["Task", "Lane", "State", "Start", "Length"]) }</tr></thead>
                <tbody>{ for rows }</tbody>
            </table>
        }
    });
    html! {
        <div class="tables" tabindex="0" role="region" aria-label={format!("Tables of {}", run.title)}>
            <table>
                <caption>{ "Every task" }</caption>
                <thead><tr>{ heads(&["Task", "Lane", "Start", "End", "Computing", "Sleeping", "Ready", "Other"]) }</tr></thead>
                <tbody>{ for tasks }</tbody>
            </table>
            { spans }
        </div>
    }
}

fn heads(names: &[&'static str]) -> Html {
    names.iter().map(|name| html! { <th scope="col">{ *name }</th> }).collect()
}
