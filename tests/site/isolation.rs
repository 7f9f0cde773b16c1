//! What runs without isolation, and sites below a path.

use e2e::{Blog, Browser, Headers, Page, Site, with_tab};
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
        with_tab(browser, async |driver| {
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
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("modes=pool&tasks=2&sleep=10&autorun")).await;
        assert_eq!(page.result(1).await.runs[0].mode, "sequential");
        let notice = page.find("[data-argument=modes]").await.unwrap().text().await.unwrap();
        assert!(notice.contains("cannot run here") && notice.contains("sequential is used"), "{notice}");
    });
}

#[test]
fn it_works_below_any_path() {
    let site = Site::at(Headers::Isolated, "/blog/interleave/");
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=2&sleep=10&cpu=5&autorun")).await;
        assert_eq!(page.result(1).await.runs.len(), 6);
    });
}

#[test]
fn in_a_frame_the_parent_gets_the_events() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
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
            driver.find_all(By::Css("header, footer, .course")).await.unwrap().is_empty(),
            "an embed has no chrome"
        );
    });
}

/// What an Android phone says of itself.
fn phone(brands: &str, agent: &str) -> String {
    format!(
        "Object.defineProperty(navigator, 'userAgentData', {{ value: {{ brands: [{brands}], mobile: true, platform: 'Android' }} }}); \
         Object.defineProperty(navigator, 'userAgent', {{ value: 'Mozilla/5.0 (Linux; Android 16; {agent}) Chrome Mobile' }});"
    )
}

#[test]
fn a_phone_loads_the_page_again_only_where_that_isolates_it() {
    let chrome = |version: u32| phone(&format!("{{ brand: 'Chromium', version: '{version}' }}"), "K");
    let web_view =
        phone("{ brand: 'Chromium', version: '150' }, { brand: 'Android WebView', version: '150' }", "K; wv");
    let open_in_browser = "Open it in a browser";
    let cases = [
        (chrome(145), true, ("separate", "frame"), 1, "cannot isolate a frame"),
        (chrome(146), true, ("shared", "isolated"), 2, ""),
        (chrome(145), false, ("shared", "isolated"), 2, ""),
        (web_view.clone(), true, ("separate", "app"), 1, open_in_browser),
        (web_view, false, ("separate", "app"), 1, open_in_browser),
    ];
    for (says, in_frame, (memory, why), loads, text) in cases {
        let site = Site::new(Headers::None);
        let script = format!("sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0); {says}");
        site.change(move |path, body| {
            if path != "index.html" {
                return Some(body);
            }
            let page = String::from_utf8(body).expect("a page");
            Some(page.replacen("<meta charset", &format!("<script>{script}</script><meta charset"), 1).into_bytes())
        });
        let post = "<!doctype html><title>Blog</title><iframe width=900 height=900 src=\"INTERLEAVE/?tasks=2&sleep=10&embed\"></iframe>";
        let blog = Blog::new(Headers::None, &site, post);
        with_tab(Browser::Chromium, async |driver| {
            let page = Page { driver: driver.clone() };
            if in_frame {
                driver.goto(blog.address()).await.unwrap();
                driver.enter_frame(0).await.unwrap();
            } else {
                driver.goto(site.url("tasks=2&sleep=10")).await.unwrap();
            }
            page.status("Ready.").await;
            assert_eq!(page.place().await, (memory.to_owned(), why.to_owned()), "in a frame: {in_frame}, {says}");
            assert_eq!(
                page.script("return Number(sessionStorage.loads)").await,
                loads,
                "in a frame: {in_frame}, {says}"
            );
            assert!(page.text().await.contains(text), "in a frame: {in_frame}, {says}");
        });
    }
}
