//! What the browser's processes do, as the system sees it.

use std::collections::HashSet;
use std::fs;

/// How many Web Workers' threads live in the pages of browsers that this process started: not the browsers' own. Linux only.
#[must_use]
pub fn worker_threads() -> usize {
    let pages = descendants(std::process::id()).into_iter().filter(|process| shows_a_page(*process));
    pages.flat_map(threads).filter(|name| is_worker(name)).count()
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

fn threads(process: u32) -> Vec<String> {
    let tasks = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    tasks.filter_map(|task| fs::read_to_string(task.path().join("comm")).ok()).collect()
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
