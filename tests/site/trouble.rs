//! What can break does, and the next run works.

use crate::programs;
use e2e::{Browser, Headers, Page, Site, with_browser};
use std::time::Duration;

/// Changes files, and keeps the service worker from keeping what is broken.
fn break_files(site: &Site, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static) {
    site.change(move |path, body| if path == "sw.js" { None } else { change(path, body) });
}

#[test]
fn a_worker_script_that_does_not_load() {
    let site = Site::new(Headers::Isolated);
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_browser(browser, async |driver| {
            break_files(&site, |path, body| (!path.ends_with("worker.js")).then_some(body));
            driver.goto(site.url("tasks=3&sleep=10&modes=threads")).await.unwrap();
            let page = Page { driver };
            // Loading the engine failed before anybody pressed anything; that is said too.
            let error = page.wait_for("error", 1, Duration::from_secs(30)).await;
            assert_eq!(error["code"], "load", "{error}");
            site.restore();
            page.click("#run").await;
            assert_eq!(page.result(1).await.runs.len(), 1);
        });
    }
}

#[test]
fn a_task_that_crashes() {
    let site = Site::new(Headers::Isolated);
    for mode in ["sequential", "one-core", "threads", "pool", "processes"] {
        with_browser(Browser::Chromium, async |driver| {
            let page = Page::open(&driver, &site.url(&format!("plan=s5.panic%2Bs10&modes={mode}"))).await;
            page.click("#run").await;
            let error = page.wait_for("error", 1, Duration::from_secs(20)).await;
            assert_eq!(error["code"], "panic", "{mode}: {error}");
            assert!(error["message"].as_str().unwrap().contains("task 0 was asked to crash"), "{mode}: {error}");
            page.click(".presets button").await;
            page.click("#run").await;
            assert_eq!(page.result(1).await.runs.len(), 1, "{mode}");
        });
    }
}

#[test]
fn memory_that_cannot_be_allocated() {
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        // No memory for threads' parent, the host: as on a device that is out of it.
        break_files(&site, |path, body| {
            let refuse = b"WebAssembly.Memory = function () { throw new RangeError('could not allocate memory'); };\n";
            Some(if path.ends_with("worker.js") { [&refuse[..], &body].concat() } else { body })
        });
        driver.goto(site.url("tasks=3&sleep=10&modes=pool")).await.unwrap();
        let page = Page { driver };
        let error = page.wait_for("error", 1, Duration::from_secs(30)).await;
        assert_eq!(error["code"], "memory", "{error}");
        site.restore();
        page.click("#run").await;
        assert_eq!(page.result(1).await.runs.len(), 1);
    });
}

#[test]
fn a_thread_whose_script_breaks() {
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        // The host comes up; its threads do not.
        break_files(&site, |path, body| {
            let broken = b"if (self.name === 'thread') throw new Error('broken on purpose');\n";
            Some(if path.ends_with("worker.js") { [&broken[..], &body].concat() } else { body })
        });
        let page = Page::open(&driver, &site.url("tasks=3&sleep=10&modes=threads")).await;
        page.click("#run").await;
        let error = page.wait_for("error", 1, Duration::from_secs(20)).await;
        assert_eq!(error["code"], "load", "{error}");
        let shown = page.find(".failure").await.unwrap().text().await.unwrap();
        assert!(shown.contains(error["message"].as_str().unwrap()), "{shown}");
        site.restore();
        page.click("#run").await;
        assert_eq!(page.result(1).await.runs.len(), 1);
    });
}

#[test]
fn programs_that_do_not_load() {
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        break_files(&site, |path, body| (!path.starts_with("programs-")).then_some(body));
        let page = Page::open(&driver, &site.url("tasks=3")).await;
        page.click(".programs summary").await;
        let says = "return !!document.querySelector('.programs .failure')?.innerText.includes('could not be loaded')";
        page.wait_until(says, "why there is no program").await;
        site.restore();
        page.click(".programs summary").await;
        page.wait_until("return !document.querySelector('.programs .failure')", "nothing").await;
        programs::open(&page).await;
        assert_eq!(page.uncaught().await, serde_json::json!([]));
    });
}
