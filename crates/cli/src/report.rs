//! A result as a reader at a terminal sees it: a table, a timeline for each mode, the findings.

use interleave_labs::compare::Mode;
use interleave_labs::result::{ResultFile, Run};
use interleave_trace::format::{duration, ratio};
use interleave_trace::layout::Window;
use interleave_trace::{LEGEND, text};

/// How many characters the time axis has.
const COLUMNS: usize = 72;

/// The whole report. All timelines have one time axis.
pub fn report(result: &ResultFile) -> String {
    let timer_us = result.host.timer_us;
    let longest_us = result.runs.iter().map(|run| run.wall_ms * 1000.0).fold(0.0, f64::max);
    let mut report = format!("\n{:<12} {:>10} {:>9} {:>9}  checksum\n", "mode", "time", "speed-up", "switches");
    for run in &result.runs {
        let speedup = run.speedup.map_or_else(|| "–".to_owned(), ratio);
        let time = duration(run.wall_ms * 1000.0, timer_us);
        report += &format!("{:<12} {time:>10} {speedup:>9} {:>9}  {}\n", run.mode, run.context_switches, run.checksum);
    }
    for run in &result.runs {
        report += &timeline(run, longest_us, timer_us);
    }
    report += &format!("\n{LEGEND}\n\n");
    for finding in &result.findings {
        report += &format!("- {}\n", finding.text);
    }
    report
}

fn timeline(run: &Run, longest_us: f64, timer_us: f64) -> String {
    let name = Mode::from_slug(&run.mode).map_or(&*run.mode, |mode| mode.name());
    let rows = text(&run.lanes, &run.spans, Window::whole(longest_us), COLUMNS);
    format!("\n{name}: {}\n{rows}", duration(run.wall_ms * 1000.0, timer_us))
}
