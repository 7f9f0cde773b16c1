//! How a lab is measured, and the list of labs in this WebAssembly module.

use crate::PART;
use crate::stage::Stage;
use interleave_labs::lab::{Lab, Measured, Pressed, Report, report};
use interleave_labs::message::Part;
use interleave_labs::{Guess, Mark, Values};
use interleave_threads::{Cancel, Error};
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

/// How a lab is measured.
pub trait Measure: Lab {
    /// Bytes of stack for each thread in a browser, where nothing keeps a thread from writing beyond its stack.
    const STACK_BYTES: u32 = interleave_threads::STACK_BYTES;
    /// Workers that stand by in a browser before Run is pressed, so that what is asked for begins at once.
    const STANDBY: u32 = 0;

    /// Measures what `args` ask for.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is stopped; otherwise why it could not be measured.
    async fn measure(args: &Self::Args, stage: &Stage) -> Result<Measured<Self::Data>, Error>;

    /// What is wrong with the texts that a reader writes, in the order of their lines; nothing if it cannot tell. Asked while the reader
    /// types, so it takes a few milliseconds at most, and runs nothing.
    #[must_use]
    fn check(values: &Values) -> Vec<Mark> {
        let _ = values;
        Vec::new()
    }

    /// Answers a parent's message, in a process that the lab started ([`Processes`](crate::processes::Processes)).
    async fn child(message: &[u8], child: &Child<'_>) {
        let _ = (message, child);
    }
}

/// A process that a lab started, seen from inside.
pub struct Child<'a> {
    /// Tells when to stop.
    pub cancel: Arc<Cancel>,
    /// Sends a message to the parent.
    pub send: &'a dyn Fn(&[u8]),
}

/// How a process sleeps, and learns of a stop.
#[cfg(target_arch = "wasm32")]
pub type ChildPause = interleave_threads::Cooperative;
/// How a process sleeps, and learns of a stop.
#[cfg(not(target_arch = "wasm32"))]
pub type ChildPause = interleave_threads::Blocking;

impl Child<'_> {
    /// How this process sleeps, and learns of a stop.
    #[must_use]
    pub fn pause(&self) -> ChildPause {
        #[cfg(target_arch = "wasm32")]
        return ChildPause::new(self.cancel.clone());
        #[cfg(not(target_arch = "wasm32"))]
        interleave_threads::Blocking(self.cancel.clone())
    }
}

/// A boxed future.
type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Measures what a lab's values ask for.
type Run = for<'a> fn(&'a Values, Option<Guess>, &'a Stage) -> Later<'a, Result<Report, Error>>;

/// A lab behind a common interface, whichever it is.
#[derive(Clone, Copy)]
pub struct Entry {
    /// Its name in the URL and on the command line.
    pub slug: &'static str,
    /// Bytes of stack for each of its threads in a browser.
    pub stack_bytes: u32,
    /// Workers that stand by in a browser before Run is pressed.
    pub standby: u32,
    run: Run,
    press: fn(&Values, &str) -> Option<Pressed>,
    check: fn(&Values) -> Vec<Mark>,
    child: for<'a> fn(&'a [u8], &'a Child<'a>) -> Later<'a, ()>,
}

impl Entry {
    /// The lab `L`.
    #[must_use]
    pub const fn of<L: Measure>() -> Entry {
        Entry {
            slug: L::SLUG,
            stack_bytes: L::STACK_BYTES,
            standby: L::STANDBY,
            run: match PART {
                Part::Whole => |values, guess, stage| Box::pin(run::<L>(values, guess, stage)),
                Part::Board => |_, _, _| Box::pin(ready(Err(no_run()))),
            },
            press: L::press,
            check: L::check,
            child: match PART {
                Part::Whole => |message, child| Box::pin(L::child(message, child)),
                Part::Board => |_, _| Box::pin(ready(())),
            },
        }
    }

    /// Measures what its controls' values ask for.
    ///
    /// # Errors
    /// [`Error::Stopped`] if the run is stopped; otherwise why it could not be measured.
    pub async fn run(&self, values: &Values, guess: Option<Guess>, stage: &Stage) -> Result<Report, Error> {
        (self.run)(values, guess, stage).await
    }

    /// What a press on its board leads to; nothing if it has none.
    #[must_use]
    pub fn press(&self, values: &Values, press: &str) -> Option<Pressed> {
        (self.press)(values, press)
    }

    /// What is wrong with the texts that a reader writes.
    #[must_use]
    pub fn check(&self, values: &Values) -> Vec<Mark> {
        (self.check)(values)
    }

    /// Answers a message of a process's parent.
    pub async fn child(&self, message: &[u8], child: &Child<'_>) {
        (self.child)(message, child).await;
    }
}

/// Why a module with nothing but a board runs nothing.
pub(crate) fn no_run() -> Error {
    Error::Start("the part of the lab that runs".to_owned())
}

async fn run<L: Measure>(values: &Values, guess: Option<Guess>, stage: &Stage) -> Result<Report, Error> {
    let measured = L::measure(&L::args(values), stage).await?;
    Ok(report::<L>(values, stage.host.clone(), &measured, guess.as_ref()))
}
