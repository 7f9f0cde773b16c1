//! The words around a chart: the legend, and a point's tooltip.

use super::pen::{Anchor, LINE, Pen};
use super::words;
use crate::figure::{Chart, Marks, Point, Series};

/// The class of a series' marks. After six looks, they repeat.
pub(in crate::figure) fn look(mark: &str, series: usize) -> String {
    [mark, " series-", ["0", "1", "2", "3", "4", "5"][series % 6]].concat()
}

/// Draws the names and looks of the series, from `y` down; returns where that ends.
pub(super) fn draw(chart: &Chart, pen: &mut Pen, y: f64) -> f64 {
    const MARK: f64 = 20.0;
    let (mut x, mut y) = (0.0, y + 11.0);
    for (index, series) in chart.series.iter().enumerate() {
        let name = words::shortened(&series.name, pen.width - MARK - 6.0);
        let long = MARK + 6.0 + words::width(&name);
        if x > 0.0 && x + long > pen.width {
            (x, y) = (0.0, y + LINE);
        }
        match chart.marks {
            Marks::Lines | Marks::Dots => {
                if chart.marks == Marks::Lines {
                    pen.line(&look("line", index), [x, y - 4.0, x + MARK, y - 4.0]);
                }
                pen.dot(&look("dot", index), x + MARK / 2.0, y - 4.0);
            }
            Marks::Bars | Marks::Stacked => {
                let missing = chart.marks == Marks::Stacked && index > 0;
                let class = if missing { "missing".to_owned() } else { look("bar", index) };
                pen.rect(&class, [x, y - 9.0, x + MARK, y + 1.0], 1.0);
            }
        }
        pen.text("", Anchor::Start, x + MARK + 6.0, y, &name);
        x += long + 18.0;
    }
    y + 9.0
}

/// A point in words: `random order, 4 kB: 1.21 ns (1.13–1.32 ns, up to 5.80 ns)`.
pub(super) fn told(chart: &Chart, series: &Series, point: &Point) -> String {
    let value = point.cell(chart.y.unit).write();
    let x = chart.x_told(point.x);
    let names: Vec<&str> = [&*series.name, &*x].into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() { value } else { format!("{}: {value}", names.join(", ")) }
}
