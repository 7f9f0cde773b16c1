//! A page that is left, and kept by the browser for a reader who comes back.

use super::*;

#[test]
fn a_page_that_is_left_has_no_engine_until_its_next_run() {
    let (state, rows) = table(TWO, vec![up(), Action::Leave, Action::Run, Action::Turn, up()]);
    let rows: Vec<_> = rows[1..].iter().map(|row| row.trim_end()).collect();
    let expected = [
        "ready | discard unclean, giveturn",
        "starting | replace, askturn",
        "starting |",
        "getting ready | emit started, tell run",
    ];
    assert_eq!(rows, expected);
    assert!(matches!(state.engine, Engine::Up(..)));
}

#[test]
fn a_run_ends_where_the_page_is_left_and_what_was_measured_stays() {
    let (state, rows) = table(TWO, vec![up(), Action::Run, Action::Turn, Action::Leave]);
    assert_eq!(rows.last().unwrap(), "ready | discard unclean, giveturn, emit error stopped");
    assert!(!state.turn);
    let (state, rows) = table(TWO, vec![up(), Action::Run, Action::Turn, reported(TWO), Action::Leave]);
    assert_eq!(rows.last().unwrap(), "done | discard unclean, giveturn");
    assert!(state.outcome.is_some());
}

#[test]
fn a_page_that_is_left_while_it_loads_can_run_all_the_same() {
    let (_, rows) = table(TWO, vec![Action::Leave, Action::Run, Action::Turn, up()]);
    let expected = ["starting | replace, askturn", "starting | ", "getting ready | emit ready, emit started, tell run"];
    assert_eq!(rows[1..], expected.map(String::from));
}
