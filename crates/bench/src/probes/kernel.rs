//! The kernel that computing consists of.

use crate::{Scale, Series, timed_us};
use interleave_engine::kernel::burn;
use interleave_threads::{Error, unblock};
use std::hint::black_box;

const ITERATIONS: u64 = 40_000_000;

/// Milliseconds for a fixed number of the kernel's iterations.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    let samples = unblock(move || {
        // The state goes on, and nobody knows it before, or a compiler would compute all of it at once, or once for all.
        let mut state = burn(black_box(1), ITERATIONS);
        let mut sample = |_| timed_us(|| state = burn(black_box(state), ITERATIONS)) / 1000.0;
        let samples = (0..scale.of(8)).map(&mut sample).collect();
        black_box(state);
        samples
    });
    Ok(vec![Series::new("kernel", samples.await?)])
}
