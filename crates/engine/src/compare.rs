//! `compare`: the same tasks, one mode after another, never two at a time.

mod event_loop;
mod one_core;
mod pool;
mod processes;
mod sequential;
mod threads;

pub use processes::child;

use crate::baton::Switches;
use crate::clock::RunClock;
use crate::kernel::{self, Kernel};
use crate::task::Log;
use interleave_labs::compare::{Args, Mode};
use interleave_labs::plan::Task;
use interleave_labs::result::Run;
use interleave_threads::{Cancel, Error, prestart, shared_memory, unblock};
use interleave_trace::{Lane, LaneKind, Recorder, Span, Writer};
use std::sync::{Arc, OnceLock};

/// Whom a run tells how far it is. All are called between modes, never while one is measured.
pub trait Observer {
    /// The kernel is being calibrated.
    fn calibrating(&self);
    /// A mode is about to run; what it records can be read from `live` while it does.
    fn started(&self, mode: Mode, live: &Arc<Live>);
    /// The mode has run.
    fn finished(&self, run: &Run);
}

/// A run that others may look at while it goes on.
#[derive(Debug)]
pub struct Live {
    /// What has been recorded.
    pub recorder: Recorder,
    clock: OnceLock<RunClock>,
}

impl Live {
    /// Time since the run began in microseconds; `None` before it does.
    #[must_use]
    pub fn now_us(&self) -> Option<u64> {
        self.clock.get().map(|clock| clock.now())
    }

    /// Starts the run's clock.
    fn begin(&self) -> RunClock {
        *self.clock.get_or_init(RunClock::start)
    }
}

/// What every mode needs to know.
#[derive(Debug)]
struct Stage {
    tasks: Vec<Task>,
    kernel: Kernel,
    cancel: Arc<Cancel>,
    quantum_us: u64,
}

/// A run about to start: the observer knows of it, the clock stands still. The writers are the tasks', in order.
type Begun = (Arc<Live>, Vec<Writer>);

/// What a mode's run comes to.
#[derive(Debug)]
struct Outcome {
    lanes: Vec<Lane>,
    wall_us: u64,
    /// The tasks' results, in task order.
    results: Vec<u64>,
    switches: Switches,
    spans: Vec<Span>,
}

impl Outcome {
    /// The run ends now.
    fn end(live: &Live, clock: RunClock, results: Vec<u64>, switches: Switches) -> Outcome {
        let wall_us = clock.now();
        Outcome { lanes: live.recorder.lanes().to_vec(), wall_us, results, switches, spans: live.recorder.spans() }
    }
}

/// Whether `mode` can run here: without shared memory, threads cannot.
#[must_use]
pub fn available(mode: Mode) -> bool {
    shared_memory() || !mode.needs_shared_memory()
}

/// Runs the chosen modes that can run here, one after another.
///
/// # Errors
/// [`Error::Stopped`] when `cancel` says so; otherwise what kept a mode from running.
pub async fn run(args: &Args, cancel: &Arc<Cancel>, observer: &impl Observer) -> Result<Vec<Run>, Error> {
    let tasks = args.task_list();
    observer.calibrating();
    let kernel = calibrate(&tasks, cancel).await?;
    let stage = Arc::new(Stage { tasks, kernel, cancel: cancel.clone(), quantum_us: u64::from(args.quantum) * 1000 });
    let mut runs = Vec::new();
    for &mode in args.modes.iter().filter(|mode| available(**mode)) {
        cancel.check()?;
        let run = run_mode(mode, args.pool, &stage, observer).await?;
        observer.finished(&run);
        runs.push(run);
    }
    Ok(runs)
}

async fn calibrate(tasks: &[Task], cancel: &Arc<Cancel>) -> Result<Kernel, Error> {
    if !kernel::computes(tasks) {
        return Ok(Kernel::IDLE);
    }
    if !shared_memory() {
        return Ok(Kernel::calibrate(cancel)?);
    }
    let cancel = cancel.clone();
    Ok(unblock(move || Kernel::calibrate(&cancel)).await??)
}

async fn run_mode(mode: Mode, workers: u32, stage: &Arc<Stage>, observer: &impl Observer) -> Result<Run, Error> {
    let begin = || {
        let (recorder, writers) = recorder(mode, stage.tasks.len() as u32, workers);
        let live = Arc::new(Live { recorder, clock: OnceLock::new() });
        observer.started(mode, &live);
        (live, writers)
    };
    let outcome = match mode {
        Mode::Sequential => sequential::run(stage, begin).await,
        Mode::EventLoop => event_loop::run(stage, begin).await,
        Mode::OneCore => one_core::run(stage, begin).await,
        Mode::Threads => threads::run(stage, begin).await,
        Mode::Pool => pool::run(stage, workers, begin).await,
        Mode::Processes => processes::run(stage, begin).await,
    }?;
    // Another thread's clock may be a step ahead of the one that saw the end.
    let wall_us = outcome.spans.iter().map(|span| span.end_us).fold(outcome.wall_us, u64::max);
    Ok(Run {
        mode: mode.slug().to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: kernel::checksum(&outcome.results),
        context_switches: outcome.switches.count,
        switch_us: outcome.switches.us,
        lanes: outcome.lanes,
        spans: outcome.spans,
        output: Vec::new(),
    })
}

/// Runs a mode that blocks on a thread where it may. `standby` further threads stand by before `begin`: what
/// a mode creates after that is its own to pay for.
async fn on_thread(
    stage: &Arc<Stage>,
    standby: u32,
    begin: impl FnOnce() -> Begun,
    run: impl FnOnce(&Arc<Stage>, &Live, Vec<Writer>) -> Result<Outcome, Error> + Send + 'static,
) -> Result<Outcome, Error> {
    prestart(standby + 1).await?;
    let stage = stage.clone();
    let (live, writers) = begin();
    unblock(move || run(&stage, &live, writers)).await?
}

/// The lanes of a mode, and a track for each task.
fn recorder(mode: Mode, tasks: u32, workers: u32) -> (Recorder, Vec<Writer>) {
    let lane = |kind, name: &str, id: u32| Lane { id, name: name.to_owned(), kind };
    let numbered = |kind, name: &str, first: u32, count: u32| -> Vec<Lane> {
        (0..count).map(|id| lane(kind, &format!("{name} {}", id + first), id)).collect()
    };
    let (lanes, one_each) = match mode {
        Mode::Sequential => (vec![lane(LaneKind::Main, "main thread", 0)], false),
        Mode::EventLoop => (vec![lane(LaneKind::Main, "event loop", 0)], false),
        Mode::OneCore | Mode::Threads => (numbered(LaneKind::Thread, "thread", 0, tasks), true),
        // A worker writes on its own lane, whichever task it has: see `pool`.
        Mode::Pool => (numbered(LaneKind::Worker, "worker", 1, workers), false),
        Mode::Processes => (numbered(LaneKind::Process, "process", 0, tasks), true),
    };
    Recorder::new(lanes, (0..tasks).map(|task| if one_each { task } else { 0 }))
}

/// The tasks' logs, from their writers.
fn logs(clock: RunClock, writers: Vec<Writer>) -> impl Iterator<Item = Log> {
    writers.into_iter().zip(0..).map(move |(writer, task)| Log { task, clock, writer })
}
