//! Measures labs on real threads: the same code natively and, as WebAssembly, in a browser's workers.
//!
//! Each lab is a module that implements [`Measure`], and a feature of this crate: the page loads a WebAssembly module
//! with only the lab it shows, and those that share it. Labs share the calibrated `kernel`, the `stage` of a measurement, the run's `clock`, the
//! `baton`, a `latch`, and `processes`.
#![forbid(unsafe_code)]
// `{:?}` prints nothing in the WebAssembly modules: they are built without it.
#![cfg_attr(not(test), warn(clippy::use_debug))]
// A lab's futures stay on the thread that made them.
#![allow(async_fn_in_trait)]

pub mod baton;
mod clock;
#[cfg(target_arch = "wasm32")]
mod host;
pub mod kernel;
pub mod lab;
pub mod latch;
mod probe;
pub mod processes;
pub mod stage;

pub use clock::RunClock;
pub use kernel::Kernel;
pub use lab::{Entry, Measure};
pub use stage::{Stage, Watcher};

use interleave_labs::message::Part;
use interleave_labs::result::{Host, Memory, Runtime};

#[cfg(feature = "compare")]
mod compare;
#[cfg(feature = "machine")]
mod machine;
#[cfg(feature = "memory")]
mod memory;
#[cfg(feature = "order")]
mod order;
#[cfg(feature = "process")]
mod process;
#[cfg(feature = "python")]
mod python;
#[cfg(feature = "race")]
mod race;
#[cfg(any(feature = "python", feature = "order"))]
mod script;

/// How much of its labs is in this module.
pub const PART: Part = if cfg!(feature = "measure") { Part::Whole } else { Part::Board };

/// Every lab that is in this module, in the order of the course.
pub static LABS: &[Entry] = &[
    #[cfg(feature = "compare")]
    Entry::of::<interleave_labs::compare::Compare>(),
    #[cfg(feature = "python")]
    Entry::of::<interleave_labs::python::Python>(),
    #[cfg(feature = "order")]
    Entry::of::<interleave_labs::order::Order>(),
    #[cfg(feature = "race")]
    Entry::of::<interleave_labs::race::Race>(),
    #[cfg(feature = "process")]
    Entry::of::<interleave_labs::process::Process>(),
    #[cfg(feature = "memory")]
    Entry::of::<interleave_labs::memory::Memory>(),
    #[cfg(feature = "machine")]
    Entry::of::<interleave_labs::machine::Machine>(),
];

/// The lab called `slug`, if it is in this module.
#[must_use]
pub fn lab_called(slug: &str) -> Option<Entry> {
    LABS.iter().copied().find(|lab| lab.slug == slug)
}

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
