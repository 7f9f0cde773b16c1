//! What a reader presses on a lab's board, and what comes of it.

use super::*;
use interleave_labs::{Entry, Pressed};

/// A lab with a board.
fn lab() -> &'static Entry {
    LABS.iter().find(|lab| lab.sheet().board).expect("a lab with a board")
}

fn page_of_board() -> State {
    State::from_query("", Handle::new(lab().sheet()), &[lab().slug], SHARED)
}

/// Values that no page begins with: the last control, which is but of view, has this text.
fn values_of(text: &str) -> Values {
    let sheet = lab().sheet();
    let mut values = Values::defaults(&sheet.controls);
    values.set(sheet.controls.last().unwrap(), Value::Text(text.into()));
    values
}

/// The engine's answer: these values, and a figure of this name.
fn pressed(values: &Values, id: &str) -> Action {
    let view = View::Console(interleave_trace::figure::Console::default());
    let figure = Rendered { id: id.into(), title: String::new(), caption: String::new(), view };
    Action::Engine(FromEngine::Pressed(Box::new(Pressed { values: values.clone(), figure })))
}

/// What the engine is told to press, with which values.
fn told(effects: &[Effect]) -> Vec<(&str, &Values)> {
    let press = |effect| match effect {
        &Effect::Tell(ToEngine::Press { ref press, ref values, .. }) => Some((press.as_str(), values)),
        _ => None,
    };
    effects.iter().filter_map(press).collect()
}

fn board(state: &State) -> &str {
    match state.figures.first() {
        Some(Slot::Figure(figure)) => &figure.id,
        _ => "",
    }
}

#[test]
fn the_board_is_asked_for_as_soon_as_there_is_an_engine() {
    let (state, effects) = reduce(&page_of_board(), up());
    assert_eq!(told(&effects), [("", &*state.values)]);
    let (state, effects) = reduce(&state, pressed(&state.values, "first"));
    assert_eq!((board(&state), effects), ("first", vec![]));
}

#[test]
fn presses_wait_for_the_answers_before_them() {
    let state = reduce(&page_of_board(), up()).0;
    let state = reduce(&state, Action::Press("0".into())).0;
    let (state, effects) = reduce(&state, Action::Press("1".into()));
    assert_eq!(effects, [], "the first answer is not here yet");
    let (state, effects) = reduce(&state, pressed(&state.values, "first"));
    assert_eq!(told(&effects), [("0", &*state.values)]);
    let one = values_of("0");
    let (state, effects) = reduce(&state, pressed(&one, "second"));
    assert_eq!((told(&effects), &*state.values), (vec![("1", &one)], &one));
    assert!(effects.contains(&Effect::FollowUrl));
}

#[test]
fn an_answer_to_older_values_is_not_shown() {
    let state = reduce(&page_of_board(), up()).0;
    let state = reduce(&state, pressed(&state.values, "first")).0;
    let state = reduce(&state, Action::Press("0".into())).0;
    let (state, effects) = reduce(&state, Action::Change(Change::Apply(lab().sheet().presets[1].query.clone())));
    assert_eq!(told(&effects), [("", &*state.values)]);
    let changed = state.values.clone();
    let state = reduce(&state, pressed(&values_of("0"), "late")).0;
    assert_eq!((board(&state), &state.values), ("first", &changed));
    let state = reduce(&state, pressed(&changed, "now")).0;
    assert_eq!(board(&state), "now");
}

#[test]
fn a_press_leaves_the_result_true_and_a_run_leaves_no_press() {
    let ran = format!("lab={}", lab().slug);
    let state = [up(), Action::Run, Action::Turn, reported(&ran), up()]
        .into_iter()
        .fold(page_of_board(), |state, action| reduce(&state, action).0);
    let state = reduce(&state, pressed(&state.values, "first")).0;
    let state = reduce(&state, Action::Press("0".into())).0;
    let state = reduce(&state, pressed(&values_of("0"), "second")).0;
    assert!(!state.outdated() && !state.asks_for_guess(), "the run does not depend on what was pressed");
    let state = reduce(&state, Action::Run).0;
    assert_eq!(board(&state), "second", "the board stays");
    assert_eq!(reduce(&state, Action::Press("0".into())).1, []);
}

#[test]
fn a_press_while_the_next_engine_loads_is_done_when_it_is_up() {
    let state = reduce(&page_of_board(), Action::Press("0".into())).0;
    let (state, effects) = reduce(&state, up());
    assert_eq!(told(&effects), [("0", &*state.values)]);
}
