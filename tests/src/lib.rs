//! What the browser tests need: a server for the built site, a real browser on it, and a page that collects the
//! contract's events.
//!
//! `cargo xtask test` says where things are, in environment variables.
#![forbid(unsafe_code)]

mod browser;
mod build;
mod page;
mod processes;
mod result;
mod site;

pub use browser::{Browser, alone, with_browser, with_tab};
pub use build::Build;
pub use interleave_xtask::server::Reply;
pub use page::{Event, Page, set_screen, set_width};
pub use processes::{WorkerTimes, page_memory, worker_threads};
pub use result::{Compared, explained, read};
pub use site::{Blog, Headers, POST, Site};

/// The value of an environment variable that `cargo xtask test` sets.
///
/// # Panics
/// If it is not set.
#[must_use]
pub fn from_xtask(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run these tests by `cargo xtask test`"))
}
