//! What is measured on, and when, and what of.

use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// What the figures depend on besides the commit, as names and values.
pub fn describe() -> BTreeMap<String, String> {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let memory =
        memory.lines().find_map(|line| line.strip_prefix("MemTotal:")?.split_whitespace().next()?.parse().ok());
    let system = fs::read_to_string("/etc/os-release").unwrap_or_default();
    let system = system.lines().find_map(|line| line.strip_prefix("PRETTY_NAME=")).unwrap_or("unknown");
    [
        ("processor", format!("{}, {cores} cores", cpu.map_or("unknown", |(_, name)| name.trim()))),
        ("memory", format!("{:.0} GB", memory.unwrap_or(0.0) / 1e6)),
        ("system", system.trim_matches('"').to_owned()),
        ("Chromium", output(&e2e::from_xtask("INTERLEAVE_CHROMIUM"), &["--version"])),
        ("Firefox", output(&e2e::from_xtask("INTERLEAVE_FIREFOX"), &["--version"])),
        ("rustc", output("rustc", &["--version"])),
        ("Node.js", output("node", &["--version"])),
        ("peers", peers()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// Now.
pub fn date() -> String {
    output("date", &["-u", "+%Y-%m-%d %H:%M UTC"])
}

/// The commit that is checked out, and whether files that are measured differ from it.
pub fn commit() -> String {
    let commit = output("git", &["rev-parse", "--short", "HEAD"]);
    let changed = output("git", &["status", "--porcelain", "--", ":/", ":!/BENCHMARKS.md", ":!/benchmarks.json"]);
    if changed.is_empty() { commit } else { format!("{commit} with changes") }
}

fn peers() -> String {
    let manifest: Value =
        serde_json::from_str(include_str!("../../../../crates/bench/package.json")).expect("a manifest");
    let peers = manifest["devDependencies"].as_object().expect("peers");
    let peers: Vec<_> =
        peers.iter().map(|(name, version)| format!("{name} {}", version.as_str().unwrap_or(""))).collect();
    peers.join(", ")
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    output.map_or_else(|_| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
