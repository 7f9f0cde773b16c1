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

/// The board is there.
fn board_up() -> Action {
    Action::Engine(FromEngine::Up { host: host(), part: Part::Board })
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
    let (state, effects) = reduce(&page_of_board(), board_up());
    assert_eq!(told(&effects), [("", &*state.values)]);
    let (state, effects) = reduce(&state, pressed(&state.values, "first"));
    assert_eq!((board(&state), effects), ("first", vec![]));
}

#[test]
fn presses_wait_for_the_answers_before_them() {
    let state = reduce(&page_of_board(), board_up()).0;
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
    let state = reduce(&page_of_board(), board_up()).0;
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
    let state = [board_up(), Action::Run, Action::Turn, up(), reported(&ran), up()]
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
    let (state, effects) = reduce(&state, board_up());
    assert_eq!(told(&effects), [("0", &*state.values)]);
}

/// The engines that are asked for.
fn parts(effects: &[Effect]) -> Vec<Part> {
    let part = |effect: &Effect| if let Effect::Replace { part, .. } = effect { Some(*part) } else { None };
    effects.iter().filter_map(part).collect()
}

#[test]
fn a_board_opens_alone_and_the_first_run_brings_the_rest() {
    let page = page_of_board();
    assert_eq!(page.engine, Engine::Loading(Part::Board));
    // Pressed before the board is there, or after.
    for before in [vec![], vec![board_up()]] {
        let state = before.into_iter().fold(page.clone(), |state, action| reduce(&state, action).0);
        let (state, effects) = reduce(&state, Action::Run);
        assert_eq!((parts(&effects), &state.engine), (vec![Part::Whole], &Engine::Loading(Part::Whole)));
        let (state, effects) = reduce(&state, Action::Turn);
        assert_eq!(effects, [], "nothing can run yet");
        let (state, effects) = reduce(&state, up());
        assert!(effects.iter().any(|effect| matches!(effect, Effect::Tell(ToEngine::Run { .. }))), "{effects:?}");
        let state = reduce(&state, reported(&format!("lab={}", lab().slug))).0;
        let (state, effects) = reduce(&reduce(&state, up()).0, Action::Run);
        assert_eq!(parts(&effects), [], "the next run has an engine already");
        assert_eq!(state.engine, Engine::Up(host(), Part::Whole));
    }
}

#[test]
fn a_board_that_runs_by_itself_comes_whole() {
    let state = State::from_query("autorun", Handle::new(lab().sheet()), &[lab().slug], SHARED);
    assert_eq!(state.engine, Engine::Loading(Part::Whole));
}

#[test]
fn after_a_failure_a_press_brings_the_board_back() {
    let state = reduce(&page_of_board(), Action::Lost(Code::Load, "no".into())).0;
    let (state, effects) = reduce(&state, Action::Press("0".into()));
    assert_eq!((parts(&effects), state.engine), (vec![Part::Board], Engine::Loading(Part::Board)));
}
