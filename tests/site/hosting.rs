//! Hosts that send no headers, or strict ones: the service worker, offline, updates.

use crate::programs;
use crate::updates::{all_kept, kept};
use e2e::{Blog, Browser, Headers, Page, Reply, Site, with_tab};
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
        with_tab(browser, async |driver| {
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
        with_tab(browser, async |driver| {
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

#[test]
fn after_one_visit_it_works_without_a_network() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        for headers in [Headers::None, Headers::Isolated, Headers::File] {
            let mut site = Site::new(headers);
            with_tab(browser, async |driver| {
                let page = Page::open(&driver, &site.url(SMALL)).await;
                // What a reader has used is kept, the seldom used as well; what nobody has used is not.
                programs::open(&page).await;
                kept(&page).await;
                let desk = "return caches.match(document.querySelector('[data-desk]').dataset.desk).then(Boolean)";
                page.wait_until(desk, "the desk to be kept").await;
                let all = all_kept(&page).await;
                let of_labs = |slug: &str| all.iter().flat_map(|(_, files)| files).any(|file| file.contains(slug));
                assert!(of_labs("engine/compare-") && !of_labs("engine/race-") && !of_labs("sheet-memory-"), "{all:?}");
                site.go_offline();
                let page = Page::visit(&driver, &site.url(SMALL)).await;
                assert_eq!(page.place().await, owned(("shared", "isolated")), "{browser}");
                assert_eq!(page.run().await.len(), 6, "{browser}");
                programs::open(&page).await;
            });
        }
    }
}

#[test]
fn the_file_of_headers_isolates_page_and_frame_and_lets_everyone_load_the_rest() {
    let site = Site::new(Headers::File);
    // No service worker adds anything.
    site.change(|path, body| (path != "sw.js").then_some(body));
    let post = "<!doctype html><title>Blog</title><script src=\"INTERLEAVE/embed.js\"></script>\
                <iframe width=900 height=900 src=\"INTERLEAVE/?tasks=2&sleep=10&embed\"></iframe>\
                <iframe width=900 height=900 sandbox=allow-scripts src=\"INTERLEAVE/?tasks=2&embed\"></iframe>";
    // The blog is isolated itself: what it loads has to allow that.
    let blog = Blog::new(Headers::Isolated, &site, post);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url(SMALL)).await;
        assert_eq!((page.place().await.0.as_str(), page.run().await.len()), ("shared", 6));
        driver.goto(blog.address()).await.unwrap();
        page.wait_until("return !!customElements.get('interleave-lab')", "the blog's script").await;
        driver.enter_frame(0).await.unwrap();
        page.status("Ready.").await;
        driver.enter_default_frame().await.unwrap();
        driver.enter_frame(1).await.unwrap();
        page.status("Nothing can be measured").await;
    });
}

#[test]
fn what_else_is_on_the_host_is_left_alone() {
    let site = Site::new(Headers::None);
    site.answer(|path| match path {
        "notes/" => Some(Reply::of("text/html", "200 OK", "<!doctype html><title>Notes</title>")),
        "notes/data.js" | "main.css" => Some(Reply::of("text/javascript", "200 OK", "")),
        _ => None,
    });
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
            let page = Page::open(&driver, &site.url(SMALL)).await;
            kept(&page).await;
            driver.goto(format!("{}notes/", site.address())).await.unwrap();
            let facts = "return Promise.all(['data.js', '../main.css', '../sw.js', './'].map(async (file) => \
                [...(await fetch(file)).headers.keys()].filter((name) => /^(cross-origin|document-isolation)-/.test(name)))) \
                .then((headers) => [document.title, !!navigator.serviceWorker.controller, crossOriginIsolated, headers.flat()])";
            assert_eq!(page.script(facts).await, json!(["Notes", true, false, []]), "{browser}");
        });
    }
}

#[test]
fn a_hosts_own_stricter_headers_stay() {
    let own = &[
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "unsafe-none"),
        ("Cross-Origin-Embedder-Policy", "credentialless"),
        ("Content-Security-Policy", "base-uri 'none'"),
    ];
    let site = Site::new(Headers::Own(own));
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url(SMALL)).await;
        assert_eq!(page.place().await.0, "shared", "what is laxer is replaced");
        kept(&page).await;
        // A worker's script has what the page has.
        let headers = "return fetch(interleaveLab.engine + 'worker.js').then(({ headers }) => \
            ['Cross-Origin-Resource-Policy', 'Cross-Origin-Opener-Policy', 'Cross-Origin-Embedder-Policy', 'Content-Security-Policy'] \
                .map((name) => headers.get(name)))";
        let stay = json!(["same-origin", "same-origin", "credentialless", "base-uri 'none'"]);
        assert_eq!(page.script(headers).await, stay);
        assert_eq!(page.run().await.len(), 6);
    });
}

#[test]
fn a_page_that_is_slow_or_fails_on_the_host_comes_from_what_is_kept() {
    let site = Site::new(Headers::None);
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
            site.restore();
            let page = Page::open(&driver, &site.url(SMALL)).await;
            kept(&page).await;
            let answers: [fn(&str) -> Option<Reply>; 2] = [
                |_| Some(Reply::plain("503 Service Unavailable")),
                |path| {
                    if path.is_empty() || path == "index.html" {
                        std::thread::sleep(std::time::Duration::from_secs(20));
                    }
                    None
                },
            ];
            for (answer, what) in answers.into_iter().zip(["an error", "silence"]) {
                site.answer(answer);
                let begun = std::time::Instant::now();
                let page = Page::visit(&driver, &site.url(SMALL)).await;
                assert!(begun.elapsed().as_secs() < 15, "{browser}, {what}: {:?}", begun.elapsed());
                assert_eq!((page.place().await.0.as_str(), page.run().await.len()), ("shared", 6), "{browser}, {what}");
            }
        });
    }
}

#[test]
fn a_file_that_is_missing_keeps_nobody_from_threads_and_is_kept_later() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        let mut site = Site::new(Headers::None);
        with_tab(browser, async |driver| {
            site.change(|path, body| (path != "icon-192.png").then_some(body));
            let page = Page::open(&driver, &site.url(SMALL)).await;
            assert_eq!(page.place().await.0, "shared", "{browser}");
            page.wait_until("return caches.match('icon-512.png').then(Boolean)", "what is there to be kept").await;
            assert_eq!(page.script("return caches.match('./').then(Boolean)").await, json!(false), "not whole yet");
            site.restore();
            kept(&Page::open(&driver, &site.url(SMALL)).await).await;
            site.go_offline();
            assert_eq!(Page::visit(&driver, &site.url(SMALL)).await.run().await.len(), 6, "{browser}");
        });
    }
}

#[test]
fn what_is_sent_instead_of_a_file_is_not_kept() {
    // For a year, and without asking again: such as a host that is told so for each name, whatever it sends.
    let instead = |text: &'static str, content_type: &str| {
        let mut reply = Reply::of(content_type, "200 OK", text);
        reply.headers[1].1 = "public, max-age=31536000, immutable".to_owned();
        Some(reply)
    };
    for browser in [Browser::Chromium, Browser::Firefox] {
        let mut site = Site::new(Headers::None);
        with_tab(browser, async |driver| {
            site.answer(move |path| match path.split('-').next().unwrap_or("") {
                "engine/compare" | "programs" => instead("<!doctype html><title>Home</title>", "text/html"),
                // Not even all that is not a page is the file.
                "icon" => instead("moved", "text/plain"),
                _ => None,
            });
            driver.goto(site.url(SMALL)).await.unwrap();
            let page = Page { driver: driver.clone() };
            let error = page.wait_for("error", 1, std::time::Duration::from_secs(30)).await;
            assert_eq!(error["code"], "load", "{browser}: {error}");
            page.wait_until("return caches.match('manifest.webmanifest').then(Boolean)", "what is there to be kept")
                .await;
            let all = all_kept(&page).await;
            let wrong = |file: &&String| ["engine/", "programs-", "icon-"].iter().any(|part| file.contains(part));
            let wrong: Vec<_> = all.iter().flat_map(|(_, files)| files).filter(wrong).collect();
            assert!(wrong.is_empty(), "{browser}: {wrong:?}");
            // What the browser itself keeps for a year is asked for anew.
            site.restore();
            let page = Page::open(&driver, &site.url(SMALL)).await;
            assert_eq!(page.run().await.len(), 6, "{browser}");
            kept(&page).await;
            site.go_offline();
            assert_eq!(Page::visit(&driver, &site.url(SMALL)).await.run().await.len(), 6, "{browser}");
        });
    }
}
