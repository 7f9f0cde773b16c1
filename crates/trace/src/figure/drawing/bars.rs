//! Horizontal bars.

use super::legend::{self, look, told};
use super::lines::x_ticks;
use super::pen::{Anchor, LINE, Pen, Place, way};
use super::words;
use crate::figure::scale::Range;
use crate::figure::{Chart, Point, Rule, Series};
use Anchor::{End, Middle, Start};

/// The distance from one group of bars to the next.
const GAP: f64 = 10.0;

/// Draws bars side by side, a group for each place; returns the chart's height.
pub(super) fn draw(chart: &Chart, pen: &mut Pen) -> f64 {
    let places = chart.places();
    let mut values: Vec<f64> = chart.points().flat_map(Point::reach).collect();
    values.extend(chart.rules.iter().filter_map(|rule| if let Rule::Y(at, _) = rule { Some(*at) } else { None }));
    let range = Range::of(&chart.y, &values);
    let several = chart.series.len() > 1;
    let mut y = if several { legend::draw(chart, pen, 0.0) } else { 0.0 };
    let (left, above) = name_room(chart, &places, pen.width);
    let value = |point: &Point| chart.y.unit.write(point.y);
    let longest = chart.points().map(|point| words::width(&value(point))).fold(0.0, f64::max);
    let right = (pen.width - longest - 8.0).max(left + 40.0);
    let at = |value: f64| range.at(value).map(|at| left + at * (right - left));
    let base = at(0.0).unwrap_or(left);
    let (thick, pitch) = if several { (12.0, 15.0) } else { (16.0, 16.0) };
    let top = y;
    // The grid is drawn under the bars, so it comes first.
    let height = places.len() as f64 * (pitch * chart.series.len() as f64 + GAP + if above { LINE } else { 0.0 });
    axis(chart, &range, [left, top, right, top + height], pen);
    for x in &places {
        let name = chart.x_text(*x);
        if above {
            pen.text("", Start, 0.0, y + LINE - 3.0, &words::shortened(&name, pen.width));
            y += LINE;
        }
        let group = y + GAP / 2.0;
        if !above {
            let lines = words::wrapped(&name, left - 10.0);
            let middle = group + pitch * chart.series.len() as f64 / 2.0 + 4.0;
            let shown = if lines.len() > 1 && !several { vec![words::shortened(&name, left - 10.0)] } else { lines };
            for (index, line) in shown.iter().enumerate() {
                let up = (shown.len() as f64 - 1.0) / 2.0;
                pen.text("", End, left - 10.0, middle + (index as f64 - up) * 13.0, line);
            }
        }
        for (index, series) in chart.series.iter().enumerate() {
            let y = group + pitch * index as f64;
            for point in series.points.iter().filter(|point| point.x == *x) {
                let middle = y + thick / 2.0;
                let end = at(point.y).unwrap_or(base);
                pen.rect(&look("bar", index), [base.min(end), y, base.max(end), y + thick], 1.0);
                let [low, high] = [point.spread.low, point.spread.high].map(|value| at(value).unwrap_or(end));
                let mut right = end.max(high);
                if high - low > 1.0 {
                    let whisker = [low, middle, high, low, middle - 3.0, high, middle - 3.0];
                    pen.path("whisker over", &way("M* *H*M* *v6M* *v6", &whisker));
                }
                for outlier in point.spread.outliers().into_iter().flatten().filter_map(at) {
                    pen.dot("outlier over", outlier, middle);
                    right = right.max(outlier + 4.0);
                }
                pen.text("number", Start, right + 6.0, middle + 4.0, &value(point));
                pen.spot([left, y, right, y + thick], told(chart, series, point));
            }
        }
        y = group + pitch * chart.series.len() as f64 + GAP / 2.0;
    }
    rules(chart, &range, [left, top, right, y], pen)
}

/// Where bars start, and whether their names are above them for lack of room beside them.
fn name_room(chart: &Chart, places: &[f64], width: f64) -> (f64, bool) {
    let longest = places.iter().map(|x| words::width(&chart.x_text(*x))).fold(0.0, f64::max);
    match longest {
        0.0 => (0.0, false),
        _ if longest <= 0.36 * width => (longest + 10.0, false),
        _ => (0.0, true),
    }
}

fn axis(chart: &Chart, range: &Range, [left, top, right, bottom]: Place, pen: &mut Pen) {
    for (x, label_x, text) in x_ticks(range, left, right, pen.width) {
        pen.line("grid", [x, top, x, bottom + 4.0]);
        pen.text("quiet", Middle, label_x, bottom + LINE, &text);
    }
    pen.text("quiet", End, pen.width, bottom + 2.0 * LINE, &words::shortened(&chart.y.label, pen.width));
}

/// Draws rules over the bars, and their labels below the axis, each on its own line; returns the chart's height.
fn rules(chart: &Chart, range: &Range, [left, top, right, bottom]: Place, pen: &mut Pen) -> f64 {
    let mut y = bottom + 2.0 * LINE;
    for rule in &chart.rules {
        let Rule::Y(value, label) = rule else { continue };
        let Some(at) = range.at(*value) else { continue };
        let x = left + at * (right - left);
        y += LINE;
        let short = words::shortened(label, pen.width);
        let half = words::width(&short) / 2.0;
        pen.line("rule", [x, top, x, y - 12.0]);
        pen.text("quiet halo", Middle, x.min(pen.width - half).max(half), y, &short);
        pen.spot([x - 4.0, top, x + 4.0, bottom], format!("{label}: {}", chart.y.unit.write(*value)));
    }
    y + 4.0
}

/// Draws each place's series as parts of one bar, of which all but the first are cut out; returns the chart's height.
pub(super) fn draw_stacked(chart: &Chart, pen: &mut Pen) -> f64 {
    const THICK: f64 = 28.0;
    let places = chart.places();
    let of = |series: &Series, x: f64| series.points.iter().find(|point| point.x == x).copied();
    let sum =
        |x: f64| chart.series.iter().filter_map(|series| of(series, x)).map(|point| point.y.max(0.0)).sum::<f64>();
    let sums: Vec<f64> = places.iter().map(|x| sum(*x)).collect();
    let range = Range::of(&chart.y, &sums);
    let width = pen.width - 1.0;
    let at = |value: f64| 0.5 + range.at(value).unwrap_or(0.0) * (width - 0.5);
    let mut y = 0.0;
    for x in &places {
        let name = chart.x_text(*x);
        if !name.is_empty() {
            pen.text("", Start, 0.0, y + LINE - 4.0, &words::shortened(&name, width));
            y += LINE;
        }
        let parts: Vec<_> = chart.series.iter().filter_map(|series| Some((series, of(series, *x)?))).collect();
        let label = |(series, point): &(&Series, Point)| {
            words::shortened(format!("{} {}", chart.y.unit.write(point.y), series.name).trim_end(), width)
        };
        let labels: Vec<String> = parts.iter().map(label).collect();
        // Side by side only if all have room.
        let beside = labels.iter().map(|label| words::width(label) + 16.0).sum::<f64>() <= width && labels.len() < 3;
        let (mut from, mut below) = (0.0, y + THICK + LINE - 2.0);
        for (index, ((series, point), label)) in parts.iter().zip(&labels).enumerate() {
            let (start, end) = (at(from), at(from + point.y.max(0.0)));
            from += point.y.max(0.0);
            pen.rect(if index == 0 { "bar series-0" } else { "missing" }, [start, y, end, y + THICK], 2.0);
            pen.spot([start, y, end, y + THICK], told(chart, series, point));
            let room = width - words::width(label);
            let before = if beside && index > 0 { words::width(&labels[0]) + 16.0 } else { 0.0 };
            if index > 0 && !beside {
                below += LINE;
            }
            pen.text(
                if index == 0 { "number" } else { "number quiet" },
                Start,
                start.max(before).min(room),
                below,
                label,
            );
        }
        y = below + 12.0;
    }
    y
}
