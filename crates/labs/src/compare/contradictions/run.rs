//! What a sceptic sees in a run.

use serde_json::Value;

/// The modes, what sentences call them, and what they call them after “with”.
const NAMES: [(&str, &str, &str); 6] = [
    ("sequential", "Sequential", "one task after another"),
    ("event-loop", "Event loop", "an event loop"),
    ("one-core", "Threads on one core", "threads on one core"),
    ("threads", "Thread per task", "a thread per task"),
    ("pool", "Thread pool", "a thread pool"),
    ("processes", "Process per task", "a process per task"),
];

/// Whether two times are about the same: within 10 %, or a step of the clock.
pub(super) fn alike(a_us: f64, b_us: f64, step_us: f64) -> bool {
    let (less, more) = (a_us.min(b_us), a_us.max(b_us));
    more - less <= step_us || more < less * 1.1
}

/// A mode's run.
pub(super) struct Run {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) with: &'static str,
    pub(super) wall_us: f64,
    pub(super) speedup: Option<f64>,
    /// Whether more than half of all runs have its checksum.
    pub(super) counts: bool,
    pub(super) switches: f64,
    pub(super) switch_us: f64,
    spans: Vec<Span>,
    lanes: usize,
}

struct Span {
    lane: f64,
    task: f64,
    state: String,
    start_us: f64,
    end_us: f64,
}

impl Run {
    pub(super) fn all(runs: &[Value]) -> Option<Vec<Run>> {
        let same = |run: &Value| runs.iter().filter(|other| other["checksum"] == run["checksum"]).count();
        runs.iter().map(|run| Run::of(run, same(run) * 2 > runs.len())).collect()
    }

    fn of(run: &Value, counts: bool) -> Option<Run> {
        let (slug, name, with) = *NAMES.iter().find(|(slug, ..)| run["mode"] == *slug)?;
        let span = |span: &Value| {
            let number = |name: &str| span[name].as_f64();
            Some(Span {
                lane: number("lane")?,
                task: number("task")?,
                state: span["state"].as_str()?.to_owned(),
                start_us: number("start_us")?,
                end_us: number("end_us")?,
            })
        };
        Some(Run {
            slug,
            name,
            with,
            wall_us: (run["wall_ms"].as_f64()? * 1000.0).round(),
            speedup: run["speedup"].as_f64(),
            counts,
            switches: run["context_switches"].as_f64()?,
            switch_us: run["switch_us"].as_f64().unwrap_or(0.0),
            spans: run["spans"].as_array()?.iter().map(span).collect::<Option<_>>()?,
            lanes: run["lanes"].as_array()?.len(),
        })
    }

    fn sum(&self, of: impl Fn(&&Span) -> bool) -> f64 {
        self.spans.iter().filter(of).map(|span| span.end_us - span.start_us).sum()
    }

    /// How long all tasks were in a state together.
    pub(super) fn all_us(&self, state: &str) -> f64 {
        self.sum(|span| span.state == state)
    }

    /// How long one task was in a state.
    pub(super) fn task_us(&self, task: usize, state: &str) -> f64 {
        self.sum(|span| span.state == state && span.task == task as f64)
    }

    /// How long no task was in any state on a lane that ended last: on that of them which was idle longest.
    pub(super) fn idle_us(&self) -> f64 {
        let end_us = self.spans.iter().map(|span| span.end_us).fold(0.0, f64::max);
        let last = self.spans.iter().filter(|span| span.end_us == end_us);
        last.map(|last| end_us - self.covered_us(|span| span.lane == last.lane)).fold(0.0, f64::max)
    }

    /// How long at least one task was in a state.
    pub(super) fn any_us(&self, state: &str) -> f64 {
        self.covered_us(|span| span.state == state)
    }

    /// How many times as long all sleep was as the time it took.
    pub(super) fn overlap(&self) -> f64 {
        self.all_us("sleep") / self.any_us("sleep")
    }

    /// How long at least one of these spans went on.
    fn covered_us(&self, of: impl Fn(&Span) -> bool) -> f64 {
        let mut times: Vec<(f64, f64)> =
            self.spans.iter().filter(|span| of(span)).map(|span| (span.start_us, span.end_us)).collect();
        times.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut covered_us, mut until_us) = (0.0, 0.0_f64);
        for (start_us, end_us) in times {
            covered_us += (end_us - start_us.max(until_us)).max(0.0);
            until_us = until_us.max(end_us);
        }
        covered_us
    }

    /// How long before the end the lane that ended first did.
    pub(super) fn earliest_end_us(&self) -> f64 {
        let end_of = |lane: usize| {
            self.spans.iter().filter(|span| span.lane == lane as f64).map(|span| span.end_us).fold(0.0, f64::max)
        };
        let ends: Vec<f64> = (0..self.lanes).map(end_of).collect();
        ends.iter().copied().fold(0.0, f64::max) - ends.iter().copied().fold(f64::INFINITY, f64::min)
    }
}
