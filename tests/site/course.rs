//! What stands around a lab: the bar of labs, the way to the next one, the map of the course, the lesson; what a link and a sheet of paper show.

use crate::using::{press, tab_to};
use e2e::{Browser, Build, Headers, Page, Site, set_width, with_tab};
use interleave_labs::{LABS, Values};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

const PHONE: u32 = 390;
const DESK: u32 = 1280;
/// The lesson stands beside the figure.
const WIDE: u32 = 1600;

#[test]
fn on_a_phone_the_bar_is_a_menu_that_works_by_keyboard() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_width(&driver, PHONE).await;
        let page = Page::open(&driver, &site.url("theme=dark")).await;
        let seen = "return !!document.querySelector('.bar nav').offsetHeight";
        assert_eq!(page.script(seen).await, json!(false));
        tab_to(&page, ".menu").await;
        press(&page, Key::Enter + "").await;
        assert_eq!(page.script(seen).await, json!(true));
        let small = "return [...document.querySelectorAll('.bar :is(a, button)')].filter((it) => it.offsetHeight < 44).map((it) => it.outerHTML)";
        assert_eq!(page.script(small).await, json!([]), "too small for a finger");
        let questions = page.script("return document.querySelector('.bar nav').innerText").await;
        for lab in LABS {
            assert!(questions.as_str().unwrap().contains(&lab.sheet().question), "{}: {questions}", lab.slug);
        }
        // Which closes the menu, and stops no run.
        press(&page, Key::Escape + "").await;
        assert_eq!(page.script(seen).await, json!(false));
        page.script("document.querySelector('#run').click()").await;
        page.wait_for("started", 1, Duration::from_secs(30)).await;
        press(&page, Key::Enter + "").await;
        assert_eq!(page.script(seen).await, json!(true));
        press(&page, Key::Escape + "").await;
        assert_eq!(page.script(seen).await, json!(false));
        page.result_text(1).await;
        press(&page, Key::Enter + "").await;
        let last = LABS.last().unwrap();
        tab_to(&page, &format!(".bar a[href*='lab={}']", last.slug)).await;
        press(&page, Key::Enter + "").await;
        page.wait_until(&format!("return interleaveLab.slug === {:?}", last.slug), "the last lab").await;
        // The colours that were chosen come along.
        assert_eq!(page.script("return document.documentElement.dataset.theme").await, "dark");
    });
}

#[test]
fn each_lab_has_its_title_and_leads_to_those_before_and_after_it() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let ways = "return ['prev', 'next'].map((way) => document.querySelector(`.turns [rel=${way}]`)) \
            .map((link) => link.offsetHeight ? [new URL(link.href).searchParams.get('lab'), link.lastElementChild.innerText] : null)";
        let marked = "return [...document.querySelectorAll('.map [aria-current]')].map((link) => new URL(link.href).searchParams.get('lab'))";
        for (at, lab) in LABS.iter().enumerate() {
            let page = Page::open(&driver, &site.url(&format!("lab={}", lab.slug))).await;
            let way = |other: Option<&interleave_labs::Entry>| {
                other.map_or(Value::Null, |other| json!([other.slug, other.sheet().question]))
            };
            let expected = json!([way(at.checked_sub(1).map(|at| &LABS[at])), way(LABS.get(at + 1))]);
            assert_eq!(page.script(ways).await, expected, "{}", lab.slug);
            assert_eq!(page.script(marked).await, json!([lab.slug]));
            assert_eq!(driver.title().await.unwrap(), format!("{} – Interleave", lab.sheet().question));
            assert_eq!(page.find("h1").await.unwrap().text().await.unwrap(), lab.sheet().question);
        }
        Page::open(&driver, &site.url("")).await;
        assert_eq!(driver.title().await.unwrap(), "Interleave: see what threads really do");
    });
}

#[test]
fn the_maps_pictures_come_after_the_lab_and_have_their_room_before() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for theme in ["light", "dark"] {
            let page = Page::open(&driver, &site.url(&format!("theme={theme}"))).await;
            page.script("document.querySelector('.map').scrollIntoView()").await;
            let shown = format!("[...document.querySelectorAll('.map img.{theme}')]");
            let room = page
                .script(&format!("return {shown}.map((it) => Math.round(it.clientWidth / it.clientHeight * 10))"))
                .await;
            assert_eq!(room, json!(vec![16; LABS.len()]));
            page.wait_until(
                &format!("return {shown}.every((it) => it.naturalWidth === 480 && it.naturalHeight === 300)"),
                "the pictures",
            )
            .await;
            let early = "const all = performance.getEntriesByType('resource'); \
                const lab = Math.max(...all.filter(({ name }) => /interleave-app-.*wasm|sheet-/.test(name)).map((it) => it.responseEnd)); \
                return all.filter(({ name, startTime }) => name.includes('/card-') && startTime < lab).length";
            assert_eq!(page.script(early).await, json!(0), "pictures that came in the lab's way");
            let other = format!(
                "return performance.getEntriesByType('resource').filter(({{ name }}) => /card-/.test(name) && !/-{theme}-/.test(name)).length"
            );
            assert_eq!(page.script(&other).await, json!(0), "pictures in colours that nobody sees");
        }
    });
}

#[test]
fn each_step_of_a_lesson_sets_what_it_says() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        set_width(&driver, WIDE).await;
        for lab in LABS {
            let controls = lab.sheet().controls;
            let page = Page::open(&driver, &site.url(&format!("lab={}", lab.slug))).await;
            let buttons = page
                .script("return [...document.querySelectorAll('.lesson [data-query]')].map((it) => it.innerText)")
                .await;
            let labels: Vec<_> = lab.lesson.iter().map(|step| step.attempt.label).collect();
            assert_eq!(buttons, json!(labels));
            for (at, step) in lab.lesson.iter().enumerate() {
                let set = async || {
                    let address = driver.current_url().await.unwrap();
                    Values::from_query(&controls, address.query().unwrap_or_default()).0
                };
                let wanted = lab.sheet().applied(step.attempt.query, &set().await);
                page.click(&format!(".lesson li:nth-child({}) [data-query]", at + 1)).await;
                let deadline = Instant::now() + Duration::from_secs(5);
                while set().await != wanted {
                    assert!(Instant::now() < deadline, "{}: {}", lab.slug, step.heading);
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                assert_eq!(page.script("return document.activeElement.id").await, "run", "{}", step.heading);
            }
        }
    });
}

#[test]
fn the_lesson_stands_beside_the_figure_where_there_is_room() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let beside = "const [lesson, app] = ['.lesson', '#app'].map((it) => document.querySelector(it).getBoundingClientRect()); \
            return lesson.left >= app.right && lesson.top < innerHeight";
        for (width, expected) in [(PHONE, false), (DESK, false), (WIDE, true)] {
            set_width(&driver, width).await;
            let page = Page::open(&driver, &site.url("")).await;
            assert_eq!(page.script(beside).await, json!(expected), "{width}");
        }
    });
}

#[test]
fn nothing_moves_while_the_page_comes() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let watch = "const done = arguments[0]; let sum = 0; \
            new PerformanceObserver((list) => list.getEntries().forEach((it) => { sum += it.value; })).observe({ type: 'layout-shift', buffered: true }); \
            setTimeout(() => done(sum), 300)";
        // One of those that are not there at once, and one whose editor comes with a script of its own, later.
        let other = |editor: bool| LABS[1..].iter().find(|lab| lab.sheet().has_editor() == editor).expect("a lab").slug;
        for width in [PHONE, 768, DESK, WIDE] {
            set_width(&driver, width).await;
            for query in [String::new(), format!("lab={}", other(false)), format!("lab={}", other(true))] {
                Page::open(&driver, &site.url(&query)).await;
                let moved = driver.execute_async(watch, vec![]).await.unwrap().json().as_f64().unwrap();
                assert!(moved < 0.01, "{moved} at {width}, ?{query}");
            }
        }
    });
}

#[test]
fn colours_are_switched_said_and_kept() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3")).await;
        for (theme, said) in [("light", "light"), ("dark", "dark"), ("auto", "as the system")] {
            page.click(".theme").await;
            let name = driver.query(By::Css(".theme")).first().await.unwrap();
            let name = name.prop("textContent").await.unwrap().unwrap_or_default();
            assert!(name.contains(said), "{name}");
            let seen = "return [...document.querySelectorAll('.theme span span')].filter((it) => getComputedStyle(it).display !== 'none').map((it) => it.innerText)";
            assert_eq!(page.script(seen).await, json!([said]));
            let kept = if theme == "auto" { Value::Null } else { json!(theme) };
            let there = format!("return new URLSearchParams(location.search).get('theme') === {kept}");
            page.wait_until(&there, theme).await;
            let next = "return new URL(document.querySelector('.turns [rel=next]').href).searchParams.get('theme')";
            assert_eq!(page.script(next).await, kept);
        }
        assert_eq!(page.uncaught().await, json!([]));
    });
}

#[test]
fn a_page_prints_what_was_measured_and_no_controls() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&modes=sequential,pool&theme=dark&autorun")).await;
        page.result(1).await;
        driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": "print" })).await.expect("paper");
        let seen = async |css: &str| {
            let count =
                format!("return [...document.querySelectorAll({css:?})].filter((it) => it.offsetHeight).length");
            page.script(&count).await.as_u64().unwrap()
        };
        assert_eq!(seen("button:not(.row), input, select, a, .bar, .lesson, .end").await, 0);
        assert_eq!((seen("h1").await, seen("canvas").await > 0), (1, true));
        let ground = page.script("return getComputedStyle(document.body).backgroundColor").await;
        assert_eq!(ground, "rgb(255, 255, 255)", "ink is not spent on a ground");
        driver.cdp().send_raw("Emulation.setEmulatedMedia", json!({ "media": "" })).await.expect("a screen");
    });
}

#[test]
fn a_link_has_a_picture() {
    let page = std::fs::read_to_string(Build::this().join("index.html")).unwrap();
    assert!(page.contains("og:image") && page.contains("summary_large_image"), "{page}");
    let picture = std::fs::read(Build::this().join("social.png")).unwrap();
    let size = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!((size(16), size(20)), (1200, 630));
    assert!(picture.len() < 300_000, "{}", picture.len());
}
