//! The cancel word: every sleep and every slice of computing observes it.

use crate::now_us;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Tells all threads of a run to stop, and wakes those that sleep.
#[derive(Debug, Default)]
pub struct Cancel {
    stopped: AtomicBool,
    lock: Mutex<()>,
    changed: Condvar,
}

/// The run was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stopped;

impl Cancel {
    /// Stops the run: sleepers wake at once.
    pub fn stop(&self) {
        let guard = self.lock();
        self.stopped.store(true, Ordering::Release);
        drop(guard);
        self.changed.notify_all();
    }

    /// # Errors
    /// [`Stopped`] once [`Cancel::stop`] was called.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.stopped.load(Ordering::Acquire) { Err(Stopped) } else { Ok(()) }
    }

    /// Blocks this thread until [`now_us`] has reached `deadline_us`.
    ///
    /// # Errors
    /// [`Stopped`] as soon as the run is stopped.
    pub fn sleep_until(&self, deadline_us: u64) -> Result<(), Stopped> {
        let mut guard = self.lock();
        loop {
            self.check()?;
            let left = deadline_us.saturating_sub(now_us());
            if left == 0 {
                return Ok(());
            }
            let wait = self.changed.wait_timeout(guard, Duration::from_micros(left));
            guard = wait.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn a_sleep_lasts_at_least_as_long_as_asked() {
        let (cancel, start) = (Cancel::default(), now_us());
        assert_eq!(cancel.sleep_until(start + 5_000), Ok(()));
        assert!(now_us() >= start + 5_000);
    }

    #[test]
    fn stop_wakes_every_sleeper() {
        let cancel = Arc::new(Cancel::default());
        let in_an_hour = now_us() + 3_600_000_000;
        let sleepers: Vec<_> = (0..4)
            .map(|_| {
                let cancel = cancel.clone();
                std::thread::spawn(move || cancel.sleep_until(in_an_hour))
            })
            .collect();
        cancel.stop();
        for sleeper in sleepers {
            assert_eq!(sleeper.join().unwrap(), Err(Stopped));
        }
        assert_eq!(cancel.check(), Err(Stopped));
    }
}
