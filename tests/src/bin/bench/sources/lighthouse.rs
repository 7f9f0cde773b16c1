//! Lighthouse's scores, on a desktop and on the phone that it pretends to be.

use crate::built::Built;
use crate::measured::Measured;
use serde_json::Value;
use std::process::Command;

const CATEGORIES: [(&str, &str); 4] = [
    ("performance", "performance"),
    ("accessibility", "accessibility"),
    ("best-practices", "best practices"),
    ("seo", "SEO"),
];

/// Scores from 0 to 100.
pub fn scores(built: &Built, _quick: bool) -> Vec<Measured> {
    let mut measured = Vec::new();
    for kind in ["desktop", "mobile"] {
        let report = report(built, kind);
        for (id, name) in CATEGORIES {
            let score = report["categories"][id]["score"].as_f64().expect("a score") * 100.0;
            measured.push(Measured::new(format!("{name}, {kind}"), "", vec![score]));
        }
    }
    measured
}

/// Lighthouse's report. Where Chromium's trace lacks the beginning of the load, Lighthouse itself asks to be run again: twice it is.
fn report(built: &Built, kind: &str) -> Value {
    let mut again = 2;
    loop {
        match audit(built, kind) {
            Ok(report) => return report,
            Err(why) if again > 0 && why.contains("NO_NAVSTART") => again -= 1,
            Err(why) => panic!("Lighthouse: {why}"),
        }
    }
}

/// Lighthouse's report, or why it could give none.
fn audit(built: &Built, kind: &str) -> Result<Value, String> {
    let server = built.serve("app");
    let output = built.folder.with_file_name(format!("lighthouse-{kind}.json"));
    let mut command = Command::new("node");
    command.arg(e2e::from_xtask("INTERLEAVE_LIGHTHOUSE")).arg(server.url());
    command.args(["--output=json", "--quiet", "--no-enable-error-reporting", "--output-path"]).arg(&output);
    command.arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu");
    command.env("CHROME_PATH", e2e::from_xtask("INTERLEAVE_CHROMIUM"));
    if kind == "desktop" {
        command.arg("--preset=desktop");
    }
    let ended = command.output().expect("node to start");
    if !ended.status.success() {
        return Err(String::from_utf8_lossy(&ended.stderr).into_owned());
    }
    let text = std::fs::read_to_string(&output).expect("Lighthouse's report");
    Ok(serde_json::from_str(&text).expect("Lighthouse's report as JSON"))
}
