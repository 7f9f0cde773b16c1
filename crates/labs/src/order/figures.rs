//! The figures of `order`.

use super::orders::Orders;
use super::{Data, Drawn};
use crate::frame::Frame;
use crate::lab::Measured;
use crate::result::Run;
use crate::sheet::Blank;
use interleave_trace::figure::{Cell, Column, Spread, Strip, Strips, Table, TableRow, Timeline, TimelineRun, Unit};
use interleave_trace::{Figure, Summary};

/// Orders that have a strip of their own.
const ROOM: u32 = 10;
/// More threads than this have no row of their own.
const MOST_ROWS: usize = 40;
/// Orders of more threads than this are not written beside a run.
const MOST_NOTED: usize = 8;

const ORDERS: Frame = Frame {
    id: "orders",
    title: "In which orders they ended",
    caption: "Each strip is an order, from first to last; a thread’s number and colour say when it was started. Most frequent first.",
    height: [287, 329],
};
const PLACES: Frame = Frame {
    id: "places",
    title: "Who was when",
    caption: "How often each thread ended first and last, and in which place it did on average.",
    height: [171, 171],
};
const TIMES: Frame =
    Frame { id: "times", title: "How long it took", caption: "Medians of all runs.", height: [149, 285] };

/// The room that the figures need.
pub(super) fn blanks() -> Vec<Blank> {
    vec![Blank::Timeline("drawn".to_owned()), ORDERS.beside(), PLACES.blank(), TIMES.blank()]
}

/// All figures.
pub(super) fn figures(measured: &Measured<Data>, orders: &Orders) -> Vec<Figure> {
    let last = measured.data.repeats.len().saturating_sub(1);
    let run = |run: &Run| {
        let place = if run.mode == Drawn::First.slug() { 0 } else { last };
        TimelineRun { note: orders.in_run(place).map_or_else(String::new, noted), ..timeline_run(run) }
    };
    let runs = measured.runs.iter().map(run).collect();
    let threads = Figure {
        id: "threads".to_owned(),
        title: String::new(),
        caption: String::new(),
        body: Timeline { runs }.into(),
    };
    vec![threads, of(orders), places(orders), times(&measured.data)]
}

/// The figure of the orders that came so far, and its place among the blanks.
#[must_use]
pub fn strips(data: &Data) -> (u32, Figure) {
    (1, of(&Orders::of(data)))
}

fn of(orders: &Orders) -> Figure {
    let strip = |(places, count): &(Vec<u32>, u32)| Strip { places: places.clone(), count: *count };
    let any = orders.threads() > 0;
    ORDERS.figure(Strips {
        names: orders.names.clone(),
        of: "runs".to_owned(),
        strips: orders.orders.iter().filter(|_| any).map(strip).collect(),
        room: ROOM,
    })
}

/// An order in numbers: `2 1 3`; nothing for one that is too long.
fn noted(order: &[u32]) -> String {
    if order.len() > MOST_NOTED {
        return String::new();
    }
    order.iter().map(|thread| (thread + 1).to_string()).collect::<Vec<_>>().join(" ")
}

/// A run as the timeline shows it while others still run: without its order.
#[must_use]
pub fn timeline_run(run: &Run) -> TimelineRun {
    run.drawn(Drawn::from_slug(&run.mode).map_or("", |drawn| drawn.name()), "")
}

fn columns(names: &[&str], bars: bool) -> Vec<Column> {
    (0..)
        .zip(names)
        .map(|(index, name): (u32, _)| Column { name: (*name).to_owned(), bars: bars && index > 0 })
        .collect()
}

/// How often each thread ended first and last, and in which place on average.
fn places(orders: &Orders) -> Figure {
    let runs = f64::from((orders.counted.len() as u32).max(1));
    let value = |value: f64, unit| Cell::Value { value, spread: Spread::none(value), unit };
    let share = |count: Option<&u32>| value(f64::from(count.copied().unwrap_or_default()) / runs, Unit::Share);
    let (firsts, lasts) = (orders.firsts(), orders.lasts());
    let row = |(index, name): (usize, &String)| TableRow {
        id: format!("thread-{index}"),
        name: format!("{} {name}", index + 1),
        help: String::new(),
        cells: vec![
            share(firsts.get(index)),
            share(lasts.get(index)),
            orders.mean_place(index as u32).map_or(Cell::Empty, |place| value(place, Unit::Count)),
        ],
    };
    PLACES.figure(Table {
        columns: columns(&["", "First", "Last", "Mean place"], false),
        rows: orders.names.iter().enumerate().take(MOST_ROWS).map(row).collect(),
    })
}

/// How long runs took, and how far apart their threads ended.
fn times(data: &Data) -> Figure {
    let row = |id: &str, name: &str, help: &str, us: Vec<f64>| {
        let ns: Vec<f64> = us.into_iter().map(|us| us * 1000.0).collect();
        TableRow {
            id: id.to_owned(),
            name: name.to_owned(),
            help: help.to_owned(),
            cells: vec![Summary::of(&ns).map_or(Cell::Empty, |times| times.cell(Unit::Nanoseconds))],
        }
    };
    let rows = vec![
        row("run", "A run", "From the first line until all is over.", walls(data)),
        row("apart", "From first to last", "From the end of the first thread until that of the last one.", apart(data)),
    ];
    TIMES.figure(Table { columns: columns(&["", "Time"], true), rows })
}

/// How long each run took, in microseconds.
pub(super) fn walls(data: &Data) -> Vec<f64> {
    data.repeats.iter().map(|repeat| repeat.wall_us as f64).collect()
}

/// How far apart the threads of each run ended, in microseconds, where several did.
pub(super) fn apart(data: &Data) -> Vec<f64> {
    let several = data.repeats.iter().filter(|repeat| repeat.ended.len() > 1);
    several.filter_map(|repeat| repeat.apart_us).map(|us| us as f64).collect()
}
