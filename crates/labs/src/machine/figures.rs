//! The figures of `machine`, in the order of the sheet's blanks.

use super::args::{Args, Loaded};
use super::board::{self, grouped};
use super::data::{Data, End, Explored, Kind, Real};
use crate::frame::Frame;
use crate::sheet::Blank;
use interleave_machine::explore::{self, Explorer, Question, StateGraph};
use interleave_trace::Figure;
use interleave_trace::figure::{
    Body, Cell, Column, Edge, EdgeKind, Graph, Node, NodeKind, Spread, Table, TableRow, Unit,
};

pub(super) const BOARD: Frame = Frame { id: "machine", title: "The machine", caption: "", height: [340, 620] };
const OUTCOMES: Frame = Frame {
    id: "outcomes",
    title: "What can come out",
    caption: "Every outcome that some schedule leads to, how many schedules do, and which part of the runs on real threads did: schedules \
        are not equally likely. The bars are logarithmic. The shortest schedule is a button: press it to see it on the machine.",
    height: [157, 216],
};
const STATES: Frame = Frame {
    id: "states",
    title: "All states",
    caption: "Each box is a state: the next instruction of each thread, counted from 0, or a dash once it is over; and what memory holds. \
        Each arrow is a step of the thread beside it; an exclamation mark says that something asserted was violated on the way.",
    height: [634, 764],
};

/// The most states that are drawn.
const MOST_STATES: usize = 48;
/// The most outcomes that are listed one by one.
const MOST_ENDS: usize = 40;
/// The longest schedule that is shown in full.
const LONGEST: usize = 20;

/// The room that the figures need.
pub(super) fn blanks() -> Vec<Blank> {
    [BOARD, OUTCOMES, STATES].iter().map(Frame::blank).collect()
}

/// All figures.
pub(super) fn figures(args: &Args, data: &Data) -> Vec<Figure> {
    let loaded = args.load().ok();
    let mut figures = vec![board::figure(args, None)];
    figures.extend(so_far(args, data).into_iter().map(|(_, figure)| figure));
    figures.push(states(loaded.as_ref()));
    figures
}

/// The figures of what has been found and measured so far, with their places among the blanks.
#[must_use]
pub fn so_far(args: &Args, data: &Data) -> Vec<(u32, Figure)> {
    vec![(1, outcomes(&names(args), data))]
}

/// The names of the places that outcomes are told apart by.
pub(super) fn names(args: &Args) -> Vec<String> {
    args.load().map_or_else(|_| Vec::new(), |loaded| loaded.watch.places.into_iter().map(|place| place.name).collect())
}

/// What an end comes to, in words: `count = 1`.
pub(super) fn told(names: &[String], end: &End) -> String {
    let of_space = |memory: &Vec<i32>| {
        let values = names.iter().zip(memory).map(|(name, value)| format!("{name} = {value}"));
        values.collect::<Vec<_>>().join(", ")
    };
    let memory = match &end.memory[..] {
        [one] => of_space(one),
        several => {
            let each = several.iter().enumerate().map(|(space, memory)| format!("{space}: {}", of_space(memory)));
            each.collect::<Vec<_>>().join("; ")
        }
    };
    let kind = match end.kind {
        Kind::Halted if memory.is_empty() => "all halt",
        Kind::Halted => return memory,
        Kind::Fault => "a thread fails",
        Kind::Deadlock => "they wait for ever",
        Kind::Bound => "followed no further",
    };
    // Where it goes on and on, the values are but those of one moment.
    if end.kind == Kind::Bound || memory.is_empty() { kind.to_owned() } else { format!("{kind}: {memory}") }
}

fn cells(schedules: Cell, share: Cell, [runs, part]: [Cell; 2], shortest: Cell) -> Vec<Cell> {
    vec![schedules, share, runs, part, shortest]
}

fn share(value: f64) -> Cell {
    Cell::Value { value, spread: Spread::none(value), unit: Unit::Share }
}

fn outcomes(names: &[String], data: &Data) -> Figure {
    let real = data.real.as_ref();
    let mut rows: Vec<TableRow> = Vec::new();
    for (place, end) in data.explored.iter().flat_map(|explored| explored.ends.iter().take(MOST_ENDS)).enumerate() {
        let mut help = String::new();
        if end.violating > 0.0 && end.memory.len() == 1 {
            help =
                format!("{} of all schedules violate what is asserted and end so.", Unit::Share.write(end.violating));
        }
        if let Some(fault) = &end.fault {
            help = format!("Thread {fault}.");
        }
        let counted = real.filter(|_| end.kind != Kind::Bound).map_or([Cell::Empty, Cell::Empty], |real| {
            let count = real.count(end);
            [self::count(count), share(f64::from(count) / f64::from(real.runs.max(1)))]
        });
        rows.push(TableRow {
            id: place.to_string(),
            name: told(names, end),
            help,
            cells: cells(Cell::Text(grouped(&end.schedules)), share(end.share), counted, replay(&end.shortest)),
        });
    }
    // What the exploration has not found.
    for (place, seen) in strangers(data).into_iter().enumerate() {
        let values = names.iter().zip(&seen.0).map(|(name, value)| format!("{name} = {value}"));
        let name = values.collect::<Vec<_>>().join(", ");
        let counted = [count(seen.1), Cell::Empty];
        let cells = cells(Cell::Text("not found".to_owned()), Cell::Empty, counted, Cell::Empty);
        rows.push(TableRow { id: format!("other-{place}"), name, help: String::new(), cells });
    }
    let columns = ["", "Schedules", "Share", "Real runs", "Share of them", "Shortest schedule"];
    let bars = |name: &str| name.starts_with("Share");
    let columns = columns.map(|name| Column { name: name.to_owned(), bars: bars(name) }).into();
    OUTCOMES.figure(Body::from(Table { columns, rows }))
}

fn count(count: u32) -> Cell {
    let value = f64::from(count);
    Cell::Value { value, spread: Spread::none(value), unit: Unit::Count }
}

fn replay(schedule: &str) -> Cell {
    let text = match schedule.len() {
        0 => "no step".to_owned(),
        length if length > LONGEST => format!("{}… ({length} steps)", &schedule[..LONGEST]),
        _ => schedule.to_owned(),
    };
    Cell::Press { text, press: format!("schedule={schedule}") }
}

/// What real runs came to that is no outcome of the exploration: values, and how many runs.
pub(super) fn strangers(data: &Data) -> Vec<(Vec<i32>, u32)> {
    let (Some(explored), Some(real)) = (&data.explored, &data.real) else { return Vec::new() };
    let known = |memory: &Vec<i32>| explored.ends.iter().any(|end| end.memory.first() == Some(memory));
    real.seen.iter().filter(|seen| !known(&seen.memory)).map(|seen| (seen.memory.clone(), seen.count)).collect()
}

/// The graph of states, if it is small: found anew, as that takes no time.
fn states(loaded: Option<&Loaded>) -> Figure {
    let graph = loaded.and_then(|loaded| {
        let question = Question { watch: loaded.watch.clone(), states: MOST_STATES + 1, ..Question::default() };
        let mut explorer = Explorer::new(&loaded.machine, question);
        while explorer.advance(MOST_STATES) {}
        explorer.graph(MOST_STATES).map(|graph| drawn(loaded, &graph))
    });
    let mut figure = STATES.figure(Body::from(graph.clone().unwrap_or_default()));
    if graph.is_none() {
        figure.caption = format!("There are more than {MOST_STATES} states: too many to draw.");
    }
    figure
}

fn drawn(loaded: &Loaded, graph: &StateGraph) -> Graph {
    let node = |node: &explore::Node| {
        let counter =
            |(pc, over): (&u32, &bool)| if *over { "–".to_owned() } else { loaded.machine.index(*pc).to_string() };
        let counters = node.pcs.iter().zip(&node.over).map(counter).collect::<Vec<_>>().join("·");
        let values = node.memory.iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(",");
        let mut label = format!("{counters} | {values}");
        label += match node.kind {
            Some(explore::Kind::Halted) => " end",
            Some(explore::Kind::Deadlock) => " deadlock",
            Some(explore::Kind::Faulted) => " fault",
            _ => "",
        };
        if !node.violated.is_empty() {
            label += " !";
        }
        Node { label, kind: NodeKind::State, group: None }
    };
    let edge = |&(from, to, thread): &(u32, u32, usize)| Edge {
        from: from as usize,
        to: to as usize,
        label: thread.to_string(),
        kind: EdgeKind::Step,
    };
    Graph {
        nodes: graph.nodes.iter().map(node).collect(),
        edges: graph.edges.iter().map(edge).collect(),
        cycle: Vec::new(),
    }
}

/// How many outcomes real runs came to.
pub(super) fn shown(explored: &Explored, real: &Real) -> usize {
    explored.outcomes().filter(|end| real.count(end) > 0).count()
}
