//! Where a lab measures: how it is stopped, whom it tells how far it is, and what the machine is like meanwhile.

use crate::clock::RunClock;
use crate::kernel::Kernel;
use crate::probe::Prober;
use interleave_labs::lab::Measured;
use interleave_labs::message::{FromEngine, Live};
use interleave_labs::result::{Host, Memory, Run};
use interleave_threads::{Cancel, Error, unblock};
use interleave_trace::figure::TimelineRun;
use interleave_trace::{Figure, Lane, Recorder, Writer};
use std::cell::{Cell, RefCell};
use std::sync::{Arc, OnceLock};

/// Whom a measurement tells how far it is. Called between its parts, never while one is measured.
pub trait Watcher {
    /// A [`FromEngine::Step`] or a [`FromEngine::Live`].
    fn say(&self, word: FromEngine);
    /// What this run records can be read from now on, while it goes on; or no longer.
    fn follow(&self, run: Option<Arc<LiveRun>>);
}

/// Where a lab measures.
pub struct Stage {
    /// Says when to stop: every sleep, every wait and every slice of computing observes it.
    pub cancel: Arc<Cancel>,
    /// What it runs on.
    pub host: Host,
    watcher: Box<dyn Watcher>,
    prober: RefCell<Prober>,
    share: Cell<f64>,
}

impl Stage {
    /// A stage for one measurement.
    #[must_use]
    pub fn new(cancel: Arc<Cancel>, host: Host, watcher: Box<dyn Watcher>) -> Stage {
        Stage { cancel, host, watcher, prober: RefCell::default(), share: Cell::new(0.0) }
    }

    /// Whether threads share one memory here.
    #[must_use]
    pub fn shared_memory(&self) -> bool {
        self.host.memory == Memory::Shared
    }

    /// A part of the measurement begins, `label` in a few words; `share` of all of it is done, from 0 to 1. Looks first at what the
    /// machine is like: call it where nothing is being measured.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn step(&self, label: &str, share: f64) -> Result<(), Error> {
        self.cancel.check()?;
        self.share.set(share);
        self.watcher.say(FromEngine::Step { label: label.to_owned(), share });
        self.probe().await
    }

    /// The part that goes on has come further: `share` of all is done. Costs a message.
    pub fn advance(&self, label: &str, share: f64) {
        if share > self.share.get() {
            self.share.set(share);
            self.watcher.say(FromEngine::Step { label: label.to_owned(), share });
        }
    }

    /// A run of the first timeline is about to begin: the watcher knows of it, the clock stands still. Gives it a track for each entry
    /// of `tracks`, the lane that the track is on.
    #[must_use]
    pub fn begin_run(&self, slug: &str, lanes: Vec<Lane>, tracks: impl IntoIterator<Item = u32>) -> Begun {
        self.watcher.say(FromEngine::Live(Live::Begun { run: slug.to_owned(), lanes: lanes.clone() }));
        let (recorder, writers) = Recorder::new(lanes, tracks);
        let live = Arc::new(LiveRun { recorder, clock: OnceLock::new() });
        self.watcher.follow(Some(live.clone()));
        (live, writers)
    }

    /// The run that began last has ended.
    pub fn end_run(&self, run: TimelineRun) {
        self.watcher.follow(None);
        self.watcher.say(FromEngine::Live(Live::Ended(run)));
    }

    /// The figure at `place` of the sheet's blanks, as far as it has come.
    pub fn show(&self, place: u32, figure: Figure) {
        self.watcher.say(FromEngine::Live(Live::Figure(place, Box::new(figure))));
    }

    /// Looks how many cores are free, for a lab that is about several: takes some 20 ms, and nothing without shared memory.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn probe_cores(&self) -> Result<(), Error> {
        if !self.shared_memory() {
            return Ok(());
        }
        let prober = self.prober.take();
        let prober = prober.cores(&self.cancel, self.host.cores).await?;
        self.prober.replace(prober);
        Ok(())
    }

    /// The kernel's speed on one core here: takes about 100 ms.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn kernel(&self) -> Result<Kernel, Error> {
        if !self.shared_memory() {
            return Ok(Kernel::calibrate(&self.cancel)?);
        }
        let cancel = self.cancel.clone();
        Ok(unblock(move || Kernel::calibrate(&cancel)).await??)
    }

    /// Everything has been measured: looks at the machine once more.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn measured<D>(&self, runs: Vec<Run>, data: D) -> Result<Measured<D>, Error> {
        self.watcher.follow(None);
        self.probe().await?;
        Ok(Measured { runs, conditions: self.prober.borrow().conditions(), data })
    }

    async fn probe(&self) -> Result<(), Error> {
        let prober = self.prober.take();
        let prober = prober.look(&self.cancel).await?;
        self.prober.replace(prober);
        Ok(())
    }
}

/// A run about to start: the clock stands still. The writers are in the order of the tracks.
pub type Begun = (Arc<LiveRun>, Vec<Writer>);

/// A run that others may look at while it goes on.
#[derive(Debug)]
pub struct LiveRun {
    /// What has been recorded.
    pub recorder: Recorder,
    clock: OnceLock<RunClock>,
}

impl LiveRun {
    /// Time since the run began in microseconds; `None` before it does.
    #[must_use]
    pub fn now_us(&self) -> Option<u64> {
        self.clock.get().map(|clock| clock.now())
    }

    /// Starts the run's clock.
    pub fn begin(&self) -> RunClock {
        *self.clock.get_or_init(RunClock::start)
    }
}
