//! Running other programs: quietly with a progress line and a log, or with their output passed on.

use std::{
    fs::{self, File},
    io::{Read, Seek, SeekFrom},
    panic::resume_unwind,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::workspace::Workspace;

/// How often a long step says that it is still going.
const PROGRESS_EVERY: Duration = Duration::from_secs(10);
/// How many of a failed step's last lines are shown.
const TAIL_LINES: usize = 60;

/// Runs `command` with its output in a log, a progress line every ten seconds, and the log's end if it fails.
pub fn run(workspace: &Workspace, title: &str, command: &mut Command) -> Result<()> {
    let logs = workspace.state().join("logs");
    fs::create_dir_all(&logs)?;
    let log = logs.join(format!("{}.log", slug(title)));
    let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    println!("{title}");
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        // The tools' backtraces would push their messages out of the log's end.
        .env("RUST_BACKTRACE", "0")
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    let name = title.split(" (").next().unwrap_or(title);
    let mut next = PROGRESS_EVERY;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(20));
        if started.elapsed() >= next {
            println!("  {name}, {} s: {}", next.as_secs(), last_line(&log).unwrap_or_default());
            next += PROGRESS_EVERY;
        }
    };
    if !status.success() {
        let text = fs::read(&log).unwrap_or_default();
        eprintln!("{}", tail(&String::from_utf8_lossy(&text), TAIL_LINES));
        bail!("{title}: failed ({status}); the whole output is in {}", log.display());
    }
    if started.elapsed() >= Duration::from_secs(2) {
        println!("  {name}: done in {:.0} s", started.elapsed().as_secs_f64());
    }
    Ok(())
}

/// Does both at the same time, for where one leaves a core idle.
pub fn at_once<A, B: Send>(one: impl FnOnce() -> A, other: impl FnOnce() -> B + Send) -> (A, B) {
    thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), other.join().unwrap_or_else(|panic| resume_unwind(panic)))
    })
}

/// Runs `command` with its output passed on as it comes.
pub fn stream(title: &str, command: &mut Command) -> Result<()> {
    println!("{title}");
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    if !status.success() {
        bail!("{title}: failed ({status})");
    }
    Ok(())
}

/// The standard output of a short command, or nothing if it cannot be run or fails.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn slug(title: &str) -> String {
    let words: String =
        title.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    words.split('-').filter(|word| !word.is_empty()).take(6).collect::<Vec<_>>().join("-")
}

/// The last line a step has written, cut to fit beside the progress.
fn last_line(log: &Path) -> Option<String> {
    let mut file = File::open(log).ok()?;
    let length = file.metadata().ok()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(2_000))).ok()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let line = text.lines().rev().map(str::trim).find(|line| !line.is_empty())?;
    Some(line.chars().take(90).collect())
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_short_file_name() {
        assert_eq!(slug("set-up: trunk 0.22.0-beta.1 (usually 8 min)"), "set-up-trunk-0-22-0");
    }

    #[test]
    fn the_tail_is_the_end() {
        assert_eq!(tail("a\nb\nc\n", 2), "b\nc");
        assert_eq!(tail("a", 5), "a");
    }
}
