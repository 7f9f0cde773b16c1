//! Scripts, run by us.

use super::Gil;
use super::outcome::Outcome;
use interleave_python::{Options, Output, Stream};
use std::path::Path;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// After so long a script is stopped: the longest takes seconds.
const LIMIT: Duration = Duration::from_secs(60);

/// What a script has written: the standard output, and the error stream.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<(String, String)>>);

impl Output for Written {
    fn write(&mut self, stream: Stream, _thread: u32, text: &str, _at_us: u64) {
        let mut written = self.0.lock().unwrap();
        match stream {
            Stream::Out => written.0.push_str(text),
            Stream::Err => written.1.push_str(text),
        }
    }
}

/// Runs a script as if it were the file.
pub fn run(source: &str, script: &Path, gil: Gil) -> Outcome {
    let options = Options { gil: gil == Gil::On, script_name: script.display().to_string(), ..Options::default() };
    let written = Written::default();
    let (over, wait) = channel::<()>();
    let cancel = options.cancel.clone();
    thread::spawn(move || {
        if wait.recv_timeout(LIMIT) == Err(RecvTimeoutError::Timeout) {
            cancel.stop();
        }
    });
    let exit = interleave_python::run(source, &options, written.clone());
    drop(over);
    let (printed, said) = written.0.lock().unwrap().clone();
    Outcome { printed, said, code: Some(exit.code) }
}
