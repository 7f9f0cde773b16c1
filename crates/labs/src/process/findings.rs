//! The findings of `process`: every number in them is computed from the measurement.

use super::args::{Args, Row};
use super::data::{Crash, Data, Globals, Memory, Pair, Sent, Times};
use super::figures::by_pipe;
use super::verdict::Verdict;
use crate::lab::Finding;
use crate::result::{Host, Memory as Sharing, Runtime};
use interleave_trace::Summary;
use interleave_trace::figure::Unit;
use interleave_trace::format::ratio;

/// From so many main sentences on, others stand with their rows.
const MAIN: usize = 4;

/// The findings of what was measured.
///
/// In this order: `create`, `switch` (value: how many times as long a process takes as a thread; if only a process was
/// measured, its time in microseconds), `globals` (how many different values of one global the processes had), `send`
/// (as `switch`, for the largest message), `wake` (as `switch`, for an idle one), `memory` (how many times as much),
/// `crash` (1 if the sibling of a crashed process lived on, else 0). After the first, `threads` (0: no thread could be
/// started). The last three stand with their rows if there are others enough.
pub(super) fn findings(args: &Args, host: &Host, data: &Data) -> Vec<Finding> {
    let told = [
        (create(host, data), None),
        (switch(host, data), None),
        (data.globals.as_ref().map(globals), None),
        (send(host, &data.send), None),
        (wake(host, data), Some(("create-warm", Row::Create))),
        (memory(host, &data.memory), Some(("memory", Row::Memory))),
        (data.crash.as_ref().map(|crash| self::crash(host, crash)), Some(("crash", Row::Isolation))),
    ];
    let mut findings = Vec::new();
    for (finding, row) in told {
        if let Some(finding) = finding {
            let beside = row.filter(|(_, part)| findings.len() >= MAIN && args.rows.contains(part));
            findings.push(if let Some((row, _)) = beside { finding.of(row) } else { finding });
        }
        if findings.len() == 1 && host.memory != Sharing::Shared {
            let text = "This page cannot share memory between workers (it is not cross-origin isolated), so it has no threads: \
                        their column stays empty. Processes need no shared memory.";
            findings.push(Finding::new("threads", 0.0, text.to_owned()));
        }
    }
    findings
}

/// How the two compare, to follow both times: `: 25× as long for processes`.
fn compared(verdict: Verdict) -> String {
    match verdict {
        Verdict::TooShort => ", too short for this clock to compare".to_owned(),
        Verdict::Alike => ": no clear difference in these repeats".to_owned(),
        Verdict::Apart(factor) if factor < 1.0 => format!(": {} as long for threads", ratio(1.0 / factor)),
        Verdict::Apart(factor) => format!(": {} as long for processes", ratio(factor)),
    }
}

/// The median for a process over that for a thread; if there is no thread, or its median is 0, the process's in
/// microseconds.
fn value(pair: &Pair) -> f64 {
    let median = |times: &Option<Times>| times.as_ref().and_then(Times::summary).map_or(0.0, |summary| summary.median);
    let (thread, process) = (median(&pair.thread), median(&pair.process));
    if thread > 0.0 { process / thread } else { process }
}

/// The thread's time if there is one, the process's time, and how they compare.
fn both(host: &Host, pair: &Pair) -> Option<(Option<String>, String, String)> {
    let process = pair.process.as_ref()?.text(host)?;
    let thread = pair.thread.as_ref().and_then(|thread| thread.text(host));
    let verdict = Verdict::of_times(pair, host).map(compared).unwrap_or_default();
    Some((thread, process, verdict))
}

fn create(host: &Host, data: &Data) -> Option<Finding> {
    let (thread, process, verdict) = both(host, &data.create_cold)?;
    let mut text = match thread {
        Some(thread) => format!("Starting a process took {process} and starting a thread {thread}{verdict}."),
        None => format!("Starting a process took {process}."),
    };
    if host.runtime == Runtime::Browser {
        text += " In a browser both are workers.";
    }
    Some(Finding::new("create", value(&data.create_cold), text))
}

fn wake(host: &Host, data: &Data) -> Option<Finding> {
    let (thread, process, verdict) = both(host, &data.create_warm)?;
    let text = match thread {
        Some(thread) => format!("An idle process answered within {process}, an idle thread within {thread}{verdict}."),
        None => format!("An idle process answered within {process}."),
    };
    Some(Finding::new("wake", value(&data.create_warm), text))
}

fn switch(host: &Host, data: &Data) -> Option<Finding> {
    let (thread, process, verdict) = both(host, &data.switch)?;
    let mut text = match thread {
        Some(thread) => {
            format!("Switching between processes took {process}, between threads {thread}{verdict}.")
        }
        None => format!("Switching between processes took {process}."),
    };
    if let Some((Some(thread), _, verdict)) = both(host, &by_pipe(data)) {
        text += &format!(" Threads that use a pipe, as processes do, took {thread}{verdict}.");
    }
    Some(Finding::new("switch", value(&data.switch), text))
}

fn send(host: &Host, send: &[Sent]) -> Option<Finding> {
    let largest = send.last()?;
    let pair = Pair { thread: largest.shared.clone(), process: largest.copied.clone() };
    let (shared, copied, verdict) = both(host, &pair)?;
    let size = Unit::Bytes.write(f64::from(largest.bytes));
    let mut text = match shared {
        Some(shared) => {
            format!(
                "A message of {size} took {copied} between processes, which copy it, and {shared} between threads, which share it{verdict}."
            )
        }
        None => format!("A message of {size} took {copied} between processes, which copy it."),
    };
    if let Some(transferred) = largest.transferred.as_ref().and_then(|times| times.text(host)) {
        text += &format!(" Transferred, so that the sender no longer has it, it took {transferred}.");
    }
    Some(Finding::new("send", value(&pair), text))
}

fn memory(host: &Host, memory: &Memory) -> Option<Finding> {
    let [thread, process] = [&memory.thread, &memory.process].map(|bytes| Summary::of(bytes));
    let process = process?;
    let written = |summary: Summary| Unit::Bytes.write(summary.median);
    let verdict = thread.map(|thread| match Verdict::of(&thread, &process) {
        Verdict::TooShort | Verdict::Alike => String::new(),
        Verdict::Apart(factor) if factor < 1.0 => format!(": {} as much for the thread", ratio(1.0 / factor)),
        Verdict::Apart(factor) => format!(": {} as much for the process", ratio(factor)),
    });
    let verdict = verdict.unwrap_or_default();
    let text = match (host.runtime, thread) {
        (Runtime::Native, Some(thread)) => format!(
            "One more process took {} of RAM for itself, one more thread {}{verdict}.",
            written(process),
            written(thread)
        ),
        (Runtime::Native, None) => format!("One more process took {} of RAM for itself.", written(process)),
        (Runtime::Browser, Some(thread)) => format!(
            "One more process has its own memory of {}, one more thread a stack of {} in the shared memory{verdict}. \
             What the browser itself needs for a worker is not counted.",
            written(process),
            written(thread)
        ),
        (Runtime::Browser, None) => format!(
            "One more process has its own memory of {}. What the browser itself needs for a worker is not counted.",
            written(process)
        ),
    };
    let value = match thread {
        Some(thread) if thread.median > 0.0 => process.median / thread.median,
        _ => process.median,
    };
    Some(Finding::new("memory", value, text))
}

fn globals(globals: &Globals) -> Finding {
    let says = |who: &str, value: u32| {
        if value == globals.set { format!("{who} saw it") } else { format!("{who} did not: it read {value}") }
    };
    let process = globals.process.value;
    let mut text = match globals.thread {
        Some(thread) => format!(
            "One thread set a global to {}. {}; {}.",
            globals.set,
            says("Another thread", thread.value),
            says("a process", process)
        ),
        None => format!("The parent set a global to {}. {}.", globals.set, says("A process", process)),
    };
    let mut values: Vec<u32> = globals.many.iter().map(|seen| seen.value).collect();
    values.sort_unstable();
    values.dedup();
    if globals.many.len() > 1 {
        let same_place = globals.many.iter().all(|seen| seen.address == globals.many[0].address);
        let place = if same_place {
            "all at the same address: an address has a meaning only within its process"
        } else {
            "at addresses that the system chose for each process"
        };
        let (count, different) = (globals.many.len(), values.len());
        text += &if different == 1 {
            format!(" Then {count} processes of this program set it, and all had the same value, {place}.")
        } else {
            format!(" Then {count} processes of this program set it, and had {different} different values, {place}.")
        };
    }
    Finding::new("globals", values.len() as f64, text)
}

fn crash(host: &Host, crash: &Crash) -> Finding {
    let mut text = match (crash.gone, crash.sibling) {
        (true, true) => "A process crashed when told to; its sibling and its parent survived.".to_owned(),
        (true, false) => "A process crashed when told to; after that, its sibling did not answer.".to_owned(),
        (false, _) => "A process was told to crash and did not.".to_owned(),
    };
    match crash.panic {
        Some(panic) if panic.sibling => {
            text += " A sibling of a thread that panicked survived";
            text += if panic.poisoned { ", but their lock is now poisoned." } else { "." };
        }
        Some(_) => text += " After a thread panicked, its sibling did not answer.",
        None if host.runtime == Runtime::Browser => {
            text += " Crashing a thread was not tried: in a browser it would end this run.";
        }
        None => {}
    }
    match crash.abort_took_all {
        Some(true) => text += " A thread that aborted took its whole process down.",
        Some(false) => text += " A process still answered after one of its threads had aborted.",
        None => {}
    }
    Finding::new("crash", f64::from(u8::from(crash.gone && crash.sibling)), text)
}
