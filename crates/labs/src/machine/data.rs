//! What `machine` finds and measures.

use super::Args;
use serde::{Deserialize, Serialize};

/// Everything found and measured. Nothing of it if the program cannot be loaded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// What any schedule can lead to.
    pub explored: Option<Explored>,
    /// What real threads came to; nothing if they could not run.
    pub real: Option<Real>,
}

/// What any schedule can lead to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Explored {
    /// How schedules end, by kind, then by what memory holds.
    pub ends: Vec<End>,
    /// What the program asserts and can be violated.
    pub violations: Vec<Violation>,
    /// How many schedules there are, in decimal digits.
    pub schedules: String,
    /// How many states were seen.
    pub states: u32,
    /// How many steps between them.
    pub steps: u32,
    /// Why not everything was seen, if so.
    pub cut: Option<Cut>,
    /// How many rounds in vain the counted schedules have at most, if there is a loop that can go on for ever.
    pub rounds: Option<u32>,
    /// How long it took, in microseconds.
    pub took_us: u64,
}

/// Schedules that end in the same way, with the same values in memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// How they end.
    pub kind: Kind,
    /// What the watched places hold: of the one memory, or of each process's.
    pub memory: Vec<Vec<i32>>,
    /// How many they are, in decimal digits.
    pub schedules: String,
    /// Which part of all schedules they are, from 0 to 1.
    pub share: f64,
    /// Which part of all schedules violate something on the way and end so, from 0 to `share`.
    pub violating: f64,
    /// The shortest of them: a digit for the thread of each step.
    pub shortest: String,
    /// What went wrong in the shortest one, if a thread failed.
    pub fault: Option<String>,
}

/// How schedules end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// All threads have halted.
    Halted,
    /// A thread could not do its next instruction.
    Fault,
    /// Threads run, but no schedule from here ever ends.
    Deadlock,
    /// They were followed no further.
    Bound,
}

/// Something asserted that can be violated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// What is asserted, in words.
    pub asserted: String,
    /// The shortest schedule that violates it.
    pub shortest: String,
}

/// Which limit ended an exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Cut {
    /// That of states.
    States,
    /// That of depth.
    Depth,
    /// That of time.
    Time,
}

/// What real threads came to, each of which carried out the program's instructions on shared memory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Real {
    /// How many runs there were.
    pub runs: u32,
    /// What those runs came to that ended.
    pub seen: Vec<Seen>,
    /// How many were given up, because threads went on and on.
    pub unfinished: u32,
}

/// Runs that came to the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Whether a thread failed.
    pub failed: bool,
    /// What the watched places held.
    pub memory: Vec<i32>,
    /// How many runs.
    pub count: u32,
}

impl Real {
    /// How many runs came to this end.
    pub(super) fn count(&self, end: &End) -> u32 {
        let like = |seen: &&Seen| {
            let kind = if seen.failed { Kind::Fault } else { Kind::Halted };
            end.kind == kind && end.memory.len() == 1 && end.memory[0] == seen.memory
        };
        let ended = self.seen.iter().filter(like).map(|seen| seen.count).sum();
        if end.kind == Kind::Deadlock { self.unfinished } else { ended }
    }
}

impl Explored {
    /// The ends that schedules come to, without those that were followed no further.
    pub(super) fn outcomes(&self) -> impl Iterator<Item = &End> {
        self.ends.iter().filter(|end| end.kind != Kind::Bound)
    }

    /// Whether there may be outcomes that were not found.
    pub(super) fn is_partial(&self) -> bool {
        self.cut.is_some()
    }
}

/// Checks that it can have been found and measured.
pub(super) fn check(args: &Args, data: &Data) -> Result<(), String> {
    let whole = 1.0 + 1e-9;
    if let Some(explored) = &data.explored {
        let share: f64 = explored.ends.iter().map(|end| end.share).sum();
        if !(0.0..=whole).contains(&share) {
            return Err("its outcomes are more than all schedules".to_owned());
        }
        for end in &explored.ends {
            if !(0.0..=end.share * whole).contains(&end.violating) || !(0.0..=whole).contains(&end.share) {
                return Err("an outcome has more schedules than there are".to_owned());
            }
            if !is_digits(&end.schedules) {
                return Err("a number of schedules is no number".to_owned());
            }
        }
        let schedules = explored.ends.iter().map(|end| &end.shortest);
        let all = schedules.chain(explored.violations.iter().map(|violation| &violation.shortest));
        if !is_digits(&explored.schedules)
            || !all.into_iter().all(|schedule| schedule.is_empty() || is_digits(schedule))
        {
            return Err("a schedule has a step that is no thread’s".to_owned());
        }
        if explored.states > args.states.saturating_add(MOST_BEYOND) {
            return Err(format!("it has seen {} states, and {} were asked for", explored.states, args.states));
        }
    }
    if let Some(real) = &data.real {
        let counted = real.seen.iter().try_fold(real.unfinished, |sum, seen| sum.checked_add(seen.count));
        if counted != Some(real.runs) || real.runs > args.times {
            return Err("its real runs do not add up".to_owned());
        }
    }
    Ok(())
}

/// By how much an exploration may go beyond its limit of states: those that the last one leads to.
const MOST_BEYOND: u32 = 16;

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
