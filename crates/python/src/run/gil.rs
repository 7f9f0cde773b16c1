//! The global interpreter lock: a baton that only its holder may run Python code with.
//!
//! After CPython's `Python/ceval_gil.h`: who waits asks for it once a switch interval has passed without a change; the holder sees that at its
//! next backward jump or call, lets go, and waits until another thread has taken it.

use super::thread::{GIL_WANTED, Thread};
use interleave_threads::now_us;
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How the lock was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GilCounts {
    /// How often a thread took it from another one.
    pub hand_overs: u64,
    /// How often its holder was asked to let go.
    pub requests: u64,
    /// How often a thread was woken for it and found it taken.
    pub found_taken: u64,
    /// From when it was free and wanted to when another thread had it, all hand-overs together, in microseconds.
    pub hand_over_us: u64,
}

impl GilCounts {
    /// Adds those of another process, which has a lock of its own.
    pub fn add(&mut self, other: GilCounts) {
        self.hand_overs += other.hand_overs;
        self.requests += other.requests;
        self.found_taken += other.found_taken;
        self.hand_over_us += other.hand_over_us;
    }
}

/// The global interpreter lock.
#[derive(Debug)]
pub struct Gil {
    enabled: bool,
    /// The switch interval in microseconds.
    pub interval_us: AtomicU64,
    state: Mutex<State>,
    free: Condvar,
    taken: Condvar,
}

#[derive(Debug, Default)]
struct State {
    holder: Option<Arc<Thread>>,
    last: Option<u32>,
    takes: u64,
    waiting: u32,
    freed_us: u64,
    counts: GilCounts,
}

impl Gil {
    /// A lock that nobody holds; without effect unless `enabled`.
    pub fn new(enabled: bool, interval_us: u64) -> Gil {
        let state = Mutex::default();
        Gil { enabled, interval_us: AtomicU64::new(interval_us), state, free: Condvar::new(), taken: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn interval(&self) -> Duration {
        Duration::from_micros(self.interval_us.load(Ordering::Relaxed).max(1))
    }

    /// Whether it is in use at all.
    pub fn is_enabled(&self) -> bool {
        self.enabled
    }

    /// How it was used.
    pub fn counts(&self) -> GilCounts {
        self.lock().counts
    }

    /// Waits for the lock and takes it. Whether it did: not if `give_up` says so.
    pub fn acquire(&self, thread: &Arc<Thread>, give_up: impl Fn() -> bool) -> bool {
        if !self.enabled || thread.has_gil.load(Ordering::Relaxed) {
            return true;
        }
        let wanted_us = now_us();
        let mut state = self.lock();
        state.waiting += 1;
        while let Some(holder) = state.holder.clone() {
            if give_up() {
                state.waiting -= 1;
                return false;
            }
            let takes = state.takes;
            let (after, timeout) =
                self.free.wait_timeout(state, self.interval()).unwrap_or_else(PoisonError::into_inner);
            state = after;
            if state.holder.is_none() {
                break;
            }
            if !timeout.timed_out() {
                state.counts.found_taken += 1;
            } else if state.takes == takes {
                state.counts.requests += 1;
                holder.word.fetch_or(GIL_WANTED, Ordering::Relaxed);
            }
        }
        state.waiting -= 1;
        state.takes += 1;
        if state.last.is_some_and(|last| last != thread.id) {
            state.counts.hand_overs += 1;
            state.counts.hand_over_us += now_us().saturating_sub(state.freed_us.max(wanted_us));
        }
        state.last = Some(thread.id);
        state.holder = Some(thread.clone());
        thread.has_gil.store(true, Ordering::Relaxed);
        drop(state);
        self.taken.notify_all();
        true
    }

    /// Lets go of the lock, if the thread has it.
    pub fn release(&self, thread: &Thread) {
        if !self.enabled || !thread.has_gil.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut state = self.lock();
        state.holder = None;
        state.freed_us = now_us();
        thread.word.fetch_and(!GIL_WANTED, Ordering::Relaxed);
        drop(state);
        self.free.notify_one();
    }

    /// Lets go of the lock because another thread asked for it, and waits until one has it.
    pub fn yield_to_another(&self, thread: &Thread, give_up: impl Fn() -> bool) {
        if !self.enabled {
            return;
        }
        let takes = self.lock().takes;
        self.release(thread);
        let mut state = self.lock();
        while state.takes == takes && state.waiting > 0 && !give_up() {
            state = self.taken.wait_timeout(state, self.interval()).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
