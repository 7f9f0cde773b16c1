//! Threads, a thread pool and processes with one face: `std` natively, Web
//! Workers in a browser.
//!
//! ```text
//!             page
//!              │ bytes
//!            host ─────────── its event loop is never blocked; it creates all workers
//!      ┌───────┼─────────┐
//!   thread   pool     process
//!   one memory with    its own memory,
//!   the host           messages
//! ```
//!
//! A worker that a blocked thread creates would not start before that thread
//! returns to its event loop. So in a browser each thread asks the host, whose
//! event loop is free: what blocks runs on a thread by [`unblock`].
//!
//! All of the project's unsafe code and all JavaScript of the engine is here.

// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod at_work;
mod cancel;
mod clock;
mod error;
mod memory;
mod pause;
#[cfg(feature = "pool")]
pub mod pool;
pub mod process;
mod thread;
#[cfg(target_arch = "wasm32")]
pub mod web;

pub use at_work::AtWork;
pub use cancel::{Cancel, Stopped};
pub use clock::{now_us, timer_step_us};
pub use error::Error;
pub use memory::{STACK_BYTES, own_memory, thread_stack};
#[cfg(target_arch = "wasm32")]
pub use pause::Cooperative;
pub use pause::{Blocking, Pause};
pub use pollster::block_on;
pub use thread::{JoinHandle, agent, cores, prestart, reuse, shared_memory, spawn, unblock, yield_now};
