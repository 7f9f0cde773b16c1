//! What `process` measures: a result has it under the key `process`. What was not asked for, or cannot be measured where it ran,
//! is absent.

use crate::result::Host;
use interleave_trace::Summary;
use serde::{Deserialize, Serialize};

/// What each of many processes adds to its global.
pub const ADDED: u32 = 1_000;

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Data {
    /// Starting one, until its first word is back.
    pub create_cold: Pair,
    /// Giving work to one that stands by, until its answer is back.
    pub create_warm: Pair,
    /// From one to the other: half of a round trip. Threads wake each other by a condition variable, processes by a message.
    pub switch: Pair,
    /// The same between threads that, like processes, use a pipe. Natively only.
    pub switch_by_pipe: Option<Times>,
    /// Messages, the smallest first.
    pub send: Vec<Sent>,
    /// What one more takes.
    pub memory: Memory,
    /// Who sees a global.
    pub globals: Option<Globals>,
    /// Who outlives a crash.
    pub crash: Option<Crash>,
}

/// The same thing with a thread and with a process.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    /// With a thread.
    pub thread: Option<Times>,
    /// With a process.
    pub process: Option<Times>,
}

/// Repeated measurements of a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Times {
    /// Each is the mean of `of` goes, in microseconds.
    pub us: Vec<f64>,
    /// How many goes were timed together; at least 1.
    pub of: u32,
}

/// A message of one size: from the moment its sender begins to write it until a short answer is back. The receiver reads its last
/// byte.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// Its size.
    pub bytes: u32,
    /// Between threads: written into memory that both see.
    pub shared: Option<Times>,
    /// Between processes: copied. Natively through a pipe, in a browser by structured clone.
    pub copied: Option<Times>,
    /// Between processes of a browser: the memory itself goes over, and its sender no longer has it.
    pub transferred: Option<Times>,
}

/// What one more takes of memory, in bytes.
///
/// Natively what it has in RAM and nobody else has. In a browser, of a thread the stack it is given, of a process the whole memory of its
/// instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// One thread more.
    pub thread: Vec<f64>,
    /// One process more.
    pub process: Vec<f64>,
}

/// Who sees a global that one thread of the parent sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Globals {
    /// What it was set to.
    pub set: u32,
    /// What another thread of the parent then saw.
    pub thread: Option<Seen>,
    /// What a process that was up already then saw.
    pub process: Seen,
    /// What each of many processes saw after all of them had set it: each to its number, from 1, to which it added [`ADDED`].
    pub many: Vec<Seen>,
    /// What the parent saw after all that.
    pub parent: Seen,
}

/// A global as one looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its value.
    pub value: u32,
    /// Where it is in memory.
    pub address: u64,
}

/// Who outlives a crash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crash {
    /// A process was told to crash, and its parent learned that it was gone.
    pub gone: bool,
    /// Another process of the same parent answered after that.
    pub sibling: bool,
    /// A thread that panicked while it held a lock. Not tried in a browser, where that ends the whole engine.
    pub panic: Option<Panicked>,
    /// Whether a process was gone, with all its threads, after one of them aborted. Not tried in a browser, where a process has no
    /// threads.
    pub abort_took_all: Option<bool>,
}

/// What a thread's panic left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panicked {
    /// Another thread answered after that.
    pub sibling: bool,
    /// That other one found their lock poisoned.
    pub poisoned: bool,
}

impl Times {
    /// All repeats together; `None` without any.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(&self.us)
    }

    /// The smallest difference that could be told, in microseconds.
    #[must_use]
    pub fn step_us(&self, host: &Host) -> f64 {
        host.timer_us / f64::from(self.of.max(1))
    }
}

/// Times and sizes outside of these, and not 0, were not measured by any clock or counter; within, no ratio of two is beyond numbers.
const SMALLEST: f64 = 1e-6;
const LARGEST: f64 = 1e15;
/// What JSON holds exactly.
const WHOLE: u64 = 1 << 53;
/// Lists are no longer than this: a run at both ends of its sliders has far shorter ones.
const LONGEST: usize = 10_000;

impl Data {
    /// Whether it can have been measured.
    pub(super) fn check(&self) -> Result<(), String> {
        let pairs = [&self.create_cold, &self.create_warm, &self.switch];
        let pairs = pairs.into_iter().flat_map(|pair| [&pair.thread, &pair.process]);
        let sent = self.send.iter().flat_map(|sent| [&sent.shared, &sent.copied, &sent.transferred]);
        for times in pairs.chain(sent).flatten().chain(&self.switch_by_pipe) {
            if times.of == 0 {
                return Err("a time is the mean of no goes".to_owned());
            }
            numbers(&times.us, "a time")?;
        }
        numbers(&self.memory.thread, "the memory of a thread")?;
        numbers(&self.memory.process, "the memory of a process")?;
        if self.send.len() > LONGEST || self.send.windows(2).any(|pair| pair[0].bytes >= pair[1].bytes) {
            return Err("its messages are not in the order of their sizes".to_owned());
        }
        if self.send.first().is_some_and(|sent| sent.bytes == 0) {
            return Err("it has a message of no bytes".to_owned());
        }
        if let Some(globals) = &self.globals {
            let seen = [globals.process, globals.parent].into_iter().chain(globals.thread);
            if globals.many.len() > LONGEST || seen.chain(globals.many.iter().copied()).any(|seen| seen.address > WHOLE)
            {
                return Err("a global is beyond any memory".to_owned());
            }
        }
        Ok(())
    }
}

fn numbers(values: &[f64], what: &str) -> Result<(), String> {
    let sound = |value: &f64| *value == 0.0 || (SMALLEST..=LARGEST).contains(value);
    if values.is_empty() && what == "a time" {
        return Err(format!("{what} was measured no times"));
    }
    if values.len() > LONGEST || !values.iter().all(sound) {
        return Err(format!("{what} is below zero, or beyond measure"));
    }
    Ok(())
}
