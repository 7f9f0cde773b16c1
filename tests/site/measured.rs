//! What the labs measure in browsers: its structure, never exact durations. Natively, the engine's own tests look at the same.

use e2e::{Browser, Headers, Page, Site, alone};
use interleave_labs::memory::Memory;
use interleave_labs::process::{ADDED, Process};
use interleave_labs::race::{Bout, Race, Remedy};
use interleave_testing::not_run;

/// Both browsers in which threads share memory.
const BROWSERS: [Browser; 2] = [Browser::Chromium, Browser::Firefox];

/// Whether two threads of a repeat were at work at the same time.
fn overlaps(bout: &Bout) -> bool {
    bout.stints.iter().enumerate().any(|(index, one)| {
        bout.stints[..index].iter().any(|other| one.start_us < other.end_us && other.start_us < one.end_us)
    })
}

#[test]
fn a_race_loses_additions_where_threads_meet_and_no_remedy_does() {
    const ADDS: u32 = 1_000_000;
    let site = Site::new(Headers::Isolated);
    for browser in BROWSERS {
        alone(browser, async |driver| {
            let query = format!("lab=race&threads=2&adds={ADDS}&repeats=20&remedies=plain,mutex,atomic,merged");
            let page = Page::open(&driver, &site.url(&query)).await;
            page.click("#run").await;
            let (_, host, measured) = page.result_of::<Race>(1).await;
            if host.cores < 2 {
                not_run("a second core, on which threads can meet,");
            }
            for trial in &measured.data.trials {
                let lost = |bout: &&Bout| bout.counted < 2 * ADDS;
                if trial.remedy == Remedy::Plain {
                    let met = trial.bouts.iter().any(overlaps);
                    assert!(met || host.cores < 2, "{browser}: the threads never were at work at once");
                    assert!(!met || trial.bouts.iter().any(|bout| lost(&bout)), "{browser}: nothing got lost");
                    assert!(trial.bouts.iter().filter(lost).all(overlaps), "{browser}: lost without a race");
                } else {
                    assert_eq!(trial.bouts.iter().filter(lost).count(), 0, "{browser}: {:?}", trial.remedy);
                }
            }
        });
    }
}

#[test]
fn a_global_is_seen_by_a_thread_and_by_no_process_and_a_crash_stays_in_its_process() {
    let site = Site::new(Headers::Isolated);
    for browser in BROWSERS {
        alone(browser, async |driver| {
            let page = Page::open(&driver, &site.url("lab=process&rows=isolation&processes=3")).await;
            page.click("#run").await;
            let (_, _, measured) = page.result_of::<Process>(1).await;
            let globals = measured.data.globals.expect("who sees a global");
            let thread = globals.thread.expect("what a thread sees");
            assert_eq!((thread.value, thread.address), (globals.set, globals.parent.address), "{browser}");
            assert_eq!(globals.parent.value, globals.set, "{browser}");
            assert_ne!(globals.process.value, globals.set, "{browser}");
            let many: Vec<_> = globals.many.iter().map(|seen| seen.value).collect();
            assert_eq!(many, [1 + ADDED, 2 + ADDED, 3 + ADDED], "{browser}");
            let crash = measured.data.crash.expect("who outlives a crash");
            assert!(crash.gone && crash.sibling, "{browser}: {crash:?}");
            assert_eq!(page.uncaught().await, serde_json::json!([]), "{browser}");
        });
    }
}

#[test]
fn memory_is_further_away_the_more_of_it_there_is() {
    let site = Site::new(Headers::Isolated);
    for browser in BROWSERS {
        alone(browser, async |driver| {
            let page = Page::open(&driver, &site.url("lab=memory&largest=64&repeats=3&parts=curve")).await;
            page.click("#run").await;
            let (_, _, measured) = page.result_of::<Memory>(1).await;
            let least = |ns: &[f64]| ns.iter().copied().fold(f64::INFINITY, f64::min);
            let (first, last) = (&measured.data.sets[0], &measured.data.sets[measured.data.sets.len() - 1]);
            assert_eq!((first.bytes, last.bytes), (4 << 10, 64 << 20), "{browser}");
            let (near, far) = (least(&first.ns), least(&last.ns));
            assert!(far >= 5.0 * near, "{browser}: {near} ns and {far} ns");
        });
    }
}
