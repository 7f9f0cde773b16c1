//! The modes of `compare`, in the page and natively.

use super::runs;
use crate::row::Measured;
use e2e::{Browser, Compared};
use std::thread::available_parallelism;

/// How many times as fast the pool on all cores computes as one thread, in browsers and natively.
pub fn speed_up(quick: bool) -> Vec<Measured> {
    let cores = available_parallelism().map_or(1, usize::from);
    let arguments = [("tasks", 8), ("sleep", 0), ("cpu", 200), ("pool", cores)];
    let speed_up = |result: &Compared| wall(result, "sequential") / wall(result, "pool");
    let repeats = if quick { 1 } else { 3 };
    let query: String = arguments.map(|(name, value)| format!("{name}={value}&")).concat();
    let mut measured: Vec<_> = [Browser::Chromium, Browser::Firefox]
        .map(|browser| {
            let results = results(browser, &format!("{query}modes=sequential,pool"), repeats);
            Measured::new(format!("pool, {browser}"), "×", results.iter().map(speed_up).collect())
        })
        .into();
    let options = arguments.map(|(name, value)| [format!("--{name}"), value.to_string()]).concat();
    let native = (0..repeats).map(|_| speed_up(&natively(&options))).collect();
    measured.push(Measured::new("pool, native", "×", native));
    measured
}

/// Eight tasks that sleep 200 ms: milliseconds of `sequential`, and what part of that others take.
pub fn sleeping(quick: bool) -> Vec<Measured> {
    let mut measured = Vec::new();
    for browser in [Browser::Chromium, Browser::Firefox] {
        let modes = "modes=sequential,threads,pool";
        let results = results(browser, &format!("tasks=8&sleep=200&cpu=0&pool=8&{modes}"), if quick { 1 } else { 5 });
        let sequential = results.iter().map(|result| wall(result, "sequential")).collect();
        measured.push(Measured::new(format!("sequential, {browser}"), "ms", sequential));
        for mode in ["threads", "pool"] {
            let part = results.iter().map(|result| wall(result, mode) / wall(result, "sequential")).collect();
            measured.push(Measured::new(format!("{mode}, {browser}"), "of it", part));
        }
    }
    measured
}

/// The results of a query's runs in a browser.
fn results(browser: Browser, query: &str, repeats: usize) -> Vec<Compared> {
    runs::in_browser(browser, query, repeats).iter().map(|text| read(text)).collect()
}

fn natively(options: &[String]) -> Compared {
    let options: Vec<_> =
        ["--modes", "sequential,pool"].into_iter().chain(options.iter().map(String::as_str)).collect();
    read(&runs::natively("compare", &options))
}

fn read(text: &str) -> Compared {
    Compared::read(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn wall(result: &Compared, mode: &str) -> f64 {
    result.runs.iter().find(|run| run.mode == mode).map_or(f64::NAN, |run| run.wall_ms)
}
