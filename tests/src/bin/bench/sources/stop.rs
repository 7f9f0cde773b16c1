//! Stop, at random moments of many runs.

use super::PRESS_RUN;
use crate::built::Built;
use crate::measured::Measured;
use e2e::{Browser, WorkerTimes, with_browser};
use fastrand::Rng;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// When runs are stopped.
#[derive(Clone, Copy, Debug)]
struct Moments {
    /// The settings.
    query: &'static str,
    /// From when on the time to the stop is counted: the event `started`, or else the press of Run.
    from_started: bool,
    /// The longest time, in milliseconds.
    longest_ms: u64,
    /// What is measured.
    name: &'static str,
}

/// All modes: together they take about two seconds.
const MEASURING: Moments =
    Moments { query: "?tasks=8&sleep=20&cpu=40", from_started: true, longest_ms: 2_000, name: "Stop to ready" };

/// Many threads, processes and a pool, which take as long to come up.
const BOOTING: Moments = Moments {
    query: "?tasks=16&sleep=20&cpu=40&pool=8&modes=threads,pool,processes",
    from_started: false,
    longest_ms: 150,
    name: "Stop to ready while workers boot",
};

/// How long threads of the old run are watched after the page is ready.
const WATCHED: Duration = Duration::from_millis(300);

/// Milliseconds from a press of Stop until the page is ready, and what part of a core the old run's threads take in the 300 ms
/// after, in per cent. They end meanwhile, which costs a little.
pub fn at_random(built: &Built, browser: Browser, quick: bool) -> Vec<Measured> {
    let count = match browser {
        _ if quick => 6,
        Browser::Chromium => 40,
        _ => 15,
    };
    [MEASURING, BOOTING].iter().flat_map(|moments| stop(built, browser, moments, count)).collect()
}

fn stop(built: &Built, browser: Browser, moments: &Moments, count: usize) -> Vec<Measured> {
    // Each time at other moments, and yet the same in each bench.
    static SEED: AtomicU64 = AtomicU64::new(1);
    let mut random = Rng::with_seed(SEED.fetch_add(1, Ordering::Relaxed));
    let server = built.serve("app");
    let (mut took, mut used) = (Vec::new(), Vec::new());
    with_browser(browser, async |driver| {
        driver.set_script_timeout(Duration::from_secs(30)).await.expect("patience");
        driver.goto(format!("{}{}", server.url(), moments.query)).await.expect("the page");
        for _ in 0..count {
            let wait_ms = random.u64(..moments.longest_ms);
            let script = format!(
                "{PRESS_RUN} const [wait, fromStarted, done] = arguments; const go = () => setTimeout(done, wait, true); \
                 if (fromStarted) addEventListener('interleave:started', go, {{ once: true }}); \
                 else document.addEventListener('click', go, {{ once: true }}); press();"
            );
            let arguments = vec![json!(wait_ms), json!(moments.from_started)];
            driver.execute_async(script, arguments).await.expect("a run to start");
            let old_run = WorkerTimes::now();
            let script = "const done = arguments[0]; const start = performance.now(); \
                const end = (value) => { removeEventListener('interleave:error', stopped); removeEventListener('interleave:result', over); done(value); }; \
                const stopped = ({ detail }) => end(detail.code === 'stopped' ? performance.now() - start : detail.message); \
                const over = () => end(null); \
                addEventListener('interleave:error', stopped); addEventListener('interleave:result', over); \
                document.querySelector('#run').click();";
            let answer = driver.execute_async(script, Vec::new()).await;
            let answer =
                answer.unwrap_or_else(|error| panic!("{browser}: a run does not stop after {wait_ms} ms: {error}"));
            assert!(!answer.json().is_string(), "{browser}: stopped after {wait_ms} ms: {}", answer.json());
            // A run that was over already could not be stopped: that press has started another.
            let Some(ms) = answer.json().as_f64() else { continue };
            let at_ready = old_run.still_there();
            tokio::time::sleep(WATCHED).await;
            took.push(ms);
            used.push(at_ready.ms_until(&old_run.still_there()) / WATCHED.as_secs_f64() / 10.0);
        }
    });
    vec![
        Measured::new(format!("{}, {browser}", moments.name), "ms", took),
        Measured::new(format!("{}, CPU of the old run afterwards, {browser}", moments.name), "% of a core", used),
    ]
}
