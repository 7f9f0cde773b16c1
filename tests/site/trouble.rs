//! What can break does, and the next run works.

use crate::programs;
use e2e::{Browser, Headers, Page, Site, with_tab};
use std::time::Duration;

/// Changes files, and keeps the service worker from keeping what is broken.
fn break_files(site: &Site, change: impl Fn(&str, Vec<u8>) -> Option<Vec<u8>> + Send + Sync + 'static) {
    site.change(move |path, body| if path == "sw.js" { None } else { change(path, body) });
}

#[test]
fn a_worker_script_that_does_not_load() {
    let site = Site::new(Headers::Isolated);
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
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
        with_tab(Browser::Chromium, async |driver| {
            let page = Page::open(&driver, &site.url(&format!("plan=s5.panic%2Bs10&modes={mode}"))).await;
            page.click("#run").await;
            let error = page.wait_for("error", 1, Duration::from_secs(20)).await;
            assert_eq!(error["code"], "panic", "{mode}: {error}");
            let message = error["message"].as_str().unwrap();
            assert!(message.contains("task 0 was asked to crash"), "{mode}: {error}");
            let (_, line) = message.split_once("(crates/engine/src/compare/task.rs:").expect(message);
            assert!(line.starts_with(|c: char| c.is_ascii_digit()) && !line.starts_with('0'), "{mode}: {error}");
            page.click(".presets button").await;
            page.click("#run").await;
            assert_eq!(page.result(1).await.runs.len(), 1, "{mode}");
        });
    }
}

#[test]
fn memory_that_cannot_be_allocated() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
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
    with_tab(Browser::Chromium, async |driver| {
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

/// Lets workers of this name load and never answer.
fn silence(site: &Site, name: &'static str) {
    break_files(site, move |path, body| {
        let silent = format!("if (self.name === '{name}') await new Promise(() => {{}});\n");
        Some(if path.ends_with("worker.js") { [silent.as_bytes(), &body].concat() } else { body })
    });
}

/// What the page says of it, and whether Run works again once workers do.
async fn says_what_to_do(page: &Page, site: &Site, patience: u64) {
    let error = page.wait_for("error", 1, Duration::from_secs(patience)).await;
    assert_eq!(error["code"], "load", "{error}");
    assert!(error["message"].as_str().unwrap().ends_with("If that happens again, reload the page."), "{error}");
    assert!(page.find(".failure").await.unwrap().text().await.unwrap().contains("Press Run to try again."));
    site.restore();
    page.click("#run").await;
    assert_eq!(page.result(1).await.runs.len(), 1);
    assert_eq!(page.uncaught().await, serde_json::json!([]));
}

#[test]
fn a_thread_or_process_that_never_answers() {
    let site = Site::new(Headers::Isolated);
    // The pool's workers have no name.
    for (browser, mode, name) in [
        (Browser::Chromium, "threads", "thread"),
        (Browser::Chromium, "pool", ""),
        (Browser::Chromium, "processes", "process"),
        (Browser::Firefox, "pool", ""),
    ] {
        with_tab(browser, async |driver| {
            println!("{mode} in {browser}");
            silence(&site, name);
            let page = Page::open(&driver, &site.url(&format!("tasks=3&sleep=10&modes={mode}"))).await;
            page.click("#run").await;
            says_what_to_do(&page, &site, 20).await;
        });
    }
}

#[test]
fn an_engine_that_never_answers() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        silence(&site, "engine");
        driver.goto(site.url("tasks=3&sleep=10&modes=threads")).await.unwrap();
        says_what_to_do(&Page { driver }, &site, 45).await;
    });
}

#[test]
fn a_worker_that_never_answers_can_be_stopped() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for (mode, name) in [("threads", "thread"), ("pool", ""), ("processes", "process")] {
            println!("{mode}");
            silence(&site, name);
            let page = Page::open(&driver, &site.url(&format!("tasks=3&sleep=10&modes={mode}"))).await;
            page.click("#run").await;
            page.wait_for("started", 1, Duration::from_secs(10)).await;
            page.click("#run").await;
            let stopped = page.wait_for("error", 1, Duration::from_secs(2)).await;
            assert_eq!(stopped["code"], "stopped", "{stopped}");
            site.restore();
            page.click("#run").await;
            assert_eq!(page.result(1).await.runs.len(), 1);
            assert_eq!(page.events().await.iter().filter(|event| event.name == "error").count(), 1);
        }
    });
}

#[test]
fn programs_that_do_not_load() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
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
