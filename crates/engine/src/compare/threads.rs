//! A thread per task, created in the run.

use super::{Begun, Outcome, Stage, logs, on_thread};
use crate::baton::Switches;
use crate::clock::RunClock;
use crate::latch::Latch;
use crate::task::{Free, Policy, perform};
use interleave_threads::{Blocking, Error, block_on, spawn};
use interleave_trace::{State, Writer};
use std::sync::Arc;

pub(super) async fn run(stage: &Arc<Stage>, begin: impl FnOnce() -> Begun) -> Result<Outcome, Error> {
    on_thread(stage, 0, begin, |stage, live, writers| {
        let clock = live.begin();
        let results = thread_per_task(stage, clock, writers, true, || Free(Blocking(stage.cancel.clone())))?;
        Ok(Outcome::end(live, clock, results, Switches::default()))
    })
    .await
}

/// Gives each task a thread of its own (`fresh` or one that stands by) and waits for all of them. Each
/// thread's creation is a span on its lane: from the request to its first instruction.
pub(super) fn thread_per_task<P: Policy + Send + 'static>(
    stage: &Arc<Stage>,
    clock: RunClock,
    writers: Vec<Writer>,
    fresh: bool,
    policy: impl Fn() -> P,
) -> Result<Vec<u64>, Error> {
    let (latch, arrivals) = Latch::new(stage.tasks.len() as u32);
    let mut threads = Vec::new();
    for (mut log, arrival) in logs(clock, writers).zip(arrivals) {
        stage.cancel.check()?;
        let (stage, mut policy) = (stage.clone(), policy());
        log.enter(State::Spawn);
        threads.push(spawn(fresh, move || {
            let _arrival = arrival;
            log.leave();
            let task = &stage.tasks[log.task as usize];
            block_on(perform(task, &stage.kernel, &mut log, &mut policy))
        })?);
    }
    latch.wait(&stage.cancel)?;
    threads.into_iter().map(|thread| Ok(thread.join()??)).collect()
}
