@ABOUT
// How long one access takes: an operation in registers, then a load from a random place in more and more memory.
use std::hint::black_box;
use std::time::Instant;

const LARGEST: usize = @LARGEST * 1024 * 1024; // bytes
const REPEATS: usize = @REPEATS;
const LINE: usize = 64; // bytes; most caches move memory in lines of this size
const CELLS: usize = LINE / 4; // cells of 4 bytes in a line; only the first one of each line is used

/// A chain of operations on registers: each needs the result of the one before.
fn operations(mut x: u64, y: u64, z: u64, count: usize) -> u64 {
    for _ in 0..count / 4 {
        x = x.wrapping_add(y) ^ z;
        x = x.wrapping_add(y) ^ z;
    }
    x
}

/// A chain of loads: each one reads the address of the next.
fn chase(cells: &[u32], mut at: usize, count: usize) -> usize {
    for _ in 0..count {
        at = cells[at] as usize;
    }
    at
}

/// Makes one random cycle through the first lines (Sattolo's algorithm).
fn random_cycle(cells: &mut [u32], lines: usize) {
    let mut random = 88_172_645_463_325_252_u64;
    for line in 0..lines {
        cells[line * CELLS] = (line * CELLS) as u32;
    }
    for line in (1..lines).rev() {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let other = (random % line as u64) as usize;
        cells.swap(line * CELLS, other * CELLS);
    }
}

/// One cycle through the first lines, in the order of their addresses.
fn cycle_in_order(cells: &mut [u32], lines: usize) {
    for line in 0..lines {
        cells[line * CELLS] = ((line + 1) % lines * CELLS) as u32;
    }
}

/// The median time of a load, in nanoseconds.
fn time_loads(cells: &[u32], lines: usize) -> f64 {
    let count = 200_000;
    let mut at = chase(cells, 0, lines); // one pass, so that the caches hold what they can
    median(|| {
        let start = Instant::now();
        at = black_box(chase(cells, at, count));
        start.elapsed().as_secs_f64() * 1e9 / count as f64
    })
}

fn median(sample: impl FnMut() -> f64) -> f64 {
    let mut samples: Vec<f64> = std::iter::repeat_with(sample).take(REPEATS).collect();
    samples.sort_by(f64::total_cmp);
    samples[REPEATS / 2]
}

fn main() {
    let count = 20_000_000;
    let register = median(|| {
        let start = Instant::now();
        black_box(operations(1, black_box(3), black_box(5), count));
        start.elapsed().as_secs_f64() * 1e9 / count as f64
    });
    println!("a register: {register:.2} ns per operation");

    let mut cells = vec![0_u32; LARGEST / 4];
    let (mut bytes, mut random) = (4096, 0.0);
    while bytes <= LARGEST {
        random_cycle(&mut cells, bytes / LINE);
        random = time_loads(&cells, bytes / LINE);
        println!("{:>6} kB: {random:.2} ns per load", bytes / 1024);
        bytes *= 2;
    }
    println!("register : memory is 1 : {:.0}", random / register);

    let lines = bytes / 2 / LINE;
    cycle_in_order(&mut cells, lines);
    println!("in address order: {:.2} ns per load", time_loads(&cells, lines));
}
