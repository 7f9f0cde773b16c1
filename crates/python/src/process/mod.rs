//! Processes of programs: each has a memory, an interpreter and a lock of its own, so that nothing is shared and values are copied.
//!
//! ```text
//! the program's process               a child
//! Interpreter ── Child ──Peer─────▶ hear ── Interpreter ── the script anew, as `__mp_main__`,
//!      ▲                                        │           then the function that it was started for
//!      └── what it prints, asks, did ◀──────────┘
//! ```
//!
//! A process is started as by CPython's method “spawn”: there is nothing to copy a running program from. What goes from process to
//! process is pickled. Queues and locks are channels in the first process; the others ask it.

mod channel;
mod child;
mod inside;
mod message;

pub use channel::Wanted;
pub use child::{Child, SIGKILL, SIGTERM};
pub use inside::hear;

use crate::Options;
use crate::guarded::Guarded;
use crate::run::gil::GilCounts;
use channel::{Asked, Channels};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// What an interpreter knows of other processes.
pub struct Family {
    /// The process's number.
    pub pid: u64,
    /// That of the process that started it; 0 if none did.
    pub parent_pid: u64,
    /// What it is called, if it was started by another one.
    pub name: Option<String>,
    /// What the processes run that it starts.
    program: Program,
    born: AtomicU64,
    children: Guarded<Vec<Arc<Child>>>,
    channels: Guarded<Channels>,
    asked: Guarded<Vec<Asked>>,
    /// Who asked, of what was only passed on.
    askers: Guarded<Vec<(u64, Arc<Child>)>>,
    asks: AtomicU64,
    gil: Guarded<GilCounts>,
}

/// What all processes of a run have in common.
#[derive(Clone)]
pub struct Program {
    source: Arc<str>,
    options: Options,
    /// When the first interpreter was made: all clocks of a program began then.
    pub made_us: u64,
}

impl Program {
    /// A program that begins now.
    pub fn new(source: &str, options: &Options) -> Program {
        Program { source: source.into(), options: options.clone(), made_us: interleave_threads::now_us() }
    }
}

impl Family {
    /// That of a program's first process.
    pub fn first(program: Program) -> Family {
        Family::new(program, 1, 0, None)
    }

    fn new(program: Program, pid: u64, parent_pid: u64, name: Option<String>) -> Family {
        Family {
            pid,
            parent_pid,
            name,
            program,
            born: AtomicU64::new(0),
            children: Guarded::default(),
            channels: Guarded::default(),
            asked: Guarded::default(),
            askers: Guarded::default(),
            asks: AtomicU64::new(0),
            gil: Guarded::default(),
        }
    }

    /// How the program is run.
    pub fn options(&self) -> &Options {
        &self.program.options
    }

    /// Whether it was started by another process.
    pub fn is_child(&self) -> bool {
        self.name.is_some()
    }

    /// When all clocks of the program began.
    pub fn made_us(&self) -> u64 {
        self.program.made_us
    }

    /// How the locks of the processes were used that have ended.
    pub fn gil_counts(&self) -> GilCounts {
        *self.gil.lock()
    }
}
