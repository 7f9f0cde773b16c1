//! Runs a lab's arguments on real threads and yields a trace: the same code
//! natively and, as WebAssembly, in a browser's workers.
//!
//! One lab is one module. What all of them need is beside it: the calibrated
//! `kernel`, a `task` on its way through its parts, the run's `clock`.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

pub mod baton;
mod clock;
pub mod compare;
mod executor;
#[cfg(target_arch = "wasm32")]
mod host;
pub mod kernel;
mod latch;
mod task;

pub use clock::RunClock;
pub use kernel::Kernel;

use interleave_labs::result::{Host, Memory, Runtime};

/// What this engine runs on.
#[must_use]
pub fn host() -> Host {
    let browser = cfg!(target_arch = "wasm32");
    Host {
        runtime: if browser { Runtime::Browser } else { Runtime::Native },
        cores: interleave_threads::cores(),
        memory: if interleave_threads::shared_memory() { Memory::Shared } else { Memory::Separate },
        timer_us: interleave_threads::timer_step_us(),
        agent: interleave_threads::agent(),
    }
}
