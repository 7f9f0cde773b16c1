//! Stop at any moment, and what comes after it.

use crate::isolation::without_service_worker;
use e2e::{Browser, Headers, Page, Site, with_tab};
use std::time::Duration;

fn stop_then_run(browser: Browser, site: &Site, modes: &[&str]) {
    with_tab(browser, async |driver| {
        for mode in modes {
            for work in ["sleep=2000&cpu=0", "sleep=0&cpu=500"] {
                let page = Page::open(&driver, &site.url(&format!("tasks=16&pool=2&modes={mode}&{work}"))).await;
                // In the page: a press from outside may come late where all cores compute, and the run be over.
                let press = "document.querySelector('#run').click()";
                page.script(&format!(
                    "addEventListener('interleave:started', () => setTimeout(() => {press}, 400), {{ once: true }}); {press}"
                ))
                .await;
                let stopped = page.wait_for("error", 1, Duration::from_secs(10)).await;
                assert_eq!(stopped["code"], "stopped", "{browser} {mode} {work}");
                // The next run is clean, however the last one ended.
                page.script("const n = document.querySelector('[name=tasks]'); n.value = 2; n.dispatchEvent(new InputEvent('input', {bubbles: true}))").await;
                page.script("const n = document.querySelector('[name=sleep]'); n.value = 10; n.dispatchEvent(new InputEvent('input', {bubbles: true}))").await;
                page.script("const n = document.querySelector('[name=cpu]'); n.value = 5; n.dispatchEvent(new InputEvent('input', {bubbles: true}))").await;
                page.click("#run").await;
                let result = page.result(1).await;
                assert_eq!((result.args.tasks, result.runs.len()), (2, 1), "{browser} {mode} {work}");
            }
        }
    });
}

/// Many short runs, each stopped at another moment while its workers boot and for a little longer; the next one is asked for at once.
fn stop_while_workers_boot(browser: Browser) {
    /// Runs for each mode.
    const RUNS: usize = 12;
    /// The last moment, in milliseconds after the run has started.
    const LAST_MS: u32 = 400;
    let site = Site::new(Headers::Isolated);
    with_tab(browser, async |driver| {
        let mut random = 1_u32;
        for mode in ["threads", "pool", "processes"] {
            let page = Page::open(&driver, &site.url(&format!("tasks=24&sleep=400&cpu=10&pool=16&modes={mode}"))).await;
            let mut moments = Vec::new();
            for _ in 0..RUNS {
                // A linear congruential generator (Numerical Recipes): the same moments each time.
                random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                moments.push((u64::from(random) * u64::from(LAST_MS)) >> 32);
            }
            page.script(&format!(
                "const moments = {moments:?}; \
                 const press = () => document.querySelector('#run').click(); \
                 addEventListener('interleave:started', () => moments.length && setTimeout(press, moments.shift())); \
                 addEventListener('interleave:error', () => setTimeout(press, 0)); press();"
            ))
            .await;
            // None after that one is stopped.
            let result = page.result(1).await;
            assert_eq!((result.args.tasks, result.runs.len()), (24, 1), "{browser} {mode}");
            let events = page.events().await;
            let errors: Vec<_> = events.iter().filter(|event| event.name == "error").collect();
            assert_eq!(errors.len(), RUNS, "{browser} {mode} at {moments:?}: {events:?}");
            assert!(errors.iter().all(|error| error.detail["code"] == "stopped"), "{browser} {mode}: {errors:?}");
            assert_eq!(page.uncaught().await, serde_json::json!([]), "{browser} {mode}");
        }
    });
}

#[test]
fn stops_while_workers_boot_leave_a_clean_next_run_in_chromium() {
    stop_while_workers_boot(Browser::Chromium);
}

#[test]
fn stops_while_workers_boot_leave_a_clean_next_run_in_firefox() {
    stop_while_workers_boot(Browser::Firefox);
}

const ALL: [&str; 6] = ["sequential", "event-loop", "one-core", "threads", "pool", "processes"];

#[test]
fn every_mode_stops_and_runs_again_in_chromium() {
    stop_then_run(Browser::Chromium, &Site::new(Headers::Isolated), &ALL);
}

#[test]
fn every_mode_stops_and_runs_again_in_firefox() {
    stop_then_run(Browser::Firefox, &Site::new(Headers::Isolated), &ALL);
}

#[test]
fn what_runs_without_shared_memory_stops_too() {
    stop_then_run(Browser::Chromium, &without_service_worker(), &["sequential", "event-loop", "processes"]);
}
