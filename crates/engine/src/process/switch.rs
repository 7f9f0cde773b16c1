//! How long it takes to switch from one to another: half a round trip between two that wake each other in turn.

use super::orders::{Order, ask, partner};
use super::sibling::Sibling;
use super::{Goes, Part, Samples, sample_us, times};
use crate::stage::Stage;
use interleave_labs::process::{Pair, Times};
use interleave_threads::process::Partner;
use interleave_threads::{AtWork, Cancel, Error, now_us, prestart, unblock};
use interleave_trace::mean;
use std::sync::Arc;

/// How long a sample takes, in microseconds, if the clock is fine enough.
const SAMPLE_US: f64 = 2_000.0;
/// Steps of the clock in a sample.
const STEPS: f64 = 50.0;
/// Unmeasured round trips before a turn's first sample, while code is compiled and caches fill.
const WARM_UP: u32 = 100;

/// Between threads by a condition variable, between processes by message; and natively between threads by a pipe, as
/// processes do.
pub(super) async fn measure(repeats: u32, part: &Part<'_>) -> Result<(Pair, Option<Times>), Error> {
    let stage = part.stage;
    let sample_us = sample_us(SAMPLE_US, STEPS, stage);
    let (mut samples, mut piped) = (Samples::default(), Vec::new());
    let (mut of_threads, mut of_pipes, mut of_processes) = (Goes::Try(WARM_UP), Goes::Try(WARM_UP), Goes::Try(WARM_UP));
    let mut other = partner(stage).await?;
    for count in part.turns(repeats) {
        if stage.shared_memory() {
            prestart(2).await?;
            let cancel = stage.cancel.clone();
            let (threads, pipes) = unblock(move || {
                let _at_work = AtWork::begin();
                let threads = threads(of_threads, sample_us, count, &cancel)?;
                Ok::<_, Error>((threads, pipes(of_pipes, sample_us, count, &cancel)?))
            })
            .await??;
            of_threads = threads.0;
            samples.thread.extend(threads.1);
            of_pipes = pipes.0;
            piped.extend(pipes.1);
        }
        round_trips(&mut other, WARM_UP, stage).await?;
        while let Goes::Try(trips) = of_processes {
            of_processes = of_processes.after(round_trips(&mut other, trips, stage).await?, sample_us);
        }
        for _ in 0..count {
            let trips = of_processes.count();
            samples.process.push(mean(round_trips(&mut other, trips, stage).await?, f64::from(2 * trips)));
        }
    }
    let pair = samples.pair(2 * of_threads.count(), 2 * of_processes.count());
    Ok((pair, times(piped, 2 * of_pipes.count())))
}

/// How many round trips make a sample, and the samples: microseconds per switch.
type Sampled = (Goes, Vec<f64>);

fn threads(goes: Goes, sample_us: f64, count: u32, cancel: &Arc<Cancel>) -> Result<Sampled, Error> {
    let other = Sibling::start(cancel, |number: u32| number)?;
    sampled(goes, sample_us, count, |trip| other.ask(trip).map(|_| ()))
}

/// A browser's threads have none.
#[cfg(target_arch = "wasm32")]
fn pipes(goes: Goes, _: f64, _: u32, _: &Arc<Cancel>) -> Result<Sampled, Error> {
    Ok((goes, Vec::new()))
}

#[cfg(not(target_arch = "wasm32"))]
fn pipes(goes: Goes, sample_us: f64, count: u32, cancel: &Arc<Cancel>) -> Result<Sampled, Error> {
    use std::io::{Read, Write, pipe};
    let refused = |error: std::io::Error| Error::Start(error.to_string());
    let ((mut question, mut ask), (mut answer, mut answers)) = (pipe().map_err(refused)?, pipe().map_err(refused)?);
    // Ends when nobody is left to ask.
    interleave_threads::spawn(false, move || {
        let mut word = [0; 16];
        while question.read_exact(&mut word).is_ok() && answers.write_all(&word).is_ok() {}
    })?;
    let mut word = [0; 16];
    sampled(goes, sample_us, count, |_| {
        cancel.check()?;
        ask.write_all(&word).and_then(|()| answer.read_exact(&mut word)).map_err(refused)
    })
}

fn sampled(
    mut goes: Goes,
    sample_us: f64,
    count: u32,
    mut round_trip: impl FnMut(u32) -> Result<(), Error>,
) -> Result<Sampled, Error> {
    let mut round_trips = |trips: u32| {
        let start_us = now_us();
        (0..trips).try_for_each(&mut round_trip)?;
        Ok::<_, Error>((now_us() - start_us) as f64)
    };
    round_trips(WARM_UP)?;
    while let Goes::Try(trips) = goes {
        goes = goes.after(round_trips(trips)?, sample_us);
    }
    let trips = goes.count();
    let samples =
        (0..count).map(|_| Ok(mean(round_trips(trips)?, f64::from(2 * trips)))).collect::<Result<_, Error>>()?;
    Ok((goes, samples))
}

/// How long `count` round trips to a process take, in microseconds.
async fn round_trips(other: &mut Partner, trips: u32, stage: &Stage) -> Result<f64, Error> {
    let start_us = now_us();
    for _ in 0..trips {
        ask(other, Order::Ping).await?;
        stage.cancel.check()?;
    }
    Ok((now_us() - start_us) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_wake_each_other_in_turn() {
        for way in [threads, pipes] {
            let (goes, samples) = way(Goes::Try(10), 1000.0, 3, &Arc::default()).unwrap();
            assert!(matches!(goes, Goes::Make(trips) if trips > 0), "{goes:?}");
            assert!(samples.len() == 3 && samples.iter().all(|us| *us > 0.0), "{samples:?}");
            let (again, _) = way(goes, 1000.0, 1, &Arc::default()).unwrap();
            assert_eq!(again, goes, "all samples are means of as many");
        }
    }

    #[test]
    fn a_stop_ends_it() {
        let cancel = Arc::<Cancel>::default();
        cancel.stop();
        for way in [threads, pipes] {
            assert_eq!(way(Goes::Try(10), 1000.0, 3, &cancel), Err(Error::Stopped));
        }
    }
}
