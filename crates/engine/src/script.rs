//! What labs share that run the reader's own Python script: one run of it, what it printed, and what its threads did.

mod recorded;
mod spoken;

pub(crate) use recorded::{lanes, recorded, since_start_us};
pub(crate) use spoken::{Spoken, Voice};

use crate::stage::Stage;
use interleave_labs::script::{Gil, MOST_THREADS, SCRIPT};
use interleave_labs::{Mark, Values};
use interleave_python::{Exit, Options, Problem, run};
use interleave_threads::{Error, prestart, reuse, unblock};

/// Bytes of stack for each of its threads in a browser.
pub(crate) const STACK_BYTES: u32 = 1 << 20;
/// What the script is called in its tracebacks.
const NAME: &str = "script.py";
/// Workers that stand by when a script begins, so that in a browser, too, its first threads begin at once. One is for its main thread, and
/// one waits for that.
pub(crate) const STANDBY: u32 = 10;
/// Workers that stand by again once their thread has ended: when the next run begins, some threads of the last one may not be quite over.
const KEPT: u32 = 2 * STANDBY;

/// How a script is run.
#[derive(Clone, Copy, Debug)]
pub(crate) struct How {
    /// With the global interpreter lock, or without.
    pub(crate) gil: Gil,
    /// The lock's switch interval, in microseconds.
    pub(crate) interval_us: u64,
    /// How many times as fast as time the script's clock runs.
    pub(crate) clock_speed: f64,
    /// The lab that runs it, so that its processes are this lab's.
    pub(crate) lab: &'static str,
}

/// Refuses a script that cannot run.
pub(crate) async fn check(script: &str) -> Result<(), Error> {
    // From the first on: this is done by one of those that stand by.
    reuse(KEPT);
    let script = script.to_owned();
    unblock(move || interleave_python::check(&script, NAME)).await?.map_or(Ok(()), |problem| {
        let Problem { line, column, message, .. } = problem;
        Err(Error::Refused(format!("The script cannot run. Line {line}, column {column}: {message}.")))
    })
}

/// What is wrong with the script, where it is.
pub(crate) fn marks(values: &Values) -> Vec<Mark> {
    let mark = |problem: Problem| Mark {
        control: SCRIPT.to_owned(),
        line: problem.line,
        column: problem.column,
        text: problem.message,
    };
    interleave_python::check(values.text(SCRIPT), NAME).map(mark).into_iter().collect()
}

/// Runs a script once. What it prints is told to `voice`.
pub(crate) async fn run_once(script: &str, how: How, voice: Voice, stage: &Stage) -> Result<Exit, Error> {
    prestart(STANDBY).await?;
    let options = Options {
        gil: how.gil == Gil::On,
        interval_us: how.interval_us,
        clock_speed: how.clock_speed,
        most_threads: MOST_THREADS,
        script_name: NAME.to_owned(),
        greeting: Some(how.lab.to_owned()),
        cancel: stage.cancel.clone(),
        ..Options::default()
    };
    let script = script.to_owned();
    let exit = unblock(move || run(&script, &options, voice)).await?;
    stage.cancel.check()?;
    Ok(exit)
}
