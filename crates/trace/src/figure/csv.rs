//! Figures as tables of bare numbers, for spreadsheets and data frames (RFC 4180, but with a single line feed at the end of lines).

use super::{Board, Body, Cell, Chart, Console, Figure, Graph, Scale, Spread, Stream, Strips, Table, Unit};
use crate::export::{cell, csv};

impl Figure {
    /// A header line, then a line for each thing drawn. Numbers are in full, in the unit given with them; one that is
    /// not finite is left empty.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut lines = Lines::default();
        match &self.body {
            Body::Timeline(timeline) => return csv(&timeline.exported()),
            Body::Chart(chart) => lines.chart(chart),
            Body::Table(table) => lines.table(table),
            Body::Graph(graph) => lines.graph(graph),
            Body::Strips(strips) => lines.strips(strips),
            Body::Console(console) => lines.console(console),
            Body::Board(board) => lines.board(board),
        }
        lines.0
    }
}

fn values(value: f64, spread: &Spread) -> [f64; 5] {
    [value, spread.low, spread.high, spread.least, spread.most]
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, cells: &[&str]) {
        for (index, text) in cells.iter().enumerate() {
            if index > 0 {
                self.0.push(',');
            }
            self.0 += &cell(text);
        }
        self.0.push('\n');
    }

    /// A line of texts, then bare numbers: a negative number is not a formula.
    fn numbers(&mut self, texts: &[&str], values: &[f64], unit: Unit) {
        for text in texts {
            self.0 += &cell(text);
            self.0.push(',');
        }
        for value in values {
            self.0 += &number(*value);
            self.0.push(',');
        }
        self.0 += unit.name();
        self.0.push('\n');
    }

    fn chart(&mut self, chart: &Chart) {
        let names = matches!(chart.x.scale, Scale::Names(_));
        self.line(&[
            "series",
            if names { "name" } else { chart.x.unit.name() },
            "value",
            "low",
            "high",
            "least",
            "most",
            "unit",
        ]);
        for series in &chart.series {
            for point in &series.points {
                let values = values(point.y, &point.spread);
                if names {
                    self.numbers(&[&series.name, &chart.x_text(point.x)], &values, chart.y.unit);
                } else {
                    self.numbers(&[&series.name], &[&[point.x], &values[..]].concat(), chart.y.unit);
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        self.line(&["row", "column", "value", "low", "high", "least", "most", "unit"]);
        for row in &table.rows {
            for (column, content) in table.columns.iter().skip(1).zip(&row.cells) {
                match content {
                    Cell::Empty => {}
                    Cell::Text(text) | Cell::Press { text, .. } => {
                        self.line(&[&row.name, &column.name, text, "", "", "", "", "text"])
                    }
                    Cell::Value { value, spread, unit } => {
                        self.numbers(&[&row.name, &column.name], &values(*value, spread), *unit);
                    }
                }
            }
        }
    }

    fn graph(&mut self, graph: &Graph) {
        self.line(&["from", "from_kind", "from_group", "relation", "label", "to", "to_kind", "to_group", "in_cycle"]);
        let group = |group: Option<u32>| group.map_or(String::new(), |number| number.to_string());
        for (index, edge, from, to) in graph.known_edges() {
            let in_cycle = if graph.cycle.contains(&index) { "1" } else { "0" };
            let (groups, kinds) = ([group(from.group), group(to.group)], [from.kind.name(), to.kind.name()]);
            let (from, to) = (&from.label, &to.label);
            self.line(&[from, kinds[0], &groups[0], edge.kind.name(), &edge.label, to, kinds[1], &groups[1], in_cycle]);
        }
        for (index, node) in graph.nodes.iter().enumerate() {
            if !graph.known_edges().any(|(_, edge, ..)| edge.from == index || edge.to == index) {
                self.line(&[&node.label, node.kind.name(), &group(node.group), "", "", "", "", "", "0"]);
            }
        }
    }

    fn strips(&mut self, strips: &Strips) {
        self.line(&["numbers", "names", "count", "of"]);
        for strip in &strips.strips {
            let [count, of] = [strip.count, strips.total()].map(|count| count.to_string());
            self.line(&[&strip.numbers(), &strips.told(strip), &count, &of]);
        }
    }

    fn board(&mut self, board: &Board) {
        self.line(&["part", "line", "cell", "text", "marks"]);
        for pane in &board.panes {
            for (at, line) in pane.lines.iter().enumerate() {
                for (place, cell) in line.cells.iter().enumerate() {
                    let (at, place) = (at.to_string(), place.to_string());
                    self.line(&[&pane.title, &at, &place, &cell.text, &line.mark.and(cell.mark).names()]);
                }
            }
        }
    }

    fn console(&mut self, console: &Console) {
        self.line(&["at_us", "by", "stream", "text"]);
        for line in &console.lines {
            let stream = match line.stream {
                Stream::Output => "output",
                Stream::Error => "error",
            };
            self.line(&[&line.at_us.to_string(), &line.by, stream, &line.text]);
        }
    }
}

fn number(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}
