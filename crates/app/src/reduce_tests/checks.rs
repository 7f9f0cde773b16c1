//! What the reader writes is checked by the engine while it is idle.

use super::*;
use interleave_labs::{Control, Entry, Mark};

/// A lab in which the reader writes code, and the name of that control.
fn lab() -> (&'static Entry, String) {
    let code = |lab: &'static Entry| Some((lab, lab.sheet().controls.into_iter().find(Control::is_code)?.name));
    LABS.iter().find_map(code).expect("a lab with code")
}

fn page_of_code() -> State {
    State::from_query("", Handle::new(lab().0.sheet()), &[lab().0.slug], SHARED)
}

fn typed(text: &str) -> Action {
    Action::Change(Change::Value(lab().1, Value::Text(text.into())))
}

fn checked(line: u32) -> Action {
    let mark = Mark { control: lab().1, line, column: 1, text: "no".into() };
    Action::Engine(FromEngine::Checked(vec![mark]))
}

/// The texts that the engine is told to check.
fn told(effects: &[Effect]) -> Vec<&str> {
    let check = |effect| match effect {
        &Effect::Tell(ToEngine::Check { ref values, .. }) => Some(values.text(&lab().1)),
        _ => None,
    };
    effects.iter().filter_map(check).collect()
}

fn lines(state: &State) -> Vec<u32> {
    state.marks.iter().map(|mark| mark.line).collect()
}

#[test]
fn what_is_typed_is_checked_a_moment_later() {
    let state = reduce(&page_of_code(), up()).0;
    let (state, effects) = reduce(&state, typed("a"));
    assert!(effects.contains(&Effect::CheckSoon) && told(&effects).is_empty(), "{effects:?}");
    let (state, effects) = reduce(&reduce(&state, checked(7)).0, Action::Check);
    assert_eq!((lines(&state), told(&effects)), (vec![7], vec!["a"]));
    assert_eq!(lines(&reduce(&state, Action::Engine(FromEngine::Checked(vec![]))).0), [0; 0]);
}

#[test]
fn only_the_last_answer_counts() {
    let state = [up(), checked(1), typed("a"), Action::Check, typed("b"), Action::Check, checked(2)]
        .into_iter()
        .fold(page_of_code(), |state, action| reduce(&state, action).0);
    assert_eq!(lines(&state), [1], "the answer to a");
    assert_eq!(lines(&reduce(&state, checked(3)).0), [3]);
}

#[test]
fn a_run_is_not_disturbed_and_the_next_engine_checks_what_was_typed_meanwhile() {
    let running = [up(), Action::Run, Action::Turn, typed("a")]
        .into_iter()
        .fold(page_of_code(), |state, action| reduce(&state, action).0);
    let (state, effects) = reduce(&running, Action::Check);
    assert_eq!(told(&effects), [""; 0]);
    let state = reduce(&state, reported(&format!("lab={}", lab().0.slug))).0;
    let (_, effects) = reduce(&state, up());
    assert_eq!(told(&effects), ["a"]);
}

#[test]
fn a_lab_without_code_is_never_checked() {
    let (state, effects) = reduce(&page("", SHARED), up());
    assert!(told(&effects).is_empty());
    let (state, effects) = reduce(&state, set("tasks=3"));
    assert!(!effects.contains(&Effect::CheckSoon));
    assert_eq!(reduce(&state, Action::Check).1, []);
}

#[test]
fn lines_are_tied_to_spans_only_while_they_are_those_that_ran() {
    let look = Action::Line(Some(Line::Span(3)));
    let state = [up(), typed("a"), Action::Run, Action::Turn, look]
        .into_iter()
        .fold(page_of_code(), |state, action| reduce(&state, action).0);
    assert_eq!(state.line_of_run(), Some(Line::Span(3)));
    let state = reduce(&state, typed("ab")).0;
    assert_eq!(state.line_of_run(), None);
    assert_eq!(reduce(&state, typed("a")).0.line_of_run(), Some(Line::Span(3)));
}
