//! What the engine costs, measured by the same code natively and in a browser.
//!
//! A probe warms up, measures, and gives its samples; it judges nothing. What a sample is beside, and what it must
//! reach, stands in the rows of `tests/src/bin/bench`. A new probe is one module in `probes`, and a line in [`PROBES`].
#![forbid(unsafe_code)]

mod probes;
#[cfg(target_arch = "wasm32")]
mod web;

use interleave_threads::{Error, now_us};
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::pin::Pin;

/// Samples of one quantity, in the unit that the probe says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What was measured: "pool".
    pub name: String,
    /// One figure for each repeat.
    pub samples: Vec<f64>,
}

impl Series {
    fn new(name: &str, samples: Vec<f64>) -> Series {
        Series { name: name.to_owned(), samples }
    }
}

/// How much is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Enough to see that it works, and roughly how fast.
    Quick,
    /// Enough to rely on.
    Full,
}

impl Scale {
    /// A count of repeats: all of them, or as few as say something.
    fn of(self, full: usize) -> usize {
        match self {
            Scale::Quick => (full / 4).max(3),
            Scale::Full => full,
        }
    }
}

type Samples = Pin<Box<dyn Future<Output = Result<Vec<Series>, Error>>>>;

/// A probe's name and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// Its name: "empty-task".
    pub name: &'static str,
    run: fn(Scale) -> Samples,
}

/// All probes.
pub const PROBES: &[Probe] = &[
    Probe { name: "kernel", run: |scale| Box::pin(probes::kernel::run(scale)) },
    Probe { name: "empty-task", run: |scale| Box::pin(probes::empty_task::run(scale)) },
    Probe { name: "thread-start", run: |scale| Box::pin(probes::thread_start::run(scale)) },
    Probe { name: "round-trip", run: |scale| Box::pin(probes::round_trip::run(scale)) },
    Probe { name: "hand-over", run: |scale| Box::pin(probes::hand_over::run(scale)) },
    Probe { name: "recording", run: |scale| Box::pin(probes::recording::event(scale)) },
    Probe { name: "recorded-run", run: |scale| Box::pin(probes::recording::run(scale)) },
    Probe { name: "instructions", run: |scale| Box::pin(probes::machine::instructions(scale)) },
    Probe { name: "interleavings", run: |scale| Box::pin(probes::machine::interleavings(scale)) },
    Probe { name: "sleep", run: |scale| Box::pin(probes::sleep::run(scale)) },
];

impl Probe {
    /// The probe of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Probe> {
        PROBES.iter().copied().find(|probe| probe.name == name)
    }

    /// Measures.
    ///
    /// # Errors
    /// What kept threads or the pool from starting.
    pub async fn run(self, scale: Scale) -> Result<Vec<Series>, Error> {
        (self.run)(scale).await
    }
}

/// How long `body` takes, in microseconds.
fn timed_us(body: impl FnOnce()) -> f64 {
    let start = now_us();
    body();
    (now_us() - start) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_probe_gives_samples_and_has_a_name_of_its_own() {
        for (index, probe) in PROBES.iter().enumerate() {
            assert!(PROBES[..index].iter().all(|other| other.name != probe.name), "{}", probe.name);
            let series = interleave_threads::block_on(probe.run(Scale::Quick)).unwrap();
            assert!(!series.is_empty(), "{}", probe.name);
            for series in series {
                assert!(!series.samples.is_empty(), "{}: {}", probe.name, series.name);
                assert!(series.samples.iter().all(|sample| sample.is_finite()), "{}: {series:?}", probe.name);
            }
        }
    }
}
