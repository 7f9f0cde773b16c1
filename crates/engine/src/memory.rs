//! `memory`: how long one access takes, in registers, in ever larger sets, in order or not, and next to another
//! thread's.

mod field;
mod sharing;
mod walk;

use crate::lab::Measure;
use crate::stage::Stage;
use interleave_labs::lab::Measured;
use interleave_labs::memory::{Args, Data, Memory, Part, curve_figure};
use interleave_threads::{AtWork, Blocking, Cancel, Error, Pause, block_on, unblock};
use std::sync::Arc;
use walk::Tour;

/// A sample takes at least this many steps of the clock, so its error is at most 4 %, and less over several.
const STEPS: f64 = 25.0;
/// A sample takes at least this long, in microseconds.
const SAMPLE_US: f64 = 4_000.0;
/// The tour's share of the whole, if both it and the two threads are measured.
const TOUR: f64 = 0.85;

impl Measure for Memory {
    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        let sample_us = SAMPLE_US.max(stage.host.timer_us.max(1.0) * STEPS);
        let sharing = args.has(Part::Sharing) && stage.shared_memory();
        let mut data = Data::default();
        stage.step("Getting ready", 0.0).await?;
        if sharing {
            stage.probe_cores().await?;
        }
        let sets = args.sets();
        if !sets.is_empty() {
            let mut tour = Tour::new(&sets, args.has(Part::Order), sample_us);
            let share = if sharing { TOUR } else { 1.0 } / f64::from(args.repeats);
            for turn in 0..args.repeats {
                let label = format!("All sizes, turn {} of {}", turn + 1, args.repeats);
                stage.step(&label, f64::from(turn) * share).await?;
                tour = take_turn(tour, &stage.cancel).await?;
                data = tour.data();
                stage.show(0, curve_figure(&data));
            }
        }
        if sharing {
            stage.step("Two threads, one cache line", if sets.is_empty() { 0.0 } else { TOUR }).await?;
            data.pairs = sharing::measure(args.repeats, sample_us, &stage.cancel).await?;
        }
        stage.measured(Vec::new(), data).await
    }
}

/// One turn of the tour: on a thread, or without threads on the host itself, which then returns to its event loop now
/// and then.
async fn take_turn(tour: Tour, cancel: &Arc<Cancel>) -> Result<Tour, Error> {
    let cancel = cancel.clone();
    #[cfg(target_arch = "wasm32")]
    if !interleave_threads::shared_memory() {
        let pause = interleave_threads::Cooperative::new(cancel.clone());
        return turn(tour, &cancel, &pause).await;
    }
    unblock(move || block_on(turn(tour, &cancel, &Blocking(cancel.clone())))).await?
}

async fn turn(mut tour: Tour, cancel: &Cancel, pause: &impl Pause) -> Result<Tour, Error> {
    let _at_work = AtWork::begin();
    tour.turn(cancel, pause).await?;
    Ok(tour)
}
