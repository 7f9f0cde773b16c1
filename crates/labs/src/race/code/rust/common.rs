const THREADS: u32 = @THREADS;
const ADDS: u32 = @ADDS; // per thread
const WINDOW: u32 = @WINDOW; // steps of extra work per addition
const REPEATS: usize = @REPEATS;

/// Does some work whose result is always 1, the number to add.
fn one(seed: u32) -> u32 {
    let mut x = u64::from(seed) | 1 << 32;
    for _ in 0..WINDOW {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    // It never becomes 0, but the compiler does not know that.
    u32::from(x != 0)
}

/// Starts all threads together, waits for them, and returns the time that took.
fn in_threads(body: impl Fn() + Sync) -> Duration {
    let gate = Barrier::new(THREADS as usize + 1);
    let start = thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                gate.wait();
                body();
            });
        }
        let start = Instant::now();
        gate.wait();
        start
    });
    start.elapsed()
}

fn main() {
    let expected = THREADS * ADDS;
    let (mut lossy, mut times) = (0, Vec::new());
    for repeat in 1..=REPEATS {
        let (counted, time) = count();
        println!("repeat {repeat}: {expected} expected, {counted} counted, {} lost", expected - counted);
        lossy += u32::from(counted < expected);
        times.push(time);
    }
    times.sort();
    let nanoseconds = times[REPEATS / 2].as_nanos() as f64 / f64::from(expected);
    println!("{lossy} of {REPEATS} repeats lost additions; {nanoseconds:.1} ns per addition");
}
