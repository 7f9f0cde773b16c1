//! A first load: of the page, of a bare yew counter, of a bare page of wasm-bindgen-rayon; and of the page on a host that sends no headers.

use super::visit::{self, Times, open, with_settled};
use crate::built::Built;
use crate::measured::Measured;
use e2e::Browser;
use interleave_labs::LABS;
use interleave_xtask::build::gzip;
use interleave_xtask::server::{Options, Server};
use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// The query of a run of one task of 1 ms.
const FIRST_RUN: &str = "?tasks=1&sleep=0&cpu=1&modes=sequential&autorun";

/// In which a service worker keeps what the page is made of.
const KEEPING: Duration = Duration::from_secs(2);

/// Kilobytes until the first result of a task of 1 ms.
pub fn bytes(built: &Built, _quick: bool) -> Vec<Measured> {
    let app = Sent::until(built, "app", FIRST_RUN, "resultAt");
    let counter = Sent::until(built, "counter", "", "readyAt");
    let rayon = Sent::until(built, "rayon", "", "resultAt");
    [
        ("app", app.sum(built, |path| path.starts_with("interleave-app-"))),
        ("engine", app.sum(built, |path| path.starts_with("engine/"))),
        ("everything", app.sum(built, |_| true)),
        ("counter", counter.sum(built, |_| true)),
        ("rayon's page", rayon.sum(built, |_| true)),
    ]
    .into_iter()
    .flat_map(|(name, (brotli, gzip))| {
        let measured =
            |kind: &str, bytes: usize| Measured::new(format!("{name}, {kind}"), "kB", vec![bytes as f64 / 1000.0]);
        [measured("brotli", brotli), measured("gzip", gzip)]
    })
    .collect()
}

/// Kilobytes in brotli that a lab is made of beyond the page that all have in common: its sheet, and the engine that it opens with. Of a
/// lab that opens with its board, what its first run is made of as well.
pub fn labs(built: &Built, _quick: bool) -> Vec<Measured> {
    let of_lab = |slug: &str, flags: &str, mark: &str| {
        let sent = Sent::until(built, "app", &format!("?lab={slug}{flags}"), mark);
        let sheet = format!("sheet-{slug}-");
        let (brotli, _) = sent.sum(built, |path| path.starts_with("engine/") || path.starts_with(&sheet));
        brotli as f64 / 1000.0
    };
    let sizes: Vec<f64> = LABS.iter().map(|lab| of_lab(lab.slug, "", "readyAt")).collect();
    let each = LABS.iter().zip(&sizes).map(|(lab, kilobytes)| Measured::new(lab.slug, "kB", vec![*kilobytes]));
    let boards = LABS.iter().filter(|lab| lab.sheet().board);
    let runs = boards.map(|lab| {
        let kilobytes = of_lab(lab.slug, "&autorun", "resultAt");
        Measured::new(format!("{}, opened by a run", lab.slug), "kB", vec![kilobytes])
    });
    // What runs a reader's script brings its language along.
    let of = |name, scripted: bool| {
        let these = LABS.iter().zip(&sizes).filter(|(lab, _)| lab.sheet().has_editor() == scripted);
        Measured::new(name, "kB", these.map(|(_, kilobytes)| *kilobytes).collect())
    };
    [of("a lab", false), of("a lab that runs a script", true)].into_iter().chain(each).chain(runs).collect()
}

/// Milliseconds from the request to the first paint, until Run is ready, and to the first result of a task of 1 ms: in a new browser each.
pub fn times(built: &Built, browser: Browser) -> Vec<Measured> {
    let load = |site: &str, query: &str, mark: &str| -> Times {
        let server = Server::start(visit::watched(built, site)).expect("a port");
        with_settled(browser, async |driver| open(driver, &format!("{}{query}", server.url()), mark).await)
    };
    let page = load("app", "", "readyAt");
    let counter = load("counter", "", "readyAt");
    [
        ("page, first paint", page.paint_ms),
        ("page, Run ready", page.mark_ms),
        ("page, first result", load("app", FIRST_RUN, "resultAt").mark_ms),
        ("counter, first paint", counter.paint_ms),
        ("counter, interactive", counter.mark_ms),
        ("rayon's page, first result", load("rayon", "", "resultAt").mark_ms),
    ]
    .map(|(name, ms)| Measured::new(format!("{name}, {browser}"), "ms", vec![ms]))
    .into()
}

/// Milliseconds from the request until Run is ready, on a host that sends no headers for isolation: on the first visit, when the
/// service worker comes in, and on the second one.
pub fn plain_host(built: &Built, browser: Browser) -> Vec<Measured> {
    let server = Server::start(Options { headers: &[], ..visit::watched(built, "app") }).expect("a port");
    let (first, second) = with_settled(browser, async |driver| {
        let first = open(driver, &server.url(), "readyAt").await;
        let shared = driver.execute("return document.documentElement.dataset.memory", Vec::new()).await;
        assert_eq!(shared.expect("the page").json(), "shared", "the service worker of {browser} isolates the page");
        tokio::time::sleep(KEEPING).await;
        driver.execute("sessionStorage.clear()", Vec::new()).await.expect("a new session");
        // From another page: to go where one is already would be a reload.
        driver.goto("about:blank").await.expect("another page");
        (first, open(driver, &server.url(), "readyAt").await)
    });
    [("first visit", first), ("second visit", second)]
        .map(|(name, times)| Measured::new(format!("{name}, {browser}"), "ms", vec![times.mark_ms]))
        .into()
}

/// The same in a frame on another site's page, which sends no headers either: from the request for that page.
pub fn plain_host_in_frame(built: &Built, browser: Browser) -> Vec<Measured> {
    let server = Server::start(Options { headers: &[], ..visit::watched(built, "app") }).expect("a port");
    let folder = visit::blog(built, &format!("{}?embed", server.url()));
    let blog = Server::start(Options { headers: &[], ..Options::new(folder) }).expect("a port");
    // Another host's name, so that it is another site for browsers, too.
    let url = blog.url().replace("127.0.0.1", "localhost");
    let (first, second) = with_settled(browser, async |driver| {
        let first = open(driver, &url, "readyAt").await;
        tokio::time::sleep(KEEPING).await;
        driver.goto("about:blank").await.expect("another page");
        (first, open(driver, &url, "readyAt").await)
    });
    [("in a frame, first visit", first), ("in a frame, second visit", second)]
        .map(|(name, times)| Measured::new(format!("{name}, {browser}"), "ms", vec![times.mark_ms]))
        .into()
}

/// The files of a site that Chromium was sent.
struct Sent {
    site: &'static str,
    paths: BTreeSet<String>,
}

impl Sent {
    /// Until the page has set `mark`. Its service worker, which fetches more after that, does not come in.
    fn until(built: &Built, site: &'static str, query: &str, mark: &str) -> Sent {
        let paths = Arc::<Mutex<BTreeSet<String>>>::default();
        let sent = paths.clone();
        let hook = move |path: &str, body: Vec<u8>| {
            if path == "sw.js" {
                return None;
            }
            sent.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
            Some(body)
        };
        let options = Options { hook: Some(Arc::new(hook)), ..visit::watched(built, site) };
        let server = Server::start(options).expect("a port");
        with_settled(Browser::Chromium, async |driver| open(driver, &format!("{}{query}", server.url()), mark).await);
        let paths = paths.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Sent { site, paths }
    }

    /// The bytes of those files that are `wanted`, in brotli and gzip.
    fn sum(&self, built: &Built, wanted: impl Fn(&str) -> bool) -> (usize, usize) {
        let folder = built.folder.join(self.site);
        let files = self.paths.iter().filter(|path| wanted(path)).map(|path| folder.join(path));
        files.fold((0, 0), |(brotli, gzipped), file| {
            let bytes = fs::read(&file).expect("what was sent");
            let compressed = fs::metadata(file.with_added_extension("br")).ok();
            let small = compressed.is_some().then(|| gzip(&bytes).expect("gzip").len());
            let len = bytes.len();
            (brotli + compressed.map_or(len, |file| file.len() as usize), gzipped + small.unwrap_or(len))
        })
    }
}
