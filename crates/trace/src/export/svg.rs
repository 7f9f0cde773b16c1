//! The timelines as a standalone drawing, for slides and papers.

use super::Exported;
use crate::State;
use crate::format::duration;
use crate::layout::{Window, bars, rows, ticks};
use std::fmt::Write;

const MARGIN: f64 = 16.0;
/// Where bars start, within the margin.
const LEFT: f64 = 96.0;
const TITLE: f64 = 26.0;
const ROW: f64 = 14.0;
const BAR: f64 = 11.0;
const AXIS: f64 = 24.0;
const LEGEND: f64 = 30.0;
const TICK_SPACING: f64 = 90.0;
/// Half the width that a tick's label may have.
const HALF_LABEL: f64 = 24.0;
/// The legend fits into this width.
const LEAST_WIDTH: f64 = 660.0;

/// All runs on one time axis, `width` pixels wide, and at least wide enough for the legend. States differ in hue and in
/// pattern, as on the page. The file needs no other font or style, and has a title and a description for readers who
/// cannot see it.
#[must_use]
pub fn svg(runs: &[Exported], width: f64) -> String {
    let width = width.max(LEAST_WIDTH);
    let longest_us = runs.iter().map(|run| run.wall_us).max().unwrap_or(0);
    let window = Window::whole(longest_us as f64);
    let bars_width = width - 2.0 * MARGIN - LEFT;
    let x = |at_us: f64| MARGIN + LEFT + window.x(at_us, bars_width);
    let ticks = ticks(window, bars_width, TICK_SPACING);
    let mut body = String::new();
    let mut y = MARGIN + AXIS;
    for run in runs {
        let rows = rows(run.lanes, run.spans);
        let title = format!("{}: {}", run.title, duration(run.wall_us as f64, 1.0));
        add(
            &mut body,
            &format!(
                "<text x=\"{MARGIN}\" y=\"{:.1}\" font-weight=\"600\">{}</text>",
                y + TITLE - 8.0,
                escaped(&title)
            ),
        );
        y += TITLE;
        for row in &rows {
            let lane = run.lanes.iter().find(|lane| lane.id == row.lane).map_or("", |lane| &lane.name);
            let name = row.task.map_or_else(|| lane.to_owned(), |task| format!("task {task}"));
            let middle = y + BAR / 2.0 + 3.5;
            add(
                &mut body,
                &format!(
                    "<text x=\"{MARGIN}\" y=\"{middle:.1}\" font-size=\"10\" fill=\"#56626a\">{}</text>",
                    escaped(&name)
                ),
            );
            let mut drawn = Vec::new();
            bars(row, window, bars_width, f64::INFINITY, &mut drawn);
            for bar in &drawn {
                let (from, long) = (MARGIN + LEFT + bar.x0, (bar.x1 - bar.x0).max(0.6));
                let state = bar.state.name();
                add(
                    &mut body,
                    &format!(
                        "<rect x=\"{from:.2}\" y=\"{y:.1}\" width=\"{long:.2}\" height=\"{BAR}\" fill=\"url(#{state})\"/>"
                    ),
                );
            }
            y += ROW;
        }
        let end = x(run.wall_us as f64);
        let top = y - ROW * rows.len() as f64;
        add(
            &mut body,
            &format!("<path d=\"M{end:.2} {top:.1}V{:.1}\" stroke=\"#1b2328\" stroke-width=\"1.5\"/>", y - 2.0),
        );
        if let Some(bound_us) = run.bound_us {
            let best = x(bound_us as f64);
            let tick = format!(
                "<path d=\"M{best:.2} {top:.1}V{:.1}\" stroke=\"#1b2328\" stroke-width=\"1.5\" stroke-dasharray=\"2 2\"><title>at best</title></path>",
                y - 2.0
            );
            add(&mut body, &tick);
        }
    }
    let mut axis = String::new();
    for tick in &ticks {
        let at = x(*tick as f64);
        add(&mut axis, &format!("<path d=\"M{at:.2} {:.1}V{y:.1}\" stroke=\"#e6e9e8\"/>", MARGIN + AXIS - 6.0));
        let anchor = if at + HALF_LABEL > width { "end" } else { "middle" };
        let label = if *tick == 0 { "0".to_owned() } else { tick_label(*tick, longest_us) };
        add(
            &mut axis,
            &format!(
                "<text x=\"{at:.2}\" y=\"{:.1}\" font-size=\"11\" text-anchor=\"{anchor}\" fill=\"#56626a\">{label}</text>",
                MARGIN + 10.0
            ),
        );
    }
    let legend = legend(y + LEGEND - 10.0);
    let height = y + LEGEND + MARGIN;
    let names: Vec<_> =
        runs.iter().map(|run| format!("{}: {}", run.title, duration(run.wall_us as f64, 1.0))).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title what\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" font-family=\"system-ui, sans-serif\" font-size=\"14\" fill=\"#1b2328\">\n\
         <title id=\"title\">Measured timelines</title>\n<desc id=\"what\">{}</desc>\n<defs>{}</defs>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n{axis}{body}{legend}</svg>\n",
        escaped(&names.join("; ")),
        State::ALL.map(pattern).join("")
    )
}

fn add(body: &mut String, element: &str) {
    // Writing to a string cannot fail.
    let _ = writeln!(body, "{element}");
}

/// In the unit of the axis.
fn tick_label(tick_us: u64, longest_us: u64) -> String {
    let (unit, size) = if longest_us >= 2_000_000 { ("s", 1e6) } else { ("ms", 1e3) };
    let value = format!("{:.3}", tick_us as f64 / size);
    format!("{} {unit}", value.trim_end_matches('0').trim_end_matches('.'))
}

/// A state's foreground, background and pattern: the light colours of the page.
fn look(state: State) -> (&'static str, &'static str, &'static str) {
    match state {
        State::Run => ("#0e5a78", "#0e5a78", ""),
        State::Sleep => ("#9fb6c6", "#cfdde6", "M2 2.75h1.5"),
        State::Ready => ("#d38a14", "#eeb04b", "M-1 7L7 -1M-4 4L4 -4M2 10L10 2"),
        State::Wait => ("#8a1c4a", "#b6426f", "M1.5 0V6"),
        State::Spawn => ("#6f7d1f", "#94a43a", "M0 0L6 6M6 0L0 6"),
        State::Message => ("#63449e", "#8566c0", "M0 2.5H6"),
    }
}

fn pattern(state: State) -> String {
    let (ink, ground, lines) = look(state);
    format!(
        "<pattern id=\"{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"{ground}\"/>\
         <path d=\"{lines}\" stroke=\"{ink}\" stroke-width=\"1.3\" fill=\"none\"/></pattern>",
        state.name()
    )
}

fn legend(y: f64) -> String {
    const STEP: f64 = 110.0;
    let entry = |(index, state): (usize, State)| {
        let (x, name) = (MARGIN + STEP * index as f64, state.name());
        format!(
            "<rect x=\"{x:.0}\" y=\"{:.1}\" width=\"18\" height=\"{BAR}\" fill=\"url(#{name})\"/>\
             <text x=\"{:.0}\" y=\"{y:.1}\" font-size=\"12\">{name}</text>\n",
            y - 9.0,
            x + 24.0
        )
    };
    State::ALL.into_iter().enumerate().map(entry).collect()
}

/// An element's text: without characters that XML forbids, and with `>` escaped, because it must not contain `]]>`.
pub(crate) fn escaped(text: &str) -> String {
    let text: String = text.chars().filter(|letter| !matches!(letter, ..' ' | '\u{fffe}' | '\u{ffff}')).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
