//! What each action does to the state, and what the page then has to do. Pure.

use crate::state::{Action, Effect, Engine, Event, Outcome, Phase, Shown, Source, State, Step};
use crate::timeline::{RunPhase, RunView};
use interleave_labs::Notice;
use interleave_labs::compare::predict::score;
use interleave_labs::compare::{Args, Mode};
use interleave_labs::message::{Code, FromEngine, ToEngine};
use interleave_labs::result::{ResultFile, Run};
use std::rc::Rc;

/// The state after `action`, and what is to be done.
#[must_use]
pub fn reduce(state: &State, action: Action) -> (State, Vec<Effect>) {
    let mut state = state.clone();
    let effects = match action {
        Action::ShowMore => {
            state.shown = if state.shown == Shown::Settings { Shown::Timelines } else { Shown::All };
            vec![]
        }
        Action::Engine(word) => hear(&mut state, word),
        Action::Lost(..) if state.engine == Engine::Ending => next_engine(&mut state, true),
        Action::Lost(code, message) => fail(&mut state, code, message),
        Action::EngineSilent if state.engine == Engine::Loading => {
            let message = "The engine does not answer.";
            fail(&mut state, Code::Engine, message.into())
        }
        Action::EngineSilent => vec![],
        Action::StopOverdue => stop_overdue(&mut state),
        Action::EngineStuck if state.engine == Engine::Ending => next_engine(&mut state, true),
        Action::EngineStuck => vec![],
        Action::Turn => turn(&mut state),
        Action::Visible(visible) => see(&mut state, visible),
        Action::Show(result, source) => show(&mut state, *result, source),
        Action::Refused(text) => {
            Rc::make_mut(&mut state.notices).push(Notice { argument: "file".into(), text });
            vec![]
        }
        Action::Set(args) => set(&mut state, args),
        Action::Run => run(&mut state),
        Action::Stop => stop(&mut state),
        Action::Guess(guess) => {
            state.guess = guess;
            vec![]
        }
        Action::Theme(theme) => {
            state.flags.theme = theme;
            vec![Effect::ApplyTheme, Effect::FollowUrl]
        }
        Action::DismissNotices => {
            state.notices = Rc::default();
            vec![]
        }
    };
    (state, effects)
}

fn run(state: &mut State) -> Vec<Effect> {
    if matches!(state.phase, Phase::Running(_)) || !state.can_run() {
        return vec![];
    }
    state.show_empty_timelines();
    state.outcome = None;
    state.phase = Phase::Running(Step::Starting);
    let mut effects = Vec::new();
    if state.engine == Engine::Absent {
        state.engine = Engine::Loading;
        effects.push(Effect::Replace { unclean: false });
    }
    // An old run's turn is held until it is over.
    if !state.turn {
        effects.push(Effect::AskTurn);
    }
    effects
}

fn turn(state: &mut State) -> Vec<Effect> {
    if state.phase != Phase::Running(Step::Starting) {
        return vec![Effect::GiveTurn];
    }
    state.turn = true;
    if let Engine::Up(_) = state.engine { begin(state) } else { vec![] }
}

/// An embed that goes out of sight stops. One that has not been in sight yet may run: its page has asked for that.
fn see(state: &mut State, visible: bool) -> Vec<Effect> {
    let left = std::mem::replace(&mut state.visible, visible) && !visible;
    if left && state.flags.embed { stop(state) } else { vec![] }
}

/// Shows a result as if it had just been measured, except that it says where it comes from.
fn show(state: &mut State, result: ResultFile, source: Source) -> Vec<Effect> {
    if matches!(state.phase, Phase::Running(_)) {
        return vec![];
    }
    let args = Rc::new(result.args.clone());
    let views = result.runs.iter().filter_map(|run| RunView::measured(run, &args));
    state.runs = Rc::new(views.map(Rc::new).collect());
    state.args = args.clone();
    state.guess = None;
    state.outcome = Some(Rc::new(Outcome { args, result, score: None, source }));
    state.phase = Phase::Done;
    vec![Effect::FollowUrl]
}

fn begin(state: &mut State) -> Vec<Effect> {
    state.phase = Phase::Running(Step::Preparing);
    let query = state.args.to_query();
    vec![Effect::Emit(Event::Started(state.args.clone())), Effect::Tell(ToEngine::Run { query })]
}

fn stop(state: &mut State) -> Vec<Effect> {
    match state.phase {
        Phase::Running(Step::Starting) => {
            // Unless an old run, which is not over, still has it.
            if state.engine == Engine::Ending {
                return stopped(state, vec![]);
            }
            state.turn = false;
            stopped(state, vec![Effect::GiveTurn])
        }
        Phase::Running(Step::Preparing | Step::Mode(_)) => {
            state.phase = Phase::Running(Step::Stopping);
            vec![Effect::Stop]
        }
        _ => vec![],
    }
}

fn stop_overdue(state: &mut State) -> Vec<Effect> {
    match state.phase {
        Phase::Running(Step::Stopping) => {
            state.engine = Engine::Ending;
            stopped(state, vec![])
        }
        _ => vec![],
    }
}

/// The run has been stopped: what it measured so far stays to be seen.
fn stopped(state: &mut State, mut effects: Vec<Effect>) -> Vec<Effect> {
    end_live(state);
    state.phase = Phase::Ready;
    effects.push(Effect::Emit(Event::Error(Code::Stopped, "The run was stopped.".into())));
    effects
}

/// Loads no other engine by itself: what failed once may fail for ever.
fn fail(state: &mut State, code: Code, message: String) -> Vec<Effect> {
    end_live(state);
    // Where one thread has crashed, the others may compute on.
    let unclean = matches!(state.phase, Phase::Running(Step::Preparing | Step::Mode(_) | Step::Stopping));
    state.engine = Engine::Absent;
    state.turn = false;
    state.phase = Phase::Failed { code, message: message.clone() };
    vec![Effect::Discard { unclean }, Effect::GiveTurn, Effect::Emit(Event::Error(code, message))]
}

/// The engine has run, which it does once. An embed has none again until it runs.
fn next_engine(state: &mut State, unclean: bool) -> Vec<Effect> {
    state.turn = false;
    let waits = state.phase == Phase::Running(Step::Starting);
    let mut effects = if state.flags.embed && !waits {
        state.engine = Engine::Absent;
        vec![Effect::Discard { unclean }]
    } else {
        state.engine = Engine::Loading;
        vec![Effect::Replace { unclean }]
    };
    effects.push(Effect::GiveTurn);
    if waits {
        effects.push(Effect::AskTurn);
    }
    effects
}

fn set(state: &mut State, mut args: Args) -> Vec<Effect> {
    args.modes.sort_unstable();
    if args.modes.iter().all(|mode| !state.available(*mode)) || args == *state.args {
        return vec![];
    }
    state.args = Rc::new(args);
    if state.guess.is_some_and(|guess| !state.modes().contains(&guess.fastest)) {
        state.guess = None;
    }
    // A finished run stays to be looked at until the next one.
    if state.outcome.is_none() && !matches!(state.phase, Phase::Running(_)) {
        state.show_empty_timelines();
    }
    vec![Effect::FollowUrl]
}

fn hear(state: &mut State, word: FromEngine) -> Vec<Effect> {
    if state.engine == Engine::Ending {
        return match word {
            FromEngine::Stopped | FromEngine::Done => next_engine(state, false),
            // Where one thread has crashed, the others may compute on.
            FromEngine::Failed { .. } => next_engine(state, true),
            _ => vec![],
        };
    }
    match (word, &state.phase) {
        (FromEngine::Up { host }, _) => up(state, Engine::Up(host)),
        // After Stop, only the answer to it matters.
        (FromEngine::Stopped | FromEngine::Done, Phase::Running(Step::Stopping)) => {
            let effects = next_engine(state, false);
            stopped(state, effects)
        }
        (FromEngine::Failed { code, message }, _) => fail(state, code, message),
        (FromEngine::Started { mode, lanes }, Phase::Running(Step::Preparing)) => {
            if let Some(mode) = Mode::from_slug(&mode) {
                state.phase = Phase::Running(Step::Mode(mode));
                change_run(state, mode.slug(), |run| {
                    run.lanes = lanes.into();
                    run.phase = RunPhase::Live;
                });
            }
            vec![]
        }
        (FromEngine::Progress { now_us, spans, open }, Phase::Running(Step::Mode(mode))) => {
            change_run(state, mode.slug(), |run| {
                Rc::make_mut(&mut run.spans).extend(spans);
                run.open = open;
                run.wall_us = now_us;
            });
            vec![]
        }
        (FromEngine::Finished { run }, Phase::Running(step)) => {
            // It may end just as it is stopped: its trace is exact all the same, and the stop goes on.
            if *step != Step::Stopping {
                state.phase = Phase::Running(Step::Preparing);
            }
            finished(state, &run);
            vec![]
        }
        (FromEngine::Done, Phase::Running(_)) => done(state),
        // Told late, or not asked for.
        _ => vec![],
    }
}

fn up(state: &mut State, engine: Engine) -> Vec<Effect> {
    state.engine = engine;
    let mut effects = Vec::new();
    if !std::mem::replace(&mut state.announced, true) {
        effects.push(Effect::Emit(Event::Ready));
    }
    match state.phase {
        Phase::Running(Step::Starting) if state.turn => effects.extend(begin(state)),
        Phase::Booting => state.phase = Phase::Ready,
        _ => {}
    }
    effects
}

/// A mode has run: its exact trace takes the place of what was told on the way.
fn finished(state: &mut State, run: &Run) {
    let sequential = state.runs.iter().find(|view| view.mode == Mode::Sequential.slug());
    let sequential_us = sequential.filter(|view| view.phase == RunPhase::Done).map(|view| view.wall_us);
    change_run(state, &run.mode, |view| {
        view.finish(run);
        let sequential_us = if run.mode == Mode::Sequential.slug() { Some(view.wall_us) } else { sequential_us };
        view.speedup = sequential_us.filter(|_| view.wall_us > 0).map(|us| us as f64 / view.wall_us as f64);
    });
}

fn done(state: &mut State) -> Vec<Effect> {
    let Engine::Up(host) = state.engine.clone() else { return vec![] };
    let runs: Vec<Run> = state.runs.iter().map(|view| view.to_run()).collect();
    let mut args = Args::clone(&state.args);
    args.modes = state.modes();
    let score = state.guess.and_then(|guess| score(&guess, &runs));
    let result = ResultFile::new(&args, host, runs);
    let outcome = Rc::new(Outcome { args: state.args.clone(), result, score, source: Source::Measured });
    state.outcome = Some(outcome.clone());
    state.guess = None;
    state.phase = Phase::Done;
    let mut effects = next_engine(state, false);
    effects.push(Effect::Emit(Event::Result(outcome)));
    effects
}

/// Nothing more will come for the run that was going on.
fn end_live(state: &mut State) {
    let live: Vec<_> = state.runs.iter().filter(|run| run.phase == RunPhase::Live).map(|run| run.mode).collect();
    for mode in live {
        change_run(state, mode, |run| {
            let open = std::mem::take(&mut run.open);
            Rc::make_mut(&mut run.spans).extend(open);
            run.phase = RunPhase::Stopped;
        });
    }
}

fn change_run(state: &mut State, mode: &str, change: impl FnOnce(&mut RunView)) {
    if let Some(run) = Rc::make_mut(&mut state.runs).iter_mut().find(|run| run.mode == mode) {
        change(Rc::make_mut(run));
    }
}

#[cfg(test)]
#[path = "reduce_tests.rs"]
mod tests;
