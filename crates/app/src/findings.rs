//! The findings.

use crate::state::{Outcome, Source};
use interleave_trace::format::plain;
use yew::prelude::*;

/// The findings of the last run.
pub fn findings(outcome: Option<&Outcome>) -> Html {
    let Some(outcome) = outcome else { return html! {} };
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
    html! {
        <section class="findings" aria-labelledby="findings-title">
            <h2 id="findings-title">{ "What was measured" }</h2>
            <ul>{ for report.findings.iter().map(|finding| html! { <li key={finding.id.clone()}>{ &finding.text }</li> }) }</ul>
            <p class="about">{ about }</p>
        </section>
    }
}
