//! What was measured, as a reader at a terminal sees it, or a program that reads on.

use crate::arguments::Form;
use interleave_labs::{Entry, Report};
use interleave_trace::Figure;
use interleave_trace::export::{Exported, csv};
use interleave_trace::figure::{Body, Timeline, TimelineRun};
use interleave_trace::format::{duration, ratio};
use interleave_trace::layout::Window;
use interleave_trace::{LEGEND, text};

/// How many characters wide a figure is.
const COLUMNS: usize = 100;

/// A report in the form that is asked for.
pub fn written(report: &Report, form: Form) -> String {
    match form {
        Form::Text => for_a_reader(report),
        Form::Json => format!("{}\n", report.result),
        Form::Csv => as_csv(&report.figures),
    }
}

/// The labs, a line for each.
pub fn labs(labs: &[Entry]) -> String {
    let width = labs.iter().map(|lab| lab.slug.len()).max().unwrap_or(0);
    labs.iter().map(|lab| format!("{:<width$}  {}\n", lab.slug, lab.sheet().question)).collect()
}

fn for_a_reader(report: &Report) -> String {
    let mut written: String = report.figures.iter().map(|figure| text_of(figure, COLUMNS) + "\n").collect();
    for finding in &report.findings {
        written += &format!("- {}\n", finding.text);
    }
    written
}

/// One figure after the other, each after a line with its title.
fn as_csv(figures: &[Figure]) -> String {
    let title = |figure: &Figure| if figure.title.is_empty() { figure.id.clone() } else { figure.title.clone() };
    figures.iter().map(|figure| format!("# {}\n{}", title(figure), csv_of(figure))).collect()
}

fn text_of(figure: &Figure, columns: usize) -> String {
    let body = match &figure.body {
        Body::Timeline(timeline) => timeline_text(timeline, columns),
        _ => String::new(),
    };
    format!("{}\n{body}{}\n", figure.title, figure.caption)
}

fn timeline_text(timeline: &Timeline, columns: usize) -> String {
    let longest_us = timeline.runs.iter().map(|run| run.wall_us).max().unwrap_or(0);
    let mut written = String::new();
    for run in &timeline.runs {
        let time = duration(run.wall_us as f64, 1.0);
        let speedup = run.speedup.map_or_else(String::new, |speedup| format!(" · {}", ratio(speedup)));
        let rows = text(&run.lanes, &run.spans, Window::whole(longest_us as f64), columns * 3 / 4);
        written += &format!("{}: {time}{speedup}\n{rows}\n", run.title);
    }
    written + LEGEND + "\n"
}

fn csv_of(figure: &Figure) -> String {
    let Body::Timeline(timeline) = &figure.body else { return String::new() };
    fn exported(run: &TimelineRun) -> Exported<'_> {
        let TimelineRun { slug, title, wall_us, lanes, spans, .. } = run;
        Exported { slug, title, wall_us: *wall_us, lanes, spans }
    }
    csv(&timeline.runs.iter().map(exported).collect::<Vec<_>>())
}
