//! The modes of `compare`, in the page and natively.

use super::runs;
use crate::built::Built;
use crate::measured::Measured;
use e2e::{Browser, Compared};
use std::thread::available_parallelism;

/// How many times as fast the pool on all cores computes as one thread, in browsers and natively.
pub fn speed_up(built: &Built, _quick: bool) -> Vec<Measured> {
    let cores = available_parallelism().map_or(1, usize::from).to_string();
    let arguments = [("tasks", "8"), ("sleep", "0"), ("cpu", "200"), ("pool", &cores), ("modes", "sequential,pool")];
    let query = arguments.map(|(name, value)| format!("{name}={value}")).join("&");
    let options = arguments.map(|(name, value)| [format!("--{name}"), value.to_owned()]).concat();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let texts = [
        ("Chromium", runs::in_browser(built, Browser::Chromium, &query)),
        ("native", runs::natively(built, "compare", &options)),
        ("Firefox", runs::in_browser(built, Browser::Firefox, &query)),
    ];
    let measured = texts.map(|(place, text)| {
        let result = read(&text);
        Measured::new(format!("pool, {place}"), "×", vec![wall(&result, "sequential") / wall(&result, "pool")])
    });
    measured.into()
}

/// Eight tasks that sleep 200 ms: milliseconds of `sequential`, and what part of that others take.
pub fn sleeping(built: &Built, _quick: bool) -> Vec<Measured> {
    let mut measured = Vec::new();
    for browser in [Browser::Chromium, Browser::Firefox] {
        let query = "tasks=8&sleep=200&cpu=0&pool=8&modes=sequential,threads,pool";
        let result = read(&runs::in_browser(built, browser, query));
        let sequential = wall(&result, "sequential");
        measured.push(Measured::new(format!("sequential, {browser}"), "ms", vec![sequential]));
        for mode in ["threads", "pool"] {
            let part = vec![wall(&result, mode) / sequential];
            measured.push(Measured::new(format!("{mode}, {browser}"), "of it", part));
        }
    }
    measured
}

fn read(text: &str) -> Compared {
    Compared::read(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn wall(result: &Compared, mode: &str) -> f64 {
    let run = result.runs.iter().find(|run| run.mode == mode);
    run.unwrap_or_else(|| panic!("no run of {mode}")).wall_ms
}
