//! The engine in a browser: the host's messages with the page, and a process's with the host.

use crate::compare::{self, Live, Observer};
use interleave_labs::compare::{Args, Mode};
use interleave_labs::message::{Code, FromEngine, ToEngine, from_bytes, to_bytes};
use interleave_labs::result::Run;
use interleave_threads::{Cancel, Cooperative, Error, web};
use interleave_trace::Cursor;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::wasm_bindgen;

/// How often a run's progress is told, in milliseconds: seldom enough that neither this worker nor the page's
/// drawing takes a noticeable part of a core from what is measured.
const PROGRESS_MS: f64 = 200.0;
/// How long a stopped run may take to end, in milliseconds, while it still waits for workers to load.
const STOP_MS: f64 = 40.0;

thread_local! {
    static HOST: Rc<Host> = Rc::default();
    static PROCESS: Arc<Cancel> = Arc::default();
}

/// The host: called with nothing once it is loaded, then with each message from the page.
#[wasm_bindgen]
pub fn interleave_host(message: &[u8]) {
    if message.is_empty() {
        HOST.with(|host| web::init_host(&host.cancel));
        return post(&FromEngine::Up { host: crate::host() });
    }
    let host = HOST.with(Rc::clone);
    match from_bytes(message) {
        Ok(ToEngine::Run { query }) => web::spawn_local(host.run(query)),
        Ok(ToEngine::Stop) => web::spawn_local(host.stop()),
        Err(error) => post(&FromEngine::Failed { code: Code::Engine, message: error.to_string() }),
    }
}

/// A process: called with nothing once it is loaded, then with each message from the host.
#[wasm_bindgen]
pub fn interleave_process(message: &[u8]) {
    let cancel = PROCESS.with(Arc::clone);
    if message.is_empty() {
        web::report_panics();
        web::post(&[]);
    } else {
        let message = message.to_owned();
        web::spawn_local(async move {
            compare::child(&message, &cancel.clone(), Cooperative::new(cancel), &web::post).await
        });
    }
}

/// One run's state: an engine runs once.
#[derive(Default)]
struct Host {
    cancel: Arc<Cancel>,
    /// The mode that is measured now; none while one is prepared.
    live: RefCell<Option<(Arc<Live>, Cursor)>>,
    ended: Cell<bool>,
}

impl Host {
    async fn run(self: Rc<Host>, query: String) {
        web::spawn_local(self.clone().tell_progress());
        let (args, _) = Args::from_query(&query);
        let ended = compare::run(&args, &self.cancel, &*self).await;
        self.live.take();
        match ended {
            Ok(_) => self.end(&FromEngine::Done),
            Err(Error::Stopped) => {
                web::quiesce().await;
                self.end(&FromEngine::Stopped);
            }
            Err(error) => {
                let code = match error {
                    Error::Start(_) => Code::Load,
                    Error::Memory(_) => Code::Memory,
                    Error::Panicked(_) | Error::Stopped => Code::Panic,
                };
                self.end(&FromEngine::Failed { code, message: error.to_string() });
            }
        }
    }

    async fn stop(self: Rc<Host>) {
        self.cancel.stop();
        web::timer(STOP_MS).await;
        // Workers that still load do not compute, and end with this one.
        if self.live.borrow().is_none() {
            self.end(&FromEngine::Stopped);
        }
    }

    async fn tell_progress(self: Rc<Host>) {
        while !self.ended.get() {
            web::timer(PROGRESS_MS).await;
            if let Some(message) = web::panicked() {
                return self.end(&FromEngine::Failed { code: Code::Panic, message });
            }
            if let Some((live, cursor)) = &mut *self.live.borrow_mut()
                && let Some(now_us) = live.now_us()
            {
                let (spans, open) = (live.recorder.take_new(cursor), live.recorder.open(now_us));
                post(&FromEngine::Progress { now_us, spans, open });
            }
        }
    }

    /// Says the run's last word, once.
    fn end(&self, word: &FromEngine) {
        if !self.ended.replace(true) {
            post(word);
        }
    }
}

impl Observer for Host {
    fn calibrating(&self) {
        post(&FromEngine::Calibrating);
    }

    fn started(&self, mode: Mode, live: &Arc<Live>) {
        let lanes = live.recorder.lanes().to_vec();
        post(&FromEngine::Started { mode: mode.slug().to_owned(), lanes });
        self.live.replace(Some((live.clone(), Cursor::default())));
    }

    fn finished(&self, run: &Run) {
        self.live.take();
        post(&FromEngine::Finished { run: run.clone() });
    }
}

fn post(word: &FromEngine) {
    web::post(&to_bytes(word));
}
