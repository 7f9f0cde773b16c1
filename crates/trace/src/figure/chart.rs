//! Values against values.

use super::scale::Range;
use super::{Cell, Spread, Unit};
use serde::{Deserialize, Serialize};

/// A chart: one or more series on two axes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Chart {
    /// The horizontal axis. With bars, its scale has their names.
    pub x: Axis,
    /// The vertical axis; with bars, which lie, the horizontal one.
    pub y: Axis,
    /// How values are drawn.
    pub marks: Marks,
    /// What is drawn, in the order of the legend.
    pub series: Vec<Series>,
    /// Values that the reader should see on an axis: a size at which something changes, the number of cores.
    pub rules: Vec<Rule>,
}

/// How values are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Marks {
    /// A line through the points of a series, and a dot for each.
    Lines,
    /// A dot for each point.
    Dots,
    /// A lying bar for each name of the x axis; a second series' bars stand beside the first one's.
    Bars,
    /// Lying bars, in which a second series' part follows the first one's: what there is, and what is missing of it.
    Stacked,
}

/// An axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Axis {
    /// What is along it: `Size of what is accessed`.
    pub label: String,
    /// What its values are.
    pub unit: Unit,
    /// How they lie on it.
    pub scale: Scale,
}

/// How values lie on an axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Scale {
    /// Equal differences are equally long; begins at 0.
    Linear,
    /// Equal ratios are equally long; values of 0 and below have no place.
    Logarithmic,
    /// A place for each name; a point's value is its name's index.
    Names(Vec<String>),
}

/// Points that belong together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What the legend calls it.
    pub name: String,
    /// The points, in order.
    pub points: Vec<Point>,
}

/// A measured value.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Where it is along the x axis.
    pub x: f64,
    /// The value: of several repeats, the median.
    pub y: f64,
    /// How far its repeats lie apart.
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
    /// All that is drawn of it on the y axis.
    pub(super) fn marks(&self) -> impl Iterator<Item = f64> {
        [self.y].into_iter().chain(self.spread.marks())
    }

    /// Its value as a cell.
    pub(super) fn cell(&self, unit: Unit) -> Cell {
        Cell::Value { value: self.y, spread: self.spread, unit }
    }
}

impl Axis {
    /// Its label, and what a reader has to know of its scale.
    pub(super) fn title(&self) -> String {
        if self.scale == Scale::Logarithmic { format!("{} (logarithmic)", self.label) } else { self.label.clone() }
    }
}

impl Chart {
    /// All points.
    pub(super) fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| &series.points)
    }

    /// The places on the x axis that have points, in their order along it.
    pub(super) fn places(&self) -> Vec<f64> {
        let mut places: Vec<f64> = Vec::new();
        for point in self.points() {
            if let Err(at) = places.binary_search_by(|x| x.total_cmp(&point.x)) {
                places.insert(at, point.x);
            }
        }
        places
    }

    /// As much of both axes as holds all points, spreads and rules.
    pub(super) fn ranges(&self) -> (Range, Range) {
        let mut x: Vec<f64> = self.points().map(|point| point.x).collect();
        let mut y: Vec<f64> = self.points().flat_map(Point::marks).collect();
        for rule in &self.rules {
            match rule {
                Rule::X(at, _) => x.push(*at),
                Rule::Y(at, _) => y.push(*at),
                Rule::Diagonal(_) => {}
            }
        }
        if self.rules.iter().any(|rule| matches!(rule, Rule::Diagonal(_))) {
            // As much of it as leaves the points more than half of the room.
            let largest = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            y.push(largest(&x).min(largest(&y) * 1.6));
        }
        (Range::of(&self.x, &x), Range::of(&self.y, &y).rounded())
    }
}

/// A value marked on an axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rule {
    /// On the x axis, with its label.
    X(f64, String),
    /// On the y axis, with its label.
    Y(f64, String),
    /// From the origin on, where y is as large as x: what would be ideal.
    Diagonal(String),
}
