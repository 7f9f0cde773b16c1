//! What an open row tells of its run: what each state cost, how its tasks fared, its sentences, its table, its code.

use super::caption::in_words;
use super::figure::Figure;
use super::run_view::RunPhase;
use super::{Msg, Timelines, table};
use crate::figures::table_button;
use crate::state::{Action, Outcome};
use interleave_trace::State;
use interleave_trace::format::{duration, fixed};
use interleave_trace::stats::task_times;
use yew::html::Scope;
use yew::prelude::*;

/// What an open row is drawn from.
pub(super) struct View<'a> {
    pub(super) figure: &'a Figure,
    pub(super) outcome: Option<&'a Outcome>,
    pub(super) timer_us: f64,
    /// Whether its table is open.
    pub(super) table: bool,
    pub(super) act: &'a Callback<Action>,
}

impl View<'_> {
    pub(super) fn html(&self, link: &Scope<Timelines>) -> Html {
        let (run, timer_us) = (&self.figure.run, self.timer_us);
        let (done, open) = (run.phase == RunPhase::Done, self.table);
        if !done {
            return html! { <div class="detail"><p>{ "Run it to see what it costs." }</p></div> };
        }
        let slug = run.slug.clone();
        let code = self.act.reform(move |_: MouseEvent| Action::Code(slug.clone()));
        let by_core = self.figure.shape.by_core;
        let switch = run.one_core.then(|| {
            let label = if by_core { "By thread" } else { "By core" };
            html! { <button type="button" class="link" onclick={link.callback(move |_| Msg::ByCore(!by_core))}>{ label }</button> }
        });
        html! {
            <div class="detail">
                { self.costs() }
                { self.tasks() }
                { self.sentences() }
                <p class="actions as-table">
                    { table_button(open, &run.title, link.callback(move |_| Msg::Table(!open))) }
                    { switch }
                    <button type="button" class="link" onclick={code}>{ "As code" }</button>
                </p>
                { open.then(|| table::table(run, timer_us)) }
            </div>
        }
    }

    /// How long all tasks together were in each state.
    fn costs(&self) -> Html {
        let run = &self.figure.run;
        let cost = |state: State| {
            let us: u64 = run.spans.iter().filter(|span| span.state == state).map(interleave_trace::Span::len_us).sum();
            (us > 0).then(|| {
                html! {
                    <li><span class={classes!("swatch", state.name())}></span>
                        <strong>{ duration(us as f64, self.timer_us) }</strong>{ " " }{ in_words(state) }</li>
                }
            })
        };
        html! { <ul class="legend costs" aria-label="All tasks together">{ for State::ALL.into_iter().filter_map(cost) }</ul> }
    }

    /// From the start of the run to the end of each task.
    fn tasks(&self) -> Html {
        let run = &self.figure.run;
        let mut tasks = task_times(&run.spans);
        tasks.sort_unstable_by_key(|task| task.end_us);
        let (Some(median), Some(last)) = (tasks.get(tasks.len() / 2), tasks.last()) else { return html! {} };
        let time = |us: u64| duration(us as f64, self.timer_us);
        let per_second = tasks.len() as f64 * 1e6 / run.wall_us.max(1) as f64;
        let waits = tasks.iter().map(|task| task.end_us - task.run_us - task.sleep_us).max().unwrap_or(0);
        let note = if run.note.is_empty() { String::new() } else { format!(" {}.", run.note) };
        let text = format!(
            "Tasks answered after {} (median), the last after {}; waiting made up at most {} of that. {} tasks a second.{note}",
            time(median.end_us),
            time(last.end_us),
            time(waits),
            fixed(per_second, u32::from(per_second < 100.0))
        );
        html! { <p>{ text }</p> }
    }

    /// What was found of this run.
    fn sentences(&self) -> Html {
        let findings = self.outcome.map_or(&[][..], |outcome| &outcome.report.findings).iter();
        let own = findings.filter(|finding| finding.row.as_ref() == Some(&self.figure.run.slug));
        html! { <>{ for own.map(|finding| html! { <p key={finding.id.clone()}>{ &finding.text }</p> }) }</> }
    }
}
