//! What `order` measures.

use super::{Args, Drawn};
use crate::lab::Measured;
use crate::query::shown;
use serde::{Deserialize, Serialize};

/// So many threads of a run are put in order, those that were started first.
pub const MOST_ORDERED: usize = 100;
/// More of a thread's name is not kept, in characters.
pub const LONGEST_NAME: usize = 60;

/// Everything measured besides the runs with a timeline.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Data {
    /// How each run went, in the order in which they ran.
    pub repeats: Vec<Repeat>,
    /// The threads' names in the order of their starts; a list for each time that they were others.
    pub names: Vec<Vec<String>>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// How long it took, in microseconds.
    pub wall_us: u64,
    /// How many threads it started.
    pub started: u32,
    /// Which of [`Data::names`] their names are.
    pub names: u32,
    /// The threads that ended by themselves, in the order in which they did: counted from 0 in the order of their starts.
    pub ended: Vec<u32>,
    /// How long after the first of them the last one ended, in microseconds; nothing where that was not kept.
    pub apart_us: Option<u64>,
    /// The exit code: 0 if all went well, as Python's.
    pub exit_code: u32,
    /// Whether it ended because nothing could happen any more.
    pub deadlock: bool,
}

impl Data {
    /// Adds a run, whose threads were called so in the order of their starts.
    pub fn add(&mut self, names: Vec<String>, repeat: Repeat) {
        let known = self.names.iter().position(|known| *known == names).unwrap_or(self.names.len());
        if known == self.names.len() {
            self.names.push(names);
        }
        self.repeats.push(Repeat { names: known as u32, ..repeat });
    }

    /// The names of a run's threads.
    pub(super) fn names_of(&self, repeat: &Repeat) -> &[String] {
        self.names.get(repeat.names as usize).map_or(&[], Vec::as_slice)
    }
}

/// Checks that it can have been measured.
pub(super) fn accept(args: &Args, measured: &Measured<Data>) -> Result<(), String> {
    let Data { repeats, names } = &measured.data;
    if repeats.len() != args.times as usize {
        return Err(format!("it has {} runs, and {} were asked for", repeats.len(), args.times));
    }
    if names.len() > repeats.len() || names.iter().any(|names| names.len() > MOST_ORDERED) {
        return Err("it has more names than there were threads".to_owned());
    }
    for (place, repeat) in (1..).zip(repeats) {
        if let Some(fault) = fault(&measured.data, repeat) {
            return Err(format!("in run {place}, {fault}"));
        }
    }
    for (index, run) in measured.runs.iter().enumerate() {
        let Some(drawn) = Drawn::from_slug(&run.mode).filter(|drawn| args.drawn.contains(drawn)) else {
            return Err(format!("it has a run “{}”, which was not asked for", shown(&run.mode)));
        };
        if measured.runs[..index].iter().any(|other| Drawn::from_slug(&other.mode) >= Some(drawn)) {
            return Err(format!("it has the run “{}” out of order", drawn.slug()));
        }
        let wall_us = repeats[args.place(drawn) as usize].wall_us;
        if (run.wall_ms * 1000.0).round() != wall_us as f64 {
            return Err(format!("the run “{}” took another time than it says", drawn.slug()));
        }
        if run.subjects.is_empty() && !run.spans.is_empty() {
            return Err("spans say nothing of what they are about".to_owned());
        }
    }
    Ok(())
}

/// What is wrong with a run, if anything is.
fn fault(data: &Data, repeat: &Repeat) -> Option<&'static str> {
    let Some(names) = data.names.get(repeat.names as usize) else { return Some("threads have no names") };
    if names.len() != (repeat.started as usize).min(MOST_ORDERED) {
        return Some("there are not as many names as threads");
    }
    let mut seen = vec![false; names.len()];
    for ended in &repeat.ended {
        match seen.get_mut(*ended as usize) {
            None => return Some("a thread ended that was not started"),
            Some(true) => return Some("a thread ended twice"),
            Some(seen) => *seen = true,
        }
    }
    match repeat.apart_us {
        Some(apart_us) if repeat.ended.len() < 2 && apart_us > 0 => Some("one thread ended at two times"),
        Some(apart_us) if apart_us > repeat.wall_us => Some("its threads ended further apart than it took"),
        _ => None,
    }
}
