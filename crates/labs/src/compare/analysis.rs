//! Where a run's time went, beside what it could have been.
//!
//! The *ideal* is a lower bound that needs no run. No mode is faster than
//! - its longest task;
//! - its computing, divided by the cores it may use. Sleep that comes before all computing delays it and sleep
//!   that comes after all of it follows it ("heads and tails": Carlier, "The one-machine sequencing problem", 1982);
//! - where a sleeping task keeps its worker, all work divided by the workers.
//!
//! The *loss* is what the run took beyond that. First, each task's computing and sleep are replaced by what they were
//! measured to take: what that adds to the ideal was lost to slower computing and longer sleeps. What is then left is put down to
//! what the trace shows; see [`overhead`]. Causes overlap, so the larger ones come first and all together never claim
//! more than was lost.

use super::standing::wall_us;
use super::{Args, Mode};
use crate::plan::{Part, Task};
use crate::result::Run;
use interleave_trace::stats::{TaskTimes, task_times};
use interleave_trace::{Span, State};

/// A cause is worth its name from this part of a loss on.
const WORTH_NAMING: f64 = 0.2;

/// One task, as far as bounds need it, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Shape {
    /// Sleep before any computing.
    head_us: f64,
    /// All sleep.
    sleep_us: f64,
    /// All computing, alone on one core.
    cpu_us: f64,
    /// Sleep after all computing.
    tail_us: f64,
}

impl Shape {
    fn of(task: &Task) -> Shape {
        let mut shape = Shape { sleep_us: task.sleep_us() as f64, cpu_us: task.cpu_us() as f64, ..Shape::default() };
        let mut computed = false;
        for part in &task.parts {
            match *part {
                Part::Sleep { us } if computed => shape.tail_us += us as f64,
                Part::Sleep { us } => shape.head_us += us as f64,
                Part::Cpu { us } => {
                    computed |= us > 0;
                    shape.tail_us = 0.0;
                }
                Part::Panic => {}
            }
        }
        shape
    }

    /// The same task with its computing and its sleep so many times as long.
    fn scaled(self, cpu: f64, sleep: f64) -> Shape {
        Shape {
            head_us: self.head_us * sleep,
            sleep_us: self.sleep_us * sleep,
            cpu_us: self.cpu_us * cpu,
            tail_us: self.tail_us * sleep,
        }
    }
}

/// The shortest time in which `mode` could do what `args` ask for on so many cores, in microseconds.
#[must_use]
pub fn ideal_us(args: &Args, mode: Mode, cores: u32) -> f64 {
    Work::of(args).ideal_us(mode, Resources { cores, workers: args.pool })
}

/// On how much the work can spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resources {
    /// The cores of the machine.
    pub cores: u32,
    /// The workers of the pool.
    pub workers: u32,
}

impl Resources {
    /// How many cores `mode` may use at once, at least one.
    #[must_use]
    pub fn cores_for(self, mode: Mode) -> u32 {
        match mode {
            _ if mode.one_core() => 1,
            Mode::Pool => self.cores.min(self.workers).max(1),
            _ => self.cores.max(1),
        }
    }
}

/// What the tasks ask for.
#[derive(Clone, Debug, PartialEq)]
pub struct Work(Vec<Shape>);

impl Work {
    /// Of the tasks of `args`, jitter included.
    #[must_use]
    pub fn of(args: &Args) -> Work {
        Work(args.task_list().iter().map(Shape::of).collect())
    }

    /// All sleep, in microseconds.
    #[must_use]
    pub fn sleep_us(&self) -> f64 {
        self.0.iter().map(|task| task.sleep_us).sum()
    }

    /// All computing, alone on one core, in microseconds.
    #[must_use]
    pub fn cpu_us(&self) -> f64 {
        self.0.iter().map(|task| task.cpu_us).sum()
    }

    /// All of it, in microseconds.
    #[must_use]
    pub fn all_us(&self) -> f64 {
        self.sleep_us() + self.cpu_us()
    }

    /// The longest task, in microseconds.
    #[must_use]
    pub fn longest_us(&self) -> f64 {
        self.0.iter().map(|task| task.sleep_us + task.cpu_us).fold(0.0, f64::max)
    }

    /// The shortest time in which `mode` could do it, in microseconds.
    #[must_use]
    pub fn ideal_us(&self, mode: Mode, on: Resources) -> f64 {
        if mode == Mode::Sequential {
            return self.all_us();
        }
        let by_cores_us = self.by_cores_us(mode, on);
        if mode == Mode::Pool { by_cores_us.max(self.by_workers_us(on)) } else { by_cores_us }
    }

    /// Whether it is its workers that bound `mode`, more than its cores do.
    #[must_use]
    pub fn bounded_by_workers(&self, mode: Mode, on: Resources) -> bool {
        mode == Mode::Pool && self.by_workers_us(on) > self.by_cores_us(mode, on)
    }

    fn by_workers_us(&self, on: Resources) -> f64 {
        self.all_us() / f64::from(on.workers.max(1))
    }

    fn by_cores_us(&self, mode: Mode, on: Resources) -> f64 {
        self.longest_us().max(self.computing_us(f64::from(on.cores_for(mode))))
    }

    /// The bound by computing: of the tasks that cannot compute before some time, all the computing comes after it.
    fn computing_us(&self, cores: f64) -> f64 {
        let bound_from = |from_us: f64| {
            let (mut cpu_us, mut tail_us) = (0.0, f64::INFINITY);
            for task in self.0.iter().filter(|task| task.cpu_us > 0.0 && task.head_us >= from_us) {
                cpu_us += task.cpu_us;
                tail_us = task.tail_us.min(tail_us);
            }
            from_us + cpu_us / cores + tail_us
        };
        self.0.iter().filter(|task| task.cpu_us > 0.0).map(|task| bound_from(task.head_us)).fold(0.0, f64::max)
    }

    /// The same work, with each task's computing, and its sleep if `sleep` says so, as long as in `times`.
    fn measured(&self, times: &[TaskTimes], sleep: bool) -> Work {
        let by = |measured_us: u64, asked_us: f64| match measured_us {
            // A task that has no such span has not been measured.
            0 => 1.0,
            measured_us if asked_us > 0.0 => measured_us as f64 / asked_us,
            _ => 1.0,
        };
        let mut shapes = self.0.clone();
        for times in times {
            if let Some(shape) = shapes.get_mut(times.task as usize) {
                let sleep = if sleep { by(times.sleep_us, shape.sleep_us) } else { 1.0 };
                *shape = shape.scaled(by(times.run_us, shape.cpu_us), sleep);
            }
        }
        Work(shapes)
    }
}

/// What a run took beyond its ideal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loss {
    /// The run's time less the ideal, in microseconds; 0 if it was no slower.
    pub total_us: f64,
    /// What it was lost to, and how much, in microseconds; the largest first. Together at most the total.
    pub causes: Vec<(&'static str, f64)>,
}

impl Loss {
    /// Of a run of `work` in `mode`.
    #[must_use]
    pub fn of(run: &Run, mode: Mode, work: &Work, on: Resources) -> Loss {
        let ideal_us = work.ideal_us(mode, on);
        let total_us = (wall_us(run) - ideal_us).max(0.0);
        let times = task_times(&run.spans);
        let computed_us = work.measured(&times, false).ideal_us(mode, on);
        let slept_us = work.measured(&times, true).ideal_us(mode, on);
        let mut shown = overhead(run, mode, on.cores_for(mode), work.bounded_by_workers(mode, on));
        shown.push(("slower computing", computed_us - ideal_us));
        shown.push(("sleeps longer than asked for", slept_us - computed_us));
        let (mut causes, mut left_us) = (Vec::new(), total_us);
        while let Some((cause, us)) = shown.iter_mut().rev().max_by(|a, b| a.1.total_cmp(&b.1)) {
            let lost_us = std::mem::take(us).min(left_us);
            if lost_us <= 0.0 || lost_us < total_us * WORTH_NAMING {
                break;
            }
            left_us -= lost_us;
            causes.push((*cause, lost_us));
        }
        Loss { total_us, causes }
    }
}

/// What the trace shows beside sleeping and computing, in microseconds. The lane that ends last says what the run
/// waited for.
fn overhead(run: &Run, mode: Mode, cores: u32, by_workers: bool) -> Vec<(&'static str, f64)> {
    let mut ends: Vec<(u64, u32)> = run.lanes.iter().map(|lane| (0, lane.id)).collect();
    for span in &run.spans {
        if let Some((end_us, _)) = ends.iter_mut().find(|(_, lane)| *lane == span.lane) {
            *end_us = span.end_us.max(*end_us);
        }
    }
    ends.sort_unstable_by(|a, b| b.cmp(a));
    let Some(&(last_end_us, last)) = ends.first() else { return vec![] };
    let on_last: Vec<&Span> = run.spans.iter().filter(|span| span.lane == last).collect();
    let in_state = |state| on_last.iter().filter(|s| s.state == state).map(|s| s.len_us()).sum::<u64>() as f64;
    // The spans are in order of their start.
    let (mut gaps_us, mut busy_until) = (0, 0);
    for span in &on_last {
        gaps_us += span.start_us.saturating_sub(busy_until);
        busy_until = span.end_us.max(busy_until);
    }
    // Lanes that ended before the last so many left none of these idle: others had work for them.
    let places = if by_workers { ends.len() } else { ends.len().min(cores as usize) };
    let early_us: u64 = ends[..places].iter().map(|(end_us, _)| last_end_us - end_us).sum();
    let switch_us = run.switch_us as f64;
    vec![
        (if mode == Mode::Processes { "starting processes" } else { "starting threads" }, in_state(State::Spawn)),
        ("passing messages", in_state(State::Message)),
        ("context switches", switch_us),
        (
            if by_workers { "workers with nothing left to do" } else { "cores with nothing left to do" },
            early_us as f64 / places as f64,
        ),
        ("waiting with nothing to do", gaps_us as f64 + in_state(State::Wait)),
        // Nobody computes during a switch either.
        (ready_but_idle(mode), (starved_us(&run.spans, cores) - switch_us).max(0.0)),
    ]
}

/// Why a task that was ready did not compute though no other did: only the event loop could have been late by itself, between two of
/// its turns; a thread or process that holds what it needs waits for the system.
fn ready_but_idle(mode: Mode) -> &'static str {
    if mode == Mode::EventLoop { "turns that came late" } else { "waiting for a core that was not free" }
}

/// For how long tasks were ready while fewer than `cores` computed, weighted by the part of the cores that was missing.
fn starved_us(spans: &[Span], cores: u32) -> f64 {
    let mut edges: Vec<(u64, i64, i64)> = Vec::new();
    for span in spans {
        match span.state {
            State::Run => edges.extend([(span.start_us, 1, 0), (span.end_us, -1, 0)]),
            State::Ready => edges.extend([(span.start_us, 0, 1), (span.end_us, 0, -1)]),
            _ => {}
        }
    }
    edges.sort_unstable();
    let (mut running, mut ready, mut since_us, mut missing_us) = (0, 0, 0, 0);
    for (at_us, run, wait) in edges {
        let missing = (i64::from(cores) - running).min(ready).max(0);
        missing_us += missing as u64 * (at_us - since_us);
        (running, ready, since_us) = (running + run, ready + wait, at_us);
    }
    missing_us as f64 / f64::from(cores.max(1))
}

/// How long all tasks slept together, and for how long at least one of them did, in microseconds.
pub(super) fn slept_us(spans: &[Span]) -> (f64, f64) {
    // Of the same type as above, so that they are sorted by the same code.
    let mut edges: Vec<(u64, i64, i64)> = Vec::new();
    for span in spans.iter().filter(|span| span.state == State::Sleep) {
        edges.extend([(span.start_us, 1, 0), (span.end_us, -1, 0)]);
    }
    edges.sort_unstable();
    let (mut sleeping, mut since_us, mut all_us, mut any_us) = (0, 0, 0, 0);
    for (at_us, change, _) in edges {
        all_us += sleeping as u64 * (at_us - since_us);
        any_us += if sleeping > 0 { at_us - since_us } else { 0 };
        (sleeping, since_us) = (sleeping + change, at_us);
    }
    (all_us as f64, any_us as f64)
}

#[cfg(test)]
mod tests;
