//! The words around the drawings: the legend, and a description of each run.

use super::run_view::{RunPhase, RunView};
use interleave_trace::State;
use interleave_trace::format::{duration, ratio};
use yew::prelude::*;

/// How long a run took.
pub(super) fn result(run: &RunView, timer_us: f64) -> String {
    let wall = duration(run.wall_us as f64, timer_us);
    match run.phase {
        RunPhase::Off | RunPhase::Waiting => String::new(),
        RunPhase::Live | RunPhase::Done => wall,
        RunPhase::Stopped if run.wall_us == 0 => "stopped at once".to_owned(),
        RunPhase::Stopped => format!("stopped after {wall}"),
    }
}

/// How a run compares with the one that all are compared with: a ratio, and what it is of, which a narrow page leaves out.
pub(super) fn beside(run: &RunView) -> (String, &'static str) {
    match run.speedup {
        // Only the one that all are compared with is exactly as fast.
        Some(1.0) => (String::new(), "the measure"),
        Some(speedup) => (ratio(speedup), " as fast"),
        None => (String::new(), ""),
    }
}

/// A run in words, and how to use its timeline by keyboard.
pub(super) fn label(run: &RunView, timer_us: f64) -> String {
    let what = match run.phase {
        RunPhase::Off | RunPhase::Waiting => "not run yet".to_owned(),
        _ => {
            let (ratio, of) = beside(run);
            format!("{} lanes, {} {ratio}{of}", run.lanes.len(), result(run, timer_us))
        }
    };
    format!("{}: {what}. Arrow keys go from span to span, plus and minus zoom, 0 shows all, Enter opens.", run.title)
}

/// What the colours mean.
pub(super) fn legend() -> Html {
    let states = State::ALL
        .map(|state| html! { <li><span class={classes!("swatch", state.name())}></span>{ in_short(state) }</li> });
    html! {
        <ul class="legend" aria-label="Legend">
            { for states }
            <li><span class="swatch bound"></span>{ "at best" }</li>
        </ul>
    }
}

/// What a task in this state does, in a word.
fn in_short(state: State) -> &'static str {
    match state {
        State::Ready => "ready",
        State::Message => "message",
        _ => in_words(state),
    }
}

/// What a task in this state does.
pub(super) fn in_words(state: State) -> &'static str {
    match state {
        State::Run => "computing",
        State::Sleep => "sleeping",
        State::Ready => "ready, waiting for its turn",
        State::Wait => "waiting",
        State::Spawn => "starting",
        State::Message => "passing a message",
    }
}
