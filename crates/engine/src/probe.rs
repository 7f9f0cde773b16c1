//! Probes the machine: how long the same small piece of computing takes now, and how many cores are free.

use crate::kernel::{burn, seed};
use interleave_labs::conditions::{Conditions, MOST_CORES};
use interleave_threads::{
    AtWork, Cancel, Error, Stopped, now_us, prestart, shared_memory, spawn, timer_step_us, unblock,
};
use interleave_trace::{Summary, mean};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How long a sample takes on an idle machine, in microseconds, if the clock is fine enough.
const GO_US: f64 = 2_000.0;
/// A sample takes at least this many steps of the clock.
const STEPS: f64 = 10.0;
/// Samples in a probe.
const GOES: usize = 5;
/// How long to wait before a probe, in microseconds: workers of the previous part may still be ending.
const SETTLE_US: u64 = 15_000;
/// How long to compute before the first probe, in microseconds, until the code is compiled and the core awake.
const WARM_UP_US: u64 = 30_000;

/// The probes of one measurement.
#[derive(Debug, Default)]
pub struct Prober {
    /// Iterations of the kernel in a sample; 0 before the first probe.
    iterations: u64,
    /// The samples of each probe, in microseconds.
    probes: Vec<Vec<f64>>,
    cores_free: Option<f64>,
}

impl Prober {
    /// Probes once more: takes about 25 ms, and 30 ms more the first time.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn look(mut self, cancel: &Arc<Cancel>) -> Result<Prober, Error> {
        let (iterations, cancel) = (self.iterations, cancel.clone());
        let probe = move || goes(iterations, &cancel);
        let (iterations, goes) = if shared_memory() { unblock(probe).await?? } else { probe()? };
        self.iterations = iterations;
        self.probes.push(goes);
        Ok(self)
    }

    /// Lets one thread per core compute at the same time; call it after the first probe.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is; otherwise what kept a thread from starting.
    pub async fn cores(mut self, cancel: &Arc<Cancel>, cores: u32) -> Result<Prober, Error> {
        let Some(alone_us) = self.probes.last().and_then(|goes| Summary::of(goes)).map(|summary| summary.median) else {
            return Ok(self);
        };
        let (iterations, cores, cancel) = (self.iterations, cores.clamp(1, MOST_CORES), cancel.clone());
        prestart(cores + 1).await?;
        let took = unblock(move || at_once(iterations, cores, &cancel)).await??;
        self.cores_free = Some(mean(took.iter().map(|us| (alone_us / us.max(1.0)).min(1.0)).sum(), 1.0));
        Ok(self)
    }

    /// The results of all probes.
    #[must_use]
    pub fn conditions(&self) -> Conditions {
        let summaries: Vec<Summary> = self.probes.iter().filter_map(|goes| Summary::of(goes)).collect();
        let unrest = summaries.iter().map(|probe| mean(probe.most, probe.median.max(1.0))).collect::<Vec<_>>();
        Conditions {
            probe_us: summaries.iter().map(|probe| probe.median).collect(),
            unrest: Summary::of(&unrest).map_or(0.0, |unrest| mean(unrest.median, 1.0)),
            cores_free: self.cores_free,
        }
    }
}

/// The iterations of a sample, found first if they are 0, and how long each sample took, in microseconds.
fn goes(mut iterations: u64, cancel: &Cancel) -> Result<(u64, Vec<f64>), Stopped> {
    let _at_work = AtWork::begin();
    let mut state = seed(0);
    if iterations == 0 {
        iterations = calibrate(&mut state, cancel)?;
    } else {
        cancel.sleep_until(now_us() + SETTLE_US)?;
    }
    Ok((iterations, take(state, iterations, cancel)?))
}

/// How long each sample takes, in microseconds. `state` is the kernel's.
fn take(mut state: u64, iterations: u64, cancel: &Cancel) -> Result<Vec<f64>, Stopped> {
    let mut goes = Vec::with_capacity(GOES);
    for _ in 0..GOES {
        cancel.check()?;
        let start = now_us();
        state = burn(state, iterations);
        goes.push((now_us() - start) as f64);
    }
    std::hint::black_box(state);
    Ok(goes)
}

fn calibrate(state: &mut u64, cancel: &Cancel) -> Result<u64, Stopped> {
    let go_us = GO_US.max(timer_step_us() * STEPS);
    let (mut iterations, mut took_us) = (10_000_u64, 0.0);
    let warm_at = now_us() + WARM_UP_US;
    while now_us() < warm_at || took_us < go_us / 2.0 {
        cancel.check()?;
        let start = now_us();
        *state = burn(*state, iterations);
        took_us = (now_us() - start) as f64;
        if took_us < go_us / 2.0 {
            iterations *= 2;
        }
    }
    Ok((iterations as f64 * go_us / took_us) as u64)
}

/// How long the same sample takes on each of `threads` threads that start together, in microseconds.
fn at_once(iterations: u64, threads: u32, cancel: &Arc<Cancel>) -> Result<Vec<f64>, Error> {
    let waiting = Arc::new(AtomicU32::new(threads));
    let mut handles = Vec::new();
    for thread in 0..threads {
        let (waiting, cancel) = (waiting.clone(), cancel.clone());
        handles.push(spawn(false, move || {
            let _at_work = AtWork::begin();
            waiting.fetch_sub(1, Ordering::AcqRel);
            while waiting.load(Ordering::Acquire) > 0 {
                cancel.check()?;
                std::hint::spin_loop();
            }
            let goes = take(seed(thread), iterations, &cancel)?;
            Ok(Summary::of(&goes).map_or(0.0, |goes| goes.median))
        })?);
    }
    handles.into_iter().map(|handle| Ok(handle.join()?.map_err(|stopped: Stopped| stopped)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use interleave_threads::block_on;

    #[test]
    fn probes_measure_and_obey_a_stop() {
        let cancel = Arc::<Cancel>::default();
        let prober = block_on(Prober::default().look(&cancel)).unwrap();
        let prober = block_on(prober.cores(&cancel, 2)).unwrap();
        let prober = block_on(prober.look(&cancel)).unwrap();
        let conditions = prober.conditions();
        assert_eq!(conditions.probe_us.len(), 2);
        assert!(conditions.probe_us.iter().all(|us| *us > 0.0), "{conditions:?}");
        assert!(conditions.unrest >= 1.0, "{conditions:?}");
        assert!(conditions.cores_free.is_some_and(|free| free > 0.0 && free <= 2.0), "{conditions:?}");
        cancel.stop();
        assert_eq!(block_on(prober.look(&cancel)).err(), Some(Error::Stopped));
    }
}
