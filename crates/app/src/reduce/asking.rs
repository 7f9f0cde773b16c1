//! What the engine is asked beside runs: a press on the board, and what is wrong with a text.

use super::after_change;
use crate::action::Effect;
use crate::handle::Handle;
use crate::state::{Engine, Phase, Slot, State};
use interleave_labs::message::{Part, ToEngine};
use interleave_labs::{Mark, Pressed, Values};
use interleave_trace::figure::Rendered;

/// Presses something on the board. While a run goes on, nothing can be pressed.
pub(super) fn press(state: &mut State, press: String) -> Vec<Effect> {
    if !state.takes_presses() {
        return vec![];
    }
    state.presses.push(press);
    match state.engine {
        Engine::Up(..) if state.unanswered == 0 => next_press(state),
        Engine::Absent => {
            state.engine = Engine::Loading(Part::Board);
            vec![Effect::Replace { unclean: false, part: Part::Board }]
        }
        _ => vec![],
    }
}

/// Tells the engine the next press, if there is one.
pub(super) fn next_press(state: &mut State) -> Vec<Effect> {
    if state.presses.is_empty() {
        return vec![];
    }
    state.unanswered += 1;
    let press = state.presses.remove(0);
    vec![Effect::Tell(ToEngine::Press { lab: state.sheet.slug.clone(), values: Values::clone(&state.values), press })]
}

/// Asks for the board as it is with the values in force, if there is one. What was pressed before no longer matters.
pub(super) fn ask_board(state: &mut State) -> Vec<Effect> {
    if !state.takes_presses() || !matches!(state.engine, Engine::Up(..)) {
        return vec![];
    }
    state.presses = vec![String::new()];
    next_press(state)
}

/// What a press led to; late, if the values have been changed since.
pub(super) fn pressed(state: &mut State, pressed: Pressed<Rendered>) -> Vec<Effect> {
    state.unanswered = state.unanswered.saturating_sub(1);
    if state.unanswered > 0 || matches!(state.phase, Phase::Running(_)) {
        return vec![];
    }
    if let Some(first) = state.figures.change().first_mut() {
        *first = Slot::Figure(Handle::new(pressed.figure));
    }
    let mut effects = if *state.values == pressed.values { vec![] } else { after_change(state) };
    state.values = Handle::new(pressed.values);
    effects.extend(next_press(state));
    effects
}

/// Has the engine look for mistakes in what the reader writes; not in mid-run, which that would disturb, and not without one: once it is
/// up, it is asked.
pub(super) fn check(state: &mut State) -> Vec<Effect> {
    let idle = matches!(state.engine, Engine::Up(..)) && !matches!(state.phase, Phase::Running(_));
    if !idle || !state.has_code() {
        return vec![];
    }
    state.unchecked += 1;
    vec![Effect::Tell(ToEngine::Check { lab: state.sheet.slug.clone(), values: Values::clone(&state.values) })]
}

/// What is wrong with the texts. Only the last answer is of those in force.
pub(super) fn checked(state: &mut State, marks: Vec<Mark>) -> Vec<Effect> {
    state.unchecked = state.unchecked.saturating_sub(1);
    if state.unchecked == 0 && *state.marks != marks {
        state.marks = Handle::new(marks);
    }
    vec![]
}
