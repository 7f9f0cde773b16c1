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

/// Python writes a line and its end one after the other, so lines of threads that print at the same moment run together. Here each
/// `print` writes once.
const WHOLE_LINES: &str = "
import builtins, sys
def _whole(*values, sep=' ', end='\\n', file=None, flush=False, _print=print):
    _print((' ' if sep is None else sep).join(map(str, values)) + ('\\n' if end is None else end), end='', file=file, flush=flush)
builtins.print = _whole
del sys.argv[0]
exec(compile(open(sys.argv[0], encoding='utf-8').read(), sys.argv[0], 'exec'))
";

/// Runs a script whose threads may print at the same moment, and keeps their lines apart.
pub fn run_in_whole_lines(script: &Path) -> Outcome {
    wait_for(python().args(["-c", WHOLE_LINES]).arg(script))
}

fn python() -> Command {
    let mut command = Command::new("python3");
    command.args(["-X", "utf8", "-P", "-B", "-W", "ignore"]);
    command
}

fn wait_for(command: &mut Command) -> Outcome {
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
