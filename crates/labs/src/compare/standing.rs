//! How the modes of one result stand to each other. Speed-ups, findings and the score all ask here, so that none contradicts another.

use super::Mode;
use crate::result::{Host, Run};

/// Times nearer to each other than this are about the same: two runs of one mode differ as much.
const ALIKE: f64 = 1.1;

/// The smallest difference in time that a trace shows: the clock's step, but whole microseconds at best.
pub(super) fn step_us(host: &Host) -> f64 {
    host.timer_us.max(1.0)
}

/// How long a run took, in microseconds: whole ones, in which spans count.
pub(super) fn wall_us(run: &Run) -> f64 {
    (run.wall_ms * 1000.0).round()
}

/// Whether a run did the work that most did: more than half of all have its checksum. One that did other work is compared with none.
pub(super) fn counts(run: &Run, runs: &[Run]) -> bool {
    runs.iter().filter(|other| other.checksum == run.checksum).count() * 2 > runs.len()
}

/// Fills in each run's speed-up over the `sequential` one, where the two can be compared.
pub fn with_speedups(runs: &mut [Run]) {
    let counting: Vec<bool> = runs.iter().map(|run| counts(run, runs)).collect();
    let sequential = sequential(runs).map(|run| run.wall_ms);
    for (run, counts) in runs.iter_mut().zip(counting) {
        run.speedup = sequential.filter(|_| counts && run.wall_ms > 0.0).map(|sequential| sequential / run.wall_ms);
    }
}

/// The run that speed-ups are measured against.
pub(super) fn sequential(runs: &[Run]) -> Option<&Run> {
    runs.iter().find(|run| run.mode == Mode::Sequential.slug() && counts(run, runs))
}

/// How one time compares with another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pace {
    /// It is shorter.
    Faster,
    /// It is about the same: within 10 %, or within a step of the clock.
    Alike,
    /// It is longer.
    Slower,
}

impl Pace {
    /// Of what took `us`, beside what took `base_us`.
    pub(super) fn of(us: f64, base_us: f64, step_us: f64) -> Pace {
        match () {
            () if (us - base_us).abs() <= step_us => Pace::Alike,
            () if base_us >= us * ALIKE => Pace::Faster,
            () if us >= base_us * ALIKE => Pace::Slower,
            () => Pace::Alike,
        }
    }
}

/// Which mode was fastest, and which were as fast.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Standing {
    /// The one with the shortest time.
    pub(super) fastest: Mode,
    /// Its time, in microseconds.
    pub(super) fastest_us: f64,
    /// The longest time, in microseconds.
    pub(super) slowest_us: f64,
    /// What the fastest is compared with, and its time in microseconds: `sequential`, where that took longer than about as long; else the
    /// slowest.
    pub(super) beside: (Mode, f64),
    /// Others whose time is about the same as the fastest's.
    pub(super) as_good: Vec<Mode>,
    /// Who they are.
    pub(super) alike: Alike,
}

/// Whose time is about the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alike {
    /// All modes', so that none stands out.
    All,
    /// That of all modes but `sequential`, which took longer.
    AllButSequential,
    /// Some modes', or none's.
    Some,
}

impl Standing {
    /// Of those of `runs` that did the same work; nothing if they are fewer than two.
    pub(super) fn of(runs: &[Run], step_us: f64) -> Option<Standing> {
        let timed = |run: &Run| Some((Mode::from_slug(&run.mode).filter(|_| counts(run, runs))?, wall_us(run)));
        let timed: Vec<(Mode, f64)> = runs.iter().filter_map(timed).collect();
        let (fastest, fastest_us) = *timed.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
        let slowest = *timed.iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let as_good = |&&(mode, us): &&(Mode, f64)| mode != fastest && Pace::of(us, fastest_us, step_us) == Pace::Alike;
        let as_good: Vec<Mode> = timed.iter().filter(as_good).map(|(mode, _)| *mode).collect();
        let slower =
            |(mode, us): &&(Mode, f64)| *mode == Mode::Sequential && Pace::of(*us, fastest_us, step_us) == Pace::Slower;
        let beside = timed.iter().find(slower).copied().unwrap_or(slowest);
        let alike = match timed.len() - as_good.len() {
            1 => Alike::All,
            2 if beside.0 == Mode::Sequential && !as_good.is_empty() => Alike::AllButSequential,
            _ => Alike::Some,
        };
        let slowest_us = slowest.1;
        (timed.len() > 1).then_some(Standing { fastest, fastest_us, slowest_us, beside, as_good, alike })
    }

    /// How many times as long as the fastest took `us` is, at least: less than a step of the clock counts as a step.
    pub(super) fn factor(&self, us: f64, step_us: f64) -> f64 {
        us.max(step_us) / self.fastest_us.max(step_us)
    }
}
