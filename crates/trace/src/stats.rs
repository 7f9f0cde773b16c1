//! A trace summed up.

use crate::{Span, State};

/// How long one task was in which state, in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskTimes {
    /// The task's number.
    pub task: u32,
    /// The lane of its last span.
    pub lane: u32,
    /// Start of its first span.
    pub start_us: u64,
    /// End of its last span.
    pub end_us: u64,
    /// Computing.
    pub run_us: u64,
    /// Asleep.
    pub sleep_us: u64,
    /// Ready, waiting for its turn.
    pub ready_us: u64,
    /// Starting, sending and receiving, waiting for others.
    pub other_us: u64,
    /// How many spans it has.
    pub spans: usize,
}

/// The times of each task that has a span, in order of their numbers.
#[must_use]
pub fn task_times(spans: &[Span]) -> Vec<TaskTimes> {
    let mut times: Vec<TaskTimes> = Vec::new();
    for span in spans {
        let at = times.binary_search_by_key(&span.task, |times| times.task).unwrap_or_else(|at| {
            times.insert(at, TaskTimes { task: span.task, start_us: u64::MAX, ..TaskTimes::default() });
            at
        });
        let times = &mut times[at];
        if span.end_us >= times.end_us {
            times.lane = span.lane;
        }
        times.start_us = times.start_us.min(span.start_us);
        times.end_us = times.end_us.max(span.end_us);
        *match span.state {
            State::Run => &mut times.run_us,
            State::Sleep => &mut times.sleep_us,
            State::Ready => &mut times.ready_us,
            State::Wait | State::Spawn | State::Message => &mut times.other_us,
        } += span.len_us();
        times.spans += 1;
    }
    times
}

/// The most spans in `state` that go on at one moment.
#[must_use]
pub fn most_at_once(spans: &[Span], state: State) -> usize {
    let of_state = spans.iter().filter(|span| span.state == state && span.end_us > span.start_us);
    let mut edges: Vec<(u64, i32)> = of_state.flat_map(|span| [(span.start_us, 1), (span.end_us, -1)]).collect();
    // Ends before starts: a span that begins when another ends does not overlap it.
    edges.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, change) in edges {
        now += change;
        most = most.max(now);
    }
    most as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(task: u32, state: State, start_us: u64, end_us: u64) -> Span {
        Span { lane: task, task, state, start_us, end_us }
    }

    #[test]
    fn times_are_summed_by_task_and_state() {
        let spans = [
            span(1, State::Spawn, 5, 10),
            span(1, State::Sleep, 10, 30),
            span(0, State::Run, 0, 7),
            span(1, State::Run, 30, 34),
            span(1, State::Run, 40, 41),
        ];
        let times = task_times(&spans);
        assert_eq!((times[0].task, times[0].run_us, times[0].end_us), (0, 7, 7));
        let one = TaskTimes {
            task: 1,
            lane: 1,
            start_us: 5,
            end_us: 41,
            run_us: 5,
            sleep_us: 20,
            ready_us: 0,
            other_us: 5,
            spans: 4,
        };
        assert_eq!(times[1..], [one]);
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        let spans = [span(0, State::Run, 0, 10), span(1, State::Run, 10, 20), span(2, State::Run, 15, 30)];
        assert_eq!(most_at_once(&spans, State::Run), 2);
        assert_eq!(most_at_once(&spans[..2], State::Run), 1);
        assert_eq!(most_at_once(&spans, State::Sleep), 0);
    }
}
