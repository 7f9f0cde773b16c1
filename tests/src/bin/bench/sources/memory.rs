//! The memory of the page after many runs.

use super::{PRESS_RUN, serve};
use crate::row::Measured;
use e2e::{Browser, page_memory, with_browser};
use serde_json::json;
use std::time::Duration;
use thirtyfour::WebDriver;

/// Every mode, in a short run.
const QUERY: &str = "?tasks=4&sleep=5&cpu=0";
const FIRST: u32 = 10;

/// The browser does not count the memory of WebAssembly that is not shared: this shows the app's to `MEASURE`.
const WATCH: &str = "const start = WebAssembly.instantiateStreaming; \
    WebAssembly.instantiateStreaming = async (...given) => { \
        const made = await start.apply(WebAssembly, given); \
        window.appMemory = made.instance.exports.memory; \
        return made; \
    };";
const MEASURE: &str = "const done = arguments[0]; \
    performance.measureUserAgentSpecificMemory().then(({ bytes }) => done(bytes + appMemory.buffer.byteLength), () => done(null));";

/// Megabytes of the page after 10 runs and after 200: all that the browser counts, the workers' too, with the app's own memory; and
/// for comparison its whole process, with what its allocators keep for later.
pub fn after_runs(quick: bool) -> Vec<Measured> {
    let server = serve("app", None);
    let last = if quick { 60 } else { 200 };
    with_browser(Browser::Chromium, async |driver| {
        driver.set_script_timeout(Duration::from_secs(300)).await.expect("patience");
        let watch = json!({ "source": WATCH });
        driver.cdp().send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await.expect("a watch");
        driver.goto(format!("{}{QUERY}", server.url())).await.expect("the page");
        run(&driver, FIRST).await;
        let first = settled(&driver).await;
        for _ in 1..last / FIRST {
            run(&driver, FIRST).await;
        }
        let then = settled(&driver).await;
        vec![
            Measured::new("after 10 runs", "MB", vec![first.page]),
            Measured::new("after all runs", "MB", vec![then.page]),
            Measured::new("process after 10 runs", "MB", vec![first.process]),
            Measured::new("process after all runs", "MB", vec![then.process]),
            Measured::new("number of runs", "", vec![f64::from(last)]),
        ]
    })
}

/// Megabytes.
struct Memory {
    page: f64,
    process: f64,
}

async fn run(driver: &WebDriver, count: u32) {
    let script = format!(
        "{PRESS_RUN} const [count, done] = arguments; let left = count; \
         const next = () => left-- > 0 ? setTimeout(press, 0) : (removeEventListener('interleave:result', next), done(true)); \
         addEventListener('interleave:result', next); next();"
    );
    driver.execute_async(script, vec![json!(count)]).await.expect("the runs to end");
}

/// Once garbage is collected and workers that ended are gone.
async fn settled(driver: &WebDriver) -> Memory {
    let tools = driver.cdp();
    tools.send_raw("HeapProfiler.enable", json!({})).await.expect("the heap's profiler");
    for _ in 0..3 {
        tools.send_raw("HeapProfiler.collectGarbage", json!({})).await.expect("garbage to be collected");
        tokio::time::sleep(Duration::from_millis(1_500)).await;
    }
    let bytes = driver.execute_async(MEASURE, Vec::new()).await.expect("a measurement").json().as_f64();
    Memory { page: bytes.unwrap_or(f64::NAN) / 1e6, process: page_memory() as f64 / 1e6 }
}
