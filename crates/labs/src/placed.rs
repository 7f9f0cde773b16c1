//! Whether findings and figures stand where a page can put them, and light up what is there: for the tests of all labs.

use crate::lab::{Finding, Lab, Story};
use crate::sheet::Blank;
use interleave_trace::figure::{Body, Cell, Scale, TimelineRun};

/// What is wrong with where the findings of a story stand; nothing if all is well.
pub(crate) fn misplaced(story: &Story) -> Vec<String> {
    let bodies = || story.figures.iter().map(|figure| &figure.body);
    let runs: Vec<&TimelineRun> =
        bodies().flat_map(|body| if let Body::Timeline(of) = body { &of.runs[..] } else { &[] }).collect();
    let rows: Vec<&str> = bodies()
        .flat_map(|body| if let Body::Table(of) = body { &of.rows[..] } else { &[] })
        .map(|row| &*row.id)
        .collect();
    let is_row = |slug: &str| rows.contains(&slug) || runs.iter().any(|run| run.slug == slug);
    let mut wrong = Vec::new();
    for (place, finding) in story.findings.iter().enumerate() {
        let mut say = |fault: &str| wrong.push(format!("{fault}: {finding:?}"));
        if place == 0 && finding.row.is_some() {
            say("the headline stands with a row");
        }
        if finding.row.as_ref().is_some_and(|row| !is_row(row)) {
            say("it stands with no row that there is");
        }
        for (at, light) in finding.lights.iter().enumerate() {
            let run = runs.iter().find(|run| run.slug == light.run);
            let shows = |state| light.states.is_empty() || light.states.contains(&state);
            if !run.is_some_and(|run| run.spans.iter().any(|span| shows(span.state))) {
                say("it lights up nothing");
            }
            if finding.lights[..at].iter().any(|other| other.run == light.run) {
                say("it lights up a run twice");
            }
        }
    }
    wrong
}

/// How many of them are the page's main sentences.
pub(crate) fn main_sentences(findings: &[Finding]) -> usize {
    findings.iter().filter(|finding| finding.row.is_none()).count()
}

/// What is wrong with the figures of a story of `L`: they fill the sheet's blanks, in order, and have nothing that cannot be drawn.
pub(crate) fn unfit<L: Lab>(story: &Story) -> Vec<String> {
    let blanks = L::sheet().blanks;
    let mut wrong = Vec::new();
    if story.figures.len() != blanks.len() {
        wrong.push(format!("{} figures for {} blanks", story.figures.len(), blanks.len()));
    }
    for (figure, blank) in story.figures.iter().zip(&blanks) {
        let of_id = story.figures.iter().filter(|other| other.id == figure.id).count();
        let fits = match &figure.body {
            Body::Table(table) => table.rows.iter().all(|row| {
                row.cells.len() + 1 == table.columns.len()
                    && !row.cells.iter().any(|cell| matches!(cell, Cell::Value { value, .. } if !value.is_finite()))
            }),
            Body::Chart(chart) => {
                chart.series.iter().flat_map(|series| &series.points).all(|point| match &chart.x.scale {
                    Scale::Names(names) => point.x < names.len() as f64 && point.y.is_finite(),
                    _ => point.x.is_finite() && point.y.is_finite(),
                })
            }
            Body::Graph(graph) => {
                graph.edges.iter().flat_map(|edge| [edge.from, edge.to]).all(|end| end < graph.nodes.len())
            }
            _ => true,
        };
        let timeline = matches!(figure.body, Body::Timeline(_));
        if of_id != 1 || !fits || timeline != matches!(blank, Blank::Timeline(_)) {
            wrong.push(format!("{figure:?}"));
        }
    }
    wrong
}
