//! Drawing: of many spans while somebody drags them, and of a run while it goes on.

use super::PRESS_RUN;
use super::visit::with_settled;
use crate::built::Built;
use crate::measured::Measured;
use e2e::{Browser, with_browser};
use interleave_labs::Values;
use interleave_labs::compare::Compare;
use interleave_labs::conditions::Conditions;
use interleave_labs::lab::{self, Lab};
use interleave_labs::result::{Host, Memory, ResultFile, Run, Runtime};
use interleave_trace::{Lane, LaneKind, Span, State};
use serde_json::json;
use std::time::Duration;
use thirtyfour::prelude::*;

const LANES: u32 = 32;
const SPANS: u64 = 100_000;

/// Frames a second and the longest task of the page's own thread, in milliseconds, while a run of 100,000 spans is dragged
/// to and fro in an opened row, zoomed to a quarter.
pub fn panning(built: &Built, quick: bool) -> Vec<Measured> {
    let file = built.folder.with_file_name("many-spans.json");
    std::fs::write(&file, many_spans()).expect("a file of many spans");
    let server = built.serve("app");
    with_browser(Browser::Chromium, async |driver| {
        driver.goto(server.url()).await.expect("the page");
        let input = driver.query(By::Css("input[type=file]")).first().await.expect("where files are opened");
        input.send_keys(file.to_string_lossy()).await.expect("the file to be opened");
        driver.query(By::Css(".recorded")).first().await.expect("the file's run to be shown");
        let row = driver.query(By::Css("[data-run=pool] button.row")).first().await.expect("its row");
        row.click().await.expect("the row to open");
        let canvas = driver.query(By::Css("figure.run.open canvas.lanes")).first().await.expect("the drawing");
        let zoom = driver.find(By::Css(".zoom button")).await.expect("the zoom");
        for _ in 0..2 {
            zoom.click().await.expect("to zoom");
        }
        canvas.scroll_into_view().await.expect("to scroll");
        let middle = canvas.rect().await.expect("a place");
        let seen = "const box = document.querySelector('figure.run.open canvas.lanes').getBoundingClientRect(); return [box.x + box.width / 2, box.y + 40]";
        let at = driver.execute(seen, Vec::new()).await.expect("a place").json().clone();
        let (x, y) = (at[0].as_f64().expect("x"), at[1].as_f64().expect("y"));
        let tools = driver.cdp();
        let mouse = async |kind: &str, by: f64| {
            let event = json!({ "type": kind, "x": x + by, "y": y, "button": "left", "buttons": 1, "clickCount": 1 });
            tools.send_raw("Input.dispatchMouseEvent", event).await.expect("the mouse");
        };
        let (mut rates, mut tasks) = (Vec::new(), Vec::new());
        mouse("mousePressed", 0.0).await;
        for _ in 0..if quick { 2 } else { 4 } {
            driver.execute(WATCH, Vec::new()).await.expect("a watch");
            for step in 0..200_u32 {
                let way = middle.width / 3.0 * (f64::from(step) / 32.0).sin();
                mouse("mouseMoved", way).await;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            let answer = driver.execute("return watched()", Vec::new()).await.expect("what was seen").json().clone();
            rates.push(answer[0].as_f64().expect("a rate"));
            tasks.push(answer[1].as_f64().expect("a time"));
        }
        mouse("mouseReleased", 0.0).await;
        vec![Measured::new("frames", "a second", rates), Measured::new("longest task", "ms", tasks)]
    })
}

/// A run of 64 threads that keep all cores busy, about a second of it.
const BUSY: &str = "tasks=64&sleep=0&cpu=40&modes=threads";

/// By how many per cent a run takes longer while it is drawn, lane by lane, than the next one, or the one before, with another tab in front.
pub fn live(built: &Built, quick: bool) -> Vec<Measured> {
    let server = built.serve("app");
    let longer = with_settled(Browser::Chromium, async |driver| {
        driver.set_script_timeout(Duration::from_secs(60)).await.expect("patience");
        driver.goto(format!("{}?{BUSY}", server.url())).await.expect("the page");
        let page = driver.window().await.expect("its tab");
        let other = driver.new_tab().await.expect("another tab");
        driver.switch_to_window(page.clone()).await.expect("the page's tab");
        let run = async |seen: bool| {
            for tab in [&other, &page].into_iter().skip(usize::from(seen)) {
                driver.switch_to_window(tab.clone()).await.expect("a tab");
                if seen || *tab == other {
                    driver.cdp().send_raw("Page.bringToFront", json!({})).await.expect("the tab in front");
                }
            }
            let answer =
                driver.execute_async(format!("{PRESS_RUN}{TIME_RUN}"), Vec::new()).await.expect("a run").json().clone();
            assert_eq!(answer[1], if seen { "visible" } else { "hidden" }, "what the browser says of the page");
            answer[0].as_f64().expect("a time")
        };
        // What is compiled at its first use is so.
        run(true).await;
        let mut longer = Vec::new();
        for pair in 0..if quick { 2 } else { 6 } {
            // By turns, so that neither is always the first.
            let (seen, hidden) = if pair % 2 == 0 {
                (run(true).await, run(false).await)
            } else {
                let hidden = run(false).await;
                (run(true).await, hidden)
            };
            longer.push((seen / hidden - 1.0) * 100.0);
        }
        longer
    });
    vec![Measured::new("run", "%", longer)]
}

/// Runs once; the run's time in milliseconds, and whether the page could be seen.
const TIME_RUN: &str = "
  const done = arguments[0];
  addEventListener('interleave:result', ({ detail }) => done([detail.result.runs[0].wall_ms, document.visibilityState]), { once: true });
  press();";

/// Counts frames, and the longest task that browsers call long, which is one above 50 ms; 0 if there is none.
const WATCH: &str = "
  const start = performance.now();
  let frames = 0, last = start, going = true, longest = 0;
  const count = (now) => { frames++; last = now; if (going) requestAnimationFrame(count); };
  requestAnimationFrame(count);
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => { longest = Math.max(longest, duration); }));
  observer.observe({ type: 'longtask' });
  window.watched = () => { going = false; observer.disconnect(); return [frames / (last - start) * 1000, longest]; };";

/// A result with a run of the pool: short spans in several states, without an end.
fn many_spans() -> String {
    let lanes = (0..LANES).map(|id| Lane { id, name: format!("worker {id}"), kind: LaneKind::Worker }).collect();
    let states = [State::Run, State::Sleep, State::Ready];
    let of_lane = SPANS / u64::from(LANES);
    let (mut spans, mut wall_us) = (Vec::new(), 0);
    for lane in 0..LANES {
        let mut at_us = 0;
        for index in 0..of_lane {
            let start_us = at_us;
            at_us += 100 + (index * 7919 + u64::from(lane) * 104_729) % 900;
            let state = states[(index % 3) as usize];
            spans.push(Span { lane, task: (index % 64) as u32, state, start_us, end_us: at_us });
        }
        wall_us = wall_us.max(at_us);
    }
    let run = Run {
        mode: "pool".to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: String::new(),
        context_switches: 0,
        switch_us: 0,
        lanes,
        spans,
        subjects: Vec::new(),
        output: Vec::new(),
    };
    let measured = lab::Measured { runs: vec![run], conditions: Conditions::default(), data: () };
    let host =
        Host { runtime: Runtime::Browser, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() };
    let args = Values::defaults(&Compare::controls());
    let file = ResultFile::<Compare> { args: &args, host: &host, measured: &measured, findings: &[] };
    serde_json::to_string(&file).expect("a result as JSON")
}
