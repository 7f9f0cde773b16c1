@ABOUT
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// In Rust the counter is inside its lock: there is no other way to reach it.
fn count() -> (u32, Duration) {
    let counter = Mutex::new(0);
    let time = in_threads(|| {
        for _ in 0..ADDS {
            let mut counter = counter.lock().unwrap();
            *counter += one(*counter);
        }
    });
    (counter.into_inner().unwrap(), time)
}

@COMMON
