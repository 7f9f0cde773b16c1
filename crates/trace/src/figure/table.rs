//! Values in rows and columns.

use super::{Spread, Unit};
use serde::{Deserialize, Serialize};

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The columns, from left to right. The first one names the rows.
    pub columns: Vec<Column>,
    /// The rows, from top to bottom; each has a cell for each column but the first.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Whether its numbers are drawn as bars as well, on a logarithmic axis that all such cells of one unit have in common.
    pub bars: bool,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name for programs.
    pub id: String,
    /// What the first column says.
    pub name: String,
    /// What it is about, in a sentence; may be empty.
    pub help: String,
    /// The other columns' cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cell {
    /// It has not been measured, or cannot be here.
    Empty,
    /// Words.
    Text(String),
    /// A measured value.
    Value {
        /// The value: of several repeats, the median.
        value: f64,
        /// How far its repeats lie apart.
        spread: Spread,
        /// What it is.
        unit: Unit,
    },
}
