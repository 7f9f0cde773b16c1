//! Tables whose values are written and whose bars are drawn.

use super::drawing::{fill, look};
use super::scale::Bar;
use super::{Cell, Table};
use serde::{Deserialize, Serialize};

/// A table to be shown as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenTable {
    /// The headings of the columns, from left to right.
    pub heads: Vec<String>,
    /// The rows, from top to bottom; each has a cell for each column but the first, which has their names.
    pub rows: Vec<WrittenRow>,
}

/// A row of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WrittenRow {
    /// Its name for programs.
    pub id: String,
    /// The text of the first column.
    pub name: String,
    /// An explanation, in a sentence; may be empty.
    pub help: String,
    /// The other columns' cells.
    pub cells: Vec<WrittenCell>,
}

/// A cell of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WrittenCell {
    /// Words.
    Text(String),
    /// Words on a button.
    Press {
        /// The words.
        text: String,
        /// What it presses, on the lab's board.
        press: String,
    },
    /// A value.
    Value {
        /// With its unit.
        text: String,
        /// The spread of its repeats; may be empty.
        spread: String,
        /// An `<svg>` element as wide as its cell: the value as a bar, which has classes instead of colours. Empty for none.
        bar: String,
    },
}

impl Table {
    /// The table to be shown as it is.
    pub(super) fn written(&self) -> WrittenTable {
        let rows = self.rows.iter().enumerate().map(|(index, row)| {
            let cell = |(column, cell): (usize, &Cell)| match cell {
                Cell::Value { value, spread, unit } => {
                    let text = unit.write(*value);
                    let bar = self.bar(index, column).map_or(String::new(), |bar| svg(&bar, column));
                    WrittenCell::Value { spread: spread.write(&text, *unit), text, bar }
                }
                Cell::Press { text, press } => WrittenCell::Press { text: text.clone(), press: press.clone() },
                other => WrittenCell::Text(other.write()),
            };
            WrittenRow {
                id: row.id.clone(),
                name: row.name.clone(),
                help: row.help.clone(),
                cells: row.cells.iter().enumerate().map(cell).collect(),
            }
        });
        WrittenTable { heads: self.columns.iter().map(|column| column.name.clone()).collect(), rows: rows.collect() }
    }
}

/// A bar across a cell, 6 pixels high; its value is beside it as text.
fn svg(bar: &Bar, column: usize) -> String {
    let mut svg = String::new();
    let percent = |parts: &[f64]| parts.iter().map(|part| part * 100.0).collect::<Vec<_>>();
    let form = "<svg class=\"cell-bar\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" height=\"6\" rx=\"1\"/>\
                <rect class=\"$\" width=\"*%\" height=\"6\" rx=\"1\"/><line class=\"whisker over\" x1=\"*%\" x2=\"*%\" y1=\"3\" y2=\"3\"/>";
    fill(&mut svg, form, &[&look("bar", column)], &percent(&[bar.end, bar.low, bar.high]));
    for outlier in bar.outliers.into_iter().flatten() {
        fill(&mut svg, "<circle class=\"outlier over\" cx=\"*%\" cy=\"3\" r=\"2\"/>", &[], &percent(&[outlier]));
    }
    svg + "</svg>"
}
