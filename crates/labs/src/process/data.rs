//! What `process` measures: a result has it under the key `process`. What was not asked for, or could not be measured,
//! is absent.

use crate::result::Host;
use interleave_trace::Summary;
use serde::{Deserialize, Serialize};

/// What each of many processes adds to its global.
pub const ADDED: u32 = 1_000;

/// Everything measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Data {
    /// Starting a new one, until its first message is back.
    pub create_cold: Pair,
    /// Waking an idle one, until its answer is back.
    pub create_warm: Pair,
    /// Switching: half a round trip. Threads wake each other by a condition variable, processes by a message.
    pub switch: Pair,
    /// The same between threads that use a pipe, as processes do. Natively only.
    pub switch_by_pipe: Option<Times>,
    /// Messages, the smallest first.
    pub send: Vec<Sent>,
    /// How much memory one more takes.
    pub memory: Memory,
    /// Who sees a global.
    pub globals: Option<Globals>,
    /// Who survives a crash.
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
    /// The samples: each is the mean time of `of` operations, in microseconds.
    pub us: Vec<f64>,
    /// How many operations were timed together; at least 1.
    pub of: u32,
}

/// Messages of one size, timed from the moment the sender starts to write one until a short answer is back. The
/// receiver reads its last byte.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    /// Its size.
    pub bytes: u32,
    /// Between threads: written into memory that both see.
    pub shared: Option<Times>,
    /// Between processes: copied. Natively through a pipe, in a browser by structured clone.
    pub copied: Option<Times>,
    /// Between processes in a browser: the memory itself is transferred, and the sender no longer has it.
    pub transferred: Option<Times>,
}

/// How much memory one more takes, in bytes.
///
/// Natively, the RAM that only it uses. In a browser, a thread's stack, or the whole memory of a process's instance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// One thread more.
    pub thread: Vec<f64>,
    /// One process more.
    pub process: Vec<f64>,
}

/// Who sees a global that a thread of the parent sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Globals {
    /// What it was set to.
    pub set: u32,
    /// What another thread of the parent then saw.
    pub thread: Option<Seen>,
    /// What a process that was already running then saw.
    pub process: Seen,
    /// What each of many processes saw after all had set it to their number, from 1, and added [`ADDED`].
    pub many: Vec<Seen>,
    /// What the parent saw after all that.
    pub parent: Seen,
}

/// A global, as one thread or process sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Its value.
    pub value: u32,
    /// Where it is in memory.
    pub address: u64,
}

/// Who survives a crash.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Crash {
    /// A process that was told to crash ended, and its parent noticed.
    pub gone: bool,
    /// Another process of the same parent answered after that.
    pub sibling: bool,
    /// What happened after a thread panicked while it held a lock. Not tried in a browser, where that ends the whole
    /// engine.
    pub panic: Option<Panicked>,
    /// Whether a whole process ended after one of its threads aborted. Not tried in a browser, where a process has no
    /// threads.
    pub abort_took_all: Option<bool>,
}

/// What happened after a thread's panic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panicked {
    /// Another thread answered after that.
    pub sibling: bool,
    /// That other thread found their lock poisoned.
    pub poisoned: bool,
}

impl Times {
    /// All samples summed up; `None` if there are none.
    #[must_use]
    pub fn summary(&self) -> Option<Summary> {
        Summary::of(&self.us)
    }

    /// The smallest difference the clock could measure, in microseconds.
    #[must_use]
    pub fn step_us(&self, host: &Host) -> f64 {
        host.timer_us / f64::from(self.of.max(1))
    }
}

/// No clock or counter measures times and sizes outside this range, except 0; within it, any ratio is finite.
const SMALLEST: f64 = 1e-6;
const LARGEST: f64 = 1e15;
/// JSON numbers are exact up to here.
const WHOLE: u64 = 1 << 53;
/// No run has longer lists, wherever its sliders are.
const LONGEST: usize = 10_000;

impl Data {
    /// Checks that it can have been measured.
    pub(super) fn check(&self) -> Result<(), String> {
        let pairs = [&self.create_cold, &self.create_warm, &self.switch];
        let pairs = pairs.into_iter().flat_map(|pair| [&pair.thread, &pair.process]);
        let sent = self.send.iter().flat_map(|sent| [&sent.shared, &sent.copied, &sent.transferred]);
        for times in pairs.chain(sent).flatten().chain(&self.switch_by_pipe) {
            if times.of == 0 {
                return Err("a time is the mean of no operations".to_owned());
            }
            numbers(&times.us, "a time")?;
        }
        numbers(&self.memory.thread, "the memory of a thread")?;
        numbers(&self.memory.process, "the memory of a process")?;
        if self.send.len() > LONGEST || self.send.windows(2).any(|pair| pair[0].bytes >= pair[1].bytes) {
            return Err("its messages are not in the order of their sizes".to_owned());
        }
        if self.send.first().is_some_and(|sent| sent.bytes == 0) {
            return Err("it has an empty message".to_owned());
        }
        if let Some(globals) = &self.globals {
            let seen = [globals.process, globals.parent].into_iter().chain(globals.thread);
            if globals.many.len() > LONGEST || seen.chain(globals.many.iter().copied()).any(|seen| seen.address > WHOLE)
            {
                return Err("a global is outside any memory".to_owned());
            }
        }
        Ok(())
    }
}

fn numbers(values: &[f64], what: &str) -> Result<(), String> {
    let sound = |value: &f64| *value == 0.0 || (SMALLEST..=LARGEST).contains(value);
    if values.is_empty() && what == "a time" {
        return Err(format!("{what} was never measured"));
    }
    if values.len() > LONGEST || !values.iter().all(sound) {
        return Err(format!("{what} is negative, or impossibly small or large"));
    }
    Ok(())
}
