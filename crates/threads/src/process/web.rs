//! Processes as workers of a browser, each with its own instance of the module.

use super::{Gone, LOOK_MS, Message, PATIENCE_MS, Way};
use crate::{Cancel, Error, web};
use std::sync::Arc;

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

fn gone(failure: &wasm_bindgen::JsValue) -> Gone {
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
