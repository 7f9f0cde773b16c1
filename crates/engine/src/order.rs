//! `order`: one script, run again and again; in which order its threads end.

use crate::lab::{Child, Measure};
use crate::script::{self, How, Voice, lanes, recorded, since_start_us};
use crate::stage::Stage;
use interleave_labs::lab::{Lab, Measured};
use interleave_labs::order::{Args, Data, LONGEST_NAME, MOST_ORDERED, Order, Repeat, strips, timeline_run};
use interleave_labs::{Mark, Values};
use interleave_python::{Exit, Lane};
use interleave_threads::{Error, now_us};

/// How often the orders are shown that came so far, in microseconds: drawing them takes some milliseconds, between runs.
const SHOW_US: u64 = 300_000;
/// The lock's switch interval, in microseconds: CPython's.
const INTERVAL_US: u64 = 5_000;

impl Measure for Order {
    const STACK_BYTES: u32 = script::STACK_BYTES;
    const STANDBY: u32 = script::STANDBY;

    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        stage.step("Reading the script", 0.0).await?;
        script::check(&args.script).await?;
        stage.probe_cores().await?;
        stage.step("Running it", 0.0).await?;
        let how = How {
            gil: args.gil,
            interval_us: INTERVAL_US,
            clock_speed: 1000.0 / f64::from(args.second),
            lab: Order::SLUG,
        };
        let (mut runs, mut data, mut shown_us) = (Vec::new(), Data::default(), now_us());
        for place in 0..args.times {
            let voice = Voice::default();
            let exit = script::run_once(&args.script, how, voice.clone(), stage).await?;
            add(&mut data, &exit);
            if let Some(drawn) = args.drawn.iter().find(|drawn| args.place(**drawn) == place) {
                let (run, _) = recorded(drawn.slug(), &exit, &voice.spoken());
                stage.end_run(timeline_run(&run));
                runs.push(run);
            }
            if now_us() - shown_us > SHOW_US {
                shown_us = now_us();
                stage.advance("Running it", f64::from(place + 1) / f64::from(args.times));
                let (at, figure) = strips(&data);
                stage.show(at, figure);
            }
        }
        stage.measured(runs, data).await
    }

    fn check(values: &Values) -> Vec<Mark> {
        script::marks(values)
    }

    async fn child(message: &[u8], _: &Child<'_>) {
        interleave_python::process::hear(message);
    }
}

/// Adds how a run went.
fn add(data: &mut Data, exit: &Exit) {
    let lanes = lanes(exit);
    // The first one is the main thread.
    let started = &lanes[1.min(lanes.len())..];
    let ordered = &started[..started.len().min(MOST_ORDERED)];
    let by_itself = |id: &&u32| ordered.iter().any(|lane| lane.thread == **id && !lane.cut);
    let ended: Vec<u32> = exit.ended.iter().filter(by_itself).map(|id| id - 1).collect();
    let end_us = |place: Option<&u32>| ordered.get(*place? as usize).filter(|lane| lane.lost == 0)?.spans.last();
    let ends = end_us(ended.first()).zip(end_us(ended.last()));
    let repeat = Repeat {
        wall_us: since_start_us(exit, exit.end_us),
        started: exit.lanes.len().saturating_sub(1) as u32,
        names: 0,
        apart_us: ends.map(|(first, last)| last.end_us.saturating_sub(first.end_us)),
        ended,
        exit_code: exit.code.unsigned_abs(),
        deadlock: exit.deadlock.is_some(),
    };
    data.add(ordered.iter().map(name).collect(), repeat);
}

fn name(lane: &Lane) -> String {
    lane.name.chars().take(LONGEST_NAME).collect()
}
