//! False sharing: two threads, each with a counter of its own, on one cache line or on two.

use crate::clock::RunClock;
use interleave_labs::memory::{APART, Counted, Pair};
use interleave_threads::{AtWork, Cancel, Error, now_us, prestart, spawn, unblock};
use std::hint::spin_loop;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::thread::yield_now;

/// Increments between two checks of the cancel word and the other thread: far below a millisecond.
const CHUNK: u64 = 1024;
/// Increments in a warm-up round; their time decides how many a sample has.
const WARM_UP: u64 = 64 * CHUNK;
/// The most increments in a sample; more would take far too long, even on a line of one's own.
const MOST: u64 = 1 << 25;
/// Warm-up rounds.
const WARM_UPS: u32 = 2;
/// How long a thread waits for the other to start a round, in microseconds.
const PATIENCE_US: u64 = 5_000_000;

/// What the two threads share: the counters and, on other lines, the words that they coordinate by.
#[derive(Debug)]
#[repr(align(128))]
struct Shared {
    counters: Counters,
    /// How many times threads have arrived at the start of a round.
    arrivals: AtomicU32,
    /// How many rounds a thread has ended.
    ended: AtomicU32,
}

/// Counters of 8 bytes, on cache lines that hold nothing else; each line starts with one.
#[derive(Debug)]
#[repr(align(128))]
struct Counters([AtomicU64; 32]);

/// Lets two threads count at once, at each of the distances in turn, `repeats` times; a sample takes about `sample_us`
/// microseconds.
///
/// # Errors
/// [`Error::Stopped`] if the run is stopped; [`Error::Start`] if two threads cannot start.
pub(super) async fn measure(repeats: u32, sample_us: f64, cancel: &Arc<Cancel>) -> Result<Vec<Pair>, Error> {
    prestart(2).await?;
    let cancel = cancel.clone();
    unblock(move || {
        let shared = Arc::new(Shared {
            counters: Counters([const { AtomicU64::new(0) }; 32]),
            arrivals: AtomicU32::new(0),
            ended: AtomicU32::new(0),
        });
        let (clock, turns) = (RunClock::start(), repeats + WARM_UPS);
        let counting =
            |thread| Counting { thread, turns, sample_us, clock, shared: shared.clone(), cancel: cancel.clone() };
        let (here, there) = (counting(0), counting(1));
        let there = spawn(false, move || there.all())?;
        let here = here.all();
        let there = there.join()?;
        let (here, there) = (here?, there?);
        let pairs = APART.iter().zip(here.into_iter().zip(there));
        Ok(pairs
            .map(|(&apart, (a, b))| Pair { apart, rounds: a.into_iter().zip(b).map(|(a, b)| [a, b]).collect() })
            .collect())
    })
    .await?
}

/// One of the two threads.
struct Counting {
    /// 0 or 1.
    thread: usize,
    /// How many times it goes through all distances, warm-up included.
    turns: u32,
    sample_us: f64,
    clock: RunClock,
    shared: Arc<Shared>,
    cancel: Arc<Cancel>,
}

impl Counting {
    /// The rounds of each distance, without the warm-up.
    fn all(&self) -> Result<[Vec<Counted>; APART.len()], Error> {
        let _at_work = AtWork::begin();
        let mut rounds = APART.map(|_| Vec::new());
        let mut enough = APART.map(|_| WARM_UP);
        let mut round = 0;
        for turn in 0..self.turns {
            for (place, apart) in APART.into_iter().enumerate() {
                let counted = self.round(round, apart, enough[place])?;
                round += 1;
                if turn >= WARM_UPS {
                    rounds[place].push(counted);
                } else if counted.increments > 0 {
                    let took_us = (counted.end_us - counted.start_us).max(1) as f64;
                    let sample = (counted.increments as f64 * self.sample_us / took_us) as u64;
                    enough[place] = sample.clamp(WARM_UP, MOST);
                }
            }
        }
        Ok(rounds)
    }

    /// Counts together with the other thread, until one of them reaches `enough`.
    fn round(&self, round: u32, apart: u32, enough: u64) -> Result<Counted, Error> {
        let counter = &self.shared.counters.0[self.thread * apart as usize / size_of::<AtomicU64>()];
        self.meet(round)?;
        let start_us = self.clock.now();
        let mut increments = 0;
        while increments < enough && self.shared.ended.load(Ordering::Relaxed) <= round {
            self.cancel.check()?;
            add(counter, CHUNK);
            increments += CHUNK;
        }
        let end_us = self.clock.now();
        self.shared.ended.fetch_max(round + 1, Ordering::Relaxed);
        Ok(Counted { start_us, end_us, increments })
    }

    /// Waits until both threads are at the start of `round`.
    fn meet(&self, round: u32) -> Result<(), Error> {
        self.shared.arrivals.fetch_add(1, Ordering::AcqRel);
        let until_us = now_us() + PATIENCE_US;
        while self.shared.arrivals.load(Ordering::Acquire) < 2 * (round + 1) {
            self.cancel.check()?;
            if now_us() > until_us {
                return Err(Error::Start("the second thread did not start counting".to_owned()));
            }
            for _ in 0..100 {
                spin_loop();
            }
            // The other thread may be waiting for this one's core.
            yield_now();
        }
        Ok(())
    }
}

#[inline(never)]
fn add(counter: &AtomicU64, times: u64) {
    for _ in 0..times {
        counter.fetch_add(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::block_on;

    #[test]
    fn both_threads_count_in_every_round() {
        let pairs = block_on(measure(3, 500.0, &Arc::default())).unwrap();
        assert_eq!(pairs.iter().map(|pair| pair.apart).collect::<Vec<_>>(), APART);
        for pair in &pairs {
            assert_eq!(pair.rounds.len(), 3);
            let mut last_us = 0;
            for [a, b] in &pair.rounds {
                assert!(a.increments > 0 || b.increments > 0, "{pair:?}");
                assert!(a.start_us >= last_us && a.start_us <= a.end_us, "{pair:?}");
                last_us = a.end_us;
            }
        }
    }

    #[test]
    fn counters_are_as_far_apart_as_they_are_said_to_be() {
        let counters = Counters([const { AtomicU64::new(0) }; 32]);
        let address = |at: usize| std::ptr::from_ref(&counters.0[at]).addr();
        assert_eq!(address(0) % 128, 0);
        for apart in APART {
            assert_eq!(address(apart as usize / 8) - address(0), apart as usize);
        }
        assert!(size_of::<Counters>() >= *APART.last().unwrap() as usize + 128);
    }

    #[test]
    fn a_stop_ends_both_threads() {
        let cancel = Arc::<Cancel>::default();
        let stopper = cancel.clone();
        let thread = std::thread::spawn(move || {
            std::thread::sleep(std::time::Duration::from_millis(50));
            stopper.stop();
        });
        assert_eq!(block_on(measure(1000, 50_000.0, &cancel)).err(), Some(Error::Stopped));
        thread.join().unwrap();
    }
}
