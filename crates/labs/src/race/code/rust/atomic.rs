@ABOUT
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

fn count() -> (u32, Duration) {
    let counter = AtomicU32::new(0);
    let time = in_threads(|| {
        for number in 0..ADDS {
            counter.fetch_add(one(number), Relaxed);
        }
    });
    (counter.into_inner(), time)
}

@COMMON
