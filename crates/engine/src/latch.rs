//! Counts threads that are still at work.

use interleave_threads::{Cancel, Stopped};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Waits until all of a number of threads are done, or the run is stopped.
#[derive(Debug)]
pub struct Latch {
    left: Mutex<u32>,
    done: Condvar,
}

/// A thread's part of a [`Latch`]: dropping it counts the thread as done, even in a panic.
#[derive(Debug)]
pub struct Arrival(Arc<Latch>);

impl Latch {
    /// A latch, and the arrivals of `count` threads.
    #[must_use]
    pub fn new(count: u32) -> (Arc<Latch>, Vec<Arrival>) {
        let latch = Arc::new(Latch { left: Mutex::new(count), done: Condvar::new() });
        let arrivals = (0..count).map(|_| Arrival(latch.clone())).collect();
        (latch, arrivals)
    }

    /// Blocks until all have arrived.
    ///
    /// # Errors
    /// [`Stopped`] if the run is: threads that have not begun may then never arrive.
    pub fn wait(&self, cancel: &Cancel) -> Result<(), Stopped> {
        /// How often to check for a stop: rarely enough not to disturb the working threads.
        const LOOK: Duration = Duration::from_millis(20);
        let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        while *left > 0 {
            cancel.check()?;
            left = self.done.wait_timeout(left, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
        Ok(())
    }
}

impl Drop for Arrival {
    fn drop(&mut self) {
        *self.0.left.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.done.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_for_all_even_those_that_panic() {
        let (latch, arrivals) = Latch::new(3);
        for (i, arrival) in arrivals.into_iter().enumerate() {
            std::thread::spawn(move || {
                let _arrival = arrival;
                assert_ne!(i, 1, "this panic is part of the test");
            });
        }
        assert_eq!(latch.wait(&Cancel::default()), Ok(()));
    }

    #[test]
    fn gives_up_when_stopped() {
        let (latch, _arrivals) = Latch::new(1);
        let cancel = Cancel::default();
        cancel.stop();
        assert_eq!(latch.wait(&cancel), Err(Stopped));
    }
}
