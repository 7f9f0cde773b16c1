//! Scripts, run by us.

use super::outcome::Outcome;
use super::{Gil, LIMIT};
use interleave_python::{Options, Output, Stream, Thread};
use std::path::Path;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What a script may take to end once it is stopped.
const TO_STOP: Duration = Duration::from_secs(5);

/// What a script has written: the standard output, and the error stream.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<(String, String)>>);

impl Output for Written {
    fn write(&mut self, stream: Stream, _thread: &Thread, text: &str, _at_us: u64) {
        let mut written = self.0.lock().unwrap();
        match stream {
            Stream::Out => written.0.push_str(text),
            Stream::Err => written.1.push_str(text),
        }
    }
}

/// Runs a script as if it were the file. It has no exit code if it does not even end when it is stopped.
pub fn run(source: &str, script: &Path, gil: Gil) -> Outcome {
    let options = Options {
        gil: gil == Gil::On,
        script_name: script.display().to_string(),
        greeting: super::GREETING.map(str::to_owned),
        ..Options::default()
    };
    let (written, cancel, source) = (Written::default(), options.cancel.clone(), source.to_owned());
    let (ended, wait) = channel();
    let output = written.clone();
    thread::spawn(move || ended.send(interleave_python::run(&source, &options, output).code));
    let code = wait.recv_timeout(LIMIT).or_else(|_| {
        cancel.stop();
        wait.recv_timeout(TO_STOP)
    });
    let (printed, said) = written.0.lock().unwrap().clone();
    Outcome { printed, said, code: code.ok() }
}
