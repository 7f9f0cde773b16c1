//! A pool of workers, which take the tasks in order as they become free.

use super::task::{Free, perform};
use super::{Begun, Job, LiveRun, RawRun, logs, on_thread};
use crate::baton::Switches;
use interleave_threads::pool::{Pool, worker_index};
use interleave_threads::{Blocking, Error, Stopped, block_on};
use interleave_trace::Writer;
use std::sync::{Arc, OnceLock};

pub(super) async fn run(job: &Arc<Job>, workers: u32, begin: impl FnOnce() -> Begun) -> Result<RawRun, Error> {
    let pool = Pool::start(workers).await?;
    on_thread(job, 0, begin, move |job, live, writers| on_pool(job, live, writers, &pool)).await
}

fn on_pool(job: &Job, live: &LiveRun, writers: Vec<Writer>, pool: &Pool) -> Result<RawRun, Error> {
    let results: Vec<OnceLock<Result<u64, Stopped>>> = job.tasks.iter().map(|_| OnceLock::new()).collect();
    let clock = live.begin();
    pool.scope(|scope| {
        for ((task, mut log), result) in job.tasks.iter().zip(logs(clock, writers)).zip(&results) {
            scope.spawn(move |_| {
                log.writer.move_to(worker_index());
                let mut policy = Free(Blocking(job.cancel.clone()));
                let _ = result.set(block_on(perform(task, &job.kernel, &mut log, &mut policy)));
            });
        }
    });
    let results = results.into_iter().filter_map(OnceLock::into_inner).collect::<Result<_, _>>()?;
    Ok(RawRun::end(live, clock, results, Switches::default()))
}
