//! Results, read as strictly as an opened file is.

use interleave_labs::compare::{self, Args, Compare};
use interleave_labs::file;
use interleave_labs::lab::{Finding, Lab, Measured};
use interleave_labs::result::{Host, Run};
use interleave_labs::{Report, Values};
use serde_json::Value;

/// What a result of the lab `L` says was measured, with which arguments, and where.
///
/// # Errors
/// Why it says nothing.
pub fn read<L: Lab>(text: &str) -> Result<(Values, Host, Measured<L::Data>), String> {
    file::read::<L>(text).map_err(|error| error.to_string())
}

/// A result of `compare`.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The arguments in force.
    pub args: Args,
    /// Where it ran.
    pub host: Host,
    /// The modes' runs.
    pub runs: Vec<Run>,
    /// What it says itself, not computed anew.
    pub findings: Vec<Finding>,
}

impl Compared {
    /// Reads a result's text.
    ///
    /// # Errors
    /// Why it is none.
    pub fn read(text: &str) -> Result<Compared, String> {
        let (values, host, measured) = read::<Compare>(text)?;
        Ok(Compared { args: Args::of(&values), host, runs: measured.runs, findings: findings(text)? })
    }
}

/// What a result of the lab called `slug` says, computed anew, which is what it says itself; and nothing that it says contradicts it.
///
/// # Errors
/// What is wrong with it, or where the two differ.
pub fn explained(slug: &str, text: &str) -> Result<Report, String> {
    let lab = interleave_labs::lab(slug).ok_or_else(|| format!("there is no lab called {slug}"))?;
    let report = lab.explain(text).map_err(|error| error.to_string())?;
    let words = |findings: &[Finding]| findings.iter().map(|it| (it.id.clone(), it.text.clone())).collect::<Vec<_>>();
    let (says, comes_to) = (words(&findings(text)?), words(&report.findings));
    if says != comes_to {
        return Err(format!("it says {says:?}, and comes to {comes_to:?}"));
    }
    if slug == Compare::SLUG {
        let json = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let found = compare::contradictions(&json, None);
        if !found.is_empty() {
            return Err(format!("it contradicts itself: {found:?}"));
        }
    }
    Ok(report)
}

fn findings(text: &str) -> Result<Vec<Finding>, String> {
    let mut json: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    serde_json::from_value(json["findings"].take()).map_err(|error| error.to_string())
}
