//! What the page's process holds of memory, run after run.

use super::PRESS_RUN;
use crate::built::Built;
use crate::measured::Measured;
use crate::statistics::slope;
use e2e::{Browser, page_memory, with_browser};
use serde_json::json;
use std::time::Duration;
use thirtyfour::WebDriver;

/// Every mode, in a short run.
const QUERY: &str = "?tasks=4&sleep=5&cpu=0";
/// Runs between two looks at the memory.
const RUNS: u32 = 10;
/// Looks at the memory.
const LOOKS: u32 = 12;

/// The proportional set size (Pss) of the process that shows the page, in which all its workers live: megabytes after 10 runs and after
/// all, and by how many kilobytes it grows with a run, over the later half of them. A process that has just begun grows until its
/// allocators have what they need; one that leaks never stops.
pub fn after_runs(built: &Built, browser: Browser, quick: bool) -> Vec<Measured> {
    let server = built.serve("app");
    let held = with_browser(browser, async |driver| {
        driver.set_script_timeout(Duration::from_secs(300)).await.expect("patience");
        driver.goto(format!("{}{QUERY}", server.url())).await.expect("the page");
        let mut held = Vec::new();
        for look in 1..=if quick { 4 } else { LOOKS } {
            run(&driver, RUNS).await;
            settle(&driver, browser).await;
            held.push((f64::from(look * RUNS), page_memory() as f64 / 1e6));
        }
        held
    });
    let ((_, first), (runs, last)) = (held[0], held[held.len() - 1]);
    let measured = |name: &str, unit, value| Measured::new(format!("{name}, {browser}"), unit, vec![value]);
    vec![
        measured("after 10 runs", "MB", first),
        measured(&format!("after {runs} runs"), "MB", last),
        measured("growth with a run", "kB", slope(&held[held.len() / 2..]) * 1000.0),
    ]
}

async fn run(driver: &WebDriver, count: u32) {
    let script = format!(
        "{PRESS_RUN} const [count, done] = arguments; let left = count; \
         const next = () => left-- > 0 ? setTimeout(press, 0) : (removeEventListener('interleave:result', next), done(true)); \
         addEventListener('interleave:result', next); next();"
    );
    driver.execute_async(script, vec![json!(count)]).await.expect("the runs to end");
}

/// Waits until workers that ended are gone, and what nobody refers to is collected: Chromium does that when it is asked to.
async fn settle(driver: &WebDriver, browser: Browser) {
    for _ in 0..2 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        if browser == Browser::Chromium {
            let tools = driver.cdp();
            tools.send_raw("HeapProfiler.enable", json!({})).await.expect("the heap's profiler");
            tools.send_raw("HeapProfiler.collectGarbage", json!({})).await.expect("garbage to be collected");
        }
    }
}
