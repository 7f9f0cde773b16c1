//! What all threads of a run share.

use super::gil::{Gil, GilCounts};
use super::thread::{END, GIL_WANTED, Thread, Wait};
use super::timeline::{Lane, State};
use crate::guarded::Guarded;
use crate::object::module::Module;
use crate::process::Family;
use crate::raised::Raised;
use crate::vm::{DEEPEST, Vm};
use interleave_threads::{Cancel, now_us};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

/// Where a text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// Standard output.
    Out,
    /// The error stream.
    Err,
}

/// Who gets what a program prints.
pub trait Output: Send {
    /// The program's first line begins, at a time in microseconds of [`now_us`].
    fn begin(&mut self, at_us: u64) {
        let _ = at_us;
    }

    /// A thread printed a text, at a time in microseconds of [`now_us`].
    fn write(&mut self, stream: Stream, thread: &Thread, text: &str, at_us: u64);
}

/// The main thread's name.
pub const MAIN: &str = "MainThread";
/// Whether the run is stopped is looked at this often, in microseconds.
const WATCH_US: u64 = 20_000;
/// A thread that waits looks this often whether it is to end, in microseconds.
const LOOK_US: u64 = 50_000;

/// What all threads of a run share.
pub struct Interpreter {
    /// The global interpreter lock.
    pub gil: Gil,
    /// `sys.argv`
    pub argv: Vec<String>,
    /// Calls that there may be within each other.
    pub deepest: AtomicUsize,
    /// Modules that were imported.
    pub modules: Guarded<Vec<(&'static str, &'static Module)>>,
    /// Other processes of the program.
    pub family: Family,
    most_threads: usize,
    cancel: Arc<Cancel>,
    output: Guarded<Box<dyn Output>>,
    threads: Guarded<Vec<Arc<Thread>>>,
    ended: Guarded<Vec<u32>>,
    next_thread: AtomicU32,
    clock_speed: f64,
    /// The main program is over: what is left ends without another line.
    ending: AtomicBool,
    deadlock: Guarded<Option<String>>,
}

impl Interpreter {
    /// An interpreter without threads.
    pub fn new(output: Box<dyn Output>, family: Family) -> Interpreter {
        let options = family.options();
        Interpreter {
            gil: Gil::new(options.gil, options.interval_us),
            argv: [&options.script_name].into_iter().chain(&options.argv).cloned().collect(),
            deepest: AtomicUsize::new(DEEPEST),
            modules: Guarded::default(),
            most_threads: options.most_threads,
            cancel: options.cancel.clone(),
            output: Guarded::new(output),
            threads: Guarded::default(),
            ended: Guarded::default(),
            next_thread: AtomicU32::new(0),
            clock_speed: options.clock_speed,
            ending: AtomicBool::new(false),
            deadlock: Guarded::new(None),
            family,
        }
    }

    /// A new thread, or what stands for a new process; none if there are too many.
    pub fn add_thread(&self, name: String, daemon: bool, process: bool) -> Option<Arc<Thread>> {
        let mut threads = self.threads.lock();
        if threads.iter().filter(|thread| !thread.has_ended()).count() >= self.most_threads {
            return None;
        }
        let id = self.next_thread.fetch_add(1, Ordering::Relaxed);
        let thread =
            Arc::new(if process { Thread::of_process(id, name, daemon) } else { Thread::new(id, name, daemon) });
        threads.push(thread.clone());
        Some(thread)
    }

    /// A thread or process that was started runs nothing any more: the next one to end.
    pub fn end(&self, thread: &Thread) {
        // Meanwhile no other ends: by the clock they end in the same order.
        let mut ended = self.ended.lock();
        thread.end();
        ended.push(thread.id);
        drop(ended);
        thread.wake_joiners();
    }

    /// The threads that were started, in the order in which they ended.
    pub fn ended(&self) -> Vec<u32> {
        self.ended.lock().clone()
    }

    /// What the program's clock shows, in microseconds.
    pub fn clock_us(&self) -> u64 {
        let made_us = self.family.made_us();
        made_us + self.shown_us(now_us().saturating_sub(made_us))
    }

    /// How long a time is by the program's clock.
    pub fn shown_us(&self, us: u64) -> u64 {
        (us as f64 * self.clock_speed) as u64
    }

    /// When a time of the program's clock that begins now is over.
    pub fn until_us(&self, us: u64) -> u64 {
        now_us() + (us as f64 / self.clock_speed).ceil() as u64
    }

    /// All threads that there were.
    pub fn threads(&self) -> Vec<Arc<Thread>> {
        self.threads.lock().clone()
    }

    /// What threads did so far.
    pub fn lanes(&self) -> Vec<Lane> {
        let lane = |thread: Arc<Thread>| Lane {
            thread: thread.id,
            name: thread.name.lock().clone(),
            process: thread.process,
            daemon: thread.daemon.load(Ordering::Relaxed),
            cut: thread.cut.load(Ordering::Relaxed),
            lost: thread.lost(),
            spans: thread.spans(),
        };
        self.threads().into_iter().map(lane).collect()
    }

    /// How the global interpreter lock was used, and those of the processes that were started and have ended.
    pub fn gil_counts(&self) -> GilCounts {
        let mut counts = self.gil.counts();
        counts.add(self.family.gil_counts());
        counts
    }

    /// Prints a text.
    pub fn write(&self, stream: Stream, thread: &Thread, text: &str) -> Result<(), Raised> {
        self.print(stream, thread, text, None)
    }

    /// Prints a text that a process printed at a time.
    pub fn write_at(&self, stream: Stream, thread: &Thread, text: &str, at_us: u64) -> Result<(), Raised> {
        self.print(stream, thread, text, Some(at_us))
    }

    fn print(&self, stream: Stream, thread: &Thread, text: &str, at_us: Option<u64>) -> Result<(), Raised> {
        let mut output = self.output.lock();
        if self.is_to_end(thread) {
            return Err(Raised::Ended);
        }
        output.write(stream, thread, text, at_us.unwrap_or_else(now_us));
        Ok(())
    }

    /// Says that the program's first line begins now: when that is.
    pub fn begin(&self) -> u64 {
        let now = now_us();
        self.output.lock().begin(now);
        now
    }

    /// Prints a text of the interpreter itself, as the main thread.
    pub fn complain(&self, text: &str) {
        let own = Thread::new(0, MAIN.to_owned(), false);
        self.output.lock().write(Stream::Err, &own, text, now_us());
    }

    /// Whether the run was stopped from outside.
    pub fn is_stopped(&self) -> bool {
        self.cancel.check().is_err()
    }

    /// Whether a thread is to end at once.
    pub fn is_to_end(&self, thread: &Thread) -> bool {
        thread.word.load(Ordering::Relaxed) & END != 0
            || (thread.id != 0 && self.ending.load(Ordering::Acquire))
            || self.is_stopped()
    }

    /// Lets others have their way: takes turns with the global interpreter lock, or says that the thread is to end.
    pub fn attend(&self, thread: &Arc<Thread>) -> Result<(), Raised> {
        if self.is_to_end(thread) {
            return Err(Raised::Ended);
        }
        if thread.word.fetch_and(!GIL_WANTED, Ordering::Relaxed) & GIL_WANTED != 0 {
            thread.enter(State::WaitingForGil);
            self.gil.yield_to_another(thread, || self.is_to_end(thread));
            self.take_gil(thread)?;
        }
        Ok(())
    }

    /// Takes the global interpreter lock; the thread runs from then on.
    pub fn take_gil(&self, thread: &Arc<Thread>) -> Result<(), Raised> {
        if !self.gil.acquire(thread, || self.is_to_end(thread)) {
            return Err(Raised::Ended);
        }
        thread.enter(State::Running);
        Ok(())
    }

    /// Waits until `ready` gives something, or until `until_us`: none.
    ///
    /// `ready` has to see to it that the thread is woken when it should be asked again.
    pub fn wait<T>(
        &self,
        thread: &Arc<Thread>,
        state: State,
        until_us: Option<u64>,
        mut ready: impl FnMut() -> Option<T>,
    ) -> Result<Option<T>, Raised> {
        if let Some(value) = ready() {
            return Ok(Some(value));
        }
        if until_us.is_some_and(|until| until <= now_us()) {
            return Ok(None);
        }
        thread.enter(state.clone());
        *thread.wait.lock() = Some(Wait { state, limited: until_us.is_some() });
        self.gil.release(thread);
        let mut suspicious = false;
        let outcome = loop {
            if self.is_to_end(thread) {
                break Err(Raised::Ended);
            }
            if let Some(value) = ready() {
                break Ok(Some(value));
            }
            let now = now_us();
            if until_us.is_some_and(|until| until <= now) {
                break Ok(None);
            }
            thread.park(until_us.unwrap_or(u64::MAX).min(now + LOOK_US));
            if until_us.is_none() {
                let deadlocked = self.is_deadlocked();
                if deadlocked && suspicious {
                    self.end_deadlock();
                }
                suspicious = deadlocked;
            }
        };
        *thread.wait.lock() = None;
        let value = outcome?;
        thread.enter(State::WaitingForGil);
        self.take_gil(thread)?;
        Ok(value)
    }

    /// Sleeps a time of the program's clock.
    pub fn sleep(&self, thread: &Arc<Thread>, us: u64) -> Result<(), Raised> {
        let until = self.until_us(us);
        if us == 0 {
            // As `sleep(0)`: others may run.
            if self.gil.is_enabled() {
                self.gil.release(thread);
                interleave_threads::yield_now();
                return self.take_gil(thread);
            }
            return Ok(());
        }
        self.wait(thread, State::Sleeping, Some(until), || None::<()>).map(|_| ())
    }

    /// Whether all threads wait for each other: nothing can ever happen again.
    fn is_deadlocked(&self) -> bool {
        let threads = self.threads.lock();
        let mut left = threads.iter().filter(|thread| !thread.has_ended()).peekable();
        left.peek().is_some()
            && left.all(|thread| !thread.is_woken() && thread.wait.lock().as_ref().is_some_and(|wait| !wait.limited))
    }

    /// Names who waits for what, and ends all.
    fn end_deadlock(&self) {
        let mut deadlock = self.deadlock.lock();
        if deadlock.is_some() {
            return;
        }
        let threads = self.threads();
        let name = |id: u32| {
            threads.iter().find(|thread| thread.id == id).map_or_else(String::new, |it| it.name.lock().clone())
        };
        let mut text = "Deadlock: every thread waits, and nothing can wake one.\n".to_owned();
        for thread in threads.iter().filter(|thread| !thread.has_ended()) {
            let state = thread.wait.lock().as_ref().map(|wait| wait.state.clone());
            let what = state.map_or_else(|| "waits".to_owned(), |state| state.words(name));
            let line = thread.line.load(Ordering::Relaxed);
            let place = if line > 0 { format!(", line {line}") } else { String::new() };
            text.push_str(&format!("  {} {what}{place}\n", thread.name.lock()));
        }
        *deadlock = Some(text);
        drop(deadlock);
        self.end_all();
    }

    /// Tells all threads to end once the run is stopped: whoever stops it may set no more than a word, which threads that compute do not
    /// look at. Returns when `watch` has ended.
    pub fn watch(&self, watch: &Thread) {
        while !watch.has_ended() {
            watch.park(now_us() + WATCH_US);
            if self.is_stopped() {
                self.end_all();
            }
            self.end_overdue();
        }
    }

    /// Tells all threads to end at once.
    pub fn end_all(&self) {
        for thread in self.threads() {
            thread.word.fetch_or(END, Ordering::Relaxed);
            thread.wake();
        }
        self.end_processes();
    }

    /// What the deadlock was that ended the run.
    pub fn deadlock(&self) -> Option<String> {
        self.deadlock.lock().clone()
    }

    /// The main program is over: threads and processes that are left end without another line of output. Waits for them, but not for ever.
    pub fn end_threads(&self, main: &Thread) {
        {
            // Whoever is printing finishes first.
            let _output = self.output.lock();
            self.ending.store(true, Ordering::Release);
        }
        self.gil.release(main);
        self.end_processes();
        for thread in self.threads().iter().filter(|thread| thread.id != main.id) {
            thread.word.fetch_or(END, Ordering::Relaxed);
            thread.wake();
        }
        let until = now_us() + 2_000_000;
        while now_us() < until && self.threads().iter().any(|thread| thread.id != main.id && !thread.has_ended()) {
            main.park(now_us() + 1000);
        }
        self.part();
    }
}

impl Vm {
    /// Prints a text.
    pub fn write(&mut self, stream: Stream, text: &str) -> Result<(), Raised> {
        self.interpreter.write(stream, &self.thread, text)
    }

    /// Notes the line that the thread is at, for who looks at it while it waits.
    pub fn note_line(&self) {
        let line = self.place().map_or(0, |(code, at)| code.line_of(at));
        self.thread.line.store(line, Ordering::Relaxed);
    }

    /// Waits: see [`Interpreter::wait`].
    pub fn wait<T>(
        &mut self,
        state: State,
        until_us: Option<u64>,
        ready: impl FnMut() -> Option<T>,
    ) -> Result<Option<T>, Raised> {
        self.note_line();
        self.interpreter.clone().wait(&self.thread.clone(), state, until_us, ready)
    }

    /// Waits for a thread or process to end, until `until_us` at most: whether it has ended.
    pub fn join(&mut self, thread: &Arc<Thread>, until_us: Option<u64>) -> Result<bool, Raised> {
        let me = self.thread.clone();
        let ended = self.wait(State::Joining(thread.id), until_us, || thread.ended_or_wakes(&me).then_some(()))?;
        Ok(ended.is_some())
    }

    /// Sleeps a time of the program's clock.
    pub fn sleep(&mut self, us: u64) -> Result<(), Raised> {
        self.note_line();
        self.interpreter.clone().sleep(&self.thread.clone(), us)
    }
}
