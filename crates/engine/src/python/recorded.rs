//! What a script did, as a run with lanes, spans and what they are about.

use super::spoken::Spoken;
use interleave_labs::python::{Gil, Trial};
use interleave_labs::result::Run;
use interleave_python::{Exit, Lane, State, Stream};
use interleave_trace::{self as trace, LaneKind, Output, Span, Subject};
use std::collections::BTreeMap;

/// Lanes that are drawn.
const MOST_LANES: usize = 200;
/// Spans of a run that are drawn.
const MOST_SPANS: usize = 100_000;

/// The run that the timeline shows, and what belongs to it, without its repeats.
pub(super) fn recorded(gil: Gil, exit: &Exit, spoken: Spoken) -> (Run, Trial) {
    let lanes = &exit.lanes[..exit.lanes.len().min(MOST_LANES)];
    let (spans, subjects, left_out) = spans(exit, lanes);
    let wall_us = exit.end_us.saturating_sub(exit.start_us);
    let at = |us: u64| us.saturating_sub(exit.start_us).min(wall_us);
    let main_cut = lanes.first().is_none_or(|main| main.cut);
    // The interpreter itself speaks as the main thread; whoever has no lane as well.
    let lane_of = |thread: u32| if lanes.iter().any(|lane| lane.thread == thread) { thread } else { 0 };
    let line = |line: &super::spoken::Line| Output {
        at_us: at(line.at_us),
        lane: lane_of(line.thread),
        text: line.text.clone(),
    };
    let of = |which: fn(&Lane) -> bool| lanes.iter().filter(|lane| which(lane)).map(|lane| lane.thread).collect();
    let errors =
        (0..).zip(&spoken.lines).filter(|(_, line)| line.stream == Stream::Err).map(|(place, _)| place).collect();
    let run = Run {
        mode: gil.slug().to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: String::new(),
        context_switches: exit.gil.hand_overs,
        switch_us: exit.gil.hand_over_us,
        lanes: lanes.iter().map(lane).collect(),
        spans,
        subjects,
        output: spoken.lines.iter().map(line).collect(),
    };
    let trial = Trial {
        gil,
        exit_code: exit.code.unsigned_abs(),
        deadlock: waits(exit.deadlock.as_deref()),
        last_line_us: (!main_cut).then(|| at(exit.last_line_us)),
        threads: exit.lanes.len() as u32,
        most_at_once: most_at_once(&exit.lanes),
        daemons: of(|lane| lane.daemon),
        cut: of(|lane| lane.cut),
        errors,
        lines_lost: spoken.lost,
        spans_lost: lanes.iter().map(|lane| lane.lost).sum::<u64>().min(u64::from(u32::MAX)) as u32 + left_out,
        requests: exit.gil.requests,
        found_taken: exit.gil.found_taken,
        repeats: Vec::new(),
        printed: Vec::new(),
    };
    (run, trial)
}

fn lane(lane: &Lane) -> trace::Lane {
    trace::Lane {
        id: lane.thread,
        name: if lane.daemon { format!("{}, daemon", lane.name) } else { lane.name.clone() },
        kind: if lane.thread == 0 { LaneKind::Main } else { LaneKind::Thread },
    }
}

/// Who waited for what: the lines below the heading.
fn waits(deadlock: Option<&str>) -> Vec<String> {
    deadlock.map_or_else(Vec::new, |text| text.lines().skip(1).map(|line| line.trim().to_owned()).collect())
}

/// The spans in microseconds since the run began, what they are about, and how many there was no room for.
fn spans(exit: &Exit, lanes: &[Lane]) -> (Vec<Span>, Vec<Subject>, u32) {
    let name = |id: u32| lanes.iter().find(|lane| lane.thread == id).map_or_else(String::new, |it| it.name.clone());
    let wall_us = exit.end_us.saturating_sub(exit.start_us);
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
            let at = |us: u64| us.saturating_sub(exit.start_us).min(wall_us);
            let (start_us, end_us) = (at(span.start_us).max(last_us), at(span.end_us).max(last_us));
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

/// How many threads there were at the same time, at most.
fn most_at_once(lanes: &[Lane]) -> u32 {
    let ends = |lane: &Lane| Some((lane.spans.first()?.start_us, lane.spans.last()?.end_us));
    let mut edges: Vec<(u64, i32)> =
        lanes.iter().filter_map(ends).flat_map(|(start_us, end_us)| [(start_us, 1), (end_us, -1)]).collect();
    edges.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, step) in edges {
        now += step;
        most = most.max(now);
    }
    most.unsigned_abs()
}
