//! The one place that speaks to the engine: starts it, talks to it, ends it.

use crate::action::Action;
use crate::lab;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;
use interleave_labs::message::{Code, FromEngine, Part, ToEngine, Unreadable, from_bytes, to_bytes};
use js_sys::{Array, Atomics, Date, Function, Int32Array, Object, Promise, Reflect, Uint8Array, WebAssembly};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ErrorEvent, MessageEvent, Response, Worker, WorkerOptions, WorkerType};
use yew::Callback;

/// How long a stop may take, in milliseconds, before the page is ready without waiting for the engine's end: it promises to be
/// within 100, and where many threads compute its own timer is late.
const STOP_MS: u32 = 50;
/// How long a stopped engine may take to come to its end, in milliseconds, before it is given up.
const GIVE_UP_MS: u32 = 2_000;
/// How long Chromium lets a worker compute after it is terminated, in milliseconds. A run that
/// begins within that time would share its cores with the old one.
const AFTERLIFE_MS: f64 = 2_000.0;
/// How long an engine that has nothing more to do is left alone, in milliseconds: where Chromium ends a worker while those that it has
/// started are ending, their threads stay for ever, and a busy one takes [`AFTERLIFE_MS`] to end.
const LINGER_MS: u32 = 3_000;
/// How long an engine may take to come up, in milliseconds, with the way over the network.
const PATIENCE_MS: u32 = 30_000;
const SILENT: &str =
    "The engine did not answer within 30 seconds. Check the connection. If that happens again, reload the page.";

/// The engine that runs, or the one that will.
pub struct Client {
    tell_page: Callback<Action>,
    shared: Rc<RefCell<Shared>>,
    /// What comes of a stop that takes long.
    stop_watch: Option<[Timeout; 2]>,
}

#[derive(Default)]
struct Shared {
    /// The engine's code: compiled once, instantiated by every engine and every thread.
    module: Option<(Part, WebAssembly::Module)>,
    engine: Option<Running>,
    /// What comes of an engine that loads for long; none once it has said something.
    patience: Option<Timeout>,
    /// Counts engines, so that one which is replaced while it loads does not come to life.
    generation: u32,
    /// The last engines that were left alone: those before have but their host, if that.
    leaving: [Option<Worker>; 2],
    /// Until when threads of an engine that is gone may compute, by the clock of [`Date::now`].
    busy_until_ms: f64,
}

/// An engine's worker and what listens to it.
struct Running {
    worker: Worker,
    stop_word: Rc<RefCell<Option<StopWord>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

/// Where memory can be shared, what a stop sets to 1: so a run stops even while the engine's host waits for a core among many threads.
struct StopWord {
    /// The engine's memory.
    words: Int32Array,
    /// Which of them its threads observe.
    cancel: u32,
    /// A word for its processes, which have memories of their own.
    signal: Int32Array,
}

impl Client {
    /// Without an engine yet. What one says comes to `tell_page`.
    #[must_use]
    pub fn new(tell_page: Callback<Action>) -> Client {
        Client { tell_page, shared: Rc::default(), stop_watch: None }
    }

    /// Says something to the engine.
    pub fn tell(&self, word: &ToEngine) {
        if let Some(engine) = &self.shared.borrow().engine {
            // Bytes can always be posted.
            let _ = engine.worker.post_message(&Uint8Array::from(&to_bytes(word)[..]));
        }
    }

    /// Ends the engine. If it may still compute (`unclean`), it is ended at once, with all that are left alone, and the next one waits until
    /// it cannot any more.
    pub fn discard(&mut self, unclean: bool) {
        self.stop_watch = None;
        let mut shared = self.shared.borrow_mut();
        shared.generation += 1;
        shared.patience = None;
        if unclean {
            shared.busy_until_ms = Date::now() + AFTERLIFE_MS;
            shared.leaving.iter().flatten().for_each(Worker::terminate);
        }
        if let Some(engine) = shared.engine.take() {
            engine.worker.set_onmessage(None);
            engine.worker.set_onerror(None);
            if unclean {
                engine.set_stop_word();
                engine.worker.terminate();
            } else {
                shared.leaving.swap(0, 1);
                shared.leaving[1] = Some(engine.worker.clone());
            }
            let end = move || {
                engine.worker.terminate();
                drop(engine);
            };
            // What listens to it may be what called this, and must not be dropped before it returns.
            Timeout::new(if unclean { 0 } else { LINGER_MS }, end).forget();
        }
    }

    /// Ends the engine and loads another.
    pub fn replace(&mut self, unclean: bool, part: Part) {
        self.discard(unclean);
        self.load(part);
    }

    /// Asks the engine to stop its run; that it has, it says itself. Tells the page if that takes long.
    pub fn stop(&mut self) {
        if let Some(engine) = &self.shared.borrow().engine {
            engine.set_stop_word();
        }
        self.tell(&ToEngine::Stop);
        let (overdue, stuck) = (self.tell_page.clone(), self.tell_page.clone());
        self.stop_watch = Some([
            Timeout::new(STOP_MS, move || overdue.emit(Action::StopOverdue)),
            Timeout::new(GIVE_UP_MS, move || {
                stuck.emit(Action::Lost(Code::Engine, "The engine does not stop.".into()))
            }),
        ]);
    }

    /// Loads an engine.
    pub fn load(&self, part: Part) {
        let (tell_page, shared) = (self.tell_page.clone(), self.shared.clone());
        let silent = tell_page.clone();
        let silent = Timeout::new(PATIENCE_MS, move || silent.emit(Action::Lost(Code::Load, SILENT.to_owned())));
        shared.borrow_mut().patience = Some(silent);
        shared.borrow_mut().generation += 1;
        let generation = shared.borrow().generation;
        let busy_ms = (shared.borrow().busy_until_ms - Date::now()).clamp(0.0, AFTERLIFE_MS);
        spawn_local(async move {
            TimeoutFuture::new(busy_ms as u32).await;
            let early = Early::take();
            let module = shared.borrow().module.clone().filter(|(of, _)| *of == part).map(|(_, module)| module);
            let module = match (module, &early) {
                (Some(module), _) => Ok(module),
                (None, Some(early)) => early.module(part).await,
                (None, None) => compile(part).await,
            };
            if shared.borrow().generation != generation {
                if let Some(early) = early {
                    early.worker.terminate();
                }
                return;
            }
            let engine = module.and_then(|module| {
                shared.borrow_mut().module = Some((part, module.clone()));
                Running::start(part, &module, early, &tell_page, &shared)
            });
            match engine {
                Ok(engine) => shared.borrow_mut().engine = Some(engine),
                Err(error) => tell_page.emit(Action::Lost(Code::Load, not_loaded(&words(&error)))),
            }
        });
    }
}

/// An engine that `boot.js` has started beside the app.
struct Early {
    worker: Worker,
    /// The events of its that nobody has heard yet.
    events: Array,
    module: Promise,
}

impl Early {
    /// The first time, if there is one.
    fn take() -> Option<Early> {
        let (global, name) = (js_sys::global(), "interleaveEngine".into());
        let engine = Reflect::get(&global, &name).ok().filter(|engine| !engine.is_undefined())?;
        Reflect::delete_property(&global, &name).ok()?;
        let field = |name: &str| Reflect::get(&engine, &name.into()).ok();
        Some(Early {
            worker: field("worker")?.unchecked_into(),
            events: field("early")?.unchecked_into(),
            module: field("module")?.unchecked_into(),
        })
    }

    /// Its code. Where it could not be compiled while it streamed in, the engine still waits for it.
    async fn module(&self, part: Part) -> Result<WebAssembly::Module, JsValue> {
        if let Ok(module) = JsFuture::from(self.module.clone()).await {
            return module.dyn_into();
        }
        let module = compile(part).await?;
        self.worker.post_message(&first_message(&module)?)?;
        Ok(module)
    }
}

/// What makes a worker the engine's host.
fn first_message(module: &WebAssembly::Module) -> Result<JsValue, JsValue> {
    let first = Object::new();
    Reflect::set(&first, &"kind".into(), &"host".into())?;
    Reflect::set(&first, &"module".into(), module)?;
    Ok(first.into())
}

impl Running {
    /// Listens to `early`, or to a new engine.
    fn start(
        part: Part,
        module: &WebAssembly::Module,
        early: Option<Early>,
        tell_page: &Callback<Action>,
        shared: &Rc<RefCell<Shared>>,
    ) -> Result<Running, JsValue> {
        let (worker, events) = match early {
            Some(early) => (early.worker, early.events),
            None => {
                let options = WorkerOptions::new();
                options.set_type(WorkerType::Module);
                options.set_name("engine");
                let worker = Worker::new_with_options(&engine_url(part, "worker.js")?, &options)?;
                worker.post_message(&first_message(module)?)?;
                (worker, Array::new())
            }
        };
        let tell = tell_page.clone();
        let stop_word = Rc::new(RefCell::new(None));
        let (shared, heard_word) = (shared.clone(), stop_word.clone());
        let on_message = Closure::new(move |event: MessageEvent| {
            shared.borrow_mut().patience = None;
            let data = event.data();
            if let Some(stop_word) = StopWord::from_message(&data) {
                *heard_word.borrow_mut() = Some(stop_word);
                return;
            }
            tell.emit(heard(&data));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let tell = tell_page.clone();
        let on_error = Closure::new(move |event: ErrorEvent| {
            event.prevent_default();
            // A script that cannot be loaded gives an event without a message.
            let why = Reflect::get(&event, &"message".into()).ok().and_then(|why| why.as_string());
            let why = why.unwrap_or_else(|| "its script could not be loaded".into());
            tell.emit(Action::Lost(Code::Load, not_loaded(&why)));
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        for event in events {
            let listener = if event.is_instance_of::<MessageEvent>() { on_message.as_ref() } else { on_error.as_ref() };
            listener.unchecked_ref::<Function>().call1(&JsValue::NULL, &event)?;
        }
        Ok(Running { worker, stop_word, _on_message: on_message, _on_error: on_error })
    }

    /// Tells threads and processes to stop, without asking the host. Those who sleep are woken by the host, which then has a core to itself.
    fn set_stop_word(&self) {
        if let Some(word) = &*self.stop_word.borrow() {
            // The index is within the memory: the engine gave it.
            let _ = Atomics::store(&word.words, word.cancel, 1);
            let _ = Atomics::store(&word.signal, 0, 1);
        }
    }
}

/// What the engine says: bytes, or of its scripts `{failed: {code, message}}`.
fn heard(message: &JsValue) -> Action {
    if let Some(bytes) = message.dyn_ref::<Uint8Array>() {
        return match from_bytes(&bytes.to_vec()) {
            Ok(word) => Action::Engine(word),
            Err(Unreadable::OtherBuild) => {
                let message = "This page and its engine are of different versions. Reload the page.";
                Action::Lost(Code::Load, message.to_owned())
            }
            Err(Unreadable::Form) => Action::Lost(Code::Engine, "The engine sent an unknown message.".to_owned()),
        };
    }
    let failed = Reflect::get(message, &"failed".into()).unwrap_or_default();
    let field = |name: &str| Reflect::get(&failed, &name.into()).ok()?.as_string();
    match field("code").and_then(|code| Code::from_name(&code)) {
        Some(code) => Action::Engine(FromEngine::Failed { code, message: field("message").unwrap_or_default() }),
        None => Action::Lost(Code::Engine, "The engine sent an unknown message.".to_owned()),
    }
}

/// What an error says.
fn words(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "unknown error".to_owned())
}

impl StopWord {
    fn from_message(message: &JsValue) -> Option<StopWord> {
        let field = |name: &str| Reflect::get(message, &name.into()).ok();
        let words = |name: &str| field(name)?.dyn_into().ok();
        let cancel = field("cancel")?.as_f64()? as u32;
        Some(StopWord { words: words("words")?, cancel, signal: words("signal")? })
    }
}

/// Compiles the engine's code while it streams in.
async fn compile(part: Part) -> Result<WebAssembly::Module, JsValue> {
    let url = engine_url(part, "engine_bg.wasm")?;
    let response = JsValue::from(fetch(&url).await?);
    let module = match JsFuture::from(WebAssembly::compile_streaming(&Promise::resolve(&response))).await {
        Ok(module) => module,
        // A host that does not say that the file is WebAssembly: browsers refuse to compile that while it streams in.
        Err(_) => {
            let bytes = JsFuture::from(fetch(&url).await?.array_buffer()?).await?;
            JsFuture::from(WebAssembly::compile(&bytes)).await?
        }
    };
    module.dyn_into()
}

async fn fetch(url: &str) -> Result<Response, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let response: Response = JsFuture::from(window.fetch_with_str(url)).await?.dyn_into()?;
    if response.ok() { Ok(response) } else { Err(format!("the server answered {}", response.status()).into()) }
}

/// The address of a file of the engine.
fn engine_url(part: Part, file: &str) -> Result<String, JsValue> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("no document")?;
    let folder = lab::file(if part == Part::Board { "board" } else { "engine" }).ok_or("no engine named")?;
    let base = document.base_uri()?.unwrap_or_default();
    Ok(web_sys::Url::new_with_base(&(folder + file), &base)?.href())
}

fn not_loaded(why: &str) -> String {
    format!("The engine could not be loaded ({why}). Check the connection.")
}
