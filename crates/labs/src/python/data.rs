//! What `python` measures.

use super::Args;
use crate::lab::Measured;
use crate::query::shown;
use crate::result::Run;
use crate::script::Gil;
use interleave_trace::State;
use serde::{Deserialize, Serialize};

/// Everything measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// What belongs to each run, in the order of the runs.
    pub trials: Vec<Trial>,
}

/// What was measured with the lock, or without it. What is not of all repeats is of the last one, as its run is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Whether with the lock.
    pub gil: Gil,
    /// The exit code: 0 if all went well, as Python's.
    pub exit_code: u32,
    /// Who waited for what, a line for each, if the run ended because nothing could happen any more.
    pub deadlock: Vec<String>,
    /// When the last line of the program was done, in microseconds since the run began; nothing if it never was.
    pub last_line_us: Option<u64>,
    /// How many threads there were, with the main one; the run has a lane for each of the first ones.
    pub threads: u32,
    /// How many threads there were at the same time, at most.
    pub most_at_once: u32,
    /// The lanes of daemons.
    pub daemons: Vec<u32>,
    /// The lanes of threads that were ended in the middle of their work.
    pub cut: Vec<u32>,
    /// Which lines of the run's output are of the error stream, by their places.
    pub errors: Vec<u32>,
    /// How many lines were printed and not kept.
    pub lines_lost: u32,
    /// How many spans were not kept.
    pub spans_lost: u32,
    /// How often the lock's holder was asked to let go.
    pub requests: u64,
    /// How often a thread was woken for the lock and found it taken.
    pub found_taken: u64,
    /// How each repeat went.
    pub repeats: Vec<Repeat>,
    /// What all repeats printed to the standard output, in the order in which it came first. Numbers with a decimal point are `…`.
    pub printed: Vec<Printed>,
}

/// One repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// How long it took, in microseconds.
    pub wall_us: u64,
    /// How often the lock was taken from another thread.
    pub hand_overs: u64,
}

/// A line that was printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// Its text.
    pub text: String,
    /// In how many repeats.
    pub repeats: u32,
}

/// A run with what belongs to it.
pub(super) struct Told<'a> {
    pub(super) run: &'a Run,
    pub(super) trial: &'a Trial,
}

impl Told<'_> {
    /// How long it took, in microseconds.
    pub(super) fn wall_us(&self) -> u64 {
        (self.run.wall_ms * 1000.0).round() as u64
    }

    /// How many lines came to the standard output.
    pub(super) fn lines(&self) -> u32 {
        (self.run.output.len() - self.trial.errors.len()) as u32 + self.trial.lines_lost
    }

    /// Whether all that its threads did was kept: otherwise nothing can be said of all of it.
    pub(super) fn is_whole(&self) -> bool {
        self.trial.spans_lost == 0 && self.run.lanes.len() == self.trial.threads as usize
    }

    /// How long all threads together were in a state, in microseconds; nothing where not all was kept.
    pub(super) fn in_state(&self, state: State) -> Option<u64> {
        let spans = self.run.spans.iter().filter(|span| span.state == state);
        self.is_whole().then(|| spans.fold(0, |sum: u64, span| sum.saturating_add(span.len_us())))
    }

    /// A lane's name.
    pub(super) fn name(&self, lane: u32) -> &str {
        self.run.lanes.iter().find(|known| known.id == lane).map_or("", |lane| &lane.name)
    }
}

/// The runs, each with what belongs to it.
pub(super) fn told(measured: &Measured<Data>) -> Vec<Told<'_>> {
    measured.runs.iter().zip(&measured.data.trials).map(|(run, trial)| Told { run, trial }).collect()
}

/// Checks that it can have been measured.
pub(super) fn accept(args: &Args, measured: &Measured<Data>) -> Result<(), String> {
    let (runs, trials) = (&measured.runs, &measured.data.trials);
    if runs.len() != trials.len() {
        return Err(format!("it has {} runs, and tells of {}", runs.len(), trials.len()));
    }
    for (index, (run, trial)) in runs.iter().zip(trials).enumerate() {
        if run.mode != trial.gil.slug() {
            return Err(format!("it tells of {} where it has a run of “{}”", trial.gil.slug(), shown(&run.mode)));
        }
        if !args.gil.contains(&trial.gil) {
            return Err(format!("it ran with {}, which was not asked for", trial.gil.short()));
        }
        if trials[..index].iter().any(|other| other.gil >= trial.gil) {
            return Err(format!("it has {} twice, or out of order", trial.gil.short()));
        }
        if let Some(fault) = fault(args, run, trial) {
            return Err(format!("with {}, {fault}", trial.gil.short()));
        }
    }
    Ok(())
}

/// What is wrong with a trial, if anything is.
fn fault(args: &Args, run: &Run, trial: &Trial) -> Option<String> {
    let count = trial.repeats.len();
    if count != args.times as usize {
        return Some(format!("there were {count} repeats, and {} were asked for", args.times));
    }
    let wall_us = (run.wall_ms * 1000.0).round();
    if trial.last_line_us.is_some_and(|last| last as f64 > wall_us) {
        return Some("the last line was done after the end".to_owned());
    }
    if run.subjects.is_empty() && !run.spans.is_empty() {
        return Some("spans say nothing of what they are about".to_owned());
    }
    let has_lane = |lane: &u32| run.lanes.iter().any(|known| known.id == *lane);
    if !trial.daemons.iter().chain(&trial.cut).all(has_lane) {
        return Some("it tells of a thread that is not there".to_owned());
    }
    let in_order = trial.errors.windows(2).all(|pair| pair[0] < pair[1]);
    if !in_order || trial.errors.last().is_some_and(|last| *last as usize >= run.output.len()) {
        return Some("it tells of a line that is not there".to_owned());
    }
    if (trial.threads as usize) < run.lanes.len() || trial.most_at_once > trial.threads {
        return Some("it had more threads than there were".to_owned());
    }
    if trial.gil == Gil::Off && trial.repeats.iter().any(|repeat| repeat.hand_overs > 0) {
        return Some("the lock changed hands".to_owned());
    }
    if trial.printed.iter().any(|line| !(1..=count as u64).contains(&u64::from(line.repeats))) {
        return Some("a line was printed in more repeats than there were".to_owned());
    }
    None
}
