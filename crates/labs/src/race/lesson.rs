//! What there is to read beside the figures.

use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "Adding 1 is three steps",
        paragraphs: &[
            "“counter = counter + 1” loads the counter, adds 1 in a register, and stores the sum. If another thread \
                       stores in between, this thread’s store overwrites it: an addition is lost. That is a race: the outcome \
                       depends on timing.",
        ],
        attempt: Attempt {
            label: "Two threads, one counter, no lock",
            query: "threads=2&adds=200000&window=0&repeats=20&remedies=plain",
        },
    },
    Step {
        heading: "Between load and store there is a window",
        paragraphs: &[
            "Whoever stores in that window is overwritten. The more work there is between load and store, the longer \
                       the window is open.",
        ],
        attempt: Attempt {
            label: "Now with a wide window",
            query: "threads=2&adds=200000&window=50&repeats=20&remedies=plain",
        },
    },
    Step {
        heading: "A lock keeps the others out",
        paragraphs: &[
            "A lock has one holder at a time; all others have to wait. If every thread takes it before it loads and \
                       releases it after it has stored, nobody gets into the window.",
        ],
        attempt: Attempt {
            label: "Without and with a lock",
            query: "threads=2&adds=200000&window=20&repeats=20&remedies=plain,mutex",
        },
    },
    Step {
        heading: "A lock does not know what it guards",
        paragraphs: &[
            "It works only if every thread that touches the data takes that one lock. Two locks for one counter keep \
                       apart only the threads that share a lock. A lock that each thread makes for itself keeps none apart.",
        ],
        attempt: Attempt {
            label: "The wrong locks",
            query: "threads=4&adds=100000&window=20&repeats=20&remedies=mutex,two-locks,own-lock",
        },
    },
    Step {
        heading: "No window, or nothing shared",
        paragraphs: &[
            "An atomic add loads, adds and stores in one instruction: the hardware lets nothing in between. But the cores \
                       still pass the counter back and forth. A counter for each thread, merged once at the end, is shared by \
                       nobody. Processes share no variables unless they ask for it; here they send their sums.",
        ],
        attempt: Attempt {
            label: "What each remedy costs",
            query: "threads=2&adds=200000&window=0&repeats=20&remedies=plain,mutex,atomic,merged,processes",
        },
    },
    Step {
        heading: "A run without loss proves nothing",
        paragraphs: &[
            "Threads that do not meet in the window lose nothing. Wrong code may count correctly for years, and lose \
                       on another machine. Code is correct only if there is a reason why nobody can get into the window. In C \
                       such a program may do anything; safe Rust does not let you write it.",
        ],
        attempt: Attempt {
            label: "Too short to meet",
            query: "threads=2&adds=1000&window=0&repeats=50&remedies=plain",
        },
    },
    Step {
        heading: "“Threads share memory, so they need locks”",
        paragraphs: &[
            "Memory that nobody changes needs none, nor does memory that one thread at a time uses. A lock is for data that \
                       several threads use and at least one changes.",
            "“Python has a global lock, so it needs no others.” That lock changes hands between steps of the \
                       interpreter, which may be between load and store. Whether it does so there depends on the version.",
        ],
        attempt: Attempt {
            label: "Sixteen threads",
            query: "threads=16&adds=50000&window=0&repeats=10&remedies=plain,mutex,atomic,merged",
        },
    },
];
