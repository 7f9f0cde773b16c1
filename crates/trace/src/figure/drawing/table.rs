//! A table as a drawing, for files; the page has a real table.

use super::legend::look;
use super::pen::{Anchor, LINE, Pen};
use super::words;
use crate::figure::{Cell, Table};
use Anchor::Start;

/// Draws the table; returns its height.
pub(super) fn draw(table: &Table, pen: &mut Pen) -> f64 {
    const GAP: f64 = 14.0;
    let columns = table.columns.len().max(1) as f64;
    // The first column, with the names, is wider than the others.
    let wide = (pen.width + GAP) / (columns + 0.4) - GAP;
    let left = |column: usize| if column == 0 { 0.0 } else { (wide + GAP) * (column as f64 + 0.4) };
    let room = |column: usize| if column == 0 { wide + 0.4 * (wide + GAP) } else { wide };
    let mut y: f64 = 0.0;
    let mut low = y;
    for (column, head) in table.columns.iter().enumerate() {
        low = low.max(lines(pen, "quiet", left(column), y, room(column), &head.name));
    }
    y = low + 4.0;
    for (index, row) in table.rows.iter().enumerate() {
        pen.line("grid", [0.0, y, pen.width, y]);
        let top = y;
        let mut low = lines(pen, "", 0.0, y, room(0), &row.name);
        let mut told = Vec::new();
        for (column, cell) in row.cells.iter().enumerate() {
            let (x, room) = (left(column + 1), room(column + 1));
            let (class, text) = match cell {
                Cell::Value { value, unit, .. } => ("number", unit.write(*value)),
                other => ("", other.write()),
            };
            let mut bottom = lines(pen, class, x, y, room, &text);
            if let Some(bar) = table.bar(index, column) {
                let [from, at, to] = [bar.low, bar.end, bar.high].map(|at| x + at * room);
                pen.rect("track", [x, bottom + 1.0, x + room, bottom + 6.0], 1.0);
                pen.rect(&look("bar", column), [x, bottom + 1.0, at, bottom + 6.0], 1.0);
                if to - from > 1.0 {
                    pen.line("whisker over", [from, bottom + 3.5, to, bottom + 3.5]);
                }
                for outlier in bar.outliers.into_iter().flatten() {
                    pen.dot("outlier over", x + outlier * room, bottom + 3.5);
                }
                bottom += 8.0;
            }
            low = low.max(bottom);
            if let Some(column) = table.columns.get(column + 1) {
                told.push(format!("{} {}", column.name, cell.write()));
            }
        }
        y = low + 6.0;
        let help = if row.help.is_empty() { String::new() } else { format!(". {}", row.help) };
        pen.spot([0.0, top, pen.width, y], format!("{}: {}{help}", row.name, told.join(", ")));
    }
    y
}

/// Draws text in as many lines as it needs; returns where that ends.
fn lines(pen: &mut Pen, class: &str, x: f64, y: f64, room: f64, text: &str) -> f64 {
    let mut y = y + 1.0;
    for line in words::wrapped(text, room) {
        y += LINE;
        pen.text(class, Start, x, y - 2.0, &line);
    }
    y + 2.0
}
