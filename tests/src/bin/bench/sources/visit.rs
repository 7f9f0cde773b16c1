//! A page as somebody meets it who opens it: in a browser that has seen nothing yet.

use crate::built::Built;
use e2e::{Browser, with_browser};
use interleave_xtask::build::brotli;
use interleave_xtask::files;
use interleave_xtask::server::Options;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use thirtyfour::WebDriver;

/// Stands before any script of a page: keeps when it is ready, and when it has a result. Milliseconds from the request, over the reload
/// by which a service worker comes in.
const WATCH: &str = "<script>
  let began = performance.timeOrigin;
  try { began = Number(sessionStorage.began ??= began); } catch {}
  const at = (name) => { window[name] ??= performance.timeOrigin + performance.now() - began; };
  addEventListener('interleave:ready', () => at('readyAt'));
  addEventListener('interleave:result', () => at('resultAt'));
  new MutationObserver(() => {
    if (document.querySelector('main > button')) at('readyAt');
    if (document.querySelector('#done')) at('resultAt');
  }).observe(document, { childList: true, subtree: true });
</script>";

/// A browser that has just begun is busy with itself, at times on both cores. Readers come with one that has been open for a while.
const SETTLING: Duration = Duration::from_secs(1);
/// No page takes longer.
const PATIENCE: Duration = Duration::from_secs(30);

/// When things happened, in milliseconds from the request.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    /// The first text or drawing.
    pub paint_ms: f64,
    /// What was waited for.
    pub mark_ms: f64,
}

/// How to serve a copy of a site that keeps when its page is ready (`readyAt`) and when it has its first result (`resultAt`).
pub fn watched(built: &Built, site: &str) -> Options {
    let folder = built.folder.with_file_name("watched").join(site);
    files::copy_dir(&built.folder.join(site), &folder).expect("a copy of the site");
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).expect("the page");
    let (before, after) = page.split_once("<meta").expect("a head");
    let page = format!("{before}{WATCH}<meta{after}");
    fs::write(index.with_added_extension("br"), brotli(page.as_bytes()).expect("brotli")).expect("the compressed page");
    fs::write(&index, page).expect("the page with a watch");
    Options::new(folder)
}

/// Starts a browser and lets it settle.
pub fn with_settled<T>(browser: Browser, body: impl AsyncFnOnce(&WebDriver) -> T) -> T {
    with_browser(browser, async |driver| {
        tokio::time::sleep(SETTLING).await;
        body(&driver).await
    })
}

/// Opens a page and waits until it has set `mark`.
pub async fn open(driver: &WebDriver, url: &str, mark: &str) -> Times {
    driver.goto(url).await.expect("the page");
    let deadline = Instant::now() + PATIENCE;
    let script = format!(
        "const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime; \
         return window.{mark} && paint ? [paint, window.{mark}] : null"
    );
    loop {
        // While a page is left for another one, or loaded again, no script can run.
        let answer = driver.execute(&script, Vec::new()).await.map(|answer| answer.json().clone()).unwrap_or_default();
        if let (Some(paint_ms), Some(mark_ms)) = (answer[0].as_f64(), answer[1].as_f64()) {
            return Times { paint_ms, mark_ms };
        }
        assert!(Instant::now() < deadline, "{url} sets no {mark}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// A page of another site in a folder of its own, with the address `frame` in a frame: it sets `readyAt` as well, from its own request on.
pub fn blog(built: &Built, frame: &str) -> PathBuf {
    let folder = built.folder.with_file_name("blog");
    fs::create_dir_all(&folder).expect("a folder for the blog");
    let frame = frame.replace('&', "&amp;");
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>A blog</title>\n\
         <script>addEventListener('message', ({{ data }}) => {{ if (data?.type === 'interleave:ready') window.readyAt ??= performance.now(); }});</script>\n\
         <p>A post.</p>\n<iframe src=\"{frame}\" width=\"800\" height=\"900\" allow=\"cross-origin-isolated\"></iframe>\n"
    );
    fs::write(folder.join("index.html"), page).expect("the blog's page");
    folder
}
