//! Nodes in layers, and arrows between them.
//!
//! Threads are on the left, locks in the middle, data on the right; a lock and the data it guards share a row and a
//! box:
//!
//! ```text
//!  thread 1 ──holds──▶ ┌ lock ─ data ┐
//!  thread 2 ──waits──▶ └─────────────┘
//! ```
//!
//! States are in layers by their number of steps from the first one: from the left, or from the top in a narrow
//! drawing.

use super::pen::{Anchor, LINE, Pen, Place, length, meet, way};
use super::words;
use crate::figure::{Edge, EdgeKind, Graph, Node, NodeKind};
use Anchor::{End, Middle, Start};

/// Room around the nodes, for boxes and for arrows that go around.
const MARGIN: f64 = 14.0;
/// The distance from a node down to the next, with room for labelled arrows.
const BETWEEN: f64 = 40.0;
/// The distance between two nodes that are drawn as one.
const JOINT: f64 = 14.0;
/// The least width of a node, and the most lines of text in it.
const NARROWEST: f64 = 46.0;
const MOST_LINES: usize = 3;
/// The distance between a node's border and its text.
const PADDING: f64 = 3.0;

/// A node's layer, and its row in it.
type Cell = (usize, usize);

/// Draws the graph; returns its height.
pub(super) fn draw(graph: &Graph, pen: &mut Pen) -> f64 {
    let states = graph.nodes.iter().any(|node| node.kind == NodeKind::State);
    let cells = if states { by_distance(graph) } else { by_kind(&graph.nodes) };
    let layers = cells.iter().map(|(layer, _)| layer + 1).max().unwrap_or(0);
    let rows = cells.iter().map(|(_, row)| row + 1).max().unwrap_or(0);
    let longest = graph.nodes.iter().map(|node| words::width(&node.label)).fold(40.0, f64::max) + 16.0;
    let room = pen.width - 2.0 * MARGIN;
    // From left to right, if that leaves enough room for a word in a node and for an arrow.
    let across = !states || (layers as f64) * (longest.min(90.0) + 44.0) <= room + 44.0;
    let in_a_row = if across { layers } else { rows } as f64;
    let joined: Vec<bool> = (1..layers).map(|layer| across && groups_span(&graph.nodes, &cells, layer)).collect();
    let joints = joined.iter().filter(|joined| **joined).count() as f64;
    let arrows = (in_a_row - 1.0 - joints).max(0.0);
    let least = if across { 46.0 } else { 26.0 };
    let free = room - JOINT * joints;
    let wide = longest.min(150.0).min((free - least * arrows) / in_a_row.max(1.0)).max(NARROWEST);
    let arrow = ((free - wide * in_a_row) / arrows.max(1.0)).clamp(least, 150.0);
    // A graph that is too wide for its page scrolls.
    pen.width = pen.width.max(2.0 * MARGIN + wide * in_a_row + arrow * arrows + JOINT * joints);
    let lines = |node: &Node| {
        let mut lines = words::wrapped(&node.label, wide - 2.0 * PADDING);
        if lines.len() > MOST_LINES {
            let rest = lines.split_off(MOST_LINES - 1).join(" ");
            lines.push(words::shortened(&format!("{rest}…"), wide - 2.0 * PADDING));
        }
        lines
    };
    let texts: Vec<Vec<String>> = graph.nodes.iter().map(lines).collect();
    let high = texts.iter().map(Vec::len).max().unwrap_or(1) as f64 * LINE + 10.0;
    let size = |layer: usize| cells.iter().filter(|cell| cell.0 == layer).map(|cell| cell.1 + 1).max().unwrap_or(0);
    // Locks and data share their rows, so both start equally far down.
    let things = usize::from(graph.nodes.iter().any(|node| node.kind == NodeKind::Thread))..layers;
    let count = |layer: usize| {
        let alike = if states || !things.contains(&layer) { layer..layer + 1 } else { things.clone() };
        alike.map(size).max().unwrap_or(0)
    };
    let places: Vec<Place> = cells
        .iter()
        .map(|(layer, row)| {
            let place = *row as f64 + (rows - count(*layer)) as f64 / 2.0;
            let gaps = joined.iter().take(*layer).map(|joined| if *joined { JOINT } else { arrow });
            let (x, y) = if across {
                (wide * *layer as f64 + gaps.sum::<f64>(), (high + BETWEEN) * place)
            } else {
                ((wide + arrow) * place, (high + BETWEEN) * *layer as f64)
            };
            let (x, y) = (MARGIN + x, MARGIN + y);
            [x, y, x + wide, y + high]
        })
        .collect();
    let height = places.iter().map(|place| place[3]).fold(0.0, f64::max) + MARGIN;
    pen.bottom = height;
    boxes(graph, &places, pen);
    nodes(graph, &places, &texts, pen);
    edges(graph, &places, height, pen)
}

/// Threads, locks and data in layers; members of a group start in the same row.
fn by_kind(nodes: &[Node]) -> Vec<Cell> {
    let kinds = [NodeKind::Thread, NodeKind::Lock, NodeKind::Data];
    let there: Vec<NodeKind> = kinds.into_iter().filter(|kind| nodes.iter().any(|node| node.kind == *kind)).collect();
    let layer = |node: &Node| there.iter().position(|kind| *kind == node.kind).unwrap_or(0);
    let mut cells: Vec<Option<Cell>> = vec![None; nodes.len()];
    let mut free = [0; 3];
    for index in 0..nodes.len() {
        if cells[index].is_some() {
            continue;
        }
        let group = nodes[index].group;
        let members: Vec<usize> = (index..nodes.len())
            .filter(|other| *other == index || group.is_some() && nodes[*other].group == group)
            .collect();
        let layers = members.iter().map(|member| layer(&nodes[*member]));
        let (from, to) = layers.fold((2, 0), |(from, to), at| (from.min(at), to.max(at)));
        // Nothing else may be between the members, or it would be in their box.
        let level = |free: &mut [usize; 3]| {
            let last = free[from..=to].iter().copied().max().unwrap_or(0);
            free[from..=to].fill(last);
        };
        level(&mut free);
        for member in members {
            let layer = layer(&nodes[member]);
            cells[member] = Some((layer, free[layer]));
            free[layer] += 1;
        }
        level(&mut free);
    }
    cells.into_iter().flatten().collect()
}

/// Breadth first from the first node, then from the first node not yet reached.
fn by_distance(graph: &Graph) -> Vec<Cell> {
    let mut cells: Vec<Option<Cell>> = vec![None; graph.nodes.len()];
    let mut sizes: Vec<usize> = Vec::new();
    for start in 0..graph.nodes.len() {
        let mut queue = vec![(start, 0)];
        let mut next = 0;
        while let Some((node, layer)) = queue.get(next).copied() {
            next += 1;
            if cells[node].is_some() {
                continue;
            }
            sizes.resize(sizes.len().max(layer + 1), 0);
            cells[node] = Some((layer, sizes[layer]));
            sizes[layer] += 1;
            let steps = graph.known_edges().filter(|(_, edge, ..)| edge.from == node);
            queue.extend(steps.map(|(_, edge, ..)| (edge.to, layer + 1)));
        }
    }
    cells.into_iter().flatten().collect()
}

/// Whether a group has nodes in a layer and in the one before.
fn groups_span(nodes: &[Node], cells: &[Cell], layer: usize) -> bool {
    let groups = |layer: usize| {
        nodes.iter().zip(cells).filter(move |(_, cell)| cell.0 == layer).filter_map(|(node, _)| node.group)
    };
    groups(layer).any(|group| groups(layer - 1).any(|other| other == group))
}

fn boxes(graph: &Graph, places: &[Place], pen: &mut Pen) {
    const AROUND: f64 = 8.0;
    for (index, node) in graph.nodes.iter().enumerate() {
        let same = |other: &&Node| node.group.is_some() && other.group == node.group;
        if graph.nodes[..index].iter().any(|other| same(&other)) || graph.nodes.iter().filter(same).count() < 2 {
            continue;
        }
        let members = graph.nodes.iter().zip(places).filter(|(other, _)| same(other)).map(|(_, place)| *place);
        let around = members.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        if let Some([x0, y0, x1, y1]) = around {
            pen.rect("group", [x0 - AROUND, y0 - AROUND, x1 + AROUND, y1 + AROUND], 6.0);
        }
    }
}

fn nodes(graph: &Graph, places: &[Place], texts: &[Vec<String>], pen: &mut Pen) {
    for ((node, place), lines) in graph.nodes.iter().zip(places).zip(texts) {
        let [x0, y0, x1, y1] = *place;
        let round = match node.kind {
            NodeKind::Thread => 4.0,
            NodeKind::Lock => 10.0,
            NodeKind::Data => 0.0,
            NodeKind::State => (y1 - y0) / 2.0,
        };
        pen.rect(&format!("node {}", node.kind.name()), *place, round);
        let first = (y0 + y1) / 2.0 + 4.0 - (lines.len() as f64 - 1.0) / 2.0 * LINE;
        for (index, line) in lines.iter().enumerate() {
            pen.text("", Middle, (x0 + x1) / 2.0, first + index as f64 * LINE, line);
        }
        let group =
            graph.nodes.iter().filter(|other| node.group.is_some() && other.group == node.group && *other != node);
        let with: String = group.map(|other| format!(", one with {}", other.label)).collect();
        pen.spot(*place, format!("{}: {}{with}", node.kind.name(), node.label));
    }
    for place in places {
        pen.take(*place);
    }
}

/// A path from the middle of one node to the middle of another: a quadratic Bézier curve.
#[derive(Clone, Copy)]
struct Curve {
    from: (f64, f64),
    over: (f64, f64),
    to: (f64, f64),
}

impl Curve {
    fn new(from: Place, to: Place, bulge: f64) -> Curve {
        let middle = |place: Place| ((place[0] + place[2]) / 2.0, (place[1] + place[3]) / 2.0);
        let (from, to) = (middle(from), middle(to));
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let long = length(dx, dy).max(1.0);
        // The curve is half as far from the line as its control point.
        let over = ((from.0 + to.0) / 2.0 + 2.0 * bulge * dy / long, (from.1 + to.1) / 2.0 - 2.0 * bulge * dx / long);
        Curve { from, over, to }
    }

    /// The curve's blossom: its point at `t` if `s = t`, else the control point of the part from `s` to `t`.
    fn at(&self, s: f64, t: f64) -> (f64, f64) {
        let mix = |a: f64, b: f64, c: f64| (1.0 - s) * (1.0 - t) * a + (s * (1.0 - t) + t * (1.0 - s)) * b + s * t * c;
        (mix(self.from.0, self.over.0, self.to.0), mix(self.from.1, self.over.1, self.to.1))
    }

    /// The part of it that is outside of both nodes.
    fn visible(&self, from: Place, to: Place) -> (f64, f64) {
        let steps = || (0..=100).map(|step| f64::from(step) / 100.0);
        let start = steps().find(|t| !within(from, self.at(*t, *t), 1.0)).unwrap_or(0.0);
        let end = steps().rev().find(|t| !within(to, self.at(*t, *t), 3.0)).unwrap_or(1.0);
        (start, end.max(start))
    }
}

fn within(place: Place, (x, y): (f64, f64), around: f64) -> bool {
    meet([place[0] - around, place[1] - around, place[2] + around, place[3] + around], [x, y, x, y])
}

/// Draws the arrows, each curved only as much as it takes to avoid other nodes and arrows, and their labels, below the
/// drawing if there is no room beside them. Returns the height of it all.
fn edges(graph: &Graph, places: &[Place], height: f64, pen: &mut Pen) -> f64 {
    const BULGES: [f64; 9] = [0.0, 14.0, -14.0, 28.0, -28.0, 48.0, -48.0, 72.0, -72.0];
    let mut drawn: Vec<(f64, f64)> = Vec::new();
    let mut words_to_place: Vec<(Curve, f64, f64, String, String)> = Vec::new();
    for (index, edge, from, to) in graph.known_edges() {
        let label = if edge.label.is_empty() { edge.kind.name() } else { &edge.label };
        let told = format!(
            "{} → {}: {label}{}",
            from.label,
            to.label,
            if graph.cycle.contains(&index) { ", in the cycle" } else { "" }
        );
        let (a, b) = (places[edge.from], places[edge.to]);
        let class = class(graph, index, edge);
        if edge.from == edge.to {
            let (x, y) = (a[2] - 14.0, a[1]);
            let bends = [x - 18.0, y, x - 22.0, y - 16.0, x + 4.0, y - 16.0, x, y - 3.0];
            pen.path(&class, &way("M* *C* * * * * *", &bends));
            head(pen, &class, (x - 1.0, y - 12.0), (x, y - 1.0));
            pen.spot([x - 20.0, y - 14.0, x + 4.0, y], told);
            continue;
        }
        let free = |bulge: &f64| {
            let curve = Curve::new(a, b, *bulge);
            let (start, end) = curve.visible(a, b);
            let middle = curve.at((start + end) / 2.0, (start + end) / 2.0);
            let twin = drawn.iter().any(|(x, y)| length(x - middle.0, y - middle.1) < 10.0);
            let meets = |t: f64| {
                let at = curve.at(t, t);
                let outside = at.0 < 2.0 || at.0 > pen.width - 2.0 || at.1 < 2.0 || at.1 > height - 2.0;
                let others = places.iter().enumerate().filter(|(other, _)| *other != edge.from && *other != edge.to);
                outside || others.into_iter().any(|(_, place)| within(*place, at, 4.0))
            };
            // Two straight arrows that cross in the middle are not twins: their labels find room elsewhere.
            let blocked = (1..40).any(|step| meets(start + (end - start) * f64::from(step) / 40.0));
            !(blocked || twin && drawn_between(graph, index, edge))
        };
        let curve = Curve::new(a, b, BULGES.into_iter().find(free).unwrap_or(0.0));
        let (start, end) = curve.visible(a, b);
        let (p, over, q) = (curve.at(start, start), curve.at(start, end), curve.at(end, end));
        pen.path(&class, &way("M* *Q* * * *", &[p.0, p.1, over.0, over.1, q.0, q.1]));
        head(pen, &class, over, q);
        let middle = curve.at((start + end) / 2.0, (start + end) / 2.0);
        drawn.push(middle);
        pen.spot([middle.0 - 8.0, middle.1 - 8.0, middle.0 + 8.0, middle.1 + 8.0], told.clone());
        words_to_place.push((curve, start, end, edge.label.clone(), told));
    }
    let mut below = height;
    for (curve, start, end, label, told) in words_to_place {
        // A horizontal arrow's label is above its middle; another arrow's is near an end, because arrows cross in the
        // middle.
        let parts = if (curve.to.1 - curve.from.1).abs() < 8.0 {
            [0.5, 0.35, 0.65, 0.22, 0.78]
        } else {
            [0.3, 0.7, 0.4, 0.6, 0.5]
        };
        let places: Vec<_> = parts
            .into_iter()
            .flat_map(|part| {
                let t = start + (end - start) * part;
                let ((x, y), before, after) = (curve.at(t, t), curve.at(t, 0.0), curve.at(t, 1.0));
                let (dx, dy) = (after.0 - before.0, after.1 - before.1);
                if dy.abs() < 0.15 * dx.abs() {
                    [(Middle, x, y - 5.0), (Middle, x, y + 14.0)]
                } else if dx * dy > 0.0 {
                    [(Start, x + 5.0, y - 4.0), (End, x - 5.0, y + 13.0)]
                } else {
                    [(End, x - 5.0, y - 4.0), (Start, x + 5.0, y + 13.0)]
                }
            })
            .collect();
        if !label.is_empty() && !pen.text_where_free("quiet halo", &label, &places) {
            for line in words::wrapped(&told, pen.width) {
                below += LINE;
                pen.text("quiet", Start, 0.0, below - 4.0, &line);
            }
        }
    }
    below
}

/// Whether an earlier edge is between the same two nodes.
fn drawn_between(graph: &Graph, index: usize, edge: &Edge) -> bool {
    let ends = |edge: &Edge| (edge.from.min(edge.to), edge.from.max(edge.to));
    graph.known_edges().any(|(other, earlier, ..)| other < index && ends(earlier) == ends(edge))
}

fn class(graph: &Graph, index: usize, edge: &Edge) -> String {
    let kind = match edge.kind {
        EdgeKind::Holds => "holds",
        EdgeKind::WaitsFor => "waits",
        EdgeKind::Step => "step",
    };
    format!("edge {kind}{}", if graph.cycle.contains(&index) { " cycle" } else { "" })
}

/// An arrowhead at `to`, on a path that comes from `from`.
fn head(pen: &mut Pen, class: &str, from: (f64, f64), to: (f64, f64)) {
    let long = length(to.0 - from.0, to.1 - from.1).max(1e-6);
    let (dx, dy) = ((to.0 - from.0) / long, (to.1 - from.1) / long);
    let (x, y) = (to.0 - 9.0 * dx, to.1 - 9.0 * dy);
    let class = class.replace("edge", "head");
    let corners = [to.0, to.1, x - 4.0 * dy, y + 4.0 * dx, x + 4.0 * dy, y - 4.0 * dx];
    pen.path(&class, &way("M* *L* *L* *Z", &corners));
}
