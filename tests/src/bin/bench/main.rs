//! `cargo xtask bench`: measures the engine and the built site beside their peers, writes `BENCHMARKS.md` and `benchmarks.json`,
//! and fails where a budget is broken.
//!
//! One thing measured is one [`row::Row`] in `rows.rs`; where its figures come from is a function in `sources`.
#![forbid(unsafe_code)]

mod report;
mod row;
mod rows;
mod sources;

use row::{Measured, Row};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask bench [--quick] [row …]";

fn main() -> ExitCode {
    let (switches, names): (Vec<String>, Vec<String>) = std::env::args().skip(1).partition(|it| it.starts_with('-'));
    let known = |name: &String| rows::ROWS.iter().any(|row| row.slug == name);
    if switches.iter().any(|switch| switch != "--quick") || !names.iter().all(known) {
        let slugs: Vec<_> = rows::ROWS.iter().map(|row| row.slug).collect();
        eprintln!("{USAGE}\nrows: {}", slugs.join(", "));
        return ExitCode::from(2);
    }
    let quick = !switches.is_empty();
    let chosen = rows::ROWS.iter().filter(|row| names.is_empty() || names.iter().any(|name| name == row.slug));
    let measured: Vec<(&Row, Vec<Measured>)> = chosen.map(|row| (row, row.measure(quick))).collect();
    // A part is for whoever works on it; the files tell of the whole.
    if names.is_empty() {
        report::write(&measured, quick);
    }
    let broken: Vec<String> = measured.iter().flat_map(|(row, measured)| row.broken(measured)).collect();
    if broken.is_empty() {
        println!("\nEvery budget is met.");
        return ExitCode::SUCCESS;
    }
    eprintln!("\nBroken budgets:\n  {}", broken.join("\n  "));
    ExitCode::FAILURE
}
