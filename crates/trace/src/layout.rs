//! From spans to bars: rows, the visible window, and the bars visible in it.
//!
//! ```text
//!  lane 0 │ ##..##....####     spans of a lane that overlap get a row for each task
//!  lane 1 │   ..##  ..##
//!         └─────────────────▶ window
//! ```

use crate::format::decade;
use crate::{Lane, Span, State};

/// The part of the time axis that is visible, in microseconds; it is never empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Window {
    /// Its left edge.
    pub start_us: f64,
    /// Its right edge.
    pub end_us: f64,
}

/// The shortest window, in microseconds.
const NARROWEST_US: f64 = 50.0;

impl Window {
    /// All of a run that took `whole_us`.
    #[must_use]
    pub fn whole(whole_us: f64) -> Window {
        Window { start_us: 0.0, end_us: whole_us.max(NARROWEST_US) }
    }

    /// Its length.
    #[must_use]
    pub fn len_us(&self) -> f64 {
        self.end_us - self.start_us
    }

    /// Where a time is, in pixels from the left of a row of `width` pixels.
    #[must_use]
    pub fn x(&self, at_us: f64, width: f64) -> f64 {
        (at_us - self.start_us) / self.len_us() * width
    }

    /// The time at `x` pixels from the left of a row of `width` pixels.
    #[must_use]
    pub fn time(&self, x: f64, width: f64) -> f64 {
        self.start_us + x / width * self.len_us()
    }

    /// `factor` times as long, with `at_us` where it was, within a run that took `whole_us`.
    #[must_use]
    pub fn zoomed(&self, at_us: f64, factor: f64, whole_us: f64) -> Window {
        let len = (self.len_us() * factor).clamp(NARROWEST_US, whole_us.max(NARROWEST_US));
        let left_part = (at_us - self.start_us) / self.len_us();
        Window { start_us: at_us - left_part * len, end_us: at_us + (1.0 - left_part) * len }.within(whole_us)
    }

    /// Moved to the right by `by_us`, within a run that took `whole_us`.
    #[must_use]
    pub fn panned(&self, by_us: f64, whole_us: f64) -> Window {
        Window { start_us: self.start_us + by_us, end_us: self.end_us + by_us }.within(whole_us)
    }

    fn within(self, whole_us: f64) -> Window {
        let len = self.len_us();
        let start_us = self.start_us.min(whole_us - len).max(0.0);
        Window { start_us, end_us: start_us + len }
    }
}

/// The axis's ticks: the multiples of 1, 2 or 5 · 10ⁿ µs in the window that are at least `spacing` pixels apart.
#[must_use]
pub fn ticks(window: Window, width: f64, spacing: f64) -> Vec<u64> {
    let least = (window.len_us() * spacing / width.max(1.0)).max(1.0);
    let decade = decade(least);
    let step = [1.0, 2.0, 5.0, 10.0].map(|factor| factor * decade).into_iter().find(|step| *step >= least * 0.999);
    let step = step.unwrap_or(decade * 10.0);
    let first = (window.start_us / step).ceil() as u64;
    let last = (window.end_us / step).floor() as u64;
    (first..=last).map(|multiple| (multiple as f64 * step).round() as u64).collect()
}

/// How rows fit into a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// One below the other.
    Lanes {
        /// From the top of one to the top of the next, in pixels.
        pitch: f64,
        /// How thick its bars are, in pixels.
        thickness: f64,
    },
    /// There are too many: what part of them is in which state.
    Density,
}

/// The largest distance from row to row, in pixels.
const WIDEST_PITCH: f64 = 18.0;
/// The smallest one at which rows can be told apart.
const NARROWEST_PITCH: f64 = 2.5;

/// How `lanes` rows fit into `height` pixels.
#[must_use]
pub fn look(lanes: usize, height: f64) -> Look {
    let pitch = (height / lanes.max(1) as f64).min(WIDEST_PITCH);
    let gap = match pitch {
        _ if pitch < NARROWEST_PITCH => return Look::Density,
        _ if pitch < 4.0 => 0.5,
        _ if pitch < 12.0 => 1.0,
        _ => 3.0,
    };
    Look::Lanes { pitch, thickness: pitch - gap }
}

/// A row of a timeline: a lane, or one task of a lane on which spans overlap.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The lane's id.
    pub lane: u32,
    /// The task, if the lane has a row for each.
    pub task: Option<u32>,
    /// Its spans in order; they do not overlap.
    pub spans: Vec<Span>,
}

/// The rows of a run, in order of its lanes. Every lane has at least one.
#[must_use]
pub fn rows(lanes: &[Lane], spans: &[Span]) -> Vec<Row> {
    let mut sorted = spans.to_vec();
    sorted.sort_by_key(|span| (span.lane, span.start_us, span.end_us));
    let mut rows = Vec::new();
    for lane in lanes {
        let from = sorted.partition_point(|span| span.lane < lane.id);
        let to = sorted.partition_point(|span| span.lane <= lane.id);
        let spans = &sorted[from..to];
        if spans.windows(2).any(|pair| pair[1].start_us < pair[0].end_us) {
            let mut tasks: Vec<u32> = spans.iter().map(|span| span.task).collect();
            tasks.sort_unstable();
            tasks.dedup();
            rows.extend(tasks.into_iter().map(|task| {
                let spans = spans.iter().filter(|span| span.task == task).copied().collect();
                Row { lane: lane.id, task: Some(task), spans }
            }));
        } else {
            rows.push(Row { lane: lane.id, task: None, spans: spans.to_vec() });
        }
    }
    rows
}

/// A bar: a span in the window, or several spans too short to be told apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Left edge in pixels.
    pub x0: f64,
    /// Right edge in pixels.
    pub x1: f64,
    /// The span's state; for several spans, the one that fills most of the bar.
    pub state: State,
    /// The span's task; for several, one that is in that state.
    pub task: u32,
}

/// Puts the bars of `row` into `bars`: the part up to `until_us` that is in the window, drawn `width` pixels wide.
///
/// Spans that start and end within one pixel column become one bar as wide as the column, in the state that fills most
/// of it. Bars are within `0..=width`, in order, and do not overlap.
pub fn bars(row: &Row, window: Window, width: f64, until_us: f64, bars: &mut Vec<Bar>) {
    bars.clear();
    let first = row.spans.partition_point(|span| (span.end_us as f64) < window.start_us);
    let until_us = until_us.min(window.end_us);
    let mut column = Column::default();
    for span in &row.spans[first..] {
        if span.start_us as f64 > until_us {
            break;
        }
        let x0 = window.x(span.start_us as f64, width).max(0.0);
        let x1 = window.x((span.end_us as f64).min(until_us), width).min(width);
        if x1.floor() <= x0.floor() {
            if column.at != Some(x0.floor()) {
                column.flush(width, bars);
                column.at = Some(x0.floor());
            }
            column.add(span.state, span.task, x1 - x0);
            continue;
        }
        column.flush(width, bars);
        // Spans merged into a column stay visible beside the span that follows.
        let x0 = bars.last().map_or(x0, |bar| bar.x1.max(x0));
        if x1 > x0 {
            bars.push(Bar { x0, x1, state: span.state, task: span.task });
        }
    }
    column.flush(width, bars);
}

/// A pixel column that several spans share.
#[derive(Default)]
struct Column {
    at: Option<f64>,
    /// For each state, how much of the column it fills, and a task in it.
    filled: [Option<(f64, u32)>; State::ALL.len()],
}

impl Column {
    fn add(&mut self, state: State, task: u32, len: f64) {
        let filled = &mut self.filled[state as usize];
        *filled = Some(filled.map_or((len, task), |(so_far, first)| (so_far + len, first)));
    }

    fn flush(&mut self, width: f64, bars: &mut Vec<Bar>) {
        let Some(at) = self.at.take() else { return };
        let filled = std::mem::take(&mut self.filled);
        let most =
            filled.iter().zip(State::ALL).filter_map(|(filled, state)| filled.map(|(len, task)| (len, task, state)));
        // If states fill it equally, the first in the legend's order.
        let most = most.reduce(|best, next| if next.0 > best.0 { next } else { best });
        let x0 = bars.last().map_or(at, |bar| bar.x1.max(at)).min(width);
        let x1 = (at + 1.0).min(width);
        if let Some((_, task, state)) = most
            && x1 > x0
        {
            bars.push(Bar { x0, x1, state, task });
        }
    }
}

/// Puts into `columns` for each of `width` pixel columns of the window which part of `rows` is in each state, in the order of
/// [`State::ALL`]: of a column that a span covers in part, that part. Only spans up to `until_us` count. A column's parts add up to 1 at
/// most, but for rounding.
pub fn density(rows: &[Row], window: Window, width: usize, until_us: f64, columns: &mut Vec<[f32; State::ALL.len()]>) {
    columns.clear();
    columns.resize(width, [0.0; State::ALL.len()]);
    let share = 1.0 / rows.len().max(1) as f32;
    let scale = width as f64 / window.len_us();
    let until_us = until_us.min(window.end_us);
    for row in rows {
        let first = row.spans.partition_point(|span| (span.end_us as f64) < window.start_us);
        // Most spans begin in the column in which the one before ended: there are far more of them than columns.
        let (mut column, mut right) = (0, 1.0);
        for span in &row.spans[first..] {
            let start_us = (span.start_us as f64).max(window.start_us);
            if start_us > until_us {
                break;
            }
            let mut from = (start_us - window.start_us) * scale;
            let to = ((span.end_us as f64).min(until_us) - window.start_us) * scale;
            if from >= right {
                column = from as usize;
                right = column as f64 + 1.0;
            }
            while from < to
                && let Some(parts) = columns.get_mut(column)
            {
                let end = to.min(right);
                parts[span.state as usize] += (end - from) as f32 * share;
                from = end;
                if end >= right {
                    column += 1;
                    right += 1.0;
                }
            }
        }
    }
}

/// The index in `row.spans` of the span at `x` pixels, or of the nearest within 3 pixels.
#[must_use]
pub fn span_at(row: &Row, window: Window, width: f64, x: f64) -> Option<usize> {
    const REACH: f64 = 3.0;
    let at = window.time(x, width);
    let next = row.spans.partition_point(|span| (span.end_us as f64) < at);
    let distance = |index: &usize| {
        let span = &row.spans[*index];
        let (x0, x1) = (window.x(span.start_us as f64, width), window.x(span.end_us as f64, width));
        (x0 - x).max(x - x1).max(0.0)
    };
    let candidates = [next.checked_sub(1), (next < row.spans.len()).then_some(next)];
    let nearest = candidates.into_iter().flatten().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
    (distance(&nearest) <= REACH).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LaneKind;
    use proptest::prelude::*;

    fn row(spans: &[(u64, u64)]) -> Row {
        let span = |&(start_us, end_us): &(u64, u64)| Span { lane: 0, task: 0, state: State::Run, start_us, end_us };
        Row { lane: 0, task: None, spans: spans.iter().map(span).collect() }
    }

    #[test]
    fn zooming_keeps_the_time_under_the_pointer_and_stays_in_the_run() {
        let whole = Window::whole(1000.0);
        let near = whole.zoomed(250.0, 0.5, 1000.0);
        assert_eq!(near, Window { start_us: 125.0, end_us: 625.0 });
        assert_eq!(near.zoomed(250.0, 100.0, 1000.0), whole);
        assert_eq!(whole.zoomed(500.0, 1e-9, 1000.0).len_us(), NARROWEST_US);
        assert_eq!(near.panned(-500.0, 1000.0).start_us, 0.0);
        assert_eq!(near.panned(5000.0, 1000.0), Window { start_us: 500.0, end_us: 1000.0 });
        assert_eq!(near.time(near.x(333.0, 80.0), 80.0).round(), 333.0);
    }

    #[test]
    fn ticks_are_round_and_apart() {
        assert_eq!(ticks(Window::whole(1000.0), 500.0, 100.0), [0, 200, 400, 600, 800, 1000]);
        let window = Window { start_us: 1_234_567.0, end_us: 1_334_567.0 };
        assert_eq!(ticks(window, 300.0, 100.0), [1_250_000, 1_300_000]);
    }

    #[test]
    fn spans_that_overlap_get_a_row_for_each_task() {
        let lanes = [0, 1].map(|id| Lane { id, name: String::new(), kind: LaneKind::Main });
        let span = |lane, task, start_us, end_us| Span { lane, task, state: State::Sleep, start_us, end_us };
        let rows = rows(&lanes, &[span(0, 1, 0, 10), span(0, 0, 0, 10), span(0, 1, 10, 20)]);
        let shape: Vec<_> = rows.iter().map(|row| (row.lane, row.task, row.spans.len())).collect();
        assert_eq!(shape, [(0, Some(0), 1), (0, Some(1), 2), (1, None, 0)]);
    }

    #[test]
    fn the_span_under_the_pointer_is_found_or_the_nearest() {
        let row = row(&[(0, 100), (200, 300)]);
        let at = |x| span_at(&row, Window::whole(1000.0), 100.0, x);
        assert_eq!(
            [at(5.0), at(12.0), at(15.0), at(18.0), at(25.0), at(60.0)],
            [Some(0), Some(0), None, Some(1), Some(1), None]
        );
    }

    #[test]
    fn lanes_get_thin_and_then_merge() {
        let lanes = |pitch, thickness| Look::Lanes { pitch, thickness };
        let looks = [1, 3, 4, 8, 14, 20, 22, 23, 64].map(|count| look(count, 55.0));
        let expected = [
            lanes(18.0, 15.0),
            lanes(18.0, 15.0),
            lanes(13.75, 10.75),
            lanes(6.875, 5.875),
            lanes(55.0 / 14.0, 55.0 / 14.0 - 0.5),
            lanes(2.75, 2.25),
            lanes(2.5, 2.0),
            Look::Density,
            Look::Density,
        ];
        assert_eq!(looks, expected);
        assert_eq!([look(0, 40.0), look(8, 0.0)], [lanes(18.0, 15.0), Look::Density]);
    }

    /// Rows from a drawing: a line for each, a character for each 10 µs.
    fn drawn(grid: &[&str]) -> Vec<Row> {
        let span = |(letter, at): (char, u64)| {
            let state = State::ALL["#./w+m".find(letter)?];
            Some(Span { lane: 0, task: 0, state, start_us: at * 10, end_us: at * 10 + 10 })
        };
        let row = |line: &&str| Row { lane: 0, task: None, spans: line.chars().zip(0..).filter_map(span).collect() };
        grid.iter().map(row).collect()
    }

    /// For each state of the drawing, a line with the percentage of the rows that is in it, column by column.
    fn shares(rows: &[Row], window: Window, width: usize, until_us: f64) -> Vec<String> {
        let mut columns = vec![[7.0; 6]; 3];
        density(rows, window, width, until_us, &mut columns);
        let of = |state: usize| columns.iter().map(move |column| format!("{:>4}", (column[state] * 100.0).round()));
        let lines = (0..6).map(|state| format!("{} {}", &"#./w+m"[state..=state], of(state).collect::<String>()));
        lines.filter(|line| line.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9'])).collect()
    }

    #[test]
    fn density_is_the_part_of_the_rows_in_each_state() {
        let rows = drawn(&[
            "++..##  ", //
            " +..//##", "....    ", "m...####",
        ]);
        let whole = Window { start_us: 0.0, end_us: 80.0 };
        let expected = [
            "#    0   0   0   0  50  50  50  50",
            ".   25  50 100 100   0   0   0   0",
            "/    0   0   0   0  25  25   0   0",
            "+   25  50   0   0   0   0   0   0",
            "m   25   0   0   0   0   0   0   0",
        ];
        assert_eq!(shares(&rows, whole, 8, f64::INFINITY), expected);
        // Half as wide: a column has the mean of two. Half of the window: a column has half of one.
        let expected = [
            "#    0   0  50  50", //
            ".   38 100   0   0",
            "/    0   0  25   0",
            "+   38   0   0   0",
            "m   13   0   0   0",
        ];
        assert_eq!(shares(&rows, whole, 4, f64::INFINITY), expected);
        let expected = [
            "#    0   0  50  50", //
            ".  100 100   0   0",
            "/    0   0  25  25",
        ];
        assert_eq!(shares(&rows, Window { start_us: 30.0, end_us: 50.0 }, 4, f64::INFINITY), expected);
        // Nothing after replay's clock.
        let expected = [
            ".   25  50 100  50", //
            "+   25  50   0   0",
            "m   25   0   0   0",
        ];
        assert_eq!(shares(&rows, Window { start_us: 0.0, end_us: 40.0 }, 4, 35.0), expected);
        assert_eq!(shares(&[], whole, 8, f64::INFINITY), [""; 0]);
        assert_eq!(shares(&rows, whole, 0, f64::INFINITY), [""; 0]);
    }

    proptest! {
        #[test]
        fn density_adds_up(
            lens in prop::collection::vec(prop::collection::vec((0_u64..900, 0_usize..6, 0_u64..200), 0..40), 1..9),
            from in 0.0..20_000.0_f64, len in 50.0..50_000.0_f64, width in 0_usize..200, until in 0.0..60_000.0_f64,
        ) {
            let row = |lens: &Vec<(u64, usize, u64)>| {
                let mut at = 0;
                let spans = lens.iter().map(|(len, state, gap)| {
                    let span = Span { lane: 0, task: 0, state: State::ALL[*state], start_us: at + gap, end_us: at + gap + len };
                    at = span.end_us;
                    span
                });
                Row { lane: 0, task: None, spans: spans.collect() }
            };
            let rows: Vec<Row> = lens.iter().map(row).collect();
            let window = Window { start_us: from, end_us: from + len };
            let mut columns = Vec::new();
            density(&rows, window, width, until, &mut columns);
            prop_assert_eq!(columns.len(), width);
            prop_assert!(columns.iter().all(|column| column.iter().all(|part| *part >= 0.0) && column.iter().sum::<f32>() < 1.000_01));
            // All together, they are as long as the spans in the window.
            for state in State::ALL {
                let drawn: f64 = columns.iter().map(|column| f64::from(column[state as usize])).sum();
                let spans = rows.iter().flat_map(|row| &row.spans).filter(|span| span.state == state);
                let visible = spans.map(|span| ((span.end_us as f64).min(until).min(window.end_us) - (span.start_us as f64).max(from)).max(0.0));
                let expected = visible.sum::<f64>() / len * width as f64 / rows.len() as f64;
                prop_assert!((drawn - expected).abs() < 1e-3, "{} {}", drawn, expected);
            }
        }

        #[test]
        fn bars_are_in_order_and_within_the_row(
            lens in prop::collection::vec((0_u64..2000, 0_usize..6, 0_u64..500), 0..200),
            from in 0.0..50_000.0_f64, len in 100.0..100_000.0_f64, width in 1.0..300.0_f64,
        ) {
            let mut at = 0;
            let spans: Vec<_> = lens.iter().map(|(len, state, gap)| {
                let span = Span { lane: 0, task: 0, state: State::ALL[*state], start_us: at + gap, end_us: at + gap + len };
                at = span.end_us;
                span
            }).collect();
            let row = Row { lane: 0, task: None, spans };
            let window = Window { start_us: from, end_us: from + len };
            let mut seen = Vec::new();
            bars(&row, window, width, f64::INFINITY, &mut seen);
            prop_assert!(seen.iter().all(|bar| 0.0 <= bar.x0 && bar.x0 < bar.x1 && bar.x1 <= width + 1e-9));
            prop_assert!(seen.windows(2).all(|pair| pair[0].x1 <= pair[1].x0 + 1e-9));
            // What is at least two pixels wide and wholly visible is seen, for all but the column it may share.
            for span in &row.spans {
                let (x0, x1) = (window.x(span.start_us as f64, width), window.x(span.end_us as f64, width));
                if x0 >= 0.0 && x1 <= width && x1 - x0 >= 2.0 {
                    let middle = (x0 + x1) / 2.0;
                    prop_assert!(seen.iter().any(|bar| bar.state == span.state && bar.x0 <= middle && middle <= bar.x1));
                }
            }
        }
    }
}
