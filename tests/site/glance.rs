//! The comparison at a glance: all of it on one screen, nothing jumps, a row opens for more.

use crate::embedding::read;
use e2e::{Blog, Browser, Headers, Page, Site, explained, set_screen, with_tab};
use interleave_labs::LABS;
use interleave_labs::lab::{Finding, Light};
use interleave_trace::Span;
use interleave_trace::figure::Body;
use serde_json::{Map, Value, json};
use thirtyfour::WebDriver;
use thirtyfour::common::keys::Key;

/// The screens of a laptop and of a phone, in CSS pixels.
const LAPTOP: [u32; 2] = [1280, 800];
const PHONE: [u32; 2] = [390, 844];
/// `compare` with as many tasks as there can be, done in a few seconds.
const MANY: &str = "tasks=64&sleep=20&cpu=5";

/// Whether all that matches these is there and within the screen, from its first line on.
async fn on_screen(page: &Page, parts: &[&str], when: &str) {
    let script = format!(
        "const outside = (it) => {{ const {{ top, left, right, bottom, width, height }} = it.getBoundingClientRect(); \
           return !(width > 0 && height > 0 && top >= 0 && left >= 0 && right <= innerWidth && bottom <= innerHeight); }}; \
         const parts = {}.map((css) => [css, [...document.querySelectorAll(css)]]); \
         return [...parts.filter(([, all]) => all.length === 0).map(([css]) => css + ': none'), \
           ...parts.flatMap(([css, all]) => all.filter(outside).map((it) => \
             css + ': ' + it.textContent.slice(0, 40) + ' ' + JSON.stringify(it.getBoundingClientRect()))), \
           ...(scrollY === 0 ? [] : ['scrolled by ' + scrollY])]",
        json!(parts)
    );
    assert_eq!(page.script(&script).await, json!([]), "{when}");
}

/// How many rows there are.
async fn rows(page: &Page) -> Value {
    page.script("return document.querySelectorAll('figure.run[data-run]').length").await
}

/// Presses Run without scrolling to it.
async fn press_run(page: &Page) {
    page.find("#run").await.unwrap().click().await.unwrap();
}

async fn live(page: &Page) {
    page.wait_until("return !!document.querySelector('figure.run.live')", "a row goes on").await;
}

#[test]
fn the_whole_comparison_is_on_one_screen() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for (screen, query) in [(LAPTOP, ""), (LAPTOP, MANY), (PHONE, ""), (PHONE, MANY)] {
            set_screen(&driver, screen).await;
            let page = Page::open(&driver, &site.url(query)).await;
            let when = |state: &str| format!("{screen:?}, {query:?}, {state}");
            let settings = if screen == PHONE { ".fold" } else { ".settings > .controls" };
            let parts = ["h1", settings, "#run", "figure.run", "figure.run canvas.lanes"];
            if screen == LAPTOP {
                on_screen(&page, &parts, &when("idle")).await;
            }
            press_run(&page).await;
            live(&page).await;
            on_screen(&page, &parts, &when("running")).await;
            page.result(1).await;
            page.status("Done.").await;
            let parts = [&parts[..], &[".headline", "figure.run .result"]].concat();
            on_screen(&page, &parts, &when("done")).await;
            assert_eq!(rows(&page).await, json!(6));
        }
    });
}

/// The slugs of the rows that are open, as their figures and as their buttons tell.
async fn opened(page: &Page) -> [Value; 2] {
    let slugs = "return [...document.querySelectorAll('[data-run][aria-expanded=true]')].map((row) => row.dataset.run)";
    let buttons = "return [...document.querySelectorAll('button.row[aria-expanded=true]')].map((it) => it.closest('[data-run]').dataset.run)";
    [page.script(slugs).await, page.script(buttons).await]
}

#[test]
fn a_row_opens_by_press_and_key_and_another_closes_it() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for screen in [LAPTOP, PHONE] {
            set_screen(&driver, screen).await;
            let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=10")).await;
            page.run().await;
            let only = async |slug: &str| {
                let open = format!(
                    "const open = document.querySelectorAll('[data-run][aria-expanded=true]'); return open.length === 1 && open[0].dataset.run === {slug:?}"
                );
                page.wait_until(&open, slug).await;
                assert_eq!(opened(&page).await, [json!([slug]), json!([slug])], "{screen:?}");
                let details = page.script("return document.querySelectorAll('.detail').length").await;
                assert_eq!(details, json!(1), "{screen:?}, {slug}");
            };
            assert_eq!(opened(&page).await, [json!([]), json!([])], "{screen:?}");
            page.click("[data-run=sequential] button.row").await;
            only("sequential").await;
            // A phone's page that is too wide is shown smaller as a whole.
            let wide = page.script("return document.documentElement.scrollWidth").await;
            assert!(wide.as_u64().is_some_and(|wide| wide <= screen[0].into()), "{wide} wide on {screen:?}");
            page.click("[data-run=pool] canvas.lanes").await;
            only("pool").await;
            page.script("document.querySelector('[data-run=threads] canvas.lanes').focus()").await;
            driver.active_element().await.unwrap().send_keys(Key::Enter + "").await.unwrap();
            only("threads").await;
            page.click("[data-run=processes] button.row").await;
            only("processes").await;
            page.click("[data-run=processes] button.row").await;
            assert_eq!(opened(&page).await, [json!([]), json!([])], "{screen:?}");
        }
    });
}

#[test]
fn an_embed_is_as_high_as_a_figure() {
    let site = Site::new(Headers::None);
    with_tab(Browser::Chromium, async |driver| {
        for (width, most) in [(700, 560), (360, 640)] {
            set_screen(&driver, [width, 900]).await;
            let post = format!(
                "<!doctype html><meta name=viewport content=\"width=device-width\"><title>Blog</title>\
                 <style>body {{ margin: 0 }}</style><script async src=\"INTERLEAVE/embed.js\"></script>\
                 <interleave-lab id=lab load=visible style=\"width: {width}px\"></interleave-lab>"
            );
            let blog = Blog::new(Headers::None, &site, &post);
            let page = read(&driver, &blog).await;
            let told = "heard.filter(({ name }) => name === 'resize').map(({ detail }) => detail.height)";
            let heard = async |name: &str| {
                page.wait_until(&format!("return heard.some((it) => it.name === '{name}')"), name).await;
                // What is told is told with the next frame.
                tokio::time::sleep(std::time::Duration::from_millis(500)).await;
                page.script(&format!("return {told}")).await
            };
            page.wait_until(&format!("return {told}.length > 0"), "a height").await;
            tokio::time::sleep(std::time::Duration::from_secs(1)).await;
            let idle = page.script(&format!("return {told}")).await;
            page.script("lab.run()").await;
            let done = heard("result").await;
            assert_eq!(page.script("return lab.result.runs.length").await, json!(6));
            let heights = |all: &Value| all.as_array().unwrap().iter().filter_map(Value::as_u64).collect::<Vec<_>>();
            let (idle, done) = (heights(&idle), heights(&done));
            for (heights, when) in [(idle, "idle"), (done, "done")] {
                // Each of them: what is higher for a moment moves the post below.
                assert!(
                    !heights.is_empty() && heights.iter().all(|height| *height <= most),
                    "{width} wide, {when}: {heights:?}"
                );
            }
        }
    });
}

/// The layout shifts of a page since it was loaded: how far, and what.
const SHIFTS: &str = "
  const done = arguments[arguments.length - 1];
  const what = ({ node, previousRect: from, currentRect: to }) =>
    (node?.outerHTML ?? String(node?.textContent)).slice(0, 90) + ' ' + [from.x, from.y, from.height, to.x, to.y, to.height].join(' ');
  new PerformanceObserver((list) => done(list.getEntries().filter(({ hadRecentInput }) => !hadRecentInput)
    .map(({ value, startTime, sources }) => [value, Math.round(startTime), sources.map(what)]))).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done([]), 500);";

#[test]
fn nothing_jumps_from_load_to_result() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for (lab, screen) in LABS.iter().flat_map(|lab| [(lab, LAPTOP), (lab, PHONE)]) {
            set_screen(&driver, screen).await;
            let page = Page::open(&driver, &site.url(&format!("lab={}", lab.slug))).await;
            if screen == PHONE {
                // Which folds the settings away.
                page.click("#run").await;
            } else {
                // A press by hand would excuse what moves after it.
                page.script("document.querySelector('#run').click()").await;
            }
            page.result_text(1).await;
            page.status("Done.").await;
            let shifts = driver.execute_async(SHIFTS, vec![]).await.unwrap().json().clone();
            let all: f64 = shifts.as_array().unwrap().iter().filter_map(|shift| shift[0].as_f64()).sum();
            // A number that gets a digit more is no jump: as it is reported, 0.00.
            assert!(all < 0.005, "{}, {screen:?}: {shifts:#}", lab.slug);
        }
    });
}

/// What a sentence's rows have to be lit up in: the first light counts of those of a run.
fn expected(finding: &Finding) -> Value {
    let mut lit = Map::new();
    for Light { run, states } in &finding.lights {
        let names: Vec<_> = states.iter().map(|state| state.name()).collect();
        lit.entry(run.clone()).or_insert_with(|| json!(names.join(" ")));
    }
    Value::Object(lit)
}

#[test]
fn every_sentence_lights_up_what_it_speaks_of() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_screen(&driver, LAPTOP).await;
        let mut looked_at = 0;
        for lab in LABS {
            let page = Page::open(&driver, &site.url(&format!("lab={}", lab.slug))).await;
            press_run(&page).await;
            let text = page.result_text(1).await;
            page.status("Done.").await;
            let report = explained(lab.slug, &text).unwrap();
            let timelines = report.figures.iter().filter_map(|figure| match &figure.body {
                Body::Timeline(timeline) => Some(&timeline.runs),
                _ => None,
            });
            let runs: Vec<_> = timelines.flatten().collect();
            page.script("document.querySelectorAll('details').forEach((it) => (it.open = true))").await;
            let lights = "[...document.querySelectorAll('.findings li.lights')]";
            let sentences = page.script(&format!("return {lights}.map((it) => it.textContent)")).await;
            for (index, sentence) in sentences.as_array().unwrap().iter().enumerate() {
                page.script(&format!("{lights}[{index}].focus()")).await;
                let lit = page
                    .script(
                        "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(Object.fromEntries( \
                         [...document.querySelectorAll('figure.run[data-lit]')].map(({ dataset }) => [dataset.run, dataset.lit]))))))",
                    )
                    .await;
                let finding = report.findings.iter().find(|finding| sentence == finding.text.as_str());
                let finding = finding.unwrap_or_else(|| panic!("{}: no finding says {sentence}", lab.slug));
                assert_eq!(lit, expected(finding), "{}: {sentence}", lab.slug);
                for Light { run, states } in &finding.lights {
                    let traced = runs.iter().find(|traced| traced.slug == *run);
                    let traced = traced.unwrap_or_else(|| panic!("{}: {sentence}: no row for {run}", lab.slug));
                    let there = |span: &Span| states.is_empty() || states.contains(&span.state);
                    assert!(traced.spans.iter().any(there), "{}: {sentence}: {run} has no such span", lab.slug);
                }
                looked_at += 1;
            }
            page.script("document.activeElement.blur()").await;
            page.wait_until("return !document.querySelector('figure.run[data-lit]')", "nothing is lit up").await;
        }
        assert!(looked_at > 0, "no sentence of any lab lights up anything");
    });
}

#[test]
fn rows_are_sorted_by_time_and_back() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_screen(&driver, LAPTOP).await;
        let page = Page::open(&driver, &site.url("tasks=4&sleep=30&cpu=5")).await;
        let order = "return [...document.querySelectorAll('figure.run')].map(({ dataset }) => dataset.run)";
        let before = page.script(order).await;
        page.click("#run").await;
        let mut runs = page.result(1).await.runs;
        page.status("Done.").await;
        page.click(".axis-row button").await;
        // As precise as the page, which has microseconds; rows as fast as each other stay in their order.
        runs.sort_by_key(|run| (run.wall_ms * 1000.0).round() as u64);
        let sorted: Vec<_> = runs.iter().map(|run| run.mode.as_str()).collect();
        assert_eq!(page.script(order).await, json!(sorted));
        page.click(".axis-row button").await;
        assert_eq!(page.script(order).await, before);
    });
}

#[test]
fn on_a_phone_the_settings_fold_into_a_line_and_open_again() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_screen(&driver, PHONE).await;
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=10")).await;
        let is_open = async |open: bool| {
            let seen = "const it = document.querySelector('input[name=tasks]'); return [it.checkVisibility(), document.querySelector('.fold').ariaExpanded]";
            assert_eq!(page.script(seen).await, json!([open, open.to_string()]));
        };
        is_open(true).await;
        page.run().await;
        is_open(false).await;
        let line = page.find(".fold").await.unwrap().text().await.unwrap();
        assert!(line.contains('3') && line.contains("20 ms") && line.contains("10 ms"), "{line}");
        page.click(".fold").await;
        is_open(true).await;
        page.click(".fold").await;
        is_open(false).await;
    });
}

async fn text_of(driver: &WebDriver, css: &str) -> String {
    let it = driver.find(thirtyfour::By::Css(css)).await.unwrap();
    it.text().await.unwrap()
}

#[test]
fn the_end_of_a_run_is_announced_in_one_sentence() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=10")).await;
        page.run().await;
        let headline = text_of(&driver, ".headline").await;
        assert!(!headline.is_empty());
        let status = page.script("const it = document.querySelector('.status'); return [it.textContent, it.role ?? it.getAttribute('role')]").await;
        assert_eq!(status, json!([format!("Done. {headline}"), "status"]));
    });
}
