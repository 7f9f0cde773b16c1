//! Where a run's time went, beside what it could have been.
//!
//! The ideal is a lower bound that needs no run: no mode is faster than its longest task, than the computing
//! divided by the cores it may use, or, where a sleeping task keeps its worker, than all work divided by the workers. What a run
//! took beyond that is lost, and is put down to what the trace shows.

use super::{Args, Mode};
use crate::result::Run;
use interleave_trace::{Span, State};

/// What the tasks ask for, in microseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Work {
    /// Number of tasks.
    pub tasks: u32,
    /// All sleep.
    pub sleep_us: f64,
    /// All computing, alone on one core.
    pub cpu_us: f64,
    /// The longest task.
    pub longest_us: f64,
}

impl Work {
    /// Of the tasks of `args`, jitter included.
    #[must_use]
    pub fn of(args: &Args) -> Work {
        let tasks = args.task_list();
        let sum = |part: fn(&crate::plan::Task) -> u64| tasks.iter().map(part).sum::<u64>() as f64;
        let longest = tasks.iter().map(|task| task.sleep_us() + task.cpu_us()).max().unwrap_or(0);
        Work {
            tasks: tasks.len() as u32,
            sleep_us: sum(crate::plan::Task::sleep_us),
            cpu_us: sum(crate::plan::Task::cpu_us),
            longest_us: longest as f64,
        }
    }

    /// Whether sleeping is most of the work.
    #[must_use]
    pub fn mostly_sleep(&self) -> bool {
        self.sleep_us > self.cpu_us
    }

    /// The shortest time in which `mode` could do it, on `cores` cores with `workers` in the pool.
    #[must_use]
    pub fn ideal_us(&self, mode: Mode, cores: u32, workers: u32) -> f64 {
        let (all, cores, workers) = (self.sleep_us + self.cpu_us, f64::from(cores.max(1)), f64::from(workers.max(1)));
        match mode {
            Mode::Sequential => all,
            Mode::EventLoop | Mode::OneCore => self.longest_us.max(self.cpu_us),
            Mode::Threads | Mode::Processes => self.longest_us.max(self.cpu_us / cores),
            Mode::Pool => self.longest_us.max(self.cpu_us / cores.min(workers)).max(all / workers),
        }
    }
}

/// What a run took beyond its ideal, and what that is put down to, in microseconds. The parts need not add
/// up: some overlap, and what nothing shows stays unexplained.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Loss {
    /// The run's time less the ideal; 0 if it was no slower.
    pub total_us: f64,
    /// Until the lane that ended last had been created.
    pub spawn_us: f64,
    /// Messages on the lane that ended last.
    pub message_us: f64,
    /// Context switches that the trace timed.
    pub switch_us: f64,
    /// The mean over lanes of how long each had nothing left to do before the run ended.
    pub imbalance_us: f64,
    /// Gaps on the lane that ended last.
    pub idle_us: f64,
}

impl Loss {
    /// Of a run whose ideal is `ideal_us`.
    #[must_use]
    pub fn of(run: &Run, ideal_us: f64) -> Loss {
        let wall_us = run.wall_ms * 1000.0;
        let mut ends: Vec<(u32, u64)> = run.lanes.iter().map(|lane| (lane.id, 0)).collect();
        for span in &run.spans {
            if let Some((_, end)) = ends.iter_mut().find(|(lane, _)| *lane == span.lane) {
                *end = span.end_us.max(*end);
            }
        }
        let Some(&(last, last_end_us)) = ends.iter().max_by_key(|(_, end)| *end) else { return Loss::default() };
        let on_last: Vec<&Span> = run.spans.iter().filter(|span| span.lane == last).collect();
        let in_state = |state| on_last.iter().filter(|s| s.state == state).map(|s| s.len_us()).sum::<u64>() as f64;
        // The spans are in order of their start.
        let (mut idle_us, mut busy_until) = (0, 0);
        for span in &on_last {
            idle_us += span.start_us.saturating_sub(busy_until);
            busy_until = span.end_us.max(busy_until);
        }
        let early: u64 = ends.iter().map(|(_, end)| last_end_us - end).sum();
        Loss {
            total_us: (wall_us - ideal_us).max(0.0),
            spawn_us: in_state(State::Spawn),
            message_us: in_state(State::Message),
            switch_us: run.switch_us as f64,
            imbalance_us: early as f64 / ends.len() as f64,
            idle_us: idle_us as f64,
        }
    }

    /// The largest cause and its size, if it is a noticeable part of the loss.
    #[must_use]
    pub fn main_cause(&self) -> Option<(&'static str, f64)> {
        let causes = [
            ("starting threads or processes", self.spawn_us),
            ("passing messages", self.message_us),
            ("context switches", self.switch_us),
            ("lanes that had nothing left to do", self.imbalance_us),
            ("waiting with nothing to do", self.idle_us),
        ];
        let largest = causes.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        (largest.1 >= self.total_us * 0.2 && largest.1 > 0.0).then_some(largest)
    }
}

/// Fills in each run's speed-up over the `sequential` one, if there is one.
pub fn with_speedups(runs: &mut [Run]) {
    let sequential = runs.iter().find(|run| run.mode == Mode::Sequential.slug()).map(|run| run.wall_ms);
    for run in runs {
        run.speedup = sequential.filter(|_| run.wall_ms > 0.0).map(|sequential| sequential / run.wall_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_trace::{Lane, LaneKind};

    fn work(query: &str) -> Work {
        Work::of(&Args::from_query(query).0)
    }

    #[test]
    fn the_ideal_of_sleeping_is_the_longest_task_unless_workers_are_few() {
        let work = work("tasks=8&sleep=200&cpu=0");
        let ideal = |mode, workers| work.ideal_us(mode, 2, workers);
        assert_eq!(ideal(Mode::Sequential, 8), 1_600_000.0);
        assert_eq!(ideal(Mode::EventLoop, 8), 200_000.0);
        assert_eq!(ideal(Mode::Pool, 8), 200_000.0);
        assert_eq!(ideal(Mode::Pool, 2), 800_000.0);
    }

    #[test]
    fn the_ideal_of_computing_is_bounded_by_cores() {
        let work = work("tasks=8&sleep=0&cpu=100");
        assert_eq!(work.ideal_us(Mode::OneCore, 2, 8), 800_000.0);
        assert_eq!(work.ideal_us(Mode::Threads, 2, 8), 400_000.0);
        assert_eq!(work.ideal_us(Mode::Pool, 4, 2), 400_000.0);
        assert_eq!(work.ideal_us(Mode::Pool, 16, 16), 100_000.0);
    }

    #[test]
    fn a_loss_is_put_down_to_what_the_trace_shows() {
        let lane = |id| Lane { id, name: format!("thread {id}"), kind: LaneKind::Thread };
        let span = |lane, state, start_us, end_us| Span { lane, task: lane, state, start_us, end_us };
        let run = Run {
            mode: "threads".into(),
            wall_ms: 0.3,
            speedup: None,
            checksum: String::new(),
            context_switches: 0,
            switch_us: 0,
            lanes: vec![lane(0), lane(1)],
            spans: vec![
                span(0, State::Spawn, 0, 20),
                span(0, State::Sleep, 20, 220),
                span(1, State::Spawn, 0, 90),
                span(1, State::Sleep, 100, 300),
            ],
            output: vec![],
        };
        let loss = Loss::of(&run, 200.0);
        assert_eq!((loss.total_us, loss.spawn_us, loss.idle_us, loss.imbalance_us), (100.0, 90.0, 10.0, 40.0));
        assert_eq!(loss.main_cause(), Some(("starting threads or processes", 90.0)));
    }

    #[test]
    fn nothing_is_divided_by_zero() {
        let work = work("tasks=1&sleep=0&cpu=0");
        assert_eq!(work.ideal_us(Mode::Pool, 0, 0), 0.0);
    }
}
