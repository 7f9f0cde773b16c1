//! Loops.

use super::block::Block;
use super::instr::Instr;
use super::variable::Place;
use super::{Compiled, Compiler};
use crate::symbol::{self, Symbol};
use ruff_python_ast::{Expr, Stmt, StmtFor, StmtWhile};

impl<'a> Compiler<'a> {
    /// The jumps of `break` of the loop, which ends here: they go to the next instruction.
    fn end_loop(&mut self) -> Compiled<()> {
        if let Some(Block::Loop { breaks, .. }) = self.unit().blocks.pop() {
            self.unit().broken.push(breaks);
        }
        Ok(())
    }

    pub fn while_loop(&mut self, inner: &'a StmtWhile) -> Compiled<()> {
        let before = self.unit().assigned;
        let enter = self.jump_if(&inner.test, false)?;
        let top = self.here();
        self.unit().blocks.push(Block::Loop { top: u32::MAX, iterator: None, breaks: Vec::new() });
        let depth = self.unit().blocks.len();
        self.unit().continues.push((depth, Vec::new()));
        self.body(&inner.body)?;
        let continues = self.unit().continues.pop().map(|(_, jumps)| jumps).unwrap_or_default();
        self.land(continues)?;
        self.unit().assigned = before;
        let again = self.jump_if(&inner.test, true)?;
        for jump in again {
            self.land_at(jump, top)?;
        }
        self.land(enter)?;
        self.end_loop()?;
        self.unit().assigned = before;
        self.body(&inner.orelse)?;
        let breaks = self.unit().broken.pop().unwrap_or_default();
        self.land(breaks)?;
        self.unit().assigned = before;
        Ok(())
    }

    pub fn for_loop(&mut self, inner: &'a StmtFor) -> Compiled<()> {
        if inner.is_async {
            return self.async_for(inner);
        }
        let it = self.temps(3)?;
        let a = self.operand(&inner.iter)?;
        self.emit(Instr::Iterate { d: it, a });
        self.unit().next = it as usize + 3;
        let before = self.unit().assigned;
        let top = self.here();
        self.unit().blocks.push(Block::Loop { top, iterator: Some(it), breaks: Vec::new() });
        let end = match &*inner.target {
            Expr::Name(name) if matches!(self.place(Symbol::of(&name.id)), Place::Local(_)) => {
                let Place::Local(d) = self.place(Symbol::of(&name.id)) else { return Ok(()) };
                let end = self.emit(Instr::Next { d, a: it, to: 0 });
                self.now_assigned(d);
                end
            }
            target => {
                let d = self.temp()?;
                let end = self.emit(Instr::Next { d, a: it, to: 0 });
                self.assign(target, d)?;
                end
            }
        };
        self.body(&inner.body)?;
        self.emit(Instr::Jump { to: top });
        self.land([end])?;
        self.end_loop()?;
        self.unit().assigned = before;
        self.emit(Instr::Clear { d: it });
        self.body(&inner.orelse)?;
        let breaks = self.unit().broken.pop().unwrap_or_default();
        self.land(breaks)?;
        self.unit().assigned = before;
        Ok(())
    }

    fn async_for(&mut self, inner: &'a StmtFor) -> Compiled<()> {
        let it = self.fresh(&inner.iter)?;
        let site = self.site(symbol::AITER);
        self.emit(Instr::CallMethod { d: it, f: it, count: 0, site });
        let before = self.unit().assigned;
        let exception = self.temp()?;
        let top = self.here();
        self.unit().blocks.push(Block::Loop { top, iterator: Some(it), breaks: Vec::new() });
        let d = self.temp()?;
        let guard = self.guard();
        self.emit(Instr::Move { d, a: it });
        let site = self.site(symbol::ANEXT);
        self.emit(Instr::CallMethod { d, f: d, count: 0, site });
        self.delegate_to(d, d, true)?;
        let ranges = self.end_guard(guard);
        self.assign(&inner.target, d)?;
        self.body(&inner.body)?;
        self.emit(Instr::Jump { to: top });
        self.handler(ranges, exception);
        let class = self.temp()?;
        let at = self.global(Symbol::of("StopAsyncIteration"));
        self.emit(Instr::LoadGlobal { d: class, at });
        self.emit(Instr::Matches { d: class, a: exception, b: class });
        let over = self.emit(Instr::JumpIf { a: class, when: true, to: 0 });
        self.emit(Instr::Rethrow { a: exception });
        self.land([over])?;
        self.end_loop()?;
        self.unit().assigned = before;
        self.emit(Instr::Clear { d: it });
        self.body(&inner.orelse)?;
        let breaks = self.unit().broken.pop().unwrap_or_default();
        self.land(breaks)?;
        self.unit().assigned = before;
        Ok(())
    }

    pub fn leave_loop(&mut self, stmt: &Stmt, breaks: bool) -> Compiled<()> {
        let position = self.unit().blocks.iter().rposition(|block| matches!(block, Block::Loop { .. }));
        let Some(at) = position else {
            return self.problem(stmt, if breaks { "'break' outside loop" } else { "'continue' not properly in loop" });
        };
        let mut jump = 0;
        self.leave(at + 1, |this| {
            let loop_at = this.unit().blocks.last();
            let (to, iterator) = match loop_at {
                Some(Block::Loop { top, iterator, .. }) => (*top, *iterator),
                _ => (0, None),
            };
            if let (true, Some(d)) = (breaks, iterator) {
                this.emit(Instr::Clear { d });
            }
            jump = this.emit(Instr::Jump { to });
            Ok(())
        })?;
        if breaks {
            if let Some(Block::Loop { breaks, .. }) = self.unit().blocks.get_mut(at) {
                breaks.push(jump);
            }
        } else if let Some((_, jumps)) = self.unit().continues.iter_mut().find(|(depth, _)| *depth == at + 1) {
            jumps.push(jump);
        }
        Ok(())
    }
}
