//! Lines and dots on two axes.

use super::legend::{self, look, told};
use super::pen::{Anchor, LINE, Pen, way};
use super::{NOTHING, words};
use crate::figure::scale::{Range, Tick};
use crate::figure::{Chart, Marks, Point, Rule, Series};
use Anchor::{End, Middle, Start};

/// Where values are drawn.
struct Plot {
    x: Range,
    y: Range,
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Plot {
    fn x(&self, value: f64) -> Option<f64> {
        Some(self.left + self.x.at(value)? * (self.right - self.left))
    }

    fn y(&self, value: f64) -> Option<f64> {
        Some(self.bottom - self.y.at(value)? * (self.bottom - self.top))
    }

    fn point(&self, point: &Point) -> Option<(f64, f64)> {
        Some((self.x(point.x)?, self.y(point.y)?))
    }
}

/// Draws the chart; returns its height.
pub(super) fn draw(chart: &Chart, pen: &mut Pen) -> f64 {
    let width = pen.width;
    let (x, y) = chart.ranges();
    let height = (width * 0.45).clamp(180.0, 340.0);
    let y_ticks = y.ticks((height / 44.0) as usize + 1, &|ticks| {
        let at = |tick: &Tick| y.at(tick.0).unwrap_or(0.0) * height;
        ticks.windows(2).all(|pair| at(&pair[1]) - at(&pair[0]) >= LINE)
    });
    let left = y_ticks.iter().map(|(_, text)| words::width(text)).fold(0.0, f64::max) + 8.0;
    let several = chart.series.len() > 1;
    let names = chart.series.iter().map(|series| words::width(&series.name)).fold(0.0, f64::max);
    // Names at the ends of the lines are faster to read than a legend, if there is room.
    let direct =
        several && width >= 520.0 && names <= 0.22 * width && chart.series.iter().all(ends_at_the_right(chart));
    let right = width - if direct { names + 12.0 } else { 8.0 };
    let mut top = 0.0;
    if several && !direct {
        top = legend::draw(chart, pen, top);
    }
    top += LINE;
    pen.text("quiet", Start, 0.0, top - 4.0, &words::shortened(&chart.y.label, width));
    let mut plot = Plot { x, y, left, top, right, bottom: 0.0 };
    plot.top = rule_labels(chart, &plot, pen) + 6.0;
    plot.bottom = plot.top + height;
    axes(chart, &plot, &y_ticks, pen);
    rules(chart, &plot, pen);
    for index in (0..chart.series.len()).rev() {
        marks(chart, index, &plot, pen);
    }
    if direct {
        names_at_ends(chart, &plot, pen);
    }
    for series in &chart.series {
        for point in &series.points {
            if let Some((x, y)) = plot.point(point) {
                pen.spot([x - 6.0, y - 6.0, x + 6.0, y + 6.0], told(chart, series, point));
            }
        }
    }
    if chart.points().next().is_none() {
        pen.text("quiet", Middle, (plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0, NOTHING);
    }
    rule_words(chart, &plot, pen);
    plot.bottom + 2.0 * LINE + 4.0
}

fn ends_at_the_right(chart: &Chart) -> impl Fn(&Series) -> bool {
    let last = |series: &Series| series.points.last().map_or(f64::NEG_INFINITY, |point| point.x);
    let end = chart.series.iter().map(last).fold(f64::NEG_INFINITY, f64::max);
    move |series| last(series) == end
}

fn axes(chart: &Chart, plot: &Plot, y_ticks: &[Tick], pen: &mut Pen) {
    for (value, text) in y_ticks {
        if let Some(y) = plot.y(*value) {
            pen.line("grid", [plot.left, y, plot.right, y]);
            pen.text("quiet", End, plot.left - 8.0, y + 4.0, text);
        }
    }
    pen.line("axis", [plot.left, plot.bottom, plot.right, plot.bottom]);
    for (x, label_x, text) in x_ticks(&plot.x, plot.left, plot.right, pen.width) {
        pen.line("axis", [x, plot.bottom, x, plot.bottom + 4.0]);
        pen.text("quiet", Middle, label_x, plot.bottom + LINE, &text);
    }
    pen.text("quiet", End, plot.right, plot.bottom + 2.0 * LINE, &words::shortened(&chart.x.label, plot.right));
}

/// The ticks of an axis from `left` to `right`: each tick's place, the middle of its label (which stays within the
/// drawing), and the label.
pub(super) fn x_ticks(range: &Range, left: f64, right: f64, width: f64) -> Vec<(f64, f64, String)> {
    let place = |(value, text): &Tick| {
        let x = left + range.at(*value).unwrap_or(0.0) * (right - left);
        let half = (words::width(text) / 2.0).min(width / 2.0);
        (x, x.clamp(half, width - half), half)
    };
    let apart = |pair: &[Tick]| {
        let ((_, a, a_half), (_, b, b_half)) = (place(&pair[0]), place(&pair[1]));
        b - a >= a_half + b_half + 10.0
    };
    let ticks = range.ticks(((right - left) / 60.0) as usize + 1, &|ticks| ticks.windows(2).all(apart));
    let labelled = |tick: Tick| {
        let (x, label_x, _) = place(&tick);
        (x, label_x, words::shortened(&tick.1, width))
    };
    ticks.into_iter().map(labelled).collect()
}

/// Draws the labels of rules on the x axis above the plot, in as many lines as they need; returns where that ends.
fn rule_labels(chart: &Chart, plot: &Plot, pen: &mut Pen) -> f64 {
    let mut bottom = plot.top;
    for rule in &chart.rules {
        let Rule::X(value, label) = rule else { continue };
        let Some(x) = plot.x(*value) else { continue };
        let label = words::shortened(label, pen.width);
        let long = words::width(&label);
        let from = (x - long / 2.0).min(pen.width - long).max(0.0);
        let lines: Vec<_> =
            (1..=chart.rules.len()).map(|line| (Start, from, plot.top + LINE * line as f64 - 3.0)).collect();
        if let Some(line) = (0..lines.len()).find(|line| pen.text_where_free("quiet", &label, &lines[*line..=*line])) {
            bottom = bottom.max(lines[line].2 + 3.0);
        }
    }
    bottom
}

/// The lines of rules, under the marks.
fn rules(chart: &Chart, plot: &Plot, pen: &mut Pen) {
    for rule in &chart.rules {
        let line = rule_way(rule, plot);
        pen.path("rule", &polyline(&line));
        // A label may cover its own rule.
        if !matches!(rule, Rule::Y(..)) {
            pen.avoid(&line);
        }
    }
}

fn rule_way(rule: &Rule, plot: &Plot) -> Vec<(f64, f64)> {
    let x_rule = |value| Some(vec![(plot.x(value)?, plot.top - 4.0), (plot.x(value)?, plot.bottom)]);
    let y_rule = |value| Some(vec![(plot.left, plot.y(value)?), (plot.right, plot.y(value)?)]);
    match rule {
        Rule::X(value, _) => x_rule(*value).unwrap_or_default(),
        Rule::Y(value, _) => y_rule(*value).unwrap_or_default(),
        // Where y equals x: a curve if the axes' scales differ.
        Rule::Diagonal(_) => (0..=40)
            .filter_map(|step| {
                let value = plot.x.value(f64::from(step) / 40.0);
                Some((plot.x(value)?, plot.y(value)?))
            })
            .collect(),
    }
}

/// The tooltips of rules, and the labels of those within the plot, beside the marks if there is room.
fn rule_words(chart: &Chart, plot: &Plot, pen: &mut Pen) {
    for rule in &chart.rules {
        let line = rule_way(rule, plot);
        let (Some((x0, y0)), Some((x1, _))) = (line.first().copied(), line.last().copied()) else { continue };
        let (label, at) = chart.rule_text(rule);
        let short = words::shortened(label, plot.right - plot.left - 8.0);
        match rule {
            Rule::X(..) => {}
            Rule::Y(..) => {
                let beside = |y| {
                    [(End, plot.right, y), (Start, plot.left + 4.0, y), (Middle, (plot.left + plot.right) / 2.0, y)]
                };
                pen.text_where_free("quiet halo", &short, &[beside(y0 - 4.0), beside(y0 + 13.0)].concat());
            }
            Rule::Diagonal(_) => {
                let back = |part: f64| line[((line.len() - 1) as f64 * part) as usize];
                let places = [0.85, 0.75, 0.65, 0.5, 0.95].map(back);
                let places: Vec<_> =
                    places.iter().flat_map(|(x, y)| [(End, x - 8.0, *y), (Start, x + 8.0, y + 10.0)]).collect();
                pen.text_where_free("quiet halo", &short, &places);
            }
        }
        let (x, y) = if let Rule::Y(..) = rule { (x0, y0) } else { (x1, line[line.len() - 1].1.min(y0)) };
        pen.spot([x - 5.0, y - 5.0, x + 5.0, y + 5.0], format!("{label}: {at}"));
    }
}

fn marks(chart: &Chart, index: usize, plot: &Plot, pen: &mut Pen) {
    let series = &chart.series[index];
    let places: Vec<(f64, f64)> = series.points.iter().filter_map(|point| plot.point(point)).collect();
    let mut spread: Vec<(f64, f64, f64)> = Vec::new();
    for point in &series.points {
        if let (Some(x), Some(low), Some(high)) = (plot.x(point.x), plot.y(point.spread.low), plot.y(point.spread.high))
        {
            spread.push((x, low, high));
        }
    }
    let lines = chart.marks == Marks::Lines && places.len() > 1;
    if spread.iter().any(|(_, low, high)| low != high) {
        if lines && spread.len() > 2 {
            let there = spread.iter().map(|(x, low, _)| (*x, *low));
            let back = spread.iter().rev().map(|(x, _, high)| (*x, *high));
            let line: Vec<_> = there.chain(back).collect();
            pen.path(&look("band", index), &(polyline(&line) + "Z"));
        } else {
            for (x, low, high) in &spread {
                pen.line(&look("whisker", index), [*x, *low, *x, *high]);
            }
        }
    }
    for point in &series.points {
        for outlier in point.spread.outliers().into_iter().flatten() {
            if let (Some(x), Some(y)) = (plot.x(point.x), plot.y(outlier)) {
                pen.dot(&look("outlier", index), x, y);
            }
        }
    }
    if lines {
        pen.path(&look("line", index), &polyline(&places));
        pen.avoid(&places);
    }
    for place in &places {
        pen.avoid(&[*place, *place]);
    }
    // Dots so close that they touch add nothing to the line.
    let room = (plot.right - plot.left) / places.len().max(1) as f64;
    if !lines || room > 9.0 {
        for (x, y) in places {
            pen.dot(&look("dot", index), x, y);
        }
    }
}

/// Draws each series' name beside its last point, or as near as there is room.
fn names_at_ends(chart: &Chart, plot: &Plot, pen: &mut Pen) {
    let last = |series: &Series| series.points.last().and_then(|point| plot.y(point.y));
    let mut names: Vec<(f64, &str)> = Vec::new();
    for series in &chart.series {
        if let Some(y) = last(series) {
            names.insert(names.partition_point(|(other, _)| *other < y + 4.0), (y + 4.0, &series.name));
        }
    }
    // From the top down, each below the one before; from the bottom up, each above the one after.
    let mut least = f64::NEG_INFINITY;
    for (y, _) in &mut names {
        *y = y.max(least);
        least = *y + LINE;
    }
    let mut most = plot.bottom + 4.0;
    for (y, _) in names.iter_mut().rev() {
        *y = y.min(most);
        most = *y - LINE;
    }
    for (y, name) in names {
        pen.text("", Start, plot.right + 10.0, y, name);
    }
}

fn polyline(places: &[(f64, f64)]) -> String {
    let mut line = String::new();
    for (x, y) in places {
        line += &way(if line.is_empty() { "M* *" } else { "L* *" }, &[*x, *y]);
    }
    line
}
