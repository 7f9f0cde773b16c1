//! Everything that is measured, in the order of the report.

use crate::budget::Limit::{Least, LeastForEachCore, LeastTimes, Most, MostTimes};
use crate::budget::{Budget, Limit};
use crate::row::Row;
use crate::row::Source::{In, Native, Site};
use crate::sources::{drawing, labs, lighthouse, load, memory, modes, python, stepping, stop};
use crate::statistics::Figure::{self, Largest, Median, Percentile99};
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
        turns: 6,
        budgets: &[
            budget("pool, Chromium", Median, LeastForEachCore(0.95)),
            budget("pool, Chromium", Median, LeastTimes(0.95, "pool, native")),
            budget("pool, Firefox", Median, LeastForEachCore(0.95)),
            budget("pool, Firefox", Median, LeastTimes(0.95, "pool, native")),
        ],
    },
    Row {
        slug: "sleeping",
        title: "Eight tasks that sleep 200 ms",
        sources: &[Site(modes::sleeping)],
        turns: 4,
        budgets: &[
            budget("sequential, Chromium", Median, Most(1648.0)),
            budget("threads, Chromium", Median, Most(0.4)),
            budget("pool, Chromium", Median, Most(0.25)),
            budget("sequential, Firefox", Median, Most(1648.0)),
            budget("threads, Firefox", Median, Most(0.4)),
            budget("pool, Firefox", Median, Most(0.25)),
        ],
    },
    Row {
        slug: "kernel",
        title: "The calibrated kernel: 40 million iterations",
        sources: &[In(Chromium, &["kernel"], "ms"), Native("kernel", "ms"), In(Firefox, &["kernel"], "ms")],
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
            In(Chromium, &["empty-task", "peer-tasks"], "µs"),
            Native("empty-task", "µs"),
            In(Firefox, &["empty-task", "peer-tasks"], "µs"),
        ],
        turns: 5,
        budgets: &[
            budget("pool, Chromium", Median, Most(0.5)),
            budget("pool, Chromium", Median, MostTimes(0.05, "bare postMessage, Chromium")),
            budget("pool, Chromium", Median, MostTimes(2.5, "pool, native")),
            budget("pool, Firefox", Median, Most(1.0)),
            budget("pool, Firefox", Median, MostTimes(0.05, "bare postMessage, Firefox")),
        ],
    },
    Row {
        slug: "thread-start",
        title: "The start of a thread, from the request to its first instruction; a bare worker likewise, started by a worker",
        sources: &[
            In(Chromium, &["thread-start", "worker-start"], "ms"),
            Native("thread-start", "ms"),
            In(Firefox, &["thread-start", "worker-start"], "ms"),
        ],
        turns: 5,
        budgets: &[
            budget("thread, cold, Chromium", Median, MostTimes(1.5, "bare worker, Chromium")),
            budget("thread, warm, Chromium", Median, Most(0.2)),
            budget("thread, cold, Firefox", Median, MostTimes(1.5, "bare worker, Firefox")),
            budget("thread, warm, Firefox", Median, Most(0.2)),
        ],
    },
    Row {
        slug: "round-trip",
        title: "From a thread to another and back",
        sources: &[
            In(Chromium, &["round-trip", "message-round-trip"], "µs"),
            Native("round-trip", "µs"),
            In(Firefox, &["round-trip", "message-round-trip"], "µs"),
        ],
        turns: 5,
        budgets: &[
            budget("shared memory, Chromium", Median, MostTimes(0.5, "postMessage, Chromium")),
            budget("shared memory, Firefox", Median, MostTimes(1.25, "postMessage, Firefox")),
        ],
    },
    Row {
        slug: "hand-over",
        title: "The baton's hand-over in `one-core`",
        sources: &[In(Chromium, &["hand-over"], "µs"), Native("hand-over", "µs"), In(Firefox, &["hand-over"], "µs")],
        turns: 5,
        budgets: &[
            budget("baton, Chromium", Median, MostTimes(1.5, "baton, native")),
            budget("baton, Chromium", Median, MostTimes(3.0, "condition variable, Chromium")),
            budget("baton, Firefox", Median, MostTimes(2.0, "baton, native")),
            budget("baton, Firefox", Median, MostTimes(3.0, "condition variable, Firefox")),
        ],
    },
    Row {
        slug: "recording",
        title: "Recording one event",
        sources: &[In(Chromium, &["recording"], "ns"), Native("recording", "ns"), In(Firefox, &["recording"], "ns")],
        turns: 5,
        budgets: &[budget("event, Chromium", Median, Most(100.0)), budget("event, Firefox", Median, Most(250.0))],
    },
    Row {
        slug: "recorded-run",
        title: "A run with an event every 10 µs: how much longer it is than one that neither records nor reads the clock",
        sources: &[
            In(Chromium, &["recorded-run"], "%"),
            Native("recorded-run", "%"),
            In(Firefox, &["recorded-run"], "%"),
        ],
        turns: 5,
        budgets: &[
            budget("recorded run, Chromium", Median, Most(2.0)),
            budget("recorded run, Firefox", Median, Most(4.0)),
        ],
    },
    Row {
        slug: "sleep",
        title: "A sleep of 20 ms: by how much it is longer",
        sources: &[In(Chromium, &["sleep"], "ms"), Native("sleep", "ms"), In(Firefox, &["sleep"], "ms")],
        turns: 3,
        budgets: &[
            budget("sleep, Chromium", Median, Most(0.5)),
            budget("sleep, Chromium", Percentile99, Most(3.0)),
            budget("sleep, Firefox", Median, Most(0.5)),
            budget("sleep, Firefox", Percentile99, Most(3.0)),
        ],
    },
    Row {
        slug: "drawing",
        title: "Drawing 100,000 spans while they are dragged, in Chromium",
        sources: &[Site(drawing::panning)],
        turns: 2,
        budgets: &[budget("frames", Median, Least(55.0)), budget("longest task", Median, Most(50.0))],
    },
    Row {
        slug: "live",
        title: "A run of 64 threads that keep all cores busy: how much longer it is while it is drawn than with the page hidden, in Chromium",
        sources: &[Site(drawing::live)],
        turns: 4,
        budgets: &[budget("run", Median, Most(2.0))],
    },
    Row {
        slug: "race",
        title: "Lab `race`: one addition to a shared counter, by two threads",
        sources: &[Site(labs::race)],
        turns: 3,
        budgets: &[
            budget("atomic, Chromium", Median, MostTimes(3.0, "atomic, native")),
            budget("mutex, Chromium", Median, MostTimes(3.0, "mutex, native")),
            budget("atomic, Firefox", Median, MostTimes(3.0, "atomic, native")),
            budget("mutex, Firefox", Median, MostTimes(3.0, "mutex, native")),
        ],
    },
    Row {
        slug: "process",
        title: "Lab `process`: the start of one",
        sources: &[Site(labs::process)],
        turns: 3,
        budgets: &[budget("process, Chromium", Median, Most(30.0)), budget("process, Firefox", Median, Most(100.0))],
    },
    Row {
        slug: "memory-access",
        title: "Lab `memory`: a load from 64 MB at random, and an operation in registers",
        sources: &[Site(labs::memory)],
        turns: 3,
        budgets: &[
            budget("memory, Chromium", Median, MostTimes(1.5, "memory, native")),
            budget("register, Chromium", Median, MostTimes(1.5, "register, native")),
            budget("memory, Firefox", Median, MostTimes(1.5, "memory, native")),
            budget("register, Firefox", Median, MostTimes(1.5, "register, native")),
        ],
    },
    Row {
        slug: "instructions",
        title: "Lab `machine`: simulated instructions, without a record of them, in millions a second",
        sources: &[
            In(Chromium, &["instructions"], "M/s"),
            Native("instructions", "M/s"),
            In(Firefox, &["instructions"], "M/s"),
        ],
        turns: 3,
        budgets: &[
            budget("instructions, native", Median, Least(100.0)),
            budget("instructions, Chromium", Median, Least(50.0)),
            budget("instructions, Firefox", Median, Least(25.0)),
        ],
    },
    Row {
        slug: "interleavings",
        title: "Lab `machine`: every interleaving, with exact counts of schedules",
        sources: &[
            In(Chromium, &["interleavings"], "ms"),
            Native("interleavings", "ms"),
            In(Firefox, &["interleavings"], "ms"),
        ],
        turns: 3,
        budgets: &[
            budget("2 threads of 10 steps, Chromium", Median, Most(50.0)),
            budget("3 threads, test-and-set, Chromium", Median, Most(1000.0)),
            budget("3 threads, ticket, Chromium", Median, Most(1000.0)),
        ],
    },
    Row {
        slug: "stepping",
        title: "Lab `machine`: from the press of a key to the frame with the board that it leads to",
        sources: &[
            Site(|built, quick| stepping::from_key(built, Chromium, quick)),
            Site(|built, quick| stepping::from_key(built, Firefox, quick)),
        ],
        turns: 2,
        budgets: &[
            budget("step, Chromium", Median, Most(16.0)),
            budget("back, Chromium", Median, Most(16.0)),
            budget("switch, Chromium", Median, Most(16.0)),
        ],
    },
    Row {
        slug: "python",
        title: "Lab `python`: programs of one thread, beside CPython 3.11",
        sources: &[Site(python::alone)],
        turns: 5,
        budgets: &[
            budget("loop, native", Median, MostTimes(1.0, "loop, CPython")),
            budget("fib, native", Median, MostTimes(1.0, "fib, CPython")),
            budget("containers, native", Median, MostTimes(1.5, "containers, CPython")),
            budget("methods, native", Median, MostTimes(1.5, "methods, CPython")),
            budget("strings, native", Median, MostTimes(1.5, "strings, CPython")),
            budget("loop, Chromium", Median, MostTimes(1.5, "loop, native")),
            budget("fib, Chromium", Median, MostTimes(1.5, "fib, native")),
            budget("containers, Chromium", Median, MostTimes(1.5, "containers, native")),
            budget("methods, Chromium", Median, MostTimes(1.5, "methods, native")),
            budget("strings, Chromium", Median, MostTimes(1.5, "strings, native")),
        ],
    },
    Row {
        slug: "python-threads",
        title: "Lab `python`: how many times as fast two threads are without the GIL as with it",
        sources: &[Site(python::in_two_threads)],
        turns: 5,
        budgets: &[
            budget("two_loops, native", Median, Least(1.8)),
            budget("two_fibs, native", Median, Least(1.8)),
            budget("two_lists, native", Median, Least(1.8)),
            budget("two_loops, Chromium", Median, Least(1.8)),
            budget("two_fibs, Chromium", Median, Least(1.8)),
            budget("two_lists, Chromium", Median, Least(1.8)),
        ],
    },
    Row {
        slug: "load-bytes",
        title: "First load: bytes until the first result of a task of 1 ms",
        sources: &[Site(load::bytes)],
        turns: 1,
        budgets: &[
            budget("app, brotli", Median, Most(160.0)),
            budget("engine, brotli", Median, Most(90.0)),
            budget("everything, brotli", Median, Most(300.0)),
        ],
    },
    Row {
        slug: "lab-bytes",
        title: "Opening a lab: bytes beyond the page, in brotli",
        sources: &[Site(load::labs)],
        turns: 1,
        budgets: &[budget("a lab", Largest, Most(95.0)), budget("a lab that runs a script", Largest, Most(350.0))],
    },
    Row {
        slug: "load-times",
        title: "First load: times from the request",
        sources: &[Site(|built, _| load::times(built, Chromium)), Site(|built, _| load::times(built, Firefox))],
        turns: 6,
        budgets: &[
            budget("page, Run ready, Chromium", Median, MostTimes(2.5, "counter, interactive, Chromium")),
            budget("page, Run ready, Firefox", Median, MostTimes(2.5, "counter, interactive, Firefox")),
        ],
    },
    Row {
        slug: "plain-host",
        title: "On a host that sends no headers: from the request until Run is ready",
        sources: &[
            Site(|built, _| load::plain_host(built, Chromium)),
            Site(|built, _| load::plain_host_in_frame(built, Chromium)),
            Site(|built, _| load::plain_host(built, Firefox)),
        ],
        turns: 4,
        budgets: &[
            budget("first visit, Chromium", Median, Most(1000.0)),
            budget("second visit, Chromium", Median, Most(500.0)),
            budget("in a frame, first visit, Chromium", Median, Most(1000.0)),
            budget("in a frame, second visit, Chromium", Median, Most(500.0)),
            budget("first visit, Firefox", Median, Most(1500.0)),
            budget("second visit, Firefox", Median, Most(750.0)),
        ],
    },
    Row {
        slug: "memory",
        title: "What the page's process holds, run after run",
        sources: &[
            Site(|built, quick| memory::after_runs(built, Chromium, quick)),
            Site(|built, quick| memory::after_runs(built, Firefox, quick)),
        ],
        turns: 2,
        budgets: &[
            budget("growth with a run, Chromium", Median, Most(50.0)),
            budget("growth with a run, Firefox", Median, Most(50.0)),
        ],
    },
    Row {
        slug: "stop",
        title: "Stop, at random moments of many runs, and while their workers boot",
        sources: &[
            Site(|built, quick| stop::at_random(built, Chromium, quick)),
            Site(|built, quick| stop::at_random(built, Firefox, quick)),
        ],
        turns: 2,
        budgets: &[
            budget("Stop to ready, Chromium", Percentile99, Most(100.0)),
            budget("Stop to ready, Chromium", Largest, Most(500.0)),
            budget("Stop to ready, CPU of the old run afterwards, Chromium", Median, Most(1.0)),
            budget("Stop to ready while workers boot, Chromium", Percentile99, Most(250.0)),
            budget("Stop to ready while workers boot, Chromium", Largest, Most(500.0)),
            budget("Stop to ready, Firefox", Percentile99, Most(200.0)),
            budget("Stop to ready, Firefox", Largest, Most(500.0)),
            budget("Stop to ready while workers boot, Firefox", Percentile99, Most(250.0)),
            budget("Stop to ready while workers boot, Firefox", Largest, Most(500.0)),
        ],
    },
    Row {
        slug: "lighthouse",
        title: "Lighthouse's scores",
        sources: &[Site(lighthouse::scores)],
        turns: 3,
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
