//! What to read beside the figures.

use crate::sheet::Section;

pub(super) fn lesson() -> Vec<Section> {
    vec![
        Section::new(
            "Adding 1 is three steps",
            &[
                "“counter = counter + 1” loads the counter, adds 1 in a register, and stores the sum. Between load and store is a \
                 window. What another thread stores in that window is overwritten by a sum that knows nothing of it: an addition \
                 is lost. That is a race: the outcome depends on who comes when.",
                "Each load and each store by itself is whole here; only the three steps together are not. In C, a program that does \
                 this with an ordinary variable may do anything at all. Safe Rust does not let you write it.",
            ],
        ),
        Section::new(
            "A lock belongs to its data",
            &[
                "A lock has one holder at a time. Who wants it meanwhile waits. So if every thread takes the same lock before it loads and \
                 gives it back after it has stored, nobody gets into the window.",
                "The lock does not know what it guards. It works only if all who touch the data take that one lock: two locks for one \
                 counter, or a lock that each thread makes for itself, keep apart only those who happen to share one.",
            ],
        ),
        Section::new(
            "No window, or nothing shared",
            &[
                "An atomic add is one instruction that loads, adds and stores; the hardware lets nothing in between. It is enough where \
                 one number is all there is to guard.",
                "The cores still hand the counter to and fro at each addition. It is cheapest not to share: a counter for each thread, \
                 merged once at the end. Processes share no variables unless they ask for it; here they send their sums.",
            ],
        ),
        Section::new(
            "A run without loss proves nothing",
            &[
                "Threads that do not meet in the window lose nothing. With few additions, on one core, or on another machine, wrong code \
                 may count right for years. What makes code right is a reason why nobody can get into the window.",
            ],
        ),
        Section::new(
            "What is often said, and what is so",
            &[
                "“Threads share memory, that is why they need locks.” Memory that nobody writes needs none, nor does memory that only one \
                 thread uses at a time. A lock is for data that several use and at least one changes.",
                "“Python has a global lock, so it needs no others.” That lock lets one thread at a time run Python code, and it changes \
                 hands between steps of the interpreter: also between load and store. Whether it does so there depends on the \
                 version; the free-threaded builds have no such lock at all.",
                "In a browser, additions without a lock take longer than in a native program. WebAssembly's atomic loads and stores know \
                 only the strictest order, so that even a store without a lock waits until the other cores can see it.",
            ],
        ),
    ]
}
