//! What there is to read beside the figures.

use super::scripts;
use crate::lesson::{Attempt, Step};

pub(super) const LESSON: &[Step] = &[
    Step {
        heading: "Starting in order is not finishing in order",
        paragraphs: &[
            "start() returns as soon as the thread runs, and promises nothing about its end. Here all sleep for the same time, so they wake up \
             within a moment of each other, and whoever gets a core first is done first. One run shows you one order; fifty show you how \
             many there are.",
        ],
        attempt: Attempt { label: "Equal sleeps", query: scripts::EQUAL },
    },
    Step {
        heading: "“Randomly selected” means: not promised",
        paragraphs: &[
            "Courses say that the system selects the next thread at random. It draws nothing: it follows rules, and timers, cores and other \
             programs differ a little each time. So some orders come often and most never.",
            "Here, on the other hand, each thread draws its sleep: this order is random, and it is the script that makes it so.",
        ],
        attempt: Attempt { label: "Let each draw its sleep", query: scripts::RANDOM },
    },
    Step {
        heading: "Different sleeps decide it, nearly",
        paragraphs: &[
            "Whoever sleeps for a shorter time ends first, even if it was started last. A sleep lasts at least as long as it says and may last \
             longer: as long as differences are larger than that delay, the order is always the same.",
        ],
        attempt: Attempt { label: "Different sleeps", query: scripts::DIFFERENT },
    },
    Step {
        heading: "A sleep is no order",
        paragraphs: &[
            "With shorter and shorter differences there comes a point at which the order breaks, sometimes, and more often on a busy machine. A \
             program that counts on sleeps to keep its order works until it does not.",
        ],
        attempt: Attempt { label: "Sleeps that hardly differ", query: scripts::CLOSE },
    },
    Step {
        heading: "join makes an order where one is needed",
        paragraphs: &[
            "All sleep at the same time, but each joins the thread before it at the end. Now there is one order, whatever the scheduler does, \
             and a run takes hardly longer.",
        ],
        attempt: Attempt { label: "Each waits for the one before it", query: scripts::AFTER_YOU },
    },
];
