//! Raising and handling exceptions.

use super::block::Block;
use super::instr::{Instr, Reg};
use super::{Compiled, Compiler};
use crate::symbol::Symbol;
use ruff_python_ast::{ExceptHandler, StmtRaise, StmtTry};

impl<'a> Compiler<'a> {
    pub fn raise(&mut self, raise: &'a StmtRaise) -> Compiled<()> {
        match (&raise.exc, &raise.cause) {
            (None, _) => {
                self.emit(Instr::Reraise);
            }
            (Some(exception), None) => {
                let a = self.operand(exception)?;
                self.emit(Instr::Raise { a });
            }
            (Some(exception), Some(cause)) => {
                let a = self.operand(exception)?;
                let b = self.operand(cause)?;
                self.emit(Instr::RaiseFrom { a, b });
            }
        }
        Ok(())
    }

    pub fn try_statement(&mut self, inner: &'a StmtTry) -> Compiled<()> {
        if inner.is_star {
            return self.unsupported(inner, "'except*'");
        }
        let before = self.unit().assigned;
        let exception = self.temp()?;
        let finally = !inner.finalbody.is_empty();
        if finally {
            let guard = self.guard();
            self.unit().blocks.push(Block::Finally { body: &inner.finalbody, guard });
        }
        if inner.handlers.is_empty() {
            self.body(&inner.body)?;
            self.body(&inner.orelse)?;
        } else {
            self.try_except(inner, exception)?;
        }
        if finally {
            let Some(Block::Finally { guard, .. }) = self.unit().blocks.pop() else { return Ok(()) };
            let ranges = self.end_guard(guard);
            self.body(&inner.finalbody)?;
            let end = self.emit(Instr::Jump { to: 0 });
            self.handler(ranges, exception);
            self.unit().assigned = before;
            self.begin_handling(exception, None);
            self.body(&inner.finalbody)?;
            self.unit().blocks.pop();
            self.end_handling();
            self.emit(Instr::Rethrow { a: exception });
            self.land([end])?;
        }
        self.unit().assigned = before;
        Ok(())
    }

    fn begin_handling(&mut self, exception: Reg, name: Option<Symbol>) {
        self.emit(Instr::Handle { a: exception });
        let unit = self.unit();
        unit.handled += 1;
        unit.blocks.push(Block::Handling { name });
    }

    pub fn end_handling(&mut self) {
        self.emit(Instr::Handled);
        self.unit().handled -= 1;
    }

    fn try_except(&mut self, inner: &'a StmtTry, exception: Reg) -> Compiled<()> {
        let before = self.unit().assigned;
        let guard = self.guard();
        self.unit().blocks.push(Block::Try { guard });
        self.body(&inner.body)?;
        let Some(Block::Try { guard }) = self.unit().blocks.pop() else { return Ok(()) };
        let ranges = self.end_guard(guard);
        self.body(&inner.orelse)?;
        let mut ends = vec![self.emit(Instr::Jump { to: 0 })];
        self.handler(ranges, exception);
        self.unit().assigned = before;
        self.begin_handling(exception, None);
        let mut caught_all = false;
        for handler in &inner.handlers {
            let ExceptHandler::ExceptHandler(handler) = handler;
            let mut next = None;
            match &handler.type_ {
                Some(class) => {
                    let b = self.operand(class)?;
                    let d = self.temp()?;
                    let saved = self.at(&**class);
                    self.emit(Instr::Matches { d, a: exception, b });
                    next = Some(self.emit(Instr::JumpIf { a: d, when: false, to: 0 }));
                    self.back_at(saved);
                }
                None => caught_all = true,
            }
            let name = handler.name.as_ref().map(|name| Symbol::of(name));
            if let Some(name) = name {
                let copy = self.temp()?;
                self.emit(Instr::Move { d: copy, a: exception });
                self.store(name, copy);
            }
            if let Some(Block::Handling { name: own }) = self.unit().blocks.last_mut() {
                *own = name;
            }
            self.body(&handler.body)?;
            if let Some(Block::Handling { name: own }) = self.unit().blocks.last_mut() {
                *own = None;
            }
            if let Some(name) = name {
                self.forget(name)?;
            }
            self.emit(Instr::Handled);
            self.emit(Instr::Clear { d: exception });
            ends.push(self.emit(Instr::Jump { to: 0 }));
            self.land(next)?;
            self.unit().assigned = before;
        }
        self.unit().blocks.pop();
        self.unit().handled -= 1;
        if !caught_all {
            self.emit(Instr::Handled);
            self.emit(Instr::Rethrow { a: exception });
        }
        self.land(ends)
    }
}
