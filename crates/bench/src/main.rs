//! A probe, natively: prints its samples as JSON.
#![forbid(unsafe_code)]

use interleave_bench::{Probe, Scale};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(probe) = arguments.next().as_deref().and_then(Probe::named) else {
        let names: Vec<_> = interleave_bench::PROBES.iter().map(|probe| probe.name).collect();
        eprintln!("usage: interleave-bench <probe> [quick]; probes: {}", names.join(", "));
        return ExitCode::from(2);
    };
    let scale = if arguments.next().as_deref() == Some("quick") { Scale::Quick } else { Scale::Full };
    match interleave_threads::block_on(probe.run(scale)) {
        Ok(series) => {
            println!("{}", serde_json::json!(series));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{}: {error}", probe.name);
            ExitCode::FAILURE
        }
    }
}
