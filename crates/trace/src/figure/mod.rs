//! Figures: what a measurement looks like. The kinds are a closed set, so that each has one view in the page, one
//! table, one text form, and one file format, whichever lab it is from.

mod as_table;
mod chart;
mod console;
mod csv;
mod drawing;
mod graph;
mod plot;
mod scale;
mod spread;
mod table;
mod text;
mod timeline;
mod unit;

pub use chart::{Axis, Chart, Marks, Point, Rule, Scale, Series};
pub use console::{Console, Line, Stream};
pub use drawing::{Drawing, Spot};
pub use graph::{Edge, EdgeKind, Graph, Node, NodeKind};
pub use scale::Bar;
pub use spread::Spread;
pub use table::{Cell, Column, Row as TableRow, Table};
pub use timeline::{Timeline, TimelineRun};
pub use unit::Unit;

use serde::{Deserialize, Serialize};

/// A figure with its heading and caption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Its name for programs and file names: lower case, no spaces; no two figures of a report have the same.
    pub id: String,
    /// Its heading: a few words.
    pub title: String,
    /// How to read it, in a sentence; may be empty.
    pub caption: String,
    /// What is drawn.
    pub body: Body,
}

/// What is drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Body {
    /// Lanes and spans over time.
    Timeline(Timeline),
    /// Values against values.
    Chart(Chart),
    /// Values in rows and columns.
    Table(Table),
    /// Things and what is between them.
    Graph(Graph),
    /// What was printed, and by whom.
    Console(Console),
}
