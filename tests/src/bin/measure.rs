//! Measures the built site in a browser, several times, and prints medians with their spread: what the tests
//! do not, for they look at structure alone.

use e2e::{Browser, Headers, Page, Site, with_browser};
use interleave_labs::result::ResultFile;
use std::time::{Duration, Instant};

/// How often each measurement is repeated.
const REPEATS: usize = 5;

fn main() {
    for browser in [Browser::Chromium, Browser::Firefox] {
        println!("\n{browser}");
        let site = Site::new(Headers::Isolated);
        with_browser(browser, async |driver| {
            let mut sleeping = Vec::new();
            let mut computing = Vec::new();
            for _ in 0..REPEATS {
                let page = Page::open(&driver, &site.url("lab=compare&tasks=8&sleep=200&autorun")).await;
                sleeping.push(page.result(1).await);
                let page =
                    Page::open(&driver, &site.url("tasks=8&sleep=0&cpu=100&modes=sequential,pool&autorun")).await;
                computing.push(page.result(1).await);
            }
            show("8 × 200 ms sleep, ms", &sleeping, wall);
            show("8 × 200 ms sleep, part of sequential", &sleeping, |result, mode| {
                Some(wall(result, mode)? / wall(result, "sequential")?)
            });
            show("8 × 100 ms computing, speed-up", &computing, |result, mode| {
                Some(wall(result, "sequential")? / wall(result, mode)?)
            });
            for mode in ["sequential", "event-loop", "one-core", "threads", "pool", "processes"] {
                let mut stops = Vec::new();
                for wait_ms in [150, 300, 500, 700] {
                    let query = format!("tasks=64&pool=8&sleep=0&cpu=500&modes={mode}");
                    let page = Page::open(&driver, &site.url(&query)).await;
                    stops.push(stop(&page, wait_ms).await);
                }
                print(&format!("64 × 500 ms computing, from Stop to ready, ms: {mode}"), &mut stops);
            }
        });
    }
}

fn wall(result: &ResultFile, mode: &str) -> Option<f64> {
    result.runs.iter().find(|run| run.mode == mode).map(|run| run.wall_ms)
}

/// Starts a run, presses Stop after a while, and measures in the page how long it takes to be ready.
async fn stop(page: &Page, wait_ms: u64) -> f64 {
    page.click("#run").await;
    page.wait_for("started", 1, Duration::from_secs(10)).await;
    tokio::time::sleep(Duration::from_millis(wait_ms)).await;
    page.script(
        "const pressed = performance.now(); \
         addEventListener('interleave:error', () => (window.stopTook = performance.now() - pressed), { once: true }); \
         document.getElementById('run').click()",
    )
    .await;
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(took) = page.script("return window.stopTook ?? null").await.as_f64() {
            return took;
        }
        assert!(Instant::now() < deadline, "Stop does not end the run");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn show(what: &str, results: &[ResultFile], figure: impl Fn(&ResultFile, &str) -> Option<f64>) {
    for run in &results[0].runs {
        let mut figures: Vec<f64> = results.iter().filter_map(|result| figure(result, &run.mode)).collect();
        print(&format!("{what}: {}", run.mode), &mut figures);
    }
}

fn print(what: &str, figures: &mut [f64]) {
    figures.sort_by(f64::total_cmp);
    let (Some(least), Some(most)) = (figures.first(), figures.last()) else { return };
    println!("{what:<60} median {:>9.3}  least {least:>9.3}  most {most:>9.3}", figures[figures.len() / 2]);
}
