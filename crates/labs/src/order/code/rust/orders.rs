@ABOUT
// Your script is in Python. These are five threads that sleep for the same time, again and again, in Rust.

use std::collections::HashMap;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

const TIMES: usize = @TIMES;
const THREADS: usize = 5;
const SLEEP_MS: u64 = @SLEEP; // a second of the script

/// Runs all threads once; the order in which they ended.
fn run() -> Vec<usize> {
    let (end, ended) = mpsc::channel();
    for number in 0..THREADS {
        let end = end.clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(SLEEP_MS));
            end.send(number).expect("main waits for it");
        });
    }
    drop(end);
    ended.iter().collect()
}

fn main() {
    let mut orders: HashMap<Vec<usize>, usize> = HashMap::new();
    let mut times = Vec::new();
    for _ in 0..TIMES {
        let begin = Instant::now();
        *orders.entry(run()).or_default() += 1;
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    let mut counted: Vec<_> = orders.iter().collect();
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    let mut in_order = 0;
    for (order, count) in &counted {
        println!("{count} of {TIMES} runs: {order:?}");
        in_order += if order.windows(2).all(|pair| pair[0] < pair[1]) { **count } else { 0 };
    }
    println!("{} orders came in {TIMES} runs; {in_order} times it was the order of starting", counted.len());
    times.sort_by(f64::total_cmp);
    println!("a run took {:.1} to {:.1} ms", times[0], times[TIMES - 1]);
}
