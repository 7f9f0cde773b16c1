//! Tasks one by one: `s200*5`, `c30.s200*4+c120*2`.
//!
//! ```text
//! plan  = group ('+' group)*          a space counts as a +, which URLs decode to a space
//! group = part ('.' part)* ('*' n)?   n equal tasks
//! part  = 's' ms | 'c' ms | 'panic'   sleep, compute, crash
//! ```
//! A task that does nothing is `s0`.

use crate::Notice;
use crate::query::shown;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A part of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Sleep for this many microseconds.
    Sleep {
        /// Length in microseconds.
        us: u64,
    },
    /// Compute: work that takes this many microseconds alone on one core.
    Cpu {
        /// Length in microseconds, alone on one core.
        us: u64,
    },
    /// Crash: the task panics here. Written `panic` in a plan; it shows what a crash takes down.
    Panic,
}

/// One task: its parts, done in order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The parts, in order.
    pub parts: Vec<Part>,
}

impl Task {
    /// How long it sleeps in total, in microseconds.
    #[must_use]
    pub fn sleep_us(&self) -> u64 {
        self.parts.iter().map(|part| if let Part::Sleep { us } = part { *us } else { 0 }).sum()
    }

    /// How much it computes in total, in microseconds alone on one core.
    #[must_use]
    pub fn cpu_us(&self) -> u64 {
        self.parts.iter().map(|part| if let Part::Cpu { us } = part { *us } else { 0 }).sum()
    }
}

/// A plan, before jitter: 1 to 64 tasks of whole milliseconds, each within the ranges of `sleep` and `cpu`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The tasks, one by one.
    pub tasks: Vec<Task>,
}

/// The most tasks a plan may have.
pub const MOST_TASKS: u32 = 64;
/// The longest a task may sleep, in milliseconds.
pub const MOST_SLEEP_MS: u32 = 2000;
/// The longest a task may compute, in milliseconds.
pub const MOST_CPU_MS: u32 = 500;
/// The most parts a task may have.
const MOST_PARTS: usize = 16;

/// Why a text is not a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// A part is missing in this group, counted from 1.
    Empty(usize),
    /// This is not a part.
    Part(String),
    /// This is not a number of tasks.
    Count(String),
    /// A task of this group, counted from 1, has too many parts.
    TooManyParts(usize),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlanError::Empty(group) => write!(f, "a part is missing in group {group}"),
            PlanError::Part(text) => {
                write!(f, "“{}” is not a part: use s200 (sleep 200 ms), c30 (compute 30 ms) or panic", shown(text))
            }
            PlanError::Count(text) => write!(f, "“{}” is not a number of tasks", shown(text)),
            PlanError::TooManyParts(group) => write!(f, "a task in group {group} has more than {MOST_PARTS} parts"),
        }
    }
}

impl std::error::Error for PlanError {}

impl Plan {
    /// Reads a plan. Numbers out of range are corrected, each with a notice.
    ///
    /// # Errors
    /// Why the text is not a plan.
    pub fn parse(text: &str) -> Result<(Plan, Vec<Notice>), PlanError> {
        let mut notices = Vec::new();
        let mut note = |text: String| {
            if notices.is_empty() {
                notices.push(Notice { argument: "plan".into(), text });
            }
        };
        let mut tasks = Vec::new();
        for (group, number_of_group) in groups(text).zip(1..) {
            let (parts, count) = group.split_once('*').unwrap_or((group, "1"));
            let count = number(count).ok_or_else(|| PlanError::Count(count.to_owned()))?;
            let task = task(parts, number_of_group, &mut note)?;
            let room = MOST_TASKS as usize - tasks.len();
            if count > room as u64 {
                note(format!("The plan has more than {MOST_TASKS} tasks; the first {MOST_TASKS} are used."));
            }
            tasks.extend(std::iter::repeat_n(task, room.min(count as usize)));
        }
        if tasks.is_empty() {
            return Err(PlanError::Count("0".into()));
        }
        Ok((Plan { tasks }, notices))
    }
}

/// The groups of a plan. A `+` at an end, or next to another, makes an empty one.
fn groups(text: &str) -> impl Iterator<Item = &str> {
    text.split('+').flat_map(|groups| {
        let nothing = groups.trim().is_empty().then_some("");
        groups.split_whitespace().chain(nothing)
    })
}

fn task(text: &str, group: usize, note: &mut impl FnMut(String)) -> Result<Task, PlanError> {
    let mut task = Task::default();
    for text in text.split('.') {
        if task.parts.len() == MOST_PARTS {
            return Err(PlanError::TooManyParts(group));
        }
        let mut length = |ms: &str, so_far_us: u64, most_ms: u32, what: &str| {
            let ms = number(ms).ok_or_else(|| PlanError::Part(text.to_owned()))?;
            let room = u64::from(most_ms) - so_far_us / 1000;
            if ms > room {
                note(format!(
                    "In plan, {} makes a task {what} for more than {most_ms} ms; {room} is used.",
                    shown(text)
                ));
            }
            Ok(ms.min(room) * 1000)
        };
        let part = match text.as_bytes().first() {
            None => return Err(PlanError::Empty(group)),
            Some(b's') => Part::Sleep { us: length(&text[1..], task.sleep_us(), MOST_SLEEP_MS, "sleep")? },
            Some(b'c') => Part::Cpu { us: length(&text[1..], task.cpu_us(), MOST_CPU_MS, "compute")? },
            Some(_) if text == "panic" => Part::Panic,
            Some(_) => return Err(PlanError::Part(text.to_owned())),
        };
        task.parts.push(part);
    }
    Ok(task)
}

/// A whole number; if it does not fit, the largest that does.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().unwrap_or(u64::MAX))
}

impl fmt::Display for Plan {
    /// The shortest form: runs of equal tasks are one group. A task without parts reads back as a sleep of 0 ms.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, equal) in self.tasks.chunk_by(|a, b| a == b).enumerate() {
            if index > 0 {
                f.write_str("+")?;
            }
            if equal[0].parts.is_empty() {
                f.write_str("s0")?;
            }
            for (index, part) in equal[0].parts.iter().enumerate() {
                if index > 0 {
                    f.write_str(".")?;
                }
                match part {
                    Part::Sleep { us } => write!(f, "s{}", us / 1000)?,
                    Part::Cpu { us } => write!(f, "c{}", us / 1000)?,
                    Part::Panic => f.write_str("panic")?,
                }
            }
            if equal.len() > 1 {
                write!(f, "*{}", equal.len())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parse(text: &str) -> Plan {
        let (plan, notices) = Plan::parse(text).unwrap();
        assert_eq!(notices, []);
        plan
    }

    #[test]
    fn the_contracts_examples_are_read() {
        assert_eq!(parse("s200*5").tasks, vec![Task { parts: vec![Part::Sleep { us: 200_000 }] }; 5]);
        let plan = parse("c30.s200*4+c120*2");
        assert_eq!(plan.tasks.len(), 6);
        assert_eq!(plan.tasks[3].parts, [Part::Cpu { us: 30_000 }, Part::Sleep { us: 200_000 }]);
        assert_eq!(plan.tasks[5].parts, [Part::Cpu { us: 120_000 }]);
        assert_eq!(parse("c30.s200*4 c120*2"), plan);
        assert_eq!(parse(" c30.s200*4 + c120*2 "), plan);
        assert_eq!(plan.to_string(), "c30.s200*4+c120*2");
    }

    #[test]
    fn what_is_no_plan_says_why() {
        let why = |text| Plan::parse(text).unwrap_err().to_string();
        assert_eq!(why(""), "a part is missing in group 1");
        assert_eq!(why("s200+"), "a part is missing in group 2");
        assert_eq!(why("s200+s1..s2"), "a part is missing in group 2");
        assert!(why("x200").starts_with("“x200” is not a part"));
        assert!(why("s2o0").starts_with("“s2o0” is not a part"));
        assert!(why("s-5").starts_with("“s-5” is not a part"));
        assert_eq!(why("s200*many"), "“many” is not a number of tasks");
        assert_eq!(why("s200*0"), "“0” is not a number of tasks");
        assert_eq!(why(&["s1"; 17].join(".")), "a task in group 1 has more than 16 parts");
    }

    #[test]
    fn what_is_out_of_range_is_corrected_and_said() {
        let (plan, notices) = Plan::parse("s200*1000").unwrap();
        assert_eq!((plan.tasks.len(), notices.len()), (64, 1));
        let (plan, notices) = Plan::parse("s1500.s99999999999999999999").unwrap();
        assert_eq!(plan.tasks[0].sleep_us(), 2_000_000);
        assert!(notices[0].text.ends_with("500 is used."), "{notices:?}");
    }

    #[test]
    fn a_task_that_does_nothing_is_written_so_that_it_reads_back() {
        let text = Plan { tasks: vec![Task::default(), Task::default(), parse("c5").tasks.remove(0)] }.to_string();
        assert_eq!(text, "s0*2+c5");
        assert_eq!(parse(&text).tasks.len(), 3);
        assert_eq!(parse(&text).to_string(), text);
    }

    proptest! {
        #[test]
        fn every_plan_reads_back(tasks in prop::collection::vec(prop::collection::vec(0_u64..120, 1..8), 1..64)) {
            let task = |parts: &Vec<u64>| Task {
                parts: parts.iter().map(|n| match n % 3 {
                    0 => Part::Sleep { us: n * 1000 },
                    1 => Part::Cpu { us: n / 3 * 1000 },
                    _ => Part::Panic,
                }).collect(),
            };
            let plan = Plan { tasks: tasks.iter().map(task).collect() };
            prop_assert_eq!(Plan::parse(&plan.to_string()).unwrap(), (plan, vec![]));
        }

        #[test]
        fn no_text_is_too_strange(text in "[sc0-9.*+ panic]{0,60}|\\PC{0,60}") {
            if let Ok((plan, _)) = Plan::parse(&text) {
                prop_assert!((1..=64).contains(&plan.tasks.len()));
                for task in plan.tasks {
                    prop_assert!(task.sleep_us() <= 2_000_000 && task.cpu_us() <= 500_000);
                }
            }
        }
    }
}
