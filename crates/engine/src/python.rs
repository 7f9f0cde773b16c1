//! `python`: the reader's script, with a global interpreter lock and without.

mod recorded;
mod spoken;

use crate::lab::Measure;
use crate::stage::Stage;
use interleave_labs::lab::Measured;
use interleave_labs::python::{Args, Data, Gil, MOST_THREADS, Printed, Python, Repeat, SCRIPT, console, timeline_run};
use interleave_labs::{Mark, Values};
use interleave_python::{Exit, Options, Problem, check, run};
use interleave_threads::{Error, prestart, unblock};
use recorded::recorded;
use spoken::{Spoken, Voice};
use std::future::Future;
#[cfg(target_arch = "wasm32")]
use {interleave_labs::python::console_of, std::future::poll_fn, std::pin::pin, std::task::Poll};

/// How often what a script prints is shown while it runs, in milliseconds.
#[cfg(target_arch = "wasm32")]
const SHOW_MS: f64 = 200.0;
/// What the script is called in its tracebacks.
const NAME: &str = "script.py";
/// Workers that stand by when a script begins, so that in a browser, too, its first threads begin at once.
const STANDBY: u32 = 8;

impl Measure for Python {
    const STACK_BYTES: u32 = 1 << 20;

    async fn measure(args: &Args, stage: &Stage) -> Result<Measured<Data>, Error> {
        stage.step("Reading the script", 0.0).await?;
        let script = args.script.clone();
        if let Some(problem) = unblock(move || check(&script, NAME)).await? {
            return Err(Error::Refused(told(&problem)));
        }
        stage.probe_cores().await?;
        let (mut runs, mut data) = (Vec::new(), Data::default());
        for (done, &gil) in (0_u32..).zip(&args.gil) {
            let (mut repeats, mut printed) = (Vec::new(), Vec::new());
            for repeat in 0..args.times {
                let share = f64::from(done * args.times + repeat) / f64::from(args.gil.len() as u32 * args.times);
                let label = gil.short();
                if repeat == 0 {
                    stage.step(label, share).await?
                } else {
                    stage.advance(label, share)
                }
                let (exit, spoken) = run_once(args, gil, stage).await?;
                let wall_us = exit.end_us.saturating_sub(exit.start_us);
                repeats.push(Repeat { wall_us, hand_overs: exit.gil.hand_overs });
                count(&mut printed, &spoken);
                if repeat + 1 == args.times {
                    let (run, trial) = recorded(gil, &exit, spoken);
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
        stage.measured(runs, data).await
    }

    fn check(values: &Values) -> Vec<Mark> {
        let mark = |problem: Problem| Mark {
            control: SCRIPT.to_owned(),
            line: problem.line,
            column: problem.column,
            text: problem.message,
        };
        check(values.text(SCRIPT), NAME).map(mark).into_iter().collect()
    }
}

/// What is wrong with the script, in a sentence.
fn told(problem: &Problem) -> String {
    format!("The script cannot run. Line {}, column {}: {}.", problem.line, problem.column, problem.message)
}

/// Runs the script once.
async fn run_once(args: &Args, gil: Gil, stage: &Stage) -> Result<(Exit, Spoken), Error> {
    // One for the script's main thread, one that waits for it.
    prestart(STANDBY + 2).await?;
    let options = Options {
        gil: gil == Gil::On,
        interval_us: u64::from(args.interval) * 1000,
        most_threads: MOST_THREADS,
        script_name: NAME.to_owned(),
        cancel: stage.cancel.clone(),
        ..Options::default()
    };
    let (script, voice) = (args.script.clone(), Voice::default());
    let heard = voice.clone();
    let exit = followed(unblock(move || run(&script, &options, voice)), &heard, gil, stage).await?;
    stage.cancel.check()?;
    Ok((exit, heard.spoken()))
}

/// Shows what is printed, a few times a second, until the script has run. Natively it runs on this thread, and nobody looks.
async fn followed<T>(running: impl Future<Output = T>, heard: &Voice, gil: Gil, stage: &Stage) -> T {
    #[cfg(target_arch = "wasm32")]
    {
        let (mut running, mut seen) = (pin!(running), 0);
        loop {
            let mut tick = pin!(interleave_threads::web::timer(SHOW_MS));
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
    for text in spoken.distinct() {
        if let Some(line) = printed.iter_mut().find(|line| line.text == text) {
            line.repeats += 1;
        } else if printed.len() < spoken::MOST_DISTINCT {
            printed.push(Printed { text, repeats: 1 });
        }
    }
}
