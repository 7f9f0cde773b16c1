//! A process that a program started, from outside.

use super::message::{Begin, Ended, Speaker, ToChild, ToParent, to_bytes};
use crate::guarded::Guarded;
use crate::run::interpreter::{Interpreter, Stream};
use crate::run::thread::{END, Thread};
use crate::run::timeline::{Lane, State};
use interleave_threads::now_us;
use interleave_threads::process::{Heard, Peer};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What ends a process that is asked to.
pub const SIGTERM: i32 = 15;
/// What ends one that is not asked.
pub const SIGKILL: i32 = 9;
/// More processes than one less are not started by one process: so each has a number of its own.
const MOST_BORN: u64 = 1000;
/// The highest number of a process: there is room for that of a channel beside it.
const HIGHEST_PID: u64 = i32::MAX as u64;
/// A process that is told to end has so long to tell what it did, in microseconds.
const GRACE_US: u64 = 1_000_000;

/// A process that a program started.
pub struct Child {
    /// What its main thread does, and it as a whole.
    pub thread: Arc<Thread>,
    /// Its number.
    pub pid: u64,
    /// An item is added to this channel if it does not end well.
    mourner: Option<u64>,
    peer: Guarded<Option<Arc<Peer>>>,
    state: Guarded<ChildState>,
}

#[derive(Default)]
struct ChildState {
    /// What its other threads do here, by the number that they have there, from 1.
    threads: Vec<Option<Arc<Thread>>>,
    code: Option<i32>,
    /// By which signal it is to end, and until when.
    told: Option<(i32, u64)>,
}

impl Child {
    /// Its exit code, once it has one: below 0, the signal that ended it.
    pub fn exit_code(&self) -> Option<i32> {
        self.state.lock().code
    }

    pub(super) fn tell(&self, message: &ToChild) {
        let peer = self.peer.lock().clone();
        peer.iter().for_each(|peer| peer.send(&to_bytes(message)));
    }

    /// Whether it was told to end and has taken too long.
    fn is_overdue(&self) -> bool {
        !self.thread.has_ended() && self.state.lock().told.is_some_and(|(_, until_us)| until_us <= now_us())
    }

    fn part(&self) {
        let peer = self.peer.lock().take();
        drop(peer);
    }
}

impl Interpreter {
    /// Starts a process for a pickled `Process`; why not, if it could not be. Who gives a channel as `mourner` finds an item in it if
    /// the process does not end well.
    pub fn start_process(
        self: &Arc<Interpreter>,
        object: Vec<u8>,
        thread: Arc<Thread>,
        mourner: Option<u64>,
    ) -> Result<Arc<Child>, String> {
        let program = &self.family.program;
        let Some(greeting) = &program.options.greeting else { return Err("processes cannot be started here".into()) };
        let born = self.family.born.fetch_add(1, Ordering::Relaxed) + 1;
        let pid = self.family.pid * MOST_BORN + born;
        if born >= MOST_BORN || pid > HIGHEST_PID {
            return Err("too many processes, or too many within each other".into());
        }
        let begin = Begin {
            source: program.source.to_string(),
            options: program.options.clone(),
            made_us: program.made_us,
            pid,
            parent_pid: self.family.pid,
            name: thread.name.lock().clone(),
            object,
        };
        let child = Arc::new(Child { thread, pid, mourner, peer: Guarded::default(), state: Guarded::default() });
        let (interpreter, own) = (self.clone(), child.clone());
        let peer = Peer::start(move |heard| interpreter.hear(&own, heard)).map_err(|error| error.to_string())?;
        peer.send(greeting.as_bytes());
        peer.send(&to_bytes(&ToChild::Begin(Box::new(begin))));
        *child.peer.lock() = Some(Arc::new(peer));
        self.family.children.lock().push(child.clone());
        Ok(child)
    }

    fn hear(&self, child: &Arc<Child>, heard: Heard) {
        if child.thread.has_ended() {
            return;
        }
        match heard {
            Heard::Said(bytes) => match postcard::from_bytes(&bytes) {
                Ok(ToParent::Begun) => child.thread.enter(State::Running),
                Ok(ToParent::Print { by, error, text, at_us }) => {
                    let stream = if error { Stream::Err } else { Stream::Out };
                    let thread = self.thread_of(child, &by);
                    // Of one that is to end nothing is printed any more.
                    let _ = self.write_at(stream, thread.as_ref().unwrap_or(&child.thread), &text, at_us);
                }
                Ok(ToParent::Ask(ask)) => self.ask(ask, Some(child.clone())),
                Ok(ToParent::Ended(ended)) => {
                    let told = child.state.lock().told.filter(|_| ended.told);
                    let code = told.map_or(ended.code, |(signal, _)| -signal);
                    self.adopt(child, *ended);
                    self.finish(child, code);
                }
                Ok(ToParent::Lost) => self.lose(child, "it crashed"),
                Err(_) => self.lose(child, "it sent a message that makes no sense"),
            },
            Heard::Gone(error) => self.lose(child, &error.to_string()),
        }
    }

    /// The thread that stands for one of a child's; none if there are too many.
    fn thread_of(&self, child: &Child, who: &Speaker) -> Option<Arc<Thread>> {
        let Some(at) = (who.thread as usize).checked_sub(1) else { return Some(child.thread.clone()) };
        let known = child.state.lock().threads.get(at).cloned().flatten();
        if known.is_some() {
            return known;
        }
        let name = if who.process { who.name.clone() } else { format!("{}: {}", child.thread.name.lock(), who.name) };
        let thread = self.add_thread(name, false, who.process)?;
        let mut state = child.state.lock();
        if state.threads.len() <= at {
            state.threads.resize(at + 1, None);
        }
        state.threads[at] = Some(thread.clone());
        Some(thread)
    }

    /// Takes over what a child's threads did.
    fn adopt(&self, child: &Child, ended: Ended) {
        self.family.gil.lock().add(ended.gil);
        let own = |lane: &Lane| {
            self.thread_of(child, &Speaker { thread: lane.thread, name: lane.name.clone(), process: lane.process })
        };
        let threads: Vec<_> = ended.lanes.iter().map(own).collect();
        let ids: Vec<u32> =
            threads.iter().map(|thread| thread.as_ref().map_or(child.thread.id, |thread| thread.id)).collect();
        let id = |there: u32| ids.get(there as usize).copied().unwrap_or(child.thread.id);
        for (mut lane, thread) in ended.lanes.into_iter().zip(threads) {
            let Some(thread) = thread else { continue };
            for span in &mut lane.spans {
                match &mut span.state {
                    State::Joining(there) | State::Waiting { holder: Some(there), .. } => *there = id(*there),
                    _ => {}
                }
            }
            thread.daemon.fetch_or(lane.daemon, Ordering::Relaxed);
            thread.cut.store(lane.cut, Ordering::Relaxed);
            thread.adopt(lane.spans, lane.lost);
        }
    }

    /// A child has ended without a word.
    fn lose(&self, child: &Arc<Child>, why: &str) {
        let told = child.state.lock().told;
        child.thread.cut.store(true, Ordering::Relaxed);
        if told.is_none() {
            let text = format!("{} could not go on: {why}\n", child.thread.name.lock());
            let _ = self.write_at(Stream::Err, &child.thread, &text, now_us());
        }
        self.finish(child, told.map_or(1, |(signal, _)| -signal));
    }

    fn finish(&self, child: &Arc<Child>, code: i32) {
        let mut state = child.state.lock();
        if state.code.replace(code).is_some() {
            return;
        }
        let threads = std::mem::take(&mut state.threads);
        drop(state);
        threads.iter().flatten().for_each(|thread| thread.end());
        self.family.channels.lock().forget(child);
        self.family.askers.lock().retain(|(_, own)| !Arc::ptr_eq(own, child));
        self.end(&child.thread);
        if let (Some(mourner), true) = (child.mourner, code != 0) {
            self.put(mourner, Vec::new());
        }
        child.part();
    }

    /// Lets a process end as by a signal.
    pub fn end_process(&self, child: &Child, signal: i32) {
        if child.thread.has_ended() {
            return;
        }
        let mut state = child.state.lock();
        if state.told.is_some() {
            return;
        }
        state.told = Some((signal, now_us() + GRACE_US));
        drop(state);
        child.thread.word.fetch_or(END, Ordering::Relaxed);
        child.tell(&ToChild::End);
    }

    /// Lets all processes end that this one started.
    pub fn end_processes(&self) {
        let children = self.family.children.lock().clone();
        children.iter().for_each(|child| self.end_process(child, SIGTERM));
    }

    /// Ends those that were told to end and did not.
    pub fn end_overdue(&self) {
        let children = self.family.children.lock().clone();
        children.iter().filter(|child| child.is_overdue()).for_each(|child| self.lose(child, ""));
    }

    /// Has nothing to do any more with the processes that this one started.
    pub fn part(&self) {
        let children = std::mem::take(&mut *self.family.children.lock());
        children.iter().for_each(|child| child.part());
    }
}
