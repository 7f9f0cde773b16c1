//! What is seen of runs, reports and programs.

use super::after_change;
use crate::action::Effect;
use crate::handle::Handle;
use crate::state::{Look, Outcome, Phase, Slot, Source, State, Written};
use crate::timeline::{RunPhase, RunView};
use interleave_labs::message::{FromDesk, Live, ToDesk};
use interleave_labs::sheet::Blank;
use interleave_labs::{Guess, Notice, Report, Values};
use interleave_trace::figure::{Rendered, View};
use std::rc::Rc;

/// Shows a report as if it had just been measured, except that it says where it comes from.
pub(super) fn show(state: &mut State, report: Report<Rendered>, source: Source) -> Vec<Effect> {
    if matches!(state.phase, Phase::Running(_)) {
        return vec![];
    }
    let (values, _) = Values::from_query(&state.sheet.controls, &report.query);
    state.values = Handle::new(values);
    state.guess = Guess::default();
    state.phase = Phase::Done;
    conclude(state, report, source);
    let mut effects = write(state);
    effects.extend(after_change(state));
    effects
}

/// The figures and words of a report.
pub(super) fn conclude(state: &mut State, mut report: Report<Rendered>, source: Source) -> Handle<Outcome> {
    let (values, _) = Values::from_query(&state.sheet.controls, &report.query);
    // There may be much in them: once is enough.
    let figures = std::mem::take(&mut report.figures).into_iter().enumerate();
    let figures = figures.map(|(place, figure)| slot(state, place, figure, &values)).collect();
    state.figures = Handle::new(figures);
    let outcome = Handle::new(Outcome { values: Handle::new(values), report, source });
    state.outcome = Some(outcome.clone());
    outcome
}

/// A figure in its place. Rows of runs that were not measured stay.
fn slot(state: &State, place: usize, figure: Rendered, values: &Values) -> Slot {
    let View::Timeline(timeline) = figure.view else { return Slot::Figure(Handle::new(figure)) };
    let control = match state.sheet.blanks.get(place) {
        Some(Blank::Timeline(control)) => control,
        _ => "",
    };
    let mut slot = state.rows(place, control, values);
    if let Slot::Timeline { title, caption, runs, .. } = &mut slot {
        (*title, *caption) = (figure.title, figure.caption);
        let mut measured = timeline.runs;
        for view in runs.change() {
            match measured.iter().position(|run| run.slug == view.slug) {
                Some(at) => *view = Handle::new(view.measured(measured.swap_remove(at))),
                None => view.change().phase = RunPhase::Off,
            }
        }
    }
    slot
}

/// Gives the desk a file to read.
pub(super) fn open(state: &mut State, name: String, text: Rc<str>) -> Vec<Effect> {
    if matches!(state.phase, Phase::Running(_)) {
        return refuse(state, in_mid_run(&name));
    }
    state.file = Some(name);
    vec![Effect::Ask(ToDesk::Explain { lab: state.sheet.slug.clone(), text: text.as_ref().to_owned() })]
}

pub(super) fn answered(state: &mut State, answer: FromDesk) -> Vec<Effect> {
    match answer {
        FromDesk::Report(report) => match state.file.take() {
            Some(name) if matches!(state.phase, Phase::Running(_)) => refuse(state, in_mid_run(&name)),
            Some(name) => show(state, *report, Source::File(name)),
            None => vec![],
        },
        FromDesk::Refused(why) => match state.file.take() {
            Some(name) => refuse(state, format!("“{name}” was not opened: {why}.")),
            None => vec![],
        },
        FromDesk::Program(program) => {
            state.written = program.map_or(Written::Failed, |program| Written::Done(Handle::new(program)));
            vec![]
        }
        // That goes into a file.
        FromDesk::Saved(_) => vec![],
    }
}

fn in_mid_run(name: &str) -> String {
    format!("“{name}” was not opened: a run goes on.")
}

pub(super) fn refuse(state: &mut State, text: String) -> Vec<Effect> {
    state.notices.change().push(Notice { argument: "file".into(), text });
    vec![]
}

/// The reader looks at a program, or no longer.
pub(super) fn look(state: &mut State, look: Option<Look>) -> Vec<Effect> {
    state.look = look.map(Handle::new);
    state.written = Written::Awaited;
    write(state)
}

/// Has the program written that the reader looks at.
pub(super) fn write(state: &State) -> Vec<Effect> {
    let ask = |look: &Handle<Look>| {
        Effect::Ask(ToDesk::Write {
            lab: state.sheet.slug.clone(),
            values: Values::clone(&state.values),
            program: look.program.clone(),
            language: look.language,
            layouts: look.layouts.to_vec(),
        })
    };
    state.look.iter().map(ask).collect()
}

/// Something of a figure, while the run goes on.
pub(super) fn follow(state: &mut State, live: Live) {
    match live {
        Live::Begun { run, lanes } => {
            if let Some(view) = run_of(state, &|view| view.slug == run) {
                view.begin(lanes);
            }
        }
        Live::Spans { now_us, ended, open } => {
            if let Some(view) = run_of(state, &RunView::is_live) {
                view.record(now_us, ended, open);
            }
        }
        // It may end just as it is stopped: its trace is exact all the same.
        Live::Ended(run) => {
            if let Some(view) = run_of(state, &|view| view.slug == run.slug) {
                *view = view.measured(run);
            }
        }
        Live::Figure(place, figure) => {
            let slot = slot(state, place as usize, *figure, &state.asked.values);
            if let Some(old) = state.figures.change().get_mut(place as usize) {
                *old = slot;
            }
        }
    }
}

/// Nothing more will come for the run that was going on.
pub(super) fn end_live(state: &mut State) {
    if let Some(run) = run_of(state, &RunView::is_live) {
        run.stop();
    }
}

/// The run of the first timeline that is meant, to be changed.
fn run_of<'a>(state: &'a mut State, meant: &dyn Fn(&RunView) -> bool) -> Option<&'a mut RunView> {
    let timeline = state.figures.change().iter_mut().find_map(|slot| match slot {
        Slot::Timeline { runs, .. } => Some(runs),
        _ => None,
    });
    timeline?.change().iter_mut().find(|run| meant(run)).map(Handle::change)
}
