//! One run's rows and where they are on its canvas.

use super::run_view::RunView;
use crate::handle::Handle;
use interleave_trace::layout::{Row, Window, rows, span_at};
use interleave_trace::{Lane, by_core};

/// What is drawn for one run, computed once for each change of it.
pub(super) struct Figure {
    /// The run it is of.
    pub(super) run: Handle<RunView>,
    /// Whether its rows are cores instead of threads.
    pub(super) by_core: bool,
    /// The rows, from top to bottom.
    pub(super) rows: Vec<Row>,
    /// A name for each row.
    pub(super) names: Vec<String>,
    /// Height of a row in pixels, its gap included.
    pub(super) pitch: f64,
    /// Height of the canvas in pixels.
    pub(super) height: f64,
    /// What its canvas shows now, so that it is redrawn only when that changes.
    pub(super) drawn: Option<Drawn>,
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
}

/// A span on a figure: the row's index and the span's index in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) row: usize,
    pub(super) span: usize,
}

impl Figure {
    pub(super) fn new(run: Handle<RunView>, by_core_view: bool) -> Figure {
        let (lanes, rows) = if by_core_view {
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
        let pitch = match count {
            ..=4 => 18.0,
            5..=16 => 14.0,
            17..=32 => 10.0,
            _ => 7.0,
        };
        Figure { run, by_core: by_core_view, rows, names, pitch, height: count as f64 * pitch + 2.0, drawn: None }
    }

    /// The span at a place on the canvas, whose bars start at `left` and are `width` wide.
    pub(super) fn at(&self, x: f64, y: f64, window: Window, left: f64, width: f64) -> Option<Spot> {
        let row = (y / self.pitch) as usize;
        let span = span_at(self.rows.get(row)?, window, width, x - left)?;
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
    use crate::timeline::RunPhase;
    use interleave_labs::{LABS, Values};
    use interleave_trace::{LaneKind, Span, State};

    fn figure() -> Figure {
        let lane = |id| Lane { id, name: format!("thread {id}"), kind: LaneKind::Thread };
        let span = |lane, start_us, end_us| Span { lane, task: lane, state: State::Run, start_us, end_us };
        let sheet = LABS[0].sheet();
        let one_core = &sheet.control("modes").unwrap().options()[2];
        let mut run = RunView::waiting(one_core, &Values::defaults(&sheet.controls));
        run.phase = RunPhase::Done;
        run.lanes = std::rc::Rc::new([lane(0), lane(1)]);
        run.spans = std::rc::Rc::new(vec![span(0, 0, 100), span(0, 200, 300), span(1, 100, 200)]);
        Figure::new(Handle::new(run), false)
    }

    #[test]
    fn arrows_lead_along_a_row_and_to_the_same_time_in_another() {
        let figure = figure();
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
        let figure = figure();
        assert_eq!(figure.height, 8.0 * 14.0 + 2.0);
        assert_eq!(Figure::new(figure.run.clone(), true).rows.len(), 1);
    }

    #[test]
    fn a_place_on_the_canvas_has_the_span_drawn_there() {
        let figure = figure();
        let at = |x, y| figure.at(x, y, Window::whole(300.0), 50.0, 300.0);
        assert_eq!(at(55.0, 3.0), Some(Spot { row: 0, span: 0 }));
        assert_eq!(at(200.0, 20.0), Some(Spot { row: 1, span: 0 }));
        assert_eq!(at(55.0, 90.0), None);
    }
}
