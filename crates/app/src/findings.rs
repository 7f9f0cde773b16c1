//! The findings.

use crate::action::Action;
use crate::state::{Source, State};
use interleave_labs::lab::Finding;
use interleave_trace::format::plain;
use yew::prelude::*;

/// How many sentences there are beside the headline, before the rest is folded away.
const FIRST: usize = 3;

/// What the last run shows, beside its headline if that is shown. Sentences that speak of one row stand in it, if the first figure has
/// rows that open.
pub fn findings(state: &State, in_rows: bool, act: &Callback<Action>) -> Html {
    let Some(outcome) = &state.outcome else { return html! { <section class="findings"></section> } };
    let report = &outcome.report;
    let host = &report.host;
    let machine = format!(
        "{} cores, as the browser reports them, and a clock with steps of {} µs",
        host.cores,
        plain(host.timer_us)
    );
    let about = match outcome.source {
        Source::Measured => format!("Measured on {machine}."),
        Source::Recorded | Source::File(_) => format!("Measured elsewhere, on {machine}: {}.", host.agent),
    };
    let (doubts, said) = report.findings.split_at(report.findings.len().min(report.doubts as usize));
    let (main, of_rows): (Vec<&Finding>, Vec<&Finding>) =
        said.iter().skip(usize::from(state.shows_headline())).partition(|finding| finding.row.is_none());
    let (first, rest) = main.split_at(main.len().min(FIRST));
    let other_doubts: Vec<&Finding> = doubts.iter().skip(1).collect();
    let rest: Vec<&&Finding> = other_doubts.iter().chain(rest).chain(of_rows.iter().filter(|_| !in_rows)).collect();
    let more = (!rest.is_empty()).then(|| {
        html! { <details><summary>{ "More of what was measured" }</summary><ul>{ for rest.iter().map(|finding| sentence(finding, act)) }</ul></details> }
    });
    html! {
        <section class="findings" aria-label="What was measured">
            { for doubts.iter().take(1).map(|doubt| html! { <p class="score doubt">{ &doubt.text }</p> }) }
            <ul>{ for first.iter().map(|finding| sentence(finding, act)) }</ul>
            { more }
            <p class="about">{ about }</p>
        </section>
    }
}

/// A sentence. Who looks at it sees what it speaks of lit up.
pub fn sentence(finding: &Finding, act: &Callback<Action>) -> Html {
    if finding.lights.is_empty() {
        return html! { <li key={finding.id.clone()}>{ &finding.text }</li> };
    }
    let lights = finding.lights.clone();
    let light = act.reform(move |()| Action::Light(lights.clone()));
    let no_more = act.reform(|()| Action::Light(vec![]));
    html! {
        <li key={finding.id.clone()} class="lights" tabindex="0" onpointerenter={light.reform(|_| ())} onfocus={light.reform(|_| ())}
            onpointerleave={no_more.reform(|_| ())} onblur={no_more.reform(|_| ())}>{ &finding.text }</li>
    }
}
