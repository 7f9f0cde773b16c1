//! A thread per task, created in the run.

use super::task::{Free, Policy, perform};
use super::{Begun, Job, RawRun, logs, on_thread};
use crate::baton::Switches;
use crate::clock::RunClock;
use crate::latch::Latch;
use interleave_threads::{Blocking, Error, block_on, spawn};
use interleave_trace::{State, Writer};
use std::sync::Arc;

pub(super) async fn run(job: &Arc<Job>, begin: impl FnOnce() -> Begun) -> Result<RawRun, Error> {
    on_thread(job, 0, begin, |job, live, writers| {
        let clock = live.begin();
        let results = thread_per_task(job, clock, writers, true, || Free(Blocking(job.cancel.clone())))?;
        Ok(RawRun::end(live, clock, results, Switches::default()))
    })
    .await
}

/// Gives each task a thread of its own (`fresh` or one that stands by) and waits for all of them. Each
/// thread's creation is a span on its lane: from the request to its first instruction.
pub(super) fn thread_per_task<P: Policy + Send + 'static>(
    job: &Arc<Job>,
    clock: RunClock,
    writers: Vec<Writer>,
    fresh: bool,
    policy: impl Fn() -> P,
) -> Result<Vec<u64>, Error> {
    let (latch, arrivals) = Latch::new(job.tasks.len() as u32);
    let mut threads = Vec::new();
    for (mut log, arrival) in logs(clock, writers).zip(arrivals) {
        job.cancel.check()?;
        let (job, mut policy) = (job.clone(), policy());
        log.enter(State::Spawn);
        threads.push(spawn(fresh, move || {
            let _arrival = arrival;
            log.leave();
            let task = &job.tasks[log.task as usize];
            block_on(perform(task, &job.kernel, &mut log, &mut policy))
        })?);
    }
    latch.wait(&job.cancel)?;
    threads.into_iter().map(|thread| Ok(thread.join()??)).collect()
}
