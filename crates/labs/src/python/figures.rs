//! The figures of `python`.

use super::data::Told;
use super::{Args, Trial};
use crate::frame::Frame;
use crate::result::Run;
use crate::script::Gil;
use crate::sheet::Blank;
use interleave_trace::figure::{
    Cell, Column, Console, Line, Spread, Stream, Table, TableRow, Timeline, TimelineRun, Unit,
};
use interleave_trace::{Figure, State, Summary};

/// More lines than this have no row of their own.
const MOST_ROWS: usize = 40;
/// Characters of a line that a row shows.
const SHOWN: usize = 60;

const OUTPUT: [Frame; 2] = [
    Frame {
        id: "output-on",
        title: "Printed with the GIL",
        caption: "Who printed what, and when.",
        height: [160, 160],
    },
    Frame {
        id: "output-off",
        title: "Printed without the GIL",
        caption: "Who printed what, and when.",
        height: [160, 160],
    },
];
const COST: Frame = Frame {
    id: "cost",
    title: "With the GIL and without",
    caption: "Of the run that the timeline shows; the time is the median of all repeats.",
    height: [420, 520],
};
const LINES: Frame = Frame {
    id: "lines",
    title: "How often each line came",
    caption: "In how many of the repeats a line was printed. Numbers with a decimal point are left out of it: they are … here.",
    height: [200, 260],
};

/// The room that the figures need.
pub(super) fn blanks() -> Vec<Blank> {
    let printed = OUTPUT.iter().map(Frame::beside);
    let rooms = [&COST, &LINES].map(Frame::blank);
    [Blank::Timeline("gil".to_owned())].into_iter().chain(printed).chain(rooms).collect()
}

/// All figures.
pub(super) fn figures(args: &Args, told: &[Told]) -> Vec<Figure> {
    let of = |gil| told.iter().find(|told| told.trial.gil == gil);
    let printed = |gil| match of(gil) {
        Some(told) => console(told.run, told.trial).1,
        None => frame(gil).figure(Console::default()),
    };
    let [on, off] = Gil::ALL.map(printed);
    vec![timeline(told), on, off, cost(told), lines(args, told)]
}

/// The figure of what a run printed, and its place among the blanks.
#[must_use]
pub fn console(run: &Run, trial: &Trial) -> (u32, Figure) {
    let mut errors = trial.errors.iter().copied().peekable();
    let line = |(place, line): (u32, &interleave_trace::Output)| Line {
        at_us: line.at_us,
        by: run.lanes.iter().find(|lane| lane.id == line.lane).map_or_else(String::new, |lane| lane.name.clone()),
        stream: if errors.next_if_eq(&place).is_some() { Stream::Error } else { Stream::Output },
        text: line.text.clone(),
    };
    console_of(trial.gil, (0..).zip(&run.output).map(line).collect())
}

/// The same of lines, while the run goes on.
#[must_use]
pub fn console_of(gil: Gil, lines: Vec<Line>) -> (u32, Figure) {
    let place = if gil == Gil::On { 1 } else { 2 };
    (place, frame(gil).figure(Console { lines }))
}

fn frame(gil: Gil) -> &'static Frame {
    &OUTPUT[usize::from(gil == Gil::Off)]
}

fn timeline(told: &[Told]) -> Figure {
    let mut runs: Vec<TimelineRun> = told.iter().map(|told| timeline_run(told.run, told.trial)).collect();
    if let [on, off] = &mut runs[..]
        && off.wall_us > 0
    {
        off.speedup = Some(on.wall_us as f64 / off.wall_us as f64);
    }
    Figure { id: "threads".to_owned(), title: String::new(), caption: String::new(), body: Timeline { runs }.into() }
}

/// A run as the timeline shows it while the other one still runs: without a comparison.
#[must_use]
pub fn timeline_run(run: &Run, trial: &Trial) -> TimelineRun {
    let note = match run.context_switches {
        0 => String::new(),
        1 => "1 hand-over".to_owned(),
        count => format!("{} hand-overs", Unit::Count.write(count as f64)),
    };
    run.drawn(trial.gil.name(), note)
}

/// What each run cost.
fn cost(told: &[Told]) -> Figure {
    let count = |count: u64| value(count as f64, Unit::Count);
    let time = |us: Option<u64>| us.map_or(Cell::Empty, |us| value(us as f64 * 1000.0, Unit::Nanoseconds));
    let of_lock = |told: &Told, cell: Cell| if told.trial.gil == Gil::On { cell } else { Cell::Empty };
    type Row<'a> = (&'static str, &'static str, &'static str, &'a dyn Fn(&Told) -> Cell);
    let rows: [Row; 9] = [
        ("time", "Time", "From the first line until all is over.", &|told| {
            let walls: Vec<f64> = told.trial.repeats.iter().map(|repeat| repeat.wall_us as f64 * 1000.0).collect();
            Summary::of(&walls).map_or(Cell::Empty, |walls| walls.cell(Unit::Nanoseconds))
        }),
        ("computing", "Running, all threads", "With the GIL, one at a time.", &|told| time(told.in_state(State::Run))),
        ("hand-overs", "Hand-overs", "How often the GIL was taken from another thread.", &|told| {
            of_lock(told, count(told.run.context_switches))
        }),
        (
            "hand-over",
            "One hand-over",
            "From when the GIL was free and wanted until another thread had it, on average.",
            &|told| {
                let (switches, us) = (told.run.context_switches, told.run.switch_us);
                if switches == 0 { Cell::Empty } else { value(us as f64 * 1000.0 / switches as f64, Unit::Nanoseconds) }
            },
        ),
        ("waiting", "Waiting for the GIL", "All threads together.", &|told| {
            of_lock(told, time(told.in_state(State::Ready)))
        }),
        (
            "requests",
            "Asked to let go",
            "How often a thread that waited for a switch interval asked for the GIL.",
            &|told| of_lock(told, count(told.trial.requests)),
        ),
        (
            "found-taken",
            "Woke and found it taken",
            "How often a thread was woken for the GIL and another one had it already.",
            &|told| of_lock(told, count(told.trial.found_taken)),
        ),
        ("threads", "Threads", "With the main thread.", &|told| count(told.trial.threads.into())),
        ("lines", "Lines printed", "To the standard output.", &|told| count(told.lines().into())),
    ];
    let rows = rows.into_iter().map(|(id, name, help, cell)| TableRow {
        id: id.to_owned(),
        name: name.to_owned(),
        help: help.to_owned(),
        cells: told.iter().map(cell).collect(),
    });
    COST.figure(Table { columns: columns(told), rows: rows.collect() })
}

fn value(value: f64, unit: Unit) -> Cell {
    Cell::Value { value, spread: Spread::none(value), unit }
}

/// A column for each run, after that of the rows' names.
fn columns(told: &[Told]) -> Vec<Column> {
    let names = [""].into_iter().chain(told.iter().map(|told| told.trial.gil.name()));
    names.map(|name| Column { name: name.to_owned(), bars: false }).collect()
}

/// In which share of the repeats each line was printed.
fn lines(args: &Args, told: &[Told]) -> Figure {
    let mut texts: Vec<&str> = Vec::new();
    for line in told.iter().flat_map(|told| &told.trial.printed) {
        if args.times > 1 && texts.len() < MOST_ROWS && !texts.contains(&&*line.text) {
            texts.push(&line.text);
        }
    }
    let share = |told: &Told, text: &str| {
        let repeats = told.trial.printed.iter().find(|line| line.text == text).map_or(0, |line| line.repeats);
        value(f64::from(repeats) / f64::from(args.times.max(1)), Unit::Share)
    };
    let row = |(index, text): (usize, &str)| TableRow {
        id: format!("line-{index}"),
        name: cut(text),
        help: String::new(),
        cells: told.iter().map(|told| share(told, text)).collect(),
    };
    let rows = texts.into_iter().enumerate().map(row).collect();
    LINES.figure(Table { columns: columns(told), rows })
}

/// A line short enough for a row.
fn cut(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if text.is_empty() => "(empty)".to_owned(),
        None => text.to_owned(),
    }
}
