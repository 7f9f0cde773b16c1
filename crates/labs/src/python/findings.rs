//! The findings of `python`: every number in them is computed from the measurement.

use super::data::Told;
use crate::lab::Finding;
use crate::result::Host;
use crate::script::{Gil, MOST_THREADS};
use interleave_trace::State;
use interleave_trace::figure::Unit;
use interleave_trace::format::duration;

/// More threads than this are not named.
const NAMED: usize = 3;

/// The findings. The page's main sentences: `ran`, how long the script took and what it came to; `end`, what the interpreter waited for and
/// what it ended; `gil`, what the lock cost. Beside its run: `deadlock:<slug>`, `error:<slug>`, `crowd:<slug>` if it had as many threads as there may be, and
/// `limit:<slug>` for what was not kept.
pub(super) fn findings(host: &Host, told: &[Told]) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(ran(host, told));
    findings.extend(told.iter().find_map(|told| end(host, told)));
    findings.extend(told.iter().find_map(|told| gil(host, told)));
    for told in told {
        findings.extend(deadlock(told));
        findings.extend(error(told));
        findings.extend(crowd(told));
        findings.extend(limit(told));
    }
    findings
}

/// `1 line`, `7 lines`.
pub(super) fn lines(count: u32) -> String {
    match count {
        1 => "1 line".to_owned(),
        count => format!("{} lines", Unit::Count.write(count.into())),
    }
}

fn time(us: u64, host: &Host) -> String {
    duration(us as f64, host.timer_us)
}

fn ran(host: &Host, told: &[Told]) -> Option<Finding> {
    let what = |told: &Told| {
        let came = if told.trial.deadlock.is_empty() { "took" } else { "was stuck after" };
        format!("{came} {} and printed {}", time(told.wall_us(), host), lines(told.lines()))
    };
    let text = match told {
        [] => return None,
        [one] => match one.trial.gil {
            Gil::On => format!("With the GIL the script {}.", what(one)),
            Gil::Off => format!("Without the GIL the script {}.", what(one)),
        },
        [on, off, ..] => format!("With the GIL the script {}; without it, it {}.", what(on), what(off)),
    };
    let first = &told[0];
    let mut finding = Finding::new("ran", first.run.wall_ms, text);
    for told in told {
        finding = showing(finding, told, &[]);
    }
    Some(finding)
}

fn showing(finding: Finding, told: &Told, states: &[State]) -> Finding {
    finding.showing(std::slice::from_ref(told.run), &told.run.mode, states)
}

/// What was left to do once the last line of the program was done.
fn end(host: &Host, told: &Told) -> Option<Finding> {
    let last_us = told.trial.last_line_us.filter(|_| told.trial.deadlock.is_empty() && told.is_whole())?;
    let lanes = told.run.lanes.iter();
    // Whoever was still there.
    let left = |lane: u32| told.run.spans.iter().any(|span| span.lane == lane && span.end_us > last_us);
    let waited_for: Vec<&str> = lanes
        .filter(|lane| lane.id != 0 && !told.trial.daemons.contains(&lane.id) && left(lane.id))
        .map(|lane| &*lane.name)
        .collect();
    let ended: Vec<&str> =
        told.trial.cut.iter().filter(|lane| told.trial.daemons.contains(lane)).map(|lane| told.name(*lane)).collect();
    if waited_for.is_empty() && ended.is_empty() {
        return None;
    }
    let waited_us = told.wall_us().saturating_sub(last_us);
    let mut text = String::from("After the last line of the program");
    if !waited_for.is_empty() {
        text += &format!(" the interpreter waited {} for {}", time(waited_us, host), names(&waited_for));
    }
    if !ended.is_empty() {
        text += if waited_for.is_empty() { " the interpreter ended " } else { ", then ended " };
        text += &format!("{} in the middle of {} work", names(&ended), if ended.len() == 1 { "its" } else { "their" });
    }
    text += match told.trial.gil {
        Gil::On => " (with the GIL).",
        Gil::Off => " (without the GIL).",
    };
    Some(showing(Finding::new("end", waited_us as f64 / 1000.0, text), told, &[State::Wait]))
}

/// `A`, `A and B`, `A, B and C`, `A, B, C and 2 more`.
fn names(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= NAMED => format!("{} and {last}", first.join(", ")),
        _ => format!("{} and {} more", names[..NAMED].join(", "), names.len() - NAMED),
    }
}

/// What the lock cost.
fn gil(host: &Host, told: &Told) -> Option<Finding> {
    let switches = told.run.context_switches;
    if told.trial.gil == Gil::Off || switches == 0 {
        return None;
    }
    let times = |count: u64| match count {
        1 => "once".to_owned(),
        count => format!("{} times", Unit::Count.write(count as f64)),
    };
    let waited_us = told.in_state(State::Ready);
    let mut text = format!("The GIL changed hands {}", times(switches));
    if let Some(waited_us) = waited_us {
        text += &format!("; threads waited for it {} in all", time(waited_us, host));
    }
    if told.trial.found_taken > 0 {
        let who = if waited_us.is_some() { "" } else { "threads " };
        text += &format!(", and {who}woke {} to find it taken", times(told.trial.found_taken));
    }
    text += ".";
    Some(showing(Finding::new("gil", switches as f64, text), told, &[State::Ready]))
}

fn beside(told: &Told, id: &str, value: f64, text: String) -> Finding {
    let text = format!("{}: {text}", told.trial.gil.short());
    Finding::new(&format!("{id}:{}", told.run.mode), value, text).of(&told.run.mode)
}

fn deadlock(told: &Told) -> Option<Finding> {
    let waits = &told.trial.deadlock;
    (!waits.is_empty()).then(|| {
        let text =
            format!("it ended in a deadlock: every thread waits, and nothing can wake one. {}.", waits.join("; "));
        showing(beside(told, "deadlock", waits.len() as f64, text), told, &[State::Wait])
    })
}

fn error(told: &Told) -> Option<Finding> {
    let (code, lines_of) = (told.trial.exit_code, told.trial.errors.len());
    if told.trial.deadlock.is_empty() && (code != 0 || lines_of > 0) {
        let said = if lines_of == 0 {
            String::new()
        } else {
            format!(", with {} in the error stream", lines(lines_of as u32))
        };
        return Some(beside(told, "error", code.into(), format!("the exit code was {code}{said}.")));
    }
    None
}

/// Whether it may have wanted more threads than there may be.
fn crowd(told: &Told) -> Option<Finding> {
    let most = told.trial.most_at_once;
    (most as usize >= MOST_THREADS).then(|| {
        let text = format!("it had {most} threads at the same time, the most that a script may have here.");
        beside(told, "crowd", most.into(), text)
    })
}

/// What was too much to be shown.
fn limit(told: &Told) -> Option<Finding> {
    let trial = told.trial;
    let undrawn = trial.threads - (told.run.lanes.len() as u32).min(trial.threads);
    let mut parts = Vec::new();
    if undrawn > 0 {
        parts.push(format!("the last {} of {} threads", Unit::Count.write(undrawn.into()), trial.threads));
    }
    if trial.lines_lost > 0 {
        parts.push(format!("the last {}", lines(trial.lines_lost)));
    }
    if trial.spans_lost > 0 {
        parts.push("the end of threads that did too much for one drawing".to_owned());
    }
    (!parts.is_empty()).then(|| {
        let lost = undrawn + trial.lines_lost + trial.spans_lost;
        beside(told, "limit", lost.into(), format!("too much to be shown: {} left out.", parts.join(", ") + " are"))
    })
}
