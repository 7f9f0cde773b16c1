//! How well a sleep keeps its word.

use crate::{Scale, Series};
use interleave_threads::{Cancel, Error, now_us, unblock};

const SLEEP_US: u64 = 20_000;

/// By how many milliseconds a sleep of 20 ms is longer: the engine's and, natively, the standard library's.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    unblock(move || {
        let cancel = Cancel::default();
        let error_ms = |sleep: &dyn Fn()| {
            let start = now_us();
            sleep();
            (now_us() - start) as f64 / 1000.0 - SLEEP_US as f64 / 1000.0
        };
        let count = scale.of(60);
        let ours = || _ = cancel.sleep_until(now_us() + SLEEP_US);
        let mut series = vec![Series::new("sleep", (0..count).map(|_| error_ms(&ours)).collect())];
        if cfg!(not(target_arch = "wasm32")) {
            let std = || std::thread::sleep(std::time::Duration::from_micros(SLEEP_US));
            series.push(Series::new("std", (0..count).map(|_| error_ms(&std)).collect()));
        }
        series
    })
    .await
}
