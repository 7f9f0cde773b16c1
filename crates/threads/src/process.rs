//! Processes: each has a memory of its own and talks to its parent in messages of bytes.
//!
//! Natively a process is a child of this program, started with [`CHILD`] as its only argument; in a browser it
//! is a worker with its own instance of the module.

use crate::Error;

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Group, Partner, Peer, say, serve};
#[cfg(target_arch = "wasm32")]
mod web;
#[cfg(target_arch = "wasm32")]
pub use web::{Group, Partner, Peer, say};

/// The argument that makes this program a child process, which must then call `serve`.
pub const CHILD: &str = "__process";

/// A message from a process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The process: its number in the order of starting, from 0.
    pub from: usize,
    /// What it says. The first one of every process is empty: it is up.
    pub bytes: Vec<u8>,
    /// When it arrived, by [`now_us`](crate::now_us).
    pub at_us: u64,
}

/// A process that has ended, or never began: it says nothing more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gone {
    /// The process: its number in the order of starting, from 0.
    pub from: usize,
    /// Why.
    pub error: Error,
}

/// What a parent hears of a [`Peer`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// What it [`say`]s.
    Said(Vec<u8>),
    /// It has ended, or never began: why. Nothing more is heard of it.
    Gone(Error),
}

/// How a parcel gets into another process's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is copied: natively through a pipe, in a browser by structured clone.
    Copy,
    /// The memory that it is in becomes the other's, and its sender no longer has it. Only in a browser.
    Transfer,
}

impl Way {
    /// The ways that there are here.
    pub const HERE: &[Way] = if cfg!(target_arch = "wasm32") { &[Way::Copy, Way::Transfer] } else { &[Way::Copy] };
}

/// How long a process that a [`Partner`] waits for may take before it counts as hung, in milliseconds.
const PATIENCE_MS: u32 = 10_000;
/// How often a stop is looked for meanwhile, in milliseconds.
const LOOK_MS: u32 = 20;
