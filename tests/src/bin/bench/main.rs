//! `cargo xtask bench`: measures the engine and the built site beside their peers, writes `BENCHMARKS.md` and `benchmarks.json`,
//! and fails where a budget is broken.
//!
//! One thing measured is one [`row::Row`] in `rows.rs`; where its samples come from is a function in `sources`.
#![forbid(unsafe_code)]

mod against;
mod budget;
mod built;
mod machine;
mod measured;
mod report;
mod row;
mod rows;
mod sources;
mod statistics;

use budget::Judged;
use built::Built;
use report::{Report, RowReport};
use row::Row;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const USAGE: &str = "usage: cargo xtask bench [--quick] [--against <commit>] [row …]";

fn main() -> ExitCode {
    let (switches, names): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|it| it.starts_with('-'));
    let known = |name: &String| rows::ROWS.iter().any(|row| row.slug == name);
    if switches.iter().any(|switch| switch != "--quick") || !names.iter().all(known) {
        let slugs: Vec<_> = rows::ROWS.iter().map(|row| row.slug).collect();
        eprintln!("{USAGE}\nrows: {}", slugs.join(", "));
        return ExitCode::from(2);
    }
    let quick = !switches.is_empty();
    let chosen: Vec<&Row> =
        rows::ROWS.iter().filter(|row| names.is_empty() || names.iter().any(|name| name == row.slug)).collect();
    let started = Instant::now();
    let failed = match Built::other() {
        Some(other) => compare(&chosen, &other, quick),
        None => measure(&chosen, quick),
    };
    println!("\nMeasured for {:.1} min.", started.elapsed().as_secs_f64() / 60.0);
    if failed.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("\nFailed:\n  {}", failed.join("\n  "));
    ExitCode::FAILURE
}

/// Measures rows, and writes and prints what came of them; what fails, in words.
fn measure(rows: &[&Row], quick: bool) -> Vec<String> {
    let here = Built::here();
    let (date, commit) = (machine::date(), machine::commit());
    let mut new = Report { machine: machine::describe(), rows: Vec::new() };
    let mut failed = Vec::new();
    for row in rows {
        println!("\n{}", row.title);
        let started = Instant::now();
        let samples = row.measure(&here, quick);
        let report = RowReport::new(row, &samples, &date, &commit);
        for quantity in &report.quantities {
            println!("  {}", quantity.in_words());
        }
        failed.extend(samples.failures.iter().map(|why| format!("{}: {why}", row.title)));
        new.rows.push(report);
        println!("  took {:.0} s", started.elapsed().as_secs_f64());
    }
    println!("\nBudgets, broken ones first");
    for (row, judged) in new.budgets() {
        let Judged { of, target, reached, n, verdict, .. } = judged;
        let line = format!("{:<14} {of}: {target}: {reached}, n = {n}", row.row);
        println!("  {:<2} {line}", verdict.mark());
        if verdict.fails() {
            failed.push(line);
        }
    }
    println!("\n{}", keep(new, &here, quick));
    failed
}

/// Writes the report: into the workspace or, after a quick look, beside what was built. Says what was done.
fn keep(new: Report, here: &Built, quick: bool) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = if quick { here.folder.with_file_name("quick") } else { root };
    std::fs::create_dir_all(&folder).expect("a folder for the report");
    let order: Vec<_> = rows::ROWS.iter().map(|row| row.slug).collect();
    // Rows that were not measured now stay as they are; after a quick look, and where all were, there are none.
    let old = if quick || new.rows.len() == order.len() { Ok(Report::default()) } else { Report::read(&folder) };
    let updated = old.and_then(|mut report| report.update(new, &order).map(|()| report));
    match updated {
        Ok(report) => {
            report.write(&folder).expect("the report");
            format!("Wrote BENCHMARKS.md and benchmarks.json in {}.", folder.display())
        }
        Err(why) => format!("Wrote nothing: {why}. Measure all rows."),
    }
}

/// Measures rows of this commit and of another one; what fails, in words.
fn compare(rows: &[&Row], other: &Built, quick: bool) -> Vec<String> {
    let here = Built::here();
    let mut failed = Vec::new();
    for row in rows {
        println!("\n{}", row.title);
        failed.extend(against::compare(row, &here, other, quick));
    }
    failed
}
