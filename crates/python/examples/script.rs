//! Runs a script: `cargo run --example script -- SCRIPT.py [off]`.

use interleave_python::{Options, Output, Stream, Thread, run};
use std::io::Write;

struct Terminal;

impl Output for Terminal {
    fn write(&mut self, stream: Stream, _: &Thread, text: &str, _: u64) {
        // The reader may have closed the pipe.
        let _ = match stream {
            Stream::Out => std::io::stdout().write_all(text.as_bytes()),
            Stream::Err => std::io::stderr().write_all(text.as_bytes()),
        };
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("a script");
    let gil = std::env::args().nth(2).as_deref() != Some("off");
    let source = std::fs::read_to_string(&path).expect("a readable script");
    let exit = run(&source, &Options { gil, script_name: path, ..Options::default() }, Terminal);
    std::process::exit(exit.code);
}
