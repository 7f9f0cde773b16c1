//! What there is to read beside the figures.

use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "Registers are in the CPU, and there is one set",
        paragraphs: &[
            "The CPU computes in registers and nowhere else: a few places, each for one value. The program counter is one of \
                       them: it says which instruction is next. Everything else is in memory.",
        ],
        attempt: Attempt { label: "Walk through the registers", query: "walk=registers&stop=0" },
    },
    Step {
        heading: "A thread is what is saved",
        paragraphs: &[
            "When another thread gets the CPU, all registers are saved to the control block of the one that had it, and those \
                       of the other are restored. Nothing else is copied: not the stack, not the memory. That copying is the price of a \
                       switch.",
        ],
        attempt: Attempt {
            label: "See a switch",
            query: "walk=none&program=lost-update&variant=threads&schedule=0010",
        },
    },
    Step {
        heading: "Each thread has a stack",
        paragraphs: &[
            "A call pushes the address to come back to, and a return takes it off again: last in, first out. Each call has a \
                       frame for what it keeps. All stacks are in the same memory, each in a part of its own; the register sp says where \
                       its top is. A stack that is full cannot take another call: stack overflow.",
        ],
        attempt: Attempt { label: "Walk through a stack", query: "walk=stack&stop=0" },
    },
    Step {
        heading: "One line is several steps",
        paragraphs: &[
            "“count = count + 1” is three instructions. Between any two of them, the other thread may run. Choose the steps so \
                       that both threads add 1 and the counter ends at 1.",
        ],
        attempt: Attempt { label: "Lose an update", query: "walk=none&program=lost-update&variant=threads&schedule=" },
    },
    Step {
        heading: "Processes share nothing",
        paragraphs: &[
            "Two processes run the same program at the same addresses, and do not meet: each has a page table, which says in \
                       which part of the machine’s memory its addresses are. The same address is another place.",
        ],
        attempt: Attempt {
            label: "The same as two processes",
            query: "walk=none&program=lost-update&variant=processes&schedule=01010101",
        },
    },
    Step {
        heading: "Wrong is what can go wrong",
        paragraphs: &[
            "A program is wrong if there is one schedule that breaks it, however seldom that comes up. Running it often shows \
                       what is likely; looking at every interleaving shows what is possible. Here both stand side by side.",
        ],
        attempt: Attempt {
            label: "A lock that is none",
            query: "walk=none&program=broken-flag&variant=threads&schedule=",
        },
    },
    Step {
        heading: "“Each thread has its own registers”",
        paragraphs: &[
            "Each has its own values, in the one set that a core has, or saved. “The stack belongs to the thread”: it is in the memory that \
             all share, and nothing but good manners keeps the others out.",
        ],
        attempt: Attempt {
            label: "Two threads, two stacks",
            query: "walk=none&program=recursion&variant=threads&schedule=000111",
        },
    },
];
