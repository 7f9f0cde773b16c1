//! Partial-order reduction: where a thread's next step touches nothing but its own registers, no other thread can notice when it
//! happens, and it is enough to look at the schedules in which it happens at once.
//!
//! These are ample sets of one thread (Clarke, Grumberg, Peled: *Model Checking*, chapter 10). A jump back is always looked at with
//! all others, so no cycle of states leaves a thread out. Ends, what memory holds at them, and violations stay the same; how many
//! schedules lead to them does not.

use crate::instruction::{Condition, Instruction};
use crate::machine::Machine;

/// A thread whose next step is enough to look at, if there is one.
pub fn ample(machine: &Machine) -> Option<usize> {
    (0..machine.threads()).filter(|thread| machine.can_run(*thread)).find(|thread| is_unnoticed(machine, *thread))
}

fn is_unnoticed(machine: &Machine, thread: usize) -> bool {
    let Some(instruction) = machine.next(thread) else { return false };
    let from = machine.index(machine.context(thread).pc);
    let to = match instruction {
        Instruction::Jump { to, .. } if to <= from => return false,
        Instruction::Jump { to, when: Condition::Always } => [to, to],
        Instruction::Jump { to, .. } => [to, from + 1],
        // A thread that is over is between no labels.
        Instruction::Halt => [u32::MAX; 2],
        _ => [from + 1; 2],
    };
    let unseen = |to: &u32| machine.program().assertions.iter().all(|assertion| !assertion.sees(from, *to));
    instruction.is_local() && to.iter().all(unseen)
}
