//! Processes of a lab: the first message tells each its lab.

use crate::lab::{Child, Entry};
use interleave_threads::process::{Gone, Group, Message, Partner};
use interleave_threads::{Cancel, Error};
use std::cell::Cell;
use std::sync::Arc;

/// Processes that a lab has started; they end when this is dropped.
#[derive(Debug)]
pub struct Processes {
    group: Group,
    lab: &'static str,
    count: usize,
}

impl Processes {
    /// No processes yet, for the lab called `lab`.
    #[must_use]
    pub fn new(lab: &'static str) -> Processes {
        Processes { group: Group::new(), lab, count: 0 }
    }

    /// Starts a process; returns its number, from 0. Its first message is empty and means that it is up.
    ///
    /// # Errors
    /// [`Error::Start`] if the system refuses.
    pub fn start(&mut self) -> Result<usize, Error> {
        self.group.start()?;
        let number = self.count;
        self.group.send(number, self.lab.as_bytes());
        self.count += 1;
        Ok(number)
    }

    /// Sends a message to process `to`.
    pub fn send(&mut self, to: usize, bytes: &[u8]) {
        self.group.send(to, bytes);
    }

    /// Waits for the next message from any process, at most `timeout_ms` milliseconds.
    ///
    /// # Errors
    /// Why a process ended instead.
    pub async fn receive(&mut self, timeout_ms: u32) -> Result<Option<Message>, Error> {
        self.group.receive(timeout_ms).await
    }

    /// Waits for the next message from any process, at most `timeout_ms` milliseconds. If one ends, the others go on.
    ///
    /// # Errors
    /// Which process ended instead.
    pub async fn listen(&mut self, timeout_ms: u32) -> Result<Option<Message>, Gone> {
        self.group.listen(timeout_ms).await
    }
}

/// Starts a process of the lab called `lab` that answers each message before it gets the next, and waits until it is up.
///
/// # Errors
/// Why it could not start; [`Error::Stopped`] if the run is stopped.
pub async fn partner(lab: &str, cancel: &Arc<Cancel>) -> Result<Partner, Error> {
    let mut partner = Partner::start(cancel).await?;
    partner.tell(lab.as_bytes());
    Ok(partner)
}

/// A process's side: its first message names its lab, which answers each later one.
#[derive(Default)]
pub struct Served {
    lab: Cell<Option<Entry>>,
    /// Tells when to stop.
    pub cancel: Arc<Cancel>,
}

impl Served {
    /// Answers a message.
    pub async fn hear(&self, message: &[u8], send: &dyn Fn(&[u8])) {
        match self.lab.get() {
            Some(lab) => lab.child(message, &Child { cancel: self.cancel.clone(), send }).await,
            None => self.lab.set(std::str::from_utf8(message).ok().and_then(crate::lab_called)),
        }
    }
}
