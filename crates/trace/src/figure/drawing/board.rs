//! A board as a drawing, for files; the page has real tables.

use super::pen::{Anchor, LINE, Pen};
use super::words;
use crate::figure::{Board, BoardLine, Mark};
use Anchor::Start;

/// Draws what it says, then the panes below each other; returns their height.
pub(super) fn draw(board: &Board, pen: &mut Pen) -> f64 {
    const GAP: f64 = 14.0;
    let mut y = 0.0;
    for sentence in &board.sentences {
        let class = if sentence.mark.has(Mark::BAD) { "error" } else { "" };
        for part in words::wrapped(&sentence.text, pen.width) {
            y += LINE;
            pen.text(class, Start, 0.0, y - 4.0, &part);
        }
    }
    for pane in &board.panes {
        y += LINE + 8.0;
        let top = y - LINE;
        pen.text("quiet", Start, 0.0, y - 4.0, &pane.title);
        let columns = pane.lines.iter().map(|line| line.cells.len()).max().unwrap_or(0);
        let wide = |column: usize| {
            let texts = pane.lines.iter().filter_map(|line| line.cells.get(column));
            texts.map(|cell| words::width(&cell.text)).fold(0.0, f64::max)
        };
        let widths: Vec<f64> = (0..columns).map(wide).collect();
        for line in &pane.lines {
            let (mut x, above) = (0.0, y);
            for (cell, width) in line.cells.iter().zip(&widths) {
                let quiet = cell.mark.and(line.mark).has(Mark::QUIET);
                pen.text(if quiet { "quiet" } else { "" }, Start, x, above + 12.0, &cell.text);
                x += width + GAP;
            }
            y += LINE;
            if is_marked(line) {
                pen.rect("outlier series-0", [-4.0, above, (x - GAP + 4.0).min(pen.width), y], 2.0);
            }
        }
        let lines =
            pane.lines.iter().map(|line| line.cells.iter().map(|cell| &*cell.text).collect::<Vec<_>>().join(" "));
        pen.spot([0.0, top, pen.width, y], format!("{}: {}", pane.title, lines.collect::<Vec<_>>().join(", ")));
    }
    y + 2.0
}

fn is_marked(line: &BoardLine) -> bool {
    let marks = line.cells.iter().fold(line.mark, |all, cell| all.and(cell.mark));
    marks.has(Mark::CURRENT) || marks.has(Mark::CHANGED) || marks.has(Mark::LIT)
}
