//! A small CPU whose threads can be watched instruction by instruction, scheduled by hand, and explored to the end.
//!
//! It speaks the dialect of the simulator `x86.py` of *Operating Systems: Three Easy Pieces*, so that the programs of that book
//! run unchanged. A [`Program`] is read from text and loaded into a [`Machine`]; a [`Session`] runs it and can go back; an
//! [`explore::Explorer`] finds everything that any schedule can lead to.
//!
//! Where it differs from the book's simulator: registers have 32 bits; a program begins at `.main` wherever that is; `xchg` and
//! `fetchadd` take every form of address; addresses outside of the memory or in the code, a stack that is full or empty, and running past
//! the code stop a program with what is wrong; each digit of a schedule is one step, also after a `halt`. As there, `push` of a place in
//! memory pushes its address.
//!
//! Pure: no browser, no threads, no clock.
#![forbid(unsafe_code)]
// The modules are built without what it would show.
#![cfg_attr(not(test), warn(clippy::use_debug))]

mod assertion;
mod cpu;
mod directive;
mod error;
pub mod explore;
mod goal;
mod instruction;
pub mod library;
mod machine;
mod memory;
mod parse;
mod program;
mod register;
mod schedule;
mod session;
mod setup;
pub mod trace;
pub mod walk;
mod watch;

pub use assertion::{Assertion, Comparison};
pub use cpu::{Cells, Effect, Event, Fault, SLOT, Stack, Surroundings};
pub use directive::{Directives, Goal};
pub use error::{Error, SetupError};
pub use instruction::{Address, Condition, Instruction, Operation, Value};
pub use machine::{Block, MOST_THREADS, Machine, Status, Step, Switch};
pub use memory::{Memory, PAGE, Write};
pub use parse::names as instruction_names;
pub use program::{FIRST_VARIABLE, Label, Line, Program, Span, Statement, Variable};
pub use register::{Context, Register};
pub use schedule::{Schedule, Scheduler, Timer, Turn, run};
pub use session::{Frame, Session, Slot};
pub use setup::{Setup, Sharing, arguments};
pub use watch::{Place, Watch};
