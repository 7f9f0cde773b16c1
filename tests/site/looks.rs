//! The page in another page's colours and font.

use crate::embedding::read;
use crate::using::look;
use e2e::{Blog, Browser, Headers, Page, Site, from_xtask, with_tab};
use serde_json::{Value, json};

const POST: &str = "accent=%23a0195b&ground=%23fff8ef&text=rgb(43 33 24)&font=Georgia, serif";

/// What the page is painted with.
async fn tokens(page: &Page, names: &[&str]) -> Vec<String> {
    let script = format!(
        "const style = getComputedStyle(document.documentElement); return {}.map((name) => style.getPropertyValue('--' + name))",
        json!(names)
    );
    let values = page.script(&script).await;
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

async fn notices(page: &Page) -> Value {
    page.script("return [...document.querySelectorAll('.notices p')].map((it) => it.textContent)").await
}

#[test]
fn colours_and_font_of_the_address_are_used_and_kept() {
    let axe = std::fs::read_to_string(from_xtask("INTERLEAVE_AXE")).expect("axe-core");
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let query = "tasks=3&sleep=20&cpu=10&modes=sequential,event-loop";
        let looks = [
            (POST, ["#a0195b", "#fff8ef", "#2b2118", "#ffffff"]),
            // A dark ground brings the colours for dark pages; an accent that is bright, black text on it.
            ("ground=%23102030&accent=oklch(0.8 0.15 80)", ["#f0b135", "#102030", "#e8ecee", "#000000"]),
            // Bright enough for a mark, not for text.
            ("ground=white&text=black&accent=%23d9730d", ["#d9730d", "#ffffff", "#000000", "#000000"]),
        ];
        for (looks, expected) in looks {
            let page = Page::open(&driver, &site.url(&format!("{query}&{looks}"))).await;
            assert_eq!(tokens(&page, &["accent", "ground", "text", "on-accent"]).await, expected, "{looks}");
            assert_eq!(notices(&page).await, json!([]), "{looks}");
            let [ground, text] = [expected[1], expected[2]];
            let seen = page.script("const { backgroundColor, color } = getComputedStyle(document.body); return [backgroundColor, color]").await;
            assert_eq!(seen, json!([css(ground), css(text)]), "{looks}");
            page.script(&axe).await;
            look(&page, &format!("{looks}, idle")).await;
            page.run().await;
            look(&page, &format!("{looks}, done")).await;
            page.click(".presets button:nth-child(2)").await;
            page.wait_until("return location.search.includes('sleep=0&')", "the URL follows").await;
            let kept = page.script("return new URLSearchParams(location.search).get('ground')").await;
            assert_eq!(kept, json!(looks.replace("%23", "#").split("ground=").nth(1).unwrap().split('&').next()));
        }
    });
}

/// `#rrggbb` as computed styles have it.
fn css(hex: &str) -> String {
    let number = u32::from_str_radix(&hex[1..], 16).unwrap();
    let [_, r, g, b] = number.to_be_bytes();
    format!("rgb({r}, {g}, {b})")
}

#[test]
fn what_cannot_be_read_is_left_out_and_said() {
    let site = Site::new(Headers::Isolated);
    let cases = [
        ("accent=%23eee", "accent=#eee has too little contrast with the ground; our own is used."),
        ("accent=%23222&theme=dark", "accent=#222 has too little contrast with the ground; our own is used."),
        ("text=%23999", "text=#999 has too little contrast with the ground; our own is used."),
        ("ground=gray", "ground=gray has too little contrast with the text; our own is used."),
        ("text=pinkish", "text=pinkish is no colour, or not an opaque one; our own is used."),
        ("accent=rgb(0 0 0 / 50%25)", "accent=rgb(0 0 0 / 50%) is no colour, or not an opaque one; our own is used."),
        ("font=12px", "font=12px is no list of fonts; our own is used."),
    ];
    let names = ["accent", "ground", "text", "font", "raised", "on-accent"];
    with_tab(Browser::Chromium, async |driver| {
        for (looks, notice) in cases {
            let theme = if looks.ends_with("theme=dark") { "dark" } else { "light" };
            let own = tokens(&Page::open(&driver, &site.url(&format!("theme={theme}"))).await, &names).await;
            let query = if theme == "dark" { looks.to_owned() } else { format!("{looks}&theme=light") };
            let page = Page::open(&driver, &site.url(&query)).await;
            assert_eq!(notices(&page).await, json!([notice]));
            assert_eq!(tokens(&page, &names).await, own, "{looks}");
            assert_eq!(page.uncaught().await, json!([]));
        }
    });
}

#[test]
fn a_lab_takes_up_its_blog_and_its_next_theme_in_every_browser() {
    let post = "<!doctype html><title>Blog</title><script src=\"INTERLEAVE/embed.js\"></script>\
                <style>:root { --ink: oklch(0.25 0.03 60) } \
                  interleave-lab { --interleave-ground: #fff8ef; --interleave-text: var(--ink); --interleave-accent: #123456; --interleave-font: Georgia, serif } \
                  .night interleave-lab { --interleave-ground: #101418; --interleave-text: #e0e4e8 }</style>\
                <interleave-lab id=lab tasks=2 sleep=10 modes=sequential load=visible accent=\"#a0195b\" theme=light></interleave-lab>";
    for browser in Browser::ALL {
        let site = Site::new(Headers::None);
        let blog = Blog::new(Headers::None, &site, post);
        with_tab(browser, async |driver| {
            let page = read(&driver, &blog).await;
            let frame = "return document.getElementById('lab').shadowRoot.querySelector('iframe')";
            page.wait_until(&frame.replace("return ", "return !!"), "the lab").await;
            let painted = async || {
                let frame = driver.execute(frame, vec![]).await.unwrap().element().unwrap();
                frame.enter_frame().await.unwrap();
                page.status("Ready.").await;
                let found = tokens(&page, &["ground", "text", "accent", "state-run"]).await;
                let font = page.script("return getComputedStyle(document.body).fontFamily").await;
                assert!(font.as_str().unwrap().starts_with("Georgia"), "{browser}: {font}");
                assert_eq!(notices(&page).await, json!([]), "{browser}");
                driver.enter_default_frame().await.unwrap();
                found
            };
            // The attribute counts, not the property.
            assert_eq!(painted().await, ["#fff8ef", "#2c1e13", "#a0195b", "#0e5a78"], "{browser}");
            let src = "return document.getElementById('lab').shadowRoot.querySelector('iframe').src";
            let before = page.script(src).await;
            page.script("document.documentElement.className = 'night'; lab.setAttribute('theme', 'dark')").await;
            tokio::time::sleep(std::time::Duration::from_millis(500)).await;
            let night = painted().await;
            assert_eq!((night[0].as_str(), night[1].as_str()), ("#101418", "#e0e4e8"), "{browser}");
            assert_eq!(night[3], "#5bbdd6", "{browser}: a dark ground brings the colours for dark pages");
            assert_eq!(page.script(src).await, before, "{browser}: it is not loaded again");
        });
    }
}

#[test]
fn the_script_knows_the_style_sheets_own_colours() {
    let script = include_str!("../../static/looks.js");
    let tokens = include_str!("../../static/tokens.css");
    for name in ["ground", "text", "accent"] {
        let values: Vec<_> =
            tokens.split(&format!("  --{name}: ")).skip(1).filter_map(|rest| rest.split(';').next()).collect();
        assert_eq!(values.len(), 3, "light, dark as the system is set, dark by choice: {values:?}");
        for value in values {
            assert!(script.contains(&format!("'{value}'")), "--{name}: {value}");
        }
    }
}
