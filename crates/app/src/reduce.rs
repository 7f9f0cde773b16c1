//! What each action does to the state, and what the page then has to do. Pure.

mod asking;
mod showing;

use crate::action::{Action, Change, Effect, Event};
use crate::handle::Handle;
use crate::state::{Asked, Engine, Phase, Shown, Source, State, Step};
use asking::{ask_board, check, checked, next_press};
use interleave_labs::control::Control;
use interleave_labs::message::{Code, FromEngine, Part, ToEngine};
use interleave_labs::result::Memory;
use interleave_labs::sheet::Answers;
use interleave_labs::{Guess, Report, Sheet, Value, Values};
use interleave_trace::figure::Rendered;
use showing::{answered, conclude, end_live, follow, open, refuse, show, write};

/// The state after `action`, and what is to be done.
#[must_use]
pub fn reduce(state: &State, action: Action) -> (State, Vec<Effect>) {
    let mut state = state.clone();
    let effects = match action {
        Action::ShowMore => {
            state.shown = if state.shown == Shown::Settings { Shown::Figures } else { Shown::All };
            vec![]
        }
        Action::Engine(word) => hear(&mut state, word),
        Action::Desk(answer) => answered(&mut state, answer),
        Action::Lost(..) if state.engine == Engine::Ending => next_engine(&mut state, true),
        Action::Lost(code, message) => fail(&mut state, code, message),
        Action::StopOverdue => stop_overdue(&mut state),
        Action::Leave => leave(&mut state),
        Action::Turn => turn(&mut state),
        Action::Visible(visible) => see(&mut state, visible),
        Action::Recorded(report) => show(&mut state, *report, Source::Recorded),
        Action::Open(name, text) => open(&mut state, name, text),
        Action::Refused(text) => refuse(&mut state, text),
        Action::Change(change) => {
            let values = changed(&state.sheet, &state.values, change);
            set(&mut state, values)
        }
        Action::Fold(folded) => {
            state.folded = folded;
            vec![]
        }
        Action::Light(lights) => {
            state.lit = Handle::new(lights);
            vec![]
        }
        Action::Packed => {
            state.packed += 1;
            vec![Effect::FollowUrlAgain]
        }
        Action::Check => check(&mut state),
        Action::Line(line) => {
            state.line = line;
            vec![]
        }
        Action::Code(slug) => {
            state.code = (slug, state.code.1 + 1);
            vec![]
        }
        Action::Press(press) => asking::press(&mut state, press),
        Action::Run => run(&mut state),
        Action::Stop => stop(&mut state),
        Action::Guess(guess) => {
            state.guess = guess;
            vec![]
        }
        Action::Look(look) => showing::look(&mut state, look),
        Action::Theme(theme) => {
            state.flags.theme = theme;
            vec![Effect::ApplyTheme, Effect::FollowUrl]
        }
        Action::DismissNotices => {
            state.notices = Handle::default();
            vec![]
        }
    };
    (state, effects)
}

fn run(state: &mut State) -> Vec<Effect> {
    if matches!(state.phase, Phase::Running(_)) {
        return vec![];
    }
    if !state.can_run() {
        // The button is off; but a page around this one may ask, and wait for an answer.
        let message = format!("Nothing can be measured here. {}", state.place.why.text());
        return vec![Effect::Emit(Event::Error(Code::Load, message))];
    }
    state.show_room();
    state.outcome = None;
    state.folded = true;
    state.lit = Handle::default();
    state.phase = Phase::Running(Step::Starting);
    let guess = Some(state.guess.clone()).filter(|guess| *guess != Guess::default());
    state.asked = Asked { values: Handle::new(state.runnable()), guess };
    let mut effects = Vec::new();
    if !state.engine.is_for_runs() {
        state.engine = Engine::Loading(Part::Whole);
        effects.push(Effect::Replace { unclean: false, part: Part::Whole });
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
    if let Engine::Up(..) = state.engine { begin(state) } else { vec![] }
}

/// An embed that goes out of sight stops. One that has not been in sight yet may run: its page has asked for that.
fn see(state: &mut State, visible: bool) -> Vec<Effect> {
    let left = std::mem::replace(&mut state.visible, visible) && !visible;
    if left && state.flags.embed { stop(state) } else { vec![] }
}

fn begin(state: &mut State) -> Vec<Effect> {
    state.phase = Phase::Running(Step::Measuring { label: "Getting ready".to_owned(), share: 0.0, left_us: 0 });
    let Asked { values, guess } = state.asked.clone();
    let run = ToEngine::Run { lab: state.sheet.slug.clone(), values: Values::clone(&values), guess };
    vec![Effect::Emit(Event::Started(values)), Effect::Tell(run)]
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
        Phase::Running(Step::Measuring { .. }) => {
            state.phase = Phase::Running(Step::Stopping);
            vec![Effect::Stop]
        }
        _ => vec![],
    }
}

/// A browser that keeps the page keeps its workers, too, and stops their time: a run would be worth nothing, and workers of some pages
/// would be too many for another one. Whoever comes back has an engine again with the next run.
fn leave(state: &mut State) -> Vec<Effect> {
    (state.engine, state.turn) = (Engine::Absent, false);
    let effects = vec![Effect::Discard { unclean: true }, Effect::GiveTurn];
    if matches!(state.phase, Phase::Running(_)) { stopped(state, effects) } else { effects }
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
    let idle = matches!(state.phase, Phase::Ready | Phase::Done) && state.presses.is_empty();
    if idle && state.announced && matches!(state.engine, Engine::Loading(_)) {
        // Nobody waits for it. The next run asks for another, and says why if there is none.
        state.engine = Engine::Absent;
        return vec![Effect::Discard { unclean: false }];
    }
    end_live(state);
    // Where one thread has crashed, the others may compute on.
    let unclean = matches!(state.phase, Phase::Running(Step::Measuring { .. } | Step::Stopping));
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
        state.engine = Engine::Loading(Part::Whole);
        vec![Effect::Replace { unclean, part: Part::Whole }]
    };
    effects.push(Effect::GiveTurn);
    if waits {
        effects.push(Effect::AskTurn);
    }
    effects
}

/// The values after a change; those from before if there is no such control or option, or the value is not valid.
fn changed(sheet: &Sheet, values: &Values, change: Change) -> Values {
    let (name, value) = match change {
        Change::Value(name, value) => (name, value),
        Change::Tick(name, option) => {
            let now = values.ticks(&name);
            // In the order of the options, in which they run.
            let options = sheet.control(&name).map_or(&[][..], Control::options).iter().map(|option| &option.slug);
            let wanted = options.filter(|known| (**known == option) != now.contains(known)).cloned().collect();
            (name, Value::Ticks(wanted))
        }
        Change::Apply(query) => return sheet.applied(&query, values),
    };
    let mut values = values.clone();
    if let Some(control) = sheet.control(&name) {
        values.set(control, value);
    }
    values
}

fn set(state: &mut State, values: Values) -> Vec<Effect> {
    if values == *state.values {
        return vec![];
    }
    let before = std::mem::replace(&mut state.values, Handle::new(values));
    // Where some things cannot run, something that can has to stay ticked.
    if state.place.memory == Memory::Separate && !state.sheet.without_shared_memory(&state.values).1.is_empty() {
        state.values = before;
        return vec![];
    }
    if let Answers::Ticked(control) = &state.sheet.prediction.answers
        && let Some(answer) = &state.guess.answer
        && !state.runnable().ticks(control).contains(answer)
    {
        state.guess = Guess::default();
    }
    // A finished run stays to be looked at until the next one.
    if state.outcome.is_none() && !matches!(state.phase, Phase::Running(_)) {
        state.show_room();
    }
    let mut effects = write(state);
    effects.extend(after_change(state));
    effects.extend(ask_board(state));
    effects
}

/// What follows the values.
fn after_change(state: &State) -> Vec<Effect> {
    if state.has_code() { vec![Effect::FollowUrl, Effect::CheckSoon] } else { vec![Effect::FollowUrl] }
}

fn hear(state: &mut State, word: FromEngine) -> Vec<Effect> {
    if state.engine == Engine::Ending {
        return match word {
            FromEngine::Stopped | FromEngine::Report(_) => next_engine(state, false),
            // Where one thread has crashed, the others may compute on.
            FromEngine::Failed { .. } => next_engine(state, true),
            _ => vec![],
        };
    }
    match (word, &state.phase) {
        (FromEngine::Up { host, part }, _) => up(state, Engine::Up(host, part)),
        // After Stop, only the answer to it matters.
        (FromEngine::Stopped | FromEngine::Report(_), Phase::Running(Step::Stopping)) => {
            let effects = next_engine(state, false);
            stopped(state, effects)
        }
        (FromEngine::Failed { code, message }, _) => fail(state, code, message),
        (FromEngine::Step { label, share, left_us }, Phase::Running(Step::Measuring { .. })) => {
            state.phase = Phase::Running(Step::Measuring { label, share, left_us });
            vec![]
        }
        (FromEngine::Live(live), Phase::Running(_)) => {
            follow(state, live);
            vec![]
        }
        (FromEngine::Pressed(pressed), _) => asking::pressed(state, *pressed),
        (FromEngine::Checked(marks), _) => checked(state, marks),
        (FromEngine::Report(report), Phase::Running(_)) => done(state, *report),
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
    (state.unanswered, state.unchecked) = (0, 0);
    effects.extend(check(state));
    effects.extend(if state.presses.is_empty() { ask_board(state) } else { next_press(state) });
    effects
}

fn done(state: &mut State, report: Report<Rendered>) -> Vec<Effect> {
    state.phase = Phase::Done;
    state.guess = Guess::default();
    let outcome = conclude(state, report, Source::Measured);
    let mut effects = next_engine(state, false);
    effects.push(Effect::Emit(Event::Result(outcome)));
    effects
}

#[cfg(test)]
#[path = "reduce_tests.rs"]
mod tests;
