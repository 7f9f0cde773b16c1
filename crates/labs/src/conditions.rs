//! What the machine was like while it measured: busy with something else, slowed down, or with a clock too coarse to tell.
//! Then a report says so first.

use crate::lab::Finding;
use crate::result::Host;
use interleave_trace::format::{duration, fixed, ratio};
use serde::{Deserialize, Serialize};

/// What the same small piece of computing took at several moments: before the measurement, between its parts, and after.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conditions {
    /// For each moment, how long the piece took, in microseconds: the median of several goes.
    pub probe_us: Vec<f64>,
    /// Over all moments, how much longer than the median the longest go of a moment took: the median of that ratio.
    pub unrest: f64,
    /// How many cores computed at once as fast as one alone: all that were tried, at most [`MOST_CORES`], if nothing else uses any.
    /// Nothing if it was not measured, as where there is no shared memory.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cores_free: Option<f64>,
}

/// More cores than this are not tried at once.
pub const MOST_CORES: u32 = 16;

/// Between the fastest and the slowest probe: two of them differ by less on a machine at rest.
const STEADY: f64 = 1.25;
/// Goes of one probe that differ by more than this were interrupted.
const QUIET: f64 = 1.5;
/// Free cores below this part of all cores are too few.
const FREE: f64 = 0.75;
/// A clock with longer steps than this cannot tell what most labs are about, in microseconds.
const COARSE_US: f64 = 500.0;

impl Conditions {
    /// Whether a file can have it.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn check(&self) -> Result<(), String> {
        let times = self.probe_us.iter().chain(&self.cores_free).chain([&self.unrest]);
        if times.copied().all(|value| value.is_finite() && value >= 0.0) {
            Ok(())
        } else {
            Err("its probes of the machine took less than no time".to_owned())
        }
    }

    /// Why to take the measurement with care; nothing if the machine was at rest.
    #[must_use]
    pub fn doubts(&self, host: &Host) -> Vec<Finding> {
        let mut doubts = Vec::new();
        let fastest = self.probe_us.iter().copied().fold(f64::INFINITY, f64::min);
        let slowest = self.probe_us.iter().copied().fold(0.0, f64::max);
        if fastest > 0.0 && slowest > fastest * STEADY && slowest - fastest > host.timer_us * 2.0 {
            let text = format!(
                "This machine was busy, or changed its speed, while it measured: the same computing took {} at one moment and {} at \
                 another. Close what else is running and run it again.",
                duration(fastest, host.timer_us),
                duration(slowest, host.timer_us)
            );
            doubts.push(Finding::new("machine:speed", slowest / fastest, text));
        } else if self.unrest > QUIET {
            let text = format!(
                "Something else kept interrupting this measurement: within moments, the same computing took {} as long. Close what \
                 else is running and run it again.",
                ratio(self.unrest)
            );
            doubts.push(Finding::new("machine:unrest", self.unrest, text));
        }
        let cores = host.cores.min(MOST_CORES);
        if let Some(free) = self.cores_free
            && cores > 1
            && free < f64::from(cores) * FREE
        {
            let text = format!(
                "Together, {cores} cores computed only as much as {} do alone. Something else uses them, or some of them are one core \
                 that shows as two.",
                fixed(free, 1)
            );
            doubts.push(Finding::new("machine:cores", free, text));
        }
        if host.timer_us >= COARSE_US {
            let text = format!(
                "The clock here moves in steps of {}, so anything shorter cannot be told.",
                duration(host.timer_us, host.timer_us)
            );
            doubts.push(Finding::new("machine:clock", host.timer_us, text));
        }
        doubts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{Memory, Runtime};

    fn host(timer_us: f64) -> Host {
        of_cores(2, timer_us)
    }

    fn of_cores(cores: u32, timer_us: f64) -> Host {
        Host { runtime: Runtime::Browser, cores, memory: Memory::Shared, timer_us, agent: String::new() }
    }

    fn doubts(probe_us: &[f64], unrest: f64, cores_free: Option<f64>, timer_us: f64) -> Vec<String> {
        let conditions = Conditions { probe_us: probe_us.to_vec(), unrest, cores_free };
        conditions.doubts(&host(timer_us)).into_iter().map(|finding| finding.id).collect()
    }

    #[test]
    fn a_machine_at_rest_raises_no_doubt() {
        assert_eq!(doubts(&[2000.0, 2050.0, 1990.0], 1.1, Some(1.9), 5.0), [""; 0]);
        assert_eq!(doubts(&[], 0.0, None, 5.0), [""; 0]);
    }

    #[test]
    fn each_kind_of_trouble_is_named() {
        assert_eq!(doubts(&[2000.0, 3000.0], 1.0, None, 5.0), ["machine:speed"]);
        assert_eq!(doubts(&[2000.0, 2000.0], 2.5, None, 5.0), ["machine:unrest"]);
        assert_eq!(doubts(&[2000.0], 1.0, Some(1.1), 5.0), ["machine:cores"]);
        assert_eq!(doubts(&[2000.0], 1.0, None, 1000.0), ["machine:clock"]);
        assert_eq!(
            doubts(&[1000.0, 2000.0], 1.0, None, 1000.0),
            ["machine:clock"],
            "two steps of the clock say nothing"
        );
    }

    #[test]
    fn cores_that_were_not_tried_raise_no_doubt() {
        let tried = |cores, free| {
            let conditions = Conditions { cores_free: Some(free), ..Conditions::default() };
            conditions.doubts(&of_cores(cores, 5.0)).pop().map(|doubt| doubt.text)
        };
        assert_eq!(tried(64, 15.8), None);
        let text = tried(4, 2.9).unwrap();
        assert!(text.starts_with("Together, 4 cores computed only as much as 2.9 do alone."), "{text}");
    }
}
