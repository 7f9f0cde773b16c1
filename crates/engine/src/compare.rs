//! `compare`: the same tasks, one mode after another, never two at a time.

mod event_loop;
mod executor;
mod one_core;
mod pool;
mod processes;
mod sequential;
mod task;
mod threads;
mod with_baton;

use crate::baton::Switches;
use crate::clock::RunClock;
use crate::kernel::{self, Kernel};
use crate::lab::{Child, Measure};
use crate::stage::{Begun, LiveRun, Stage};
use interleave_labs::compare::{self, Args, Compare, Mode};
use interleave_labs::lab::Measured;
use interleave_labs::plan::Task;
use interleave_labs::result::Run;
use interleave_threads::{Cancel, Error, prestart, unblock};
use interleave_trace::{Lane, LaneKind, Span, Writer};
use std::sync::Arc;
use task::Log;

impl Measure for Compare {
    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<()>, Error> {
        let modes: Vec<Mode> = args.modes.iter().copied().filter(|mode| available(*mode, stage)).collect();
        let tasks = args.task_list();
        let computes = kernel::computes(&tasks);
        stage.step("Getting ready", 0.0).await?;
        let kernel = if computes { stage.kernel().await? } else { Kernel::IDLE };
        if computes && modes.iter().any(|mode| !mode.one_core()) {
            stage.probe_cores().await?;
        }
        let job =
            Arc::new(Job { tasks, kernel, cancel: stage.cancel.clone(), quantum_us: u64::from(args.quantum) * 1000 });
        let mut runs = Vec::new();
        let expected: Vec<f64> = modes.iter().map(|mode| compare::ideal_us(args, *mode, stage.host.cores)).collect();
        let all_us: f64 = expected.iter().sum();
        for (done, &mode) in modes.iter().enumerate() {
            let done_us = expected[..done].iter().fold(0.0, |sum, us| sum + us);
            stage.step_before(mode.short(), done_us / all_us.max(1.0), (all_us - done_us) as u64).await?;
            runs.push(run_mode(mode, args.pool, &job, stage).await?);
            compare::with_speedups(&mut runs);
            if let Some(run) = runs.last() {
                stage.end_run(compare::timeline_run(run));
            }
        }
        stage.measured(runs, ()).await
    }

    async fn child(message: &[u8], child: &Child<'_>) {
        processes::child(message, child).await;
    }
}

/// Whether `mode` can run here: without shared memory, threads cannot.
fn available(mode: Mode, stage: &Stage) -> bool {
    stage.shared_memory() || !mode.needs_shared_memory()
}

/// What every mode needs to know.
#[derive(Debug)]
struct Job {
    tasks: Vec<Task>,
    kernel: Kernel,
    cancel: Arc<Cancel>,
    quantum_us: u64,
}

/// What a mode's run comes to.
#[derive(Debug)]
struct RawRun {
    lanes: Vec<Lane>,
    wall_us: u64,
    /// The tasks' results, in task order.
    results: Vec<u64>,
    switches: Switches,
    spans: Vec<Span>,
}

impl RawRun {
    /// The run ends now.
    fn end(live: &LiveRun, clock: RunClock, results: Vec<u64>, switches: Switches) -> RawRun {
        let wall_us = clock.now();
        RawRun { lanes: live.recorder.lanes().to_vec(), wall_us, results, switches, spans: live.recorder.spans() }
    }
}

async fn run_mode(mode: Mode, workers: u32, job: &Arc<Job>, stage: &Stage) -> Result<Run, Error> {
    let begin = || {
        let (lanes, tracks) = lanes(mode, job.tasks.len() as u32, workers);
        stage.begin_run(mode.slug(), lanes, tracks)
    };
    let outcome = match mode {
        Mode::Sequential => sequential::run(job, begin).await,
        Mode::EventLoop => event_loop::run(job, begin).await,
        Mode::OneCore => one_core::run(job, begin).await,
        Mode::Threads => threads::run(job, begin).await,
        Mode::Pool => pool::run(job, workers, begin).await,
        Mode::Processes => processes::run(job, begin).await,
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
        subjects: Vec::new(),
        output: Vec::new(),
    })
}

/// Runs a mode that blocks on a thread where it may. `standby` further threads stand by before `begin`: what
/// a mode creates after that is its own to pay for.
async fn on_thread(
    job: &Arc<Job>,
    standby: u32,
    begin: impl FnOnce() -> Begun,
    run: impl FnOnce(&Arc<Job>, &LiveRun, Vec<Writer>) -> Result<RawRun, Error> + Send + 'static,
) -> Result<RawRun, Error> {
    prestart(standby + 1).await?;
    let job = job.clone();
    let (live, writers) = begin();
    unblock(move || run(&job, &live, writers)).await?
}

/// The lanes of a mode, and the lane of each task's track.
fn lanes(mode: Mode, tasks: u32, workers: u32) -> (Vec<Lane>, impl Iterator<Item = u32>) {
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
    (lanes, (0..tasks).map(move |task| if one_each { task } else { 0 }))
}

/// The tasks' logs, from their writers.
fn logs(clock: RunClock, writers: Vec<Writer>) -> impl Iterator<Item = Log> {
    writers.into_iter().zip(0..).map(move |(writer, task)| Log { task, clock, writer })
}
