//! Run, Stop, and how far the page is.

use crate::state::{Action, Phase, Step};
use yew::prelude::*;

/// How far the page is.
#[derive(PartialEq, Properties)]
pub struct RunBarProps {
    /// The phase.
    pub phase: Phase,
    /// Takes Run and Stop.
    pub act: Callback<Action>,
    /// Whether the timelines are of other settings than those in force.
    pub outdated: bool,
    /// Whether anything can be measured here.
    pub can_run: bool,
    /// Whether the run waits for another page's to end.
    pub waits_for_turn: bool,
}

/// One button, in one place, that runs and stops.
#[component]
pub fn RunBar(props: &RunBarProps) -> Html {
    let running = matches!(props.phase, Phase::Running(_));
    let stopping = props.phase == Phase::Running(Step::Stopping);
    let press = props.act.reform(move |_: MouseEvent| if running { Action::Stop } else { Action::Run });
    let status = match &props.phase {
        Phase::Booting => "Loading the engine…".to_owned(),
        _ if !props.can_run => "Nothing can be measured in this frame.".to_owned(),
        Phase::Ready => "Ready.".to_owned(),
        Phase::Running(Step::Starting) if props.waits_for_turn => {
            "Waiting: another lab on this site is measuring.".to_owned()
        }
        Phase::Running(Step::Starting) => "Starting…".to_owned(),
        Phase::Running(Step::Preparing) => "Getting ready…".to_owned(),
        Phase::Running(Step::Mode(mode)) => format!("Measuring: {}", mode.name()),
        Phase::Running(Step::Stopping) => "Stopping…".to_owned(),
        Phase::Done if props.outdated => "Settings have changed: these timelines are from before.".to_owned(),
        Phase::Done => "Done.".to_owned(),
        Phase::Failed { .. } => "Failed.".to_owned(),
    };
    let failure = match &props.phase {
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
                    disabled={stopping || !props.can_run} aria-keyshortcuts={if running { "Escape" } else { "Control+Enter" }}>
                    { if running { "Stop" } else { "Run" } }
                </button>
                <p class="status" role="status">{ status }</p>
            </div>
            { failure }
        </>
    }
}
