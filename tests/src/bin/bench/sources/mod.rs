//! Where figures come from.

pub mod drawing;
pub mod labs;
pub mod lighthouse;
pub mod load;
pub mod memory;
pub mod modes;
pub mod probe;
pub mod runs;
pub mod stop;

use interleave_xtask::server::{OnSent, Options, Server};
use std::path::PathBuf;

/// Defines `press()` for a script in the page: it presses Run as soon as that can be done.
const PRESS_RUN: &str = "const press = () => { const run = document.querySelector('#run'); \
    run && !run.disabled ? run.click() : setTimeout(press, 20); };";

/// The folder with everything that is measured.
fn folder() -> PathBuf {
    PathBuf::from(e2e::from_xtask("INTERLEAVE_BENCH_SITE"))
}

/// Serves one of its sites: `app`, `probes`, `counter` or `rayon`.
fn serve(site: &str, on_sent: Option<OnSent>) -> Server {
    Server::start(Options { on_sent, ..Options::new(folder().join(site)) }).expect("a port")
}
