/// Does a fixed amount of work, however long that takes.
fn compute(iterations: u64) {
    let mut x = 1_u64;
    for _ in 0..iterations {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    black_box(x); // used, or the compiler removes the work
}

/// How many iterations one core does in a millisecond: the best of several tries, as some may be disturbed.
fn calibrate() -> f64 {
    let tries = (0..9).map(|_| {
        let start = Instant::now();
        compute(black_box(5_000_000));
        5e6 / (start.elapsed().as_secs_f64() * 1e3)
    });
    tries.fold(0.0, f64::max)
}
