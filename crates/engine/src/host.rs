//! The engine in a browser: the host's messages with the page, and a process's with the host.
//!
//! A host's life, in words of [`interleave_labs::message`]:
//!
//! ```text
//! page                                host                              its workers
//! loads it, waits 30 s ──────────────▶ Up
//! Press, Check ──────────────────────▶ Pressed, Checked
//! Run ───────────────────────────────▶ starts workers ─────────────────▶ up within 10 s, or the run fails
//!                                      Step, Live … Report or Failed
//! sets the cancel word, Stop ────────▶ starts no more, wakes sleepers ──▶ end within a slice
//! is ready after 50 ms at the latest   once nobody is at work: Stopped
//! loads the next after its last word    half a second later: dismisses them ─▶ end themselves
//! terminates it 3 s after its last word, or 2 s after Stop without one, or at once where the page is left
//! ```

use crate::PART;
use crate::lab::no_run;
use crate::processes::Served;
use crate::stage::{LiveRun, Stage, Watcher};
use interleave_labs::message::{Code, FromEngine, Live, Part, ToEngine, Unreadable, from_bytes, to_bytes};
use interleave_labs::result::{self, Memory};
use interleave_labs::{Guess, Values};
use interleave_threads::{Cancel, Error, prestart, web};
use interleave_trace::Cursor;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::wasm_bindgen;

/// How often a run's progress is told, in milliseconds: seldom enough that neither this worker nor the page's
/// drawing takes a noticeable part of a core from what is measured.
const PROGRESS_MS: f64 = 200.0;

/// How long after its last word a host dismisses its threads, in milliseconds: the page's next engine comes up first.
const LAST_MS: f64 = 500.0;

thread_local! {
    static ENGINE: Rc<Engine> = Rc::default();
    static PROCESS: Rc<Served> = Rc::default();
}

/// The host: called with nothing once it is loaded, then with each message from the page.
#[wasm_bindgen]
pub fn interleave_host(message: &[u8]) {
    let host = ENGINE.with(Rc::clone);
    if message.is_empty() {
        web::init_host(&host.cancel, stack_bytes());
        post(&FromEngine::Up { host: host.place().clone(), part: PART });
        let standby = crate::LABS.iter().map(|lab| lab.standby).max().unwrap_or_default();
        if standby > 0 && host.place().memory == Memory::Shared {
            web::spawn_local(async move {
                let _ = prestart(standby).await;
            });
        }
        return;
    }
    match from_bytes(message) {
        Ok(ToEngine::Run { .. }) if PART == Part::Board => {
            post(&FromEngine::Failed { code: Code::Engine, message: no_run().to_string() });
        }
        Ok(ToEngine::Run { lab, values, guess }) => web::spawn_local(host.run(lab, values, guess)),
        Ok(ToEngine::Press { lab, values, press }) => {
            let pressed = crate::lab_called(&lab).and_then(|lab| lab.press(&values, &press));
            pressed.into_iter().for_each(|pressed| post(&FromEngine::Pressed(Box::new(pressed.rendered()))));
        }
        Ok(ToEngine::Check { lab, values }) => {
            let marks = crate::lab_called(&lab).map_or_else(Vec::new, |lab| lab.check(&values));
            post(&FromEngine::Checked(marks));
        }
        Ok(ToEngine::Stop) => host.cancel.stop(),
        Err(Unreadable::OtherBuild) => web::post(&[]),
        Err(error) => post(&FromEngine::Failed { code: Code::Engine, message: error.to_string() }),
    }
}

/// A process: called with nothing once it is loaded, then with each message from the host.
#[wasm_bindgen]
pub fn interleave_process(message: &[u8]) {
    let process = PROCESS.with(Rc::clone);
    if message.is_empty() {
        web::init_process(stack_bytes());
        web::post(&[]);
    } else {
        let message = message.to_owned();
        web::spawn_local(async move { process.hear(&message, &web::post).await });
    }
}

/// How much stack threads need, whichever lab of this module they are for.
fn stack_bytes() -> u32 {
    crate::LABS.iter().map(|lab| lab.stack_bytes).max().unwrap_or_default()
}

/// One run's state: an engine runs once.
#[derive(Default)]
struct Engine {
    cancel: Arc<Cancel>,
    place: std::cell::OnceCell<result::Host>,
    live: Following,
    ended: Cell<bool>,
}

/// The run that is measured now; none while one is prepared.
type Following = Rc<RefCell<Option<(Arc<LiveRun>, Cursor)>>>;

impl Engine {
    fn place(&self) -> &result::Host {
        self.place.get_or_init(crate::host)
    }

    async fn run(self: Rc<Engine>, lab: String, values: Values, guess: Option<Guess>) {
        web::spawn_local(self.clone().tell_progress());
        let Some(lab) = crate::lab_called(&lab) else {
            return self.end(&FromEngine::Failed { code: Code::Engine, message: "There is no such lab.".to_owned() });
        };
        let watcher = Box::new(Page { live: self.live.clone() });
        let stage = Stage::new(self.cancel.clone(), self.place().clone(), watcher);
        let ended = lab.run(&values, guess, &stage).await;
        self.live.take();
        match ended {
            Ok(report) => self.end(&FromEngine::Report(Box::new(report.rendered()))),
            Err(Error::Stopped) => {
                web::quiesce().await;
                self.end(&FromEngine::Stopped);
            }
            Err(error) => {
                let code = match error {
                    Error::Start(_) => Code::Load,
                    Error::Memory(_) => Code::Memory,
                    Error::Refused(_) => Code::Script,
                    Error::Panicked(_) | Error::Stopped => Code::Panic,
                };
                self.end(&FromEngine::Failed { code, message: error.to_string() });
            }
        }
    }

    async fn tell_progress(self: Rc<Engine>) {
        while !self.ended.get() {
            web::timer(PROGRESS_MS).await;
            if let Some(message) = web::panicked() {
                return self.end(&FromEngine::Failed { code: Code::Panic, message });
            }
            if let Some((live, cursor)) = &mut *self.live.borrow_mut()
                && let Some(now_us) = live.now_us()
            {
                let (ended, open) = (live.recorder.take_new(cursor), live.recorder.open(now_us));
                post(&FromEngine::Live(Live::Spans { now_us, ended, open }));
            }
        }
    }

    /// Says the run's last word, once.
    fn end(&self, word: &FromEngine) {
        if !self.ended.replace(true) {
            post(word);
            web::spawn_local(async {
                web::timer(LAST_MS).await;
                web::dismiss();
            });
        }
    }
}

/// The page, as a measurement's watcher.
struct Page {
    live: Following,
}

impl Watcher for Page {
    fn say(&self, word: FromEngine) {
        post(&word);
    }

    fn follow(&self, run: Option<Arc<LiveRun>>) {
        self.live.replace(run.map(|run| (run, Cursor::default())));
    }
}

fn post(word: &FromEngine) {
    web::post(&to_bytes(word));
}
