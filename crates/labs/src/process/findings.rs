//! What a measurement says, in sentences: every figure in them is computed from it.

use super::data::{Crash, Data, Globals, Memory, Pair, Sent, Times};
use super::figures::by_pipe;
use super::verdict::Verdict;
use crate::lab::Finding;
use crate::result::{Host, Memory as Sharing, Runtime};
use interleave_trace::Summary;
use interleave_trace::figure::Unit;
use interleave_trace::format::ratio;

/// The findings, those that were measured.
///
/// In this order: `create`, `switch` (values: how many times as long a process takes as a thread; where only a process was measured, its
/// time in microseconds), `send` (the same, of the largest message), `memory` (how many times as much), `globals` (how many different values
/// of one global there were in the processes), `crash` (1 if the sibling of a crashed process lived on, else 0), `threads` (0: no thread
/// could be started).
pub(super) fn findings(host: &Host, data: &Data) -> Vec<Finding> {
    let mut findings = Vec::new();
    findings.extend(create(host, data));
    findings.extend(switch(host, data));
    findings.extend(send(host, &data.send));
    findings.extend(memory(host, &data.memory));
    findings.extend(data.globals.as_ref().map(globals));
    findings.extend(data.crash.as_ref().map(|crash| self::crash(host, crash)));
    if host.memory != Sharing::Shared {
        let text = "This page cannot share memory between workers (it is not cross-origin isolated), so it has no threads: their \
                    column stays empty. Processes need no shared memory.";
        findings.push(Finding::new("threads", 0.0, text.to_owned()));
    }
    findings
}

/// How a process compares with a thread, after both times have been said: `: the process 25× as long`.
fn compared(verdict: Verdict) -> String {
    match verdict {
        Verdict::TooShort => ", too short for this clock to compare".to_owned(),
        Verdict::Alike => ": these repeats tell no clear difference".to_owned(),
        Verdict::Apart(factor) if factor < 1.0 => format!(": the thread {} as long", ratio(1.0 / factor)),
        Verdict::Apart(factor) => format!(": the process {} as long", ratio(factor)),
    }
}

/// The median of a process over that of a thread; of a process alone, or where a thread's is 0, its time in microseconds.
fn value(pair: &Pair) -> f64 {
    let median = |times: &Option<Times>| times.as_ref().and_then(Times::summary).map_or(0.0, |summary| summary.median);
    let (thread, process) = (median(&pair.thread), median(&pair.process));
    if thread > 0.0 { process / thread } else { process }
}

/// What a thread took, what a process took, and how they compare; what there is of that.
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
    if let Some((thread, process, _)) = both(host, &data.create_warm) {
        text += &match thread {
            Some(thread) => {
                format!(" Standing by already, a process answered within {process}, a thread within {thread}.")
            }
            None => format!(" Standing by already, a process answered within {process}."),
        };
    }
    Some(Finding::new("create", value(&data.create_cold), text))
}

fn switch(host: &Host, data: &Data) -> Option<Finding> {
    let (thread, process, verdict) = both(host, &data.switch)?;
    let mut text = match thread {
        Some(thread) => {
            format!("From one process to the other took {process}, from one thread to the other {thread}{verdict}.")
        }
        None => format!("From one process to the other took {process}."),
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
        text += &format!(" Handed over, so that the sender no longer has it, it took {transferred}.");
    }
    Some(Finding::new("send", value(&pair), text))
}

fn memory(host: &Host, memory: &Memory) -> Option<Finding> {
    let [thread, process] = [&memory.thread, &memory.process].map(|bytes| Summary::of(bytes));
    let process = process?;
    let written = |summary: Summary| Unit::Bytes.write(summary.median);
    let verdict = thread.map(|thread| match Verdict::of(&thread, &process) {
        Verdict::TooShort | Verdict::Alike => String::new(),
        Verdict::Apart(factor) if factor < 1.0 => format!(": the thread {} as much", ratio(1.0 / factor)),
        Verdict::Apart(factor) => format!(": the process {} as much", ratio(factor)),
    });
    let verdict = verdict.unwrap_or_default();
    let text = match (host.runtime, thread) {
        (Runtime::Native, Some(thread)) => format!(
            "One more process has {} in RAM that nobody else has, one more thread {}{verdict}.",
            written(process),
            written(thread)
        ),
        (Runtime::Native, None) => format!("One more process has {} in RAM that nobody else has.", written(process)),
        (Runtime::Browser, Some(thread)) => format!(
            "One more process has a memory of {} of its own, one more thread a stack of {} in the memory of all{verdict}. What the \
             browser needs for a worker is not in either.",
            written(process),
            written(thread)
        ),
        (Runtime::Browser, None) => format!(
            "One more process has a memory of {} of its own. What the browser needs for a worker is not in it.",
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
            "all at the same address: an address means something only within a process"
        } else {
            "at addresses that the system chose for each process anew"
        };
        let (count, different) = (globals.many.len(), values.len());
        text += &if different == 1 {
            format!(" Then {count} processes of this one program set it, and all had the same value, {place}.")
        } else {
            format!(
                " Then {count} processes of this one program set it, and had {different} different values, {place}."
            )
        };
    }
    Finding::new("globals", values.len() as f64, text)
}

fn crash(host: &Host, crash: &Crash) -> Finding {
    let mut text = match (crash.gone, crash.sibling) {
        (true, true) => "A process crashed when told to, and its sibling and its parent lived on.".to_owned(),
        (true, false) => "A process crashed when told to, and its sibling did not answer after that.".to_owned(),
        (false, _) => "A process was told to crash and did not.".to_owned(),
    };
    match crash.panic {
        Some(panic) if panic.sibling => {
            text += " A thread that panicked left its sibling alive";
            text += if panic.poisoned { ", but the lock that it held is poisoned." } else { "." };
        }
        Some(_) => text += " After a thread panicked, its sibling did not answer.",
        None if host.runtime == Runtime::Browser => {
            text += " What a crashed thread leaves was not tried: in a browser it would end this very run.";
        }
        None => {}
    }
    match crash.abort_took_all {
        Some(true) => text += " A thread that aborted took its whole process with it.",
        Some(false) => text += " A process answered after one of its threads had aborted.",
        None => {}
    }
    Finding::new("crash", f64::from(u8::from(crash.gone && crash.sibling)), text)
}
