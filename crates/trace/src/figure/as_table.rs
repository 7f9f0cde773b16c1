//! Figures as tables, for readers who cannot see a drawing.

use super::{
    Board, Body, Cell, Chart, Column, Console, EdgeKind, Figure, Graph, NodeKind, Rule, Scale, Stream, Table, TableRow,
    Unit,
};
use crate::format::duration;

impl Figure {
    /// The figure as a table; `None` for a timeline, which has its own table.
    #[must_use]
    pub fn to_table(&self) -> Option<Table> {
        Some(match &self.body {
            Body::Timeline(_) => return None,
            Body::Chart(chart) => chart.to_table(),
            Body::Table(table) => Table::clone(table),
            Body::Graph(graph) => graph.to_table(),
            Body::Strips(strips) => strips.to_table(),
            Body::Console(console) => of_console(console),
            Body::Board(board) => of_board(board),
        })
    }
}

impl Cell {
    /// Its text; the spread, if there is one, in parentheses.
    #[must_use]
    pub fn write(&self) -> String {
        match self {
            Cell::Empty => "–".to_owned(),
            Cell::Text(text) | Cell::Press { text, .. } => text.clone(),
            Cell::Value { value, spread, unit } => {
                let text = unit.write(*value);
                let spread = spread.write(&text, *unit);
                if spread.is_empty() { text } else { format!("{text} ({spread})") }
            }
        }
    }
}

impl NodeKind {
    /// Its name for readers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            NodeKind::Thread => "thread",
            NodeKind::Lock => "lock",
            NodeKind::Data => "data",
            NodeKind::State => "state",
        }
    }
}

impl EdgeKind {
    /// Its name for readers.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EdgeKind::Holds => "holds",
            EdgeKind::WaitsFor => "waits for",
            EdgeKind::Step => "leads to",
        }
    }
}

impl Chart {
    /// A row for each place on the x axis and a column for each series; then a row for each rule.
    pub(super) fn to_table(&self) -> Table {
        let mut places: Vec<(f64, Vec<Cell>)> = Vec::new();
        for (index, series) in self.series.iter().enumerate() {
            for point in &series.points {
                // If a series has several values at one place, each gets a row.
                let from = places.partition_point(|(x, _)| x.total_cmp(&point.x).is_lt());
                let same = places[from..].iter().take_while(|(x, _)| x.total_cmp(&point.x).is_eq());
                let full = same.take_while(|(_, cells)| cells[index] != Cell::Empty).count();
                let at = from + full;
                if places.get(at).is_none_or(|(x, _)| x.total_cmp(&point.x).is_ne()) {
                    places.insert(at, (point.x, vec![Cell::Empty; self.series.len()]));
                }
                places[at].1[index] = point.cell(self.y.unit);
            }
        }
        let mut rows: Vec<(String, Vec<Cell>)> = places.into_iter().map(|(x, cells)| (self.x_text(x), cells)).collect();
        for rule in &self.rules {
            let (label, at) = self.rule_text(rule);
            let mut cells = vec![Cell::Empty; self.series.len()];
            if let Some(first) = cells.first_mut() {
                *first = Cell::Text(at);
            }
            rows.push((label.to_owned(), cells));
        }
        let value = |name: &str| if name.is_empty() { self.y.label.clone() } else { name.to_owned() };
        let names = [self.x.label.clone()].into_iter().chain(self.series.iter().map(|series| value(&series.name)));
        table(names, rows)
    }

    /// A place on the x axis, in words.
    pub(super) fn x_text(&self, x: f64) -> String {
        match &self.x.scale {
            Scale::Names(names) => names.get(x as usize).cloned().unwrap_or_default(),
            _ => self.x.unit.write(x),
        }
    }

    /// A place on the x axis by itself: a bare number has to say what it counts.
    pub(super) fn x_told(&self, x: f64) -> String {
        let text = self.x_text(x);
        let bare = self.x.unit == Unit::Count && !matches!(self.x.scale, Scale::Names(_));
        if bare { format!("{} {text}", self.x.label) } else { text }
    }

    /// A rule's label, and where it is.
    pub(super) fn rule_text<'a>(&self, rule: &'a Rule) -> (&'a str, String) {
        match rule {
            Rule::X(x, label) => (label, format!("at {}", self.x_text(*x))),
            Rule::Y(y, label) => (label, self.y.unit.write(*y)),
            Rule::Diagonal(label) => (label, format!("as large as {}", self.x.label)),
        }
    }
}

impl Graph {
    /// A row for each edge, for each pair of nodes drawn as one, and for each other node.
    pub(super) fn to_table(&self) -> Table {
        let text = |text: &str| Cell::Text(text.to_owned());
        let mut rows = Vec::new();
        for (index, edge, from, to) in self.known_edges() {
            let relation = if edge.label.is_empty() { edge.kind.name() } else { &edge.label };
            let cycle = if self.cycle.contains(&index) { text("yes") } else { Cell::Empty };
            rows.push((from.label.clone(), vec![text(relation), text(&to.label), cycle]));
        }
        for (index, node) in self.nodes.iter().enumerate() {
            let mut earlier = self.nodes[..index].iter();
            if let Some(first) = earlier.find(|other| node.group.is_some() && other.group == node.group) {
                rows.push((first.label.clone(), vec![text("is one with"), text(&node.label), Cell::Empty]));
            } else if !self.known_edges().any(|(_, edge, ..)| edge.from == index || edge.to == index) {
                rows.push((node.label.clone(), vec![Cell::Empty; 3]));
            }
        }
        table(["From", "Relation", "To", "In the cycle"].map(str::to_owned), rows)
    }

    /// The edges whose ends exist: index, edge, and the nodes at its ends.
    pub(super) fn known_edges(&self) -> impl Iterator<Item = (usize, &super::Edge, &super::Node, &super::Node)> {
        let ends = |edge: &super::Edge| Some((self.nodes.get(edge.from)?, self.nodes.get(edge.to)?));
        self.edges
            .iter()
            .enumerate()
            .filter_map(move |(index, edge)| ends(edge).map(|(from, to)| (index, edge, from, to)))
    }
}

fn of_console(console: &Console) -> Table {
    let rows = console.lines.iter().map(|line| {
        let stream = match line.stream {
            Stream::Output => Cell::Empty,
            Stream::Error => Cell::Text("error".to_owned()),
        };
        (line.time(), vec![Cell::Text(line.by.clone()), Cell::Text(line.text.clone()), stream])
    });
    table(["Time", "Thread", "Text", "Stream"].map(str::to_owned), rows.collect())
}

/// A row for each line of a pane.
fn of_board(board: &Board) -> Table {
    let rows = board.panes.iter().flat_map(|pane| {
        pane.lines.iter().map(|line| {
            let texts: Vec<_> =
                line.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
            (pane.title.clone(), vec![Cell::Text(texts.join(" ")), Cell::Text(line.told())])
        })
    });
    table(["Part", "Line", "Marks"].map(str::to_owned), rows.collect())
}

impl super::Line {
    /// When it was printed, in words.
    #[must_use]
    pub fn time(&self) -> String {
        duration(self.at_us as f64, 1.0)
    }
}

fn table(names: impl IntoIterator<Item = String>, rows: Vec<(String, Vec<Cell>)>) -> Table {
    let row = |(index, (name, cells)): (usize, (String, Vec<Cell>))| TableRow {
        id: index.to_string(),
        name,
        help: String::new(),
        cells,
    };
    Table {
        columns: names.into_iter().map(|name| Column { name, bars: false }).collect(),
        rows: rows.into_iter().enumerate().map(row).collect(),
    }
}
