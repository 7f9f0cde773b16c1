//! A task on its way through its parts. How it sleeps and how it shares a core is its mode's [`Policy`].

use crate::clock::RunClock;
use crate::kernel::{self, Kernel, SLICE_US};
use interleave_labs::plan::{Part, Task};
use interleave_threads::{AtWork, Pause, Stopped};
use interleave_trace::{State, Writer};

/// What a task records while it runs: its number, its track, the clock.
#[derive(Debug)]
pub struct Log {
    /// The task's number, from 0.
    pub task: u32,
    /// The run's clock.
    pub clock: RunClock,
    /// The task's track.
    pub writer: Writer,
}

impl Log {
    /// The task is in `state` from now on; the time, by the run's clock.
    pub fn enter(&mut self, state: State) -> u64 {
        let now_us = self.clock.now();
        self.enter_at(state, now_us);
        now_us
    }

    /// The task is in `state` from `at_us` on, by the run's clock.
    pub fn enter_at(&mut self, state: State, at_us: u64) {
        self.writer.enter(self.task, state, at_us);
    }

    /// The task is done, for now.
    pub fn leave(&mut self) {
        self.leave_at(self.clock.now());
    }

    /// The task is done, for now, since `at_us` of the run's clock.
    pub fn leave_at(&mut self, at_us: u64) {
        self.writer.leave(at_us);
    }
}

/// What the modes differ in: how a task sleeps, and how it gets and gives up its core.
pub trait Policy {
    /// Sleeps for `us` microseconds.
    async fn sleep(&mut self, log: &mut Log, us: u64) -> Result<(), Stopped>;

    /// Waits until the task may compute; the log is in [`State::Run`] afterwards.
    async fn begin(&mut self, log: &mut Log) -> Result<(), Stopped>;

    /// A moment between two slices of computing, at `now_us` of the run's clock. The log is in [`State::Run`] afterwards.
    async fn between_slices(&mut self, log: &mut Log, now_us: u64) -> Result<(), Stopped>;

    /// The task has no more to compute.
    fn end(&mut self, log: &mut Log) {
        log.leave();
    }
}

/// Does all of a task's parts in order. Its result is the kernel's last state.
///
/// # Errors
/// [`Stopped`] if the run is. The spans recorded until then stay.
///
/// # Panics
/// If the task is asked to crash.
pub async fn perform(task: &Task, kernel: &Kernel, log: &mut Log, policy: &mut impl Policy) -> Result<u64, Stopped> {
    let _at_work = AtWork::begin();
    let result = parts(task, kernel, log, policy).await;
    policy.end(log);
    result
}

async fn parts(task: &Task, kernel: &Kernel, log: &mut Log, policy: &mut impl Policy) -> Result<u64, Stopped> {
    let mut state = kernel::seed(log.task);
    for part in &task.parts {
        match *part {
            Part::Sleep { us } => policy.sleep(log, us).await?,
            Part::Cpu { us } => {
                policy.begin(log).await?;
                state = compute(state, kernel.iterations(us), kernel, log, policy).await?;
            }
            Part::Panic => panic!("task {} was asked to crash", log.task),
        }
    }
    Ok(state)
}

/// Computes in slices. A slice that takes much longer than it should was interrupted: the system
/// gave the core to another thread. Where within the slice is not known, so the wait is put at its end; it is wrong by
/// less than a slice.
async fn compute(
    mut state: u64,
    mut left: u64,
    kernel: &Kernel,
    log: &mut Log,
    policy: &mut impl Policy,
) -> Result<u64, Stopped> {
    let slice = kernel.iterations(SLICE_US).max(1);
    let mut start_us = log.clock.now();
    loop {
        let iterations = left.min(slice);
        state = kernel::burn(state, iterations);
        left -= iterations;
        let now_us = log.clock.now();
        let expected_us = start_us + (iterations as f64 / kernel.per_us) as u64;
        if now_us > expected_us + kernel.gap_us {
            log.enter_at(State::Ready, expected_us);
            log.enter_at(State::Run, now_us);
        }
        if left == 0 {
            return Ok(state);
        }
        policy.between_slices(log, now_us).await?;
        start_us = log.clock.now();
    }
}

/// Computes whenever it wants to, and leaves sharing to the system: one thread alone, or many in parallel.
#[derive(Debug)]
pub struct Free<P>(pub P);

impl<P: Pause> Policy for Free<P> {
    async fn sleep(&mut self, log: &mut Log, us: u64) -> Result<(), Stopped> {
        let now_us = log.enter(State::Sleep);
        let slept = self.0.sleep_until(log.clock.absolute(now_us + us)).await;
        log.leave();
        slept
    }

    async fn begin(&mut self, log: &mut Log) -> Result<(), Stopped> {
        log.enter(State::Run);
        Ok(())
    }

    async fn between_slices(&mut self, _log: &mut Log, _now_us: u64) -> Result<(), Stopped> {
        self.0.breathe().await
    }
}
