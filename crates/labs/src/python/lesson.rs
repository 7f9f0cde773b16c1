//! What there is to read beside the figures.

use super::scripts;
use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "start does not wait",
        paragraphs: &[
            "start() asks for a new thread, returns once it runs, and the main thread goes on with its next line. From then on both run, and \
             nothing says who is faster. join() waits until the other thread has ended, and does nothing else: it neither \
             starts it nor speeds it up.",
        ],
        attempt: Attempt { label: "Run it without join", query: scripts::WITHOUT_JOIN },
    },
    Step {
        heading: "A program ends with its last thread",
        paragraphs: &[
            "When the main program has no more lines, the interpreter joins each thread that is not a daemon, as if you had \
             written it. That wait is the last part of the main thread’s row. Without join nothing gets lost; only the order may change.",
        ],
        attempt: Attempt { label: "The wait at the end", query: scripts::DAEMON_OR_NOT },
    },
    Step {
        heading: "Nobody waits for a daemon",
        paragraphs: &[
            "Daemons that are left then are ended wherever they are, without another line. So whether the daemon here prints \
             is a race: its sleep and the others’ end at the same moment.",
            "“A daemon prints nothing, because the program ends first” is wrong for this script: run it often and count. Then move \
             DAEMON_SLEEP a little, down and up.",
        ],
        attempt: Attempt { label: "Ten times", query: scripts::DAEMON_OFTEN },
    },
    Step {
        heading: "The GIL: one thread runs Python code",
        paragraphs: &[
            "In CPython a thread may run only while it holds one lock, the global interpreter lock. Whoever waits for it asks the \
             holder to let go after the switch interval, 5 ms. Threads that sleep or wait do not hold it: waiting happens at the \
             same time, computing does not.",
        ],
        attempt: Attempt { label: "Compute with two threads", query: scripts::CPU_BOUND },
    },
    Step {
        heading: "Longer turns, fewer hand-overs",
        paragraphs: &[
            "Each hand-over costs: the new holder has to be woken, and sometimes finds the lock taken again. With a longer interval there are \
             fewer of them, and whoever waits waits longer.",
        ],
        attempt: Attempt { label: "A switch interval of 100 ms", query: scripts::SELDOM },
    },
    Step {
        heading: "The GIL is not your lock",
        paragraphs: &[
            "It protects the interpreter, not your data: between reading a counter and writing it, the lock may change hands, and \
             an addition is lost. What must not be torn apart needs a lock of its own, with the GIL or without.",
        ],
        attempt: Attempt { label: "Lose updates", query: scripts::LOST_UPDATE },
    },
    Step {
        heading: "Everyone waits: deadlock",
        paragraphs: &[
            "Each of two threads has one lock and wants the other’s. CPython would wait for ever and say nothing. Here it is named: who \
             waits for what, and who has it.",
        ],
        attempt: Attempt { label: "Two locks, two orders", query: scripts::DEADLOCK },
    },
];
