//! Run, Stop, and how far the page is.

use crate::state::{Action, Phase, Step};
use interleave_trace::format::fixed;
use yew::prelude::*;

/// How far the page is.
pub struct RunBar<'a> {
    /// The phase.
    pub phase: &'a Phase,
    /// Takes Run and Stop.
    pub act: &'a Callback<Action>,
    /// Whether the run that goes on, or else the one that is shown, has other settings than those in force.
    pub outdated: bool,
    /// Whether anything can be measured here.
    pub can_run: bool,
    /// Whether the run waits for another page's to end.
    pub waits_for_turn: bool,
}

/// One button, in one place, that runs and stops.
pub fn run_bar(bar: &RunBar) -> Html {
    let running = matches!(bar.phase, Phase::Running(_));
    let stopping = *bar.phase == Phase::Running(Step::Stopping);
    let press = bar.act.reform(move |_: MouseEvent| if running { Action::Stop } else { Action::Run });
    let status = match bar.phase {
        Phase::Booting => "Loading the engine…".to_owned(),
        _ if !bar.can_run => "Nothing can be measured here.".to_owned(),
        Phase::Ready => "Ready.".to_owned(),
        Phase::Running(Step::Starting) if bar.waits_for_turn => {
            "Waiting: another lab on this site is measuring.".to_owned()
        }
        Phase::Running(Step::Starting) => "Starting…".to_owned(),
        Phase::Running(Step::Measuring { label, share }) => format!("{label}… {} %", fixed(share * 100.0, 0)),
        Phase::Running(Step::Stopping) => "Stopping…".to_owned(),
        Phase::Done if bar.outdated => "Settings have changed: these figures are from before.".to_owned(),
        Phase::Done => "Done.".to_owned(),
        Phase::Failed { .. } => "Failed.".to_owned(),
    };
    let later = (bar.outdated && running).then_some(" Changed settings are for the next run.");
    let failure = match bar.phase {
        Phase::Failed { message, code } => html! {
            <div class="failure" role="alert" data-code={code.name()}>
                <p><strong>{ "That did not work: " }</strong>{ message }</p>
                <p>{ "Press Run to try again." }</p>
            </div>
        },
        _ => html! {},
    };
    html! {
        <>
            <div class="run-bar">
                <button type="button" id="run" class={classes!("primary", running.then_some("stop"))} onclick={press}
                    disabled={stopping || !bar.can_run} aria-keyshortcuts={if running { "Escape" } else { "Control+Enter" }}>
                    { if running { "Stop" } else { "Run" } }
                </button>
                <p class="status" role="status">{ status }{ later }</p>
            </div>
            { failure }
        </>
    }
}
