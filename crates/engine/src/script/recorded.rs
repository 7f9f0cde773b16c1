//! What a script did, as a run with lanes, spans and what they are about.

use super::spoken::{Line, Spoken};
use interleave_labs::result::Run;
use interleave_python::{Exit, Lane, State};
use interleave_trace::{self as trace, LaneKind, Output, Span, Subject};
use std::collections::BTreeMap;

/// Lanes that are drawn.
const MOST_LANES: usize = 200;
/// Spans of a run that are drawn.
const MOST_SPANS: usize = 100_000;

/// The threads that are drawn.
pub(crate) fn lanes(exit: &Exit) -> &[Lane] {
    &exit.lanes[..exit.lanes.len().min(MOST_LANES)]
}

/// A time since the run began, in microseconds.
pub(crate) fn since_start_us(exit: &Exit, us: u64) -> u64 {
    us.min(exit.end_us).saturating_sub(exit.start_us)
}

/// The run called `mode`, as timelines show it, and how many of its spans there was no room for.
pub(crate) fn recorded(mode: &str, exit: &Exit, spoken: &Spoken) -> (Run, u32) {
    let lanes = lanes(exit);
    let (spans, subjects, left_out) = spans(exit, lanes);
    // The interpreter itself speaks as the main thread; whoever has no lane as well.
    let lane_of = |thread: u32| if lanes.iter().any(|lane| lane.thread == thread) { thread } else { 0 };
    let line = |line: &Line| Output {
        at_us: since_start_us(exit, line.at_us),
        lane: lane_of(line.thread),
        text: line.text.clone(),
    };
    let run = Run {
        mode: mode.to_owned(),
        wall_ms: since_start_us(exit, exit.end_us) as f64 / 1000.0,
        speedup: None,
        checksum: String::new(),
        context_switches: exit.gil.hand_overs,
        switch_us: exit.gil.hand_over_us,
        lanes: lanes.iter().map(lane).collect(),
        spans,
        subjects,
        output: spoken.lines.iter().map(line).collect(),
    };
    (run, lanes.iter().map(|lane| lane.lost).sum::<u64>().min(u64::from(u32::MAX)) as u32 + left_out)
}

fn lane(lane: &Lane) -> trace::Lane {
    trace::Lane {
        id: lane.thread,
        name: if lane.daemon { format!("{}, daemon", lane.name) } else { lane.name.clone() },
        kind: match lane.thread {
            0 => LaneKind::Main,
            _ if lane.process => LaneKind::Process,
            _ => LaneKind::Thread,
        },
    }
}

/// The spans in microseconds since the run began, what they are about, and how many there was no room for.
fn spans(exit: &Exit, lanes: &[Lane]) -> (Vec<Span>, Vec<Subject>, u32) {
    let name = |id: u32| lanes.iter().find(|lane| lane.thread == id).map_or_else(String::new, |it| it.name.clone());
    let (mut spans, mut subjects, mut left_out) = (Vec::new(), Vec::new(), 0_u32);
    let mut known = BTreeMap::new();
    for lane in lanes {
        let mut last_us = 0;
        for span in &lane.spans {
            if spans.len() >= MOST_SPANS {
                left_out = left_out.saturating_add(1);
                continue;
            }
            // Clocks of threads differ by a step.
            let [start_us, end_us] = [span.start_us, span.end_us].map(|us| since_start_us(exit, us).max(last_us));
            last_us = end_us;
            let at_the_end = lane.thread == 0 && span.line == 0 && span.start_us >= exit.last_line_us;
            let words = span.state.words(name);
            let words = if at_the_end { format!("at the end, {words}") } else { words };
            let task = *known.entry((words, span.line)).or_insert_with_key(|(words, line)| {
                subjects.push(Subject { words: words.clone(), line: *line });
                subjects.len() as u32 - 1
            });
            let state = match span.state {
                State::Starting => trace::State::Spawn,
                State::Running => trace::State::Run,
                State::WaitingForGil => trace::State::Ready,
                State::Sleeping => trace::State::Sleep,
                State::Waiting { .. } | State::Joining(_) => trace::State::Wait,
            };
            spans.push(Span { lane: lane.thread, task, state, start_us, end_us });
        }
    }
    (spans, subjects, left_out)
}
