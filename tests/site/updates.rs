//! What the service worker keeps while the host changes: two builds, a tab of the old one, a deploy that is half done.

use e2e::{Browser, Build, Headers, Page, Site, with_tab};
use serde_json::json;
use std::time::Duration;
use thirtyfour::WebDriver;

const QUERY: &str = "tasks=2&sleep=10&cpu=5";
const VERSION: &str = "return document.querySelector('meta[name=version]')?.content ?? 'this'";

/// Waits until the whole page of the build that the page is of is kept, and its lab.
pub async fn kept(page: &Page) {
    let kept = "const { build } = document.querySelector('[data-build]').dataset; return (async () => { \
        const cacheName = (await caches.keys()).find((name) => name.endsWith(build)); \
        if (!cacheName) return false; \
        const { engine, programs, sheet } = interleaveLab; \
        const files = ['./', engine + 'engine_bg.wasm', engine + 'worker.js', sheet, programs]; \
        return (await Promise.all(files.map((file) => caches.match(file, { cacheName })))).every(Boolean); })()";
    page.wait_until(kept, "page and lab to be kept").await;
}

/// What is kept of each build, by the build's name: the paths.
pub async fn all_kept(page: &Page) -> Vec<(String, Vec<String>)> {
    let list = "return caches.keys().then((names) => Promise.all(names.map(async (name) => \
        [name, (await (await caches.open(name)).keys()).map(({ url }) => url)])))";
    serde_json::from_value(page.script(list).await).unwrap()
}

/// The files that the page is made of, as far as the browser tells.
async fn files(page: &Page) -> String {
    page.script("return performance.getEntriesByType('resource').map(({ name }) => name).join('\\n')")
        .await
        .as_str()
        .unwrap()
        .to_owned()
}

fn holds_any(text: &str, hashes: &[String]) -> bool {
    hashes.iter().any(|hash| text.contains(hash))
}

/// Opens the site and waits until it is kept.
async fn visit(driver: &WebDriver, site: &Site, version: &str) -> Page {
    let page = Page::open(driver, &site.url(QUERY)).await;
    assert_eq!(page.script(VERSION).await, version);
    assert_eq!(page.place().await.0, "shared");
    kept(&page).await;
    page
}

#[test]
fn an_update_is_seen_at_once_and_an_old_tab_stays_what_it_is() {
    let (old, new) = (Build::another("old"), Build::this());
    let (old_hashes, new_hashes) = (Build::hashes_of(old.folder()), Build::hashes_of(&new));
    for browser in [Browser::Chromium, Browser::Firefox] {
        let mut site = Site::of(old.folder(), Headers::None, "/");
        with_tab(browser, async |driver| {
            let before = visit(&driver, &site, "old").await;
            let old_tab = driver.window().await.unwrap();
            // All of the old version's files are gone from the host.
            site.deploy(&new);
            let new_tab = driver.new_tab().await.unwrap();
            driver.switch_to_window(new_tab).await.unwrap();
            let page = visit(&driver, &site, "this").await;
            assert_eq!(page.run().await.len(), 6, "{browser}");
            assert!(!holds_any(&files(&page).await, &old_hashes), "{browser}: nothing old in the new page");
            // The old tab, under the new worker, goes on with what is kept of its own version.
            driver.switch_to_window(old_tab).await.unwrap();
            assert_eq!(before.script(VERSION).await, "old");
            before.wait_until("return !!navigator.serviceWorker.controller", "the new worker").await;
            assert_eq!(before.run().await.len(), 6, "{browser}");
            // What it never used is gone with its version, and it says so.
            before.click(".programs summary").await;
            let says =
                "return !!document.querySelector('.programs .failure')?.innerText.includes('could not be loaded')";
            before.wait_until(says, "why there is no program").await;
            assert_eq!(before.run().await.len(), 6, "{browser}: again");
            let used = files(&before).await;
            assert!(holds_any(&used, &old_hashes) && !holds_any(&used, &new_hashes), "{browser}: {used}");
            assert_eq!(before.uncaught().await, json!([]), "{browser}");
            // Loaded again, it is the new one, also without a network.
            site.go_offline();
            let page = Page::visit(&driver, &site.url(QUERY)).await;
            assert_eq!(page.script(VERSION).await, "this", "{browser}");
            assert_eq!(page.run().await.len(), 6, "{browser}");
        });
    }
}

#[test]
fn of_a_deploy_that_is_half_done_nothing_is_kept_that_does_not_belong_together() {
    let (old, new) = (Build::another("old"), Build::this());
    // The new page and worker are there, the app is not yet; the old files are gone.
    let ahead = Build::mixed(&new, |path| !path.starts_with("interleave-app-"), old.folder(), |_| false);
    // The new worker is there, and the page is still the old one.
    let behind = Build::mixed(&new, |path| path == "sw.js", old.folder(), |path| path != "sw.js");
    // The new page is there, and the worker is still the old one.
    let crossed = Build::mixed(&new, |path| path != "sw.js", old.folder(), |path| path == "sw.js");
    for (half, shows) in [(&ahead, None), (&behind, Some("old")), (&crossed, Some("this"))] {
        let mut site = Site::of(old.folder(), Headers::None, "/");
        with_tab(Browser::Chromium, async |driver| {
            visit(&driver, &site, "old").await;
            site.deploy(half.folder());
            match shows {
                Some(version) => {
                    let page = Page::open(&driver, &site.url(QUERY)).await;
                    assert_eq!(page.script(VERSION).await, version);
                    assert_eq!((page.place().await.0.as_str(), page.run().await.len()), ("shared", 6));
                }
                None => {
                    driver.goto(site.url(QUERY)).await.unwrap();
                    let page = Page { driver: driver.clone() };
                    assert_eq!(page.wait_for("error", 1, Duration::from_secs(15)).await["code"], "load");
                }
            }
            // Whatever worker came has had the time to keep what it can.
            tokio::time::sleep(Duration::from_secs(2)).await;
            let page = Page { driver: driver.clone() };
            let with_page = all_kept(&page).await.into_iter().filter(|(_, files)| files.contains(&site.address()));
            assert_eq!(with_page.count(), 1, "only the old page is whole");
            site.go_offline();
            let page = Page::visit(&driver, &site.url(QUERY)).await;
            assert_eq!(page.script(VERSION).await, "old", "without a network the last whole version is there");
            assert_eq!(page.run().await.len(), 6);
            // And once all is there, so is the new version.
            site.deploy(&new);
            visit(&driver, &site, "this").await;
            site.go_offline();
            let page = Page::visit(&driver, &site.url(QUERY)).await;
            assert_eq!((page.script(VERSION).await, page.run().await.len()), (json!("this"), 6));
        });
    }
}
