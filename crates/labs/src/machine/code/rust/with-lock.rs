@ABOUT
// Two threads each add 1 to one counter, once, with a lock around it; again and again, and each end is counted.
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;

const RUNS: usize = @RUNS;

fn main() {
    let counter = Mutex::new(0);
    let ends: [AtomicUsize; 3] = std::array::from_fn(|_| AtomicUsize::new(0));
    let (start, end) = (Barrier::new(2), Barrier::new(2));
    let add = |first: bool| {
        for run in 0..RUNS {
            start.wait();
            {
                let mut counter = counter.lock().unwrap();
                let value = *counter;
                if run % 2 == 1 {
                    thread::yield_now(); // the other thread may run, but it has to wait for the lock
                }
                *counter = value + 1;
            }
            end.wait();
            if first {
                let mut counter = counter.lock().unwrap();
                ends[*counter].fetch_add(1, Ordering::SeqCst);
                *counter = 0;
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
