//! Printed lines.

use super::pen::{Anchor, LINE, Pen};
use super::words;
use crate::figure::{Console, Stream};
use Anchor::{End, Start};

/// Draws the lines; returns their height.
pub(super) fn draw(console: &Console, pen: &mut Pen) -> f64 {
    const GAP: f64 = 12.0;
    let times = console.lines.iter().map(|line| words::width(&line.time())).fold(0.0, f64::max);
    let names = console.lines.iter().map(|line| words::width(&line.by)).fold(0.0, f64::max).min(0.3 * pen.width);
    let left = times + names + 2.0 * GAP;
    let mut y = 0.0;
    for line in &console.lines {
        let top = y;
        pen.text("quiet number", End, times, y + 12.0, &line.time());
        pen.text("quiet", Start, times + GAP, y + 12.0, &words::shortened(&line.by, names));
        let class = match line.stream {
            Stream::Output => "",
            Stream::Error => "error",
        };
        for part in words::wrapped(&line.text, pen.width - left) {
            pen.text(class, Start, left, y + 12.0, &part);
            y += LINE;
        }
        y += 3.0;
        pen.spot([0.0, top, pen.width, y], format!("{}, {}: {}", line.time(), line.by, line.text));
    }
    y
}
