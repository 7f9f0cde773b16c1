//! The figures of each lab's recorded run, as the page gets them.

use interleave_labs::LABS;
use interleave_labs::message::{from_bytes, to_bytes};
use interleave_labs::sheet::Blank;
use interleave_trace::figure::{Rendered, View};

fn recorded(slug: &str) -> Vec<Rendered> {
    let lab = interleave_labs::lab(slug).unwrap();
    let file = format!("{}/../../static/recorded/{slug}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let report = lab.explain(&text).unwrap().rendered();
    assert_eq!(from_bytes(&to_bytes(&report)), Ok(report.clone()));
    report.figures
}

#[test]
fn each_figure_of_each_lab_is_drawn_for_every_page() {
    for lab in LABS {
        let (figures, blanks) = (recorded(lab.slug), lab.sheet().blanks);
        assert_eq!(figures.len(), blanks.len(), "{}", lab.slug);
        for (figure, blank) in figures.into_iter().zip(blanks) {
            let name = format!("{} {}", lab.slug, figure.id);
            assert_eq!(matches!(figure.view, View::Timeline(_)), matches!(blank, Blank::Timeline(_)), "{name}");
            match figure.view {
                View::Chart(drawn) | View::Graph(drawn) => {
                    for room in (288..=1152).step_by(8) {
                        let (drawing, scale) = drawn.fitting(f64::from(room)).unwrap();
                        assert!((0.85..1.26).contains(&scale), "{name} at {room}: {scale}");
                        assert!(!drawing.spots.is_empty() && drawing.markup.contains("<text"), "{name} at {room}");
                        for spot in &drawing.spots {
                            let [left, top, right, bottom] = spot.scaled(1.0);
                            let within = left > -20.0 && top > -20.0;
                            assert!(
                                within && right < drawing.width + 20.0 && bottom < drawing.height + 20.0,
                                "{name} at {room}: {spot:?}"
                            );
                        }
                    }
                    assert!(
                        drawn.table.rows.iter().all(|row| row.cells.len() + 1 == drawn.table.heads.len()),
                        "{name}"
                    );
                }
                View::Table(table) => {
                    assert!(!table.rows.is_empty(), "{name}");
                    assert!(table.rows.iter().all(|row| row.cells.len() + 1 == table.heads.len()), "{name}");
                }
                View::Timeline(timeline) => assert!(!timeline.runs.is_empty(), "{name}"),
                View::Board(board) => assert!(!board.buttons.is_empty() && board.panes.contains("<td"), "{name}"),
                View::Console(_) => {}
            }
        }
    }
}
