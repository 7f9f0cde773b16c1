//! Processes as children of this program, which talk through pipes.

use super::{CHILD, Gone, Heard, LOOK_MS, Message, PATIENCE_MS, Way};
use crate::{Cancel, Error, now_us};
use std::io::{BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// Processes that this one started; they are killed when this is dropped.
#[derive(Debug)]
pub struct Group {
    children: Vec<(Child, BufWriter<ChildStdin>)>,
    /// A process that has ended says nothing more: `None`.
    inbox: (Sender<Arrival>, Receiver<Arrival>),
}

/// From which process, what (nothing: it has ended), and when.
type Arrival = (usize, Option<Vec<u8>>, u64);

impl Group {
    /// A group without processes.
    #[must_use]
    pub fn new() -> Group {
        Group { children: Vec::new(), inbox: channel() }
    }

    /// Starts a process.
    ///
    /// # Errors
    /// [`Error::Start`] if the system refuses.
    pub fn start(&mut self) -> Result<(), Error> {
        let (child, input, mut output) = start()?;
        let (from, inbox) = (self.children.len(), self.inbox.0.clone());
        // Stamps each message when it arrives, whatever its reader is busy with. Nobody listens once the group is dropped.
        thread::spawn(move || {
            while let Some(bytes) = read(&mut output) {
                let _ = inbox.send((from, Some(bytes), now_us()));
            }
            let _ = inbox.send((from, None, now_us()));
        });
        self.children.push((child, input));
        Ok(())
    }

    /// Sends a message to process `to`.
    pub fn send(&mut self, to: usize, bytes: &[u8]) {
        // A child that is gone shows at the next `receive`.
        let _ = write(&mut self.children[to].1, bytes);
    }

    /// Waits for the next message from any process, at most `timeout_ms` milliseconds.
    ///
    /// # Errors
    /// [`Error::Panicked`] if a process ended instead.
    pub async fn receive(&mut self, timeout_ms: u32) -> Result<Option<Message>, Error> {
        self.listen(timeout_ms).await.map_err(|gone| gone.error)
    }

    /// Waits for the next message from any process, at most `timeout_ms` milliseconds. The others go on if one is gone.
    ///
    /// # Errors
    /// Which process ended instead.
    pub async fn listen(&mut self, timeout_ms: u32) -> Result<Option<Message>, Gone> {
        match self.inbox.1.recv_timeout(Duration::from_millis(timeout_ms.into())) {
            Ok((from, Some(bytes), at_us)) => Ok(Some(Message { from, bytes, at_us })),
            Ok((from, None, _)) => {
                let error = Error::Panicked(format!("process {from} ended before its task did"));
                Err(Gone { from, error })
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok(None),
        }
    }
}

impl Default for Group {
    fn default() -> Group {
        Group::new()
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        for (child, _) in &mut self.children {
            let _ = child.kill();
        }
        for (child, _) in &mut self.children {
            let _ = child.wait();
        }
    }
}

/// A process that answers each message before it gets the next. Nothing stands between it and its parent, as the thread does that
/// reads for a [`Group`]. It is killed when this is dropped.
#[derive(Debug)]
pub struct Partner {
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    parcel: Vec<u8>,
    watch: Arc<Watch>,
}

/// Kills the process if it hangs, or the run is stopped: so nobody waits for it without end.
#[derive(Debug)]
struct Watch {
    child: Mutex<Child>,
    cancel: Arc<Cancel>,
    /// When it counts as hung; never, while nobody waits.
    deadline_us: AtomicU64,
    over: AtomicBool,
}

impl Partner {
    /// Starts a process and waits until it is up.
    ///
    /// # Errors
    /// [`Error::Start`] if the system refuses, [`Error::Stopped`] if the run is stopped.
    pub async fn start(cancel: &Arc<Cancel>) -> Result<Partner, Error> {
        let (child, input, output) = start()?;
        let (child, cancel) = (Mutex::new(child), cancel.clone());
        let deadline_us = AtomicU64::new(u64::MAX);
        let watch = Arc::new(Watch { child, cancel, deadline_us, over: AtomicBool::new(false) });
        let watching = watch.clone();
        thread::spawn(move || watching.watch());
        let mut partner = Partner { input, output, parcel: Vec::new(), watch };
        let up = partner.with_patience(|partner| read(&mut partner.output));
        up.filter(Vec::is_empty).ok_or_else(|| partner.watch.failure())?;
        Ok(partner)
    }

    /// Sends a message that has no answer. A process that is gone shows at the next question.
    pub fn tell(&mut self, bytes: &[u8]) {
        let _ = write(&mut self.input, bytes);
    }

    /// Sends a message and waits for its answer.
    ///
    /// # Errors
    /// [`Error::Panicked`] if the process ended instead, [`Error::Stopped`] if the run is stopped.
    pub async fn ask(&mut self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.tell(bytes);
        self.with_patience(|partner| read(&mut partner.output)).ok_or_else(|| self.watch.failure())
    }

    /// Writes a parcel of `size` bytes anew and sends it, `count` times, each after the answer to the one before; how long all took,
    /// in microseconds. The process takes a parcel into its memory, reads the last byte and answers with it: its handler is not
    /// asked.
    ///
    /// # Errors
    /// [`Error::Start`] if the way is not [`Way::HERE`], [`Error::Memory`] if there is no room for it, [`Error::Panicked`] if the process ended or did not get what was sent,
    /// [`Error::Stopped`] if the run is stopped.
    pub async fn exchange(&mut self, size: u32, count: u32, way: Way) -> Result<f64, Error> {
        if !Way::HERE.contains(&way) {
            return Err(Error::Start("processes cannot give memory away here".to_owned()));
        }
        room(&mut self.parcel, size as usize)?;
        let exchanged = self.with_patience(|partner| {
            let start_us = now_us();
            for trip in 0..count {
                let mark = trip as u8;
                partner.parcel.fill(mark);
                write_parcel(&mut partner.input, &partner.parcel).ok()?;
                if read(&mut partner.output)? != [mark] {
                    return None;
                }
            }
            Some((now_us() - start_us) as f64)
        });
        exchanged.ok_or_else(|| self.watch.failure())
    }

    fn with_patience<T>(&mut self, wait: impl FnOnce(&mut Partner) -> T) -> T {
        self.watch.deadline_us.store(now_us() + u64::from(PATIENCE_MS) * 1000, Ordering::Relaxed);
        let waited = wait(self);
        self.watch.deadline_us.store(u64::MAX, Ordering::Relaxed);
        waited
    }
}

impl Drop for Partner {
    fn drop(&mut self) {
        self.watch.over.store(true, Ordering::Relaxed);
        self.watch.kill();
    }
}

impl Watch {
    fn watch(&self) {
        while !self.over.load(Ordering::Relaxed) {
            let stopped = self.cancel.sleep_until(now_us() + u64::from(LOOK_MS) * 1000).is_err();
            if stopped || now_us() > self.deadline_us.load(Ordering::Relaxed) {
                return self.kill();
            }
        }
    }

    fn kill(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }

    fn failure(&self) -> Error {
        match self.cancel.check() {
            Err(stopped) => stopped.into(),
            Ok(()) => Error::Panicked("a process ended, or did not get what it was sent".to_owned()),
        }
    }
}

/// A process that talks with its parent whenever either has something to say, also while threads of both are blocked. It is killed when
/// this is dropped.
#[derive(Debug)]
pub struct Peer {
    child: Mutex<Child>,
    input: Mutex<BufWriter<ChildStdin>>,
}

impl Peer {
    /// Starts a process. `hear` is told what it says, in order, on a thread of its own, and must not block for long.
    ///
    /// # Errors
    /// [`Error::Start`] if the system refuses.
    pub fn start(hear: impl Fn(Heard) + Send + Sync + 'static) -> Result<Peer, Error> {
        let (child, input, mut output) = start()?;
        thread::spawn(move || {
            while let Some(bytes) = read(&mut output) {
                // An empty message says no more than that it is up.
                if !bytes.is_empty() {
                    hear(Heard::Said(bytes));
                }
            }
            hear(Heard::Gone(Error::Panicked("the process ended before its work did".to_owned())));
        });
        Ok(Peer { child: Mutex::new(child), input: Mutex::new(input) })
    }

    /// Sends it a message, from any thread. One that is gone is heard of.
    pub fn send(&self, bytes: &[u8]) {
        let _ = write(&mut *self.input.lock().unwrap_or_else(PoisonError::into_inner), bytes);
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let child = self.child.get_mut().unwrap_or_else(PoisonError::into_inner);
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Tells the parent something, from any thread of a process.
pub fn say(bytes: &[u8]) {
    // Once the parent is gone, `serve` returns.
    let _ = write(&mut std::io::stdout().lock(), bytes);
}

/// Starts this program as a process, with a pipe to it and one from it.
fn start() -> Result<(Child, BufWriter<ChildStdin>, BufReader<ChildStdout>), Error> {
    let start_error = |error: std::io::Error| Error::Start(error.to_string());
    let program = std::env::current_exe().map_err(start_error)?;
    let mut command = Command::new(program);
    command.arg(CHILD).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().map_err(start_error)?;
    match (child.stdin.take(), child.stdout.take()) {
        (Some(input), Some(output)) => Ok((child, BufWriter::new(input), BufReader::new(output))),
        _ => Err(Error::Start("a child without pipes".to_owned())),
    }
}

/// The life of a child process: says that it is up, then lets `handle` answer each message it gets, until its parent is gone.
pub fn serve(handle: impl Fn(&[u8], &dyn Fn(&[u8]))) {
    say(&[]);
    let mut parcel = Vec::new();
    loop {
        let arrived = read_any(&mut std::io::stdin().lock(), &mut parcel);
        match arrived {
            Some(Arrived::Message(bytes)) => handle(&bytes, &say),
            Some(Arrived::Parcel) => say(&parcel[parcel.len().saturating_sub(1)..]),
            None => return,
        }
    }
}

/// What arrives at a process.
#[derive(Debug, PartialEq, Eq)]
enum Arrived {
    Message(Vec<u8>),
    Parcel,
}

/// Beside a length: a parcel follows, no message.
const PARCEL: u32 = 1 << 31;

/// Writes a message: its length, then itself.
fn write(output: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
    write_marked(output, 0, bytes)
}

/// Writes a parcel: its length and that it is one, then itself.
fn write_parcel(output: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
    write_marked(output, PARCEL, bytes)
}

fn write_marked(output: &mut impl Write, mark: u32, bytes: &[u8]) -> std::io::Result<()> {
    let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX) & !PARCEL;
    output.write_all(&(len | mark).to_le_bytes())?;
    output.write_all(bytes)?;
    output.flush()
}

/// The next message; none if nobody writes any more.
fn read(input: &mut impl Read) -> Option<Vec<u8>> {
    match read_any(input, &mut Vec::new())? {
        Arrived::Message(bytes) => Some(bytes),
        Arrived::Parcel => None,
    }
}

/// The next message, or a parcel, which is read into `parcel`; none if nobody writes any more, or there is no room for it.
fn read_any(input: &mut impl Read, parcel: &mut Vec<u8>) -> Option<Arrived> {
    let mut len = [0; 4];
    input.read_exact(&mut len).ok()?;
    let len = u32::from_le_bytes(len);
    if len & PARCEL == 0 {
        let mut bytes = vec![0; len as usize];
        input.read_exact(&mut bytes).ok()?;
        return Some(Arrived::Message(bytes));
    }
    room(parcel, (len & !PARCEL) as usize).ok()?;
    input.read_exact(parcel).ok()?;
    Some(Arrived::Parcel)
}

/// Gives `bytes` this length.
fn room(bytes: &mut Vec<u8>, len: usize) -> Result<(), Error> {
    let refused = |_| Error::Memory(format!("for a message of {len} bytes"));
    bytes.try_reserve_exact(len.saturating_sub(bytes.len())).map_err(refused)?;
    bytes.resize(len, 0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_arrive_whole_and_in_order() {
        let mut pipe = Vec::new();
        for message in [&b""[..], b"\n\0", &[7; 70_000]] {
            write(&mut pipe, message).unwrap();
        }
        let mut input = &pipe[..pipe.len() - 1];
        assert_eq!((read(&mut input), read(&mut input)), (Some(vec![]), Some(b"\n\0".to_vec())));
        // The last one was cut.
        assert_eq!(read(&mut input), None);
    }

    #[test]
    fn a_parcel_is_told_from_a_message_and_replaces_the_one_before() {
        let (mut pipe, mut parcel) = (Vec::new(), Vec::new());
        write_parcel(&mut pipe, &[1; 9000]).unwrap();
        write(&mut pipe, b"between").unwrap();
        write_parcel(&mut pipe, &[2, 3]).unwrap();
        let mut input = &pipe[..];
        assert_eq!((read_any(&mut input, &mut parcel), parcel.len()), (Some(Arrived::Parcel), 9000));
        assert_eq!(read_any(&mut input, &mut parcel), Some(Arrived::Message(b"between".to_vec())));
        assert_eq!((read_any(&mut input, &mut parcel), &*parcel), (Some(Arrived::Parcel), &[2, 3][..]));
        assert_eq!(read_any(&mut input, &mut parcel), None);
    }
}
