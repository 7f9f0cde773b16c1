//! What an open row tells of its run: what each state cost, how its tasks fared, its sentences, its table, its code.

use super::caption::in_words;
use super::figure::Figure;
use super::run_view::RunPhase;
use super::{Msg, Timelines, table};
use crate::action::Action;
use crate::figures::table_button;
use crate::link::link;
use crate::state::Outcome;
use interleave_trace::State;
use interleave_trace::format::{duration, fixed};
use interleave_trace::stats::{Responses, costs, responses, tasks_per_s};
use yew::html::Scope;
use yew::prelude::*;

/// What an open row is drawn from.
pub(super) struct View<'a> {
    pub(super) figure: &'a Figure,
    pub(super) outcome: Option<&'a Outcome>,
    pub(super) timer_us: f64,
    /// Whether the desk writes a program that does what it did.
    pub(super) program: bool,
    /// Whether its table is open.
    pub(super) table: bool,
    pub(super) act: &'a Callback<Action>,
}

impl View<'_> {
    pub(super) fn html(&self, scope: &Scope<Timelines>) -> Html {
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
            link(label, None, scope.callback(move |_| Msg::ByCore(!by_core)))
        });
        html! {
            <div class="detail">
                { self.costs() }
                { run.of_tasks.then(|| self.tasks()) }
                { self.sentences() }
                <p class="actions as-table">
                    { table_button(open, &run.title, scope.callback(move |_| Msg::Table(!open))) }
                    { switch }
                    { self.program.then(|| link("As code", None, code)) }
                </p>
                { if open { table::table(run, timer_us) } else { html! {} } }
            </div>
        }
    }

    /// How long all tasks together were in each state.
    fn costs(&self) -> Html {
        let costs = costs(&self.figure.run.spans);
        let cost = |state: State| {
            let us = costs[state as usize];
            (us > 0).then(|| {
                html! {
                    <li><span class={classes!("swatch", state.name())}></span>
                        <strong>{ duration(us as f64, self.timer_us) }</strong>{ " " }{ in_words(state) }</li>
                }
            })
        };
        let whose = if self.figure.run.of_tasks { "All tasks together" } else { "All threads together" };
        html! { <ul class="legend costs" aria-label={whose}>{ for State::ALL.into_iter().filter_map(cost) }</ul> }
    }

    /// How its tasks fared: from the start of the run to the end of each.
    fn tasks(&self) -> Html {
        let run = &self.figure.run;
        let Responses { times_us, median_us, last_us, waited_us } = responses(&run.spans);
        let time = |us: u64| duration(us as f64, self.timer_us);
        let mut text =
            format!("Half of the tasks were done after {}, the last after {}", time(median_us), time(last_us));
        text += &format!("; of that they waited {} (median)", time(waited_us));
        if let Some(rate) = tasks_per_s(times_us.len(), run.wall_us) {
            text += &format!(". {} tasks a second", fixed(rate, u32::from(rate < 100.0)));
        }
        if !run.note.is_empty() {
            text += &format!(". {}", run.note);
        }
        html! { <p>{ text }{ "." }</p> }
    }

    /// What was found of this run.
    fn sentences(&self) -> Html {
        let findings = self.outcome.map_or(&[][..], |outcome| &outcome.report.findings).iter();
        let own = findings.filter(|finding| finding.row.as_ref() == Some(&self.figure.run.slug));
        html! { <>{ for own.map(|finding| html! { <p key={finding.id.clone()}>{ &finding.text }</p> }) }</> }
    }
}
