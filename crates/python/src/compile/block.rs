//! What is left by a jump or a return: loops, handlers, context managers.

use super::code::Handler;
use super::instr::{Instr, Reg};
use super::{Compiled, Compiler};
use crate::symbol::Symbol;
use ruff_python_ast::Stmt;

/// A part of a function that has to be left in order.
pub enum Block<'a> {
    /// A loop: where `continue` goes, the iterator's register, and the jumps of `break`.
    Loop { top: u32, iterator: Option<Reg>, breaks: Vec<usize> },
    /// A `try` with `finally`.
    Finally { body: &'a [Stmt], guard: Guard },
    /// A `try` with `except`.
    Try { guard: Guard },
    /// A `with`: the registers of the manager and its exit.
    With { manager: Reg, is_async: bool, guard: Guard },
    /// An exception is being handled; maybe under a name.
    Handling { name: Option<Symbol> },
}

/// The instructions from which exceptions go to a handler.
pub struct Guard {
    from: u32,
    ranges: Vec<(u32, u32)>,
}

impl<'a> Compiler<'a> {
    /// Exceptions from here on go to a handler.
    pub fn guard(&mut self) -> Guard {
        Guard { from: self.here(), ranges: Vec::new() }
    }

    /// Exceptions from here on no longer go to that handler: from where they did.
    pub fn end_guard(&mut self, mut guard: Guard) -> Vec<(u32, u32)> {
        let here = self.here();
        guard.ranges.push((guard.from, here));
        guard.ranges
    }

    /// The next instruction handles exceptions of `ranges`, with the exception in a register.
    pub fn handler(&mut self, ranges: Vec<(u32, u32)>, exception: Reg) {
        let (target, handled) = (self.here(), self.unit().handled);
        let handler = |(from, to)| Handler { from, to, target, exception, handled };
        let ranges = ranges.into_iter().filter(|(from, to)| from < to);
        self.unit().handlers.extend(ranges.map(handler));
    }

    /// Leaves all blocks from `depth` on in order, does `then` (a jump or return), and goes on as if it had not left.
    pub fn leave(&mut self, depth: usize, then: impl FnOnce(&mut Compiler<'a>) -> Compiled<()>) -> Compiled<()> {
        let mut left = Vec::new();
        let handled = self.unit().handled;
        let assigned = self.unit().assigned;
        while self.unit().blocks.len() > depth {
            let here = self.here();
            let Some(mut block) = self.unit().blocks.pop() else { break };
            if let Block::Finally { guard, .. } | Block::Try { guard } | Block::With { guard, .. } = &mut block {
                guard.ranges.push((guard.from, here));
            }
            self.leave_one(&block)?;
            left.push(block);
        }
        then(self)?;
        let here = self.here();
        while let Some(mut block) = left.pop() {
            if let Block::Finally { guard, .. } | Block::Try { guard } | Block::With { guard, .. } = &mut block {
                guard.from = here;
            }
            self.unit().blocks.push(block);
        }
        self.unit().handled = handled;
        self.unit().assigned = assigned;
        Ok(())
    }

    fn leave_one(&mut self, block: &Block<'a>) -> Compiled<()> {
        match block {
            Block::Loop { iterator, .. } => {
                if let Some(d) = *iterator {
                    self.emit(Instr::Clear { d });
                }
            }
            Block::Finally { body, .. } => self.body(body)?,
            Block::Try { .. } => {}
            Block::With { manager, is_async: false, .. } => {
                self.emit(Instr::Exit { a: *manager });
            }
            Block::With { manager, is_async: true, .. } => self.async_exit(*manager)?,
            Block::Handling { name } => {
                self.emit(Instr::Handled);
                self.unit().handled -= 1;
                if let Some(name) = name {
                    self.forget(*name)?;
                }
            }
        }
        Ok(())
    }
}
