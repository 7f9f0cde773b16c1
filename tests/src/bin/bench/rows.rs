//! Everything that is measured, in the order of the report.

use crate::row::Figure::{Largest, Median, Percentile99};
use crate::row::Limit::{Least, LeastForEachCore, LeastTimes, Most, MostTimes};
use crate::row::Source::{Also, In, Native, Site};
use crate::row::{Budget, Figure, Limit, Row};
use crate::sources::{drawing, labs, lighthouse, load, memory, modes, stop};
use e2e::Browser::{Chromium, Firefox};

const fn budget(of: &'static str, figure: Figure, limit: Limit) -> Budget {
    Budget { of, figure, limit }
}

/// All rows.
pub const ROWS: &[Row] = &[
    Row {
        slug: "speed-up",
        title: "Computing: how many times as fast the pool on all cores is as one thread",
        sources: &[Site(modes::speed_up)],
        turns: 3,
        budgets: &[
            budget("pool, Chromium", Median, LeastForEachCore(0.95)),
            budget("pool, Firefox", Median, LeastForEachCore(0.95)),
            budget("pool, Chromium", Median, LeastTimes(0.95, "pool, native")),
            budget("pool, Firefox", Median, LeastTimes(0.95, "pool, native")),
        ],
    },
    Row {
        slug: "sleeping",
        title: "Eight tasks that sleep 200 ms",
        sources: &[Site(modes::sleeping)],
        turns: 1,
        budgets: &[
            budget("sequential, Chromium", Median, Most(1648.0)),
            budget("sequential, Firefox", Median, Most(1648.0)),
            budget("threads, Chromium", Median, Most(0.4)),
            budget("threads, Firefox", Median, Most(0.4)),
            budget("pool, Chromium", Median, Most(0.25)),
            budget("pool, Firefox", Median, Most(0.25)),
        ],
    },
    Row {
        slug: "kernel",
        title: "The calibrated kernel: 40 million iterations",
        sources: &[In(Chromium, "kernel", "ms"), Native("kernel", "ms"), In(Firefox, "kernel", "ms")],
        turns: 5,
        budgets: &[
            budget("kernel, Chromium", Median, MostTimes(1.15, "kernel, native")),
            budget("kernel, Firefox", Median, MostTimes(1.15, "kernel, native")),
        ],
    },
    Row {
        slug: "empty-task",
        title: "An empty task in a pool",
        sources: &[
            In(Chromium, "empty-task", "µs"),
            Native("empty-task", "µs"),
            In(Chromium, "peer-tasks", "µs"),
            Also(Firefox, "empty-task", "µs"),
        ],
        turns: 3,
        budgets: &[
            budget("pool, Chromium", Median, Most(0.5)),
            budget("pool, Chromium", Median, MostTimes(0.05, "bare postMessage, Chromium")),
            budget("pool, Chromium", Median, MostTimes(2.5, "pool, native")),
        ],
    },
    Row {
        slug: "thread-start",
        title: "The start of a thread, from the request to its first instruction",
        sources: &[
            In(Chromium, "thread-start", "ms"),
            In(Chromium, "worker-start", "ms"),
            Native("thread-start", "ms"),
            Also(Firefox, "thread-start", "ms"),
            Also(Firefox, "worker-start", "ms"),
        ],
        turns: 3,
        budgets: &[
            budget("thread, cold, Chromium", Median, MostTimes(1.3, "bare Worker, Chromium")),
            budget("thread, warm, Chromium", Median, Most(0.2)),
        ],
    },
    Row {
        slug: "round-trip",
        title: "From a thread to another and back",
        sources: &[
            In(Chromium, "round-trip", "µs"),
            In(Chromium, "message-round-trip", "µs"),
            Native("round-trip", "µs"),
            Also(Firefox, "round-trip", "µs"),
            Also(Firefox, "message-round-trip", "µs"),
        ],
        turns: 3,
        budgets: &[budget("shared memory, Chromium", Median, MostTimes(0.5, "postMessage, Chromium"))],
    },
    Row {
        slug: "hand-over",
        title: "The baton's hand-over in one-core",
        sources: &[In(Chromium, "hand-over", "µs"), Native("hand-over", "µs"), Also(Firefox, "hand-over", "µs")],
        turns: 3,
        budgets: &[budget("baton, Chromium", Median, MostTimes(3.0, "condition variable, native"))],
    },
    Row {
        slug: "recording",
        title: "Recording one event",
        sources: &[In(Chromium, "recording", "ns"), Native("recording", "ns"), Also(Firefox, "recording", "ns")],
        turns: 3,
        budgets: &[budget("event, Chromium", Median, Most(100.0))],
    },
    Row {
        slug: "recorded-run",
        title: "A run of 1,000,000 events: how much longer it is for being recorded",
        sources: &[In(Chromium, "recorded-run", "%"), Native("recorded-run", "%")],
        turns: 1,
        budgets: &[budget("recorded run, Chromium", Median, Most(2.0))],
    },
    Row {
        slug: "sleep",
        title: "A sleep of 20 ms: by how much it is longer",
        sources: &[In(Chromium, "sleep", "ms"), Native("sleep", "ms"), Also(Firefox, "sleep", "ms")],
        turns: 1,
        budgets: &[budget("sleep, Chromium", Median, Most(0.5)), budget("sleep, Chromium", Largest, Most(3.0))],
    },
    Row {
        slug: "drawing",
        title: "Drawing 100,000 spans while they are dragged",
        sources: &[Site(drawing::panning)],
        turns: 1,
        budgets: &[budget("frames", Median, Least(55.0)), budget("longest task", Largest, Most(50.0))],
    },
    Row {
        slug: "race",
        title: "Lab `race`: one addition to a shared counter, by two threads",
        sources: &[Site(labs::race)],
        turns: 1,
        budgets: &[
            budget("atomic, Chromium", Median, MostTimes(3.0, "atomic, native")),
            budget("mutex, Chromium", Median, MostTimes(3.0, "mutex, native")),
        ],
    },
    Row {
        slug: "process",
        title: "Lab `process`: the start of one",
        sources: &[Site(labs::process)],
        turns: 1,
        budgets: &[budget("process, Chromium", Median, Most(30.0)), budget("process, Firefox", Median, Most(100.0))],
    },
    Row {
        slug: "memory-access",
        title: "Lab `memory`: a load from 64 MB at random, and an operation in registers",
        sources: &[Site(labs::memory)],
        turns: 1,
        budgets: &[
            budget("memory, Chromium", Median, MostTimes(1.5, "memory, native")),
            budget("register, Chromium", Median, MostTimes(1.5, "register, native")),
        ],
    },
    Row {
        slug: "load-bytes",
        title: "First load: bytes until the first result of a task of 1 ms",
        sources: &[Site(load::bytes)],
        turns: 1,
        budgets: &[
            budget("app, brotli", Median, Most(165.0)),
            budget("engine, brotli", Median, Most(90.0)),
            budget("everything, brotli", Median, Most(300.0)),
        ],
    },
    Row {
        slug: "lab-bytes",
        title: "Opening a lab: bytes beyond the page, in brotli",
        sources: &[Site(load::labs)],
        turns: 1,
        budgets: &[budget("a lab", Largest, Most(90.0))],
    },
    Row {
        slug: "load-times",
        title: "First load: times from the request",
        sources: &[Site(load::times)],
        turns: 1,
        budgets: &[budget("page, Run ready", Median, MostTimes(2.5, "counter, interactive"))],
    },
    Row {
        slug: "memory",
        title: "Memory of the page after 200 runs (60 in a quick look)",
        sources: &[Site(memory::after_runs)],
        turns: 1,
        budgets: &[budget("after all runs", Median, MostTimes(1.05, "after 10 runs"))],
    },
    Row {
        slug: "stop",
        title: "Stop, at random moments of 200 runs (6 in a quick look)",
        sources: &[Site(stop::random_moments)],
        turns: 1,
        budgets: &[
            budget("Stop to ready", Percentile99, Most(100.0)),
            budget("CPU of the old run afterwards", Median, Most(1.0)),
        ],
    },
    Row {
        slug: "lighthouse",
        title: "Lighthouse's scores",
        sources: &[Site(lighthouse::scores)],
        turns: 1,
        budgets: &[
            budget("performance, desktop", Median, Least(98.0)),
            budget("accessibility, desktop", Median, Least(100.0)),
            budget("best practices, desktop", Median, Least(100.0)),
            budget("SEO, desktop", Median, Least(100.0)),
            budget("performance, mobile", Median, Least(98.0)),
            budget("accessibility, mobile", Median, Least(100.0)),
            budget("best practices, mobile", Median, Least(100.0)),
            budget("SEO, mobile", Median, Least(100.0)),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_names_of_their_own_and_something_to_reach() {
        for (index, row) in ROWS.iter().enumerate() {
            assert!(ROWS[..index].iter().all(|other| other.slug != row.slug), "{}", row.slug);
            assert!(!row.budgets.is_empty() && !row.sources.is_empty() && row.turns > 0, "{}", row.slug);
        }
    }
}
