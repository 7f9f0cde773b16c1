//! Figures: what a measurement looks like. The kinds are a closed set, so that each has one view in the page, one
//! table, one text form, and one file format, whichever lab it is from. A [`Figure`] is what was measured; a [`Rendered`] one is what the page gets.

mod as_table;
mod board;
mod chart;
mod console;
mod csv;
mod drawing;
mod graph;
mod plot;
mod rendered;
mod scale;
mod spread;
mod strips;
mod table;
mod text;
mod timeline;
mod unit;
mod written;

pub use board::{Board, BoardCell, BoardLine, Button, Mark, Pane, WrittenBoard};
pub use chart::{Axis, Chart, Marks, Point, Rule, Scale, Series};
pub use console::{Console, Line, Stream};
pub use drawing::{Drawing, Spot};
pub use graph::{Edge, EdgeKind, Graph, Node, NodeKind};
pub use rendered::{Drawn, Renderable, Rendered, View};
pub use spread::Spread;
pub use strips::{Strip, Strips};
pub use table::{Cell, Column, Row as TableRow, Table};
pub use timeline::{Timeline, TimelineRun};
pub use unit::Unit;
pub use written::{WrittenCell, WrittenRow, WrittenTable};

/// A figure with its heading and caption.
#[derive(Clone, Debug, PartialEq)]
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

/// What is drawn. Made of what was measured, by `into()`.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Lanes and spans over time.
    Timeline(Timeline),
    /// Values against values.
    Chart(Renderable<Chart>),
    /// Values in rows and columns.
    Table(Renderable<Table>),
    /// Things and what is between them.
    Graph(Renderable<Graph>),
    /// Sequences, and how often each came.
    Strips(Renderable<Strips>),
    /// What was printed, and by whom.
    Console(Console),
    /// Something to act on.
    Board(Renderable<Board>),
}
