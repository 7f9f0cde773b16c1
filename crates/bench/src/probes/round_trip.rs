//! A word to another thread and back, through memory that both see.

use crate::{Scale, Series, timed_us};
use interleave_threads::{Error, prestart, spawn, unblock};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

const TRIPS: u32 = 2_000;

/// Microseconds for a round trip between two threads that wait for each other.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    prestart(2).await?;
    let samples = unblock(move || {
        let (there, back) = (Arc::new(Mailbox::default()), Arc::new(Mailbox::default()));
        let batches = scale.of(20) as u32 + 1;
        let (there_, back_) = (there.clone(), back.clone());
        let echo = spawn(false, move || (0..batches * TRIPS).for_each(|_| back_.put(there_.take())))?;
        let batch = || {
            timed_us(|| {
                for trip in 0..TRIPS {
                    there.put(trip);
                    assert_eq!(back.take(), trip);
                }
            })
        };
        batch();
        let samples = (1..batches).map(|_| batch() / f64::from(TRIPS)).collect();
        echo.join()?;
        Ok::<_, Error>(samples)
    });
    Ok(vec![Series::new("shared memory", samples.await??)])
}

/// Room for one word.
#[derive(Default)]
struct Mailbox {
    word: Mutex<Option<u32>>,
    filled: Condvar,
}

impl Mailbox {
    fn put(&self, word: u32) {
        *self.word.lock().unwrap_or_else(PoisonError::into_inner) = Some(word);
        self.filled.notify_one();
    }

    fn take(&self) -> u32 {
        let mut word = self.word.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match word.take() {
                Some(word) => return word,
                None => word = self.filled.wait(word).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}
