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
const RUN_EVENTS: u32 = 60_000;
/// Events of a stretch of that run.
const STRETCH: u32 = 500;
/// Microseconds of computing for each event of that run: a hundredth of the shortest quantum.
const WORK_US: f64 = 10.0;

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

/// By how many per cent a run is longer for being recorded, and for the clock alone.
pub async fn run(scale: Scale) -> Result<Vec<Series>, Error> {
    let stretches = scale.of((RUN_EVENTS / STRETCH) as usize);
    unblock(move || longer_run(RunClock::start(), stretches)).await
}

fn event_ns(mut event: impl FnMut(&mut Writer, u32)) -> f64 {
    let (recorder, mut writers) = Recorder::new(Vec::new(), [0]);
    let us = timed_us(|| (0..EVENTS).for_each(|task| event(&mut writers[0], task)));
    black_box(recorder);
    us * 1000.0 / f64::from(EVENTS)
}

/// What a stretch of a run does beside computing.
#[derive(Clone, Copy)]
enum Beside {
    /// Nothing.
    Nothing,
    /// Reads the clock for each event.
    Clock,
    /// Reads the clock and records the event.
    Recording,
}

/// The same computing in short stretches, by turns with nothing beside it, with the clock read for each event, and with the events
/// recorded, so that all have the core in the same mood. Per cent by which the latter two are longer than the first of the same turn.
fn longer_run(clock: RunClock, stretches: usize) -> Vec<Series> {
    let (recorder, mut writers) = Recorder::new(Vec::new(), [0]);
    let iterations = iterations();
    let mut state = 1;
    let mut stretch = |beside: Beside| {
        timed_us(|| {
            for task in 0..STRETCH {
                state = burn(black_box(state), iterations);
                match beside {
                    Beside::Nothing => {}
                    Beside::Clock => _ = black_box(clock.now()),
                    Beside::Recording => writers[0].enter(task, State::Run, clock.now()),
                }
            }
        })
    };
    let mut order = [Beside::Nothing, Beside::Clock, Beside::Recording];
    let mut series = [Series::new("clock alone", Vec::new()), Series::new("recorded run", Vec::new())];
    // The first turn, before a browser has compiled the code for speed, does not count.
    for turn in 0..=stretches {
        let mut us = [0.0; 3];
        for beside in order {
            us[beside as usize] = stretch(beside);
        }
        // Nobody is always the one after the same.
        order.rotate_left(1);
        for (series, us_) in series.iter_mut().zip(&us[1..]) {
            if turn > 0 {
                series.samples.push((us_ / us[0] - 1.0) * 100.0);
            }
        }
    }
    black_box((recorder, state));
    series.into()
}

/// The kernel's iterations that take [`WORK_US`].
fn iterations() -> u64 {
    const TRIAL: u64 = 4_000_000;
    let mut state = burn(black_box(1), TRIAL);
    let us = timed_us(|| state = burn(black_box(state), TRIAL));
    black_box(state);
    (TRIAL as f64 * WORK_US / us.max(1.0)) as u64
}
