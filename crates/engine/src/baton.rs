//! A fair baton: only the thread that holds it may compute. It is CPython's global interpreter lock, made fair.

use crate::clock::RunClock;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// The baton. Threads get it in the order in which they ask.
#[derive(Debug)]
pub struct Baton {
    clock: RunClock,
    state: Mutex<Holding>,
}

#[derive(Debug, Default)]
struct Holding {
    held: bool,
    /// The waiting threads, longest wait first.
    queue: VecDeque<Arc<Waiter>>,
    /// The thread that held it last.
    last: Option<u32>,
    released_us: u64,
    switches: Switches,
}

/// How many times the baton passed from one thread to another, and how long that took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Switches {
    /// How many times it passed to another thread.
    pub count: u64,
    /// The total time from one thread's release to the other's first instruction, in microseconds.
    pub us: u64,
}

/// A waiting thread's own bell, so that passing the baton wakes nobody else.
#[derive(Debug, Default)]
struct Waiter {
    granted: Mutex<bool>,
    bell: Condvar,
}

impl Baton {
    /// A free baton.
    #[must_use]
    pub fn new(clock: RunClock) -> Baton {
        Baton { clock, state: Mutex::default() }
    }

    /// Waits for the baton; returns the time from which `thread` holds it, by the run's clock. That is never before the
    /// last holder's release, even if the two threads' clocks differ by a step.
    ///
    /// A stop needs no bell: the holder releases the baton at its next slice, and so on down the queue.
    pub fn acquire(&self, thread: u32) -> u64 {
        let asked_us = self.clock.now();
        let mut state = self.lock();
        if state.held {
            let turn = state.join_queue();
            drop(state);
            turn.wait();
            state = self.lock();
        }
        state.held = true;
        state.taken(thread, asked_us, self.clock.now())
    }

    /// Releases the baton at `now_us`: the thread that has waited longest gets it.
    pub fn release(&self, now_us: u64) {
        self.lock().pass_on(now_us);
    }

    /// Passes the baton at `now_us` to the thread that has waited longest, and waits to get it back; returns the time
    /// from which `thread` holds it again. `None`, without doing anything, if no thread waits.
    pub fn hand_on(&self, thread: u32, now_us: u64) -> Option<u64> {
        let mut state = self.lock();
        if state.queue.is_empty() {
            return None;
        }
        let turn = state.join_queue();
        state.pass_on(now_us);
        drop(state);
        turn.wait();
        let now_again = self.clock.now();
        Some(self.lock().taken(thread, now_us, now_again))
    }

    /// The run's clock.
    #[must_use]
    pub fn clock(&self) -> RunClock {
        self.clock
    }

    /// How many times it has changed hands so far.
    #[must_use]
    pub fn switches(&self) -> Switches {
        self.lock().switches
    }

    fn lock(&self) -> MutexGuard<'_, Holding> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Holding {
    fn join_queue(&mut self) -> Arc<Waiter> {
        let turn = Arc::new(Waiter::default());
        self.queue.push_back(turn.clone());
        turn
    }

    fn pass_on(&mut self, now_us: u64) {
        self.released_us = self.released_us.max(now_us);
        match self.queue.pop_front() {
            // It stays held, now by the next thread: no other can take it on the way.
            Some(turn) => turn.grant(),
            None => self.held = false,
        }
    }

    fn taken(&mut self, thread: u32, asked_us: u64, now_us: u64) -> u64 {
        let now_us = now_us.max(self.released_us);
        if self.last.replace(thread).is_some_and(|last| last != thread) {
            self.switches.count += 1;
            self.switches.us += now_us.saturating_sub(self.released_us.max(asked_us));
        }
        now_us
    }
}

impl Waiter {
    fn grant(&self) {
        *self.granted.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.bell.notify_one();
    }

    fn wait(&self) {
        let mut granted = self.granted.lock().unwrap_or_else(PoisonError::into_inner);
        while !*granted {
            granted = self.bell.wait(granted).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_round_in_the_order_of_asking() {
        let clock = RunClock::start();
        let baton = Arc::new(Baton::new(clock));
        let order = Arc::new(Mutex::new(Vec::new()));
        baton.acquire(0);
        let mut threads = Vec::new();
        for thread in 1..5 {
            let (baton_, order) = (baton.clone(), order.clone());
            threads.push(std::thread::spawn(move || {
                baton_.acquire(thread);
                order.lock().unwrap().push(thread);
                baton_.release(clock.now());
            }));
            while baton.lock().queue.len() < thread as usize {
                std::thread::yield_now();
            }
        }
        assert!(baton.hand_on(0, clock.now()).is_some());
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(*order.lock().unwrap(), [1, 2, 3, 4]);
        assert_eq!(baton.switches().count, 5);
    }

    #[test]
    fn nobody_waiting_keeps_it() {
        let clock = RunClock::start();
        let baton = Baton::new(clock);
        baton.acquire(0);
        assert_eq!(baton.hand_on(0, clock.now()), None);
        baton.release(clock.now());
        baton.acquire(0);
        assert_eq!(baton.switches().count, 0);
    }

    #[test]
    fn it_is_never_held_twice() {
        let clock = RunClock::start();
        let baton = Arc::new(Baton::new(clock));
        let held = Arc::new(Mutex::new(Vec::new()));
        let threads: Vec<_> = (0..4)
            .map(|thread| {
                let (baton, held) = (baton.clone(), held.clone());
                std::thread::spawn(move || {
                    let mut since = baton.acquire(thread);
                    for _ in 0..200 {
                        let now = clock.now();
                        held.lock().unwrap().push((since, now));
                        since = baton.hand_on(thread, now).unwrap_or(now);
                    }
                    baton.release(clock.now().max(since));
                })
            })
            .collect();
        for thread in threads {
            thread.join().unwrap();
        }
        let mut held = held.lock().unwrap().clone();
        held.sort_unstable();
        assert!(held.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    }
}
