//! Processes of a reader's script: workers with a memory of their own, which talk with threads that are blocked.

use e2e::{Browser, Headers, Page, Site, with_tab};
use interleave_labs::lab::Measured;
use interleave_labs::python::{Data, Python};
use interleave_trace::{LaneKind, State};
use std::time::Duration;

const SCRIPT: &str = "\
import multiprocessing, threading, time

counter = 0

def work(name, questions, answers):
    global counter
    counter += 1
    thread = threading.Thread(target=time.sleep, args=(0.05,), name='helper')
    thread.start()
    thread.join()
    for question in iter(questions.get, None):
        answers.put((name, question * 2, counter))
    print(name, 'ends')

def square(number):
    return number * number

def fail():
    raise ValueError('on purpose')

if __name__ == '__main__':
    questions, answers = multiprocessing.Queue(), multiprocessing.Queue()
    processes = [multiprocessing.Process(target=work, args=(name, questions, answers), name=name) for name in ('Ada', 'Alan')]
    for process in processes:
        process.start()
    for number in range(6):
        questions.put(number)
    print(sorted(answers.get()[1] for _ in range(6)), 'counter', counter)
    for process in processes:
        questions.put(None)
    for process in processes:
        process.join()
    with multiprocessing.Pool(2) as pool:
        print(pool.map(square, range(5)))
    broken = multiprocessing.Process(target=fail)
    broken.start()
    broken.join()
    print('exit codes', [process.exitcode for process in processes], broken.exitcode)
";

const ENDLESS: &str = "\
import multiprocessing
def spin():
    while True:
        pass
if __name__ == '__main__':
    process = multiprocessing.Process(target=spin)
    process.start()
    print('up', 40 + 2)
    process.join()
";

fn query(script: &str) -> String {
    let script: String = script.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("lab=python&gil=on&script={script}")
}

/// Not in Firefox: there, under load, a worker that a process starts sometimes does not come up within its 10 seconds, which the page says.
#[test]
fn they_have_their_own_memory_and_lanes_and_exchange_copies() {
    let site = Site::new(Headers::Isolated);
    let browser = Browser::Chromium;
    with_tab(browser, async |driver| {
        let page = Page::open(&driver, &site.url(&query(SCRIPT))).await;
        page.click("#run").await;
        page.wait_for("result", 1, Duration::from_secs(60)).await;
        let (.., Measured::<Data> { runs, data, .. }) = page.result_of::<Python>(1).await;
        let run = &runs[0];
        let printed: Vec<&str> = run.output.iter().map(|line| &*line.text).collect();
        for line in [
            "[0, 2, 4, 6, 8, 10] counter 0",
            "[0, 1, 4, 9, 16]",
            "Process Process-5:",
            "ValueError: on purpose",
            "exit codes [0, 0] 1",
        ] {
            assert!(printed.contains(&line), "{browser}, {line}: {printed:?}");
        }
        assert_eq!(data.trials[0].exit_code, 0, "{browser}");
        let lane = |name: &str| {
            run.lanes.iter().find(|lane| lane.name == name).unwrap_or_else(|| panic!("{browser}: {:?}", run.lanes))
        };
        let computes = |id: u32| run.spans.iter().any(|span| span.lane == id && span.state == State::Run);
        for name in ["Ada", "Alan", "Process-5"] {
            assert!(lane(name).kind == LaneKind::Process && computes(lane(name).id), "{browser} {name}");
        }
        for name in ["Ada", "Alan"] {
            assert_eq!(lane(&format!("{name}: helper")).kind, LaneKind::Thread, "{browser}");
            let said = run.output.iter().find(|line| line.text == format!("{name} ends")).expect("its line");
            assert_eq!(said.lane, lane(name).id, "{browser}: who printed it");
        }
        assert_eq!(page.uncaught().await, serde_json::json!([]), "{browser}");
    });
}

#[test]
fn a_stop_ends_them_and_the_next_run_works() {
    let site = Site::new(Headers::Isolated);
    for browser in [Browser::Chromium, Browser::Firefox] {
        with_tab(browser, async |driver| {
            let page = Page::open(&driver, &site.url(&query(ENDLESS))).await;
            page.click("#run").await;
            page.wait_until("return document.body.innerText.includes('up 42')", "its line").await;
            page.click("#run").await;
            let stopped = page.wait_for("error", 1, Duration::from_secs(10)).await;
            assert_eq!(stopped["code"], "stopped", "{browser}");
            let page = Page::open(&driver, &site.url(&query("print('again')"))).await;
            page.click("#run").await;
            let text = page.result_text(1).await;
            assert!(text.contains("again"), "{browser}: {text}");
        });
    }
}
