//! A timeline as text, for the command line and for tests.

use crate::layout::{Row, Window, bars, rows};
use crate::{Lane, Span, State};

/// What the characters mean.
pub const LEGEND: &str = "# run  . sleep  / ready  w wait  + spawn  m message";

/// A line for each row: the lane's name (with the task's number, if the lane has a row per task), then `columns`
/// characters.
#[must_use]
pub fn text(lanes: &[Lane], spans: &[Span], window: Window, columns: usize) -> String {
    aligned(lanes, spans, window, columns, name_width(lanes, spans))
}

/// The length of the longest row name, in characters.
pub(crate) fn name_width(lanes: &[Lane], spans: &[Span]) -> usize {
    rows(lanes, spans).iter().map(|row| name(lanes, row).chars().count()).max().unwrap_or(0)
}

fn name(lanes: &[Lane], row: &Row) -> String {
    let name = lanes.iter().find(|lane| lane.id == row.lane).map_or("", |lane| &lane.name);
    row.task.map_or(name.to_owned(), |task| format!("{name} · task {task}"))
}

/// [`text`] with names of this width, so that several runs line up.
pub(crate) fn aligned(lanes: &[Lane], spans: &[Span], window: Window, columns: usize, name_width: usize) -> String {
    let rows = rows(lanes, spans);
    let mut text = String::new();
    let mut visible = Vec::new();
    for row in &rows {
        let name = name(lanes, row);
        bars(row, window, columns as f64, f64::INFINITY, &mut visible);
        let mut line = vec![' '; columns];
        for bar in &visible {
            // A character belongs to the bar that covers its middle; a bar too short for that still gets one of its own.
            let from = (bar.x0 + 0.5).floor().min(bar.x1.ceil() - 1.0) as usize;
            let to = ((bar.x1 + 0.5).floor() as usize).max(from + 1).min(columns);
            line[from.min(to)..to].fill(symbol(bar.state));
        }
        let line: String = line.into_iter().collect();
        text += &format!("{name:<name_width$} {}\n", line.trim_end());
    }
    text
}

fn symbol(state: State) -> char {
    match state {
        State::Run => '#',
        State::Sleep => '.',
        State::Ready => '/',
        State::Wait => 'w',
        State::Spawn => '+',
        State::Message => 'm',
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LaneKind;
    use crate::by_core::by_core;

    /// Spans from a drawing: a row for each lane, a character for each 100 µs; the task is the lane's number.
    fn drawn(grid: &[&str]) -> (Vec<Lane>, Vec<Span>) {
        let mut spans = Vec::new();
        for (line, lane) in grid.iter().zip(0..) {
            let mut at = 0;
            for run in line.as_bytes().chunk_by(|a, b| a == b) {
                let end = at + 100 * run.len() as u64;
                if let Some(state) = State::ALL.into_iter().find(|state| symbol(*state) == run[0] as char) {
                    spans.push(Span { lane, task: lane, state, start_us: at, end_us: end });
                }
                at = end;
            }
        }
        let lane = |id| Lane { id, name: format!("thread {id}"), kind: LaneKind::Thread };
        ((0..grid.len() as u32).map(lane).collect(), spans)
    }

    fn window(start_us: f64, end_us: f64) -> Window {
        Window { start_us, end_us }
    }

    #[test]
    fn what_is_drawn_is_what_is_seen() {
        let grid = ["++..####", "  ++..//##", ""];
        let (lanes, spans) = drawn(&grid);
        let seen = text(&lanes, &spans, window(0.0, 1000.0), 10);
        assert_eq!(seen, "thread 0 ++..####\nthread 1   ++..//##\nthread 2 \n");
    }

    #[test]
    fn zooming_in_shows_a_part_larger() {
        let (lanes, spans) = drawn(&["..##//##"]);
        assert_eq!(text(&lanes, &spans, window(100.0, 500.0), 8), "thread 0 ..####//\n");
    }

    #[test]
    fn what_is_too_short_is_merged_into_the_state_that_fills_most() {
        let (lanes, spans) = drawn(&["#/#/#/#//////###"]);
        assert_eq!(text(&lanes, &spans, window(0.0, 1600.0), 4), "thread 0 ##/#\n");
    }

    #[test]
    fn tasks_that_overlap_on_a_lane_have_a_row_each() {
        let (lanes, mut spans) = drawn(&["..##", "../##"]);
        spans.iter_mut().for_each(|span| span.lane = 0);
        let seen = text(&lanes[..1], &spans, window(0.0, 500.0), 5);
        assert_eq!(seen, "thread 0 · task 0 ..##\nthread 0 · task 1 ../##\n");
    }

    #[test]
    fn threads_on_one_core_pack_into_one_row() {
        let (_, spans) = drawn(&["##//##", "//##//##"]);
        let (cores, packed) = by_core(&spans);
        assert_eq!(text(&cores, &packed, window(0.0, 800.0), 8), "core 1 ########\n");
        assert_eq!(packed.iter().map(|span| span.task).collect::<Vec<_>>(), [0, 1, 0, 1]);
    }

    #[test]
    fn threads_at_the_same_time_pack_into_as_many_rows() {
        let (_, spans) = drawn(&["####", "  ####", "    ##"]);
        let (cores, packed) = by_core(&spans);
        assert_eq!(text(&cores, &packed, window(0.0, 600.0), 6), "core 1 ######\ncore 2   ####\n");
    }
}
