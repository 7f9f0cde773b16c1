//! A process per task: each has its own memory, gets its task and gives its result by message.

use super::task::{Free, Log, perform};
use super::{Begun, Job, RawRun, logs};
use crate::baton::Switches;
use crate::clock::RunClock;
use crate::kernel::Kernel;
use crate::lab::Child;
use crate::processes::Processes;
use interleave_labs::Lab;
use interleave_labs::compare::Compare;
use interleave_labs::message::{from_bytes, to_bytes};
use interleave_labs::plan::Task;
use interleave_threads::process::Message;
use interleave_threads::{Error, Pause, Stopped, now_us};
use interleave_trace::{Recorder, Span, State};
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};

/// What a process is asked to do.
#[derive(Debug, Serialize, Deserialize)]
enum Order {
    Do { task: u32, parts: Task, kernel: Kernel },
    Stop,
}

/// What a process says. Its spans' times count from `received_us`, which is one of [`now_us`].
#[derive(Debug, Serialize, Deserialize)]
enum Word {
    /// What the task has recorded since the last word, and what goes on. Only for whoever watches: the report is exact.
    Progress { received_us: u64, spans: Vec<Span> },
    /// The task is done.
    Report { received_us: u64, spans: Vec<Span>, result: u64, sent_us: u64 },
    /// The task was stopped.
    Stopped,
}

/// How often a process tells how far it is, in microseconds: as seldom as the page is told.
const PROGRESS_US: u64 = 200_000;
/// How long to wait for a message before looking for a stop, in milliseconds.
const LOOK_MS: u32 = 20;
/// How often to look for the processes' answers to a stop, before they are killed.
const LAST_LOOKS: u32 = 10;

pub(super) async fn run(job: &Job, begin: impl FnOnce() -> Begun) -> Result<RawRun, Error> {
    let (live, writers) = begin();
    let clock = live.begin();
    let mut group = Processes::new(Compare::SLUG);
    let mut parents = Vec::new();
    for (mut log, task) in logs(clock, writers).zip(&job.tasks) {
        log.enter(State::Spawn);
        let spawned_us = clock.now();
        group.start()?;
        parents.push(Parent { task, log, spans: Vec::new(), since_us: spawned_us, result: None });
    }
    while parents.iter().any(|parent| parent.result.is_none()) {
        if job.cancel.check().is_err() {
            stop(&mut group, &parents).await;
            return Err(Error::Stopped);
        }
        if let Some(message) = group.receive(LOOK_MS).await? {
            parents[message.from].hear(&message, &job.kernel, &mut group)?;
        }
    }
    let wall_us = clock.now();
    let results = parents.iter().filter_map(|parent| parent.result).collect();
    let spans = parents.into_iter().flat_map(|parent| parent.spans).collect();
    let lanes = live.recorder.lanes().to_vec();
    Ok(RawRun { lanes, wall_us, results, switches: Switches::default(), spans })
}

/// Asks the processes that have a task to stop, and waits a little for them: a browser lets a busy worker that is terminated
/// go on for a while. Those that still load are terminated when the group is dropped.
async fn stop(group: &mut Processes, parents: &[Parent<'_>]) {
    let at_work = (0..parents.len()).filter(|&process| parents[process].is_at_work());
    let order = to_bytes(&Order::Stop);
    let count = at_work.inspect(|&process| group.send(process, &order)).count();
    let (mut stopped, mut looks) = (0, 0);
    while stopped < count && looks < LAST_LOOKS {
        match group.receive(LOOK_MS).await {
            Ok(Some(message)) if has_ended(&message) => stopped += 1,
            Ok(Some(_)) => {}
            Ok(None) | Err(_) => looks += 1,
        }
    }
}

fn has_ended(message: &Message) -> bool {
    matches!(from_bytes(&message.bytes), Ok(Word::Stopped | Word::Report { .. }))
}

/// What the parent knows of one process.
struct Parent<'a> {
    task: &'a Task,
    /// For whoever watches.
    log: Log,
    /// What is exact: the parent's own spans and those that the process reports.
    spans: Vec<Span>,
    /// When the span that goes on began.
    since_us: u64,
    result: Option<u64>,
}

impl Parent<'_> {
    /// Whether the process has its task and has not reported yet.
    fn is_at_work(&self) -> bool {
        !self.spans.is_empty() && self.result.is_none()
    }

    fn hear(&mut self, message: &Message, kernel: &Kernel, group: &mut Processes) -> Result<(), Error> {
        let clock = self.log.clock;
        let arrived_us = clock.at(message.at_us);
        if self.spans.is_empty() {
            self.span(State::Spawn, self.since_us, arrived_us);
            let order = Order::Do { task: self.log.task, parts: self.task.clone(), kernel: *kernel };
            self.since_us = clock.now();
            self.log.enter_at(State::Message, self.since_us);
            group.send(message.from, &to_bytes(&order));
            return Ok(());
        }
        match from_bytes(&message.bytes).map_err(nonsense)? {
            Word::Progress { received_us, spans } => {
                let received_us = clock.at(received_us);
                spans.iter().for_each(|span| self.log.enter_at(span.state, received_us + span.start_us));
            }
            Word::Report { received_us, spans, result, sent_us } => {
                // Two processes' clocks may differ by a step.
                let received_us = clock.at(received_us).max(self.since_us);
                self.span(State::Message, self.since_us, received_us);
                for span in spans {
                    self.span(span.state, received_us + span.start_us, received_us + span.end_us);
                }
                self.span(State::Message, clock.at(sent_us), arrived_us);
                self.log.leave_at(arrived_us);
                self.result = Some(result);
            }
            Word::Stopped => return Err(Error::Stopped),
        }
        Ok(())
    }

    /// Adds a span that begins no earlier than the one before it ended.
    fn span(&mut self, state: State, start_us: u64, end_us: u64) {
        let task = self.log.task;
        let start_us = start_us.max(self.spans.last().map_or(0, |span| span.end_us));
        self.spans.push(Span { lane: task, task, state, start_us, end_us: end_us.max(start_us) });
    }
}

fn nonsense(error: impl std::fmt::Display) -> Error {
    Error::Panicked(format!("a process sent a message that makes no sense: {error}"))
}

/// A process's part: does the task that `message` orders, and sends word of it; or stops it, if that is the order. Ignores what is no
/// order.
pub(super) async fn child(message: &[u8], child: &Child<'_>) {
    let clock = RunClock::start();
    let say = |word: &Word| (child.send)(&to_bytes(word));
    let (task, parts, kernel) = match from_bytes(message) {
        Ok(Order::Do { task, parts, kernel }) => (task, parts, kernel),
        Ok(Order::Stop) => return child.cancel.stop(),
        Err(_) => return,
    };
    let (recorder, writers) = Recorder::new(Vec::new(), [task]);
    let Some(mut log) = logs(clock, writers).next() else { return };
    log.task = task;
    let received_us = clock.absolute(0);
    let told = RefCell::default();
    let tell = || {
        let mut spans = recorder.take_new(&mut told.borrow_mut());
        spans.extend(recorder.open(clock.now()));
        say(&Word::Progress { received_us, spans });
    };
    let mut policy = Free(Telling { pause: child.pause(), tell, next_us: Cell::new(0) });
    let word = match perform(&parts, &kernel, &mut log, &mut policy).await {
        Ok(result) => Word::Report { received_us, spans: recorder.spans(), result, sent_us: now_us() },
        Err(Stopped) => Word::Stopped,
    };
    say(&word);
}

/// Tells how far the task is where it pauses: when it begins, and then seldom.
struct Telling<P, T> {
    pause: P,
    tell: T,
    /// Not before this time of [`now_us`].
    next_us: Cell<u64>,
}

impl<P, T: Fn()> Telling<P, T> {
    fn tell(&self) {
        self.next_us.set(now_us() + PROGRESS_US);
        (self.tell)();
    }
}

impl<P: Pause, T: Fn()> Pause for Telling<P, T> {
    async fn sleep_until(&self, deadline_us: u64) -> Result<(), Stopped> {
        let next_us = self.next_us.get();
        if next_us < deadline_us {
            self.pause.sleep_until(next_us).await?;
            self.tell();
        }
        self.pause.sleep_until(deadline_us).await
    }

    async fn breathe(&self) -> Result<(), Stopped> {
        if now_us() >= self.next_us.get() {
            self.tell();
        }
        self.pause.breathe().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_labs::plan::Part;
    use interleave_threads::{Cancel, block_on};
    use std::sync::Arc;

    /// What a process says that gets a task of these parts.
    fn words(parts: Vec<Part>) -> Vec<Word> {
        let kernel = Kernel { per_us: 10.0, gap_us: 1_000_000 };
        let order = to_bytes(&Order::Do { task: 3, parts: Task { parts }, kernel });
        let said = RefCell::<Vec<Word>>::default();
        let send = |bytes: &[u8]| said.borrow_mut().push(from_bytes(bytes).unwrap());
        block_on(child(&order, &Child { cancel: Arc::<Cancel>::default(), send: &send }));
        said.into_inner()
    }

    #[test]
    fn a_process_tells_how_far_it_is_five_times_a_second_and_no_more() {
        let began_us = now_us();
        let parts = [Part::Sleep { us: 2_000 }, Part::Cpu { us: 1_000 }];
        let words = words(parts.repeat(200));
        let took_us = now_us() - began_us;
        let Some((Word::Report { spans: report, .. }, before)) = words.split_last() else { panic!("{words:?}") };
        assert!((2..=1 + took_us / PROGRESS_US).contains(&(before.len() as u64)), "{took_us} µs: {before:?}");
        let begins = |spans: &[Span]| spans.iter().map(|span| (span.state, span.start_us)).collect::<Vec<_>>();
        let mut told = Vec::new();
        for word in before {
            let Word::Progress { spans, .. } = word else { panic!("{word:?}") };
            // What went on at the last word has ended since, and comes again.
            told.pop();
            told.extend(begins(spans));
        }
        assert!(told.len() > 2 && begins(report).starts_with(&told), "{told:?}, then {report:?}");
    }

    #[test]
    fn a_long_sleep_is_told_of_when_it_begins() {
        let words = words(vec![Part::Sleep { us: 30_000 }]);
        let [Word::Progress { spans, .. }, Word::Report { spans: report, .. }] = &words[..] else {
            panic!("{words:?}")
        };
        assert_eq!((spans[0].state, spans.len(), report.len()), (State::Sleep, 1, 1));
        assert!(report[0].end_us - report[0].start_us >= 30_000, "{report:?}");
    }
}
