//! What `memory` measures.

use interleave_trace::Summary;
use serde::{Deserialize, Serialize};

/// How far apart the two threads' counters are, in bytes: on one cache line; on neighbouring lines of 64 bytes; on two
/// lines even where a line has 128 bytes.
pub const APART: [u32; 3] = [8, 64, 128];

/// No measurement has more samples of one thing.
const MOST_SAMPLES: usize = 1000;
/// No measurement has more sets, or pairs of counters.
const MOST_SETS: usize = 64;
/// No single access takes longer, in nanoseconds.
const MOST_NS: f64 = 1e9;
/// JSON numbers are not exact from here on.
const INEXACT: u64 = 1 << 53;

/// Everything measured. There are several samples of each thing, taken in turn with the others' samples; each is the
/// mean time of many accesses, in nanoseconds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Data {
    /// An operation on a value in a register; each needs the result of the one before.
    pub register_ns: Vec<f64>,
    /// Loads from sets in random order, smallest set first; each load yields the address of the next.
    pub sets: Vec<Set>,
    /// Loads from the largest set in address order.
    pub in_order_ns: Vec<f64>,
    /// Two threads' counters, nearest first.
    pub pairs: Vec<Pair>,
}

/// A set of places in memory, one in each 64 bytes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Set {
    /// How large it is.
    pub bytes: u32,
    /// The samples of a load.
    pub ns: Vec<f64>,
}

/// Two counters; one thread adds to each.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// The distance between their addresses, in bytes.
    pub apart: u32,
    /// What the two threads did, round by round.
    pub rounds: Vec<Round>,
}

/// What each of two threads did in one round. It ends for both when one of them has done enough.
pub type Round = [Counted; 2];

/// What one thread did in one round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// When it began, in microseconds since the first round.
    pub start_us: u64,
    /// When it ended.
    pub end_us: u64,
    /// How many times it added 1.
    pub increments: u64,
}

impl Pair {
    /// The time per increment, in each round where both threads counted at once.
    #[must_use]
    pub fn ns(&self) -> Vec<f64> {
        self.rounds.iter().filter(|round| at_once(round)).map(increment_ns).collect()
    }

    /// [`Pair::ns`] in a few numbers; `None` unless both threads counted at once in most rounds.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        let ns = self.ns();
        if ns.len() * 2 > self.rounds.len() { Summary::of(&ns) } else { None }
    }
}

/// Whether two threads counted at the same time: they overlapped for 90 % of the time between first start and last end,
/// and neither counted less than a fifth of the other, as it would without a core.
fn at_once([a, b]: &Round) -> bool {
    let together = a.end_us.min(b.end_us).saturating_sub(a.start_us.max(b.start_us));
    let all = a.end_us.max(b.end_us).saturating_sub(a.start_us.min(b.start_us));
    let (fewer, more) = (a.increments.min(b.increments), a.increments.max(b.increments));
    together as f64 >= all as f64 * 0.9 && fewer > 0 && fewer as f64 * 5.0 >= more as f64 && all > 0
}

fn increment_ns([a, b]: &Round) -> f64 {
    let took_us = (a.end_us - a.start_us) + (b.end_us - b.start_us);
    took_us as f64 * 1000.0 / (a.increments + b.increments) as f64
}

impl Data {
    /// Checks that it can have been measured.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(super) fn check(&self) -> Result<(), String> {
        let samples = |ns: &[f64], of: &str| {
            let possible = |ns: &f64| ns.is_finite() && (0.0..=MOST_NS).contains(ns) && *ns > 0.0;
            match () {
                () if ns.len() > MOST_SAMPLES => Err(format!("it has too many samples {of}")),
                () if !ns.iter().all(possible) => Err(format!("it has a sample {of} that no access can take")),
                () => Ok(()),
            }
        };
        samples(&self.register_ns, "in registers")?;
        samples(&self.in_order_ns, "in address order")?;
        for set in &self.sets {
            samples(&set.ns, &format!("of {} bytes", set.bytes))?;
            if set.ns.is_empty() || set.bytes == 0 {
                return Err("it has a set without samples".to_owned());
            }
        }
        if self.sets.is_empty() != self.register_ns.is_empty() || self.sets.is_empty() && !self.in_order_ns.is_empty() {
            return Err("it has samples of loads or of registers, but not of both".to_owned());
        }
        if !self.sets.is_sorted_by(|a, b| a.bytes < b.bytes) || !self.pairs.is_sorted_by(|a, b| a.apart < b.apart) {
            return Err("its sets, or its pairs of counters, are not in order".to_owned());
        }
        if self.sets.len().max(self.pairs.len()) > MOST_SETS {
            return Err("it has too many sets".to_owned());
        }
        // The nearest two are on one cache line, the farthest are not, even where a line has 128 bytes.
        if !self.pairs.is_empty() && !self.pairs.iter().map(|pair| pair.apart).eq(APART) {
            return Err("its pairs of counters are not as far apart as they should be".to_owned());
        }
        for pair in &self.pairs {
            if pair.rounds.is_empty() || pair.rounds.len() > MOST_SAMPLES {
                return Err(format!("it has {} rounds of one pair of counters", pair.rounds.len()));
            }
            for counted in pair.rounds.iter().flatten() {
                if counted.end_us < counted.start_us {
                    return Err("a thread stopped counting before it began".to_owned());
                }
                if counted.end_us.max(counted.increments) >= INEXACT {
                    return Err("a thread counted further, or longer, than it could have".to_owned());
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(start_us: u64, end_us: u64, increments: u64) -> Counted {
        Counted { start_us, end_us, increments }
    }

    #[test]
    fn an_increment_takes_what_both_threads_took_over_what_both_counted() {
        let round = [counted(0, 4000, 500_000), counted(10, 4010, 300_000)];
        assert_eq!(Pair { apart: 8, rounds: vec![round] }.ns(), [10.0]);
    }

    #[test]
    fn threads_that_took_turns_did_not_count_at_once() {
        let pair = |rounds: &[Round]| Pair { apart: 8, rounds: rounds.to_vec() };
        let together = [counted(0, 4000, 900), counted(10, 4010, 800)];
        let in_turn = [counted(0, 4000, 900), counted(4000, 8000, 900)];
        let without_a_core = [counted(0, 4000, 900), counted(0, 4000, 30)];
        let never_begun = [counted(0, 4000, 900), counted(4000, 4000, 0)];
        let no_time = [counted(5, 5, 900), counted(5, 5, 900)];
        for alone in [in_turn, without_a_core, never_begun, no_time] {
            assert_eq!(pair(&[alone]).ns(), [0.0; 0], "{alone:?}");
            assert_eq!(pair(&[together, alone]).summary(), None, "{alone:?}");
            assert_eq!(pair(&[together, together, alone]).summary().map(|ns| ns.count), Some(2), "{alone:?}");
        }
    }

    #[test]
    fn what_cannot_have_been_measured_is_refused() {
        let whole = Data {
            register_ns: vec![0.3],
            sets: vec![Set { bytes: 4096, ns: vec![1.0] }, Set { bytes: 8192, ns: vec![1.0] }],
            in_order_ns: vec![2.0],
            pairs: APART.map(|apart| Pair { apart, rounds: vec![[counted(0, 1, 1); 2]] }).to_vec(),
        };
        assert_eq!(whole.check(), Ok(()));
        assert_eq!(Data::default().check(), Ok(()));
        let wrongs: [fn(&mut Data); 11] = [
            |data| data.register_ns[0] = f64::NAN,
            |data| data.in_order_ns[0] = -1.0,
            |data| data.sets[0].ns[0] = 0.0,
            |data| data.sets[1].bytes = 4096,
            |data| data.sets[1].ns.clear(),
            |data| data.register_ns.clear(),
            |data| data.sets.clear(),
            |data| data.pairs[0].rounds.clear(),
            |data| data.pairs.push(data.pairs[0].clone()),
            |data| data.pairs[0].rounds[0][1].end_us = u64::MAX,
            |data| data.pairs[0].rounds[0][1].start_us = 2,
        ];
        for (number, wrong) in wrongs.iter().enumerate() {
            let mut data = whole.clone();
            wrong(&mut data);
            assert!(data.check().is_err(), "{number}: {data:?}");
        }
    }
}
