//! What recording costs the run that it records.

use crate::{Scale, Series, timed_us};
use interleave_engine::{RunClock, kernel::burn};
use interleave_threads::{Error, unblock};
use interleave_trace::{Recorder, State, Writer};
use std::hint::black_box;

/// Events of one sample of the cost of an event.
const EVENTS: u32 = 20_000;
/// Samples that are thrown away: until a browser has compiled the code for speed.
const WARM_UP: usize = 10;
/// Events of the run that is compared with the same run without them.
const RUN_EVENTS: u32 = 1_000_000;
/// Events between two looks at the clock in that run.
const STRETCH: u32 = 1_000;
/// Microseconds of computing for each event of that run.
const WORK_US: f64 = 5.0;

/// Nanoseconds for an event: the clock and the append; the append alone.
pub async fn event(scale: Scale) -> Result<Vec<Series>, Error> {
    unblock(move || {
        let clock = RunClock::start();
        let mut with_clock = Vec::new();
        let mut append = Vec::new();
        for repeat in 0..WARM_UP + scale.of(20) {
            let event = event_ns(|writer, task| writer.enter(task, State::Run, clock.now()));
            let at_us = clock.now();
            let appended = event_ns(|writer, task| writer.enter(task, State::Run, at_us + u64::from(task)));
            if repeat >= WARM_UP {
                with_clock.push(event);
                append.push(appended);
            }
        }
        vec![Series::new("event", with_clock), Series::new("event without the clock", append)]
    })
    .await
}

/// By how many per cent a run is longer for its recording.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    let events = if scale == Scale::Full { RUN_EVENTS } else { RUN_EVENTS / 10 };
    unblock(move || vec![Series::new("recorded run", longer_run(RunClock::start(), events))]).await
}

fn event_ns(mut event: impl FnMut(&mut Writer, u32)) -> f64 {
    let (recorder, mut writers) = Recorder::new(Vec::new(), [0]);
    let us = timed_us(|| (0..EVENTS).for_each(|task| event(&mut writers[0], task)));
    black_box(recorder);
    us * 1000.0 / f64::from(EVENTS)
}

/// The same computing in short stretches, by turns with and without an event after each bit of it, so that both have
/// the core in the same mood. Each event looks at the clock in both, as a run does. Per cent, for each pair of stretches.
fn longer_run(clock: RunClock, events: u32) -> Vec<f64> {
    let (recorder, mut writers) = Recorder::new(Vec::new(), [0]);
    let iterations = iterations();
    let mut state = 1;
    let mut stretch = |mut writer: Option<&mut Writer>| {
        timed_us(|| {
            for task in 0..STRETCH {
                state = burn(black_box(state), iterations);
                let at_us = black_box(clock.now());
                if let Some(writer) = &mut writer {
                    writer.enter(task, State::Run, at_us);
                }
            }
        })
    };
    let pairs = (0..events / STRETCH).map(|_| {
        let without = stretch(None);
        let with = stretch(Some(&mut writers[0]));
        (with / without - 1.0) * 100.0
    });
    let samples = pairs.collect();
    black_box((recorder, state));
    samples
}

/// The kernel's iterations that take [`WORK_US`].
fn iterations() -> u64 {
    const TRIAL: u64 = 4_000_000;
    let mut state = burn(black_box(1), TRIAL);
    let us = timed_us(|| state = burn(black_box(state), TRIAL));
    black_box(state);
    (TRIAL as f64 * WORK_US / us.max(1.0)) as u64
}
