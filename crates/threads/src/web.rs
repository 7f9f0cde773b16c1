//! The engine in a browser: what host, threads and processes need of JavaScript.

use crate::at_work::AT_WORK;
pub use crate::thread::dismiss;
use crate::{Cancel, Error};
use js_sys::Promise;
use std::future::Future;
use std::sync::Mutex;
use std::sync::atomic::Ordering;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
pub use wasm_bindgen_futures::spawn_local;

/// Sets up this worker as the host, which creates all others, and gives each thread a stack of so many bytes. Call it once, first.
///
/// Where memory can be shared, the page is told where `cancel`'s word is, which it may set to 1, and is given the signal that does
/// the same for processes: so it can stop a run while the host itself waits for a core among many threads.
pub fn init_host(cancel: &Cancel, stack_bytes: u32) {
    js_init_host(wasm_bindgen::module(), wasm_bindgen::memory(), stack_bytes, cancel.address());
    report_panics();
}

/// Sets up this worker as a process, which may have threads, each with a stack of so many bytes. Call it once, first.
pub fn init_process(stack_bytes: u32) {
    js_init_process(wasm_bindgen::module(), wasm_bindgen::memory(), stack_bytes);
    report_panics();
}

/// Lets panics of any thread in this memory be known: in [`panicked`], and by a message to the parent.
fn report_panics() {
    std::panic::set_hook(Box::new(|info| {
        let message = info.payload_as_str().unwrap_or("no message");
        let message = match info.location() {
            // Not in others' code: the engine is built without those places.
            Some(place) if place.line() > 0 => format!("{message} ({}:{})", place.file(), place.line()),
            _ => message.to_owned(),
        };
        if let Ok(mut panicked) = PANICKED.lock() {
            *panicked = Some(message.clone());
        }
        report_panic(&message);
    }));
}

/// The message of a panic in this memory, once. The pool's workers have nobody who listens to their
/// messages, so the host looks here.
#[must_use]
pub fn panicked() -> Option<String> {
    PANICKED.try_lock().ok()?.take()
}

static PANICKED: Mutex<Option<String>> = Mutex::new(None);

/// Resolves after at least `ms` milliseconds; the browser may be some milliseconds late.
pub async fn timer(ms: f64) {
    settle(js_timer(ms)).await;
}

/// Resolves after a turn of the event loop, in which messages are handled.
pub async fn next_turn() {
    settle(js_next_turn()).await;
}

/// After a stop: waits until no thread comes up or is at work any more. The workers' own end is not waited for: it takes much longer
/// where there are many, and disturbs nothing. For whoever does not observe the stop this waits for ever: the page has a limit.
pub async fn quiesce() {
    while booting_threads() > 0 || AT_WORK.load(Ordering::Acquire) > 0 {
        timer(1.0).await;
    }
}

/// Resolves when the thread with this ticket has ended: call it before the thread is started.
pub(crate) fn thread_end(ticket: u32) -> impl Future<Output = ()> {
    settle(js_thread_end(ticket))
}

/// Creates so many workers that stand by, and waits until they do, and those that were created before.
pub(crate) async fn create_standby(count: u32) {
    settle(js_create_standby(count)).await;
}

/// Waits for a promise that is only ever kept.
fn settle(promise: Promise) -> impl Future<Output = ()> {
    let future = JsFuture::from(promise);
    async move {
        let _ = future.await;
    }
}

/// What a failed process said of itself.
pub(crate) fn failure_from(failure: &JsValue) -> Error {
    let message = message_field(failure);
    match code_field(failure).as_str() {
        "load" => Error::Start(message),
        "memory" => Error::Memory(message),
        "stopped" => Error::Stopped,
        _ => Error::Panicked(message),
    }
}

#[wasm_bindgen(module = "/src/glue.js")]
extern "C" {
    #[wasm_bindgen(js_name = epochMs)]
    pub(crate) fn epoch_ms() -> f64;
    #[wasm_bindgen(js_name = tickMs)]
    pub(crate) fn tick_ms() -> f64;
    pub(crate) fn cores() -> u32;
    pub(crate) fn agent() -> String;
    #[wasm_bindgen(js_name = stackBytes)]
    pub(crate) fn stack_bytes() -> u32;
    pub(crate) fn isolated() -> bool;
    /// Sends a message to this worker's parent.
    pub fn post(bytes: &[u8]);
    #[wasm_bindgen(js_name = reportPanic)]
    fn report_panic(message: &str);

    #[wasm_bindgen(js_name = initHost)]
    fn js_init_host(module: JsValue, memory: JsValue, stack_bytes: u32, cancel: u32);
    #[wasm_bindgen(js_name = initProcess)]
    fn js_init_process(module: JsValue, memory: JsValue, stack_bytes: u32);
    #[wasm_bindgen(js_name = createThread)]
    pub(crate) fn create_thread(body: u32);
    #[wasm_bindgen(js_name = threadEnd)]
    fn js_thread_end(ticket: u32) -> Promise;
    #[wasm_bindgen(js_name = createStandby)]
    fn js_create_standby(count: u32) -> Promise;
    #[wasm_bindgen(js_name = bootingThreads)]
    fn booting_threads() -> u32;
    pub(crate) fn signalled() -> bool;
    #[wasm_bindgen(js_name = timer)]
    fn js_timer(ms: f64) -> Promise;
    #[wasm_bindgen(js_name = nextTurn)]
    fn js_next_turn() -> Promise;

    #[wasm_bindgen(js_name = callHost)]
    pub(crate) fn call_host();
    #[wasm_bindgen(js_name = startPeer)]
    pub(crate) fn start_peer(id: u32);
    #[wasm_bindgen(js_name = tellPeer)]
    pub(crate) fn tell_peer(id: u32, bytes: &[u8]);
    #[wasm_bindgen(js_name = endPeer)]
    pub(crate) fn end_peer(id: u32);

    #[derive(Debug)]
    #[wasm_bindgen(js_name = ProcessGroup)]
    pub(crate) type JsGroup;
    #[wasm_bindgen(constructor, js_class = ProcessGroup)]
    pub(crate) fn new() -> JsGroup;
    #[wasm_bindgen(method)]
    pub(crate) fn start(this: &JsGroup);
    #[wasm_bindgen(method)]
    pub(crate) fn send(this: &JsGroup, to: u32, bytes: &[u8]);
    #[wasm_bindgen(method, catch)]
    pub(crate) async fn receive(this: &JsGroup, timeout_ms: u32) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    pub(crate) async fn exchange(
        this: &JsGroup,
        to: u32,
        size: u32,
        count: u32,
        transfer: bool,
        timeout_ms: u32,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method)]
    pub(crate) fn terminate(this: &JsGroup);

    #[wasm_bindgen(js_name = messageFrom)]
    pub(crate) fn message_from(message: &JsValue) -> u32;
    #[wasm_bindgen(js_name = messageBytes)]
    pub(crate) fn message_bytes(message: &JsValue) -> Vec<u8>;
    #[wasm_bindgen(js_name = messageMs)]
    pub(crate) fn message_ms(message: &JsValue) -> f64;
    #[wasm_bindgen(js_name = failureCode)]
    fn code_field(failure: &JsValue) -> String;
    #[wasm_bindgen(js_name = failureMessage)]
    pub(crate) fn message_field(failure: &JsValue) -> String;
}
