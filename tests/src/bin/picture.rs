//! Takes every picture of the site, with the built site in Chromium, each of a real run: those of the README, which are the page after a
//! run and the blog of `tests/blog` around it; a card of each lab for the map of the course, in light and in dark; what is shown beside a
//! link to the site; and the icons, which are drawn once, in `static/icon.svg`.

use base64::prelude::{BASE64_STANDARD, Engine};
use e2e::{Blog, Browser, Headers, POST, Page, Site, with_browser};
use interleave_labs::LABS;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::Duration;
use thirtyfour::WebDriver;

/// Arguments of those labs whose defaults say less in a small picture.
const ARGUMENTS: &[(&str, &str)] = &[("compare", "&tasks=8&sleep=100&cpu=40&pool=4")];

/// A run in which each of the six modes has a time of its own.
const SHOWN: &str = "tasks=8&sleep=100&cpu=40&pool=4&autorun";

/// The most bytes of a card: its reader may be on a slow connection.
const CARD_BYTES: usize = 12_000;

fn main() {
    let folder: PathBuf = std::env::args().nth(1).unwrap_or_else(|| "static".into()).into();
    std::fs::create_dir_all(folder.join("cards")).expect("a folder for the cards");
    let site = Site::new(Headers::Isolated);
    // Where labs are named after the folder, only their cards are taken.
    let named: Vec<String> = std::env::args().skip(2).collect();
    with_browser(Browser::Chromium, async |driver| {
        if named.is_empty() {
            readme(&driver, &site, &folder.join("preview.png")).await;
        }
        for lab in LABS.iter().filter(|lab| named.is_empty() || named.iter().any(|name| name == lab.slug)) {
            for colours in ["light", "dark"] {
                let file = folder.join(format!("cards/{}-{colours}.webp", lab.slug));
                card(&driver, &site, lab.slug, colours, &file).await;
            }
        }
        if named.is_empty() {
            social(&driver, &site, &folder.join("social.png")).await;
            icons(&driver, &folder).await;
        }
    });
    if !named.is_empty() {
        return;
    }
    let site = Site::new(Headers::None);
    let blog = Blog::new(Headers::None, &site, POST);
    with_browser(Browser::Chromium, async |driver| post(&driver, &blog, &folder.join("blog.png")).await);
    println!("wrote the pictures in {}", folder.display());
}

/// The page after a run.
async fn readme(driver: &WebDriver, site: &Site, file: &Path) {
    driver.set_window_rect(0, 0, 1280, 1000).await.expect("a window");
    after_run(driver, &site.url(&format!("{SHOWN}&theme=light"))).await;
    driver.screenshot(file).await.expect("a picture");
}

/// A post with a lab in it, after a run.
async fn post(driver: &WebDriver, blog: &Blog, file: &Path) {
    driver.set_window_rect(0, 0, 1000, 1500).await.expect("a window");
    driver.goto(blog.address()).await.expect("the blog to load");
    let page = Page { driver: driver.clone() };
    page.wait_until("return !!customElements.get('interleave-lab')", "the blog's script").await;
    page.script("const lab = document.getElementById('waiting'); lab.setAttribute('theme', 'light'); lab.run()").await;
    page.wait_until("return !!document.getElementById('waiting').result", "a result").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    driver.screenshot(file).await.expect("a picture");
}

/// What a lab's first drawing, or else its first figure, shows: 480 by 300 pixels of it, from its top.
async fn card(driver: &WebDriver, site: &Site, lab: &str, colours: &str, file: &Path) {
    screen(driver, [480, 1000]).await;
    let arguments = ARGUMENTS.iter().find(|(slug, _)| *slug == lab).map_or("", |(_, arguments)| arguments);
    let page = after_run(driver, &site.url(&format!("lab={lab}{arguments}&autorun&embed&theme={colours}"))).await;
    // Of rows the lanes alone: words are too small to read there.
    style(
        &page,
        "figure.run { display: block } figure.run :is(figcaption, .result), .axis-row button { display: none }",
    )
    .await;
    // What has no drawing is shown as it is.
    let top = "const drawings = [...document.querySelectorAll('.figures :is(.rows, .board, svg:not(.cell-bar))')]; return scrollY + \
        (drawings.find((it) => it.checkVisibility()) ?? document.querySelector('.figures')).getBoundingClientRect().y";
    let top = page.script(top).await.as_f64().expect("the figures");
    let clip = json!({ "x": 0, "y": top - 4.0, "width": 480, "height": 300, "scale": 1 });
    for quality in [80, 70, 60, 50, 40, 30] {
        let how = json!({ "format": "webp", "quality": quality, "clip": clip, "captureBeyondViewport": true });
        if capture(driver, how, file).await <= CARD_BYTES {
            return;
        }
    }
    panic!("{} cannot be so small", file.display());
}

/// All modes in 1200 by 630 pixels, under the name of the site.
async fn social(driver: &WebDriver, site: &Site, file: &Path) {
    screen(driver, [1000, 525]).await;
    let page = after_run(driver, &site.url(&format!("{SHOWN}&embed&theme=light"))).await;
    style(
        &page,
        ":root { scrollbar-width: none } .page.embed { padding: 24px 40px } .timelines { --names: 220px !important } \
         .intro::before { content: 'Interleave: see what threads really do'; color: var(--accent); font-weight: 600 } \
         .embed h1 { font-size: 28px; margin: 0 } .reveal { min-height: 44px } \
         :is(.settings, .status, .score, .timeline-bar, .axis-row button, .rest, .place, .notices) { display: none !important }",
    )
    .await;
    let clip = json!({ "x": 0, "y": 0, "width": 1000, "height": 525, "scale": 1.2 });
    capture(driver, json!({ "format": "png", "clip": clip }), file).await;
}

/// Leaves out what a picture has no room for.
async fn style(page: &Page, rules: &str) {
    let script = "document.head.append(Object.assign(document.createElement('style'), { textContent: arguments[0] }))";
    page.driver.execute(script, vec![json!(rules)]).await.expect("a style");
    // Until it is drawn.
    tokio::time::sleep(Duration::from_millis(300)).await;
}

/// The icon, in the sizes that the manifest names.
async fn icons(driver: &WebDriver, folder: &Path) {
    let drawing =
        std::fs::read(folder.join("icon.svg")).or_else(|_| std::fs::read("static/icon.svg")).expect("the icon");
    let drawing = BASE64_STANDARD.encode(drawing);
    driver
        .cdp()
        .send_raw("Emulation.setDefaultBackgroundColorOverride", json!({ "color": { "r": 0, "g": 0, "b": 0, "a": 0 } }))
        .await
        .expect("no ground");
    for size in [192, 512] {
        screen(driver, [size, size]).await;
        let page = format!(
            "data:text/html,<body style=\"margin:0\"><img width={size} height={size} src=\"data:image/svg+xml;base64,{}\">",
            drawing.replace('+', "%2B")
        );
        driver.goto(page).await.expect("the icon");
        capture(driver, json!({ "format": "png" }), &folder.join(format!("icon-{size}.png"))).await;
    }
}

/// Opens a page that runs by itself, and waits until it shows what it has measured.
async fn after_run(driver: &WebDriver, url: &str) -> Page {
    let page = Page::open(driver, url).await;
    page.result_text(1).await;
    // What comes in moves and fades.
    tokio::time::sleep(Duration::from_millis(500)).await;
    page
}

/// A screen of this width and height.
async fn screen(driver: &WebDriver, [width, height]: [u32; 2]) {
    let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", screen).await.expect("a screen");
}

/// Takes a picture of the page; its bytes.
async fn capture(driver: &WebDriver, how: Value, file: &Path) -> usize {
    let taken = driver.cdp().send_raw("Page.captureScreenshot", how).await.expect("a picture");
    let bytes = BASE64_STANDARD.decode(taken["data"].as_str().expect("a picture")).expect("base64");
    std::fs::write(file, &bytes).expect("the picture to be written");
    bytes.len()
}
