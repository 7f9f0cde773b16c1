//! Values against values.

use super::scale::Range;
use super::{Cell, Spread, Unit};

/// A chart: one or more series on two axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// The horizontal axis. For bars, its scale has their names.
    pub x: Axis,
    /// The vertical axis; for bars, which are horizontal, the horizontal one.
    pub y: Axis,
    /// How values are drawn.
    pub marks: Marks,
    /// The series, in the order of the legend.
    pub series: Vec<Series>,
    /// Marked values on an axis: a size at which something changes, the number of cores.
    pub rules: Vec<Rule>,
}

/// How values are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// A line through the points of a series, with a dot at each.
    Lines,
    /// A dot for each point.
    Dots,
    /// A horizontal bar for each name of the x axis; a second series' bars are next to the first one's.
    Bars,
    /// Horizontal bars, in which a second series' part follows the first one's: what is there, and what is missing.
    Stacked,
}

/// An axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// What it shows: `Size of memory`.
    pub label: String,
    /// The unit of its values.
    pub unit: Unit,
    /// How it places them.
    pub scale: Scale,
}

/// How an axis places values.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// Equal differences are equally long; starts at 0.
    Linear,
    /// Equal ratios are equally long; values of 0 or below are not shown.
    Logarithmic,
    /// A place for each name; a point's value is the index of its name.
    Names(Vec<String>),
}

/// A series of points.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its name in the legend.
    pub name: String,
    /// The points, in order.
    pub points: Vec<Point>,
}

/// A measured value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Where it is along the x axis.
    pub x: f64,
    /// The value; with several repeats, the median.
    pub y: f64,
    /// The spread of its repeats.
    pub spread: Spread,
}

impl Point {
    /// A value without a spread.
    #[must_use]
    pub fn exact(x: f64, y: f64) -> Point {
        Point { x, y, spread: Spread::none(y) }
    }
}

impl Point {
    /// All its values on the y axis.
    pub(super) fn reach(&self) -> [f64; 3] {
        let [least, most] = self.spread.reach();
        [least, self.y, most]
    }

    /// Its value as a table cell.
    pub(super) fn cell(&self, unit: Unit) -> Cell {
        Cell::Value { value: self.y, spread: self.spread, unit }
    }
}

impl Axis {
    /// Its label, with what a reader has to know about its scale.
    pub(super) fn title(&self) -> String {
        if self.scale == Scale::Logarithmic { format!("{} (logarithmic)", self.label) } else { self.label.clone() }
    }
}

impl Chart {
    /// All points.
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| &series.points)
    }

    /// The places on the x axis that have points, in order.
    pub(super) fn places(&self) -> Vec<f64> {
        let mut places: Vec<f64> = Vec::new();
        for point in self.points() {
            if let Err(at) = places.binary_search_by(|x| x.total_cmp(&point.x)) {
                places.insert(at, point.x);
            }
        }
        places
    }

    /// The parts of both axes that show all points, spreads and rules.
    pub(super) fn ranges(&self) -> (Range, Range) {
        let mut x: Vec<f64> = self.points().map(|point| point.x).collect();
        let mut y: Vec<f64> = self.points().flat_map(Point::reach).collect();
        for rule in &self.rules {
            match rule {
                Rule::X(at, _) => x.push(*at),
                Rule::Y(at, _) => y.push(*at),
                Rule::Diagonal(_) => {}
            }
        }
        if self.rules.iter().any(|rule| matches!(rule, Rule::Diagonal(_))) {
            // Outliers and rules may take up less than half of the room.
            let largest = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            y.push(largest(&x).min(largest(&y) * 1.6));
        }
        (Range::of(&self.x, &x), Range::of(&self.y, &y).rounded())
    }
}

/// A value marked on an axis.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// On the x axis, with its label.
    X(f64, String),
    /// On the y axis, with its label.
    Y(f64, String),
    /// The diagonal on which y equals x: what would be ideal.
    Diagonal(String),
}
