//! `python`: the reader's script, with a global interpreter lock and without.

use crate::lab::{Child, Measure};
use crate::script::{self, How, Spoken, Voice, lanes, recorded};
use crate::stage::Stage;
use interleave_labs::lab::{Lab, Measured};
use interleave_labs::python::{Args, Data, Printed, Python, Repeat, Trial, console, timeline_run};
use interleave_labs::result::Run;
use interleave_labs::script::Gil;
use interleave_labs::{Mark, Values};
use interleave_python::{Exit, Lane, Stream};
use interleave_threads::Error;
use std::future::Future;
#[cfg(target_arch = "wasm32")]
use {interleave_labs::python::console_of, std::future::poll_fn, std::pin::pin, std::task::Poll};

/// When it is first looked whether a script has printed something, in milliseconds. Each time it is waited for twice as long as the time
/// before, up to [`SHOW_MS`]: the first line is soon seen, and who looks takes little time from who runs.
#[cfg(target_arch = "wasm32")]
const FIRST_LOOK_MS: f64 = 10.0;
/// How often what a script prints is shown while it goes on, in milliseconds.
#[cfg(target_arch = "wasm32")]
const SHOW_MS: f64 = 200.0;
/// Different lines that are counted over repeats.
const MOST_DISTINCT: usize = 200;

impl Measure for Python {
    const STACK_BYTES: u32 = script::STACK_BYTES;
    const STANDBY: u32 = script::STANDBY;

    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        // The reader waits for the first line: the machine is probed later.
        stage.announce("Reading the script", 0.0)?;
        script::check(&args.script).await?;
        let (mut runs, mut data) = (Vec::new(), Data::default());
        for (done, &gil) in (0_u32..).zip(&args.gil) {
            let (mut repeats, mut printed) = (Vec::new(), Vec::new());
            for repeat in 0..args.times {
                let share = f64::from(done * args.times + repeat) / f64::from(args.gil.len() as u32 * args.times);
                let label = gil.short();
                if repeat == 0 && done == 0 {
                    stage.announce(label, share)?
                } else if repeat == 0 {
                    stage.step(label, share).await?
                } else {
                    stage.advance(label, share)
                }
                let (exit, spoken) = run_once(args, gil, stage).await?;
                let wall_us = exit.end_us.saturating_sub(exit.start_us);
                repeats.push(Repeat { wall_us, hand_overs: exit.gil.hand_overs });
                count(&mut printed, &spoken);
                if repeat + 1 == args.times {
                    let (run, trial) = told(gil, &exit, &spoken);
                    runs.push(run);
                    data.trials.push(trial);
                }
            }
            if let (Some(run), Some(trial)) = (runs.last(), data.trials.last_mut()) {
                (trial.repeats, trial.printed) = (repeats, printed);
                stage.end_run(timeline_run(run, trial));
                let (place, figure) = console(run, trial);
                stage.show(place, figure);
            }
        }
        stage.step("Probing the machine", 1.0).await?;
        stage.probe_cores().await?;
        stage.measured(runs, data).await
    }

    fn check(values: &Values) -> Vec<Mark> {
        script::marks(values)
    }

    async fn child(message: &[u8], _: &Child<'_>) {
        interleave_python::process::hear(message);
    }
}

/// Runs the script once.
async fn run_once(args: &Args, gil: Gil, stage: &Stage) -> Result<(Exit, Spoken), Error> {
    let how = How { gil, interval_us: u64::from(args.interval) * 1000, clock_speed: 1.0, lab: Python::SLUG };
    let heard = Voice::default();
    let exit = followed(script::run_once(&args.script, how, heard.clone(), stage), &heard, gil, stage).await?;
    Ok((exit, heard.spoken()))
}

/// Shows what is printed, a few times a second, until the script has run. Natively it runs on this thread, and nobody looks.
async fn followed<T>(running: impl Future<Output = T>, heard: &Voice, gil: Gil, stage: &Stage) -> T {
    #[cfg(target_arch = "wasm32")]
    {
        let (mut running, mut seen, mut wait_ms) = (pin!(running), 0, FIRST_LOOK_MS);
        loop {
            let mut tick = pin!(interleave_threads::web::timer(wait_ms));
            wait_ms = (wait_ms * 2.0).min(SHOW_MS);
            let next = poll_fn(|context| match running.as_mut().poll(context) {
                Poll::Ready(ended) => Poll::Ready(Some(ended)),
                Poll::Pending => tick.as_mut().poll(context).map(|()| None),
            });
            if let Some(ended) = next.await {
                return ended;
            }
            if let Some(lines) = heard.so_far(seen) {
                seen = lines.len();
                let (place, figure) = console_of(gil, lines);
                stage.show(place, figure);
            }
        }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let _ = (heard, gil, stage);
        running.await
    }
}

/// Counts in how many repeats each line came.
fn count(printed: &mut Vec<Printed>, spoken: &Spoken) {
    for text in spoken.distinct(MOST_DISTINCT) {
        if let Some(line) = printed.iter_mut().find(|line| line.text == text) {
            line.repeats += 1;
        } else if printed.len() < MOST_DISTINCT {
            printed.push(Printed { text, repeats: 1 });
        }
    }
}

/// The run that the timeline shows, and what belongs to it, without its repeats.
fn told(gil: Gil, exit: &Exit, spoken: &Spoken) -> (Run, Trial) {
    let (run, spans_lost) = recorded(gil.slug(), exit, spoken);
    let lanes = lanes(exit);
    let main_cut = lanes.first().is_none_or(|main| main.cut);
    let of = |which: fn(&Lane) -> bool| lanes.iter().filter(|lane| which(lane)).map(|lane| lane.thread).collect();
    let errors =
        (0..).zip(&spoken.lines).filter(|(_, line)| line.stream == Stream::Err).map(|(place, _)| place).collect();
    let trial = Trial {
        gil,
        exit_code: exit.code.unsigned_abs(),
        deadlock: waits(exit.deadlock.as_deref()),
        last_line_us: (!main_cut).then(|| script::since_start_us(exit, exit.last_line_us)),
        threads: exit.lanes.len() as u32,
        most_at_once: most_at_once(&exit.lanes),
        daemons: of(|lane| lane.daemon),
        cut: of(|lane| lane.cut),
        errors,
        lines_lost: spoken.lost,
        spans_lost,
        requests: exit.gil.requests,
        found_taken: exit.gil.found_taken,
        repeats: Vec::new(),
        printed: Vec::new(),
    };
    (run, trial)
}

/// Who waited for what: the lines below the heading.
fn waits(deadlock: Option<&str>) -> Vec<String> {
    deadlock.map_or_else(Vec::new, |text| text.lines().skip(1).map(|line| line.trim().to_owned()).collect())
}

/// How many threads there were at the same time, at most.
fn most_at_once(lanes: &[Lane]) -> u32 {
    let ends = |lane: &Lane| Some((lane.spans.first()?.start_us, lane.spans.last()?.end_us));
    let mut edges: Vec<(u64, i32)> =
        lanes.iter().filter_map(ends).flat_map(|(start_us, end_us)| [(start_us, 1), (end_us, -1)]).collect();
    edges.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, step) in edges {
        now += step;
        most = most.max(now);
    }
    most.unsigned_abs()
}
