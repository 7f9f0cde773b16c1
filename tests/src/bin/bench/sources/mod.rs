//! Where figures come from.

pub mod drawing;
pub mod lighthouse;
pub mod load;
pub mod memory;
pub mod modes;
pub mod probe;
pub mod stop;

use interleave_xtask::server::{OnSent, Options, Server};
use std::path::PathBuf;

/// The folder with everything that is measured.
fn folder() -> PathBuf {
    PathBuf::from(e2e::from_xtask("INTERLEAVE_BENCH_SITE"))
}

/// Serves one of its sites: `app`, `probes`, `counter` or `rayon`.
fn serve(site: &str, on_sent: Option<OnSent>) -> Server {
    Server::start(Options { on_sent, ..Options::new(folder().join(site)) }).expect("a port")
}
