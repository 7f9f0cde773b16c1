//! The page as a reader uses it: by keyboard, with tools that read it out, with a guess.

use crate::isolation::without_service_worker;
use e2e::{Browser, Headers, Page, Site, from_xtask, set_width, with_tab};
use interleave_labs::LABS;
use serde_json::json;
use std::time::Duration;
use thirtyfour::common::keys::TypingData;
use thirtyfour::prelude::*;

pub async fn press(page: &Page, keys: impl Into<TypingData>) {
    page.driver.active_element().await.unwrap().send_keys(keys).await.unwrap();
}

/// Presses Tab until an element matches.
pub async fn tab_to(page: &Page, css: &str) {
    for _ in 0..160 {
        let there = page.script(&format!("return document.activeElement.matches({css:?})")).await;
        if there == json!(true) {
            return;
        }
        // Not to an element: one that takes files would take it for a name.
        page.driver.action_chain().send_keys(Key::Tab).perform().await.unwrap();
    }
    panic!("Tab does not lead to {css}");
}

/// The rows that are open.
async fn opened(page: &Page) -> serde_json::Value {
    page.script("return [...document.querySelectorAll('[data-run][aria-expanded=true]')].map((row) => row.dataset.run)")
        .await
}

/// What a run or a press puts beside an element must not make the element anew: it would lose the focus.
#[test]
fn the_focus_stays_while_a_run_begins_and_ends_and_a_row_opens() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=10&modes=sequential,one-core")).await;
        for css in ["[data-run=sequential] canvas", "[data-run=sequential] .row", "[data-run=one-core] .tick input"] {
            let mine = format!("return document.activeElement === mine && mine.isConnected && mine.matches({css:?})");
            let runs = page.events().await.iter().filter(|event| event.name == "result").count();
            page.script(&format!(
                "window.mine = document.querySelector({css:?}); mine.focus(); document.querySelector('#run').click()"
            ))
            .await;
            page.result_text(runs + 1).await;
            page.status("Done.").await;
            assert_eq!(page.script(&mine).await, json!(true), "{css}, after a run");
            page.script("document.querySelector('[data-run=sequential] .row').click()").await;
            assert_eq!(page.script(&mine).await, json!(true), "{css}, a row opened or closed");
        }
        // A drawing, which is there before the run ends.
        let page = Page::open(&driver, &site.url("lab=race")).await;
        page.script("document.querySelector('#run').click()").await;
        page.wait_until("return !!document.querySelector('.drawing')", "a live figure").await;
        page.script("window.mine = document.querySelector('.drawing'); mine.focus()").await;
        page.result_text(1).await;
        page.wait_until("return !!mine.closest('.figure')?.querySelector('.save')", "what saves it").await;
        assert_eq!(page.script("return document.activeElement === mine").await, json!(true));
    });
}

#[test]
fn everything_works_by_keyboard() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=3&sleep=20&cpu=10&modes=sequential,one-core")).await;
        tab_to(&page, "input[name=tasks]").await;
        press(&page, Key::Up + "").await;
        tab_to(&page, "input[name=pool]").await;
        tab_to(&page, "#run").await;
        press(&page, Key::Enter + "").await;
        assert_eq!(page.result(1).await.args.tasks, 4);
        tab_to(&page, "canvas.lanes").await;
        press(&page, Key::Right + "").await;
        let first = page.find(".readout").await.unwrap().text().await.unwrap();
        assert!(first.starts_with("Task 0 on main thread: sleeping, from "), "{first}");
        press(&page, Key::Right + "").await;
        let second = page.find(".readout").await.unwrap().text().await.unwrap();
        assert!(second.starts_with("Task 0 on main thread: computing"), "{second}");
        tab_to(&page, "[data-run=one-core] button").await;
        press(&page, Key::Enter + "").await;
        assert_eq!(opened(&page).await, json!(["one-core"]));
        tab_to(&page, ".as-table button[aria-expanded=false]").await;
        press(&page, Key::Enter + "").await;
        assert_eq!(page.script("return document.querySelectorAll('.tables').length").await, 1);
        // Back from its lanes: another row opens, and this one closes.
        tab_to(&page, "[data-run=sequential] canvas").await;
        press(&page, Key::Enter + "").await;
        assert_eq!(opened(&page).await, json!(["sequential"]));
        tab_to(&page, ".replay .play").await;
        press(&page, Key::Enter + "").await;
        tokio::time::sleep(Duration::from_millis(60)).await;
        // From anywhere on the page.
        press(&page, Key::Control + Key::Enter).await;
        page.result(2).await;
    });
}

#[test]
fn axe_finds_nothing() {
    let axe = std::fs::read_to_string(from_xtask("INTERLEAVE_AXE")).expect("axe-core");
    let (isolated, plain) = (Site::new(Headers::Isolated), without_service_worker());
    with_tab(Browser::Chromium, async |driver| {
        for (site, theme) in [(&isolated, "light"), (&isolated, "dark"), (&plain, "light"), (&plain, "dark")] {
            let query = format!("tasks=3&sleep=20&cpu=10&plan=s20.c10*2%2Bc5&theme={theme}&no-such-argument=1");
            let page = Page::open(&driver, &site.url(&query)).await;
            page.script(&axe).await;
            look(&page, &format!("{theme}, idle")).await;
            page.click("#run").await;
            page.result(1).await;
            page.script("document.querySelectorAll('details').forEach((d) => (d.open = true)); document.querySelectorAll('.as-table > button').forEach((b) => b.click())").await;
            page.wait_until("return !!document.querySelector('.programs pre')", "the program").await;
            tokio::time::sleep(Duration::from_millis(200)).await;
            look(&page, &format!("{theme}, done")).await;
            page.click(".share > button").await;
            page.wait_until("return !!document.querySelector('dialog[open] textarea')", "the dialog").await;
            look(&page, &format!("{theme}, sharing")).await;
        }
    });
}

/// Lets axe look at the page, which has been given it.
pub async fn look(page: &Page, when: &str) {
    let found = page
        .driver
        .execute_async("const done = arguments[arguments.length - 1]; axe.run().then((r) => done(r.violations), (e) => done(String(e)))", vec![])
        .await
        .unwrap();
    let found = found.json();
    let list = found.as_array().unwrap_or_else(|| panic!("{when}: {found}"));
    let list: Vec<_> = list.iter().map(|v| format!("{}: {} {}", v["id"], v["help"], v["nodes"][0]["html"])).collect();
    assert!(list.is_empty(), "{when}: {list:#?}");
}

#[test]
fn a_guess_is_scored_after_the_run() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=4&sleep=50&modes=sequential,event-loop")).await;
        page.click(".guess select option[value=event-loop]").await;
        page.click("#run").await;
        page.result(1).await;
        let score = page.find(".score:not(.doubt)").await.unwrap().text().await.unwrap();
        assert!(score.starts_with("You were right: Event loop was the fastest"), "{score}");
        assert!(page.find(".guess").await.is_err(), "the same configuration is not asked for again");
    });
}

#[test]
fn nothing_is_wider_than_the_screen() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        for width in [360, 768, 1920] {
            set_width(&driver, width).await;
            let page =
                Page::open(&driver, &site.url("tasks=64&sleep=5&modes=sequential,event-loop,pool&autorun")).await;
            page.result(1).await;
            let widths = page.script("return [innerWidth, document.documentElement.scrollWidth]").await;
            assert_eq!(widths[0], width, "the screen");
            assert!(widths[1].as_u64() <= Some(width.into()), "{} wide at {width}", widths[1]);
        }
    });
}

#[test]
fn the_engine_of_every_lab_imports_a_shared_memory() {
    let engines = std::path::PathBuf::from(from_xtask("INTERLEAVE_DIST")).join("engine");
    let boards = LABS.iter().filter(|lab| lab.sheet().board).map(|lab| format!("{}-board", lab.slug));
    for name in LABS.iter().map(|lab| lab.module.to_owned()).chain(boards) {
        let folders = std::fs::read_dir(&engines).unwrap().map(|folder| folder.unwrap().path());
        let own = |path: &std::path::PathBuf| {
            let folder = path.file_name().unwrap().to_string_lossy();
            folder.rsplit_once('-').is_some_and(|(module, _)| module == name)
        };
        let folders: Vec<_> = folders.filter(own).collect();
        let [folder] = &folders[..] else { panic!("{name}: {folders:?}") };
        let module = std::fs::read(folder.join("engine_bg.wasm")).unwrap();
        let memory = interleave_xtask::engine_module::imports_shared_memory(&module);
        assert!(memory.is_ok(), "{name}: {memory:?}");
    }
}
