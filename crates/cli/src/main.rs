//! `interleave`: the labs natively, on the command line. The engine is the page's, on the system's threads and processes.
#![forbid(unsafe_code)]

mod arguments;
mod report;

use interleave_engine::compare::{self, Live, Observer};
use interleave_labs::compare::Mode;
use interleave_labs::result::{ResultFile, Run};
use interleave_threads::{Blocking, Cancel, block_on, process};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    if std::env::args().nth(1).as_deref() == Some(process::CHILD) {
        process::serve(|message, send| {
            let cancel = Arc::<Cancel>::default();
            block_on(compare::child(message, &cancel.clone(), Blocking(cancel), send));
        });
        return ExitCode::SUCCESS;
    }
    let asked = arguments::from_command_line();
    for notice in &asked.notices {
        eprintln!("note: {}", notice.text);
    }
    let host = interleave_engine::host();
    match block_on(compare::run(&asked.args, &Arc::default(), &Progress { quiet: asked.json })) {
        Ok(runs) => {
            let result = ResultFile::new(&asked.args, host, runs);
            print!("{}", if asked.json { result.to_json() + "\n" } else { report::report(&result) });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Says which mode runs, so that a long run is seen to go on.
struct Progress {
    quiet: bool,
}

impl Observer for Progress {
    fn calibrating(&self) {}

    fn started(&self, mode: Mode, _live: &Arc<Live>) {
        if !self.quiet {
            eprintln!("running {}", mode.slug());
        }
    }

    fn finished(&self, _run: &Run) {}
}
