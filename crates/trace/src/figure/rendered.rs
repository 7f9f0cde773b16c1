//! Figures ready to be shown. They are rendered beside the measurement, in the module that measures, so that a page, which comes before
//! everything else, carries none of the code that draws, writes values and places ticks.
//!
//! Nor does a module whose lab has no charts carry what draws charts: whatever makes a [`Chart`] a figure's [`Body`] also names the
//! function that renders it, and nothing else names that one.

use super::board::WrittenBoard;
use super::drawing::Drawing;
use super::written::WrittenTable;
use super::{Board, Body, Chart, Console, Figure, Graph, Strips, Table, Timeline};
use serde::{Deserialize, Serialize};
use std::ops::{Deref, DerefMut};

/// A figure ready to be shown, with its heading and caption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rendered {
    /// Its name for programs and file names: lower case, no spaces; no two figures of a report have the same.
    pub id: String,
    /// Its heading: a few words.
    pub title: String,
    /// How to read it, in a sentence; may be empty.
    pub caption: String,
    /// What is shown.
    pub view: View,
}

/// What is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum View {
    /// Lanes and spans over time. A page draws them itself, for a reader can zoom into them.
    Timeline(Timeline),
    /// Values against values, or sequences and how often each came.
    Chart(Drawn),
    /// Values in rows and columns.
    Table(WrittenTable),
    /// Things and what is between them.
    Graph(Drawn),
    /// What was printed, and by whom.
    Console(Console),
    /// Something to act on.
    Board(WrittenBoard),
}

/// The widths of drawings, in pixels, such that one of them fits any page with its text at most a quarter larger than drawn: phones of
/// 360 to 430 pixels, posts, and pages up to the widest (1152).
const WIDTHS: [f64; 5] = [330.0, 440.0, 600.0, 820.0, 1100.0];
/// The least scale of a drawing: text of 12 pixels becomes 11.
const LEAST: f64 = 11.0 / 12.0;
/// The least scale of the narrowest one: a page that is narrower still scrolls it.
const LEAST_OF_ALL: f64 = 0.85;

/// A chart, a graph or strips, drawn for pages of any width.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawn {
    /// The same figure for narrow and for wide pages.
    drawings: Vec<Drawing>,
    /// Its values, for readers who cannot see a drawing.
    pub table: WrittenTable,
}

impl Drawn {
    fn new(draw: &dyn Fn(f64) -> Drawing, table: &Table) -> Drawn {
        Drawn { drawings: WIDTHS.into_iter().map(draw).collect(), table: table.written() }
    }

    /// The drawing for a place that is `room` pixels wide, and the scale that it is shown with there.
    #[must_use]
    pub fn fitting(&self, room: f64) -> Option<(&Drawing, f64)> {
        let fits = |drawing: &&Drawing| drawing.width * LEAST <= room;
        let drawing = self.drawings.iter().rfind(fits).or(self.drawings.first())?;
        Some((drawing, (room / drawing.width).max(LEAST_OF_ALL)))
    }
}

/// Something measured, with the function that renders it.
#[derive(Clone, Debug)]
pub struct Renderable<T> {
    measured: T,
    render: fn(&T) -> View,
}

impl<T: PartialEq> PartialEq for Renderable<T> {
    fn eq(&self, other: &Renderable<T>) -> bool {
        self.measured == other.measured
    }
}

impl<T> Deref for Renderable<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.measured
    }
}

impl<T> DerefMut for Renderable<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.measured
    }
}

impl From<Timeline> for Body {
    fn from(timeline: Timeline) -> Body {
        Body::Timeline(timeline)
    }
}

impl From<Chart> for Body {
    fn from(measured: Chart) -> Body {
        let render = |chart: &Chart| View::Chart(Drawn::new(&|width| chart.drawing(width), &chart.to_table()));
        Body::Chart(Renderable { measured, render })
    }
}

impl From<Table> for Body {
    fn from(measured: Table) -> Body {
        Body::Table(Renderable { measured, render: |table| View::Table(table.written()) })
    }
}

impl From<Graph> for Body {
    fn from(measured: Graph) -> Body {
        let render = |graph: &Graph| View::Graph(Drawn::new(&|width| graph.drawing(width), &graph.to_table()));
        Body::Graph(Renderable { measured, render })
    }
}

impl From<Strips> for Body {
    fn from(measured: Strips) -> Body {
        let render = |strips: &Strips| View::Chart(Drawn::new(&|width| strips.drawing(width), &strips.to_table()));
        Body::Strips(Renderable { measured, render })
    }
}

impl From<Console> for Body {
    fn from(console: Console) -> Body {
        Body::Console(console)
    }
}

impl From<Board> for Body {
    fn from(measured: Board) -> Body {
        Body::Board(Renderable { measured, render: |board| View::Board(board.written()) })
    }
}

impl Figure {
    /// The figure, ready to be shown.
    #[must_use]
    pub fn rendered(self) -> Rendered {
        let view = match self.body {
            Body::Timeline(timeline) => View::Timeline(timeline),
            Body::Chart(chart) => (chart.render)(&chart),
            Body::Table(table) => (table.render)(&table),
            Body::Graph(graph) => (graph.render)(&graph),
            Body::Strips(strips) => (strips.render)(&strips),
            Body::Console(console) => View::Console(console),
            Body::Board(board) => (board.render)(&board),
        };
        Rendered { id: self.id, title: self.title, caption: self.caption, view }
    }
}
