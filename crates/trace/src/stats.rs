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

/// How long all tasks together were in each state, in microseconds, in the order of [`State::ALL`].
#[must_use]
pub fn costs(spans: &[Span]) -> [u64; State::ALL.len()] {
    let mut costs = [0; State::ALL.len()];
    for span in spans {
        costs[span.state as usize] += span.len_us();
    }
    costs
}

/// How long the tasks of a run took, each from the run's start, when all of them are given, to the end of its last span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Responses {
    /// Each task's response time in microseconds, shortest first.
    pub times_us: Vec<u64>,
    /// The median of them; 0 without tasks.
    pub median_us: u64,
    /// The longest of them; 0 without tasks.
    pub last_us: u64,
    /// The median of what tasks waited: their response time less what they computed and slept.
    pub waited_us: u64,
}

/// The response times of the tasks that have a span.
#[must_use]
pub fn responses(spans: &[Span]) -> Responses {
    let tasks = task_times(spans);
    let mut times_us: Vec<u64> = tasks.iter().map(|task| task.end_us).collect();
    let waited = |task: &TaskTimes| task.end_us.saturating_sub(task.run_us + task.sleep_us);
    let mut waited_us: Vec<u64> = tasks.iter().map(waited).collect();
    let (median_us, waited_us) = (median(&mut times_us), median(&mut waited_us));
    Responses { last_us: times_us.last().copied().unwrap_or(0), median_us, waited_us, times_us }
}

/// Sorts the values, and returns the middle one or, of two, the mean; 0 if there are none.
fn median(values: &mut [u64]) -> u64 {
    values.sort_unstable();
    match values.len() {
        0 => 0,
        count => values[(count - 1) / 2].midpoint(values[count / 2]),
    }
}

/// How many tasks were done in a second, if `count` took `wall_us`; nothing without tasks, or if that is shorter than the clock can tell.
#[must_use]
pub fn tasks_per_s(count: usize, wall_us: u64) -> Option<f64> {
    (count > 0 && wall_us > 0).then(|| count as f64 / wall_us as f64 * 1e6)
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

    /// Spans from a drawing: a line for each task, a character for each 10 µs.
    fn drawn(grid: &[&str]) -> Vec<Span> {
        let state_of = |letter| "#./w+m".find(letter).map(|at| State::ALL[at]);
        let mut spans = Vec::new();
        for (line, task) in grid.iter().zip(0..) {
            for (letter, at) in line.chars().zip(0..) {
                spans.extend(state_of(letter).map(|state| span(task, state, at * 10, at * 10 + 10)));
            }
        }
        spans
    }

    #[test]
    fn costs_are_summed_over_all_tasks() {
        let spans = drawn(&["++..##m", " +..//##w"]);
        assert_eq!(costs(&spans), [40, 40, 20, 10, 30, 10]);
        assert_eq!(costs(&[]), [0; 6]);
    }

    #[test]
    fn responses_count_from_the_runs_start_and_waiting_is_what_is_left() {
        // Response and waiting: 60 and 20, 90 and 50, 30 and 0.
        let of = responses(&drawn(&["+ ..##", "  //..##/", "..#"]));
        let expected = Responses { times_us: vec![30, 60, 90], median_us: 60, last_us: 90, waited_us: 20 };
        assert_eq!(of, expected);
        // The mean of the two in the middle.
        let of = responses(&drawn(&["#", "###"]));
        assert_eq!((of.median_us, of.last_us, of.waited_us), (20, 30, 0));
        assert_eq!(responses(&[]), Responses::default());
    }

    #[test]
    fn tasks_a_second_are_told_only_of_a_time_that_is_one() {
        assert_eq!([(8, 200_000), (0, 5), (5, 0)].map(|(count, us)| tasks_per_s(count, us)), [Some(40.0), None, None]);
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        let spans = [span(0, State::Run, 0, 10), span(1, State::Run, 10, 20), span(2, State::Run, 15, 30)];
        assert_eq!(most_at_once(&spans, State::Run), 2);
        assert_eq!(most_at_once(&spans[..2], State::Run), 1);
        assert_eq!(most_at_once(&spans, State::Sleep), 0);
    }
}
