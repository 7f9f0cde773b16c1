//! The kernel that tasks compute with: a fixed number of iterations, never a fixed time, so that threads that share a
//! core visibly slow each other down.

use interleave_labs::plan::{Part, Task};
use interleave_threads::{AtWork, Cancel, Stopped, now_us, timer_step_us};
use serde::{Deserialize, Serialize};

/// The length of a slice of computing, in microseconds alone on one core. After each slice, a thread checks the clock
/// and the cancel word.
pub const SLICE_US: u64 = 250;

/// The kernel's speed on one core of this machine.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kernel {
    /// Iterations per microsecond, alone on one core.
    pub per_us: f64,
    /// If a slice takes longer than expected by more than this, in microseconds, the thread counts as having waited for
    /// a core.
    pub gap_us: u64,
}

impl Kernel {
    /// For tasks that compute nothing: not measured.
    pub const IDLE: Kernel = Kernel { per_us: 1.0, gap_us: u64::MAX };

    /// Measures the kernel: warms up until the code is compiled and the core awake, then takes the median of five
    /// samples. Takes about 100 ms, or more with a coarse clock.
    ///
    /// # Errors
    /// [`Stopped`] if the run is.
    pub fn calibrate(cancel: &Cancel) -> Result<Kernel, Stopped> {
        const WARM_UP_US: u64 = 40_000;
        const SAMPLES: usize = 5;
        let _at_work = AtWork::begin();
        let step_us = timer_step_us();
        // A sample is so long that a step of the clock is at most 2 % of it.
        let sample_us = (step_us * 50.0).max(8_000.0);
        let mut state = 1;
        let (mut iterations, mut took) = (10_000_u64, 0);
        let warm_at = now_us() + WARM_UP_US;
        while now_us() < warm_at || took == 0 {
            cancel.check()?;
            let start = now_us();
            state = burn(state, iterations);
            took = now_us() - start;
            if took < SLICE_US.max((step_us * 4.0) as u64) {
                iterations *= 2;
            }
        }
        let count = (iterations as f64 * sample_us / took as f64) as u64;
        let mut samples = [0.0; SAMPLES];
        for sample in &mut samples {
            cancel.check()?;
            let start = now_us();
            state = burn(state, count);
            *sample = count as f64 / (now_us() - start).max(1) as f64;
        }
        samples.sort_unstable_by(f64::total_cmp);
        std::hint::black_box(state);
        Ok(Kernel { per_us: samples[SAMPLES / 2], gap_us: gap_us(step_us) })
    }

    /// The number of iterations that take `us` microseconds alone on one core.
    #[must_use]
    pub fn iterations(&self, us: u64) -> u64 {
        (self.per_us * us as f64) as u64
    }
}

/// A millisecond, which is less than any scheduler's time slice; more if the clock is coarse.
fn gap_us(step_us: f64) -> u64 {
    (step_us * 2.0).max(1_000.0) as u64
}

/// Runs the kernel: xorshift64 (Marsaglia, "Xorshift RNGs", 2003), in which each step needs the one before, so neither
/// a compiler nor a core can do two at once.
#[must_use]
#[inline(never)]
pub fn burn(mut state: u64, iterations: u64) -> u64 {
    for _ in 0..iterations {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    state
}

/// The state a task's computing starts from; never 0, where xorshift would stay.
#[must_use]
pub fn seed(task: u32) -> u64 {
    (u64::from(task) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1
}

/// The checksum of all tasks' results, in task order: FNV-1a (Fowler, Noll, Vo) on whole words, as 16 hexadecimal
/// digits.
#[must_use]
pub fn checksum(results: &[u64]) -> String {
    let sum =
        results.iter().fold(0xCBF2_9CE4_8422_2325_u64, |sum, result| (sum ^ result).wrapping_mul(0x0100_0000_01B3));
    format!("{sum:016x}")
}

/// Whether any task computes, so that calibrating is worth the time.
#[must_use]
pub fn computes(tasks: &[Task]) -> bool {
    tasks.iter().flat_map(|task| &task.parts).any(|part| matches!(part, Part::Cpu { .. }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn burning_in_slices_gives_what_burning_at_once_gives() {
        assert_eq!(burn(burn(seed(3), 1_000), 500), burn(seed(3), 1_500));
    }

    #[test]
    fn tasks_compute_different_results() {
        let results: Vec<_> = (0..64).map(|task| burn(seed(task), 1_000)).collect();
        let mut distinct = results.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(distinct.len(), results.len());
    }

    #[test]
    fn the_checksum_depends_on_every_result_and_on_their_order() {
        assert_ne!(checksum(&[1, 2, 3]), checksum(&[1, 3, 2]));
        assert_ne!(checksum(&[1, 2, 3]), checksum(&[1, 2, 4]));
        assert_eq!(checksum(&[1, 2, 3]).len(), 16);
    }

    #[test]
    fn calibration_finds_a_speed_and_obeys_a_stop() {
        let cancel = Cancel::default();
        assert!(Kernel::calibrate(&cancel).unwrap().per_us > 1.0);
        cancel.stop();
        assert_eq!(Kernel::calibrate(&cancel), Err(Stopped));
    }
}
