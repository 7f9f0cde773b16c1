//! The ways to count: one without any remedy, those that lose nothing, and two that only look like remedies.

use serde::{Deserialize, Serialize};

/// A way in which threads add to one counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Load, add, store, and nothing else.
    Plain,
    /// One lock around all three.
    Mutex,
    /// One instruction that does all three.
    Atomic,
    /// A counter for each thread, merged at the end.
    Merged,
    /// A process instead of each thread, which sends its sum at the end.
    Processes,
    /// Two locks for one counter.
    TwoLocks,
    /// A lock that each thread makes for itself.
    OwnLock,
}

impl Remedy {
    /// All of them, in the order in which they run.
    pub const ALL: [Remedy; 7] = [
        Remedy::Plain,
        Remedy::Mutex,
        Remedy::Atomic,
        Remedy::Merged,
        Remedy::Processes,
        Remedy::TwoLocks,
        Remedy::OwnLock,
    ];

    /// Its name in the URL and in results.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Remedy::Plain => "plain",
            Remedy::Mutex => "mutex",
            Remedy::Atomic => "atomic",
            Remedy::Merged => "merged",
            Remedy::Processes => "processes",
            Remedy::TwoLocks => "two-locks",
            Remedy::OwnLock => "own-lock",
        }
    }

    /// The one with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Remedy> {
        Remedy::ALL.into_iter().find(|remedy| remedy.slug() == slug)
    }

    /// Its whole name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Remedy::Plain => "No lock: load, add, store",
            Remedy::Mutex => "One lock (a mutex)",
            Remedy::Atomic => "Atomic add",
            Remedy::Merged => "Own counters, merged at the end",
            Remedy::Processes => "Processes, nothing shared",
            Remedy::TwoLocks => "Wrong: two locks for one counter",
            Remedy::OwnLock => "Wrong: each thread its own lock",
        }
    }

    /// Its name where there is little room, and in sentences.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Remedy::Plain => "No lock",
            Remedy::Mutex => "One lock",
            Remedy::Atomic => "Atomic add",
            Remedy::Merged => "Own counters",
            Remedy::Processes => "Processes",
            Remedy::TwoLocks => "Two locks",
            Remedy::OwnLock => "Own locks",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn how(self) -> &'static str {
        match self {
            Remedy::Plain => {
                "Each thread loads the counter, adds 1 and stores the sum, whatever the others do meanwhile."
            }
            Remedy::Mutex => {
                "A thread loads, adds and stores only while it holds the one lock that guards the counter."
            }
            Remedy::Atomic => "One instruction loads, adds and stores, and nothing can come in between.",
            Remedy::Merged => "Each thread adds to a counter of its own; at the end each adds its sum to the total.",
            Remedy::Processes => "Each process adds to a counter in its own memory and sends its sum as a message.",
            Remedy::TwoLocks => {
                "Half of the threads take one lock, the other half another; both guard the same counter."
            }
            Remedy::OwnLock => {
                "Each thread makes a lock of its own and takes it for each addition; nobody else knows of it."
            }
        }
    }

    /// Whether it cannot lose an addition, for reasons that need no measurement.
    #[must_use]
    pub fn is_right(self) -> bool {
        match self {
            Remedy::Mutex | Remedy::Atomic | Remedy::Merged | Remedy::Processes => true,
            Remedy::Plain | Remedy::TwoLocks | Remedy::OwnLock => false,
        }
    }

    /// Whether it needs threads that share one memory.
    #[must_use]
    pub fn needs_shared_memory(self) -> bool {
        self != Remedy::Processes
    }
}
