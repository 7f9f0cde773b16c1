//! Drawings: well formed, whole, and with labels that can be read.

use crate::samples;
use interleave_trace::figure::*;
use proptest::prelude::*;
use roxmltree::{Document, Node as Element};

const WIDTHS: [f64; 6] = [320.0, 340.0, 420.0, 640.0, 900.0, 1240.0];

fn parsed(drawing: &Drawing) -> String {
    format!("<svg>{}</svg>", drawing.markup)
}

fn number(element: Element, name: &str) -> f64 {
    element.attribute(name).unwrap_or_else(|| panic!("no {name}")).parse().unwrap()
}

/// About where the words of a text are, in a common font: `[left, top, right, bottom]`.
fn place(text: Element) -> [f64; 4] {
    let letters = text.text().unwrap_or("").chars().map(|letter| match letter {
        ' ' | '.' | ',' | ':' | '\'' | 'f' | 'i' | 'j' | 'l' | 'r' | 't' => 4.0,
        'm' | 'w' | 'M' | 'W' | '%' => 10.0,
        letter if letter < '\u{2e80}' => 6.6,
        _ => 12.0,
    });
    let (width, x, y): (f64, _, _) = (letters.sum(), number(text, "x"), number(text, "y"));
    let left = match text.attribute("text-anchor") {
        None => x,
        Some("middle") => x - width / 2.0,
        Some(_) => x - width,
    };
    [left, y - 8.0, left + width, y + 2.0]
}

fn labels(document: &Document) -> Vec<(String, [f64; 4])> {
    let texts = document.descendants().filter(|node| node.has_tag_name("text"));
    texts.filter(|text| text.text().is_some()).map(|text| (text.text().unwrap().to_owned(), place(text))).collect()
}

/// What is wrong with a drawing's labels: cut off by an edge, or over each other.
pub fn unreadable(drawing: &Drawing) -> Vec<String> {
    let markup = parsed(drawing);
    let document = Document::parse(&markup).unwrap_or_else(|error| panic!("{error}: {markup}"));
    let labels = labels(&document);
    let mut wrong = Vec::new();
    for (index, (text, at)) in labels.iter().enumerate() {
        if at[0] < -0.5 || at[1] < 0.0 || at[2] > drawing.width + 0.5 || at[3] > drawing.height {
            wrong.push(format!("“{text}” is cut off: {at:?} of {} × {}", drawing.width, drawing.height));
        }
        for (other, place) in &labels[..index] {
            if at[0] < place[2] && place[0] < at[2] && at[1] < place[3] && place[1] < at[3] {
                wrong.push(format!("“{text}” is over “{other}”: {at:?}, {place:?}"));
            }
        }
    }
    wrong
}

#[test]
fn labels_are_whole_and_apart_at_every_width() {
    for figure in samples::all() {
        for drawing in WIDTHS.into_iter().filter_map(|width| figure.drawing(width)) {
            assert_eq!(unreadable(&drawing), Vec::<String>::new(), "{} at {}", figure.id, drawing.width);
        }
    }
}

#[test]
fn spots_lie_in_the_drawing_and_tell_each_point() {
    for figure in samples::all() {
        for drawing in WIDTHS.into_iter().filter_map(|width| figure.drawing(width)) {
            for spot in &drawing.spots {
                assert!(spot.x > -20.0 && spot.x + spot.width < drawing.width + 20.0, "{spot:?}");
                assert!(spot.y > -20.0 && spot.y + spot.height < drawing.height + 20.0, "{spot:?}");
            }
        }
    }
    let spots = samples::memory().drawing(640.0).unwrap().spots;
    assert_eq!(spots.len(), 15 + 15 + 1 + 3);
    assert_eq!(spots[0].text, "random order, 4 kB: 1.21 ns (1.13–1.32 ns)");
    assert_eq!(spots[31].text, "1st step at 32 kB: at 32 kB");
    assert_eq!(samples::speedup().drawing(640.0).unwrap().spots[3].text, "measured, Workers 4: 3.1× (2.9–3.3×)");
    assert_eq!(samples::deadlock().drawing(640.0).unwrap().spots[4].text, "thread 1 → lock A: holds, in the cycle");
}

#[test]
fn a_part_of_a_bar_is_as_long_as_its_share() {
    let drawing = samples::lost().drawing(1000.0).unwrap();
    let [counted, lost] = &drawing.spots[..] else { panic!("two parts") };
    assert!((counted.width / lost.width - 1_237_604.0 / 762_396.0).abs() < 0.01);
    assert_eq!(counted.x + counted.width, lost.x);
    assert!(drawing.markup.contains("class=\"missing\"") && drawing.markup.contains(">1,237,604 counted<"));
}

#[test]
fn arrows_of_the_cycle_are_marked_and_no_others() {
    let count = |figure: &Figure, class: &str| figure.drawing(640.0).unwrap().markup.matches(class).count();
    assert_eq!(
        [count(&samples::deadlock(), "class=\"edge"), count(&samples::deadlock(), "class=\"edge holds cycle")],
        [4, 2]
    );
    assert_eq!([count(&samples::guarded(), "cycle"), count(&samples::guarded(), "class=\"group")], [0, 1]);
}

#[test]
fn strips_are_as_high_as_their_room_and_bars_as_long_as_their_counts() {
    let figure = samples::orders();
    for width in WIDTHS {
        let drawing = figure.drawing(width).unwrap();
        let markup = parsed(&drawing);
        let document = Document::parse(&markup).unwrap();
        // Places are see-through, and bars are not.
        let all = document.descendants().filter(|node| node.has_tag_name("rect"));
        let bars: Vec<f64> =
            all.filter(|rect| rect.attribute("fill-opacity").is_none()).map(|rect| number(rect, "width")).collect();
        assert!(matches!(bars[..], [long, short] if (long / short - 2.0).abs() < 0.02), "{bars:?}");
        let mut empty = figure.clone();
        if let Body::Strips(strips) = &mut empty.body {
            strips.strips.clear();
        }
        assert_eq!(empty.drawing(width).unwrap().height, drawing.height);
        assert_eq!(drawing.spots.len(), 2);
    }
    let drawing = figure.drawing(640.0).unwrap();
    assert!(
        drawing.spots[1].text.starts_with("Alan, Ada, a thread with")
            && drawing.spots[1].text.ends_with(": 6 of 20 runs")
    );
    assert!(drawing.markup.contains(">and 2 more in 2 runs (10%)<"), "{}", drawing.markup);
}

#[test]
fn no_arrow_passes_through_another_node() {
    for width in WIDTHS {
        let drawing = samples::guarded().drawing(width).unwrap();
        let node = |name: &str| drawing.spots.iter().find(|spot| spot.text.starts_with(name)).unwrap().clone();
        let over = drawing.spots.iter().find(|spot| spot.text.starts_with("thread 1 → counter")).unwrap();
        let lock = node("lock: mutex");
        assert!(lock.distance(over.x + over.width / 2.0, over.y + over.height / 2.0) > 0.0, "at {width}");
    }
}

#[test]
fn a_file_stands_by_itself() {
    for figure in samples::all() {
        for width in WIDTHS {
            let file = figure.svg(width);
            let document = Document::parse(&file).unwrap_or_else(|error| panic!("{error}: {file}"));
            let root = document.root_element();
            assert!(root.attribute("aria-labelledby").is_some() && number(root, "width") >= width.min(320.0));
            assert!(
                document
                    .descendants()
                    .any(|node| node.has_tag_name("desc") && node.text().is_some_and(|text| !text.is_empty()))
            );
        }
    }
    let drawing = samples::memory().drawing(640.0).unwrap();
    assert!(
        !drawing.markup.contains("style=") && !drawing.markup.contains("id="),
        "the page allows no styles, and has ids of its own"
    );
}

#[test]
fn a_figure_without_anything_measured_is_drawn() {
    for mut figure in samples::all() {
        match &mut figure.body {
            Body::Chart(chart) => chart.series.iter_mut().for_each(|series| series.points.clear()),
            Body::Table(table) => table.rows.clear(),
            Body::Graph(graph) => graph.nodes.clear(),
            Body::Strips(strips) => strips.strips.clear(),
            Body::Console(console) => console.lines.clear(),
            Body::Board(board) => board.panes.clear(),
            Body::Timeline(timeline) => timeline.runs.clear(),
        }
        assert!(Document::parse(&figure.svg(640.0)).is_ok());
        assert!(!figure.text(80).is_empty() && figure.csv().lines().count() == 1);
    }
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![8 => (-3.0..12.0_f64).prop_map(|exponent| 10_f64.powf(exponent)), 1 => any::<f64>(), 1 => Just(0.0), 1 => Just(-5.0), 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,12}", "[A-Z][a-z ]{10,60}", "[<&>\"'\u{1}\u{fffe}]{1,5}"]
}

fn chart() -> impl Strategy<Value = Chart> {
    let unit = || prop::sample::select(vec![Unit::Count, Unit::Nanoseconds, Unit::Bytes, Unit::Times, Unit::Share]);
    let scale = || prop_oneof![Just(Scale::Linear), Just(Scale::Logarithmic)];
    let axis = move || (name(), unit(), scale()).prop_map(|(label, unit, scale)| Axis { label, unit, scale });
    let point = (value(), value(), 0.0..0.9_f64, 1.0..9.0_f64).prop_map(|(x, y, spread, outlier)| Point {
        x,
        y,
        spread: Spread {
            low: y * (1.0 - spread),
            high: y * (1.0 + spread),
            least: y * (1.0 - spread) / outlier,
            most: y * (1.0 + spread) * outlier,
        },
    });
    let series = (name(), prop::collection::vec(point, 0..12)).prop_map(|(name, points)| Series { name, points });
    let rule = prop_oneof![
        (value(), name()).prop_map(|(at, label)| Rule::X(at, label)),
        (value(), name()).prop_map(|(at, label)| Rule::Y(at, label)),
        name().prop_map(Rule::Diagonal),
    ];
    let marks = prop::sample::select(vec![Marks::Lines, Marks::Dots, Marks::Bars, Marks::Stacked]);
    let parts = (
        axis(),
        axis(),
        marks,
        prop::collection::vec(series, 0..5),
        prop::collection::vec(rule, 0..5),
        prop::collection::vec(name(), 1..6),
    );
    parts.prop_map(|(mut x, y, marks, mut series, rules, names)| {
        if matches!(marks, Marks::Bars | Marks::Stacked) {
            for series in &mut series {
                series.points.truncate(names.len());
                (0..).zip(&mut series.points).for_each(|(index, point)| point.x = f64::from(index));
            }
            x.scale = Scale::Names(names);
        }
        Chart { x, y, marks, series, rules }
    })
}

fn graph() -> impl Strategy<Value = Graph> {
    let kind = prop::sample::select(vec![NodeKind::Thread, NodeKind::Lock, NodeKind::Data, NodeKind::State]);
    let node = (name(), kind, prop::option::of(0_u32..3)).prop_map(|(label, kind, group)| Node { label, kind, group });
    let edge_kind = prop::sample::select(vec![EdgeKind::Holds, EdgeKind::WaitsFor, EdgeKind::Step]);
    let edge = (0_usize..8, 0_usize..8, "[a-z ]{0,10}", edge_kind).prop_map(|(from, to, label, kind)| Edge {
        from,
        to,
        label,
        kind,
    });
    let parts = (
        prop::collection::vec(node, 0..8),
        prop::collection::vec(edge, 0..8),
        prop::collection::vec(0_usize..10, 0..3),
        any::<bool>(),
    );
    parts.prop_map(|(mut nodes, edges, cycle, states)| {
        nodes.iter_mut().filter(|_| states).for_each(|node| node.kind = NodeKind::State);
        nodes
            .iter_mut()
            .filter(|node| !states && node.kind == NodeKind::State)
            .for_each(|node| node.kind = NodeKind::Thread);
        Graph { nodes, edges, cycle }
    })
}

proptest! {
    #[test]
    fn any_figure_is_drawn_readable_and_written(
        body in prop_oneof![chart().prop_map(Body::from), graph().prop_map(Body::from)], width in 320.0..1240.0_f64, columns in 0_usize..120,
    ) {
        let figure = Figure { id: "any".to_owned(), title: "Any".to_owned(), caption: String::new(), body };
        let drawing = figure.drawing(width).unwrap();
        prop_assert_eq!(unreadable(&drawing), Vec::<String>::new(), "{}", figure.svg(width));
        let markup = parsed(&drawing);
        let document = Document::parse(&markup).unwrap();
        let mut attributes = document.descendants().flat_map(|node| node.attributes());
        let wrong = attributes.find(|attribute| attribute.value().contains("NaN") || attribute.value().contains("inf"));
        prop_assert!(wrong.is_none(), "{:?}", wrong);
        prop_assert!(Document::parse(&figure.svg(width)).is_ok());
        prop_assert!(figure.text(columns).ends_with('\n') && figure.csv().ends_with('\n'));
        prop_assert!(figure.to_table().is_some());
    }
}
