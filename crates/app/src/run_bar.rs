//! Run, Stop, and how far the page is.

use crate::action::Action;
use crate::state::{Engine, Phase, State, Step};
use interleave_trace::format::fixed;
use yew::prelude::*;

/// One button, in one place, that runs and stops.
pub fn run_button(phase: &Phase, can_run: bool, act: &Callback<Action>) -> Html {
    let running = matches!(phase, Phase::Running(_));
    let stopping = *phase == Phase::Running(Step::Stopping);
    let press = act.reform(move |_: MouseEvent| if running { Action::Stop } else { Action::Run });
    html! {
        <button type="button" id="run" class={classes!("primary", running.then_some("stop"))} onclick={press}
            disabled={stopping || !can_run} aria-keyshortcuts={if running { "Escape" } else { "Control+Enter" }}>
            // Both have their place, so that neither moves when they change.
            <span>{ "Run" }</span><span>{ "Stop" }</span>
        </button>
    }
}

/// How far the page is: in words, and while a run goes on as a bar.
pub fn status(state: &State) -> Html {
    let running = matches!(state.phase, Phase::Running(_));
    let waits_for_turn = matches!(state.engine, Engine::Up(..)) && !state.turn;
    let progress = state.progress();
    let words = match &state.phase {
        Phase::Booting => "Loading the engine…".to_owned(),
        _ if !state.can_run() => "Nothing can be measured here.".to_owned(),
        Phase::Ready => "Ready.".to_owned(),
        Phase::Running(Step::Starting) if waits_for_turn => {
            "Waiting: another lab on this site is measuring.".to_owned()
        }
        Phase::Running(Step::Starting) => "Starting…".to_owned(),
        Phase::Running(Step::Measuring { label, .. }) => match progress {
            Some((_, left_us @ 1_000_000..)) => format!("{label}… about {} s left", fixed(left_us as f64 / 1e6, 0)),
            Some((_, 1..)) => format!("{label}… less than a second left"),
            _ => format!("{label}…"),
        },
        Phase::Running(Step::Stopping) => "Stopping…".to_owned(),
        Phase::Done if state.outdated() => "Settings have changed: these figures are from before.".to_owned(),
        Phase::Done => format!("Done. {}", state.headline().unwrap_or_default()),
        Phase::Failed { .. } => "Failed.".to_owned(),
    };
    let later = (state.outdated() && running).then_some(" Changed settings are for the next run.");
    // Said to those who cannot see the figures; to others they say it themselves.
    let plain = matches!(state.phase, Phase::Ready | Phase::Booting | Phase::Failed { .. })
        || (state.phase == Phase::Done && !state.outdated());
    let failure = match &state.phase {
        Phase::Failed { message, code } => html! {
            <div class="failure" role="alert" data-code={code.name()}>
                <p><strong>{ "That did not work: " }</strong>{ message }{ " Press Run to try again." }</p>
            </div>
        },
        _ => html! {},
    };
    html! {
        <>
            { running.then(|| html! {
                <progress max="1" value={fixed(progress.map_or(0.0, |(share, _)| share), 3)} aria-label="How far the run is"></progress>
            }) }
            <p class={classes!("status", plain.then_some("visually-hidden"))} role="status">{ words }{ later }</p>
            { failure }
        </>
    }
}
