//! Slow motion: a separate run of each remedy, in which an addition is long enough for the clock to show who added and
//! who waited when.

use super::Who;
use super::adding::{Memory, Observer, Part, add};
use super::processes::{self, Crew, Task};
use super::team::Team;
use crate::clock::RunClock;
use crate::kernel::burn;
use crate::stage::{LiveRun, Stage};
use interleave_labs::race::{Remedy, SLOW_ADDS, timeline_run};
use interleave_labs::result::Run;
use interleave_threads::{Error, unblock};
use interleave_trace::{Lane, LaneKind, State, Writer};
use std::sync::{Arc, Mutex, PoisonError};

/// The least length of an addition, in microseconds, so that waking a thread takes a small part of it.
const LEAST_US: f64 = 100.0;
/// An addition takes this many steps of the clock,
const STEPS: f64 = 10.0;
/// but no longer than this, in microseconds, so that 16 threads at one lock finish soon.
const MOST_US: f64 = 500.0;

/// The work in an addition in slow motion, in microseconds alone on one core.
pub(super) fn addition_us(timer_us: f64) -> u32 {
    (timer_us * STEPS).clamp(LEAST_US, MOST_US) as u32
}

/// Runs `remedy` in slow motion, with this many iterations of the kernel in an addition; returns what was counted, and
/// the run.
///
/// # Errors
/// [`Error::Stopped`] if the run is stopped; otherwise why it could not be measured.
pub(super) async fn run(
    remedy: Remedy,
    threads: u32,
    window: u64,
    who: Who<'_>,
    stage: &Stage,
) -> Result<(u32, Run), Error> {
    let (kind, name) = match who {
        Who::Threads(_) => (LaneKind::Thread, "thread"),
        Who::Processes(_) => (LaneKind::Process, "process"),
    };
    let lanes = (0..threads).map(|id| Lane { id, name: format!("{name} {}", id + 1), kind }).collect();
    let (live, writers) = stage.begin_run(remedy.slug(), lanes, 0..threads);
    let (counted, wall_us) = match who {
        Who::Threads(team) => in_threads(remedy, window, threads, team, &live, writers, stage).await?,
        Who::Processes(crew) => in_processes(window, crew, &live, writers, stage).await?,
    };
    let spans = live.recorder.spans();
    // Another thread's clock may be a step ahead of this one's.
    let wall_us = spans.iter().map(|span| span.end_us).fold(wall_us, u64::max);
    let run = Run {
        mode: remedy.slug().to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: counted.to_string(),
        context_switches: 0,
        switch_us: 0,
        lanes: live.recorder.lanes().to_vec(),
        spans,
        subjects: Vec::new(),
        output: Vec::new(),
    };
    stage.end_run(timeline_run(&run, counted));
    Ok((counted, run))
}

async fn in_threads(
    remedy: Remedy,
    window: u64,
    threads: u32,
    team: &Team,
    live: &Arc<LiveRun>,
    writers: Vec<Writer>,
    stage: &Stage,
) -> Result<(u32, u64), Error> {
    let (table, live, cancel) = (team.table(), live.clone(), stage.cancel.clone());
    unblock(move || {
        let memory = Arc::new(Memory::default());
        let writers: Vec<Mutex<Option<Writer>>> = writers.into_iter().map(|writer| Mutex::new(Some(writer))).collect();
        let (shared, run) = (memory.clone(), live.clone());
        table.run(move |thread| {
            // The first thread to begin starts the clock.
            let clock = run.begin();
            let writer = writers[thread as usize].lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(writer) = writer else { return Ok(()) };
            let part = Part { remedy, thread, threads, adds: SLOW_ADDS, window };
            add(part, &shared, &cancel, &mut Recording { thread, window, clock, writer })
        })?;
        Ok((memory.counted(remedy), live.begin().now()))
    })
    .await?
}

async fn in_processes(
    window: u64,
    crew: &mut Crew,
    live: &LiveRun,
    writers: Vec<Writer>,
    stage: &Stage,
) -> Result<(u32, u64), Error> {
    let clock = live.begin();
    let answers = crew.answers(Task { adds: SLOW_ADDS, window, slow: true }, &stage.cancel).await?;
    let wall_us = clock.now();
    for ((answer, mut writer), process) in answers.iter().zip(writers).zip(0..) {
        processes::record(answer, process, clock, &mut writer);
    }
    Ok((processes::counted(&answers), wall_us))
}

/// Records a thread's additions; after each, the thread computes for as long outside any lock.
struct Recording {
    thread: u32,
    window: u64,
    clock: RunClock,
    writer: Writer,
}

impl Observer for Recording {
    const CHUNK: u32 = 1;

    fn asks(&mut self) {
        self.writer.enter(self.thread, State::Wait, self.clock.now());
    }

    fn begins(&mut self) {
        self.writer.enter(self.thread, State::Run, self.clock.now());
    }

    fn ends(&mut self) {
        self.writer.leave(self.clock.now());
    }

    fn rests(&mut self) {
        std::hint::black_box(burn(1, self.window));
    }
}
