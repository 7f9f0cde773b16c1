//! Stop, at random moments of many runs.

use super::{PRESS_RUN, serve};
use crate::row::Measured;
use e2e::{Browser, WorkerTimes, with_browser};
use serde_json::json;
use std::time::Duration;

/// All modes: together they take about two seconds.
const QUERY: &str = "?tasks=8&sleep=20&cpu=40";
const LONGEST_MS: u32 = 2_000;
/// How long threads of the old run are watched after the page is ready.
const WATCHED: Duration = Duration::from_millis(300);

/// Milliseconds from a press of Stop until the page is ready, and what part of a core the old run's threads take in the 300 ms
/// after, in per cent. They end meanwhile, which costs a little.
pub fn random_moments(quick: bool) -> Vec<Measured> {
    let server = serve("app", None);
    let mut took = Vec::new();
    let mut used = Vec::new();
    with_browser(Browser::Chromium, async |driver| {
        driver.set_script_timeout(Duration::from_secs(30)).await.expect("patience");
        driver.goto(format!("{}{QUERY}", server.url())).await.expect("the page");
        let mut random = 1_u32;
        for _ in 0..if quick { 6 } else { 200 } {
            // A linear congruential generator (Numerical Recipes): the same moments each time.
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let wait_ms = ((u64::from(random) * u64::from(LONGEST_MS)) >> 32) as u32;
            let script = format!(
                "{PRESS_RUN} const [wait, done] = arguments; \
                 addEventListener('interleave:started', () => setTimeout(done, wait, true), {{ once: true }}); press();"
            );
            driver.execute_async(script, vec![json!(wait_ms)]).await.expect("a run to start");
            let old_run = WorkerTimes::now();
            let script = "const done = arguments[0]; const start = performance.now(); \
                const ready = () => done(performance.now() - start); \
                addEventListener('interleave:error', ready, { once: true }); \
                addEventListener('interleave:result', () => done(null), { once: true }); \
                document.querySelector('#run').click();";
            let answer = driver.execute_async(script, Vec::new()).await.expect("the run to end");
            // A run that was over already could not be stopped: that press has started another.
            let Some(ms) = answer.json().as_f64() else { continue };
            let at_ready = old_run.still_there();
            tokio::time::sleep(WATCHED).await;
            took.push(ms);
            used.push(at_ready.ms_until(&old_run.still_there()) / WATCHED.as_secs_f64() / 10.0);
        }
    });
    vec![
        Measured::new("Stop to ready", "ms", took),
        Measured::new("CPU of the old run afterwards", "% of a core", used),
    ]
}
