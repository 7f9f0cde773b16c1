//! The modes: ways to run the tasks.

/// A way to run the tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// One thread, tasks in order.
    Sequential,
    /// One thread: tasks are futures, sleeps are timers, and a computing task yields every quantum.
    EventLoop,
    /// A thread per task, but only the one that holds the baton computes.
    OneCore,
    /// A thread per task, created during the run.
    Threads,
    /// A pool of workers.
    Pool,
    /// A process per task.
    Processes,
}

impl Mode {
    /// Every mode, in running order.
    pub const ALL: [Mode; 6] =
        [Mode::Sequential, Mode::EventLoop, Mode::OneCore, Mode::Threads, Mode::Pool, Mode::Processes];

    /// The mode's name in the URL and in results.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Mode::Sequential => "sequential",
            Mode::EventLoop => "event-loop",
            Mode::OneCore => "one-core",
            Mode::Threads => "threads",
            Mode::Pool => "pool",
            Mode::Processes => "processes",
        }
    }

    /// The mode with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| mode.slug() == slug)
    }

    /// The mode's full name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Mode::Sequential => "Sequential",
            Mode::EventLoop => "Concurrent: one thread, event loop",
            Mode::OneCore => "Concurrent: threads on one core",
            Mode::Threads => "Parallel: a thread per task",
            Mode::Pool => "Parallel: thread pool",
            Mode::Processes => "Parallel: a process per task",
        }
    }

    /// The mode's short name, also used in sentences.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Mode::Sequential => "Sequential",
            Mode::EventLoop => "Event loop",
            Mode::OneCore => "Threads on one core",
            Mode::Threads => "Thread per task",
            Mode::Pool => "Thread pool",
            Mode::Processes => "Process per task",
        }
    }

    /// The mode within a sentence, after “with”.
    pub(super) fn phrase(self) -> &'static str {
        match self {
            Mode::Sequential => "one task after another",
            Mode::EventLoop => "an event loop",
            Mode::OneCore => "threads on one core",
            Mode::Threads => "a thread per task",
            Mode::Pool => "a thread pool",
            Mode::Processes => "a process per task",
        }
    }

    /// How the mode runs the tasks, in a few words.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Mode::Sequential => "one task after another",
            Mode::EventLoop => "one thread takes turns",
            Mode::OneCore => "one computes at a time",
            Mode::Threads => "as many cores as there are",
            Mode::Pool => "workers share the tasks",
            Mode::Processes => "each with its own memory",
        }
    }

    /// How the mode runs the tasks, in a sentence.
    #[must_use]
    pub fn how(self) -> &'static str {
        match self {
            Mode::Sequential => "One thread does the tasks one after another.",
            Mode::EventLoop => "One thread takes turns: while one task sleeps, it works on another.",
            Mode::OneCore => "A thread for each task, but only one may compute at a time.",
            Mode::Threads => "A new thread for each task, on all cores.",
            Mode::Pool => "A fixed set of threads; each takes the next task when free.",
            Mode::Processes => "A new process with its own memory for each task.",
        }
    }

    /// Whether the mode needs threads that share one memory.
    #[must_use]
    pub fn needs_shared_memory(self) -> bool {
        matches!(self, Mode::OneCore | Mode::Threads | Mode::Pool)
    }

    /// Whether the mode computes on one core only.
    #[must_use]
    pub fn one_core(self) -> bool {
        matches!(self, Mode::Sequential | Mode::EventLoop | Mode::OneCore)
    }
}
