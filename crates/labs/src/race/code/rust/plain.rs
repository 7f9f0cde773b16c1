@ABOUT
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

/// Safe Rust does not let threads change an ordinary variable that they share. With an atomic one, each load and each
/// store is atomic by itself; the two together are not.
fn count() -> (u32, Duration) {
    let counter = AtomicU32::new(0);
    let time = in_threads(|| {
        for _ in 0..ADDS {
            let seen = counter.load(Relaxed);
            // Here is the window: what other threads store now gets overwritten.
            counter.store(seen + one(seen), Relaxed);
        }
    });
    (counter.into_inner(), time)
}

@COMMON
