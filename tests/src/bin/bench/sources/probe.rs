//! Probes of `crates/bench`, and its peers.

use crate::built::Built;
use crate::measured::{Measured, Unit};
use e2e::{Browser, with_browser};
use serde_json::{Value, json};
use std::process::Command;
use std::time::Duration;

/// Probes and peers in a browser, one after another, each in a page of its own.
pub fn in_browser(built: &Built, browser: Browser, names: &[&str], unit: Unit, quick: bool) -> Vec<Measured> {
    let server = built.serve("probes");
    with_browser(browser, async |driver| {
        driver.set_script_timeout(Duration::from_secs(120)).await.expect("patience");
        let mut all = Vec::new();
        for name in names {
            driver.goto(server.url()).await.expect("the probes' page");
            let script = "const [name, quick, done] = arguments; \
                const wait = () => window.bench ? bench(name, quick).then(done, (e) => done(String(e))) : setTimeout(wait, 20); wait();";
            let answer = driver.execute_async(script, vec![json!(name), json!(quick)]).await;
            let series = answer.unwrap_or_else(|error| panic!("{name} in {browser}: {error}")).json().clone();
            let measured = measured(&series, &browser.to_string(), unit);
            all.extend(measured.unwrap_or_else(|| panic!("{name} in {browser}: {series}")));
        }
        all
    })
}

/// A probe on this machine without a browser.
pub fn natively(built: &Built, name: &str, unit: Unit, quick: bool) -> Vec<Measured> {
    let output = Command::new(&built.native).arg(name).args(quick.then_some("quick")).output();
    let output = output.expect("the probes' program");
    let series = serde_json::from_slice(&output.stdout).ok().and_then(|series| measured(&series, "native", unit));
    series.unwrap_or_else(|| panic!("{name}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn measured(series: &Value, place: &str, unit: Unit) -> Option<Vec<Measured>> {
    let one = |series: &Value| {
        let samples = series["samples"].as_array()?.iter().filter_map(Value::as_f64).collect();
        Some(Measured::new(format!("{}, {place}", series["name"].as_str()?), unit, samples))
    };
    series.as_array()?.iter().map(one).collect()
}
