//! What is left when a tab is closed in mid-run, and when a run is over.

use e2e::{Browser, Headers, Page, Site, alone, worker_threads};
use std::time::{Duration, Instant};

#[test]
fn closing_the_tab_in_mid_run_leaves_nothing_behind() {
    let site = without_service_worker();
    for browser in [Browser::Chromium, Browser::Firefox] {
        alone(browser, async |driver| {
            let other_tab = driver.window().await.unwrap();
            for mode in ["threads", "processes"] {
                let tab = driver.new_tab().await.unwrap();
                driver.switch_to_window(tab).await.unwrap();
                let page = Page::open(&driver, &site.url(&format!("modes={mode}&plan=c500*9"))).await;
                page.click("#run").await;
                page.wait_for("started", 1, Duration::from_secs(10)).await;
                wait_until(|| worker_threads() >= 9, &format!("{browser} {mode}: the tasks have workers")).await;
                driver.close_window().await.unwrap();
                driver.switch_to_window(other_tab.clone()).await.unwrap();
                wait_until(|| worker_threads() == 0, &format!("{browser} {mode}: the workers end with the tab")).await;
            }
        });
    }
}

#[test]
fn a_run_that_is_over_leaves_no_threads_behind() {
    let site = without_service_worker();
    for browser in [Browser::Chromium, Browser::Firefox] {
        alone(browser, async |driver| {
            let page = Page::open(&driver, &site.url("modes=processes,threads&tasks=4&sleep=5&cpu=1")).await;
            for run in 1..=10 {
                page.click("#run").await;
                page.result(run).await;
            }
            // The engine of the next run is there already.
            wait_until(|| worker_threads() <= 1, &format!("{browser}: the workers end with their runs")).await;
        });
    }
}

/// Stopped while its threads come up, and while they compute: in Chromium one thread in six stayed for ever, and the host with it, where
/// both were ended at once.
#[test]
fn a_stopped_run_leaves_no_threads_behind() {
    let site = without_service_worker();
    for browser in [Browser::Chromium, Browser::Firefox] {
        alone(browser, async |driver| {
            let page = Page::open(&driver, &site.url("lab=race")).await;
            for run in 1..=14 {
                let press_ms = if run % 2 == 0 { 30 } else { 500 };
                page.script(&format!(
                    "document.getElementById('run').click(); \
                     setTimeout(() => document.querySelector('#run.stop').click(), {press_ms})"
                ))
                .await;
                let error = page.wait_for("error", run, Duration::from_secs(10)).await;
                assert_eq!(error["code"], "stopped", "{browser}: {error}");
                page.wait_until("return !document.querySelector('#run.stop')", "the page to be ready").await;
            }
            wait_until(|| worker_threads() <= 1, &format!("{browser}: the workers end with their runs")).await;
        });
    }
}

/// Each process is the host of its own threads. In Chromium, where all of them stayed.
#[test]
fn a_run_with_processes_leaves_no_threads_behind() {
    const SCRIPT: &str = "import multiprocessing\nif __name__ == '__main__':\n    \
                          for _ in range(2):\n        \
                          process = multiprocessing.Process(target=print, args=('here',))\n        \
                          process.start()\n        process.join()\n";
    let site = without_service_worker();
    alone(Browser::Chromium, async |driver| {
        let script: String = SCRIPT.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let page = Page::open(&driver, &site.url(&format!("lab=python&gil=on&script={script}"))).await;
        for run in 1..=4 {
            page.click("#run").await;
            let result = page.result_text(run).await;
            assert_eq!(result.matches("\"text\":\"here\"").count(), 3, "two lines, and one that is counted: {result}");
        }
        // The engine of the next run, and ten that stand by for it.
        wait_until(|| worker_threads() <= 11, "the processes end with their runs").await;
    });
}

/// Firefox keeps pages with their workers, and has no more than 512 of them.
#[test]
fn a_page_that_is_left_has_no_threads_and_a_reader_who_comes_back_finds_what_was_measured() {
    let site = without_service_worker();
    for browser in [Browser::Chromium, Browser::Firefox] {
        alone(browser, async |driver| {
            let page = Page::open(&driver, &site.url("lab=python&script=print('here')")).await;
            page.click("#run").await;
            page.wait_for("result", 1, Duration::from_secs(20)).await;
            // As a browser says it of a page that it keeps. Whether it keeps one is up to the browser.
            page.script("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))").await;
            wait_until(|| worker_threads() == 0, &format!("{browser}: the workers end with the page")).await;
            let shown = page.find("main").await.unwrap().text().await.unwrap();
            assert!(shown.contains("here"), "{browser}: {shown}");
            page.click("#run").await;
            page.wait_for("result", 2, Duration::from_secs(20)).await;
        });
    }
}

/// Browsers let it live for a while, and it is a worker, too.
fn without_service_worker() -> Site {
    let site = Site::new(Headers::Isolated);
    site.change(|path, body| (path != "sw.js").then_some(body));
    site
}

async fn wait_until(condition: impl Fn() -> bool, what: &str) {
    let deadline = Instant::now() + Duration::from_secs(15);
    while !condition() {
        assert!(Instant::now() < deadline, "{what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
