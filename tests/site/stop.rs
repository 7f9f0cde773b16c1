//! Stop at any moment, and what comes after it.

use crate::isolation::without_service_worker;
use e2e::{Browser, Headers, Page, Site, with_browser};
use std::time::Duration;

fn stop_then_run(browser: Browser, site: &Site, modes: &[&str]) {
    with_browser(browser, async |driver| {
        for mode in modes {
            for work in ["sleep=2000&cpu=0", "sleep=0&cpu=500"] {
                let page = Page::open(&driver, &site.url(&format!("tasks=16&pool=2&modes={mode}&{work}"))).await;
                page.click("#run").await;
                page.wait_for("started", 1, Duration::from_secs(10)).await;
                tokio::time::sleep(Duration::from_millis(400)).await;
                page.click("#run").await;
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
