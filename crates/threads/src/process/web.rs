//! Processes as workers of a browser, each with its own instance of the module.

use super::{Gone, Heard, LOOK_MS, Message, PATIENCE_MS, Way};
use crate::{Cancel, Error, web};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// Processes that the host started; their workers are terminated when this is dropped.
#[derive(Debug)]
pub struct Group(web::JsGroup);

impl Group {
    /// A group without processes.
    #[must_use]
    pub fn new() -> Group {
        Group(web::JsGroup::new())
    }

    /// Starts a process.
    ///
    /// # Errors
    /// None here: a worker that cannot be loaded shows at the next `receive`.
    pub fn start(&mut self) -> Result<(), Error> {
        self.0.start();
        Ok(())
    }

    /// Sends a message to process `to`.
    pub fn send(&mut self, to: usize, bytes: &[u8]) {
        self.0.send(to as u32, bytes);
    }

    /// Waits for the next message from any process, at most `timeout_ms` milliseconds.
    ///
    /// # Errors
    /// What ended a process instead.
    pub async fn receive(&mut self, timeout_ms: u32) -> Result<Option<Message>, Error> {
        self.listen(timeout_ms).await.map_err(|gone| gone.error)
    }

    /// Waits for the next message from any process, at most `timeout_ms` milliseconds. The others go on if one is gone.
    ///
    /// # Errors
    /// Which process ended instead, and why.
    pub async fn listen(&mut self, timeout_ms: u32) -> Result<Option<Message>, Gone> {
        let message = self.0.receive(timeout_ms).await.map_err(|failure| gone(&failure))?;
        if message.is_undefined() {
            return Ok(None);
        }
        let at_us = (web::message_ms(&message) * 1000.0) as u64;
        let (from, bytes) = (web::message_from(&message) as usize, web::message_bytes(&message));
        Ok(Some(Message { from, bytes, at_us }))
    }
}

fn gone(failure: &JsValue) -> Gone {
    Gone { from: web::message_from(failure) as usize, error: web::failure_from(failure) }
}

impl Default for Group {
    fn default() -> Group {
        Group::new()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.0.terminate();
    }
}

/// A process that answers each message before it gets the next. Its worker is terminated when this is dropped.
#[derive(Debug)]
pub struct Partner {
    /// With one process.
    group: Group,
    cancel: Arc<Cancel>,
}

impl Partner {
    /// Starts a process and waits until it is up.
    ///
    /// # Errors
    /// [`Error::Start`] if its worker cannot be loaded, [`Error::Stopped`] if the run is stopped.
    pub async fn start(cancel: &Arc<Cancel>) -> Result<Partner, Error> {
        let mut partner = Partner { group: Group::new(), cancel: cancel.clone() };
        partner.group.start()?;
        partner.answer().await?;
        Ok(partner)
    }

    /// Sends a message that has no answer. A process that is gone shows at the next question.
    pub fn tell(&mut self, bytes: &[u8]) {
        self.group.send(0, bytes);
    }

    /// Sends a message and waits for its answer.
    ///
    /// # Errors
    /// What ended the process instead; [`Error::Stopped`] if the run is stopped.
    pub async fn ask(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.tell(bytes);
        self.answer().await
    }

    /// Writes a parcel of `size` bytes anew and sends it, `count` times, each after the answer to the one before; how long all took,
    /// in microseconds. The process takes a parcel into its memory, reads the last byte and answers with it: its handler is not
    /// asked.
    ///
    /// # Errors
    /// [`Error::Memory`] if there is no room for it; what ended the process; [`Error::Stopped`] if the run is stopped.
    pub async fn exchange(&mut self, size: u32, count: u32, way: Way) -> Result<f64, Error> {
        self.cancel.check()?;
        let took = self.group.0.exchange(0, size, count, way == Way::Transfer, PATIENCE_MS).await;
        let took = took.map_err(|failure| web::failure_from(&failure))?;
        Ok(took.as_f64().unwrap_or(0.0) * 1000.0)
    }

    async fn answer(&mut self) -> Result<Vec<u8>, Error> {
        for _ in 0..PATIENCE_MS / LOOK_MS {
            if let Some(message) = self.group.receive(LOOK_MS).await? {
                return Ok(message.bytes);
            }
            self.cancel.check()?;
        }
        Err(Error::Start("a process does not answer".to_owned()))
    }
}

/// A process that talks with its parent whenever either has something to say, also while threads of both are blocked. It is ended when this
/// is dropped.
#[derive(Debug)]
pub struct Peer(u32);

/// What is told what a process says.
type Hear = Arc<dyn Fn(Heard) + Send + Sync>;

/// Who hears the processes, by their number.
static HEARERS: Mutex<Vec<(u32, Hear)>> = Mutex::new(Vec::new());

impl Peer {
    /// Starts a process. `hear` is told what it says, in order, by the host, and must not block for long.
    ///
    /// # Errors
    /// None here: a worker that cannot be loaded is heard of.
    pub fn start(hear: impl Fn(Heard) + Send + Sync + 'static) -> Result<Peer, Error> {
        // Never that of an earlier one, whose last word may still come.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        HEARERS.lock().unwrap_or_else(PoisonError::into_inner).push((id, Arc::new(hear)));
        leave(Errand::Start(id));
        Ok(Peer(id))
    }

    /// Sends it a message, from any thread. One that is gone is heard of.
    pub fn send(&self, bytes: &[u8]) {
        leave(Errand::Tell(self.0, bytes.to_vec()));
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let mut hearers = HEARERS.lock().unwrap_or_else(PoisonError::into_inner);
        let at = hearers.iter().position(|(id, _)| *id == self.0);
        let hearer = at.map(|at| hearers.remove(at));
        drop(hearers);
        // What it holds may drop another one.
        drop(hearer);
        leave(Errand::End(self.0));
    }
}

/// Tells the parent something, from any thread of a process.
pub fn say(bytes: &[u8]) {
    leave(Errand::Say(bytes.to_vec()));
}

/// What only the host can do for a thread.
enum Errand {
    Start(u32),
    Tell(u32, Vec<u8>),
    End(u32),
    Say(Vec<u8>),
}

/// In one queue, so that they are run in the order in which threads left them.
static ERRANDS: Mutex<VecDeque<Errand>> = Mutex::new(VecDeque::new());

fn leave(errand: Errand) {
    let mut errands = ERRANDS.lock().unwrap_or_else(PoisonError::into_inner);
    let is_called = !errands.is_empty();
    errands.push_back(errand);
    drop(errands);
    if !is_called {
        web::call_host();
    }
}

fn next_errand() -> Option<Errand> {
    ERRANDS.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

/// The call of the host when a thread has left errands.
#[wasm_bindgen]
pub fn interleave_errands() {
    while let Some(errand) = next_errand() {
        match errand {
            Errand::Start(id) => web::start_peer(id),
            Errand::Tell(id, bytes) => web::tell_peer(id, &bytes),
            Errand::End(id) => web::end_peer(id),
            Errand::Say(bytes) => web::post(&bytes),
        }
    }
}

/// The call of the host when a process said something, or failed.
#[wasm_bindgen]
pub fn interleave_hear(id: u32, bytes: Vec<u8>, failure: JsValue) {
    let hearers = HEARERS.lock().unwrap_or_else(PoisonError::into_inner);
    let hear = hearers.iter().find(|(own, _)| *own == id).map(|(_, hear)| hear.clone());
    drop(hearers);
    let Some(hear) = hear else { return };
    if !failure.is_undefined() {
        hear(Heard::Gone(web::failure_from(&failure)));
    } else if !bytes.is_empty() {
        hear(Heard::Said(bytes));
    }
}
