//! Every mode, in every browser: the structure of what is measured, never exact durations.

use e2e::{Browser, Headers, Page, Site, alone, with_tab};
use interleave_labs::result::{Memory, Run, Runtime};
use interleave_testing::AtOnce;
use interleave_trace::stats::most_at_once;
use interleave_trace::{Span, State};

fn of(run: &Run, state: State) -> Vec<Span> {
    run.spans.iter().filter(|span| span.state == state).copied().collect()
}

fn every_mode(browser: Browser) {
    let site = Site::new(Headers::Isolated);
    with_tab(browser, async |driver| {
        let page = Page::open(&driver, &site.url("tasks=6&sleep=40&cpu=20&pool=3")).await;
        page.click("#run").await;
        let result = page.result(1).await;
        assert_eq!((result.host.runtime, result.host.memory), (Runtime::Browser, Memory::Shared));
        let modes: Vec<_> = result.runs.iter().map(|run| run.mode.as_str()).collect();
        assert_eq!(modes, ["sequential", "event-loop", "one-core", "threads", "pool", "processes"]);
        let [sequential, event_loop, one_core, threads, pool, processes] = &result.runs[..] else { unreachable!() };
        for run in &result.runs {
            assert_eq!(run.checksum, sequential.checksum, "{}", run.mode);
            for task in 0..6 {
                let of_task = |state| of(run, state).into_iter().filter(|span| span.task == task);
                assert!(of_task(State::Run).count() > 0, "{}: task {task} computes", run.mode);
                // As long as asked, but for a step of a clock.
                let slept: u64 = of_task(State::Sleep).map(|span| span.len_us()).sum();
                assert!(slept >= 39_000, "{}: task {task} slept {slept} µs", run.mode);
            }
        }
        assert_eq!((sequential.lanes.len(), event_loop.lanes.len(), pool.lanes.len()), (1, 1, 3));
        assert!([one_core, threads, processes].iter().all(|run| run.lanes.len() == 6));
        let busy: Vec<_> = sequential.spans.iter().map(|span| Span { state: State::Run, ..*span }).collect();
        assert_eq!(most_at_once(&busy, State::Run), 1, "sequential does one thing at a time");
        for run in [event_loop, one_core] {
            assert_eq!(most_at_once(&of(run, State::Run), State::Run), 1, "{} computes one task at a time", run.mode);
            assert!(most_at_once(&run.spans, State::Sleep) >= 2, "{} lets sleeps overlap", run.mode);
            assert!(run.context_switches >= 6, "{} switches", run.mode);
        }
        assert_eq!(of(threads, State::Spawn).len(), 6);
        assert_eq!(of(processes, State::Message).len(), 12, "each process gets its task and gives its result");
        assert!(most_at_once(&pool.spans, State::Sleep) <= 3);
        assert!(sequential.speedup == Some(1.0) && pool.speedup.is_some());
        assert!(!result.findings.is_empty());
        assert_eq!(page.uncaught().await, serde_json::json!([]));
    });
}

#[test]
fn every_mode_runs_in_chromium() {
    every_mode(Browser::Chromium);
}

#[test]
fn every_mode_runs_in_firefox() {
    every_mode(Browser::Firefox);
}

fn computes_at_once(browser: Browser) {
    let site = Site::new(Headers::Isolated);
    alone(browser, async |driver| {
        let mut at_once = AtOnce::new(&browser.to_string());
        while let Some(query) = at_once.next_query() {
            let page = Page::open(&driver, &site.url(&query)).await;
            page.click("#run").await;
            let result = page.result(1).await;
            at_once.see(result.runs.iter().map(|run| (run.mode.as_str(), &run.spans[..])), result.host.cores);
        }
    });
}

#[test]
fn tasks_of_every_parallel_mode_compute_at_the_same_instant_in_chromium() {
    computes_at_once(Browser::Chromium);
}

#[test]
fn tasks_of_every_parallel_mode_compute_at_the_same_instant_in_firefox() {
    computes_at_once(Browser::Firefox);
}

#[test]
fn a_plan_of_the_url_is_run_and_the_url_follows_the_controls() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = Page::open(&driver, &site.url("plan=c5.s20*2+s10&modes=event-loop&autorun&theme=dark")).await;
        let result = page.result(1).await;
        assert_eq!(result.args.tasks, 3);
        assert_eq!(result.args.plan.as_ref().unwrap().to_string(), "c5.s20*2+s10");
        let names: Vec<_> =
            page.events().await.into_iter().map(|event| event.name).filter(|name| name != "resize").collect();
        assert_eq!(names, ["ready", "started", "result"]);

        page.click(".presets button:nth-child(2)").await;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        let query = page.script("return location.search").await;
        let query = query.as_str().unwrap();
        assert!(query.starts_with("?lab=compare&tasks=8&sleep=0&cpu=100&"), "{query}");
        assert!(query.ends_with("&autorun&theme=dark") && !query.contains("plan"), "{query}");
    });
}
