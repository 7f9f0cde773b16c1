//! The stage of a measurement: it tells the lab when to stop, passes on its progress, and probes the machine.

use crate::clock::RunClock;
use crate::kernel::Kernel;
use crate::probe::Prober;
use interleave_labs::lab::Measured;
use interleave_labs::message::{FromEngine, Live};
use interleave_labs::result::{Host, Memory, Run};
use interleave_threads::{Cancel, Error, now_us, unblock};
use interleave_trace::figure::TimelineRun;
use interleave_trace::{Figure, Lane, Recorder, Writer};
use std::cell::{Cell, RefCell};
use std::sync::{Arc, OnceLock};

/// Follows a measurement's progress. Called between its parts, never while one is being measured.
pub trait Watcher {
    /// A [`FromEngine::Step`] or a [`FromEngine::Live`].
    fn say(&self, word: FromEngine);
    /// The run's record can be read from now on, while it is going on; or, with `None`, no longer.
    fn follow(&self, run: Option<Arc<LiveRun>>);
}

/// From this share on, the time that it took tells about how long the rest takes.
const SHARE_THAT_TELLS: f64 = 0.1;

/// The stage of a measurement.
pub struct Stage {
    /// Tells when to stop: every sleep, wait and slice of computing checks it.
    pub cancel: Arc<Cancel>,
    /// What it runs on.
    pub host: Host,
    watcher: Box<dyn Watcher>,
    prober: RefCell<Prober>,
    share: Cell<f64>,
    begun_us: u64,
}

impl Stage {
    /// A stage for one measurement.
    #[must_use]
    pub fn new(cancel: Arc<Cancel>, host: Host, watcher: Box<dyn Watcher>) -> Stage {
        Stage { cancel, host, watcher, prober: RefCell::default(), share: Cell::new(0.0), begun_us: now_us() }
    }

    /// Whether threads share one memory here.
    #[must_use]
    pub fn shared_memory(&self) -> bool {
        self.host.memory == Memory::Shared
    }

    /// Announces a part of the measurement: `label` in a few words, and the `share` of the whole that is done, from 0
    /// to 1. Probes the machine first, so call it only while nothing is being measured.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn step(&self, label: &str, share: f64) -> Result<(), Error> {
        self.step_before(label, share, self.left_us(share)).await
    }

    /// The same without a probe, for a part that is to begin at once.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub fn announce(&self, label: &str, share: f64) -> Result<(), Error> {
        self.announce_before(label, share, self.left_us(share))
    }

    fn announce_before(&self, label: &str, share: f64, left_us: u64) -> Result<(), Error> {
        self.cancel.check()?;
        self.share.set(share);
        self.watcher.say(FromEngine::Step { label: label.to_owned(), share, left_us });
        Ok(())
    }

    /// The same as a [step](Self::step), for who knows about how long all of the rest takes: `left_us`, in microseconds.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is.
    pub async fn step_before(&self, label: &str, share: f64, left_us: u64) -> Result<(), Error> {
        self.announce_before(label, share, left_us)?;
        self.probe().await
    }

    /// About how long the rest takes, if it goes on as it did so far; 0 if too little is done to tell.
    fn left_us(&self, share: f64) -> u64 {
        if share < SHARE_THAT_TELLS {
            return 0;
        }
        ((now_us() - self.begun_us) as f64 * (1.0 - share) / share) as u64
    }

    /// Reports progress within the part: `share` of the whole is done. Costs a message.
    pub fn advance(&self, label: &str, share: f64) {
        if share > self.share.get() {
            self.share.set(share);
            self.watcher.say(FromEngine::Step { label: label.to_owned(), share, left_us: self.left_us(share) });
        }
    }

    /// Prepares a run of the first timeline and tells the watcher; the clock has not started. The run gets a track for
    /// each entry of `tracks`, the id of the track's lane.
    #[must_use]
    pub fn begin_run(&self, slug: &str, lanes: Vec<Lane>, tracks: impl IntoIterator<Item = u32>) -> Begun {
        self.watcher.say(FromEngine::Live(Live::Begun { run: slug.to_owned(), lanes: lanes.clone() }));
        let (recorder, writers) = Recorder::new(lanes, tracks);
        let live = Arc::new(LiveRun { recorder, clock: OnceLock::new() });
        self.watcher.follow(Some(live.clone()));
        (live, writers)
    }

    /// Ends the run that started last.
    pub fn end_run(&self, run: TimelineRun) {
        self.watcher.follow(None);
        self.watcher.say(FromEngine::Live(Live::Ended(run)));
    }

    /// Shows the figure so far, at `place` among the sheet's blanks. Renders it, so call it only while nothing is being measured.
    pub fn show(&self, place: u32, figure: Figure) {
        self.watcher.say(FromEngine::Live(Live::Figure(place, Box::new(figure.rendered()))));
    }

    /// Finds out how many cores are free, for a lab that needs several. Takes some 20 ms; does nothing without shared
    /// memory.
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

    /// Measures the kernel's speed on one core: takes about 100 ms.
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

    /// Ends the measurement: probes the machine once more.
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

/// A run about to start: its clock has not started. The writers are in the order of the tracks.
pub type Begun = (Arc<LiveRun>, Vec<Writer>);

/// A run that can be read while it is going on.
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
