//! Generators and coroutines: functions that stop in the middle and go on.

use super::discard::discard;
use crate::guarded::Guarded;
use crate::value::Value;
use crate::vm::frame::Callee;

/// A generator or coroutine.
#[derive(Debug)]
pub struct Generator {
    /// Its function.
    pub callee: Callee,
    /// Where it is.
    pub state: Guarded<State>,
}

/// Where a generator is.
#[derive(Debug)]
pub enum State {
    /// It waits: its registers, the next instruction, where a sent value goes, and the register of an iterator that it delegates to.
    Waiting {
        /// Its registers.
        registers: Vec<Value>,
        /// The next instruction.
        pc: u32,
        /// Where a sent value goes; none before it began.
        sent_to: Option<u8>,
        /// The iterator it delegates to (`yield from`, `await`).
        delegate: Option<Value>,
    },
    /// It is running.
    Running,
    /// It has ended.
    Ended,
}

impl Drop for Generator {
    fn drop(&mut self) {
        if let State::Waiting { registers, .. } = self.state.get_mut() {
            let registers = std::mem::take(registers);
            discard(registers);
        }
    }
}
