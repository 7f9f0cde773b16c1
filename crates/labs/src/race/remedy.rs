//! The ways to count: one without any remedy, some that lose nothing, and two that only look like remedies.

use serde::{Deserialize, Serialize};

/// A way for threads to add to one counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Just load, add, store.
    Plain,
    /// One lock around all three steps.
    Mutex,
    /// One instruction that does all three steps.
    Atomic,
    /// A counter for each thread, merged at the end.
    Merged,
    /// Processes instead of threads; each sends its sum at the end.
    Processes,
    /// Two locks for one counter.
    TwoLocks,
    /// A lock that each thread makes for itself.
    OwnLock,
}

impl Remedy {
    /// Every remedy, in running order.
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

    /// The remedy with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Remedy> {
        Remedy::ALL.into_iter().find(|remedy| remedy.slug() == slug)
    }

    /// Its full name.
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

    /// Its short name, also used in sentences.
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

    /// What it does, in a few words.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Remedy::Plain => "load, add, store",
            Remedy::Mutex => "one thread adds at once",
            Remedy::Atomic => "one instruction does it all",
            Remedy::Merged => "one each, merged at the end",
            Remedy::Processes => "nothing shared, sums sent",
            Remedy::TwoLocks => "wrong: half use each",
            Remedy::OwnLock => "wrong: nobody else takes them",
        }
    }

    /// What it does, in a sentence.
    #[must_use]
    pub fn how(self) -> &'static str {
        match self {
            Remedy::Plain => "Each thread loads the counter, adds 1 and stores the sum, whatever the other threads do.",
            Remedy::Mutex => {
                "A thread loads, adds and stores only while it holds the one lock that guards the counter."
            }
            Remedy::Atomic => "One instruction loads, adds and stores; nothing can come in between.",
            Remedy::Merged => "Each thread adds to its own counter, and at the end adds its sum to the total.",
            Remedy::Processes => "Each process adds to a counter in its own memory and sends its sum as a message.",
            Remedy::TwoLocks => "Half of the threads take one lock, the other half another, for the same counter.",
            Remedy::OwnLock => {
                "Each thread makes its own lock and takes it for each addition; no other thread takes it."
            }
        }
    }

    /// Whether it cannot lose an addition, by design.
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
