//! The ways to add to a counter. Every addition at full speed and in slow motion is one of these.

use crate::kernel::burn;
use interleave_labs::race::{Remedy, first_half};
use interleave_threads::{Cancel, Stopped};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Something on cache lines of its own. Two of the usual 64 bytes, for cores fetch them in pairs.
#[derive(Debug, Default)]
#[repr(align(128))]
pub(super) struct Alone<T>(pub(super) T);

/// What the threads of one bout share.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Loaded and stored by whoever likes. A load and a store are whole by themselves, as any such access in safe Rust; both together
    /// are not.
    counter: Alone<AtomicU32>,
    /// A counter within the one lock that guards it.
    guarded: Alone<Mutex<u32>>,
    /// Two locks that both claim to guard `counter`.
    locks: [Alone<Mutex<()>>; 2],
}

impl Memory {
    /// What was counted, once all have ended.
    pub(super) fn counted(&self, remedy: Remedy) -> u32 {
        match remedy {
            Remedy::Mutex => *lock(&self.guarded.0),
            _ => self.counter.0.load(Ordering::Relaxed),
        }
    }
}

/// What one thread is to do.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// In which way.
    pub(super) remedy: Remedy,
    /// Which thread it is, from 0.
    pub(super) thread: u32,
    /// Of how many.
    pub(super) threads: u32,
    /// How often it adds 1.
    pub(super) adds: u32,
    /// Iterations of the kernel between load and store.
    pub(super) window: u64,
}

/// Who sees how each addition goes on.
pub(super) trait Observer {
    /// Additions between two looks at the cancel word: few enough for 16 threads at one lock, many enough that the look costs nothing.
    const CHUNK: u32;

    /// It asks for a lock.
    fn asks(&mut self) {}
    /// It has what it needs, and is about to load.
    fn begins(&mut self) {}
    /// It has stored, and still holds what it held.
    fn ends(&mut self) {}
    /// It holds nothing any more.
    fn rests(&mut self) {}
}

/// Nobody looks.
pub(super) struct Nobody;

impl Observer for Nobody {
    const CHUNK: u32 = 256;
}

/// Does a thread's part.
///
/// # Errors
/// [`Stopped`] as soon as the run is.
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

/// 1, found by `window` iterations that need `seed`: so they can be neither left out nor done before it is known.
#[inline(always)]
fn one(seed: u32, window: u64) -> u32 {
    // The kernel never gets to 0 from elsewhere, but no compiler knows.
    if window == 0 { 1 } else { u32::from(burn(u64::from(seed) | 1 << 32, window) != 0) }
}

/// Does it so often, and looks at the cancel word now and then.
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

/// Does it `count` times. A function that is left and entered again, for a browser compiles code better only where it is entered.
#[inline(never)]
pub(super) fn chunk<O: Observer>(count: u32, observer: &mut O, once: &mut impl FnMut(&mut O)) {
    for _ in 0..count {
        once(observer);
    }
}
