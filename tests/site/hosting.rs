//! Hosts that send no headers, or strict ones: the service worker, offline, updates.

use crate::programs;
use e2e::{Browser, Headers, Page, Site, with_browser};
use serde_json::json;

const SMALL: &str = "tasks=2&sleep=10&cpu=5";

/// What a browser can do at the top level once the service worker adds the headers.
fn at_top(browser: Browser) -> (&'static str, &'static str, usize) {
    match browser {
        Browser::Chromium | Browser::Firefox => ("shared", "isolated", 6),
        // It says that it is isolated, and has nothing to share.
        Browser::WebKit => ("separate", "browser", 3),
    }
}

fn owned((memory, why): (&str, &str)) -> (String, String) {
    (memory.to_owned(), why.to_owned())
}

#[test]
fn on_a_host_without_headers_every_browser_runs_what_it_can() {
    for browser in Browser::ALL {
        let site = Site::at(Headers::None, "/blog/interleave/");
        with_browser(browser, async |driver| {
            let page = Page::open(&driver, &site.url(&format!("{SMALL}&autorun#here"))).await;
            let (memory, why, modes) = at_top(browser);
            assert_eq!(page.place().await, owned((memory, why)), "{browser}");
            assert_eq!(page.result(1).await.runs.len(), modes, "{browser}");
            assert_eq!(page.uncaught().await, json!([]), "{browser}");
            // Nothing of the reload is left in the address.
            let address = page.driver.current_url().await.unwrap();
            assert!(!address.as_str().contains("isolating") && address.fragment() == Some("here"), "{address}");
            // The second visit is isolated from the start.
            let loads = "return performance.getEntriesByType('navigation')[0].type";
            let page = Page::open(&driver, &site.url(SMALL)).await;
            assert_eq!((page.script(loads).await, page.place().await.0), (json!("navigate"), memory.to_owned()));
        });
    }
}

#[test]
fn a_strict_content_security_policy_is_enough() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        let site = Site::new(Headers::Strict);
        with_browser(browser, async |driver| {
            let page = Page::visit(&driver, &site.url(SMALL)).await;
            assert_eq!(page.place().await, owned(("shared", "isolated")), "{browser}");
            assert_eq!(page.run().await.len(), 6, "{browser}");
            programs::open(&page).await;
            if browser == Browser::Chromium {
                // Each of the two loads: the script in the page itself is refused, and comes as a file.
                let log = format!("{:?}", page.console().await);
                let count = |words| log.matches(words).count();
                assert_eq!((count("Content Security Policy"), count("Executing inline script")), (2, 2), "{log}");
            }
        });
    }
}

/// Whether all is kept that a reader has used who has run the lab and looked at its programs.
const KEPT: &str = "const { engine, programs, sheet } = interleaveLab; \
    const files = [engine + 'engine_bg.wasm', engine + 'worker.js', sheet, programs, document.querySelector('[data-desk]').dataset.desk]; \
    return Promise.all(files.map((file) => caches.match(file))).then((kept) => kept.every(Boolean))";

#[test]
fn after_one_visit_it_works_without_a_network() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        for headers in [Headers::None, Headers::Isolated] {
            let site = Site::new(headers);
            let url = site.url(SMALL);
            with_browser(browser, async move |driver| {
                let page = Page::open(&driver, &url).await;
                page.wait_until("return !!navigator.serviceWorker.controller", "the service worker").await;
                // What a reader has used is kept, the seldom used as well.
                programs::open(&page).await;
                page.wait_until(KEPT, "the lab and the desk to be kept").await;
                drop(site);
                let page = Page::visit(&driver, &url).await;
                assert_eq!(page.place().await, owned(("shared", "isolated")), "{browser}");
                assert_eq!(page.run().await.len(), 6, "{browser}");
                programs::open(&page).await;
            });
        }
    }
}

#[test]
fn an_update_never_mixes_old_and_new() {
    let site = Site::new(Headers::None);
    // The version before: another name, another page, a file that is gone now.
    site.change(|path, body| {
        let text = |body: Vec<u8>| String::from_utf8(body).unwrap();
        match path {
            "sw.js" => Some(text(body).replacen("const BUILD = \"", "const BUILD = \"before-", 1).into_bytes()),
            "index.html" => {
                Some(text(body).replace("<title>", "<meta name=version content=before><title>").into_bytes())
            }
            _ => Some(body),
        }
    });
    with_browser(Browser::Chromium, async |driver| {
        let version = "return document.querySelector('meta[name=version]')?.content ?? 'now'";
        let page = Page::open(&driver, &site.url(SMALL)).await;
        assert_eq!(page.script(version).await, "before");
        site.restore();
        // The entry page comes from the network, and what it names with it.
        let page = Page::open(&driver, &site.url(SMALL)).await;
        assert_eq!(page.script(version).await, "now");
        let kept = "const done = arguments[0]; caches.keys().then((names) => done(names.filter((name) => !name.includes('before-')).length))";
        for _ in 0..50 {
            if page.driver.execute_async(kept, vec![]).await.unwrap().json() == &json!(1) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        assert_eq!(page.driver.execute_async(kept, vec![]).await.unwrap().json(), &json!(1), "the new version is kept");
        assert_eq!(page.run().await.len(), 6);
        let url = site.url(SMALL);
        drop(site);
        let page = Page::visit(&driver, &url).await;
        assert_eq!(page.script(version).await, "now", "and works without a network");
        assert_eq!(page.run().await.len(), 6);
    });
}
