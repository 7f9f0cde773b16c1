//! What is set, and guessed, for which run.

use super::*;

#[test]
fn what_is_set_once_run_is_pressed_is_for_the_next_one() {
    let guess = Guess { answer: Some("pool".into()), number: Some(2.0) };
    let actions = vec![up(), Action::Guess(guess.clone()), Action::Run, set("modes=threads"), set("tasks=9")];
    let (state, rows) = table(TWO, actions);
    assert_eq!((&rows[3..], state.outdated()), (&["starting | followurl"; 2].map(String::from)[..], true));
    let slugs = |state: &State| runs(state).iter().map(|run| run.slug.clone()).collect::<Vec<_>>();
    assert_eq!(slugs(&state), ["sequential", "pool"], "room for what runs");
    let (state, effects) = reduce(&state, Action::Turn);
    let told = ToEngine::Run { lab: LABS[0].slug.into(), values: values(TWO), guess: Some(guess) };
    let [Effect::Emit(Event::Started(started)), tell] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((&**started, tell), (&values(TWO), &Effect::Tell(told)));
    let state = reduce(&state, set("tasks=16")).0;
    assert!(state.outdated() && matches!(state.phase, Phase::Running(_)), "the page says so while it runs");
    let back = reduce(&reduce(&state, set("tasks=1")).0, set("modes=sequential,pool")).0;
    assert!(!back.outdated(), "unless it is taken back");
    let state = reduce(&state, reported(TWO)).0;
    assert_eq!((state.outcome.as_ref().unwrap().values.number("tasks"), state.values.number("tasks")), (1, 16));
    assert!(state.outdated(), "and afterwards");
}

#[test]
fn settings_change_the_url_and_leave_the_last_result() {
    let actions = vec![up(), Action::Run, Action::Turn, reported("modes=pool"), set("modes=sequential")];
    let (state, rows) = table("modes=pool", actions);
    assert_eq!(rows.last().unwrap(), "done | followurl");
    assert!(state.outdated() && state.outcome.is_some());
    assert_eq!(runs(&state)[1].slug, "pool");
}

#[test]
fn a_guess_is_asked_for_once_a_configuration_and_goes_to_the_engine() {
    let guess = Guess { answer: Some("pool".into()), number: Some(2.0) };
    assert!(page(TWO, SHARED).asks_for_guess());
    assert!(!page("autorun", SHARED).asks_for_guess());
    assert!(!page("modes=pool", SHARED).asks_for_guess());
    let (mut state, _) = table(TWO, vec![up(), Action::Guess(guess.clone()), Action::Run]);
    let (next, effects) = reduce(&state, Action::Turn);
    let told = ToEngine::Run { lab: LABS[0].slug.into(), values: values(TWO), guess: Some(guess.clone()) };
    assert!(effects.contains(&Effect::Tell(told)), "{effects:?}");
    state = reduce(&next, reported(TWO)).0;
    assert!(!state.asks_for_guess());
    assert_eq!(state.guess, Guess::default());
    // A guess about what is not ticked any more is none.
    let (state, _) = table("", vec![Action::Guess(guess), set("modes=sequential,threads")]);
    assert_eq!(state.guess, Guess::default());
}

#[test]
fn each_change_is_made_to_what_the_ones_before_left() {
    let tick = |option: &str| Action::Change(Change::Tick("modes".into(), option.into()));
    let changes = vec![set("sleep=70"), tick("threads"), set("cpu=9"), tick("sequential"), tick("no-such-mode")];
    let (state, _) = table(TWO, changes);
    assert_eq!((state.values.number("sleep"), state.values.number("cpu")), (70, 9));
    assert_eq!(state.values.ticks("modes"), ["threads", "pool"], "in the order in which they run");
    let preset = state.sheet.presets.iter().find(|preset| preset.query.contains("cpu=")).unwrap();
    let wanted = state.sheet.applied(&preset.query, &state.values);
    assert_eq!(*reduce(&state, Action::Change(Change::Apply(preset.query.clone()))).0.values, wanted);
    assert_eq!(reduce(&state, Action::Change(Change::Apply("no-such-control=1".into()))).1, []);
}
