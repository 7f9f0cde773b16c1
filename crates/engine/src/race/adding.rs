//! The ways to add to a counter, both at full speed and in slow motion.

use crate::kernel::burn;
use interleave_labs::race::{Remedy, first_half};
use interleave_threads::{Cancel, Stopped};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A value on its own cache lines: two of the usual 64 bytes, because cores fetch them in pairs.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(super) struct Alone<T>(pub(super) T);

/// What the threads of one bout share.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Loaded and stored without any lock. Each load and each store is atomic by itself, as in all of safe Rust; the
    /// two together are not.
    counter: Alone<AtomicU32>,
    /// A counter inside the one lock that guards it.
    guarded: Alone<Mutex<u32>>,
    /// Two locks that both claim to guard `counter`.
    locks: [Alone<Mutex<()>>; 2],
}

impl Memory {
    /// What was counted, once all threads have ended.
    pub(super) fn counted(&self, remedy: Remedy) -> u32 {
        match remedy {
            Remedy::Mutex => *lock(&self.guarded.0),
            _ => self.counter.0.load(Ordering::Relaxed),
        }
    }
}

/// What one thread has to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// The remedy.
    pub(super) remedy: Remedy,
    /// The thread's number, from 0.
    pub(super) thread: u32,
    /// How many threads there are.
    pub(super) threads: u32,
    /// How many times it adds 1.
    pub(super) adds: u32,
    /// Iterations of the kernel between load and store.
    pub(super) window: u64,
}

/// Watches the steps of each addition.
pub(super) trait Observer {
    /// Additions between two checks of the cancel word: few enough for 16 threads at one lock, many enough that the
    /// check costs nothing.
    const CHUNK: u32;

    /// It asks for a lock.
    fn asks(&mut self) {}
    /// It holds what it needs, and is about to load.
    fn begins(&mut self) {}
    /// It has stored, and still holds what it held.
    fn ends(&mut self) {}
    /// It has released everything.
    fn rests(&mut self) {}
}

/// Watches nothing.
pub(super) struct Nobody;

impl Observer for Nobody {
    const CHUNK: u32 = 256;
}

/// Does a thread's part.
///
/// # Errors
/// [`Stopped`] as soon as the run is stopped.
pub(super) fn add<O: Observer>(part: Part, memory: &Memory, cancel: &Cancel, observer: &mut O) -> Result<(), Stopped> {
    let Part { remedy, thread, threads, adds, window } = part;
    let counter = &memory.counter.0;
    match remedy {
        Remedy::Plain => often(adds, cancel, observer, |observer| plain(counter, window, observer)),
        Remedy::Mutex => often(adds, cancel, observer, |observer| {
            observer.asks();
            let mut sum = lock(&memory.guarded.0);
            observer.begins();
            *sum += one(*sum, window);
            observer.ends();
            drop(sum);
            observer.rests();
        }),
        Remedy::Atomic => {
            let mut seen = thread;
            often(adds, cancel, observer, |observer| {
                observer.begins();
                seen = counter.fetch_add(one(seen, window), Ordering::Relaxed);
                observer.ends();
                observer.rests();
            })
        }
        Remedy::Merged | Remedy::Processes => {
            let own = Alone(AtomicU32::new(0));
            often(adds, cancel, observer, |observer| plain(&own.0, window, observer))?;
            counter.fetch_add(own.0.into_inner(), Ordering::Relaxed);
            Ok(())
        }
        Remedy::TwoLocks => {
            let [one, other] = &memory.locks;
            let mine = if thread < first_half(threads) { one } else { other };
            often(adds, cancel, observer, |observer| locked(&mine.0, counter, window, observer))
        }
        Remedy::OwnLock => {
            let own = Alone(Mutex::new(()));
            often(adds, cancel, observer, |observer| locked(&own.0, counter, window, observer))
        }
    }
}

/// Loads, adds and stores.
#[inline(always)]
pub(super) fn plain(counter: &AtomicU32, window: u64, observer: &mut impl Observer) {
    observer.begins();
    let seen = counter.load(Ordering::Relaxed);
    counter.store(seen + one(seen, window), Ordering::Relaxed);
    observer.ends();
    observer.rests();
}

/// Loads, adds and stores while it holds `guard`.
#[inline(always)]
fn locked(guard: &Mutex<()>, counter: &AtomicU32, window: u64, observer: &mut impl Observer) {
    observer.asks();
    let held = lock(guard);
    observer.begins();
    let seen = counter.load(Ordering::Relaxed);
    counter.store(seen + one(seen, window), Ordering::Relaxed);
    observer.ends();
    drop(held);
    observer.rests();
}

#[inline(always)]
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns 1, found by `window` iterations that depend on `seed`, so that they can be neither removed nor done before
/// it is known.
#[inline(always)]
fn one(seed: u32, window: u64) -> u32 {
    // The kernel never reaches 0 from another state, but no compiler knows that.
    if window == 0 { 1 } else { u32::from(burn(u64::from(seed) | 1 << 32, window) != 0) }
}

/// Repeats it, and checks the cancel word now and then.
fn often<O: Observer>(
    times: u32,
    cancel: &Cancel,
    observer: &mut O,
    mut once: impl FnMut(&mut O),
) -> Result<(), Stopped> {
    let mut left = times;
    while left > 0 {
        cancel.check()?;
        let count = left.min(O::CHUNK);
        chunk(count, observer, &mut once);
        left -= count;
    }
    Ok(())
}

/// Does it `count` times. A separate function, because browsers switch to optimised code only when a function is called
/// again.
#[inline(never)]
pub(super) fn chunk<O: Observer>(count: u32, observer: &mut O, once: &mut impl FnMut(&mut O)) {
    for _ in 0..count {
        once(observer);
    }
}
