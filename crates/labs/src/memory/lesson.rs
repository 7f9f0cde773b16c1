//! What there is to read beside the figures.

use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "Registers are in the core, and there are few",
        paragraphs: &[
            "A core computes only with what is in its registers: a few dozen places for operands and addresses, and one \
                       that says which instruction is next. Everything else is in memory, the instructions too, and has to \
                       be fetched first.",
            "Course notes say that registers are faster than main memory. So they are; the headline says by how \
                       much, on this machine.",
        ],
        attempt: Attempt { label: "From a register to 64 MB", query: "largest=64&repeats=7&parts=curve" },
    },
    Step {
        heading: "Caches keep what was used recently",
        paragraphs: &[
            "Between core and memory are caches: small and near, then larger and further away. Where the curve steps up, the \
                       places no longer fit into the cache that held them. The page does not know how large your caches are; \
                       it only shows where the time grows.",
            "The processor also has to translate each address. It remembers that for a limited number of pages, so in a \
                       large set this takes time as well.",
        ],
        attempt: Attempt { label: "Only what is near: up to 1 MB", query: "largest=1&repeats=15&parts=curve" },
    },
    Step {
        heading: "A stack is memory that is nearly always near",
        paragraphs: &[
            "Each call puts its local variables, and the place to return to, on top of its thread’s stack; when it returns, \
                       they are taken off again. Last in, first out: the calls, that is, for the methods themselves stay where \
                       the program is. The same few places are used again and again, so a cache has them.",
        ],
        attempt: Attempt { label: "As small as a deep stack: up to 2 MB", query: "largest=2&repeats=15&parts=curve" },
    },
    Step {
        heading: "The order matters",
        paragraphs: &[
            "Memory comes in lines, mostly of 64 bytes, and the processor fetches lines ahead when it sees a pattern. Here \
                       each load yields the address of the next, so the core cannot start it early. In address order the next line \
                       may be there already; in random order nothing can be guessed. Going through an array gets this for \
                       free. Following pointers all over memory does not.",
        ],
        attempt: Attempt {
            label: "The same places, in order and at random",
            query: "largest=64&repeats=7&parts=order",
        },
    },
    Step {
        heading: "False sharing",
        paragraphs: &[
            "Only one core at a time can write to a cache line. If two threads write to two values on one line, it travels \
                       between their cores, although neither touches the other’s value. The cure is distance.",
            "Each increment here is one atomic add: a core can collect plain stores before it needs the line, which may \
                       hide the cost.",
        ],
        attempt: Attempt { label: "Two threads, on one line and on two", query: "parts=sharing&repeats=7" },
    },
    Step {
        heading: "How it is measured",
        paragraphs: &[
            "No clock can time a single load. Each sample is many thousands of loads, timed together and divided. The sizes take \
                       turns, and the points are medians with quartiles. In a browser each load costs an extra bounds check and an \
                       addition: in the nearest cache this shows, in memory it does not.",
        ],
        attempt: Attempt { label: "Many repeats: a steadier curve", query: "largest=64&repeats=30&parts=curve" },
    },
];
