//! A page that cannot be loaded says so: to its reader, to whoever listens, to the page around it, and to whoever waits for a run.

use crate::embedding::read;
use e2e::{Blog, Browser, Headers, Page, Reply, Site, with_tab};
use serde_json::json;
use std::time::Duration;

/// A way to break the page.
struct Break {
    what: &'static str,
    headers: Headers,
    /// What is sent for a file instead.
    answer: fn(&str) -> Option<Reply>,
    /// What stands first in the page.
    script: &'static str,
    /// What the message says of it.
    says: &'static str,
}

const NO_SCRIPT: &str = "";
/// The page's first limit, on all that it loads, is over soon. Drivers have limits of their own in pages.
const HASTE: &str = "const wait = setTimeout; setTimeout = (then, ms, ...more) => { \
    if (ms === 30_000) setTimeout = wait; return wait(then, ms === 30_000 ? 500 : ms, ...more); };";
/// So is the element's on its frame.
const ELEMENT_HASTE: &str =
    "const wait = setTimeout; setTimeout = (then, ms, ...more) => wait(then, ms === 45_000 ? 500 : ms, ...more);";

fn is_app(path: &str, end: &str) -> bool {
    path.starts_with("interleave-app-") && path.ends_with(end)
}

fn when(is_it: bool, reply: impl FnOnce() -> Reply) -> Option<Reply> {
    is_it.then(reply)
}

fn page_instead() -> Reply {
    Reply::of("text/html", "200 OK", "<!doctype html><title>Not this</title>")
}

const BREAKS: [Break; 10] = [
    Break {
        what: "the app's script is missing",
        headers: Headers::Isolated,
        answer: |path| when(is_app(path, ".js"), || Reply::plain("404 Not Found")),
        script: NO_SCRIPT,
        says: "Check the connection",
    },
    Break {
        what: "the app's script is sent as text",
        headers: Headers::Isolated,
        answer: |path| when(is_app(path, ".js"), || Reply::of("text/plain", "200 OK", "export default () => {}")),
        script: NO_SCRIPT,
        says: "Check the connection",
    },
    Break {
        what: "the app's module is missing",
        headers: Headers::Isolated,
        answer: |path| when(is_app(path, ".wasm"), || Reply::plain("404 Not Found")),
        script: NO_SCRIPT,
        says: "Check the connection",
    },
    Break {
        what: "the app's module is cut short",
        headers: Headers::Isolated,
        answer: |path| {
            when(is_app(path, ".wasm"), || Reply::of("application/wasm", "200 OK", &b"\0asm\x01\0\0\0\x01"[..]))
        },
        script: NO_SCRIPT,
        says: "something else",
    },
    Break {
        what: "a page is sent for the app's module",
        headers: Headers::Isolated,
        answer: |path| when(is_app(path, ".wasm"), page_instead),
        script: NO_SCRIPT,
        says: "something else",
    },
    Break {
        what: "a page is sent for the sheet",
        headers: Headers::Isolated,
        answer: |path| when(path.starts_with("sheet-"), page_instead),
        script: NO_SCRIPT,
        says: "Check the connection",
    },
    Break {
        what: "the host is out of service",
        headers: Headers::Isolated,
        answer: |path| when(is_app(path, ".wasm"), || Reply::plain("503 Service Unavailable")),
        script: NO_SCRIPT,
        says: "Check the connection",
    },
    Break {
        what: "a policy refuses WebAssembly",
        headers: Headers::Own(&[("Content-Security-Policy", "script-src 'self' 'unsafe-inline'")]),
        answer: |path| when(path == "sw.js", || Reply::plain("404 Not Found")),
        script: NO_SCRIPT,
        says: "content security policy",
    },
    Break {
        what: "there is no WebAssembly",
        headers: Headers::Isolated,
        answer: |_| None,
        script: "delete self.WebAssembly;",
        says: "no WebAssembly",
    },
    Break {
        what: "the app's module never comes",
        headers: Headers::Isolated,
        answer: |path| {
            if is_app(path, ".wasm") {
                std::thread::sleep(Duration::from_secs(20));
            }
            None
        },
        script: HASTE,
        says: "Check the connection",
    },
];

/// A site that is broken so. No service worker mends it.
fn broken(case: &Break) -> Site {
    let site = Site::new(case.headers);
    let answer = case.answer;
    site.answer(move |path| if path == "sw.js" { Some(Reply::plain("404 Not Found")) } else { answer(path) });
    let script = case.script;
    site.change(move |path, body| if path == "index.html" { Some(first_in_page(script, body)) } else { Some(body) });
    site
}

fn first_in_page(script: &str, page: Vec<u8>) -> Vec<u8> {
    let page = String::from_utf8(page).expect("a page");
    page.replacen("<meta charset", &format!("<script>{script}</script><meta charset"), 1).into_bytes()
}

const LAB: &str = "<!doctype html><title>Blog</title><script src=\"INTERLEAVE/embed.js\"></script>\
                   <interleave-lab id=lab tasks=2 sleep=10></interleave-lab>";

/// Asks for a run of the blog's lab, and waits for what comes of it: a result's lab, or a code and a message.
async fn run(page: &Page) -> serde_json::Value {
    page.script(
        "window.ended = null; document.getElementById('lab').run() \
             .then(({ lab }) => { window.ended = [lab]; }, ({ code, message }) => { window.ended = [code, message]; })",
    )
    .await;
    page.wait_until("return !!window.ended", "the run to end").await;
    page.script("return ended").await
}

#[test]
fn what_cannot_be_loaded_is_told_to_all_who_wait() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
            for case in &BREAKS {
                let what = format!("{browser}: {}", case.what);
                let site = broken(case);
                driver.goto(site.url("tasks=2&sleep=10")).await.unwrap();
                let page = Page { driver: driver.clone() };
                let error = page.wait_for("error", 1, Duration::from_secs(15)).await;
                let message = error["message"].as_str().unwrap_or("");
                assert!(error["code"] == "load" && message.contains(case.says), "{what}: {error}");
                let shown = page.find(".failure.load").await.unwrap().text().await.unwrap();
                assert_eq!(shown, message, "{what}");
                assert_eq!(page.script("return !!document.querySelector('.late')").await, json!(false), "{what}");

                let blog = Blog::new(Headers::None, &site, LAB);
                let page = read(&driver, &blog).await;
                let ended = run(&page).await;
                assert_eq!(ended[0], "load", "{what}: {ended}");
                assert!(ended[1].as_str().unwrap().contains(case.says), "{what}: {ended}");
                let heard = page.script("return heard.filter(({ name }) => name === 'error').length").await;
                assert_eq!(heard, json!(1), "{what}");
            }
        });
    }
}

/// The default script in its place would be another program than the one that was sent.
#[test]
fn a_script_that_cannot_be_unpacked_is_not_replaced_by_another() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
            let site = broken(&Break {
                what: "what unpacks a script is missing",
                headers: Headers::Isolated,
                answer: |path| when(path.starts_with("editor-"), || Reply::plain("404 Not Found")),
                script: NO_SCRIPT,
                says: "Check the connection",
            });
            driver.goto(site.url("lab=python&script=~KzKw5OUCAA")).await.unwrap();
            let page = Page { driver: driver.clone() };
            let error = page.wait_for("error", 1, Duration::from_secs(15)).await;
            let message = error["message"].as_str().unwrap_or("");
            assert!(error["code"] == "load" && message.contains("Check the connection"), "{browser}: {error}");
            assert_eq!(page.script("return !!document.querySelector('#run')").await, json!(false), "{browser}");
        });
    }
}

#[test]
fn a_host_that_does_not_know_webassembly_is_good_enough() {
    let site = Site::new(Headers::None);
    let folder = e2e::Build::this();
    site.answer(move |path| {
        let module = std::fs::read(folder.join(path)).ok().filter(|_| path.ends_with(".wasm"))?;
        Some(Reply::of("application/octet-stream", "200 OK", module))
    });
    for browser in Browser::ALL {
        with_tab(browser, async |driver| {
            let page = Page::open(&driver, &site.url("tasks=2&sleep=10&modes=sequential&autorun")).await;
            assert_eq!(page.result(1).await.runs.len(), 1, "{browser}");
            assert_eq!(page.uncaught().await, json!([]), "{browser}");
        });
    }
}

#[test]
fn a_frame_that_never_answers_does_not_keep_a_run_waiting() {
    for browser in Browser::ALL {
        let site = Site::new(Headers::None);
        site.answer(|path| {
            if path == "index.html" || path.is_empty() {
                std::thread::sleep(Duration::from_secs(20));
            }
            None
        });
        let blog = Blog::new(Headers::None, &site, &format!("<script>{ELEMENT_HASTE}</script>{LAB}"));
        with_tab(browser, async |driver| {
            let page = read(&driver, &blog).await;
            let ended = run(&page).await;
            assert_eq!(ended[0], "load", "{browser}: {ended}");
            let shown = "return document.getElementById('lab').shadowRoot.querySelector('.failure').innerText";
            let shown = page.script(shown).await;
            assert!(shown.as_str().unwrap().contains("could not be loaded"), "{browser}: {shown}");
        });
    }
}

#[test]
fn a_lab_that_comes_late_is_shown_all_the_same() {
    let site = Site::new(Headers::Isolated);
    site.change(|path, body| match path {
        "sw.js" => None,
        "index.html" => Some(first_in_page(HASTE, body)),
        _ => Some(body),
    });
    site.answer(|path| {
        if is_app(path, ".wasm") {
            std::thread::sleep(Duration::from_secs(3));
        }
        None
    });
    with_tab(Browser::Chromium, async |driver| {
        driver.goto(site.url("tasks=2&sleep=10&modes=sequential")).await.unwrap();
        let page = Page { driver: driver.clone() };
        page.wait_until("return !!document.querySelector('.failure.load')", "the message").await;
        page.wait_until("return !!document.querySelector('#run') && !document.querySelector('.failure')", "the lab")
            .await;
    });
}

#[test]
fn a_page_that_breaks_later_says_so_too() {
    let site = Site::new(Headers::None);
    let blog = Blog::new(Headers::None, &site, &LAB.replace("sleep=10", "sleep=2000 modes=sequential"));
    with_tab(Browser::Chromium, async |driver| {
        let page = read(&driver, &blog).await;
        page.script(
            "window.ended = null; document.getElementById('lab').run().catch(({ code }) => { window.ended = code; })",
        )
        .await;
        page.wait_until("return heard.some(({ name }) => name === 'started')", "a run").await;
        let frame = "return document.getElementById('lab').shadowRoot.querySelector('iframe')";
        let frame = driver.execute(frame, vec![]).await.unwrap().element().unwrap();
        frame.enter_frame().await.unwrap();
        // As the app's own module does: from a script of the page, for what others throw is not told.
        let trap = "document.head.append(Object.assign(document.createElement('script'), \
                    { textContent: \"throw new WebAssembly.RuntimeError('unreachable')\" }))";
        page.script(trap).await;
        page.wait_until("return !!document.querySelector('.failure.panic')", "the message").await;
        driver.enter_default_frame().await.unwrap();
        page.wait_until("return ended === 'panic'", "the run to end").await;
    });
}
