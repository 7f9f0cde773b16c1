//! What holds for every lab: one list drives these tests, and one browser opens them all.

use crate::isolation::without_service_worker;
use crate::using::look;
use e2e::{Browser, Event, Headers, Page, Site, explained, from_xtask, set_width, with_tab};
use interleave_labs::control::{Control, Kind, Number};
use interleave_labs::result::Memory;
use interleave_labs::{Entry, LABS, Report};
use interleave_trace::figure::Body;
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::WebDriver;

/// A small phone, in CSS pixels.
const PHONE: u32 = 360;

/// Opens a lab by its bare address.
async fn open(driver: &WebDriver, site: &Site, lab: &Entry) -> Page {
    // A test that fails shows where it was.
    println!("{}", lab.slug);
    Page::open(driver, &site.url(&format!("lab={}", lab.slug))).await
}

/// Presses Run once and waits for the `count`th result; what it says.
async fn run(page: &Page, lab: &Entry, count: usize) -> Report {
    page.click("#run").await;
    let text = page.result_text(count).await;
    page.status("Done.").await;
    let report = explained(lab.slug, &text).unwrap_or_else(|error| panic!("{}: {error}: {text}", lab.slug));
    assert!(report.query.starts_with(&format!("lab={}", lab.slug)), "{}", report.query);
    assert!(!report.findings.is_empty() && !report.figures.is_empty(), "{}", lab.slug);
    report
}

/// Whether the page shows what a report holds.
async fn shows(page: &Page, report: &Report) {
    let mut told = sentences(page, ".headline, .findings .doubt, .findings li").await;
    // Those of a row are told where it opens.
    for run in page
        .script("return [...document.querySelectorAll('.tick')].map((tick) => tick.closest('.run').dataset.run)")
        .await
        .as_array()
        .unwrap()
    {
        let row = format!("[data-run={run}] button.row");
        page.click(&row).await;
        told.extend(sentences(page, &format!("[data-run={run}] .detail p")).await);
        page.click(&row).await;
    }
    for finding in &report.findings {
        let found = told.iter().filter(|sentence| **sentence == finding.text).count();
        assert_eq!(found, 1, "{finding:?} in {told:#?}");
    }
    let figures = page
        .script(
            "return [document.querySelectorAll('figure.run.done').length, \
             [...document.querySelectorAll('figure.figure')].map((figure) => figure.dataset.figure)]",
        )
        .await;
    let mut runs = 0;
    let mut others = Vec::new();
    for figure in &report.figures {
        match &figure.body {
            Body::Timeline(timeline) => runs += timeline.runs.len(),
            _ => others.push(&figure.id),
        }
    }
    assert_eq!(figures, json!([runs, others]));
}

async fn sentences(page: &Page, css: &str) -> Vec<String> {
    let found =
        page.script(&format!("return [...document.querySelectorAll('{css}')].map((it) => it.textContent)")).await;
    serde_json::from_value(found).unwrap()
}

/// Whether the page is as wide as the phone, and what sticks out if it is not.
async fn fits(page: &Page, when: &str) {
    let widths = page.script("return [innerWidth, document.documentElement.scrollWidth]").await;
    let wide = format!(
        "return [...document.querySelectorAll('body *')].filter((it) => it.getBoundingClientRect().right > {PHONE} + 1) \
         .slice(0, 9).map((it) => it.cloneNode().outerHTML)"
    );
    if widths[0] != json!(PHONE) || widths[1].as_u64() > Some(PHONE.into()) {
        panic!("{when}: {widths}, not {PHONE}: {}", page.script(&wide).await);
    }
}

/// Lets axe look at the page in both of the system's colours.
async fn accessible(page: &Page, when: &str) {
    for colours in ["dark", "light"] {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": colours }] });
        page.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await.expect("colours");
        tokio::time::sleep(Duration::from_millis(200)).await;
        look(page, &format!("{when}, {colours}")).await;
    }
}

/// Opens all that is folded away.
async fn unfold(page: &Page, lab: &Entry) {
    page.script(
        "document.querySelectorAll('details').forEach((details) => (details.open = true)); \
         document.querySelector('button.row[aria-expanded=false]')?.click(); \
         document.querySelectorAll('button.link[aria-expanded=false]').forEach((button) => button.click())",
    )
    .await;
    if !lab.sheet().programs.is_empty() {
        page.wait_until("return !!document.querySelector('.programs pre')", "a program").await;
    }
}

/// Whether the page itself has fetched anything that only another lab needs.
async fn fetched_no_other(page: &Page, lab: &Entry) {
    let fetched = page.script("return performance.getEntriesByType('resource').map(({ name }) => name)").await;
    let fetched: Vec<_> = fetched.as_array().unwrap().iter().filter_map(Value::as_str).collect();
    let has = |file: String| fetched.iter().any(|name| name.contains(&file));
    for other in LABS {
        let (sheet, module) = (format!("/sheet-{}-", other.slug), format!("/engine/{}-", other.module));
        let wanted = (other.slug == lab.slug, other.module == lab.module);
        assert_eq!((has(sheet), has(module)), wanted, "{}, {}: {fetched:?}", lab.slug, other.slug);
    }
}

/// A lab with all sliders at an end.
fn at_an_end(lab: &Entry, end: fn(&Number) -> u32) -> String {
    let mut query = format!("lab={}", lab.slug);
    for control in lab.sheet().controls {
        if let Kind::Number(number) = &control.kind {
            query += &format!("&{}={}", control.name, end(number));
        }
    }
    query
}

async fn is_quiet(page: &Page, lab: &Entry) {
    assert_eq!(page.uncaught().await, json!([]), "{}", lab.slug);
}

fn errors(events: Vec<Event>) -> Vec<Event> {
    events.into_iter().filter(|event| event.name == "error").collect()
}

#[test]
fn each_opens_runs_fits_a_phone_and_is_accessible() {
    let axe = std::fs::read_to_string(from_xtask("INTERLEAVE_AXE")).expect("axe-core");
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_width(&driver, PHONE).await;
        for lab in LABS {
            let page = open(&driver, &site, lab).await;
            page.script(&axe).await;
            let when = |state: &str| format!("{}, {state}", lab.slug);
            fits(&page, &when("idle")).await;
            accessible(&page, &when("idle")).await;
            page.script("const more = document.querySelector('.more'); if (more) more.open = true").await;
            accessible(&page, &when("more settings")).await;
            let report = run(&page, lab, 1).await;
            shows(&page, &report).await;
            fits(&page, &when("done")).await;
            unfold(&page, lab).await;
            fits(&page, &when("unfolded")).await;
            accessible(&page, &when("done")).await;
            fetched_no_other(&page, lab).await;
            assert_eq!(errors(page.events().await), []);
            is_quiet(&page, lab).await;
        }
    });
}

/// Presses a button of the board by its label, with the mouse, or its key.
async fn press_on_board(page: &Page, label: &str, by_key: bool) {
    let press = format!(
        "const button = [...document.querySelectorAll('.board .buttons button')].find((it) => it.firstChild.data === {label:?}); \
         if ({by_key}) button.closest('.board').dispatchEvent(new KeyboardEvent('keydown', {{ key: button.querySelector('kbd').textContent, bubbles: true }})); \
         else button.click();"
    );
    page.script(&press).await;
}

/// What the panes of the board show.
async fn panes(page: &Page) -> Value {
    page.script("return document.querySelector('.board .columns')?.outerHTML ?? ''").await
}

/// Whether the page has fetched the lab's board, and its engine.
async fn engines(page: &Page) -> Value {
    page.script(
        "const fetched = (kind) => performance.getEntriesByType('resource').some(({ name }) => name.endsWith(`/${interleaveLab[kind]}engine_bg.wasm`)); \
         return [['board'].filter(fetched), ['engine'].filter(fetched)]",
    )
    .await
}

/// Labs with a board, which there is before a run: it can be taken on and back, by mouse and by key; what it shows is in the URL, and
/// comes back from there.
#[test]
fn every_board_can_be_stepped_by_keyboard_and_mouse() {
    let site = Site::new(Headers::Isolated);
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
            for lab in LABS.iter().filter(|lab| lab.sheet().board) {
                let page = open(&driver, &site, lab).await;
                page.wait_until("return !!document.querySelector('.board .columns tr')", "a board").await;
                assert_eq!(engines(&page).await, json!([["board"], []]), "{}: opened with nothing else", lab.slug);
                for by_key in [false, true] {
                    let before = panes(&page).await;
                    press_on_board(&page, "Step", by_key).await;
                    let other =
                        |than: &Value| format!("return document.querySelector('.board .columns').outerHTML !== {than}");
                    page.wait_until(&other(&before), "another board").await;
                    let stepped = panes(&page).await;
                    let follows = format!("return location.search.includes('lab={}')", lab.slug);
                    page.wait_until(&follows, "the URL").await;
                    // It follows the values a moment later.
                    tokio::time::sleep(Duration::from_millis(500)).await;
                    let url = page.script("return location.href").await;
                    let again = Page::open(&driver, url.as_str().unwrap()).await;
                    let same =
                        format!("return (document.querySelector('.board .columns')?.outerHTML ?? '') === {stepped}");
                    again.wait_until(&same, "the same board from its URL").await;
                    press_on_board(&page, "Back", by_key).await;
                    page.wait_until(&other(&stepped), "the board before").await;
                }
                // Faster than anybody presses: every press counts.
                press_on_board(&page, "Reset", false).await;
                for _ in 0..5 {
                    press_on_board(&page, "Step", true).await;
                }
                page.wait_until(
                    "return /So far: 5 steps/.test(document.querySelector('.board .said').textContent)",
                    "five steps",
                )
                .await;
                run(&page, lab, 1).await;
                assert_eq!(
                    engines(&page).await,
                    json!([["board"], ["engine"]]),
                    "{}: and with a run the rest",
                    lab.slug
                );
                press_on_board(&page, "Back", false).await;
                page.wait_until(
                    "return /So far: 4 steps/.test(document.querySelector('.board .said').textContent)",
                    "a step back",
                )
                .await;
                is_quiet(&page, lab).await;
            }
        });
    }
}

/// A value that is cut off is another value.
#[test]
fn nothing_on_a_board_is_cut_off_on_a_phone() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_width(&driver, PHONE).await;
        // What moves in from the side is beyond it for a moment.
        let features = json!({ "features": [{ "name": "prefers-reduced-motion", "value": "reduce" }] });
        driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await.expect("no motion");
        for lab in LABS.iter().filter(|lab| lab.sheet().board) {
            for preset in lab.sheet().presets {
                let page = Page::open(&driver, &site.url(&format!("lab={}&{}", lab.slug, preset.query))).await;
                page.wait_until("return !!document.querySelector('.board .columns tr')", "a board").await;
                for _ in 0..12 {
                    let before = page.script("return document.querySelector('.board').innerHTML").await;
                    let cut = "return [...document.querySelectorAll('.board .columns > div')] \
                               .filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.innerText)";
                    assert_eq!(page.script(cut).await, json!([]), "{}", preset.name);
                    // On a walk there are stops, else steps; at the end nothing is left.
                    let next = "const button = [...document.querySelectorAll('.board .buttons button')] \
                                .find((it) => ['Next', 'Step'].includes(it.firstChild.data)); \
                                if (button.ariaDisabled === 'true') return false; button.click(); return true";
                    if page.script(next).await == json!(false) {
                        break;
                    }
                    let other = format!("return document.querySelector('.board').innerHTML !== {before}");
                    page.wait_until(&other, "the next one").await;
                }
            }
        }
    });
}

#[test]
fn each_is_accessible_while_it_runs() {
    let axe = std::fs::read_to_string(from_xtask("INTERLEAVE_AXE")).expect("axe-core");
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for lab in LABS {
            let page = Page::open(&driver, &site.url(&at_an_end(lab, |number| number.max))).await;
            page.script(&axe).await;
            page.click("#run").await;
            page.wait_for("started", 1, Duration::from_secs(10)).await;
            accessible(&page, &format!("{}, running", lab.slug)).await;
            let running = page.script("return document.querySelector('#run').innerText").await;
            assert_eq!(running, json!("Stop"), "{}: the run was over too soon", lab.slug);
            page.click("#run").await;
            page.wait_for("error", 1, Duration::from_secs(10)).await;
        }
    });
}

#[test]
fn each_runs_again_and_stops_in_mid_run() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for lab in LABS {
            let page = open(&driver, &site, lab).await;
            // By the page itself: the shortest run is over in a third of a second.
            page.script(
                "addEventListener('interleave:started', () =>
                    setTimeout(() => document.querySelector('#run').click(), 100), { once: true })",
            )
            .await;
            page.click("#run").await;
            let error = page.wait_for("error", 1, Duration::from_secs(10)).await;
            assert_eq!(error["code"], "stopped", "{}: {error}", lab.slug);
            for count in 1..=2 {
                shows(&page, &run(&page, lab, count).await).await;
            }
            assert_eq!(errors(page.events().await).len(), 1, "{}", lab.slug);
            is_quiet(&page, lab).await;
        }
    });
}

#[test]
fn each_finishes_or_stops_with_all_sliders_at_either_end() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for lab in LABS {
            for end in [|number: &Number| number.min, |number: &Number| number.max] {
                let query = at_an_end(lab, end);
                println!("{query}");
                let page = Page::open(&driver, &site.url(&query)).await;
                page.click("#run").await;
                page.wait_for("started", 1, Duration::from_secs(10)).await;
                tokio::time::sleep(Duration::from_secs(1)).await;
                // Where the run is over already, this does nothing.
                page.script("dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))").await;
                page.wait_until(
                    "return collected.some(({ name }) => name === 'result' || name === 'error')",
                    "the end",
                )
                .await;
                for error in errors(page.events().await) {
                    assert_eq!(error.detail["code"], "stopped", "{query}: {error:?}");
                }
                is_quiet(&page, lab).await;
            }
        }
    });
}

/// What a reader has not used is not kept: a lab with a board opens without the part that runs.
#[test]
fn each_works_without_a_network_once_it_has_been_used() {
    let site = Site::new(Headers::None);
    let addresses: Vec<_> = LABS.iter().map(|lab| site.url(&format!("lab={}", lab.slug))).collect();
    with_tab(Browser::Chromium, async move |driver| {
        for lab in LABS {
            let page = open(&driver, &site, lab).await;
            page.wait_until("return !!navigator.serviceWorker.controller", "the service worker").await;
            if lab.sheet().board {
                page.run().await;
                let kept = "return caches.match(interleaveLab.engine + 'engine_bg.wasm').then(Boolean)";
                page.wait_until(kept, "what ran to be kept").await;
            }
        }
        drop(site);
        for address in addresses {
            let page = Page::visit(&driver, &address).await;
            page.run().await;
            let findings = page.script("return document.querySelectorAll('.findings li').length").await;
            assert!(findings.as_u64() > Some(0), "{address}");
        }
    });
}

#[test]
fn each_runs_in_firefox() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Firefox, async |driver| {
        for lab in LABS {
            let page = open(&driver, &site, lab).await;
            shows(&page, &run(&page, lab, 1).await).await;
            is_quiet(&page, lab).await;
        }
    });
}

#[test]
fn without_shared_memory_each_runs_what_it_can_and_says_why_not_the_rest() {
    let site = without_service_worker();
    with_tab(Browser::Chromium, async |driver| {
        for lab in LABS {
            let sheet = lab.sheet();
            let url = site.url(&format!("lab={}", lab.slug));
            if sheet.needs_shared_memory {
                driver.goto(&url).await.expect("the page to load");
                let page = Page { driver: driver.clone() };
                page.status("Nothing can be measured").await;
                let run = page.script("return document.querySelector('#run').disabled").await;
                assert_eq!(run, json!(true), "{}", lab.slug);
                says_why(&page, lab).await;
                is_quiet(&page, lab).await;
                continue;
            }
            let page = open(&driver, &site, lab).await;
            if sheet.controls.iter().flat_map(Control::options).any(|option| option.needs_shared_memory) {
                says_why(&page, lab).await;
            }
            let report = run(&page, lab, 1).await;
            shows(&page, &report).await;
            assert_eq!(report.host.memory, Memory::Separate, "{}", lab.slug);
            is_quiet(&page, lab).await;
        }
    });
}

async fn says_why(page: &Page, lab: &Entry) {
    let text = page.text().await;
    assert!(text.contains("Threads cannot share memory here"), "{}: {text}", lab.slug);
}

#[test]
fn each_names_what_it_cannot_use() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for lab in LABS {
            let controls = lab.sheet().controls;
            let number = controls.iter().find_map(|control| match &control.kind {
                Kind::Number(number) => Some((control.name.as_str(), number.max)),
                _ => None,
            });
            let beyond = number.map_or(String::new(), |(name, max)| format!("&{name}={}", u64::from(max) + 1));
            let url = site.url(&format!("lab={}&no-such-argument=1{beyond}", lab.slug));
            println!("{url}");
            let page = Page::open(&driver, &url).await;
            let notice = async |argument: &str| {
                let notice = page.find(&format!("[data-argument={argument:?}]")).await;
                notice.unwrap_or_else(|error| panic!("{argument}: {error}")).text().await.unwrap()
            };
            assert!(notice("no-such-argument").await.contains("it is ignored"));
            if let Some((name, max)) = number {
                let text = notice(name).await;
                assert!(text.contains(&format!("is more than {max}; {max} is used.")), "{text}");
                let value = page.script(&format!("return document.querySelector('[name={name:?}]').value")).await;
                assert_eq!(value, json!(max.to_string()), "{name}");
            }
            assert_eq!(errors(page.events().await), [], "a notice is no error");
            is_quiet(&page, lab).await;
        }
    });
}

#[test]
fn each_leads_to_all_others_and_has_a_control_for_each_argument() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for lab in LABS {
            let page = open(&driver, &site, lab).await;
            let links = page
                .script(
                    "return [...document.querySelectorAll('header nav a')].map((a) => \
                     [new URL(a.href).searchParams.get('lab'), a.getAttribute('aria-current')])",
                )
                .await;
            let current = |other: &Entry| if other.slug == lab.slug { json!("page") } else { Value::Null };
            let expected: Vec<_> = LABS.iter().map(|other| json!([other.slug, current(other)])).collect();
            assert_eq!(links, json!(expected));
            page.script("document.querySelectorAll('details').forEach((details) => (details.open = true))").await;
            for control in lab.sheet().controls {
                let names = match &control.kind {
                    // A plan is edited in a place of its own.
                    Kind::Plan { .. } => continue,
                    Kind::Ticks(options) => {
                        options.iter().map(|option| format!("{}-{}", control.name, option.slug)).collect()
                    }
                    Kind::Number(_) | Kind::Choice { .. } | Kind::Text { .. } => vec![control.name],
                };
                for name in names {
                    let there = format!("return !!document.querySelector('[name={name:?}]')");
                    page.wait_until(&there, &format!("{}: {name}", lab.slug)).await;
                }
            }
        }
    });
}
