//! Figures as drawings: one renderer for pages and for files.
//!
//! A drawing is the inside of an `<svg>` element. It has classes instead of colours; those come from a style sheet:
//! `static/figure.css` in the page, `file.rs` in files. All text is 12 pixels high.

mod bars;
mod board;
mod console;
mod file;
mod graph;
mod legend;
mod lines;
mod pen;
mod strips;
mod table;
mod words;

pub(super) use legend::look;
pub(super) use pen::fill;

use super::{Body, Chart, Figure, Graph, Marks, Strips};
use pen::{Anchor, LINE, Pen};
use serde::{Deserialize, Serialize};

/// A drawn figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// The inside of an `<svg>` of that size, with all text escaped.
    pub markup: String,
    /// The spots with a tooltip, in the order in which arrow keys visit them.
    pub spots: Vec<Spot>,
}

/// A spot in a drawing that a pointer, a touch or an arrow key can reach.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spot {
    /// Left edge in pixels.
    pub x: f64,
    /// Top edge in pixels.
    pub y: f64,
    /// In pixels.
    pub width: f64,
    /// In pixels.
    pub height: f64,
    /// What is there.
    pub text: String,
}

impl Spot {
    /// How far a place is from it, in pixels; 0 inside it.
    #[must_use]
    pub fn distance(&self, x: f64, y: f64) -> f64 {
        let outside = |at: f64, from: f64, long: f64| (from - at).max(at - from - long).max(0.0);
        pen::length(outside(x, self.x, self.width), outside(y, self.y, self.height))
    }

    /// Its left, top, right and bottom edge in the drawing at this scale, in pixels.
    #[must_use]
    pub fn scaled(&self, scale: f64) -> [f64; 4] {
        [self.x, self.y, self.x + self.width, self.y + self.height].map(|edge| edge * scale)
    }
}

/// The least width of a drawing, in pixels.
const NARROWEST: f64 = 280.0;

/// What an empty chart says.
const NOTHING: &str = "Nothing measured yet";

impl Figure {
    /// Draws the figure `width` pixels wide, and at least 280; `None` for a timeline, which has its own view.
    #[must_use]
    pub fn drawing(&self, width: f64) -> Option<Drawing> {
        Some(match &self.body {
            Body::Timeline(_) => return None,
            Body::Chart(chart) => chart.drawing(width),
            Body::Graph(graph) => graph.drawing(width),
            Body::Strips(strips) => strips.drawing(width),
            Body::Table(table) => drawn(width, &|pen| table::draw(table, pen)),
            Body::Console(console) => drawn(width, &|pen| console::draw(console, pen)),
            Body::Board(board) => drawn(width, &|pen| board::draw(board, pen)),
        })
    }
}

impl Chart {
    /// Draws the chart `width` pixels wide, and at least 280.
    #[must_use]
    pub fn drawing(&self, width: f64) -> Drawing {
        drawn(width, &|pen| match self.marks {
            Marks::Lines | Marks::Dots => lines::draw(self, pen),
            _ if self.points().next().is_none() => {
                pen.text("quiet", Anchor::Start, 0.0, LINE - 4.0, NOTHING);
                LINE
            }
            Marks::Bars => bars::draw(self, pen),
            Marks::Stacked => bars::draw_stacked(self, pen),
        })
    }
}

impl Graph {
    /// Draws the graph `width` pixels wide, or as wide as it has to be.
    #[must_use]
    pub fn drawing(&self, width: f64) -> Drawing {
        drawn(width, &|pen| graph::draw(self, pen))
    }
}

impl Strips {
    /// Draws the strips `width` pixels wide, and at least 280.
    #[must_use]
    pub fn drawing(&self, width: f64) -> Drawing {
        drawn(width, &|pen| strips::draw(self, pen))
    }
}

/// What `draw` draws, with the height that it returns.
fn drawn(width: f64, draw: &dyn Fn(&mut Pen) -> f64) -> Drawing {
    let mut pen = Pen::new(width.max(NARROWEST));
    let height = draw(&mut pen);
    pen.finish(height)
}
