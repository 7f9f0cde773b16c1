//! Many random runs of all labs, some stopped at a random moment, some with settings changed meanwhile: each has to end as the contract
//! says, with the arguments that it was started with, with no false sentence, no error that nobody caught, and ready for the next.
//!
//! `cargo xtask soak --runs 1000 --seed 7 chromium firefox`

mod chance;

use chance::Chance;
use e2e::{Browser, Headers, Page, Site, explained, with_browser};
use interleave_labs::Entry;
use interleave_labs::lab::Finding;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

/// Runs before the page is opened anew.
const RUNS_A_VISIT: u32 = 8;
/// A run that has not ended by then hangs; a stop is pressed long before.
const LIMIT_MS: u64 = 25_000;

/// What was asked for on the command line.
struct Asked {
    runs: u32,
    seed: u64,
    browsers: Vec<Browser>,
}

fn main() -> ExitCode {
    let asked = match Asked::read(std::env::args().skip(1)) {
        Ok(asked) => asked,
        Err(why) => {
            eprintln!("error: {why}. Usage: soak [--runs N] [--seed N] [chromium] [firefox]");
            return ExitCode::FAILURE;
        }
    };
    let mut faults = 0;
    for browser in &asked.browsers {
        let tally = soak(*browser, asked.runs, asked.seed);
        let ends: Vec<_> = tally.ends.iter().map(|(end, count)| format!("{count} {end}")).collect();
        println!("{browser}: {} runs: {}; {} faults", asked.runs, ends.join(", "), tally.faults);
        faults += tally.faults;
    }
    if faults == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

impl Asked {
    fn read(mut given: impl Iterator<Item = String>) -> Result<Asked, String> {
        let mut asked = Asked { runs: 1000, seed: 1, browsers: Vec::new() };
        while let Some(word) = given.next() {
            let mut number = || {
                let text = given.next().unwrap_or_default();
                text.parse().map_err(|_| format!("{word} wants a number, not “{text}”"))
            };
            match word.as_str() {
                "--runs" => asked.runs = number()? as u32,
                "--seed" => asked.seed = number()?,
                "chromium" => asked.browsers.push(Browser::Chromium),
                "firefox" => asked.browsers.push(Browser::Firefox),
                _ => return Err(format!("“{word}” is not known")),
            }
        }
        if asked.browsers.is_empty() {
            asked.browsers = vec![Browser::Chromium, Browser::Firefox];
        }
        Ok(asked)
    }
}

/// How the runs ended.
#[derive(Default)]
struct Tally {
    ends: BTreeMap<&'static str, u32>,
    faults: u32,
}

fn soak(browser: Browser, runs: u32, seed: u64) -> Tally {
    let site = Site::new(Headers::Isolated);
    let mut chance = Chance::new(seed);
    let mut tally = Tally::default();
    with_browser(browser, async |driver| {
        let mut left = runs;
        while left > 0 {
            let lab = chance.lab();
            let mut values = chance.values(lab);
            let page = Page::open(&driver, &site.url(&values.to_query(lab.slug))).await;
            for _ in 0..left.min(RUNS_A_VISIT) {
                left -= 1;
                let run = Run { lab, asked: values.to_query(lab.slug), plan: chance.plan(lab, &mut values) };
                let told = page.driver.execute_async(include_str!("run.js"), vec![run.plan.clone()]).await;
                let told = told.map_or_else(|error| json!({ "driver": error.to_string() }), |told| told.json().clone());
                match run.judge(&told) {
                    Ok(end) => *tally.ends.entry(end).or_default() += 1,
                    Err(fault) => {
                        tally.faults += 1;
                        run.tell(browser, runs - left, &fault, &told);
                        // What follows on a page that is broken says nothing.
                        break;
                    }
                }
            }
        }
    });
    tally
}

/// A run as it was asked for.
struct Run {
    lab: &'static Entry,
    /// The settings when Run was pressed.
    asked: String,
    plan: Value,
}

impl Run {
    /// How it ended, or what is wrong with that.
    fn judge(&self, told: &Value) -> Result<&'static str, String> {
        let uncaught = &told["uncaught"];
        if *uncaught != json!([]) {
            return Err(format!("uncaught: {uncaught}"));
        }
        let [end] = &told["ends"].as_array().map_or(&[][..], Vec::as_slice) else {
            return Err("it did not end once".to_owned());
        };
        if told["ready"] != true {
            return Err("the page is not ready for another".to_owned());
        }
        let detail = &end["detail"];
        if end["name"] == "error" {
            return match (detail["code"].as_str(), told["stopped"] == true) {
                (Some("stopped"), true) => Ok("stopped"),
                // Browsers limit how many memories there are: those of the run before may not be gone yet.
                (Some("memory"), _) => Ok("refused memory"),
                _ => Err(format!("it failed: {detail}")),
            };
        }
        if told["started"] != 1 {
            return Err(format!("a result after {} starts", told["started"]));
        }
        let result = &detail["result"];
        let report = explained(self.lab.slug, &result.to_string())?;
        if report.query != self.asked {
            return Err(format!("it ran with {}", report.query));
        }
        // Those of a row are told where it opens.
        let here = |finding: &&Finding| finding.row.is_none() || told["inRows"] == false;
        let says: BTreeSet<_> = report.findings.iter().filter(here).map(|finding| finding.text.clone()).collect();
        let told: BTreeSet<String> = serde_json::from_value(told["told"].clone()).unwrap_or_default();
        if told != says {
            return Err(format!("the page says {told:?}, the result {says:?}"));
        }
        Ok("measured")
    }

    /// Tells of a fault, and keeps all that is known of it in a file.
    fn tell(&self, browser: Browser, number: u32, fault: &str, told: &Value) {
        let name = format!("soak-{browser}-{number}.json");
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target").join(name);
        let all = json!({ "asked": self.asked, "fault": fault, "plan": self.plan, "told": told });
        let kept = std::fs::write(&file, format!("{all:#}"));
        let kept = kept.map_or_else(|error| error.to_string(), |()| format!("see {}", file.display()));
        println!("{browser}, run {number}: ?{}: {fault} ({kept})", self.asked);
    }
}
