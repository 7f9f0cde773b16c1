//! The repeats of one remedy, summed up.

use super::data::{Bout, Stint, Trial};
use super::{Args, Remedy};
use crate::result::Host;
use interleave_trace::Summary;

/// A repeat shorter than this many clock steps is too short to be timed.
const STEPS: f64 = 20.0;

/// The repeats of one remedy, summed up.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    /// The remedy.
    pub remedy: Remedy,
    /// How many additions all repeats made.
    pub expected: u64,
    /// How many of them got lost.
    pub lost: u64,
    /// For each repeat, the share of its additions that got lost.
    pub shares: Vec<f64>,
    /// The time of a repeat divided by all its additions, in nanoseconds. `None` if repeats are too short for the
    /// clock.
    pub ns: Option<Summary>,
    /// The median share of a repeat during which at least two threads were at work. `None` if repeats are too short for
    /// the clock.
    pub at_once: Option<f64>,
}

impl Account {
    /// Sums up a trial; `None` if it has no bout.
    #[must_use]
    pub fn of(trial: &Trial, args: &Args, host: &Host) -> Option<Account> {
        let bouts = &trial.bouts;
        let each = u64::from(args.expected());
        let lost = |bout: &Bout| each.saturating_sub(u64::from(bout.counted));
        let took = Summary::of(&bouts.iter().map(|bout| f64::from(bout.took_us)).collect::<Vec<_>>())?;
        let ns: Vec<f64> = bouts.iter().map(|bout| f64::from(bout.took_us) * 1e3 / each as f64).collect();
        let at_once: Vec<f64> = bouts.iter().filter_map(|bout| at_once(&bout.stints)).collect();
        // Stints are in whole microseconds at best.
        let told = took.median >= STEPS * host.timer_us.max(1.0);
        Some(Account {
            remedy: trial.remedy,
            expected: each * bouts.len() as u64,
            lost: bouts.iter().map(lost).sum(),
            shares: bouts.iter().map(|bout| lost(bout) as f64 / each as f64).collect(),
            ns: Summary::of(&ns).filter(|_| told),
            at_once: Summary::of(&at_once).filter(|_| told).map(|at_once| at_once.median),
        })
    }

    /// The sum of the counters of all repeats.
    #[must_use]
    pub fn counted(&self) -> u64 {
        self.expected - self.lost
    }

    /// The share of all additions that got lost.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.lost as f64 / self.expected.max(1) as f64
    }

    /// How many repeats lost additions.
    #[must_use]
    pub fn lossy(&self) -> usize {
        self.shares.iter().filter(|share| **share > 0.0).count()
    }
}

/// The share of the time, from the first start to the last end, during which at least two were at work.
fn at_once(stints: &[Stint]) -> Option<f64> {
    let starts = stints.iter().map(|stint| (stint.start_us, 1));
    let mut edges: Vec<(u32, i32)> = starts.chain(stints.iter().map(|stint| (stint.end_us, -1))).collect();
    edges.sort_unstable();
    let all = edges.last()?.0 - edges.first()?.0;
    let (mut working, mut since, mut both) = (0, 0, 0);
    for (at, change) in edges {
        if working >= 2 {
            both += at - since;
        }
        (working, since) = (working + change, at);
    }
    (all > 0).then(|| f64::from(both) / f64::from(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stints(times: &[(u32, u32)]) -> Vec<Stint> {
        times.iter().map(|&(start_us, end_us)| Stint { start_us, end_us }).collect()
    }

    #[test]
    fn at_once_is_where_two_work_or_more() {
        assert_eq!(at_once(&stints(&[(0, 100), (0, 100)])), Some(1.0));
        assert_eq!(at_once(&stints(&[(0, 50), (50, 100)])), Some(0.0));
        assert_eq!(at_once(&stints(&[(10, 60), (20, 40), (30, 110)])), Some(0.4));
        assert_eq!(at_once(&stints(&[(5, 5), (5, 5)])), None);
    }
}
