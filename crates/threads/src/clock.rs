//! The one clock of all threads and processes of a run.

/// Microseconds since the Unix epoch, on a clock that never runs backwards within a thread.
///
/// Threads and processes agree to within a step of the clock: in a browser each worker adds
/// `performance.timeOrigin` to `performance.now()`; natively each process adds the system time of its first call
/// to a monotonic clock.
#[must_use]
pub fn now_us() -> u64 {
    imp::now_us()
}

/// The smallest step the clock makes, in microseconds, as measured now. Takes up to 10 ms.
#[must_use]
pub fn timer_step_us() -> f64 {
    const STEPS: usize = 50;
    const AT_MOST_MS: f64 = 10.0;
    let start = imp::tick_ms();
    let (mut last, mut smallest, mut seen) = (start, f64::INFINITY, 0);
    while seen < STEPS && (last - start < AT_MOST_MS || seen == 0) {
        let now = imp::tick_ms();
        if now > last {
            smallest = smallest.min(now - last);
            last = now;
            seen += 1;
        }
    }
    // Milliseconds as a fraction carry noise far below the step.
    (smallest * 1e6).round() / 1e3
}

#[cfg(not(target_arch = "wasm32"))]
mod imp {
    use std::sync::OnceLock;
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    struct Base {
        instant: Instant,
        epoch_us: u64,
    }

    fn base() -> &'static Base {
        static BASE: OnceLock<Base> = OnceLock::new();
        BASE.get_or_init(|| {
            let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Base { instant: Instant::now(), epoch_us: since_epoch.as_micros() as u64 }
        })
    }

    pub(super) fn now_us() -> u64 {
        let base = base();
        base.epoch_us + base.instant.elapsed().as_micros() as u64
    }

    pub(super) fn tick_ms() -> f64 {
        base().instant.elapsed().as_nanos() as f64 / 1e6
    }
}

#[cfg(target_arch = "wasm32")]
mod imp {
    use crate::web;

    pub(super) fn now_us() -> u64 {
        (web::epoch_ms() * 1000.0) as u64
    }

    pub(super) fn tick_ms() -> f64 {
        web::tick_ms()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_never_runs_backwards() {
        let mut last = now_us();
        for _ in 0..10_000 {
            let now = now_us();
            assert!(now >= last);
            last = now;
        }
    }

    #[test]
    fn the_step_is_positive_and_below_a_millisecond_natively() {
        let step = timer_step_us();
        assert!(step > 0.0 && step < 1000.0, "{step}");
    }
}
