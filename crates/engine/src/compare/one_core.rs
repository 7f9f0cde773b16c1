//! A thread per task, but only the holder of a fair baton may compute: it is released during
//! sleep and handed on every quantum. The threads stand by before the run begins.

use super::threads::thread_per_task;
use super::with_baton::WithBaton;
use super::{Begun, Job, RawRun, on_thread};
use crate::baton::Baton;
use interleave_threads::Error;
use std::sync::Arc;

pub(super) async fn run(job: &Arc<Job>, begin: impl FnOnce() -> Begun) -> Result<RawRun, Error> {
    let threads = job.tasks.len() as u32;
    on_thread(job, threads, begin, |job, live, writers| {
        let clock = live.begin();
        let baton = Arc::new(Baton::new(clock));
        let policy = || WithBaton::new(baton.clone(), job.cancel.clone(), job.quantum_us);
        let results = thread_per_task(job, clock, writers, false, policy)?;
        Ok(RawRun::end(live, clock, results, baton.switches()))
    })
    .await
}
