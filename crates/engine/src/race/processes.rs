//! A process instead of each thread: nothing is shared, so each adds without a lock and sends its sum as a message.

use super::adding::{Alone, Nobody, Observer, chunk, plain};
use crate::clock::RunClock;
use crate::kernel::burn;
use crate::lab::Child;
use crate::processes::Processes;
use interleave_labs::Lab;
use interleave_labs::message::{from_bytes, to_bytes};
use interleave_labs::race::{Bout, Race, Stint};
use interleave_threads::{AtWork, Cancel, Error, Pause, Stopped, now_us};
use interleave_trace::{State, Writer};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};

/// A request to a process.
#[derive(Debug, Serialize, Deserialize)]
enum Order {
    /// To add 1 this many times, with this many iterations of the kernel between load and store.
    Add(Task),
    Stop,
}

/// How a process adds.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Task {
    /// How often.
    pub(super) adds: u32,
    /// Iterations of the kernel between load and store.
    pub(super) window: u64,
    /// Whether it reports when each addition began and ended, and computes for as long after each.
    pub(super) slow: bool,
}

/// A message from a process.
#[derive(Debug, Serialize, Deserialize)]
enum Word {
    Sum(Sum),
    Stopped,
}

/// What a process counted, and when, by [`now_us`]: from start to end, or for each addition in slow motion.
#[derive(Debug, Serialize, Deserialize)]
struct Sum {
    counted: u32,
    worked: Vec<(u64, u64)>,
}

/// A sum, when it was requested, and when it arrived.
#[derive(Debug)]
pub(super) struct Answer {
    sent_us: u64,
    sum: Sum,
    arrived_us: u64,
}

/// How long to wait for a message before checking for a stop, in milliseconds.
const LOOK_MS: u32 = 20;
/// How many times to check for the processes' answers to a stop, before they are killed.
const LAST_LOOKS: u32 = 4;
/// Additions between two pauses of a process: a millisecond at the widest window.
const BREATH: u32 = 4096;

/// Idle processes, ready for work.
#[derive(Debug)]
pub(super) struct Crew {
    processes: Processes,
    size: usize,
}

impl Crew {
    /// Starts `size` processes, and waits until they are up.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is stopped; otherwise why one could not start.
    pub(super) async fn start(size: u32, cancel: &Cancel) -> Result<Crew, Error> {
        let mut processes = Processes::new(Race::SLUG);
        for _ in 0..size {
            processes.start()?;
        }
        let mut up = 0;
        while up < size {
            cancel.check()?;
            up += u32::from(processes.receive(LOOK_MS).await?.is_some());
        }
        Ok(Crew { processes, size: size as usize })
    }

    /// Lets all processes do `task`; returns their answers, in order.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is stopped; otherwise what went wrong with a process.
    pub(super) async fn answers(&mut self, task: Task, cancel: &Cancel) -> Result<Vec<Answer>, Error> {
        let order = to_bytes(&Order::Add(task));
        let mut sent_us = Vec::with_capacity(self.size);
        for process in 0..self.size {
            sent_us.push(now_us());
            self.processes.send(process, &order);
        }
        let mut answers: Vec<Option<Answer>> = (0..self.size).map(|_| None).collect();
        while answers.iter().any(Option::is_none) {
            if cancel.check().is_err() {
                self.stop(&answers).await;
                return Err(Error::Stopped);
            }
            if let Some(message) = self.processes.receive(LOOK_MS).await? {
                let sent_us = sent_us[message.from];
                let sum = match from_bytes(&message.bytes) {
                    Ok(Word::Sum(sum)) => sum,
                    Ok(Word::Stopped) => return Err(Error::Stopped),
                    Err(error) => {
                        return Err(Error::Panicked(format!("a process sent a message that cannot be read: {error}")));
                    }
                };
                answers[message.from] = Some(Answer { sent_us, sum, arrived_us: message.at_us.max(sent_us) });
            }
        }
        Ok(answers.into_iter().flatten().collect())
    }

    /// Asks those that have not answered to stop, and waits a little for them: browsers let a busy worker go on for a
    /// while after it is terminated.
    async fn stop(&mut self, answers: &[Option<Answer>]) {
        let order = to_bytes(&Order::Stop);
        let mut at_work = 0;
        for (process, _) in answers.iter().enumerate().filter(|(_, answer)| answer.is_none()) {
            self.processes.send(process, &order);
            at_work += 1;
        }
        let mut looks = 0;
        while at_work > 0 && looks < LAST_LOOKS {
            match self.processes.receive(LOOK_MS).await {
                Ok(Some(_)) => at_work -= 1,
                Ok(None) | Err(_) => looks += 1,
            }
        }
    }
}

/// The bout that the answers make: from the first request to the last answer.
pub(super) fn bout(answers: &[Answer]) -> Bout {
    let first = answers.iter().map(|answer| answer.sent_us).min().unwrap_or(0);
    let last = answers.iter().map(|answer| answer.arrived_us).max().unwrap_or(first);
    // Processes' clocks may differ by a step.
    let since = |us: u64| u32::try_from(us.clamp(first, last) - first).unwrap_or(u32::MAX);
    let stint = |answer: &Answer| {
        let (start, end) = answer.sum.worked.first().copied().unwrap_or((first, first));
        Stint { start_us: since(start), end_us: since(end.max(start)) }
    };
    Bout { counted: counted(answers), took_us: since(last), stints: answers.iter().map(stint).collect() }
}

/// The sum of all sums.
pub(super) fn counted(answers: &[Answer]) -> u32 {
    answers.iter().map(|answer| answer.sum.counted).fold(0, u32::saturating_add)
}

/// Records the additions that a process reported.
pub(super) fn record(answer: &Answer, process: u32, clock: RunClock, writer: &mut Writer) {
    writer.enter(process, State::Message, clock.at(answer.sent_us));
    for &(start_us, end_us) in &answer.sum.worked {
        writer.enter(process, State::Run, clock.at(start_us));
        writer.leave(clock.at(end_us));
    }
    let last_us = answer.sum.worked.last().map_or(answer.sent_us, |(_, end_us)| *end_us);
    writer.enter(process, State::Message, clock.at(last_us));
    writer.leave(clock.at(answer.arrived_us));
}

/// A process's part: adds as requested, and sends its sum. Ignores anything but requests.
pub(super) async fn child(message: &[u8], child: &Child<'_>) {
    let word = match from_bytes(message) {
        Ok(Order::Add(task)) => {
            let _at_work = AtWork::begin();
            sum(task, child).await.map_or(Word::Stopped, Word::Sum)
        }
        Ok(Order::Stop) => return child.cancel.stop(),
        Err(_) => return,
    };
    (child.send)(&to_bytes(&word));
}

async fn sum(task: Task, child: &Child<'_>) -> Result<Sum, Stopped> {
    let counter = Alone(AtomicU32::new(0));
    let pause = child.pause();
    let mut diary = Diary { window: task.window, began_us: 0, worked: Vec::new() };
    let start_us = now_us();
    let mut left = task.adds;
    while left > 0 {
        pause.breathe().await?;
        let count = left.min(if task.slow { Diary::CHUNK } else { BREATH });
        if task.slow {
            chunk(count, &mut diary, &mut |diary| plain(&counter.0, task.window, diary));
        } else {
            chunk(count, &mut Nobody, &mut |nobody| plain(&counter.0, task.window, nobody));
        }
        left -= count;
    }
    let worked = if task.slow { diary.worked } else { vec![(start_us, now_us())] };
    Ok(Sum { counted: counter.0.load(Ordering::Relaxed), worked })
}

/// Notes when each addition begins and ends.
struct Diary {
    window: u64,
    began_us: u64,
    worked: Vec<(u64, u64)>,
}

impl Observer for Diary {
    const CHUNK: u32 = 1;

    fn begins(&mut self) {
        self.began_us = now_us();
    }

    fn ends(&mut self) {
        self.worked.push((self.began_us, now_us()));
    }

    fn rests(&mut self) {
        std::hint::black_box(burn(1, self.window));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::block_on;
    use interleave_trace::{Recorder, Span};
    use std::cell::RefCell;
    use std::sync::Arc;

    /// What a process says to a message.
    fn said(message: &[u8], cancel: &Arc<Cancel>) -> Option<Word> {
        let word = RefCell::new(None);
        let send = |bytes: &[u8]| drop(word.replace(Some(from_bytes(bytes).unwrap())));
        block_on(child(message, &Child { cancel: cancel.clone(), send: &send }));
        word.take()
    }

    #[test]
    fn a_process_counts_what_it_is_asked_to_and_stops_when_asked() {
        let cancel = Arc::default();
        for (adds, slow, told) in [(10_000, false, 1), (12, true, 12)] {
            let order = to_bytes(&Order::Add(Task { adds, window: 2, slow }));
            let Some(Word::Sum(sum)) = said(&order, &cancel) else { panic!("no sum") };
            assert_eq!((sum.counted, sum.worked.len()), (adds, told));
            assert!(sum.worked.iter().all(|(start, end)| start <= end) && sum.worked.is_sorted());
        }
        assert!(said(b"nonsense", &cancel).is_none());
        assert!(said(&to_bytes(&Order::Stop), &cancel).is_none());
        let order = to_bytes(&Order::Add(Task { adds: u32::MAX, window: 100, slow: false }));
        assert!(matches!(said(&order, &cancel), Some(Word::Stopped)));
    }

    fn answer(sent_us: u64, worked: &[(u64, u64)], arrived_us: u64) -> Answer {
        Answer { sent_us, sum: Sum { counted: 5, worked: worked.to_vec() }, arrived_us }
    }

    #[test]
    fn a_bout_lasts_from_the_first_order_to_the_last_answer_whatever_other_clocks_say() {
        let bout = bout(&[answer(1_000, &[(990, 1_500)], 1_600), answer(1_010, &[(1_100, 1_900)], 1_890)]);
        let stint = |start_us, end_us| Stint { start_us, end_us };
        assert_eq!(bout, Bout { counted: 10, took_us: 890, stints: vec![stint(0, 500), stint(100, 890)] });
    }

    #[test]
    fn what_is_between_order_and_answer_and_not_adding_is_a_message() {
        let clock = RunClock::start();
        let at = |us| clock.absolute(us);
        let (recorder, mut writers) = Recorder::new(vec![], [0]);
        record(&answer(at(5), &[(at(20), at(30)), (at(40), at(50))], at(70)), 0, clock, &mut writers[0]);
        let span = |state, start_us, end_us| Span { lane: 0, task: 0, state, start_us, end_us };
        let (run, message) = (State::Run, State::Message);
        assert_eq!(
            recorder.spans(),
            [span(message, 5, 20), span(run, 20, 30), span(run, 40, 50), span(message, 50, 70)]
        );
    }
}
