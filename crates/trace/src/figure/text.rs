//! Figures as text, for a terminal.

use super::plot::plot;
use super::scale::Range;
use super::{Board, Body, Cell, Chart, Console, Figure, Graph, Line, Marks, Stream, Strips, Table, TableRow, Timeline};
use crate::format::{duration, ratio};
use crate::layout::Window;
use crate::text::{LEGEND, aligned, name_width};

impl Figure {
    /// The figure as text: title, drawing, values, caption. At most `columns` characters wide, unless its words are too
    /// long.
    #[must_use]
    pub fn text(&self, columns: usize) -> String {
        let mut text = format!("{}\n", self.title);
        text += &match &self.body {
            Body::Timeline(timeline) => of_timeline(timeline, columns),
            Body::Chart(chart) if matches!(chart.marks, Marks::Lines | Marks::Dots) => {
                let values = self.to_table().map_or(String::new(), |table| of_table(&table, columns));
                format!("{}\n{values}", plot(chart, columns))
            }
            Body::Chart(chart) => of_bars(chart, columns),
            Body::Table(table) => of_table(table, columns),
            Body::Graph(graph) => of_graph(graph),
            Body::Strips(strips) => of_strips(strips, columns),
            Body::Console(console) => of_console(console),
            Body::Board(board) => of_board(board),
        };
        if !self.caption.is_empty() {
            text += &format!("{}\n", self.caption);
        }
        // Printed or imported text must not control the terminal.
        text.chars().map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter }).collect()
    }
}

fn of_timeline(timeline: &Timeline, columns: usize) -> String {
    let width = timeline.runs.iter().map(|run| name_width(&run.lanes, &run.spans)).max().unwrap_or(0);
    let window = Window::whole(timeline.longest_us() as f64);
    let mut text = String::new();
    for run in &timeline.runs {
        let mut head = format!("{}: {}", run.title, duration(run.wall_us as f64, 1.0));
        if !run.note.is_empty() {
            head += &format!(" · {}", run.note);
        }
        if let Some(bound_us) = run.bound_us {
            head += &format!(" · {} at best", duration(bound_us as f64, 1.0));
        }
        if let Some(speedup) = run.speedup {
            head += &format!(" · {}", ratio(speedup));
        }
        let rows = aligned(&run.lanes, &run.spans, window, columns.saturating_sub(width + 1).max(8), width);
        text += &format!("{head}\n{rows}\n");
    }
    text + LEGEND + "\n"
}

/// A bar's name, the values of its parts with their series, and their text.
type BarLine = (String, Vec<(usize, f64)>, String);

/// A line for each bar: its name, the bar, its value.
fn of_bars(chart: &Chart, columns: usize) -> String {
    let stacked = chart.marks == Marks::Stacked;
    let several = chart.series.len() > 1 && !stacked;
    let mut lines: Vec<BarLine> = Vec::new();
    let places = chart.places();
    for x in &places {
        let points = chart.series.iter().enumerate().flat_map(|(index, series)| {
            series.points.iter().filter(|point| point.x == *x).map(move |point| (index, series, point))
        });
        let mut parts = Vec::new();
        let mut values = Vec::new();
        for (index, series, point) in points {
            let value = point.cell(chart.y.unit).write();
            if stacked {
                parts.push((index, point.y));
                values.push(format!("{value} {}", series.name));
            } else {
                let name = if several { format!("{} · {}", chart.x_text(*x), series.name) } else { chart.x_text(*x) };
                lines.push((name, vec![(0, point.y)], value));
            }
        }
        if stacked {
            lines.push((chart.x_text(*x), parts, values.join(", ")));
        }
    }
    let width = |text: &String| text.chars().count();
    let names = lines.iter().map(|(name, ..)| width(name)).max().unwrap_or(0);
    let values = lines.iter().map(|(.., value)| width(value)).max().unwrap_or(0);
    let room = columns.saturating_sub(names + values + 2).max(8) as f64;
    let ends: Vec<f64> = lines.iter().map(|(_, parts, _)| parts.iter().map(|(_, value)| value).sum()).collect();
    let range = Range::of(&chart.y, &ends);
    let mut text = format!("{}\n", chart.y.title());
    for (name, parts, value) in lines {
        let mut bar = String::new();
        let mut sum = 0.0;
        for (index, part) in parts {
            sum += part;
            let end = (range.at(sum).unwrap_or(0.0) * room).round() as usize;
            let part = if index == 0 { "█" } else { "░" };
            bar += &part.repeat(end.saturating_sub(bar.chars().count()));
        }
        text += format!("{name:<names$} {bar} {value}").trim_start();
        text.push('\n');
    }
    text
}

/// Words are aligned left, numbers right. If there is no room, spreads are left out; if there is still none, a row's
/// cells are below each other.
fn of_table(table: &Table, columns: usize) -> String {
    let lines = |write: &dyn Fn(&Cell) -> String| {
        let head = table.columns.iter().map(|column| column.name.clone()).collect();
        let row = |row: &TableRow| [row.name.clone()].into_iter().chain(row.cells.iter().map(write)).collect();
        [head].into_iter().chain(table.rows.iter().map(row)).collect::<Vec<Vec<String>>>()
    };
    let bare = |cell: &Cell| match cell {
        Cell::Value { value, unit, .. } => unit.write(*value),
        other => other.write(),
    };
    let words = |column: usize| {
        table.rows.iter().any(|row| matches!(row.cells.get(column), Some(Cell::Text(_) | Cell::Press { .. })))
    };
    let spread = lines(&Cell::write);
    let side_by_side =
        side_by_side(&spread, &words, columns).or_else(|| self::side_by_side(&lines(&bare), &words, columns));
    side_by_side.unwrap_or_else(|| records(&spread))
}

/// Aligned columns; `None` if they are wider than `columns` in total.
fn side_by_side(lines: &[Vec<String>], words: &dyn Fn(usize) -> bool, columns: usize) -> Option<String> {
    let mut widths: Vec<usize> = Vec::new();
    for line in lines {
        widths.resize(widths.len().max(line.len()), 0);
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    if widths.iter().map(|width| width + 2).sum::<usize>() > columns + 2 {
        return None;
    }
    let mut text = String::new();
    for line in lines {
        let mut row = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let to_the_left = column == 0 || words(column - 1);
            row += &if to_the_left { format!("{cell:<width$}  ") } else { format!("{cell:>width$}  ") };
        }
        text += row.trim_end();
        text.push('\n');
    }
    Some(text)
}

fn records(lines: &[Vec<String>]) -> String {
    let Some((head, rows)) = lines.split_first() else { return String::new() };
    let names = head.iter().skip(1).map(|name| name.chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for row in rows {
        text += &format!("{}\n", row[0]);
        for (name, cell) in head.iter().zip(row).skip(1) {
            text += &format!("  {name:<names$}  {cell}\n");
        }
    }
    text
}

fn of_graph(graph: &Graph) -> String {
    let mut text = String::new();
    for (index, edge, from, to) in graph.known_edges() {
        let relation = if edge.label.is_empty() { edge.kind.name() } else { &edge.label };
        let cycle = if graph.cycle.contains(&index) { "  ↺ in the cycle" } else { "" };
        text += &format!("{} ──{relation}──▶ {}{cycle}\n", from.label, to.label);
    }
    for (index, node) in graph.nodes.iter().enumerate() {
        let mut earlier = graph.nodes[..index].iter();
        if let Some(first) = earlier.find(|other| node.group.is_some() && other.group == node.group) {
            text += &format!("{} ═══ {}\n", first.label, node.label);
        } else if !graph.known_edges().any(|(_, edge, ..)| edge.from == index || edge.to == index) {
            text += &format!("{}\n", node.label);
        }
    }
    text
}

/// What the numbers mean, then a line for each sequence: its numbers, a bar, how often it came.
fn of_strips(strips: &Strips, columns: usize) -> String {
    let mut text: String =
        (1..).zip(&strips.names).map(|(number, name): (u32, _)| format!("{number} {name}\n")).collect();
    let lines: Vec<_> =
        strips.drawn().iter().map(|strip| (strip.numbers(), strip.count, strips.often(strip))).collect();
    let longest = |width: &dyn Fn(&(String, u32, String)) -> usize| lines.iter().map(width).max().unwrap_or(0);
    let (numbers, often) = (longest(&|line| line.0.len()), longest(&|line| line.2.len()));
    let room = columns.saturating_sub(numbers + often + 2).max(8);
    let most = lines.iter().map(|(_, count, _)| *count).max().unwrap_or(1);
    for (name, count, often) in &lines {
        let bar = "█".repeat((room * *count as usize).div_ceil(most.max(1) as usize));
        text += &format!("{name:<numbers$} {bar} {often}\n");
    }
    if let Some(rest) = strips.rest() {
        text += &format!("{rest}\n");
    }
    text
}

/// What it says, then the panes below each other; what is marked in a line stands behind it.
fn of_board(board: &Board) -> String {
    let mut text: String = board.sentences.iter().map(|sentence| sentence.text.clone() + "\n").collect();
    for pane in &board.panes {
        text += &format!("\n{}\n", pane.title);
        let lines = pane.lines.iter().map(|line| {
            let mut cells: Vec<String> = line.cells.iter().map(|cell| cell.text.clone()).collect();
            cells[..].first_mut().into_iter().for_each(|first| first.insert_str(0, "  "));
            let told = line.told();
            if !told.is_empty() {
                cells.push(format!("({told})"));
            }
            cells
        });
        let lines: Vec<_> = lines.collect();
        text += &side_by_side(&lines, &|_| true, usize::MAX - 2).unwrap_or_default();
    }
    text
}

fn of_console(console: &Console) -> String {
    let by = console.lines.iter().map(|line| line.by.chars().count()).max().unwrap_or(0);
    let line = |line: &Line| {
        let bar = match line.stream {
            Stream::Output => '│',
            Stream::Error => '!',
        };
        format!("{:>8}  {:<by$} {bar} {}\n", line.time(), line.by, line.text)
    };
    console.lines.iter().map(line).collect()
}
