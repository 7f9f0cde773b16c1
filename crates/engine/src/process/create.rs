//! How long it takes to create one, and to wake an idle one.

use super::orders::{Order, ask, next, partner};
use super::sibling::{Mailbox, Sibling};
use super::{Part, Samples};
use crate::processes::Processes;
use crate::stage::Stage;
use interleave_labs::Lab;
use interleave_labs::process::{Pair, Process};
use interleave_threads::process::Partner;
use interleave_threads::{AtWork, Cancel, Error, now_us, prestart, spawn, unblock};
use interleave_trace::mean;
use std::sync::Arc;

/// Wake-ups in one sample.
const WAKINGS: u32 = 5;
/// How long one is idle before it is woken, in microseconds.
const NAP_US: u64 = 1_000;

/// Creating, and waking.
pub(super) async fn measure(repeats: u32, part: &Part<'_>) -> Result<(Pair, Pair), Error> {
    let stage = part.stage;
    let (mut cold, mut warm) = (Samples::default(), Samples::default());
    let mut standing_by = partner(stage).await?;
    for (turn, count) in part.turns(repeats).enumerate() {
        // The very first of each does not count: nothing is in any cache yet.
        let first = usize::from(turn == 0);
        let count = count + first as u32;
        if stage.shared_memory() {
            // One worker for blocking calls here, one that stays idle.
            prestart(2).await?;
            let cancel = stage.cancel.clone();
            let (new, woken) = unblock(move || threads(count, &cancel)).await??;
            cold.thread.extend_from_slice(&new[first..]);
            warm.thread.extend_from_slice(&woken[first..]);
        }
        for repeat in 0..count as usize {
            let (new, woken) = (start_process(stage).await?, wake_process(&mut standing_by, stage).await?);
            if repeat >= first {
                cold.process.push(new);
                warm.process.push(woken);
            }
        }
    }
    Ok((cold.pair(1, 1), warm.pair(WAKINGS, WAKINGS)))
}

/// Creates this many threads, and takes as many samples of waking one: microseconds each.
fn threads(count: u32, cancel: &Arc<Cancel>) -> Result<(Vec<f64>, Vec<f64>), Error> {
    let _at_work = AtWork::begin();
    let standing_by = Sibling::start(cancel, |()| ())?;
    let (mut cold, mut warm) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let first_word = Arc::new(Mailbox::new());
        let says = first_word.clone();
        let asked_us = now_us();
        let new = spawn(true, move || says.put(()))?;
        first_word.take(cancel)?;
        cold.push((now_us() - asked_us) as f64);
        new.join()?;

        let mut us = 0;
        for _ in 0..WAKINGS {
            cancel.sleep_until(now_us() + NAP_US)?;
            let asked_us = now_us();
            standing_by.ask(())?;
            us += now_us() - asked_us;
        }
        warm.push(mean(us as f64, f64::from(WAKINGS)));
    }
    Ok((cold, warm))
}

async fn start_process(stage: &Stage) -> Result<f64, Error> {
    let asked_us = now_us();
    let mut new = Processes::new(Process::SLUG);
    new.start()?;
    let up = next(&mut new, stage).await?;
    Ok(up.at_us.saturating_sub(asked_us) as f64)
}

async fn wake_process(standing_by: &mut Partner, stage: &Stage) -> Result<f64, Error> {
    let mut us = 0;
    for _ in 0..WAKINGS {
        nap(stage).await?;
        let asked_us = now_us();
        ask(standing_by, Order::Ping).await?;
        us += now_us() - asked_us;
    }
    Ok(mean(us as f64, f64::from(WAKINGS)))
}

/// Waits a moment without blocking the host's event loop.
async fn nap(stage: &Stage) -> Result<(), Error> {
    #[cfg(target_arch = "wasm32")]
    interleave_threads::web::timer(NAP_US as f64 / 1000.0).await;
    #[cfg(not(target_arch = "wasm32"))]
    stage.cancel.sleep_until(now_us() + NAP_US)?;
    Ok(stage.cancel.check()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_created_and_woken_as_often_as_asked_for() {
        let (cold, warm) = threads(3, &Arc::default()).unwrap();
        assert_eq!((cold.len(), warm.len()), (3, 3));
        // One that is created runs its first instruction only after it was asked for.
        assert!(cold.iter().all(|us| *us > 0.0), "{cold:?}");
    }

    #[test]
    fn a_stop_ends_it() {
        let cancel = Arc::<Cancel>::default();
        cancel.stop();
        assert_eq!(threads(3, &cancel), Err(Error::Stopped));
    }
}
