//! A thread that answers each question before it gets the next: for threads, what a
//! [`Partner`](interleave_threads::process::Partner) is for processes.

use interleave_threads::{Cancel, Error, spawn};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// The asking side of the thread, which ends when this is dropped.
pub(super) struct Sibling<Q, A> {
    /// `None`: no more questions.
    questions: Arc<Mailbox<Option<Q>>>,
    answers: Arc<Mailbox<A>>,
    cancel: Arc<Cancel>,
}

impl<Q: Send + 'static, A: Send + 'static> Sibling<Q, A> {
    /// Starts it, on an idle worker if there is one.
    pub(super) fn start(
        cancel: &Arc<Cancel>,
        mut answer: impl FnMut(Q) -> A + Send + 'static,
    ) -> Result<Sibling<Q, A>, Error> {
        let (questions, answers) = (Arc::new(Mailbox::new()), Arc::new(Mailbox::new()));
        let (asked, answered, cancelled) = (questions.clone(), answers.clone(), cancel.clone());
        spawn(false, move || {
            while let Ok(Some(question)) = asked.take(&cancelled) {
                answered.put(answer(question));
            }
        })?;
        Ok(Sibling { questions, answers, cancel: cancel.clone() })
    }
}

impl<Q, A> Sibling<Q, A> {
    /// Asks a question, and blocks until the answer is there.
    pub(super) fn ask(&self, question: Q) -> Result<A, Error> {
        self.questions.put(Some(question));
        self.answers.take(&self.cancel)
    }
}

impl<Q, A> Drop for Sibling<Q, A> {
    fn drop(&mut self) {
        self.questions.put(None);
    }
}

/// A slot for one value that a thread waits for.
pub(super) struct Mailbox<T> {
    content: Mutex<Option<T>>,
    filled: Condvar,
}

impl<T> Mailbox<T> {
    pub(super) fn new() -> Mailbox<T> {
        Mailbox { content: Mutex::new(None), filled: Condvar::new() }
    }

    /// Puts a value in, and wakes the thread that waits for it.
    pub(super) fn put(&self, thing: T) {
        *self.content.lock().unwrap_or_else(PoisonError::into_inner) = Some(thing);
        self.filled.notify_one();
    }

    /// Takes the value out; blocks until there is one.
    pub(super) fn take(&self, cancel: &Cancel) -> Result<T, Error> {
        /// How often to check for a stop.
        const LOOK: Duration = Duration::from_millis(20);
        /// How many times to check before giving up: 10 s.
        const LOOKS: u32 = 500;
        let (mut content, mut looks) = (self.content.lock().unwrap_or_else(PoisonError::into_inner), 0);
        loop {
            if let Some(thing) = content.take() {
                return Ok(thing);
            }
            cancel.check()?;
            if looks >= LOOKS {
                return Err(Error::Panicked("a thread does not answer".to_owned()));
            }
            let waited = self.filled.wait_timeout(content, LOOK).unwrap_or_else(PoisonError::into_inner);
            looks += u32::from(waited.1.timed_out());
            content = waited.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::now_us;

    #[test]
    fn it_answers_in_turn_and_keeps_what_it_knows() {
        let mut sum = 0;
        let sibling = Sibling::start(&Arc::default(), move |number: u32| {
            sum += number;
            sum
        });
        let sibling = sibling.unwrap();
        assert_eq!([5, 7, 1].map(|number| sibling.ask(number).unwrap()), [5, 12, 13]);
    }

    #[test]
    fn a_stop_ends_the_wait_for_an_answer() {
        let cancel = Arc::<Cancel>::default();
        let asked_us = now_us();
        let slow = cancel.clone();
        let sibling = Sibling::start(&cancel, move |()| {
            // Never wakes by itself.
            let _ = slow.sleep_until(u64::MAX / 2);
        });
        let stopper = cancel.clone();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(10));
            stopper.stop();
        });
        let answer = sibling.unwrap().ask(());
        assert!(matches!(answer, Ok(()) | Err(Error::Stopped)));
        assert!(now_us() - asked_us < 5_000_000);
    }
}
