@ABOUT
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

fn count() -> (u32, Duration) {
    let counter = AtomicU32::new(0);
    let time = in_threads(|| {
        // In a register: the compiler may even do all additions at once.
        let mut own = 0;
        for _ in 0..ADDS {
            own += one(own);
        }
        // Once per thread.
        counter.fetch_add(own, Relaxed);
    });
    (counter.into_inner(), time)
}

@COMMON
