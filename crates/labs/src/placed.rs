//! Whether findings stand where a page can put them, and light up what is there: for the tests of all labs.

use crate::lab::{Finding, Story};
use interleave_trace::figure::{Body, TimelineRun};

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
