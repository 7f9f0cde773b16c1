//! Scripts, run by Python.

use super::LIMIT;
use super::outcome::Outcome;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Runs a script. Its folder is not searched for modules: a script may be called what a module is called.
pub fn run(script: &Path) -> Outcome {
    wait_for(python().arg(script))
}

/// Python, as it runs scripts here.
pub fn python() -> Command {
    let mut command = Command::new("python3");
    command.args(["-X", "utf8", "-P", "-B", "-W", "ignore"]);
    command
}

/// Starts it and waits for its end.
pub fn wait_for(command: &mut Command) -> Outcome {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("python3");
    let (printed, said) = (read(child.stdout.take()), read(child.stderr.take()));
    let begun = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().expect("how it ended") {
            break status.code();
        }
        if begun.elapsed() > LIMIT {
            child.kill().expect("to end it");
        }
        thread::sleep(Duration::from_millis(5));
    };
    Outcome { printed: printed.join().expect("UTF-8"), said: said.join().expect("UTF-8"), code }
}

fn read(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    let mut pipe = pipe.expect("a pipe");
    thread::spawn(move || {
        let mut text = String::new();
        pipe.read_to_string(&mut text).expect("UTF-8");
        text
    })
}
