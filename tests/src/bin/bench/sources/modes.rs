//! The modes of `compare`, in the page and natively.

use super::{PRESS_RUN, serve};
use crate::row::Measured;
use e2e::{Browser, Compared, with_browser};
use std::process::Command;
use std::thread::available_parallelism;
use std::time::Duration;
use thirtyfour::WebDriver;

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
    let server = serve("app", None);
    with_browser(browser, async |driver| {
        let mut results = Vec::new();
        for _ in 0..repeats {
            driver.goto(format!("{}?{query}", server.url())).await.expect("the page");
            results.push(run(&driver).await);
        }
        results
    })
}

/// Presses Run and waits for the result.
async fn run(driver: &WebDriver) -> Compared {
    driver.set_script_timeout(Duration::from_secs(120)).await.expect("patience");
    let script = format!(
        "{PRESS_RUN} const done = arguments[0]; \
         addEventListener('interleave:result', ({{ detail }}) => done(JSON.stringify(detail.result)), {{ once: true }}); \
         addEventListener('interleave:error', ({{ detail }}) => done(JSON.stringify(detail)), {{ once: true }}); \
         press();"
    );
    let answer = driver.execute_async(script, Vec::new()).await.expect("the run to end");
    let text = answer.json().as_str().unwrap_or("").to_owned();
    Compared::read(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn natively(options: &[String]) -> Compared {
    let mut command = Command::new(e2e::from_xtask("INTERLEAVE_BENCH_CLI"));
    command.args(["run", "compare", "--modes", "sequential,pool", "--json"]).args(options);
    let output = command.output().expect("the labs' program");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Compared::read(&text).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn wall(result: &Compared, mode: &str) -> f64 {
    result.runs.iter().find(|run| run.mode == mode).map_or(f64::NAN, |run| run.wall_ms)
}
