//! A team of threads that start together, again and again.

use crate::latch::{Arrival, Latch};
use interleave_labs::race::Stint;
use interleave_threads::{AtWork, Cancel, Error, Stopped, cores, now_us, prestart, spawn};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How often a waiting thread checks for a stop.
const LOOK: Duration = Duration::from_millis(20);
/// How long a thread spins until all have arrived, before it sleeps, in microseconds: about as long as waking them
/// takes.
const GATHER_US: u64 = 300;
/// How long threads wait until all have a core at the same time, in microseconds: about a time slice of a busy machine.
const LINE_UP_US: u64 = 10_000;
/// A thread that has a core answers within this, in microseconds.
const ANSWER_US: u64 = 10;

/// The threads; they end when this is dropped.
#[derive(Debug)]
pub(super) struct Team(Arc<Table>);

/// Where the team gets its work.
#[derive(Debug)]
pub(super) struct Table {
    size: u32,
    cancel: Arc<Cancel>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The latest work, and its number, from 1.
    job: Option<(u64, Arc<Job>)>,
    closed: bool,
}

type Work = dyn Fn(u32) -> Result<(), Stopped> + Send + Sync;

struct Job {
    work: Box<Work>,
    /// How many threads have arrived.
    ready: AtomicU32,
    /// The number of the first thread's last question, whether all have a core now, and of each thread's last answer.
    question: AtomicU32,
    answers: Vec<AtomicU32>,
    go: AtomicBool,
    arrivals: Mutex<Vec<Arrival>>,
    /// When each thread began and ended, by [`now_us`]; empty until then.
    worked: Mutex<Vec<Option<(u64, u64)>>>,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Job")
    }
}

impl Team {
    /// Starts `size` threads.
    ///
    /// # Errors
    /// Why a thread could not start.
    pub(super) async fn start(size: u32, cancel: &Arc<Cancel>) -> Result<Team, Error> {
        // One more, which hands out the work.
        prestart(size + 1).await?;
        let table = Table { size, cancel: cancel.clone(), state: Mutex::default(), changed: Condvar::new() };
        let team = Team(Arc::new(table));
        for thread in 0..size {
            let table = team.0.clone();
            spawn(false, move || table.work_as(thread))?;
        }
        Ok(team)
    }

    /// Where to hand out work, from any thread that may block.
    pub(super) fn table(&self) -> Arc<Table> {
        self.0.clone()
    }
}

impl Drop for Team {
    fn drop(&mut self) {
        lock(&self.0.state).closed = true;
        self.0.changed.notify_all();
    }
}

impl Table {
    /// Lets all threads do `work`, which gets the thread's number. They start together. Blocks until all have ended;
    /// returns when each was at work, in microseconds since the first one began.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is stopped; [`Error::Panicked`] if a thread panicked.
    pub(super) fn run(
        &self,
        work: impl Fn(u32) -> Result<(), Stopped> + Send + Sync + 'static,
    ) -> Result<Vec<Stint>, Error> {
        let (latch, arrivals) = Latch::new(self.size);
        let job = Arc::new(Job {
            work: Box::new(work),
            ready: AtomicU32::new(0),
            question: AtomicU32::new(0),
            answers: (0..self.size).map(|_| AtomicU32::new(0)).collect(),
            go: AtomicBool::new(false),
            arrivals: Mutex::new(arrivals),
            worked: Mutex::new(vec![None; self.size as usize]),
        });
        let mut state = lock(&self.state);
        let number = state.job.as_ref().map_or(0, |(number, _)| *number) + 1;
        state.job = Some((number, job.clone()));
        drop(state);
        self.changed.notify_all();
        latch.wait(&self.cancel)?;
        self.cancel.check()?;
        let worked: Option<Vec<(u64, u64)>> = lock(&job.worked).iter().copied().collect();
        let worked = worked.ok_or_else(|| Error::Panicked("a thread did not finish its additions".to_owned()))?;
        let first = worked.iter().map(|(start_us, _)| *start_us).min().unwrap_or(0);
        let since = |us: u64| u32::try_from(us - first).unwrap_or(u32::MAX);
        // Clocks of two threads may differ by a step.
        Ok(worked.iter().map(|&(start, end)| Stint { start_us: since(start), end_us: since(end.max(start)) }).collect())
    }

    /// A thread's main loop.
    fn work_as(&self, thread: u32) {
        let mut done = 0;
        while let Some((number, job)) = self.next(done) {
            done = number;
            // Dropped last, so that whoever waits for it finds everything in place.
            let _arrival = lock(&job.arrivals).pop();
            let _at_work = AtWork::begin();
            if let Ok(worked) = self.perform(thread, &job) {
                lock(&job.worked)[thread as usize] = Some(worked);
            }
        }
    }

    /// Blocks until there is work with a higher number; `None` if there will be none.
    fn next(&self, done: u64) -> Option<(u64, Arc<Job>)> {
        let mut state = lock(&self.state);
        loop {
            if state.closed || self.cancel.check().is_err() {
                return None;
            }
            if let Some((number, job)) = state.job.as_ref().filter(|(number, _)| *number > done) {
                return Some((*number, job.clone()));
            }
            state = self.changed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn perform(&self, thread: u32, job: &Job) -> Result<(u64, u64), Stopped> {
        self.gather(&job.ready)?;
        if self.size <= cores() {
            self.line_up(thread, job)?;
        }
        let start_us = now_us();
        (job.work)(thread)?;
        Ok((start_us, now_us()))
    }

    /// Waits until all threads have arrived. It spins at first; but if another has no core yet, this one must give up
    /// its own.
    fn gather(&self, ready: &AtomicU32) -> Result<(), Stopped> {
        if ready.fetch_add(1, Ordering::AcqRel) + 1 == self.size {
            drop(lock(&self.state));
            self.changed.notify_all();
            return Ok(());
        }
        self.spin(ready, GATHER_US)?;
        while ready.load(Ordering::Acquire) < self.size {
            self.cancel.check()?;
            let state = lock(&self.state);
            if ready.load(Ordering::Acquire) < self.size {
                drop(self.changed.wait_timeout(state, LOOK).unwrap_or_else(PoisonError::into_inner));
            }
        }
        Ok(())
    }

    /// Waits until all threads have a core at the same moment: the first one asks, and starts once all the others have
    /// answered at once. It does not wait long, because on a busy machine this may never happen.
    fn line_up(&self, thread: u32, job: &Job) -> Result<(), Stopped> {
        let until = now_us() + LINE_UP_US;
        while !job.go.load(Ordering::Acquire) && now_us() < until {
            self.cancel.check()?;
            if thread > 0 {
                job.answers[thread as usize].store(job.question.load(Ordering::Acquire), Ordering::Release);
                std::hint::spin_loop();
                continue;
            }
            let question = job.question.load(Ordering::Relaxed) + 1;
            job.question.store(question, Ordering::Release);
            let asked_us = now_us();
            let answered = |answer: &AtomicU32| answer.load(Ordering::Acquire) == question;
            while now_us() <= asked_us + ANSWER_US {
                if job.answers[1..].iter().all(answered) {
                    job.go.store(true, Ordering::Release);
                    break;
                }
            }
        }
        Ok(())
    }

    /// Spins until `count` has reached all threads, at most this long.
    fn spin(&self, count: &AtomicU32, most_us: u64) -> Result<(), Stopped> {
        let until = now_us() + most_us;
        while count.load(Ordering::Acquire) < self.size && now_us() < until {
            self.cancel.check()?;
            std::hint::spin_loop();
        }
        Ok(())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::block_on;

    #[test]
    fn all_threads_do_each_piece_of_work_once_and_are_there_at_the_same_time() {
        for size in [2, 16] {
            let team = block_on(Team::start(size, &Arc::default())).unwrap();
            for _ in 0..20 {
                let there = Arc::new(AtomicU32::new(0));
                let counted = there.clone();
                let stints = team.table().run(move |thread| {
                    counted.fetch_add(1 << thread, Ordering::AcqRel);
                    // Ends only if all are there before the first one leaves.
                    while counted.load(Ordering::Acquire) != (1 << size) - 1 {
                        std::thread::yield_now();
                    }
                    Ok(())
                });
                let stints = stints.unwrap();
                assert_eq!(there.load(Ordering::Acquire), (1 << size) - 1);
                assert_eq!(stints.len(), size as usize);
                assert_eq!(stints.iter().map(|stint| stint.start_us).min(), Some(0));
            }
        }
    }

    #[test]
    fn a_stop_and_a_panic_end_the_wait() {
        let cancel = Arc::<Cancel>::default();
        let team = block_on(Team::start(2, &cancel)).unwrap();
        let panicked = team.table().run(|thread| {
            assert_ne!(thread, 1, "this panic is part of the test");
            Ok(())
        });
        assert!(matches!(panicked, Err(Error::Panicked(_))), "{panicked:?}");
        let team = block_on(Team::start(2, &cancel)).unwrap();
        let stopper = cancel.clone();
        let stopped = team.table().run(move |_| {
            stopper.stop();
            loop {
                stopper.check()?;
            }
        });
        assert_eq!(stopped, Err(Error::Stopped));
    }
}
