//! Rendered figures: whole on every page, and the same at every width.

use crate::drawing::unreadable;
use crate::samples;
use interleave_trace::figure::*;

/// Pages from small phones to the widest, in pixels.
fn rooms() -> impl Iterator<Item = f64> {
    (288..=1152).step_by(4).map(f64::from)
}

fn drawn() -> Vec<(String, Drawn)> {
    let figures = samples::all().into_iter().map(Figure::rendered);
    let drawn = figures.filter_map(|figure| match figure.view {
        View::Chart(drawn) | View::Graph(drawn) => Some((figure.id, drawn)),
        _ => None,
    });
    drawn.collect()
}

#[test]
fn on_every_page_a_drawing_fits_and_its_text_is_as_large_as_other_text() {
    let all = drawn();
    assert!(all.len() > 6);
    for (id, drawn) in all {
        for room in rooms() {
            let (drawing, scale) = drawn.fitting(room).unwrap();
            let shown = drawing.width * scale;
            assert!((0.85..1.26).contains(&scale), "{id} at {room}: {scale}");
            // On phones from 360 pixels on, and everywhere else.
            assert!(room < 328.0 || scale >= 11.0 / 12.0 || shown > room, "{id} at {room}: {scale}");
            assert!(shown >= room - 0.01, "{id} at {room} leaves room: {shown}");
        }
    }
    for (id, drawn) in drawn().into_iter().filter(|(id, _)| *id == samples::memory().id) {
        assert!(
            rooms()
                .all(|room| drawn.fitting(room).is_some_and(|(drawing, scale)| drawing.width * scale <= room + 0.01)),
            "{id}"
        );
    }
}

#[test]
fn all_drawings_of_a_figure_can_be_read_and_tell_the_same() {
    for (id, drawn) in drawn() {
        let told = |drawing: &Drawing| drawing.spots.iter().map(|spot| spot.text.clone()).collect::<Vec<_>>();
        let (first, _) = drawn.fitting(330.0).unwrap();
        assert!(!first.spots.is_empty(), "{id}");
        for room in rooms() {
            let (drawing, scale) = drawn.fitting(room).unwrap();
            assert_eq!(unreadable(drawing), Vec::<String>::new(), "{id} at {room}");
            assert_eq!(told(drawing), told(first), "{id} at {room}");
            for spot in &drawing.spots {
                let [left, top, right, bottom] = spot.scaled(scale);
                assert!(left > -20.0 && right < drawing.width * scale + 20.0, "{id} at {room}: {spot:?}");
                assert!(top > -20.0 && bottom < drawing.height * scale + 20.0, "{id} at {room}: {spot:?}");
                assert!(left <= right && top <= bottom, "{id} at {room}: {spot:?}");
            }
        }
    }
}

/// The table as a grid, with a bar as its length in per cent.
fn grid(table: &WrittenTable) -> String {
    let cell = |cell: &WrittenCell| match cell {
        WrittenCell::Text(text) | WrittenCell::Press { text, .. } => text.clone(),
        WrittenCell::Value { text, spread, bar } => {
            let long =
                bar.split("width=\"").nth(2).map_or(String::new(), |long| long[..long.find('"').unwrap()].to_owned());
            [text, spread, &long].map(String::as_str).join(" ").trim().to_owned()
        }
    };
    let rows = table
        .rows
        .iter()
        .map(|row| [row.name.clone()].into_iter().chain(row.cells.iter().map(cell)).collect::<Vec<_>>().join(" | "));
    [table.heads.join(" | ")].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_table_is_written_with_its_bars() {
    let View::Table(table) = samples::comparison().rendered().view else { panic!("a table") };
    let wanted = [
        "Property | Thread | Process | Factor",
        "Time to create | 62.0 µs 55.8–77.5 µs 53.3% | 1.23 ms 1.11–1.54 ms 80.7% | 20× 18–25×",
        "Time to switch | 4.10 µs 3.69–5.12 µs 28.4% | 11.9 µs 10.7–14.9 µs 38.1% | 2.9× 2.6–3.6×",
        "Time to send 16 MB | 310 ns 279–388 ns 4.7% | 5.40 ms 4.86–6.75 ms 94.2% | 17,400× 15,700–21,800×",
        "Memory for each | 1.06 MB 979 kB–1.33 MB 9.2% | 4.5 MB 4.05–5.62 MB 84.6% | 4.2× 3.8–5.2×",
        "A global is set by one | the others see it | the others do not see it | –",
    ];
    assert_eq!(grid(&table), wanted.join("\n"));
}

#[test]
fn a_drawings_values_are_in_its_table() {
    let View::Chart(lost) = samples::lost().rendered().view else { panic!("a chart") };
    assert_eq!(grid(&lost.table), " | counted | lost\n | 1,237,604 | 762,396");
}

#[test]
fn runs_and_printed_lines_stay_what_they_are() {
    for figure in samples::all() {
        let (body, rendered) = (figure.body.clone(), figure.clone().rendered());
        assert_eq!((&rendered.id, &rendered.title, &rendered.caption), (&figure.id, &figure.title, &figure.caption));
        match (body, rendered.view) {
            (Body::Timeline(was), View::Timeline(is)) => assert_eq!(was, is),
            (Body::Console(was), View::Console(is)) => assert_eq!(was, is),
            (Body::Chart(_) | Body::Strips(_), View::Chart(_)) => {}
            (Body::Graph(_), View::Graph(_)) | (Body::Table(_), View::Table(_)) => {}
            other => panic!("{other:?}"),
        }
    }
}
