//! Processes: each has a memory of its own and talks to its parent in messages of bytes.
//!
//! Natively a process is a child of this program, started with [`CHILD`] as its only argument; in a browser it
//! is a worker with its own instance of the module.

#[cfg(not(target_arch = "wasm32"))]
pub use native::{Group, serve};
#[cfg(target_arch = "wasm32")]
pub use web::Group;

/// The argument that makes this program a child process, which must then call `serve`.
pub const CHILD: &str = "__process";

/// A message from a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The process: its number in the order of starting, from 0.
    pub from: usize,
    /// What it says. The first one of every process is empty: it is up.
    pub bytes: Vec<u8>,
    /// When it arrived, by [`now_us`](crate::now_us).
    pub at_us: u64,
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use super::{CHILD, Message};
    use crate::{Error, now_us};
    use std::io::{BufReader, Read, Write};
    use std::process::{Child, ChildStdin, Command, Stdio};
    use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
    use std::thread;
    use std::time::Duration;

    /// Processes that this one started; they are killed when this is dropped.
    #[derive(Debug)]
    pub struct Group {
        children: Vec<(Child, ChildStdin)>,
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
            let start_error = |error: std::io::Error| Error::Start(error.to_string());
            let program = std::env::current_exe().map_err(start_error)?;
            let mut command = Command::new(program);
            command.arg(CHILD).stdin(Stdio::piped()).stdout(Stdio::piped());
            let mut child = command.spawn().map_err(start_error)?;
            let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
                return Err(Error::Start("a child without pipes".to_owned()));
            };
            let (from, inbox) = (self.children.len(), self.inbox.0.clone());
            // Stamps each message when it arrives, whatever its reader is busy with. Nobody listens once the group is dropped.
            thread::spawn(move || {
                let mut output = BufReader::new(output);
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
            match self.inbox.1.recv_timeout(Duration::from_millis(timeout_ms.into())) {
                Ok((from, Some(bytes), at_us)) => Ok(Some(Message { from, bytes, at_us })),
                Ok((from, None, _)) => Err(Error::Panicked(format!("process {from} ended before its task did"))),
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

    /// The life of a child process: says that it is up, then lets `handle` answer each message it gets, until its parent is gone.
    pub fn serve(handle: impl Fn(&[u8], &dyn Fn(&[u8]))) {
        let send = |bytes: &[u8]| {
            // A parent that is gone ends the loop below.
            let _ = write(&mut std::io::stdout().lock(), bytes);
        };
        send(&[]);
        while let Some(bytes) = read(&mut std::io::stdin().lock()) {
            handle(&bytes, &send);
        }
    }

    /// Writes a message: its length, then itself.
    fn write(output: &mut impl Write, bytes: &[u8]) -> std::io::Result<()> {
        let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        output.write_all(&[&len.to_le_bytes(), bytes].concat())?;
        output.flush()
    }

    /// The next message; none if nobody writes any more.
    fn read(input: &mut impl Read) -> Option<Vec<u8>> {
        let mut len = [0; 4];
        input.read_exact(&mut len).ok()?;
        let mut bytes = vec![0; u32::from_le_bytes(len) as usize];
        input.read_exact(&mut bytes).ok()?;
        Some(bytes)
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
    }
}

#[cfg(target_arch = "wasm32")]
mod web {
    use super::Message;
    use crate::{Error, web};

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
            let message = self.0.receive(timeout_ms).await.map_err(|failure| web::failure_from(&failure))?;
            if message.is_undefined() {
                return Ok(None);
            }
            let at_us = (web::message_ms(&message) * 1000.0) as u64;
            let (from, bytes) = (web::message_from(&message) as usize, web::message_bytes(&message));
            Ok(Some(Message { from, bytes, at_us }))
        }
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
}
