//! What was measured, for a reader at a terminal or for another program.

use crate::arguments::Form;
use interleave_labs::{Entry, Report};
use interleave_trace::Figure;

/// The width of a figure, in characters.
const COLUMNS: usize = 100;

/// A report in the format asked for.
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
    let figures = report.figures.iter().map(|figure| figure.text(COLUMNS).trim_start().to_owned() + "\n");
    let findings = report.findings.iter().map(|finding| format!("- {}\n", finding.text));
    figures.chain(findings).collect()
}

/// All figures, each after a line with its title.
fn as_csv(figures: &[Figure]) -> String {
    let title = |figure: &Figure| if figure.title.is_empty() { figure.id.clone() } else { figure.title.clone() };
    figures.iter().map(|figure| format!("# {}\n{}", title(figure), figure.csv())).collect()
}
