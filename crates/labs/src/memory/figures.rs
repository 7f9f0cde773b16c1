//! The figures of `memory`.

use super::curve::{Level, Step, landmarks, levels, steps};
use super::{APART, Data};
use interleave_trace::figure::{
    Axis, Body, Cell, Chart, Column, Marks, Point, Rule, Scale, Series, Spread, Table, TableRow, Unit,
};
use interleave_trace::format::{fixed, trimmed};
use interleave_trace::{Figure, Summary};

/// The size of a value in a register, in bytes: the chain's values have 64 bits.
const REGISTER_BYTES: f64 = 8.0;

/// Titles and captions, in the order of the figures: the sheet shows them before there is anything to draw.
pub(super) const HEADINGS: [(&str, &str); 4] = [
    (
        "Time per access, by size of memory",
        "Each point is the median of several samples, with quartiles; a ring is an outlier. On the left, a value in a \
         register; then loads from random places in more and more memory, where each load yields the address of the next.",
    ),
    (
        "If a register took a second",
        "The same times, scaled so that an operation in registers takes one second: the smallest set, one for each \
         level between the curve's steps, and the largest.",
    ),
    ("In order or at random", "The same places of the largest set, one every 64 bytes, in two orders."),
    (
        "Two threads, one cache line",
        "Two threads at once, each adding to its own counter. Only the distance between the counters differs.",
    ),
];

/// All figures, in the order of the sheet's blanks. What was not measured is empty.
pub(super) fn figures(data: &Data) -> Vec<Figure> {
    vec![curve_figure(data), stretched(data), order(data), sharing(data)]
}

fn figure(id: &str, place: usize, body: impl Into<Body>) -> Figure {
    let (title, caption) = HEADINGS[place];
    Figure { id: id.to_owned(), title: title.to_owned(), caption: caption.to_owned(), body: body.into() }
}

/// The curve so far.
#[must_use]
pub fn curve_figure(data: &Data) -> Figure {
    let axis = |label: &str, unit| Axis { label: label.to_owned(), unit, scale: Scale::Logarithmic };
    let levels = levels(data);
    let register = Summary::of(&data.register_ns).map(|ns| ns.point(REGISTER_BYTES));
    let loads = levels.iter().map(|level| level.ns.point(level.bytes)).collect();
    let series = |name: &str, points: Vec<Point>| Series { name: name.to_owned(), points };
    let rule = |step: &Step| {
        // It may be anywhere between two measured sizes.
        let steepest = (levels[step.steepest].bytes * levels[step.steepest + 1].bytes).sqrt();
        Rule::X(steepest, format!("step: {}", Unit::Bytes.range(levels[step.foot].bytes, levels[step.top].bytes)))
    };
    let chart = Chart {
        x: axis("Size of memory", Unit::Bytes),
        y: axis("Time per access", Unit::Nanoseconds),
        marks: Marks::Lines,
        series: vec![series("A register", register.into_iter().collect()), series("Memory, in random order", loads)],
        rules: steps(&levels).iter().map(rule).collect(),
    };
    figure("curve", 0, chart)
}

/// Registers and the curve's levels, as if an operation in registers took a second.
fn stretched(data: &Data) -> Figure {
    let (levels, register) = (levels(data), Summary::of(&data.register_ns));
    let stretch = |ns: &Summary| register.filter(|register| register.median > 0.0).map(|base| ns.median / base.median);
    let row = |id: &str, name: String, ns: &Summary| {
        let long = stretch(ns).map_or(Cell::Empty, |seconds| Cell::Text(long(seconds)));
        row(id, name, vec![ns.cell(Unit::Nanoseconds), long])
    };
    let steps = steps(&levels);
    let mut rows: Vec<TableRow> = register.iter().map(|ns| row("register", "A register".to_owned(), ns)).collect();
    rows.extend(landmarks(&levels, &steps).into_iter().map(|index| {
        let Level { bytes, ns } = &levels[index];
        row(&set_row(*bytes), Unit::Bytes.write(*bytes), ns)
    }));
    let columns = vec![column("", false), column("One access", true), column("If a register took a second", false)];
    figure("stretched", 1, Table { columns, rows })
}

/// The row of the set with so many bytes.
pub(super) fn set_row(bytes: f64) -> String {
    format!("set-{}", bytes as u64)
}

fn order(data: &Data) -> Figure {
    let in_order = Summary::of(&data.in_order_ns);
    // Without the order, the curve alone shows the largest set.
    let random = in_order.and(data.sets.last()).and_then(|largest| Summary::of(&largest.ns));
    let rows = vec![
        compared("in-order", "In address order".to_owned(), in_order, in_order),
        compared("random", "In random order".to_owned(), random, in_order),
    ];
    let columns = vec![column("", false), column("One access", true), column("Times as long", false)];
    figure("order", 2, Table { columns, rows })
}

fn sharing(data: &Data) -> Figure {
    let far = data.pairs.last().and_then(|pair| pair.summary());
    let rows = APART.iter().map(|&apart| {
        let pair = data.pairs.iter().find(|pair| pair.apart == apart);
        let name = if apart < 64 { format!("{apart} bytes apart: one line") } else { format!("{apart} bytes apart") };
        let mut row = compared(&format!("apart-{apart}"), name, pair.and_then(|pair| pair.summary()), far);
        row.cells
            .push(pair.map_or(Cell::Empty, |pair| Cell::Text(format!("{} of {}", pair.ns().len(), pair.rounds.len()))));
        row
    });
    let columns = vec![
        column("", false),
        column("One increment", true),
        column("Times as long", false),
        column("Rounds where both counted", false),
    ];
    figure("sharing", 3, Table { columns, rows: rows.collect() })
}

/// A row with a time, and how many times as long as `base` that is.
fn compared(id: &str, name: String, ns: Option<Summary>, base: Option<Summary>) -> TableRow {
    let times = ns.zip(base).and_then(|(ns, base)| ns.ratio(&base)).map_or(Cell::Empty, |ratio| {
        // Compared with itself, a value has no spread.
        let spread = if ns == base { Spread::none(ratio.value) } else { Spread::between(ratio.low, ratio.high) };
        Cell::Value { value: ratio.value, spread, unit: Unit::Times }
    });
    row(id, name, vec![ns.map_or(Cell::Empty, |ns| ns.cell(Unit::Nanoseconds)), times])
}

fn row(id: &str, name: String, cells: Vec<Cell>) -> TableRow {
    TableRow { id: id.to_owned(), name, help: String::new(), cells }
}

fn column(name: &str, bars: bool) -> Column {
    Column { name: name.to_owned(), bars }
}

/// Seconds as people say them, to two or three digits: `4.4 s`, `1 min 40 s`, `11 min`, `2 h 5 min`, `3 days`.
fn long(seconds: f64) -> String {
    /// From this many of a unit on, a smaller one says nothing.
    const WHOLE: f64 = 10.0;
    let two = |size: f64, unit: &str, part_size: f64, part: &str| {
        let parts = (seconds / part_size).round();
        let per_unit = size / part_size;
        let (whole, rest) = ((parts / per_unit).floor(), parts % per_unit);
        if whole >= WHOLE || rest == 0.0 {
            format!("{} {unit}", fixed(seconds / size, 0))
        } else {
            format!("{} {unit} {} {part}", fixed(whole, 0), fixed(rest, 0))
        }
    };
    match seconds {
        _ if seconds < 9.95 => format!("{} s", trimmed(&fixed(seconds, 1))),
        _ if seconds < 59.5 => format!("{} s", fixed(seconds, 0)),
        _ if seconds < 3_570.0 => two(60.0, "min", 1.0, "s"),
        _ if seconds < 84_600.0 => two(3600.0, "h", 60.0, "min"),
        _ if seconds < 129_600.0 => "1 day".to_owned(),
        _ => format!("{} days", fixed(seconds / 86_400.0, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretched_times_are_said_as_people_say_them() {
        let said = [0.4, 1.0, 4.44, 9.96, 59.4, 59.6, 100.0, 640.0, 3_569.0, 3_600.0, 7_500.0, 50_000.0, 90_000.0, 3e5]
            .map(long);
        let wanted = [
            "0.4 s",
            "1 s",
            "4.4 s",
            "10 s",
            "59 s",
            "1 min",
            "1 min 40 s",
            "11 min",
            "59 min",
            "1 h",
            "2 h 5 min",
            "14 h",
            "1 day",
            "3 days",
        ];
        assert_eq!(said, wanted);
    }
}
