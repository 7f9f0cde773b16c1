@ABOUT
// Two threads each add to their own counter. Only the distance between the two counters differs.
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Barrier;
use std::thread;
use std::time::Instant;

const REPEATS: usize = @REPEATS;
const COUNT: u64 = 1_000_000;

/// Counters of 8 bytes; starts on a new cache line, whether lines have 64 bytes or 128.
#[repr(align(128))]
struct Counters([AtomicU64; 17]);

/// Two threads count at once, in counters `apart` bytes from each other; returns nanoseconds per increment.
fn count(apart: usize) -> f64 {
    let counters = Counters([const { AtomicU64::new(0) }; 17]);
    let together = Barrier::new(2);
    let (counters, together) = (&counters.0, &together);
    let increment = |counter: usize| {
        together.wait();
        let start = Instant::now();
        for _ in 0..COUNT {
            counters[counter].fetch_add(1, Ordering::Relaxed);
        }
        start.elapsed().as_secs_f64() * 1e9 / COUNT as f64
    };
    let took = thread::scope(|scope| {
        let threads = [0, apart / 8].map(|counter| scope.spawn(move || increment(counter)));
        threads.map(|thread| thread.join().unwrap())
    });
    let sum: u64 = counters.iter().map(|counter| counter.load(Ordering::Relaxed)).sum();
    assert_eq!(sum, 2 * COUNT);
    (took[0] + took[1]) / 2.0
}

fn main() {
    let distances = [8, 64, 128];
    let mut samples = distances.map(|_| Vec::new());
    for _ in 0..REPEATS {
        for (apart, samples) in distances.into_iter().zip(&mut samples) {
            samples.push(count(apart));
        }
    }
    let medians = samples.map(|mut samples| {
        samples.sort_by(f64::total_cmp);
        samples[REPEATS / 2]
    });
    for (apart, median) in distances.into_iter().zip(medians) {
        println!("{apart:>4} bytes apart: {median:.2} ns per increment");
    }
    println!("8 bytes apart: {:.1} times as long as 128", medians[0] / medians[2]);
}
