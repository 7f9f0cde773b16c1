//! One thread, tasks in order.

use super::{Begun, Live, Outcome, Stage, logs, on_thread};
use crate::baton::Switches;
use crate::task::{Free, perform};
use interleave_threads::{Blocking, Error, Pause, block_on};
use interleave_trace::Writer;
use std::sync::Arc;

pub(super) async fn run(stage: &Arc<Stage>, begin: impl FnOnce() -> Begun) -> Result<Outcome, Error> {
    #[cfg(target_arch = "wasm32")]
    if !interleave_threads::shared_memory() {
        let pause = interleave_threads::Cooperative::new(stage.cancel.clone());
        let (live, writers) = begin();
        return in_order(stage, &live, writers, pause).await;
    }
    let pause = Blocking(stage.cancel.clone());
    on_thread(stage, 0, begin, |stage, live, writers| block_on(in_order(stage, live, writers, pause))).await
}

async fn in_order(stage: &Stage, live: &Live, writers: Vec<Writer>, pause: impl Pause) -> Result<Outcome, Error> {
    let mut policy = Free(pause);
    let clock = live.begin();
    let mut results = Vec::new();
    for (task, mut log) in stage.tasks.iter().zip(logs(clock, writers)) {
        results.push(perform(task, &stage.kernel, &mut log, &mut policy).await?);
    }
    Ok(Outcome::end(live, clock, results, Switches::default()))
}
