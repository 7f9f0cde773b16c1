//! The lesson beside the figure, and settings worth trying.

/// A heading and its paragraphs.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// The heading.
    pub heading: &'static str,
    /// The paragraphs, in plain text.
    pub paragraphs: &'static [&'static str],
}

/// Settings worth trying, as arguments over the defaults.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// What the page calls them.
    pub name: &'static str,
    /// Why they are worth trying.
    pub hint: &'static str,
    /// The arguments, in the URL's form.
    pub query: &'static str,
}

/// In the order of the course: waiting, computing, both, overhead, imbalance.
pub const PRESETS: &[Preset] = &[
    Preset { name: "Waiting", hint: "Tasks that only wait, as for a network", query: "tasks=8&sleep=200&cpu=0" },
    Preset { name: "Computing", hint: "Tasks that only compute", query: "tasks=8&sleep=0&cpu=100" },
    Preset {
        name: "A mix",
        hint: "Waiting and computing, each task a little different",
        query: "tasks=8&sleep=100&cpu=50&jitter=30",
    },
    Preset { name: "Many small", hint: "Many tasks that are done almost at once", query: "tasks=64&sleep=0&cpu=5" },
    Preset { name: "One long", hint: "One long task among short ones", query: "plan=c300+c40*7" },
];

/// The lesson.
pub const LESSON: &[Section] = &[
    Section {
        heading: "Concurrent is not parallel",
        paragraphs: &[
            "Tasks are concurrent when the second one begins before the first has ended. They are parallel when both compute at \
             the same instant. One core can do the first by taking turns; it takes a second core to do the second.",
            "Whether that matters depends on what the tasks do. A task that waits for a disk or a network needs no core, so even \
             one thread can wait for many things at once. A task that computes needs a core all the time, and taking turns \
             only divides the core up.",
        ],
    },
    Section {
        heading: "Switching has a price",
        paragraphs: &[
            "To hand a core from one thread to another, the one has to stop and the other to wake. The timeline of threads on one \
             core counts these switches and times them. Choose a small quantum to get many of them and see what they add up to.",
        ],
    },
    Section {
        heading: "Threads cost something to create; a pool pays once",
        paragraphs: &[
            "A thread has its own stack and registers, and the system has to set them up. In “a thread per task” that is the \
             first stretch of each lane. A pool creates its workers before the work begins and gives each the next task when it \
             is free. But a worker that sleeps in a task does nothing else, so a pool smaller than the number of waiting tasks \
             makes tasks wait for a worker.",
        ],
    },
    Section {
        heading: "A process has memory of its own",
        paragraphs: &[
            "Threads of one process share its memory. Processes do not: what one wants another to know, it has to send. Here a \
             process is a worker with its own instance of the program, and the stretches marked as messages are the task going \
             in and the result coming out.",
        ],
    },
    Section {
        heading: "What is often said, and what is so",
        paragraphs: &[
            "“Threads in Python are concurrent, in Java they are parallel.” It is not the language but the interpreter: the usual \
             CPython has one lock that a thread must hold to run Python code, which is what “threads on one core” here imitates. It \
             is let go while a thread waits, and CPython can also be built without it.",
            "“The system picks threads at random.” It does not: schedulers follow rules. But the rules depend on so much that a \
             program cannot know the order, and must be right in any.",
            "“Two browsers are processes, the tabs of one are threads.” Old browsers did keep all tabs in one process. Today's \
             give most sites a process of their own, so that one page cannot read another's memory.",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Args;

    #[test]
    fn every_preset_is_valid() {
        for preset in PRESETS {
            assert_eq!(Args::from_query(preset.query).1, [], "{}", preset.name);
        }
    }
}
