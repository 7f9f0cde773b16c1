//! Context managers.

use super::block::Block;
use super::instr::{Instr, Reg};
use super::{Compiled, Compiler, Kind};
use crate::symbol::{self};
use ruff_python_ast::{StmtWith, WithItem};

impl<'a> Compiler<'a> {
    pub fn with(&mut self, inner: &'a StmtWith, items: &'a [WithItem]) -> Compiled<()> {
        let Some((item, rest)) = items.split_first() else { return self.body(&inner.body) };
        let before = self.unit().assigned;
        let exception = self.temp()?;
        let manager = self.temps(3)?;
        let a = self.operand(&item.context_expr)?;
        if inner.is_async {
            self.async_enter(a, manager)?;
        } else {
            let saved = self.at(&item.context_expr);
            self.emit(Instr::Enter { d: manager, a });
            self.back_at(saved);
        }
        let guard = self.guard();
        self.unit().blocks.push(Block::With { manager, is_async: inner.is_async, guard });
        if let Some(target) = &item.optional_vars {
            self.assign(target, manager + 2)?;
        } else {
            self.emit(Instr::Clear { d: manager + 2 });
        }
        self.with(inner, rest)?;
        let Some(Block::With { guard, .. }) = self.unit().blocks.pop() else { return Ok(()) };
        let ranges = self.end_guard(guard);
        let saved = self.at(&item.context_expr);
        if inner.is_async {
            self.async_exit(manager)?;
        } else {
            self.emit(Instr::Exit { a: manager });
        }
        let end = self.emit(Instr::Jump { to: 0 });
        self.handler(ranges, exception);
        self.emit(Instr::Handle { a: exception });
        self.unit().handled += 1;
        let d = self.temp()?;
        if inner.is_async {
            self.async_exit_with(manager, exception, d)?;
        } else {
            self.emit(Instr::ExitWith { d, a: manager, b: exception });
        }
        let swallowed = self.emit(Instr::JumpIf { a: d, when: true, to: 0 });
        self.end_handling();
        self.emit(Instr::Rethrow { a: exception });
        self.land([swallowed])?;
        self.emit(Instr::Handled);
        self.emit(Instr::Clear { d: exception });
        self.land([end])?;
        self.back_at(saved);
        self.unit().assigned = before;
        Ok(())
    }

    fn async_enter(&mut self, a: Reg, manager: Reg) -> Compiled<()> {
        if !matches!(self.unit().kind, Kind::Coroutine | Kind::AsyncGenerator) {
            return self.problem(ruff_text_size::TextRange::default(), "'async with' outside async function");
        }
        self.emit(Instr::Move { d: manager, a });
        let site = self.site(symbol::AEXIT);
        self.emit(Instr::LoadAttr { d: manager + 1, a: manager, site });
        let call = self.temp()?;
        self.emit(Instr::Move { d: call, a: manager });
        let site = self.site(symbol::AENTER);
        self.emit(Instr::CallMethod { d: call, f: call, count: 0, site });
        self.delegate_to(call, manager + 2, true)
    }

    /// Awaits `__aexit__` without an exception.
    pub fn async_exit(&mut self, manager: Reg) -> Compiled<()> {
        let f = self.temps(4)?;
        self.emit(Instr::Move { d: f, a: manager + 1 });
        for d in f + 1..f + 4 {
            self.emit(Instr::None { d });
        }
        self.emit(Instr::Call { d: f, f, count: 3 });
        self.delegate_to(f, f, true)
    }

    fn async_exit_with(&mut self, manager: Reg, exception: Reg, d: Reg) -> Compiled<()> {
        let f = self.temps(4)?;
        self.emit(Instr::Move { d: f, a: manager + 1 });
        let site = self.site(symbol::CLASS);
        self.emit(Instr::LoadAttr { d: f + 1, a: exception, site });
        self.emit(Instr::Move { d: f + 2, a: exception });
        self.emit(Instr::None { d: f + 3 });
        self.emit(Instr::Call { d: f, f, count: 3 });
        self.delegate_to(f, d, true)
    }
}
