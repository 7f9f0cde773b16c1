//! What `race` measures.

use super::{Args, Remedy};
use crate::lab::Measured;
use crate::query::shown;
use serde::{Deserialize, Serialize};

/// How many times each thread adds in slow motion.
pub const SLOW_ADDS: u32 = 12;

/// Everything measured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// The work in an addition in slow motion, in microseconds alone on one core.
    pub slow_us: u32,
    /// The remedies that ran, in their order.
    pub trials: Vec<Trial>,
}

/// What was measured of one remedy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The remedy.
    pub remedy: Remedy,
    /// What the counter showed in slow motion, after [`SLOW_ADDS`] additions by each thread. This remedy's run shows
    /// them.
    pub slow_counted: u32,
    /// The repeats at full speed.
    pub bouts: Vec<Bout>,
}

/// One repeat: all threads start together, and each makes its additions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bout {
    /// What the counter showed at the end.
    pub counted: u32,
    /// From the first thread's start until the sum was known, in microseconds. With processes, from the first request
    /// to the last answer.
    pub took_us: u32,
    /// When each thread or process was at work.
    pub stints: Vec<Stint>,
}

/// When one thread was at work, in microseconds since its bout began.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stint {
    /// Before its first addition.
    pub start_us: u32,
    /// After its last one.
    pub end_us: u32,
}

/// Checks that it can have been measured.
pub(super) fn accept(args: &Args, measured: &Measured<Data>) -> Result<(), String> {
    let trials = &measured.data.trials;
    for (index, trial) in trials.iter().enumerate() {
        let slug = trial.remedy.slug();
        if !args.remedies.contains(&trial.remedy) {
            return Err(format!("it measured {slug}, which was not asked for"));
        }
        if trials[..index].iter().any(|other| other.remedy >= trial.remedy) {
            return Err(format!("it has {slug} twice, or out of order"));
        }
        if trial.bouts.len() != args.repeats as usize {
            return Err(format!("{slug} has {} repeats, and {} were asked for", trial.bouts.len(), args.repeats));
        }
        if !(1..=args.threads * SLOW_ADDS).contains(&trial.slow_counted) {
            return Err(format!("in slow motion, {slug} counted {}", trial.slow_counted));
        }
        if let Some(fault) = trial.bouts.iter().find_map(|bout| fault(args, bout)) {
            return Err(format!("in a repeat of {slug}, {fault}"));
        }
    }
    match measured.runs.iter().find(|run| !trials.iter().any(|trial| trial.remedy.slug() == run.mode)) {
        Some(run) => Err(format!("it has a run of “{}”, which it did not measure", shown(&run.mode))),
        None => Ok(()),
    }
}

/// What is wrong with a bout, if anything is.
fn fault(args: &Args, bout: &Bout) -> Option<String> {
    if !(1..=args.expected()).contains(&bout.counted) {
        // Each store writes one more than a thread has loaded, so no race can count too many.
        return Some(format!("{} of {} were counted", bout.counted, args.expected()));
    }
    if bout.stints.len() != args.threads as usize {
        return Some(format!("{} threads were at work, not {}", bout.stints.len(), args.threads));
    }
    let wrong = bout.stints.iter().any(|stint| stint.start_us > stint.end_us || stint.end_us > bout.took_us);
    wrong.then(|| "a thread ended before it began, or after its repeat".to_owned())
}
