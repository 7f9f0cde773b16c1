//! What there is to read beside the figures.

use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "A process is a memory with threads in it",
        paragraphs: &[
            "A process has its own memory: code, globals, heap, open files. Its threads share all of that. Registers \
                       and a stack belong to each thread; a process has them because it has at least one thread.",
        ],
        attempt: Attempt { label: "Who sees what", query: "rows=isolation&processes=4" },
    },
    Step {
        heading: "Many processes can run one program",
        paragraphs: &[
            "Each then has its own copy of every global, often at the same address. An address has a meaning only \
                       within its process.",
        ],
        attempt: Attempt { label: "Eight processes of one program", query: "rows=isolation&processes=8" },
    },
    Step {
        heading: "“Threads are lightweight processes”",
        paragraphs: &[
            "How much lighter can be measured. Create: from asking for a new one until its first message is back. Wake: \
                       the same with one that has slept for a millisecond.",
        ],
        attempt: Attempt { label: "What it takes to start one", query: "rows=create&repeats=50" },
    },
    Step {
        heading: "And in memory?",
        paragraphs: &[
            "A thread needs a stack. A process needs that as well, and a memory of its own for everything else.",
        ],
        attempt: Attempt { label: "What one takes up", query: "rows=memory&repeats=20" },
    },
    Step {
        heading: "“Switching is slow for processes, fast for threads”",
        paragraphs: &[
            "A process comes with another memory, and caches have to fill again. But whoever sleeps has to be woken first, \
                       be it a thread or a process. Here two of them wake each other in turn: a switch is half a round trip.",
        ],
        attempt: Attempt { label: "Switching from one to the other", query: "rows=switch&repeats=50" },
    },
    Step {
        heading: "Threads point, processes send",
        paragraphs: &[
            "A thread can give another one anything by its address: what they share is written once and stays where it is. \
                       A pipe or a structured clone copies it. A transfer moves the memory itself, and the sender no longer has \
                       it. The receiver here reads only the last byte.",
        ],
        attempt: Attempt { label: "From small messages to large ones", query: "rows=send&repeats=20&size=16384" },
    },
    Step {
        heading: "What shares can break together",
        paragraphs: &[
            "One bad write or one abort takes all threads of a process down; other processes live on. That is one reason \
                       why today’s browsers give most sites a process of their own. Tabs as threads of one browser are \
                       history.",
        ],
        attempt: Attempt { label: "Who survives a crash", query: "rows=isolation&processes=2" },
    },
    Step {
        heading: "What a process is here",
        paragraphs: &[
            "On the command line, a process is one of the operating system. In a browser it is a worker that loaded the \
                       same program into its own memory. In both cases nothing is shared and messages are the only way in and out.",
            "But a worker may share an operating system process with the page, has no files or permissions of its own, and \
                       ends with its page. Run this lab both ways.",
        ],
        attempt: Attempt {
            label: "The whole table",
            query: "rows=create,switch,send,memory,isolation&repeats=20&size=16384&processes=4",
        },
    },
];
