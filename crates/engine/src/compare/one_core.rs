//! A thread per task, but only the holder of a fair baton may compute: it is released during
//! sleep and handed on every quantum. The threads stand by before the run begins.

use super::threads::thread_per_task;
use super::{Begun, Outcome, Stage, on_thread};
use crate::baton::{Baton, WithBaton};
use interleave_threads::Error;
use std::sync::Arc;

pub(super) async fn run(stage: &Arc<Stage>, begin: impl FnOnce() -> Begun) -> Result<Outcome, Error> {
    let threads = stage.tasks.len() as u32;
    on_thread(stage, threads, begin, |stage, live, writers| {
        let clock = live.begin();
        let baton = Arc::new(Baton::new(clock));
        let policy = || WithBaton::new(baton.clone(), stage.cancel.clone(), stage.quantum_us);
        let results = thread_per_task(stage, clock, writers, false, policy)?;
        Ok(Outcome::end(live, clock, results, baton.switches()))
    })
    .await
}
