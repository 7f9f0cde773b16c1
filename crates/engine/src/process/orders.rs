//! The orders to processes, their answers, and how they carry the orders out.

use crate::lab::Child;
use crate::processes::{self, Processes};
use crate::stage::Stage;
use interleave_labs::Lab;
use interleave_labs::message::{from_bytes, to_bytes};
use interleave_labs::process::{ADDED, Process, Seen};
use interleave_threads::process::{Message, Partner};
use interleave_threads::{Error, own_memory};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};

/// An order to a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Order {
    /// Report that you are running.
    Ping,
    /// Report your global.
    Look,
    /// Set your global.
    Set(u32),
    /// Add 1 to your global, [`ADDED`] times.
    Add,
    /// Report your memory, and what one more thread takes.
    Memory,
    /// Crash.
    Crash,
    /// Let one of your threads abort, and report if you are still running.
    AbortThread,
}

/// A process's answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Word {
    /// It is running.
    Here,
    /// Its global.
    Global(Seen),
    /// Its memory, and what one more thread took, in bytes; `None` if it cannot tell.
    Memory { own: Option<f64>, thread: Option<f64> },
}

/// The global in question. Each process has its own.
static GLOBAL: AtomicU32 = AtomicU32::new(0);

/// Sets this process's global.
pub(super) fn set_global(value: u32) {
    GLOBAL.store(value, Ordering::SeqCst);
}

/// Reads this process's global.
pub(super) fn global() -> Seen {
    Seen { value: GLOBAL.load(Ordering::SeqCst), address: std::ptr::from_ref(&GLOBAL).addr() as u64 }
}

/// A process's part. Ignores anything but orders.
pub(super) fn obey(message: &[u8], child: &Child<'_>) {
    let Ok(order) = from_bytes(message) else { return };
    let word = match order {
        Order::Ping => Word::Here,
        Order::Look => Word::Global(global()),
        Order::Set(value) => {
            set_global(value);
            Word::Global(global())
        }
        Order::Add => {
            for _ in 0..ADDED {
                GLOBAL.fetch_add(1, Ordering::Relaxed);
            }
            Word::Global(global())
        }
        Order::Memory => Word::Memory { own: own_memory().map(|bytes| bytes as f64), thread: thread_memory(child) },
        Order::Crash => crash(),
        Order::AbortThread => {
            abort_thread();
            Word::Here
        }
    };
    (child.send)(&to_bytes(&word));
}

#[cfg(target_arch = "wasm32")]
mod here {
    //! A process in a browser: it has no threads, and a panic ends it.
    use super::Child;

    pub(super) fn thread_memory(_: &Child<'_>) -> Option<f64> {
        None
    }

    pub(super) fn crash() -> ! {
        panic!("told to crash")
    }

    pub(super) fn abort_thread() {}
}

#[cfg(not(target_arch = "wasm32"))]
mod here {
    //! An operating system process.
    use super::super::sibling::Sibling;
    use super::Child;
    use interleave_threads::{Error, own_memory, spawn};
    use interleave_trace::mean;
    use std::time::Duration;

    /// How many threads are started to find out what one takes.
    const THREADS: u32 = 16;
    /// How long a process may take to end after one of its threads aborted.
    const GRACE: Duration = Duration::from_secs(1);

    /// How much this process's memory grows for each of several threads that have run and now wait.
    pub(super) fn thread_memory(child: &Child<'_>) -> Option<f64> {
        let before = own_memory()?;
        let start = |_| Sibling::start(&child.cancel, |()| ());
        let threads: Vec<Sibling<(), ()>> = (0..THREADS).map(start).collect::<Result<_, Error>>().ok()?;
        for thread in &threads {
            thread.ask(()).ok()?;
        }
        Some(mean(own_memory()?.saturating_sub(before) as f64, f64::from(THREADS)))
    }

    /// Without a message on standard error.
    pub(super) fn crash() -> ! {
        std::process::abort()
    }

    pub(super) fn abort_thread() {
        if spawn(false, || std::process::abort()).is_ok() {
            std::thread::sleep(GRACE);
        }
    }
}

use here::{abort_thread, crash, thread_memory};

/// Starts a process that answers each order before it gets the next.
pub(super) async fn partner(stage: &Stage) -> Result<Partner, Error> {
    processes::partner(Process::SLUG, &stage.cancel).await
}

/// Sends an order and waits for the answer.
pub(super) async fn ask(partner: &mut Partner, order: Order) -> Result<Word, Error> {
    word(&partner.ask(&to_bytes(&order)).await?)
}

/// Decodes an answer.
pub(super) fn word(bytes: &[u8]) -> Result<Word, Error> {
    from_bytes(bytes).map_err(|error| Error::Panicked(format!("a process's answer cannot be read: {error}")))
}

/// Starts a group of `count` processes, and waits until all are up.
pub(super) async fn group(count: u32, stage: &Stage) -> Result<Processes, Error> {
    let mut group = Processes::new(Process::SLUG);
    for _ in 0..count {
        group.start()?;
    }
    for _ in 0..count {
        next(&mut group, stage).await?;
    }
    Ok(group)
}

/// The next message of a group.
pub(super) async fn next(group: &mut Processes, stage: &Stage) -> Result<Message, Error> {
    /// How often to check for a stop, in milliseconds.
    const LOOK_MS: u32 = 20;
    /// How many times to check before giving up: 10 s.
    const LOOKS: u32 = 500;
    for _ in 0..LOOKS {
        if let Some(message) = group.receive(LOOK_MS).await? {
            return Ok(message);
        }
        stage.cancel.check()?;
    }
    Err(Error::Start("a process does not answer".to_owned()))
}
