//! A thread of a run, as others see it.

use super::timeline::{Span, State, Track};
use crate::guarded::Guarded;
use interleave_threads::now_us;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A bit of [`Thread::word`]: another thread wants the global interpreter lock.
pub const GIL_WANTED: u32 = 1;
/// A bit of [`Thread::word`]: the thread is to end at once.
pub const END: u32 = 2;

/// A thread of a run.
#[derive(Debug)]
pub struct Thread {
    /// Its number; 0 is the main thread.
    pub id: u32,
    /// What others want of it: [`GIL_WANTED`], [`END`]. Looked at between instructions.
    pub word: AtomicU32,
    /// Whether the program does not wait for it.
    pub daemon: AtomicBool,
    /// Whether it was ended before its function returned.
    pub cut: AtomicBool,
    /// Whether it is what another process does, on its main thread; here it runs nothing.
    pub process: bool,
    /// Whether it has the global interpreter lock.
    pub has_gil: AtomicBool,
    /// Its name.
    pub name: Guarded<String>,
    /// What it waits for, and whether without a limit.
    pub wait: Guarded<Option<Wait>>,
    /// The line that it is at.
    pub line: AtomicU32,
    /// Threads that wait for its end.
    joiners: Guarded<Vec<Arc<Thread>>>,
    track: Guarded<Track>,
    ended: AtomicBool,
    woken: Mutex<bool>,
    wakes: Condvar,
}

/// What a thread waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wait {
    /// What it is doing.
    pub state: State,
    /// Whether it gives up at some time.
    pub limited: bool,
}

impl Thread {
    /// A thread that has not begun.
    pub fn new(id: u32, name: String, daemon: bool) -> Thread {
        Thread {
            id,
            word: AtomicU32::new(0),
            daemon: AtomicBool::new(daemon),
            cut: AtomicBool::new(false),
            process: false,
            has_gil: AtomicBool::new(false),
            name: Guarded::new(name),
            wait: Guarded::new(None),
            line: AtomicU32::new(0),
            joiners: Guarded::default(),
            track: Guarded::default(),
            ended: AtomicBool::new(false),
            woken: Mutex::new(false),
            wakes: Condvar::new(),
        }
    }

    /// What another process will do, here called as the process is.
    pub fn of_process(id: u32, name: String, daemon: bool) -> Thread {
        Thread { process: true, ..Thread::new(id, name, daemon) }
    }

    /// From now on it is in `state`.
    pub fn enter(&self, state: State) {
        self.track.lock().enter(state, self.line.load(Ordering::Relaxed));
    }

    /// It runs nothing any more.
    pub fn end(&self) {
        self.track.lock().end();
        self.ended.store(true, Ordering::Release);
    }

    /// Whether it has ended; if not, wakes `joiner` when it has.
    pub fn ended_or_wakes(&self, joiner: &Arc<Thread>) -> bool {
        if self.has_ended() {
            return true;
        }
        let mut joiners = self.joiners.lock();
        if !joiners.iter().any(|other| other.id == joiner.id) {
            joiners.push(joiner.clone());
        }
        drop(joiners);
        // It may have ended in between.
        self.has_ended()
    }

    /// Wakes those that wait for its end.
    pub fn wake_joiners(&self) {
        for joiner in self.joiners.lock().drain(..) {
            joiner.wake();
        }
    }

    /// What another process did, as it told at its end.
    pub fn adopt(&self, spans: Vec<Span>, lost: u64) {
        self.track.lock().adopt(spans, lost);
    }

    /// Whether it runs nothing any more.
    pub fn has_ended(&self) -> bool {
        self.ended.load(Ordering::Acquire)
    }

    /// What it did so far.
    pub fn spans(&self) -> Vec<Span> {
        self.track.lock().spans()
    }

    /// How many spans were not kept.
    pub fn lost(&self) -> u64 {
        self.track.lock().lost()
    }

    /// Wakes it if it waits, or lets its next wait return at once.
    pub fn wake(&self) {
        *self.woken.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.wakes.notify_all();
    }

    /// Whether it was woken and has not seen it.
    pub fn is_woken(&self) -> bool {
        *self.woken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until it is woken, or `until_us`.
    pub fn park(&self, until_us: u64) {
        let mut woken = self.woken.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if std::mem::take(&mut *woken) {
                return;
            }
            let left = until_us.saturating_sub(now_us());
            if left == 0 {
                return;
            }
            let wait = self.wakes.wait_timeout(woken, Duration::from_micros(left));
            woken = wait.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
