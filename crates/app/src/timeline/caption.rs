//! The words around the drawings: the legend, and a description of each run.

use super::run_view::{RunPhase, RunView};
use interleave_trace::State;
use interleave_trace::format::{duration, ratio};
use yew::prelude::*;

/// A run's result, beside its title.
pub(super) fn result(run: &RunView, timer_us: f64) -> String {
    let wall = duration(run.wall_us as f64, timer_us);
    match run.phase {
        RunPhase::Waiting => String::new(),
        RunPhase::Live => wall,
        RunPhase::Stopped if run.wall_us == 0 => "stopped at once".to_owned(),
        RunPhase::Stopped => format!("stopped after {wall}"),
        RunPhase::Done => {
            let mut text = if run.note.is_empty() { wall } else { format!("{} · {wall}", run.note) };
            if let Some(speedup) = run.speedup {
                text += " · ";
                text += &ratio(speedup);
            }
            text
        }
    }
}

/// A run in words, and how to use its timeline by keyboard.
pub(super) fn label(run: &RunView, timer_us: f64) -> String {
    let what = match run.phase {
        RunPhase::Waiting => "not run yet".to_owned(),
        _ => format!("{} lanes, {}", run.lanes.len(), result(run, timer_us)),
    };
    format!("{}: {what}. Arrow keys go from span to span, plus and minus zoom, 0 shows all.", run.title)
}

/// What the colours and patterns mean.
pub(super) fn legend() -> Html {
    let states = State::ALL
        .map(|state| html! { <li><span class={classes!("swatch", state.name())}></span>{ in_words(state) }</li> });
    html! { <ul class="legend" aria-label="Legend">{ for states }</ul> }
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
