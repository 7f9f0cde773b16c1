//! The baton of `one-core`, from one thread to another.

use crate::{Scale, Series, timed_us};
use interleave_engine::{RunClock, baton::Baton};
use interleave_threads::{Error, prestart, spawn, unblock};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

const HAND_OVERS: u32 = 2_000;

/// Microseconds for a hand-over: of the baton, and of a plain flag with a condition variable.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    prestart(3).await?;
    let samples = unblock(move || {
        let batches = scale.of(20) + 1;
        let mut series = [Series::new("baton", Vec::new()), Series::new("condition variable", Vec::new())];
        for batch in 0..batches {
            for (series, hand_over) in series.iter_mut().zip([baton, condition_variable]) {
                let us = hand_over()?;
                if batch > 0 {
                    series.samples.push(us);
                }
            }
        }
        Ok::<_, Error>(series.to_vec())
    });
    samples.await?
}

fn baton() -> Result<f64, Error> {
    let clock = RunClock::start();
    let baton = Arc::new(Baton::new(clock));
    let over = Arc::new(AtomicBool::new(false));
    let us = between_two(|thread| {
        let (baton, over) = (baton.clone(), over.clone());
        move |start: &Flag| {
            start.wait_for(2);
            baton.acquire(thread);
            let mut handed = 0;
            // Until the other one is there, and once it is gone, nobody takes the baton.
            while handed < HAND_OVERS && !over.load(Ordering::Relaxed) {
                match baton.hand_on(thread, clock.now()) {
                    Some(_) => handed += 1,
                    None => std::hint::spin_loop(),
                }
            }
            over.store(true, Ordering::Relaxed);
            baton.release(clock.now());
        }
    })?;
    Ok(us / baton.switches().count.max(1) as f64)
}

fn condition_variable() -> Result<f64, Error> {
    let turn = Arc::new(Flag::default());
    let us = between_two(|thread| {
        let turn = turn.clone();
        move |start: &Flag| {
            start.wait_for(2);
            for round in 0..HAND_OVERS {
                turn.wait_for(2 * round + thread);
                turn.set(2 * round + thread + 1);
            }
        }
    })?;
    Ok(us / f64::from(2 * HAND_OVERS))
}

/// Lets two threads do what `body` gives each, and waits for them; microseconds.
fn between_two<F: FnOnce(&Flag) + Send + 'static>(body: impl Fn(u32) -> F) -> Result<f64, Error> {
    let ready = Arc::new(Flag::default());
    let threads: Vec<_> = (0..2)
        .map(|thread| {
            let (ready, body) = (ready.clone(), body(thread));
            spawn(false, move || body(&ready))
        })
        .collect::<Result<_, _>>()?;
    ready.set(2);
    let mut threads = threads.into_iter();
    let us = timed_us(|| {
        for thread in threads.by_ref() {
            let _ = thread.join();
        }
    });
    Ok(us)
}

/// A number that threads wait for.
#[derive(Default)]
struct Flag {
    number: Mutex<u32>,
    changed: Condvar,
}

impl Flag {
    fn set(&self, number: u32) {
        *self.number.lock().unwrap_or_else(PoisonError::into_inner) = number;
        self.changed.notify_all();
    }

    fn wait_for(&self, number: u32) {
        let mut seen = self.number.lock().unwrap_or_else(PoisonError::into_inner);
        while *seen != number {
            seen = self.changed.wait(seen).unwrap_or_else(PoisonError::into_inner);
        }
    }
}
