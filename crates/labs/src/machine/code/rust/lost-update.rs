@ABOUT
// Two threads each add 1 to one counter, once; again and again, and each end is counted.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Barrier;
use std::thread;

const RUNS: usize = @RUNS;

fn main() {
    // Each load and each store is atomic by itself; the two together are not.
    let counter = AtomicUsize::new(0);
    let ends: [AtomicUsize; 3] = std::array::from_fn(|_| AtomicUsize::new(0));
    let (start, end) = (Barrier::new(2), Barrier::new(2));
    let add = |first: bool| {
        for run in 0..RUNS {
            start.wait();
            let value = counter.load(Ordering::SeqCst);
            if run % 2 == 1 {
                thread::yield_now(); // lets the other thread run, if it wants to
            }
            counter.store(value + 1, Ordering::SeqCst);
            end.wait();
            if first {
                ends[counter.load(Ordering::SeqCst)].fetch_add(1, Ordering::SeqCst);
                counter.store(0, Ordering::SeqCst);
            }
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| add(false));
        add(true);
    });
    for (value, count) in ends.iter().enumerate() {
        let count = count.load(Ordering::SeqCst);
        if count > 0 {
            println!("counter = {value}: {count} of {RUNS} runs");
        }
    }
}
