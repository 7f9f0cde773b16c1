//! A run's own clock: 0 at its start.

use interleave_threads::now_us;

/// A run's clock: microseconds since the run began, the same for all its threads and processes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunClock {
    origin_us: u64,
}

impl RunClock {
    /// The run begins now.
    #[must_use]
    pub fn start() -> RunClock {
        RunClock { origin_us: now_us() }
    }

    /// Microseconds since the run began.
    #[must_use]
    pub fn now(self) -> u64 {
        self.at(now_us())
    }

    /// A time of [`now_us`] as microseconds since the run began.
    #[must_use]
    pub fn at(self, time_us: u64) -> u64 {
        time_us.saturating_sub(self.origin_us)
    }

    /// A time since the run began as a time of [`now_us`].
    #[must_use]
    pub fn absolute(self, run_us: u64) -> u64 {
        self.origin_us + run_us
    }
}
