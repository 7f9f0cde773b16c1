//! What there is to read beside the timelines.

use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "Waiting overlaps",
        paragraphs: &[
            "A task that waits for a disk or a network needs no core. So even one thread can wait for eight things at \
                       once. Such tasks are concurrent: the second starts before the first has ended.",
        ],
        attempt: Attempt {
            label: "Eight tasks that only wait",
            query: "tasks=8&sleep=200&cpu=0&jitter=0&quantum=5&modes=sequential,event-loop,one-core,threads,pool,processes",
        },
    },
    Step {
        heading: "Computing does not",
        paragraphs: &[
            "A task that computes needs a core all the time, and taking turns only divides that core up. Parallel \
                       means that two tasks compute at the same instant: that takes a second core.",
            "Computing here is a fixed amount of work. “100 ms” is what takes 100 ms alone on one core of this \
                       machine.",
        ],
        attempt: Attempt {
            label: "Now with computing instead of waiting",
            query: "tasks=8&sleep=0&cpu=100&jitter=0&quantum=5&modes=sequential,event-loop,one-core,threads,pool,processes",
        },
    },
    Step {
        heading: "A core can work while others wait",
        paragraphs: &[
            "Most tasks do both. While one waits, another can compute, even on one core. That is what concurrency is \
                       good for, wherever there is much input and output.",
        ],
        attempt: Attempt {
            label: "First wait, then compute",
            query: "tasks=8&sleep=100&cpu=50&jitter=0&quantum=5&modes=sequential,event-loop,one-core,threads,pool,processes",
        },
    },
    Step {
        heading: "Switching has a price",
        paragraphs: &[
            "To pass a core on, one thread has to stop and another has to wake. “Threads on one core” counts these \
                       switches and times them. The shorter the quantum, the more of them there are.",
        ],
        attempt: Attempt {
            label: "A quantum of 1 ms",
            query: "tasks=8&sleep=0&cpu=50&jitter=0&quantum=1&modes=sequential,event-loop,one-core",
        },
    },
    Step {
        heading: "Creating a thread has a price, too",
        paragraphs: &[
            "A thread needs a stack and registers of its own. In “thread per task” that is the start of each lane. A \
                       pool creates its threads before the work begins; each takes the next task when it is free.",
        ],
        attempt: Attempt {
            label: "Many small tasks",
            query: "tasks=64&sleep=0&cpu=5&jitter=0&pool=8&quantum=5&modes=sequential,event-loop,threads,pool",
        },
    },
    Step {
        heading: "A pool can be too small",
        paragraphs: &[
            "A thread that sleeps in a task does nothing else. If more tasks wait than the pool has threads, the rest \
                       have to queue. An event loop has no such limit.",
        ],
        attempt: Attempt {
            label: "Sixteen tasks that wait, four threads",
            query: "tasks=16&sleep=200&cpu=0&jitter=0&pool=4&quantum=5&modes=sequential,event-loop,threads,pool",
        },
    },
    Step {
        heading: "A process has its own memory",
        paragraphs: &[
            "Threads of one process share its memory. Processes do not: what another should know, they have to send. \
                       The parts marked as messages are the task going in and the result coming out.",
        ],
        attempt: Attempt {
            label: "Threads beside processes",
            query: "tasks=8&sleep=0&cpu=20&jitter=0&quantum=5&modes=sequential,threads,processes",
        },
    },
    Step {
        heading: "“Python’s threads are concurrent, Java’s are parallel”",
        paragraphs: &[
            "Nearly: it depends on the interpreter, not on the language. The usual CPython has one lock that a thread \
                       must hold to run Python code, and passes on after 5 ms. “Threads on one core” imitates that. \
                       A thread releases the lock while it waits, and CPython can also be built without it.",
        ],
        attempt: Attempt {
            label: "As in Python, as in Java",
            query: "tasks=8&sleep=50&cpu=50&jitter=0&quantum=5&modes=sequential,one-core,threads",
        },
    },
    Step {
        heading: "“The system picks threads at random”",
        paragraphs: &[
            "It does not: schedulers follow rules. But the rules depend on so much that a program cannot know the \
                       order, and must be correct in any. Run this twice, and look who is done first.",
        ],
        attempt: Attempt {
            label: "Tasks that are almost alike",
            query: "tasks=8&sleep=20&cpu=20&jitter=5&quantum=5&modes=threads,pool",
        },
    },
];
