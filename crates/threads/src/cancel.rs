//! The cancel word: every sleep and every slice of computing observes it.

use crate::now_us;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Tells all threads of a run to stop, and wakes those that sleep.
#[derive(Debug, Default)]
pub struct Cancel {
    /// 1 once the run is stopped. In a browser the page may set it too, without waking sleepers: see `web`.
    word: AtomicU32,
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
        self.word.store(1, Ordering::Release);
        drop(guard);
        self.changed.notify_all();
    }

    /// # Errors
    /// [`Stopped`] once [`Cancel::stop`] was called.
    pub fn check(&self) -> Result<(), Stopped> {
        if self.word.load(Ordering::Acquire) == 0 { Ok(()) } else { Err(Stopped) }
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

    /// Where the word is in memory.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn address(&self) -> u32 {
        std::ptr::from_ref(&self.word) as u32
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
