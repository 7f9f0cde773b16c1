//! A figure of each kind, with what is awkward about it. Their numbers are made up: they are for drawing.

use interleave_trace::figure::*;
use interleave_trace::{Lane, LaneKind, Span, State};

fn figure(id: &str, title: &str, caption: &str, body: impl Into<Body>) -> Figure {
    Figure { id: id.to_owned(), title: title.to_owned(), caption: caption.to_owned(), body: body.into() }
}

fn axis(label: &str, unit: Unit, scale: Scale) -> Axis {
    Axis { label: label.to_owned(), unit, scale }
}

fn series(name: &str, points: impl IntoIterator<Item = Point>) -> Series {
    Series { name: name.to_owned(), points: points.into_iter().collect() }
}

fn spread(x: f64, y: f64, part: f64) -> Point {
    Point { x, y, spread: Spread::between(y * (1.0 - part), y * (1.0 + 1.6 * part)) }
}

fn names(names: &[&str]) -> Scale {
    Scale::Names(names.iter().map(|name| (*name).to_owned()).collect())
}

/// Lines on two logarithmic axes, with rules close to each other.
pub fn memory() -> Figure {
    let sizes = (12..=26).map(|power| 2_f64.powi(power));
    let random = sizes.clone().map(|size| {
        let ns = 1.2
            + 2.6 * (size / 32_768.0).min(1.0).powi(3)
            + 9.0 * (size / 1e6).min(1.2).powi(2)
            + 80.0 * (size / 5e7).min(1.3).powi(2);
        spread(size, ns, 0.06)
    });
    let order = sizes.map(|size| spread(size, 0.9 + 0.4 * (size / 6e7), 0.02));
    let rule = |size, label: &str| Rule::X(size, label.to_owned());
    figure(
        "access",
        "Time for one access",
        "Each point is the median of 15 repeats; the band holds the middle half of them.",
        Chart {
            x: axis("Size of what is accessed", Unit::Bytes, Scale::Logarithmic),
            y: axis("Time for one access", Unit::Nanoseconds, Scale::Logarithmic),
            marks: Marks::Lines,
            series: vec![
                series("random order", random),
                series("in order", order),
                series("a register", [Point::exact(4096.0, 0.31)]),
            ],
            rules: vec![
                rule(32_768.0, "1st step at 32 kB"),
                rule(524_288.0, "2nd step at 512 kB"),
                rule(1_048_576.0, "3rd step at 1 MB"),
            ],
        },
    )
}

/// Dots and lines on linear axes, with an ideal line and a rule on each axis.
pub fn speedup() -> Figure {
    let workers = 1..=8;
    let measured =
        workers.clone().map(|count| spread(f64::from(count), 1.0 / (0.1 + 0.9 / f64::from(count.min(4))), 0.05));
    let fitted = workers.map(|count| Point::exact(f64::from(count), 1.0 / (0.1 + 0.9 / f64::from(count))));
    figure(
        "speedup",
        "Speed-up",
        "",
        Chart {
            x: axis("Workers", Unit::Count, Scale::Linear),
            y: axis("Speed-up", Unit::Times, Scale::Linear),
            marks: Marks::Lines,
            series: vec![series("measured", measured), series("Amdahl’s law, 10% serial", fitted)],
            rules: vec![
                Rule::X(4.0, "4 cores".to_owned()),
                Rule::Y(3.08, "best measured".to_owned()),
                Rule::Diagonal("ideal".to_owned()),
            ],
        },
    )
}

/// A bar with a part cut out.
pub fn lost() -> Figure {
    figure(
        "sum",
        "What was counted",
        "2 threads added 1 to one counter, 1,000,000 times each.",
        Chart {
            x: axis("", Unit::Count, names(&[""])),
            y: axis("Additions", Unit::Count, Scale::Linear),
            marks: Marks::Stacked,
            series: vec![
                series("counted", [Point::exact(0.0, 1_237_604.0)]),
                series("lost", [Point::exact(0.0, 762_396.0)]),
            ],
            rules: vec![],
        },
    )
}

/// Lying bars of two series on a logarithmic axis.
pub fn remedies() -> Figure {
    let ways = ["plain", "mutex", "atomic add", "own counter, merged at the end", "processes"];
    let bars =
        |values: [f64; 5]| values.into_iter().enumerate().map(|(x, y)| spread(x as f64, y, 0.12)).collect::<Vec<_>>();
    figure(
        "cost",
        "Cost of one addition",
        "",
        Chart {
            x: axis("Remedy", Unit::Count, names(&ways)),
            y: axis("Time for one addition", Unit::Nanoseconds, Scale::Logarithmic),
            marks: Marks::Bars,
            series: vec![
                series("2 threads", bars([1.8, 43.2, 17.9, 0.42, 0.44])),
                series("4 threads", bars([2.4, 118.0, 31.0, 0.45, 0.47])),
            ],
            rules: vec![],
        },
    )
}

/// A histogram: bars of one series on a linear axis.
pub fn histogram() -> Figure {
    let bins = ["0%", "1–10%", "11–20%", "21–30%", "31–40%", "over 40%"];
    let bars = [1.0, 0.0, 4.0, 11.0, 3.0, 1.0].into_iter().enumerate().map(|(x, y)| Point::exact(x as f64, y));
    figure(
        "repeats",
        "How many runs lost how much",
        "",
        Chart {
            x: axis("Lost", Unit::Count, names(&bins)),
            y: axis("Runs", Unit::Count, Scale::Linear),
            marks: Marks::Bars,
            series: vec![series("", bars)],
            rules: vec![],
        },
    )
}

/// Values of several units in columns with bars, words, and a cell that is empty.
pub fn comparison() -> Figure {
    let value = |unit, value: f64| Cell::Value { value, spread: Spread::between(value * 0.9, value * 1.25), unit };
    let ns = |at| value(Unit::Nanoseconds, at);
    let row = |id: &str, name: &str, help: &str, cells: Vec<Cell>| TableRow {
        id: id.to_owned(),
        name: name.to_owned(),
        help: help.to_owned(),
        cells,
    };
    let text = |text: &str| Cell::Text(text.to_owned());
    let column = |name: &str, bars| Column { name: name.to_owned(), bars };
    figure(
        "table",
        "Process or thread?",
        "Bars are logarithmic: each grid line is ten times the one before.",
        Table {
            columns: vec![
                column("Property", false),
                column("Thread", true),
                column("Process", true),
                column("Factor", false),
            ],
            rows: vec![
                row(
                    "create",
                    "Time to create",
                    "From the request to the first instruction.",
                    vec![ns(62_000.0), ns(1_230_000.0), value(Unit::Times, 19.8)],
                ),
                row("switch", "Time to switch", "", vec![ns(4_100.0), ns(11_900.0), value(Unit::Times, 2.9)]),
                row("send", "Time to send 16 MB", "", vec![ns(310.0), ns(5_400_000.0), value(Unit::Times, 17_400.0)]),
                row(
                    "memory",
                    "Memory for each",
                    "",
                    vec![value(Unit::Bytes, 1_114_112.0), value(Unit::Bytes, 4_718_592.0), value(Unit::Times, 4.2)],
                ),
                row(
                    "global",
                    "A global is set by one",
                    "",
                    vec![text("the others see it"), text("the others do not see it"), Cell::Empty],
                ),
            ],
        },
    )
}

fn node(label: &str, kind: NodeKind, group: Option<u32>) -> Node {
    Node { label: label.to_owned(), kind, group }
}

fn edge(from: usize, to: usize, kind: EdgeKind, label: &str) -> Edge {
    Edge { from, to, label: label.to_owned(), kind }
}

/// Two threads that wait for each other.
pub fn deadlock() -> Figure {
    let (holds, waits) = (EdgeKind::Holds, EdgeKind::WaitsFor);
    figure(
        "waits",
        "Who waits for whom",
        "",
        Graph {
            nodes: vec![
                node("thread 1", NodeKind::Thread, None),
                node("thread 2", NodeKind::Thread, None),
                node("lock A", NodeKind::Lock, None),
                node("lock B", NodeKind::Lock, None),
            ],
            edges: vec![
                edge(0, 2, holds, "holds"),
                edge(1, 3, holds, "holds"),
                edge(0, 3, waits, "waits for"),
                edge(1, 2, waits, "waits for"),
            ],
            cycle: vec![0, 1, 2, 3],
        },
    )
}

/// Locks and the data that they guard, or do not guard.
pub fn guarded() -> Figure {
    let (holds, waits) = (EdgeKind::Holds, EdgeKind::WaitsFor);
    figure(
        "guards",
        "One lock, one counter",
        "",
        Graph {
            nodes: vec![
                node("thread 1", NodeKind::Thread, None),
                node("thread 2", NodeKind::Thread, None),
                node("thread 3", NodeKind::Thread, None),
                node("mutex", NodeKind::Lock, Some(1)),
                node("counter", NodeKind::Data, Some(1)),
                node("a lock that each thread makes for itself", NodeKind::Lock, None),
                node("unguarded counter", NodeKind::Data, None),
            ],
            edges: vec![
                edge(0, 3, holds, "holds"),
                edge(0, 4, EdgeKind::Step, "adds 1"),
                edge(1, 3, waits, "waits for"),
                edge(2, 5, holds, ""),
                edge(2, 6, EdgeKind::Step, "adds 1"),
            ],
            cycle: vec![],
        },
    )
}

/// States of a program and the steps between them, with a way back.
pub fn states() -> Figure {
    let step = EdgeKind::Step;
    let labels = ["x = 0", "x = 1", "x = 0, a loaded", "x = 1, b loaded", "x = 2", "lost: x = 1"];
    let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (1, 4), (2, 5), (3, 5), (3, 4), (4, 0), (5, 5)];
    figure(
        "states",
        "All interleavings",
        "",
        Graph {
            nodes: labels.iter().map(|label| node(label, NodeKind::State, None)).collect(),
            edges: edges.iter().map(|(from, to)| edge(*from, *to, step, "")).collect(),
            cycle: vec![],
        },
    )
}

/// What two threads printed.
pub fn console() -> Figure {
    let line = |at_us, by: &str, stream, text: &str| Line { at_us, by: by.to_owned(), stream, text: text.to_owned() };
    figure(
        "output",
        "What was printed",
        "",
        Console {
            lines: vec![
                line(120, "main", Stream::Output, "starting 2 threads"),
                line(
                    12_300,
                    "thread 1",
                    Stream::Output,
                    "fetching https://example.org/a/rather/long/address?with=a&query=that<does>not=break",
                ),
                line(212_900, "thread 2", Stream::Error, "Traceback: \u{1b}[31mZeroDivisionError"),
            ],
        },
    )
}

/// Two runs on one axis.
pub fn timeline() -> Figure {
    let lane = |id, name: &str| Lane { id, name: name.to_owned(), kind: LaneKind::Thread };
    let span = |lane, state, start_us, end_us| Span { lane, task: lane, state, start_us, end_us };
    let run = |slug: &str, title: &str, wall_us, speedup, lanes, spans| TimelineRun {
        slug: slug.to_owned(),
        title: title.to_owned(),
        note: if speedup == Some(2.0) { "3 switches".to_owned() } else { String::new() },
        wall_us,
        bound_us: None,
        speedup,
        one_core: false,
        lanes,
        spans,
        subjects: vec![],
    };
    let (run_, sleep) = (State::Run, State::Sleep);
    figure(
        "runs",
        "Timelines",
        "",
        Timeline {
            runs: vec![
                run(
                    "sequential",
                    "Sequential",
                    400_000,
                    None,
                    vec![lane(0, "main")],
                    vec![span(0, run_, 0, 200_000), span(0, sleep, 200_000, 400_000)],
                ),
                run(
                    "threads",
                    "Parallel",
                    200_000,
                    Some(2.0),
                    vec![lane(0, "thread 1"), lane(1, "thread 2")],
                    vec![span(0, run_, 0, 200_000), span(1, sleep, 0, 200_000)],
                ),
            ],
        },
    )
}

fn strips(names: impl IntoIterator<Item = String>, strips: &[(&[u32], u32)], room: u32) -> Strips {
    let strip = |(places, count): &(&[u32], u32)| Strip { places: places.to_vec(), count: *count };
    Strips {
        names: names.into_iter().collect(),
        of: "runs".to_owned(),
        strips: strips.iter().map(strip).collect(),
        room,
    }
}

/// In which orders four threads ended; for the rarest two there is no room.
pub fn orders() -> Figure {
    let names = ["Ada", "Alan", "a thread with a name that is much longer than all others here", "Grace"];
    let came: [(&[u32], u32); 4] = [(&[0, 1, 2, 3], 12), (&[1, 0, 2, 3], 6), (&[3, 2, 1, 0], 1), (&[0, 2, 1, 3], 1)];
    figure("orders", "Orders", "Most frequent first.", strips(names.map(str::to_owned), &came, 2))
}

/// More threads than have room for a number each.
pub fn crowd() -> Figure {
    let (forth, back): (Vec<u32>, Vec<u32>) = ((0..100).collect(), (0..100).rev().collect());
    let names = (1..=100).map(|number| format!("Thread-{number} (deliver)"));
    figure("crowd", "Orders of many", "", strips(names, &[(&forth, 1), (&back, 1)], 3))
}

/// One of each.
pub fn all() -> Vec<Figure> {
    vec![
        memory(),
        speedup(),
        lost(),
        remedies(),
        histogram(),
        comparison(),
        deadlock(),
        guarded(),
        states(),
        orders(),
        crowd(),
        console(),
        timeline(),
    ]
}
