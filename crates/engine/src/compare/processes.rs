//! A process per task: each has its own memory, gets its task and gives its result by message.

use super::task::{Free, Log, Policy, perform};
use super::{Begun, Job, Outcome, logs};
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
use interleave_threads::{Error, Stopped, now_us};
use interleave_trace::{Recorder, Span, State};
use serde::{Deserialize, Serialize};

/// What a process is asked to do.
#[derive(Debug, Serialize, Deserialize)]
enum Order {
    Do { task: u32, parts: Task, kernel: Kernel },
    Stop,
}

/// What a process says. Times are those of [`now_us`].
#[derive(Debug, Serialize, Deserialize)]
enum Word {
    /// The task is in this state now. Only for whoever watches: the report is exact.
    Entered { state: State, at_us: u64 },
    /// The task is done.
    Report {
        received_us: u64,
        /// Times count from `received_us`.
        spans: Vec<Span>,
        result: u64,
        sent_us: u64,
    },
    /// The task was stopped.
    Stopped,
}

/// How long to wait for a message before looking for a stop, in milliseconds.
const LOOK_MS: u32 = 20;
/// How often to look for the processes' answers to a stop, before they are killed.
const LAST_LOOKS: u32 = 10;

pub(super) async fn run(job: &Job, begin: impl FnOnce() -> Begun) -> Result<Outcome, Error> {
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
    Ok(Outcome { lanes, wall_us, results, switches: Switches::default(), spans })
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
            Word::Entered { state, at_us } => self.log.enter_at(state, clock.at(at_us)),
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
    let mut policy = Announcing { policy: Free(child.pause()), say: &say };
    let word = match perform(&parts, &kernel, &mut log, &mut policy).await {
        Ok(result) => {
            Word::Report { received_us: clock.absolute(0), spans: recorder.spans(), result, sent_us: now_us() }
        }
        Err(Stopped) => Word::Stopped,
    };
    say(&word);
}

/// Tells the parent of each sleep and each stretch of computing as it begins.
struct Announcing<'a, P> {
    policy: P,
    say: &'a dyn Fn(&Word),
}

impl<P: Policy> Policy for Announcing<'_, P> {
    async fn sleep(&mut self, log: &mut Log, us: u64) -> Result<(), Stopped> {
        (self.say)(&Word::Entered { state: State::Sleep, at_us: now_us() });
        self.policy.sleep(log, us).await
    }

    async fn begin(&mut self, log: &mut Log) -> Result<(), Stopped> {
        (self.say)(&Word::Entered { state: State::Run, at_us: now_us() });
        self.policy.begin(log).await
    }

    async fn between_slices(&mut self, log: &mut Log, now_us: u64) -> Result<(), Stopped> {
        self.policy.between_slices(log, now_us).await
    }
}
