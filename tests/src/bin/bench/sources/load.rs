//! A first load: of the page, of a bare yew counter, of a bare page of wasm-bindgen-rayon. Each time in a browser that has
//! seen nothing yet.

use super::{folder, serve};
use crate::row::{self, Measured};
use e2e::{Browser, with_browser};
use interleave_labs::LABS;
use interleave_xtask::build::gzip;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Runs before any script of the page: keeps when it is ready, and when it has a result.
const WATCH: &str = "
  const at = (name) => { window[name] ??= performance.now(); };
  addEventListener('interleave:ready', () => at('readyAt'));
  addEventListener('interleave:result', () => at('resultAt'));
  new MutationObserver(() => {
    if (document.querySelector('main > button')) at('readyAt');
    if (document.querySelector('#done')) at('resultAt');
  }).observe(document, { childList: true, subtree: true });";

/// The query of a run of one task of 1 ms.
const FIRST_RUN: &str = "?tasks=1&sleep=0&cpu=1&modes=sequential&autorun";

/// A browser that has just begun is busy with itself, at times on both cores. Readers come with one that has been open for a while.
const SETTLING: Duration = Duration::from_secs(1);

/// Kilobytes until the first result of a task of 1 ms.
pub fn bytes(_quick: bool) -> Vec<Measured> {
    let (_, sent) = load("app", FIRST_RUN, "resultAt");
    let app = sum("app", &sent, |path| path.starts_with("interleave-app-"));
    let engine = sum("app", &sent, |path| path.starts_with("engine/"));
    let all = sum("app", &sent, |_| true);
    let counter = sum("counter", &load("counter", "", "readyAt").1, |_| true);
    let rayon = sum("rayon", &load("rayon", "", "resultAt").1, |_| true);
    [("app", app), ("engine", engine), ("everything", all), ("counter", counter), ("rayon's page", rayon)]
        .into_iter()
        .flat_map(|(name, (brotli, gzip))| {
            let measured =
                |kind: &str, bytes: usize| Measured::new(format!("{name}, {kind}"), "kB", vec![bytes as f64 / 1000.0]);
            [measured("brotli", brotli), measured("gzip", gzip)]
        })
        .collect()
}

/// Kilobytes in brotli that a lab is made of beyond the page that all have in common: its sheet, and every engine that comes with it
/// until its first result.
pub fn labs(_quick: bool) -> Vec<Measured> {
    let of_lab = |slug: &str| {
        let (_, sent) = load("app", &format!("?lab={slug}&autorun"), "resultAt");
        let sheet = format!("sheet-{slug}-");
        let (brotli, _) = sum("app", &sent, |path| path.starts_with("engine/") || path.starts_with(&sheet));
        brotli as f64 / 1000.0
    };
    let sizes: Vec<f64> = LABS.iter().map(|lab| of_lab(lab.slug)).collect();
    let each = LABS.iter().zip(&sizes).map(|(lab, kilobytes)| Measured::new(lab.slug, "kB", vec![*kilobytes]));
    [Measured::new("a lab", "kB", sizes.clone())].into_iter().chain(each).collect()
}

/// Milliseconds from the request to the first paint, until Run is ready, and to the first result of a task of 1 ms.
pub fn times(quick: bool) -> Vec<Measured> {
    let mut measured = Vec::new();
    let mut add = |name: &str, ms: f64| row::add(&mut measured, Measured::new(name, "ms", vec![ms]));
    for _ in 0..if quick { 1 } else { 15 } {
        let (page, _) = load("app", "", "readyAt");
        add("page, first paint", page.paint_ms);
        add("page, Run ready", page.mark_ms);
        add("page, first result", load("app", FIRST_RUN, "resultAt").0.mark_ms);
        let (counter, _) = load("counter", "", "readyAt");
        add("counter, first paint", counter.paint_ms);
        add("counter, interactive", counter.mark_ms);
        add("rayon's page, first result", load("rayon", "", "resultAt").0.mark_ms);
    }
    measured
}

struct Times {
    paint_ms: f64,
    mark_ms: f64,
}

/// Loads a page in a fresh browser until it has set `mark`; the times, and the files that were sent until then.
fn load(site: &str, query: &str, mark: &str) -> (Times, BTreeSet<String>) {
    let sent = Arc::new(Mutex::new(BTreeSet::new()));
    let sent_ = sent.clone();
    let server = serve(
        site,
        Some(Arc::new(move |path: &str| {
            sent_.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        })),
    );
    with_browser(Browser::Chromium, async |driver| {
        let tools = driver.cdp();
        let watch = json!({ "source": WATCH });
        tokio::time::sleep(SETTLING).await;
        tools.send_raw("Page.addScriptToEvaluateOnNewDocument", watch).await.expect("a watch");
        driver.goto(format!("{}{query}", server.url())).await.expect("the page");
        let deadline = Instant::now() + Duration::from_secs(30);
        let script = format!(
            "const paint = performance.getEntriesByName('first-paint')[0]?.startTime; \
             return window.{mark} && paint ? [paint, window.{mark}] : null"
        );
        loop {
            let answer = driver.execute(&script, Vec::new()).await.expect("the times").json().clone();
            if let (Some(paint_ms), Some(mark_ms)) = (answer[0].as_f64(), answer[1].as_f64()) {
                let sent = sent.lock().unwrap_or_else(PoisonError::into_inner).clone();
                return (Times { paint_ms, mark_ms }, sent);
            }
            assert!(Instant::now() < deadline, "{site} sets no {mark}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    })
}

/// The bytes of those files that are `wanted`, in brotli and gzip.
fn sum(site: &str, sent: &BTreeSet<String>, wanted: impl Fn(&str) -> bool) -> (usize, usize) {
    let files = sent.iter().filter(|path| wanted(path)).map(|path| folder().join(site).join(path));
    files.fold((0, 0), |(brotli, gzipped), file| {
        let bytes = fs::read(&file).expect("what was sent");
        let compressed = fs::metadata(file.with_added_extension("br")).ok();
        let small = compressed.is_some().then(|| gzip(&bytes).expect("gzip").len());
        let len = bytes.len();
        (brotli + compressed.map_or(len, |file| file.len() as usize), gzipped + small.unwrap_or(len))
    })
}
