//! `machine`: every interleaving of a program, and the same program on real threads.

mod reality;

use crate::lab::Measure;
use crate::stage::Stage;
use interleave_labs::lab::Measured;
use interleave_labs::machine::{self, Args, Data, Explored, Machine, Search, so_far};
use interleave_labs::{Mark, Values};
use interleave_machine::Sharing;
use interleave_threads::{AtWork, Blocking, Error, Pause, block_on, now_us, unblock};

/// Which share of the whole is done once everything is explored.
const EXPLORED: f64 = 0.5;

impl Measure for Machine {
    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        stage.step("Every interleaving", 0.0).await?;
        let mut data = Data::default();
        let Ok(loaded) = args.load() else { return stage.measured(Vec::new(), data).await };
        data.explored = Some(explore(args, stage).await?);
        for (place, figure) in so_far(args, &data) {
            stage.show(place, figure);
        }
        if args.times > 0 && args.sharing == Sharing::Memory && stage.shared_memory() {
            stage.step("Real threads", EXPLORED).await?;
            stage.probe_cores().await?;
            data.real = Some(reality::measure(args, loaded, stage).await?);
        }
        stage.measured(Vec::new(), data).await
    }

    fn check(values: &Values) -> Vec<Mark> {
        machine::check(values)
    }
}

/// Explores on a thread, or without threads on the host itself, which then returns to its event loop now and then.
async fn explore(args: &Args, stage: &Stage) -> Result<Explored, Error> {
    let (args, cancel) = (args.clone(), stage.cancel.clone());
    #[cfg(target_arch = "wasm32")]
    if !interleave_threads::shared_memory() {
        let pause = interleave_threads::Cooperative::new(cancel);
        return search(&args, &pause).await;
    }
    unblock(move || block_on(search(&args, &Blocking(cancel)))).await?
}

/// Explores until all is seen, a limit is reached, or the run is stopped.
async fn search(args: &Args, pause: &impl Pause) -> Result<Explored, Error> {
    let _at_work = AtWork::begin();
    let start_us = now_us();
    let until_us = start_us + u64::from(args.seconds) * 1_000_000;
    let mut search = Search::of(args).map_err(Error::Panicked)?;
    while search.advance() && now_us() < until_us {
        pause.breathe().await?;
    }
    Ok(Explored { took_us: now_us() - start_us, ..search.explored() })
}
