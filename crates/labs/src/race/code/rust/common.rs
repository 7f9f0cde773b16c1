const THREADS: u32 = @THREADS;
const ADDS: u32 = @ADDS; // by each thread
const WINDOW: u32 = @WINDOW; // steps of work for each addition
const REPEATS: usize = @REPEATS;

/// Works for a while, to find that it is 1 that is to be added.
fn one(seed: u32) -> u32 {
    let mut x = u64::from(seed) | 1 << 32;
    for _ in 0..WINDOW {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    // It never becomes 0, but the compiler does not know.
    u32::from(x != 0)
}

/// Lets all threads begin together and waits for them; the time that they took.
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
    println!("{lossy} of {REPEATS} repeats lost additions; {nanoseconds:.1} ns for one addition");
}
