//! Who sees a global that another one sets, and who survives a crash.

use super::orders::{Order, Word, ask, global, group, next, partner, set_global, word};
use super::sibling::Sibling;
use crate::processes::Processes;
use crate::stage::Stage;
use interleave_labs::message::to_bytes;
use interleave_labs::process::{Crash, Globals, Panicked, Seen};
use interleave_threads::{Cancel, Error, prestart, unblock};
use std::sync::Arc;

/// What the parent's global is set to.
const SET: u32 = 42;

/// One thread sets the global, another thread and a process read it; then many processes set their own.
pub(super) async fn globals(processes: u32, stage: &Stage) -> Result<Globals, Error> {
    let mut process = partner(stage).await?;
    let thread = if stage.shared_memory() {
        prestart(3).await?;
        let cancel = stage.cancel.clone();
        Some(unblock(move || between_threads(&cancel)).await??)
    } else {
        set_global(SET);
        None
    };
    let process = seen(&ask(&mut process, Order::Look).await?)?;
    let mut many = group(processes, stage).await?;
    let number = |process: usize| Order::Set(process as u32 + 1);
    all(&mut many, processes as usize, number, stage).await?;
    all(&mut many, processes as usize, |_| Order::Add, stage).await?;
    let many = all(&mut many, processes as usize, |_| Order::Look, stage).await?;
    Ok(Globals { set: SET, thread, process, many, parent: global() })
}

/// One thread sets the global; returns what another one then sees.
fn between_threads(cancel: &Arc<Cancel>) -> Result<Seen, Error> {
    let setter = Sibling::start(cancel, set_global)?;
    let reader = Sibling::start(cancel, |()| global())?;
    setter.ask(SET)?;
    reader.ask(())
}

/// Sends each of `count` processes its order, then waits for all answers, so they work at the same time.
async fn all(
    group: &mut Processes,
    count: usize,
    order: impl Fn(usize) -> Order,
    stage: &Stage,
) -> Result<Vec<Seen>, Error> {
    for process in 0..count {
        group.send(process, &to_bytes(&order(process)));
    }
    let mut answers = vec![None; count];
    for _ in 0..count {
        let message = next(group, stage).await?;
        answers[message.from] = Some(seen(&word(&message.bytes)?)?);
    }
    Ok(answers.into_iter().flatten().collect())
}

fn seen(word: &Word) -> Result<Seen, Error> {
    match word {
        Word::Global(seen) => Ok(*seen),
        Word::Here | Word::Memory { .. } => Err(Error::Panicked("a process did not report its global".to_owned())),
    }
}

/// One of two processes crashes, and the other is asked to answer; natively also one of two threads, and a thread of a
/// process.
pub(super) async fn crash(stage: &Stage) -> Result<Crash, Error> {
    let mut pair = group(2, stage).await?;
    pair.send(0, &to_bytes(&Order::Crash));
    let gone = ending(&mut pair, stage).await? == Ending::Gone(0);
    pair.send(1, &to_bytes(&Order::Ping));
    let sibling = ending(&mut pair, stage).await? == Ending::Answer(1);
    Ok(Crash { gone, sibling, panic: panicked(&stage.cancel)?, abort_took_all: abort(stage).await? })
}

/// What happened to a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// This one has ended.
    Gone(usize),
    /// This one answered.
    Answer(usize),
    /// None answered.
    Silence,
}

/// The next event from a group of processes.
async fn ending(group: &mut Processes, stage: &Stage) -> Result<Ending, Error> {
    /// How often to check for a stop, in milliseconds.
    const LOOK_MS: u32 = 20;
    /// How many times to check before giving up: 3 s.
    const LOOKS: u32 = 150;
    for _ in 0..LOOKS {
        match group.listen(LOOK_MS).await {
            Ok(Some(message)) => return Ok(Ending::Answer(message.from)),
            Ok(None) => stage.cancel.check()?,
            Err(gone) => return Ok(Ending::Gone(gone.from)),
        }
    }
    Ok(Ending::Silence)
}

/// In a browser, a thread's panic ends the engine, and this run with it.
#[cfg(target_arch = "wasm32")]
fn panicked(_: &Arc<Cancel>) -> Result<Option<Panicked>, Error> {
    Ok(None)
}

/// A thread panics while it holds a lock; its sibling then tries to take that lock.
#[cfg(not(target_arch = "wasm32"))]
fn panicked(cancel: &Arc<Cancel>) -> Result<Option<Panicked>, Error> {
    use std::sync::Mutex;
    let lock = Arc::new(Mutex::new(()));
    let theirs = lock.clone();
    let sibling = Sibling::start(cancel, move |()| theirs.is_poisoned())?;
    sibling.ask(())?;
    let told: interleave_threads::JoinHandle<()> = interleave_threads::spawn(false, move || {
        let _held = lock.lock();
        // A panic without its message on the terminal.
        std::panic::resume_unwind(Box::new("told to crash"))
    })?;
    if told.join().is_ok() {
        return Ok(None);
    }
    match sibling.ask(()) {
        Ok(poisoned) => Ok(Some(Panicked { sibling: true, poisoned })),
        Err(Error::Stopped) => Err(Error::Stopped),
        Err(_) => Ok(Some(Panicked { sibling: false, poisoned: false })),
    }
}

/// In a browser, a process has no threads.
#[cfg(target_arch = "wasm32")]
async fn abort(_: &Stage) -> Result<Option<bool>, Error> {
    Ok(None)
}

/// A thread of a process aborts; returns whether the whole process ended.
#[cfg(not(target_arch = "wasm32"))]
async fn abort(stage: &Stage) -> Result<Option<bool>, Error> {
    let mut group = group(1, stage).await?;
    group.send(0, &to_bytes(&Order::AbortThread));
    Ok(match ending(&mut group, stage).await? {
        Ending::Gone(_) => Some(true),
        Ending::Answer(_) => Some(false),
        Ending::Silence => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_sees_what_another_one_sets() {
        let seen = between_threads(&Arc::default()).unwrap();
        assert_eq!((seen.value, seen.address), (SET, global().address));
    }

    #[test]
    fn a_panic_poisons_the_lock_and_leaves_the_sibling_alive() {
        let panicked = panicked(&Arc::default()).unwrap();
        assert_eq!(panicked, Some(Panicked { sibling: true, poisoned: true }));
    }
}
