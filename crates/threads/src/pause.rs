//! How a thread waits: by blocking, or by returning to its browser's event loop.

use crate::{Cancel, Stopped};
use std::future::Future;
use std::sync::Arc;

/// How a thread sleeps, and how it learns between two slices of computing that it should stop.
pub trait Pause {
    /// Sleeps until [`now_us`](crate::now_us) has reached `deadline_us`; [`Stopped`] as soon as the run is.
    fn sleep_until(&self, deadline_us: u64) -> impl Future<Output = Result<(), Stopped>>;
    /// A moment between two slices of computing; [`Stopped`] when the run is.
    fn breathe(&self) -> impl Future<Output = Result<(), Stopped>>;
}

/// Blocks the thread: natively, and in a browser on threads that share the host's memory, where
/// the cancel word reaches them at any moment.
#[derive(Clone, Debug)]
pub struct Blocking(pub Arc<Cancel>);

impl Pause for Blocking {
    async fn sleep_until(&self, deadline_us: u64) -> Result<(), Stopped> {
        self.0.sleep_until(deadline_us)
    }

    async fn breathe(&self) -> Result<(), Stopped> {
        self.0.check()
    }
}

#[cfg(target_arch = "wasm32")]
pub use cooperative::Cooperative;

#[cfg(target_arch = "wasm32")]
mod cooperative {
    use super::{Cancel, Pause, Stopped};
    use crate::{now_us, web};
    use std::cell::Cell;
    use std::sync::Arc;

    /// Computing goes on for this long, in microseconds, before messages are looked at.
    const BREATH_US: u64 = 10_000;
    /// A sleep looks at the cancel word this often, in microseconds.
    const NAP_US: u64 = 40_000;
    /// Browsers' timers are late by up to this, in microseconds: the rest of a sleep blocks the thread.
    const TIMER_SLACK_US: u64 = 5_000;

    /// Returns to the event loop now and then, because without shared memory a message is the only
    /// way to learn of a stop. Where the page is isolated, a signal is faster.
    #[derive(Debug)]
    pub struct Cooperative {
        cancel: Arc<Cancel>,
        last_breath_us: Cell<u64>,
    }

    impl Cooperative {
        /// Observes `cancel`, which a message handler of the same thread sets.
        #[must_use]
        pub fn new(cancel: Arc<Cancel>) -> Cooperative {
            Cooperative { cancel, last_breath_us: Cell::new(now_us()) }
        }
    }

    impl Pause for Cooperative {
        async fn sleep_until(&self, deadline_us: u64) -> Result<(), Stopped> {
            loop {
                self.cancel.check()?;
                let left = deadline_us.saturating_sub(now_us());
                if left <= TIMER_SLACK_US {
                    break;
                }
                web::timer((left - TIMER_SLACK_US).min(NAP_US) as f64 / 1000.0).await;
            }
            self.cancel.sleep_until(deadline_us)?;
            self.last_breath_us.set(now_us());
            Ok(())
        }

        async fn breathe(&self) -> Result<(), Stopped> {
            if web::signalled() {
                self.cancel.stop();
            } else if now_us() >= self.last_breath_us.get() + BREATH_US {
                web::next_turn().await;
                self.last_breath_us.set(now_us());
            }
            self.cancel.check()
        }
    }
}
