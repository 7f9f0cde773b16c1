//! Values in rows and columns.

use super::{Spread, Unit};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The columns, from left to right. The first one names the rows.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom; each has a cell for each column but the first.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Whether its numbers also have bars, on a logarithmic axis shared by all such cells of one unit.
    pub bars: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name for programs.
    pub id: String,
    /// The text of the first column.
    pub name: String,
    /// An explanation, in a sentence; may be empty.
    pub help: String,
    /// The other columns' cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not measured, or not possible here.
    Empty,
    /// Words.
    Text(String),
    /// Words on a button.
    Press {
        /// The words.
        text: String,
        /// What it presses, on the lab's board.
        press: String,
    },
    /// A measured value.
    Value {
        /// The value; with several repeats, the median.
        value: f64,
        /// The spread of its repeats.
        spread: Spread,
        /// Its unit.
        unit: Unit,
    },
}
