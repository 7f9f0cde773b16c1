//! Takes a picture of every lab on every screen, in light and dark, before, during and after a run, with the built site in Chromium, and
//! writes `index.html` beside them, which shows all of them at once: to be looked at after a change of what is seen.

use base64::prelude::{BASE64_STANDARD, Engine};
use e2e::{Browser, Headers, Page, Site, set_screen, with_browser};
use interleave_labs::LABS;
use serde_json::{Value, json};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use thirtyfour::WebDriver;

/// Where a lab is seen: the name, the screen in CSS pixels, and what the address says of it.
const PLACES: [(&str, [u32; 2], &str); 5] = [
    ("desk", [1280, 800], ""),
    ("tablet", [768, 1024], ""),
    ("phone", [390, 844], ""),
    ("post", [700, 600], "&embed"),
    ("narrow-post", [360, 640], "&embed"),
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder: PathBuf = arguments.next().unwrap_or_else(|| "target/screens".into()).into();
    let named: Vec<String> = arguments.collect();
    std::fs::create_dir_all(&folder).expect("a folder for the pictures");
    let site = Site::new(Headers::Isolated);
    let mut index = "<!doctype html><meta charset=utf-8><title>Screens</title><style>body { font: 14px sans-serif; background: #888 } \
        section { display: flex; gap: 8px; align-items: start } img { width: 32vw; max-width: 640px }</style>"
        .to_owned();
    with_browser(Browser::Chromium, async |driver| {
        for lab in LABS.iter().filter(|lab| named.is_empty() || named.iter().any(|name| name == lab.slug)) {
            for (place, screen, extra) in PLACES {
                for colours in ["light", "dark"] {
                    set_screen(&driver, screen).await;
                    let name = format!("{}-{place}-{colours}", lab.slug);
                    let files =
                        run(&driver, &site.url(&format!("lab={}&theme={colours}{extra}", lab.slug)), &folder, &name)
                            .await;
                    let pictures = files.map(|file| format!("<img src={file} alt={file}>")).concat();
                    write!(index, "<h2>{name}</h2><section>{pictures}</section>").expect("a text to grow");
                }
            }
        }
    });
    std::fs::write(folder.join("index.html"), index).expect("the index to be written");
    println!("wrote {}", folder.join("index.html").display());
}

/// A lab before, during and after a run: what the screen shows, and afterwards the whole page. The names of the pictures.
async fn run(driver: &WebDriver, url: &str, folder: &Path, name: &str) -> [String; 3] {
    let files = ["idle", "running", "done"].map(|state| format!("{name}-{state}.png"));
    let page = Page::open(driver, url).await;
    // What comes in moves and fades.
    tokio::time::sleep(Duration::from_millis(500)).await;
    capture(driver, &folder.join(&files[0]), false).await;
    page.script("document.querySelector('#run').click()").await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    capture(driver, &folder.join(&files[1]), false).await;
    page.result_text(1).await;
    tokio::time::sleep(Duration::from_millis(800)).await;
    capture(driver, &folder.join(&files[2]), true).await;
    files
}

/// What the screen shows, or the whole page.
async fn capture(driver: &WebDriver, file: &Path, whole: bool) {
    let ask = async |what: &str, how: Value| driver.cdp().send_raw(what, how).await.expect("an answer");
    let mut how = json!({ "format": "png" });
    if whole {
        let size = ask("Page.getLayoutMetrics", json!({})).await["cssContentSize"].clone();
        how["clip"] = json!({ "x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1 });
        how["captureBeyondViewport"] = json!(true);
    }
    let taken = ask("Page.captureScreenshot", how).await;
    let bytes = BASE64_STANDARD.decode(taken["data"].as_str().expect("a picture")).expect("base64");
    std::fs::write(file, &bytes).expect("the picture to be written");
}
