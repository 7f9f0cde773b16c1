//! A thread that computes only with the baton.

use super::task::{Log, Policy};
use crate::baton::Baton;
use interleave_threads::{Cancel, Stopped};
use interleave_trace::State;
use std::sync::Arc;

/// Computes only with the baton: lets go of it to sleep, and hands it on after every quantum if another waits.
#[derive(Debug)]
pub struct WithBaton {
    baton: Arc<Baton>,
    cancel: Arc<Cancel>,
    quantum_us: u64,
    /// Since when this thread holds the baton, if it does.
    held_since_us: Option<u64>,
}

impl WithBaton {
    /// For one thread of a run.
    #[must_use]
    pub fn new(baton: Arc<Baton>, cancel: Arc<Cancel>, quantum_us: u64) -> WithBaton {
        WithBaton { baton, cancel, quantum_us, held_since_us: None }
    }

    fn acquire(&mut self, log: &mut Log) -> Result<u64, Stopped> {
        let since_us = match self.held_since_us {
            Some(since_us) => since_us,
            None => {
                log.enter(State::Ready);
                self.baton.acquire(log.task)
            }
        };
        self.held_since_us = Some(since_us);
        self.cancel.check()?;
        Ok(since_us)
    }

    fn release(&mut self, now_us: u64) {
        if self.held_since_us.take().is_some() {
            self.baton.release(now_us);
        }
    }
}

impl Drop for WithBaton {
    /// A thread that crashes lets go of the baton.
    fn drop(&mut self) {
        self.release(self.baton.clock().now());
    }
}

impl Policy for WithBaton {
    async fn sleep(&mut self, log: &mut Log, us: u64) -> Result<(), Stopped> {
        let now_us = log.enter(State::Sleep);
        self.release(now_us);
        self.cancel.sleep_until(log.clock.absolute(now_us + us))?;
        let since_us = self.acquire(log)?;
        log.leave_at(since_us);
        Ok(())
    }

    async fn begin(&mut self, log: &mut Log) -> Result<(), Stopped> {
        let since_us = self.acquire(log)?;
        log.enter_at(State::Run, since_us);
        Ok(())
    }

    async fn between_slices(&mut self, log: &mut Log, now_us: u64) -> Result<(), Stopped> {
        self.cancel.check()?;
        let quantum_over = self.held_since_us.is_some_and(|since_us| now_us >= since_us + self.quantum_us);
        if quantum_over {
            log.enter_at(State::Ready, now_us);
            let since_us = self.baton.hand_on(log.task, now_us).unwrap_or(now_us);
            self.held_since_us = Some(since_us);
            log.enter_at(State::Run, since_us);
        }
        Ok(())
    }

    fn end(&mut self, log: &mut Log) {
        let now_us = log.clock.now();
        log.leave_at(now_us);
        self.release(now_us);
    }
}
