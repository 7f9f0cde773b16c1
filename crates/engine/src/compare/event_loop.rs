//! One thread, one event loop: tasks are futures, sleeps are timers, and computing yields every quantum.

use super::executor::{EventLoop, Queue, TaskFuture, TurnEnd, Yielding};
use super::task::perform;
use super::{Begun, Job, LiveRun, RawRun, logs, on_thread};
use interleave_threads::{Blocking, Error, Pause, block_on};
use interleave_trace::{State, Writer};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

pub(super) async fn run(job: &Arc<Job>, begin: impl FnOnce() -> Begun) -> Result<RawRun, Error> {
    #[cfg(target_arch = "wasm32")]
    if !interleave_threads::shared_memory() {
        let pause = interleave_threads::Cooperative::new(job.cancel.clone());
        let (live, writers) = begin();
        return take_turns(job, &live, writers, pause).await;
    }
    let pause = Blocking(job.cancel.clone());
    on_thread(job, 0, begin, |job, live, writers| block_on(take_turns(job, live, writers, pause))).await
}

async fn take_turns(job: &Job, live: &LiveRun, writers: Vec<Writer>, pause: impl Pause) -> Result<RawRun, Error> {
    let queue = Rc::new(RefCell::new(Queue::default()));
    let clock = live.begin();
    let tasks = job.tasks.iter().zip(logs(clock, writers)).map(|(task, mut log)| -> TaskFuture<'_> {
        let mut policy = Yielding::new(queue.clone(), job.quantum_us);
        log.enter_at(State::Ready, 0);
        Box::pin(async move { perform(task, &job.kernel, &mut log, &mut policy).await })
    });
    let mut event_loop = EventLoop::new(clock, queue.clone(), tasks.collect());
    loop {
        match event_loop.turn()? {
            TurnEnd::Ran => pause.breathe().await?,
            TurnEnd::Idle(until_us) => pause.sleep_until(clock.absolute(until_us)).await?,
            TurnEnd::Done => break,
        }
    }
    let (results, switches) = event_loop.finish();
    Ok(RawRun::end(live, clock, results, switches))
}
