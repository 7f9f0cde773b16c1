//! One thread, tasks in order.

use super::task::{Free, perform};
use super::{Begun, Job, LiveRun, RawRun, logs, on_thread};
use crate::baton::Switches;
use interleave_threads::{Blocking, Error, Pause, block_on};
use interleave_trace::Writer;
use std::sync::Arc;

pub(super) async fn run(job: &Arc<Job>, begin: impl FnOnce() -> Begun) -> Result<RawRun, Error> {
    #[cfg(target_arch = "wasm32")]
    if !interleave_threads::shared_memory() {
        let pause = interleave_threads::Cooperative::new(job.cancel.clone());
        let (live, writers) = begin();
        return in_order(job, &live, writers, pause).await;
    }
    let pause = Blocking(job.cancel.clone());
    on_thread(job, 0, begin, |job, live, writers| block_on(in_order(job, live, writers, pause))).await
}

async fn in_order(job: &Job, live: &LiveRun, writers: Vec<Writer>, pause: impl Pause) -> Result<RawRun, Error> {
    let mut policy = Free(pause);
    let clock = live.begin();
    let mut results = Vec::new();
    for (task, mut log) in job.tasks.iter().zip(logs(clock, writers)) {
        results.push(perform(task, &job.kernel, &mut log, &mut policy).await?);
    }
    Ok(RawRun::end(live, clock, results, Switches::default()))
}
