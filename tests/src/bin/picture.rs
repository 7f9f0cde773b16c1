//! Takes the README's pictures, with the built site in Chromium: the page after a run, and the blog of `tests/blog` around it.

use e2e::{Blog, Browser, Headers, POST, Page, Site, with_browser};
use std::path::Path;
use std::time::Duration;

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| "static".into());
    let folder = Path::new(&folder);
    let site = Site::new(Headers::Isolated);
    with_browser(Browser::Chromium, async |driver| {
        driver.set_window_rect(0, 0, 1280, 1000).await.expect("a window");
        let page = Page::open(&driver, &site.url("tasks=8&sleep=100&cpu=40&pool=4&autorun&theme=light")).await;
        page.result(1).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        driver.screenshot(&folder.join("preview.png")).await.expect("a picture");
    });
    let site = Site::new(Headers::None);
    let blog = Blog::new(Headers::None, &site, POST);
    with_browser(Browser::Chromium, async |driver| {
        driver.set_window_rect(0, 0, 1000, 1500).await.expect("a window");
        driver.goto(blog.address()).await.expect("the blog to load");
        let page = Page { driver: driver.clone() };
        page.wait_until("return !!customElements.get('interleave-lab')", "the blog's script").await;
        page.script("const lab = document.getElementById('waiting'); lab.setAttribute('theme', 'light'); lab.run()")
            .await;
        page.wait_until("return !!document.getElementById('waiting').result", "a result").await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        driver.screenshot(&folder.join("blog.png")).await.expect("a picture");
    });
    println!("wrote {0}/preview.png and {0}/blog.png", folder.display());
}
