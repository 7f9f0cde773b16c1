//! Lines and dots drawn with characters.

use super::scale::{Range, Tick};
use super::{Chart, Rule};

const ROWS: usize = 12;
const SYMBOLS: [char; 6] = ['●', '○', '◆', '◇', '▲', '△'];

/// Draws a plot of [`ROWS`] lines with axes and legend, `columns` wide and at least 20.
pub(super) fn plot(chart: &Chart, columns: usize) -> String {
    let (x, y) = chart.ranges();
    let y_ticks = y.ticks(ROWS / 2, &|ticks| apart(ticks, &y, ROWS, &|_| 1));
    let left = y_ticks.iter().map(|(_, text)| text.chars().count()).max().unwrap_or(0);
    let width = columns.max(left + 18) - left - 3;
    let column = |value: f64| Some((x.at(value)? * (width - 1) as f64).round() as usize);
    let row = |value: f64| Some(ROWS - 1 - (y.at(value)? * (ROWS - 1) as f64).round() as usize);
    let mut grid = vec![vec![' '; width]; ROWS];
    for rule in &chart.rules {
        match rule {
            Rule::X(at, _) => {
                if let Some(column) = column(*at) {
                    grid.iter_mut().for_each(|line| line[column] = '┊');
                }
            }
            Rule::Y(at, _) => {
                if let Some(row) = row(*at) {
                    grid[row].fill('┈');
                }
            }
            Rule::Diagonal(_) => {
                let part = |column: usize| column as f64 / (width - 1) as f64;
                for (column, row) in (0..width).filter_map(|column| Some((column, row(x.value(part(column)))?))) {
                    grid[row][column] = '·';
                }
            }
        }
    }
    for (index, series) in chart.series.iter().enumerate().rev() {
        for point in &series.points {
            if let (Some(column), Some(row)) = (column(point.x), row(point.y)) {
                grid[row][column] = SYMBOLS[index % SYMBOLS.len()];
            }
        }
    }
    let mut text = format!("{}\n", chart.y.title());
    for (index, line) in grid.into_iter().enumerate() {
        let tick = y_ticks.iter().find(|(value, _)| row(*value) == Some(index));
        let (label, axis) = tick.map_or(("", '│'), |(_, text)| (text, '┤'));
        let line: String = line.into_iter().collect();
        text += format!("{label:>left$} {axis} {}", line.trim_end()).trim_end();
        text.push('\n');
    }
    let x_ticks = x.ticks(width / 8 + 1, &|ticks| apart(ticks, &x, width, &|text| text.chars().count() + 2));
    let (mut axis, mut labels) = (vec!['─'; width], vec![' '; width + left + 3]);
    for (value, tick) in &x_ticks {
        let Some(at) = column(*value) else { continue };
        axis[at] = '┴';
        let long = tick.chars().count();
        let from = (at + left + 3).saturating_sub(long / 2).min(labels.len().saturating_sub(long));
        for (place, letter) in labels[from..].iter_mut().zip(tick.chars()) {
            *place = letter;
        }
    }
    text += &format!("{:left$} └─{}\n", "", axis.iter().collect::<String>());
    text += &format!("{}\n", labels.iter().collect::<String>().trim_end());
    text += &format!("{:>1$}\n", chart.x.title(), width + left + 3);
    let mut legend: Vec<String> = Vec::new();
    if chart.series.len() > 1 {
        legend.extend(
            chart.series.iter().zip(SYMBOLS.iter().cycle()).map(|(series, symbol)| format!("{symbol} {}", series.name)),
        );
    }
    legend.extend(chart.rules.iter().map(|rule| match rule {
        Rule::X(_, label) => format!("┊ {label}"),
        Rule::Y(_, label) => format!("┈ {label}"),
        Rule::Diagonal(label) => format!("· {label}"),
    }));
    if !legend.is_empty() {
        text += &format!("{}\n", legend.join("  "));
    }
    text
}

/// Whether labels of a given length do not touch, on an axis of `cells` characters.
fn apart(ticks: &[Tick], range: &Range, cells: usize, size: &dyn Fn(&str) -> usize) -> bool {
    let at = |tick: &Tick| range.at(tick.0).unwrap_or(0.0) * (cells - 1) as f64;
    ticks.windows(2).all(|pair| at(&pair[1]) - at(&pair[0]) >= (size(&pair[0].1) + size(&pair[1].1)) as f64 / 2.0)
}
