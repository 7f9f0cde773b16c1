//! One run's rows and where they are on its canvas.

use super::run_view::{RunPhase, RunView};
use crate::handle::Handle;
use interleave_trace::layout::{Look, Row, Window, look, rows, span_at};
use interleave_trace::stats::responses;
use interleave_trace::{Lane, by_core};

/// How high a row of the comparison is, in pixels, on a page of each [`Room`].
const ROW_HEIGHT: [f64; 3] = [54.0, 42.0, 36.0];
/// How high it is if it has one lane, or if it is not to run.
const LOW_ROW_HEIGHT: f64 = 18.0;
/// Below the lanes of an opened row: a dot for each task, where it ended.
pub(super) const ENDS_HEIGHT: f64 = 16.0;

/// What is drawn for one run, computed once for each change of it.
pub(super) struct Figure {
    /// The run it is of.
    pub(super) run: Handle<RunView>,
    /// How it is shown.
    pub(super) shape: Shape,
    /// The rows, from top to bottom.
    pub(super) rows: Vec<Row>,
    /// A name for each row.
    pub(super) names: Vec<String>,
    /// How the rows fit into the height.
    pub(super) look: Look,
    /// Height of the canvas in pixels.
    pub(super) height: f64,
    /// Where the bars begin, in pixels from the canvas's left: names stand there.
    pub(super) left: f64,
    /// When each task ended, in an opened row.
    pub(super) ends_us: Vec<u64>,
    /// What its canvas shows now, so that it is redrawn only when that changes.
    pub(super) drawn: Option<Drawn>,
}

/// How a figure is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shape {
    /// With its lanes' names, each as high as it takes to read them.
    pub(super) open: bool,
    /// With cores for rows instead of threads.
    pub(super) by_core: bool,
    pub(super) room: Room,
}

/// How wide the page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Room {
    #[default]
    Wide,
    /// As in a post.
    Medium,
    /// As on a phone.
    Narrow,
}

impl Room {
    /// Of the page as it is now. The style sheet has the same limits.
    pub(super) fn now() -> Room {
        let width = web_sys::window().and_then(|window| window.inner_width().ok()?.as_f64());
        match width.unwrap_or(f64::INFINITY) {
            // As while the page is not shown.
            ..=1.0 => Room::Wide,
            ..=560.0 => Room::Narrow,
            ..=760.0 => Room::Medium,
            _ => Room::Wide,
        }
    }
}

/// Everything that a figure's drawing depends on besides its run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Drawn {
    pub(super) window: Window,
    pub(super) left: f64,
    pub(super) width: f64,
    pub(super) clock_us: Option<f64>,
    pub(super) marked: Option<Spot>,
    /// Counts palettes.
    pub(super) palette: u32,
    /// Counts what has been lit up.
    pub(super) lit: u32,
}

/// A span on a figure: the row's index and the span's index in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) span: usize,
}

impl Figure {
    pub(super) fn new(run: Handle<RunView>, shape: Shape) -> Figure {
        let (lanes, rows) = if shape.by_core {
            let (lanes, spans) = by_core(&run.spans);
            let rows = rows(&lanes, &spans);
            (lanes, rows)
        } else if run.open.is_empty() {
            (run.lanes.to_vec(), rows(&run.lanes, &run.spans))
        } else {
            let spans: Vec<_> = run.spans.iter().chain(&run.open).copied().collect();
            (run.lanes.to_vec(), rows(&run.lanes, &spans))
        };
        let names = rows.iter().map(|row| name(row, &lanes)).collect();
        let count = rows.len().max(run.expected_rows as usize).max(1);
        let (look, height) = if shape.open && run.phase != RunPhase::Off {
            let pitch = match count {
                ..=4 => 18.0,
                5..=16 => 14.0,
                17..=32 => 10.0,
                _ => 7.0,
            };
            let height = count as f64 * pitch;
            (look(count, height), height + ENDS_HEIGHT)
        } else {
            let low = count == 1 || run.phase == RunPhase::Off;
            let height = if low { LOW_ROW_HEIGHT } else { ROW_HEIGHT[shape.room as usize] };
            (look(count, height), height)
        };
        let ends_us = if shape.open && run.of_tasks { responses(&run.spans).times_us } else { vec![] };
        Figure { run, shape, rows, names, look, height, left: 0.0, ends_us, drawn: None }
    }

    /// The top of a row and how thick its bars are, in pixels; nothing if rows are not drawn one by one.
    pub(super) fn place(&self, row: usize) -> Option<(f64, f64)> {
        match self.look {
            Look::Lanes { pitch, thickness } => Some((row as f64 * pitch + (pitch - thickness) / 2.0, thickness)),
            Look::Density => None,
        }
    }

    /// The span at a place on the canvas, whose bars are `width` wide.
    pub(super) fn at(&self, x: f64, y: f64, window: Window, width: f64) -> Option<Spot> {
        let Look::Lanes { pitch, .. } = self.look else { return None };
        let row = (y / pitch) as usize;
        let span = span_at(self.rows.get(row)?, window, width, x - self.left)?;
        Some(Spot { row, span })
    }

    /// The span that an arrow key leads to from `from`: along the row, or at the same time in another row.
    pub(super) fn step(&self, from: Option<Spot>, key: &str) -> Option<Spot> {
        let first_row = (0..self.rows.len()).find(|row| !self.rows[*row].spans.is_empty())?;
        let Some(Spot { row, span }) =
            from.filter(|spot| self.rows.get(spot.row).is_some_and(|r| spot.span < r.spans.len()))
        else {
            return Some(Spot { row: first_row, span: 0 });
        };
        let last = self.rows[row].spans.len() - 1;
        let start_us = self.rows[row].spans[span].start_us;
        let other_row = |row: usize| {
            let at = self.rows.get(row)?.spans.partition_point(|other| other.end_us <= start_us);
            let count = self.rows[row].spans.len();
            (count > 0).then(|| Spot { row, span: at.min(count - 1) })
        };
        let to = match key {
            "ArrowRight" => Some(Spot { row, span: (span + 1).min(last) }),
            "ArrowLeft" => Some(Spot { row, span: span.saturating_sub(1) }),
            "ArrowDown" => (row + 1..self.rows.len()).find_map(other_row),
            "ArrowUp" => (0..row).rev().find_map(other_row),
            "Home" => Some(Spot { row, span: 0 }),
            "End" => Some(Spot { row, span: last }),
            _ => None,
        };
        to.or(from)
    }
}

fn name(row: &Row, lanes: &[Lane]) -> String {
    match row.task {
        Some(task) => format!("task {task}"),
        None => lanes.iter().find(|lane| lane.id == row.lane).map_or_else(String::new, |lane| lane.name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_labs::{LABS, Values};
    use interleave_trace::{LaneKind, Span, State};

    const OPEN: Shape = Shape { open: true, by_core: false, room: Room::Wide };

    fn figure(shape: Shape) -> Figure {
        let lane = |id| Lane { id, name: format!("thread {id}"), kind: LaneKind::Thread };
        let span = |lane, start_us, end_us| Span { lane, task: lane, state: State::Run, start_us, end_us };
        let sheet = LABS[0].sheet();
        let one_core = &sheet.control("modes").unwrap().options()[2];
        let mut run = RunView::of(one_core, &Values::defaults(&sheet.controls), RunPhase::Done);

        run.lanes = std::rc::Rc::new([lane(0), lane(1)]);
        run.spans = std::rc::Rc::new(vec![span(0, 0, 100), span(0, 200, 300), span(1, 100, 200)]);
        Figure::new(Handle::new(run), shape)
    }

    #[test]
    fn arrows_lead_along_a_row_and_to_the_same_time_in_another() {
        let figure = figure(OPEN);
        let keys = ["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "Home", "ArrowUp", "x"];
        let mut at = None;
        let path: Vec<_> = keys
            .iter()
            .map(|key| {
                at = figure.step(at, key);
                at.map(|spot| (spot.row, spot.span)).unwrap()
            })
            .collect();
        assert_eq!(path, [(0, 0), (0, 1), (0, 1), (1, 0), (0, 1), (0, 0), (0, 0), (0, 0)]);
    }

    #[test]
    fn room_is_kept_for_rows_to_come_and_cores_are_packed() {
        let figure = figure(OPEN);
        assert_eq!(figure.height, 8.0 * 14.0 + ENDS_HEIGHT);
        assert_eq!(Figure::new(figure.run.clone(), Shape { by_core: true, ..OPEN }).rows.len(), 1);
    }

    #[test]
    fn a_row_is_as_high_for_many_lanes_as_for_few_unless_it_is_open() {
        let heights = |tasks: &str| {
            let sheet = LABS[0].sheet();
            let values = Values::from_query(&sheet.controls, &format!("tasks={tasks}")).0;
            let options = sheet.control("modes").unwrap().options();
            let row = |slug: &str, phase, shape| {
                let option = options.iter().find(|option| option.slug == slug).unwrap();
                Figure::new(Handle::new(RunView::of(option, &values, phase)), shape).height
            };
            let narrow = Shape { room: Room::Narrow, ..Shape::default() };
            [
                row("sequential", RunPhase::Waiting, Shape::default()),
                row("threads", RunPhase::Waiting, Shape::default()),
                row("threads", RunPhase::Waiting, narrow),
                row("threads", RunPhase::Off, OPEN),
                row("threads", RunPhase::Waiting, OPEN),
            ]
        };
        assert_eq!(heights("2"), [18.0, 54.0, 36.0, 18.0, 2.0 * 18.0 + ENDS_HEIGHT]);
        assert_eq!(heights("64"), [18.0, 54.0, 36.0, 18.0, 64.0 * 7.0 + ENDS_HEIGHT]);
    }

    #[test]
    fn a_place_on_the_canvas_has_the_span_drawn_there() {
        let figure = figure(OPEN);
        let figure = Figure { left: 50.0, ..figure };
        let at = |x, y| figure.at(x, y, Window::whole(300.0), 300.0);
        assert_eq!(at(55.0, 3.0), Some(Spot { row: 0, span: 0 }));
        assert_eq!(at(200.0, 20.0), Some(Spot { row: 1, span: 0 }));
        assert_eq!(at(55.0, 90.0), None);
    }
}
