//! What the processes of the browser do that a test has for itself, as the system sees it.

use crate::browser::watched;
use std::collections::{BTreeMap, HashSet};
use std::fs;

/// How many Web Workers' threads live in the pages of the browser: not its own. Linux only.
#[must_use]
pub fn worker_threads() -> usize {
    workers().count()
}

/// Process and thread of each.
fn workers() -> impl Iterator<Item = (u32, u32)> {
    let threads = pages().flat_map(|process| {
        let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
        let threads = threads.filter_map(|thread| thread.file_name().to_str()?.parse().ok());
        threads.map(move |thread| (process, thread))
    });
    threads.filter(|(process, thread)| {
        let name = fs::read_to_string(format!("/proc/{process}/task/{thread}/comm"));
        name.is_ok_and(|name| is_worker(&name))
    })
}

/// The processes that show pages of the browser.
fn pages() -> impl Iterator<Item = u32> {
    descendants(watched()).into_iter().filter(|process| shows_a_page(*process))
}

/// Whether a process is one of those in which Chromium or Firefox run pages.
fn shows_a_page(process: u32) -> bool {
    let command = fs::read_to_string(format!("/proc/{process}/cmdline")).unwrap_or_default();
    command.split(['\0', ' ']).any(|argument| argument == "--type=renderer" || argument == "tab")
}

/// The name of a worker's thread in Chromium and in Firefox; the system cuts names to 15 letters.
fn is_worker(thread: &str) -> bool {
    thread.starts_with("DedicatedWorker") || thread.starts_with("DOM Worker")
}

/// The processes that `ancestor` started, and all that those did.
fn descendants(ancestor: u32) -> HashSet<u32> {
    let all = fs::read_dir("/proc").into_iter().flatten().flatten();
    let all = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let parents: Vec<(u32, u32)> = all.filter_map(|process| Some((process, parent(process)?))).collect();
    let mut found = HashSet::new();
    loop {
        let more: Vec<u32> = parents
            .iter()
            .filter(|(process, parent)| (*parent == ancestor || found.contains(parent)) && !found.contains(process))
            .map(|(process, _)| *process)
            .collect();
        if more.is_empty() {
            return found;
        }
        found.extend(more);
    }
}

fn parent(process: u32) -> Option<u32> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("PPid:"))?.trim().parse().ok()
}

/// How long each worker's thread has had a core, in nanoseconds, by process and thread. Linux only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkerTimes(BTreeMap<(u32, u32), u64>);

impl WorkerTimes {
    /// Of all workers in pages of the browser.
    #[must_use]
    pub fn now() -> WorkerTimes {
        WorkerTimes(workers().filter_map(|worker| Some((worker, nanoseconds(worker)?))).collect())
    }

    /// The same workers, those that are still there.
    #[must_use]
    pub fn still_there(&self) -> WorkerTimes {
        WorkerTimes(self.0.keys().filter_map(|worker| Some((*worker, nanoseconds(*worker)?))).collect())
    }

    /// How many milliseconds of a core these workers have had from this moment to `later`.
    #[must_use]
    pub fn ms_until(&self, later: &WorkerTimes) -> f64 {
        let used = |(worker, after): (&(u32, u32), &u64)| Some(after.saturating_sub(*self.0.get(worker)?));
        later.0.iter().filter_map(used).map(|ns: u64| ns as f64 / 1e6).sum()
    }
}

fn nanoseconds((process, thread): (u32, u32)) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/task/{thread}/schedstat")).ok()?;
    text.split(' ').next()?.parse().ok()
}

/// How much memory the page's process holds, in bytes: its proportional set size (Pss), in which what it shares with others counts in
/// part. The largest, if there are several. Linux only.
#[must_use]
pub fn page_memory() -> u64 {
    let held = pages().filter_map(|process| {
        let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = text.lines().find(|line| line.starts_with("Pss:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    });
    held.max().unwrap_or(0) * 1024
}
