//! `interleave`: the labs natively, on the command line. The engine is the page's, on the system's threads and processes.
#![forbid(unsafe_code)]

mod arguments;
mod machine;
mod python;
mod report;

use arguments::{Asked, Form};
use interleave_engine::processes::Served;
use interleave_engine::stage::LiveRun;
use interleave_engine::{Entry, Stage, Watcher};
use interleave_labs::message::FromEngine;
use interleave_labs::{LABS, Values};
use interleave_threads::{block_on, process};
use std::cell::RefCell;
use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(process::CHILD) {
        let served = Served::default();
        process::serve(|message, send| block_on(served.hear(message, send)));
        return ExitCode::SUCCESS;
    }
    match arguments::from_command_line() {
        Asked::Labs => {
            print(&report::labs(LABS));
            ExitCode::SUCCESS
        }
        Asked::Python(script) => script.run(),
        Asked::Program(wish) => match wish.answer() {
            Ok(text) => {
                print(&text);
                ExitCode::SUCCESS
            }
            Err(message) => {
                eprintln!("error: {message}");
                ExitCode::FAILURE
            }
        },
        Asked::Run { lab, values, notices, form } => {
            for notice in &notices {
                eprintln!("note: {}", notice.text);
            }
            run(lab, &values, form)
        }
    }
}

fn run(lab: Entry, values: &Values, form: Form) -> ExitCode {
    let progress = Progress { quiet: form != Form::Text, told: RefCell::default() };
    let stage = Stage::new(Arc::default(), interleave_engine::host(), Box::new(progress));
    match block_on(lab.run(values, None, &stage)) {
        Ok(report) => {
            print(&report::written(&report, form));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(text: &str) {
    // The reader may have closed the pipe: `interleave … | head`.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints what is being measured, so that a long run shows progress.
struct Progress {
    quiet: bool,
    /// The part that was named last.
    told: RefCell<String>,
}

impl Watcher for Progress {
    fn say(&self, word: FromEngine) {
        if let FromEngine::Step { label, share, .. } = word
            && !self.quiet
            && *self.told.borrow() != label
        {
            eprintln!("{:3.0} %  {label}", share * 100.0);
            self.told.replace(label);
        }
    }

    fn follow(&self, _run: Option<Arc<LiveRun>>) {}
}
