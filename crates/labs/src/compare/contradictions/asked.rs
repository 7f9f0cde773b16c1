//! What a sceptic knows of the tasks, from a result's arguments alone. By how much jitter changed each is not in them: so all of it is a
//! range.

use super::run::Run;
use super::words::Range;
use serde_json::Value;

/// The tasks that were asked for.
pub(super) struct Asked {
    /// For each, how long it sleeps and computes without jitter, in microseconds.
    tasks: Vec<(f64, f64)>,
    /// By which part they may differ.
    jitter: f64,
}

impl Asked {
    pub(super) fn of(args: &Value) -> Option<Asked> {
        let number = |name: &str| args[name].as_f64();
        let tasks = match args["plan"].as_str() {
            Some(plan) => plan.split('+').flat_map(group).collect(),
            None => vec![(number("sleep")? * 1000.0, number("cpu")? * 1000.0); number("tasks")? as usize],
        };
        Some(Asked { tasks, jitter: number("jitter")? / 100.0 })
    }

    fn range(&self, us: f64) -> Range {
        // A task has at most 16 parts, each of which is a whole number of microseconds.
        Range {
            low: us * (1.0 - self.jitter) - 16.0 * f64::from(u8::from(self.jitter > 0.0)),
            high: us * (1.0 + self.jitter),
        }
    }

    fn sum(&self, part: impl Fn(&(f64, f64)) -> f64) -> Range {
        let ranges = self.tasks.iter().map(|task| self.range(part(task)));
        ranges.fold(Range { low: 0.0, high: 0.0 }, |sum, it| Range { low: sum.low + it.low, high: sum.high + it.high })
    }

    pub(super) fn sleep_us(&self) -> Range {
        self.sum(|task| task.0)
    }

    pub(super) fn cpu_us(&self) -> Range {
        self.sum(|task| task.1)
    }

    pub(super) fn all_us(&self) -> Range {
        self.sum(|task| task.0 + task.1)
    }

    /// The longest task takes at least so long.
    pub(super) fn longest_us(&self) -> f64 {
        self.tasks.iter().map(|task| self.range(task.0 + task.1).low).fold(0.0, f64::max)
    }

    /// The longest task takes at most so long.
    pub(super) fn longest_high_us(&self) -> f64 {
        self.tasks.iter().map(|task| self.range(task.0 + task.1).high).fold(0.0, f64::max)
    }

    /// Whether of some task what it computed and what it was asked to is as `is` says.
    pub(super) fn computed(&self, run: &Run, is: impl Fn(f64, Range) -> bool) -> bool {
        self.tasks.iter().enumerate().any(|(task, asked)| is(run.task_us(task, "run"), self.range(asked.1)))
    }

    /// The same of sleep.
    pub(super) fn slept(&self, run: &Run, is: impl Fn(f64, Range) -> bool) -> bool {
        self.tasks.iter().enumerate().any(|(task, asked)| is(run.task_us(task, "sleep"), self.range(asked.0)))
    }
}

/// Equal tasks of a plan: `c30.s200*4`.
fn group(text: &str) -> Vec<(f64, f64)> {
    let (parts, count) = text.split_once('*').unwrap_or((text, "1"));
    let all = |kind: char| {
        parts.split('.').filter_map(|part| part.strip_prefix(kind)?.parse::<f64>().ok()).sum::<f64>() * 1000.0
    };
    vec![(all('s'), all('c')); count.parse().unwrap_or(1)]
}
