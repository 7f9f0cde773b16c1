//! What runs without isolation, and sites below a path.

use e2e::{Browser, Headers, Page, Site, with_browser};
use interleave_labs::result::Memory;
use thirtyfour::By;

/// A host that sends no headers, where the service worker cannot be installed either.
pub fn without_service_worker() -> Site {
    let site = Site::new(Headers::None);
    site.change(|path, body| (path != "sw.js").then_some(body));
    site
}

#[test]
fn without_isolation_what_can_run_runs_and_the_rest_says_why_not() {
    let site = without_service_worker();
    for browser in Browser::ALL {
        with_browser(browser, async |driver| {
            let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=10")).await;
            for mode in ["one-core", "threads", "pool"] {
                let input = page.find(&format!("input[name=modes-{mode}]")).await.unwrap();
                assert!(!input.is_enabled().await.unwrap(), "{browser}: {mode}");
            }
            let text = page.text().await;
            assert!(
                text.contains("Threads cannot share memory here") && text.contains("needs shared memory"),
                "{text}"
            );
            page.click("#run").await;
            let result = page.result(1).await;
            assert_eq!(result.host.memory, Memory::Separate);
            let modes: Vec<_> = result.runs.iter().map(|run| run.mode.as_str()).collect();
            assert_eq!(modes, ["sequential", "event-loop", "processes"]);
            assert!(result.runs.iter().all(|run| run.checksum == result.runs[0].checksum));
            assert_eq!(page.uncaught().await, serde_json::json!([]), "{browser}");
        });
    }
}

#[test]
fn a_url_that_asks_only_for_what_cannot_run_gets_something_that_can() {
    let site = without_service_worker();
    with_browser(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("modes=pool&tasks=2&sleep=10&autorun")).await;
        assert_eq!(page.result(1).await.runs[0].mode, "sequential");
        let notice = page.find("[data-argument=modes]").await.unwrap().text().await.unwrap();
        assert!(notice.contains("cannot run here") && notice.contains("sequential is used"), "{notice}");
    });
}

#[test]
fn it_works_below_any_path() {
    let site = Site::at(Headers::Isolated, "/blog/interleave/");
    with_browser(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=2&sleep=10&cpu=5&autorun")).await;
        assert_eq!(page.result(1).await.runs.len(), 6);
    });
}

#[test]
fn in_a_frame_the_parent_gets_the_events() {
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=2")).await;
        page.script(
            "window.heard = []; addEventListener('message', (event) => heard.push(event.data)); \
             const frame = document.createElement('iframe'); frame.src = './?embed&autorun&tasks=2&sleep=10&modes=pool'; \
             document.body.append(frame)",
        )
        .await;
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
        let heard = loop {
            let heard = page.script("return heard").await;
            let heard = heard.as_array().unwrap().clone();
            if heard.iter().any(|message| message["type"] == "interleave:result") {
                break heard;
            }
            assert!(std::time::Instant::now() < deadline, "{heard:?}");
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        };
        let of = |name: &str| {
            heard.iter().find(|message| message["type"] == name).unwrap_or_else(|| panic!("{name}: {heard:?}"))
        };
        assert_eq!(of("interleave:result")["result"]["schema"], "interleave/result@1");
        assert!(of("interleave:resize")["height"].as_u64().unwrap() > 100);
        let _ = (of("interleave:ready"), of("interleave:started"));
        driver.enter_frame(0).await.unwrap();
        assert!(
            driver.find_all(By::Css("header, footer, .lesson")).await.unwrap().is_empty(),
            "an embed has no chrome"
        );
    });
}
