//! What to read beside the figures.

use crate::sheet::Section;

pub(super) fn lesson() -> Vec<Section> {
    vec![
        Section::new(
            "Adding 1 is three steps",
            &[
                "“counter = counter + 1” loads the counter, adds 1 in a register, and stores the sum. Between load and \
                 store there is a window. If another thread stores its sum in that window, this thread's store \
                 overwrites it: an addition is lost. That is a race: the outcome depends on timing.",
                "Here each load and each store is atomic by itself; the three steps together are not. In C, a program \
                 that does this with an ordinary variable has undefined behaviour: it may do anything. Safe Rust does \
                 not let you write it.",
            ],
        ),
        Section::new(
            "A lock belongs to its data",
            &[
                "A lock has one holder at a time; all others have to wait. So if every thread takes the same lock \
                 before it loads and releases it after it has stored, nobody gets into the window.",
                "A lock does not know what it guards. It works only if every thread that touches the data takes that \
                 one lock. Two locks for one counter keep apart only the threads that share a lock; a lock that each \
                 thread makes for itself keeps none apart.",
            ],
        ),
        Section::new(
            "No window, or nothing shared",
            &[
                "An atomic add is one instruction that loads, adds and stores; the hardware lets nothing in between. \
                 That is enough if one number is all there is to guard.",
                "But the cores still pass the counter back and forth at each addition. It is cheaper not to share: a \
                 counter for each thread, merged once at the end. Processes share no variables unless they ask for it; \
                 here they send their sums.",
            ],
        ),
        Section::new(
            "A run without loss proves nothing",
            &["Threads that do not meet in the window lose nothing. With few additions, on one core, or on another \
                 machine, wrong code may count correctly for years. Code is correct only if there is a reason why \
                 nobody can get into the window."],
        ),
        Section::new(
            "Often said, and what is true",
            &[
                "“Threads share memory, that is why they need locks.” Memory that nobody writes needs none, nor does \
                 memory that only one thread uses at a time. A lock is for data that several threads use and at least \
                 one changes.",
                "“Python has a global lock, so it needs no others.” That lock lets one thread at a time run Python \
                 code, and it changes hands between steps of the interpreter, which may be between load and store. \
                 Whether it does so there depends on the version; free-threaded builds have no such lock at all.",
                "In a browser, additions without a lock take longer than in a native program. WebAssembly's atomic \
                 loads and stores have only the strictest memory ordering: even without a lock, a store waits until \
                 the other cores can see it.",
            ],
        ),
    ]
}
