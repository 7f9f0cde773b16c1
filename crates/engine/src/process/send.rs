//! How long a message takes, by size: from the moment its sender starts to write it until a short answer is back. The
//! receiver reads its last byte.

use super::orders::partner;
use super::sibling::Sibling;
use super::{Goes, Part, sample_us, times};
use crate::stage::Stage;
use interleave_labs::process::{Args, Sent};
use interleave_threads::process::{Partner, Way};
use interleave_threads::{AtWork, Cancel, Error, now_us, prestart, unblock};
use interleave_trace::mean;
use std::sync::{Arc, Mutex, PoisonError};

/// How long a sample takes, in microseconds, if the clock is fine enough.
const SAMPLE_US: f64 = 1_000.0;
/// Steps of the clock in a sample.
const STEPS: f64 = 20.0;

/// The samples of one way at one size.
#[derive(Clone, Debug)]
struct Line {
    bytes: u32,
    /// Messages in a sample.
    goes: Goes,
    /// Samples, in microseconds.
    us: Vec<f64>,
}

impl Line {
    fn new(bytes: u32) -> Line {
        Line { bytes, goes: Goes::Try(1), us: Vec::new() }
    }

    fn keep(&mut self, took_us: f64) {
        self.us.push(mean(took_us, f64::from(self.goes.count())));
    }

    fn times(self) -> Option<interleave_labs::process::Times> {
        times(self.us, self.goes.count())
    }
}

pub(super) async fn measure(args: &Args, part: &Part<'_>) -> Result<Vec<Sent>, Error> {
    let stage = part.stage;
    let sample_us = sample_us(SAMPLE_US, STEPS, stage);
    let lines: Vec<Line> = args.sizes().into_iter().map(Line::new).collect();
    let (mut shared, mut copied, mut transferred) = (lines.clone(), lines.clone(), lines);
    let mut other = partner(stage).await?;
    for count in part.turns(args.repeats) {
        if stage.shared_memory() {
            prestart(2).await?;
            let (lines, cancel) = (shared, stage.cancel.clone());
            shared = unblock(move || threads(lines, sample_us, count, &cancel)).await??;
        }
        for way in Way::HERE {
            let lines = match way {
                Way::Copy => &mut copied,
                Way::Transfer => &mut transferred,
            };
            for line in lines {
                processes(&mut other, line, *way, sample_us, count, stage).await?;
            }
        }
    }
    let lines = shared.into_iter().zip(copied).zip(transferred);
    let sent = lines.map(|((shared, copied), transferred)| Sent {
        bytes: shared.bytes,
        shared: shared.times(),
        copied: copied.times(),
        transferred: transferred.times(),
    });
    Ok(sent.collect())
}

/// Adds `count` samples to each line, of messages written into memory that both threads see.
fn threads(mut lines: Vec<Line>, sample_us: f64, count: u32, cancel: &Arc<Cancel>) -> Result<Vec<Line>, Error> {
    let _at_work = AtWork::begin();
    let largest = lines.last().map_or(0, |line| line.bytes) as usize;
    let mut room = Vec::new();
    let refused = |_| Error::Memory(format!("for a message of {largest} bytes"));
    room.try_reserve_exact(largest).map_err(refused)?;
    // Written to once, so that the system has mapped every page before timing starts.
    room.resize(largest, 1);
    let memory: Arc<Mutex<Vec<u8>>> = Arc::new(Mutex::new(room));
    let theirs = memory.clone();
    let other = Sibling::start(cancel, move |size: usize| {
        theirs.lock().unwrap_or_else(PoisonError::into_inner)[..size].last().copied()
    })?;
    let messages = |size: usize, count: u32| {
        let start_us = now_us();
        for trip in 0..count {
            let mark = trip as u8;
            let mut memory = memory.lock().unwrap_or_else(PoisonError::into_inner);
            std::hint::black_box(&mut memory[..size]).fill(mark);
            drop(memory);
            if other.ask(size)? != Some(mark) {
                return Err(Error::Panicked("a thread did not see what another wrote".to_owned()));
            }
        }
        Ok((now_us() - start_us) as f64)
    };
    for line in &mut lines {
        let size = line.bytes as usize;
        messages(size, line.goes.count())?;
        while let Goes::Try(trips) = line.goes {
            line.goes = line.goes.after(messages(size, trips)?, sample_us);
        }
        for _ in 0..count {
            line.keep(messages(size, line.goes.count())?);
        }
    }
    Ok(lines)
}

/// Adds `count` samples to a line, of messages sent to another process.
async fn processes(
    other: &mut Partner,
    line: &mut Line,
    way: Way,
    sample_us: f64,
    count: u32,
    stage: &Stage,
) -> Result<(), Error> {
    other.exchange(line.bytes, line.goes.count(), way).await?;
    while let Goes::Try(trips) = line.goes {
        line.goes = line.goes.after(other.exchange(line.bytes, trips, way).await?, sample_us);
    }
    for _ in 0..count {
        stage.cancel.check()?;
        line.keep(other.exchange(line.bytes, line.goes.count(), way).await?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_see_what_is_written_in_every_size() {
        let lines = [1, 4096, 1 << 20].map(Line::new).to_vec();
        let lines = threads(lines, 500.0, 2, &Arc::default()).unwrap();
        let lines = threads(lines, 500.0, 1, &Arc::default()).unwrap();
        for line in &lines {
            assert!(matches!(line.goes, Goes::Make(_)) && line.us.len() == 3, "{line:?}");
            assert!(line.us.iter().all(|us| *us > 0.0), "{line:?}");
        }
        assert!(threads(vec![], 500.0, 1, &Arc::default()).unwrap().is_empty());
    }
}
