//! The figures: the comparison, sending by size, and many processes of one program. The same functions draw a
//! measurement in progress.

use super::args::{Args, Row};
use super::data::{ADDED, Crash, Data, Globals, Pair, Seen, Sent, Times};
use super::verdict::Verdict;
use crate::result::{Host, Runtime};
use interleave_trace::Summary;
use interleave_trace::figure::{
    Axis, Body, Cell, Chart, Column, Figure, Marks, Point, Scale, Series, Spread, Table, TableRow, Unit,
};
use interleave_trace::format::{duration, ratio};

/// The comparison's place among the figures.
pub const TABLE: u32 = 0;
/// Sending's place.
pub const SENDING: u32 = 1;
/// The place of the processes of one program.
pub const MANY: u32 = 2;

/// All figures, as far as the measurement has come.
#[must_use]
pub fn figures(args: &Args, host: &Host, data: &Data) -> Vec<Figure> {
    vec![table(args, host, data), sending(args, host, data), many(data)]
}

fn figure(id: &str, title: &str, caption: String, body: impl Into<Body>) -> Figure {
    Figure { id: id.to_owned(), title: title.to_owned(), caption, body: body.into() }
}

fn column(name: &str, bars: bool) -> Column {
    Column { name: name.to_owned(), bars }
}

fn text(text: impl Into<String>) -> Cell {
    Cell::Text(text.into())
}

fn row(id: &str, name: &str, help: &str, cells: [Cell; 3]) -> TableRow {
    TableRow { id: id.to_owned(), name: name.to_owned(), help: help.to_owned(), cells: cells.into() }
}

/// A row for each property.
fn table(args: &Args, host: &Host, data: &Data) -> Figure {
    let rows = args.rows.iter().flat_map(|row| match row {
        Row::Create => vec![
            times(
                "create-cold",
                "Create one",
                "From asking for a new one until its first message is back.",
                &data.create_cold,
                host,
            ),
            times(
                "create-warm",
                "Wake an idle one",
                "It sleeps until it gets work. Timed until its answer is back.",
                &data.create_warm,
                host,
            ),
        ],
        Row::Switch => switches(data, host),
        Row::Send => sent_rows(args, data, host),
        Row::Memory => vec![memory(data, host)],
        Row::Isolation => isolation(data),
    });
    let columns = vec![column("", false), column("Thread", true), column("Process", true), column("Difference", false)];
    let caption = format!("Medians of {} repeats with quartiles; a ring is an outlier.", args.repeats);
    figure("table", "Threads and processes", caption, Table { columns, rows: rows.collect() })
}

fn time_cell(times: Option<&Times>) -> Cell {
    times.and_then(Times::summary).map_or(Cell::Empty, |us| nanoseconds(&us).cell(Unit::Nanoseconds))
}

/// The same times in nanoseconds instead of microseconds.
fn nanoseconds(us: &Summary) -> Summary {
    Summary {
        median: us.median * 1e3,
        low: us.low * 1e3,
        high: us.high * 1e3,
        least: us.least * 1e3,
        most: us.most * 1e3,
        ..*us
    }
}

fn times(id: &str, name: &str, help: &str, pair: &Pair, host: &Host) -> TableRow {
    let verdict = match Verdict::of_times(pair, host) {
        None => Cell::Empty,
        Some(Verdict::TooShort) => text("too short for this clock"),
        Some(Verdict::Alike) => text("no clear difference"),
        Some(Verdict::Apart(factor)) if factor < 1.0 => text(format!("thread: {} as long", ratio(1.0 / factor))),
        Some(Verdict::Apart(factor)) => text(format!("process: {} as long", ratio(factor))),
    };
    row(id, name, help, [time_cell(pair.thread.as_ref()), time_cell(pair.process.as_ref()), verdict])
}

fn switches(data: &Data, host: &Host) -> Vec<TableRow> {
    let help = "Half a round trip between two that wake each other in turn: threads by a condition variable, processes \
        by a message. Each may have its own core.";
    let mut rows = vec![times("switch", "Switch", help, &data.switch, host)];
    if data.switch_by_pipe.is_some() {
        let help = "The same, with threads also using a pipe: the rest of the difference is that a process has another memory.";
        rows.push(times("switch-pipe", "Switch, both by a pipe", help, &by_pipe(data), host));
    }
    rows
}

/// Threads and processes, both by a pipe.
pub(super) fn by_pipe(data: &Data) -> Pair {
    Pair { thread: data.switch_by_pipe.clone(), process: data.switch.process.clone() }
}

/// Only the smallest and the largest message; the chart has all.
fn sent_rows(args: &Args, data: &Data, host: &Host) -> Vec<TableRow> {
    let help =
        "From starting to write it until a short answer is back. Threads share what is written; processes copy it.";
    let sizes = args.sizes();
    let ends = sizes.first().into_iter().chain(sizes.last());
    ends.map(|&size| {
        let sent = data.send.iter().find(|sent| sent.bytes == size);
        let pair = sent.map(|sent| Pair { thread: sent.shared.clone(), process: sent.copied.clone() });
        let name = format!("Send {}", Unit::Bytes.write(f64::from(size)));
        times(&format!("send-{size}"), &name, help, &pair.unwrap_or_default(), host)
    })
    .collect()
}

fn memory(data: &Data, host: &Host) -> TableRow {
    let [thread, process] = [&data.memory.thread, &data.memory.process].map(|bytes| Summary::of(bytes));
    let verdict = thread.zip(process).map(|(thread, process)| Verdict::of(&thread, &process));
    let verdict = match verdict {
        None => Cell::Empty,
        Some(Verdict::TooShort) => text("too little to compare"),
        Some(Verdict::Alike) => text("no clear difference"),
        Some(Verdict::Apart(factor)) if factor < 1.0 => text(format!("thread: {} as much", ratio(1.0 / factor))),
        Some(Verdict::Apart(factor)) => text(format!("process: {} as much", ratio(factor))),
    };
    let help = match host.runtime {
        Runtime::Native => "The RAM that one more takes for itself. What the system keeps for it is not counted.",
        Runtime::Browser => {
            "A thread's stack, or the memory of a process's instance. A page cannot count what the browser itself \
             needs for a worker, which may be much more."
        }
    };
    let cell = |bytes: Option<Summary>| bytes.map_or(Cell::Empty, |bytes| bytes.cell(Unit::Bytes));
    row("memory", "Memory for one more", help, [cell(thread), cell(process), verdict])
}

fn isolation(data: &Data) -> Vec<TableRow> {
    let (seen, lived) = (data.globals.as_ref(), data.crash.as_ref());
    let global = seen.map_or([Cell::Empty, Cell::Empty, Cell::Empty], |globals| {
        let verdict = match globals.thread {
            Some(thread) if sees(globals, thread) && !sees(globals, globals.process) => text("only threads share it"),
            _ => Cell::Empty,
        };
        [globals.thread.map_or(Cell::Empty, |thread| saw(globals, thread)), saw(globals, globals.process), verdict]
    });
    let crash = lived.map_or([Cell::Empty, Cell::Empty, Cell::Empty], |crash| {
        [text(after_panic(crash)), text(after_crash(crash)), Cell::Empty]
    });
    vec![
        row(
            "global",
            "Another sets a global",
            "A thread of the parent sets it. What does another thread see, and what \
            does a process?",
            global,
        ),
        row("crash", "Another crashes", "One is told to crash, then its sibling is asked to answer.", crash),
    ]
}

fn sees(globals: &Globals, seen: Seen) -> bool {
    seen.value == globals.set
}

fn saw(globals: &Globals, seen: Seen) -> Cell {
    let whose = if sees(globals, seen) { "sees it" } else { "does not see it" };
    text(format!("{whose}: reads {}", seen.value))
}

fn after_crash(crash: &Crash) -> &'static str {
    match (crash.gone, crash.sibling) {
        (true, true) => "sibling survives",
        (true, false) => "sibling did not answer",
        (false, _) => "it did not crash when told to",
    }
}

fn after_panic(crash: &Crash) -> &'static str {
    match crash.panic {
        None => "not tried: it would end this run",
        Some(panic) => match (panic.sibling, panic.poisoned) {
            (true, true) => "sibling survives, lock poisoned",
            (true, false) => "sibling survives",
            (false, _) => "sibling did not answer",
        },
    }
}

/// Time against size, for each way.
fn sending(args: &Args, host: &Host, data: &Data) -> Figure {
    let native = host.runtime == Runtime::Native;
    let copied = if native { "processes, through a pipe" } else { "processes, copied (structured clone)" };
    let line = |name: &str, way: fn(&Sent) -> &Option<Times>| {
        let point = |sent: &Sent| {
            let summary = way(sent).as_ref()?.summary()?;
            (summary.low > 0.0).then(|| nanoseconds(&summary).point(f64::from(sent.bytes)))
        };
        let points: Vec<Point> = data.send.iter().filter_map(point).collect();
        (!points.is_empty()).then(|| Series { name: name.to_owned(), points })
    };
    let series = [
        line("threads, in shared memory", |sent| &sent.shared),
        line(copied, |sent| &sent.copied),
        line("processes, transferred", |sent| &sent.transferred),
    ];
    let axis = |label: &str, unit| Axis { label: label.to_owned(), unit, scale: Scale::Logarithmic };
    let caption = if args.rows.contains(&Row::Send) {
        "From starting to write a message until a short answer is back; the receiver reads its last byte. Smaller is \
         better."
    } else {
        "Not measured in this run: tick “Send”."
    };
    let chart = Chart {
        x: axis("Message size", Unit::Bytes),
        y: axis("Time", Unit::Nanoseconds),
        marks: Marks::Lines,
        series: series.into_iter().flatten().collect(),
        rules: Vec::new(),
    };
    figure("sending", "Sending, by size", caption.to_owned(), chart)
}

/// One global, as each of several processes of one program sees it.
fn many(data: &Data) -> Figure {
    let columns = vec![column("", false), column("Did", false), column("Reads", false), column("At", false)];
    let rows = data.globals.as_ref().map_or(Vec::new(), |globals| {
        let one = |id: &str, name: &str, did: String, seen: Seen| {
            let value = f64::from(seen.value);
            let value = Cell::Value { value, spread: Spread::none(value), unit: Unit::Count };
            row(id, name, "", [text(did), value, text(format!("{:#x}", seen.address))])
        };
        let mut rows = vec![one("parent", "parent", format!("set it to {}", globals.set), globals.parent)];
        rows.extend(globals.thread.map(|seen| one("thread", "another thread of it", "nothing".to_owned(), seen)));
        rows.push(one("process", "a process", "nothing".to_owned(), globals.process));
        rows.extend(globals.many.iter().zip(1..).map(|(seen, number)| {
            let did = format!("set it to {number}, added {}", Unit::Count.write(f64::from(ADDED)));
            one(&format!("process-{number}"), &format!("process {number}"), did, *seen)
        }));
        rows
    });
    let caption = match data.globals {
        Some(_) => "One global of one program, as each process sees it. The processes ran at the same time.",
        None => "Not measured in this run: tick “Isolation”.",
    };
    figure("many", "Many processes, one program", caption.to_owned(), Table { columns, rows })
}

impl Times {
    /// The median, no finer than the clock's step.
    pub(super) fn text(&self, host: &Host) -> Option<String> {
        Some(duration(self.summary()?.median, self.step_us(host)))
    }
}
