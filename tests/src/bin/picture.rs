//! Takes the README's picture: the built site in Chromium after a run.

use e2e::{Browser, Headers, Page, Site, with_browser};
use std::path::Path;
use std::time::Duration;

fn main() {
    let to = std::env::args().nth(1).unwrap_or_else(|| "static/preview.png".into());
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        driver.set_window_rect(0, 0, 1280, 1000).await.expect("a window");
        let page = Page::open(&driver, &site.url("tasks=8&sleep=100&cpu=40&pool=4&autorun&theme=light")).await;
        page.result(1).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        driver.screenshot(Path::new(&to)).await.expect("a picture");
        println!("wrote {to}");
    });
}
