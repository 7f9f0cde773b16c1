//! Statements.

use super::code::{Instr, Reg};
use super::unit::{Block, Place};
use super::{Compiled, Compiler, Kind};
use crate::modules;
use crate::symbol::{self, Symbol};
use ruff_python_ast::{
    ElifElseClause, ExceptHandler, Expr, Stmt, StmtAssign, StmtAugAssign, StmtFor, StmtIf, StmtImport, StmtImportFrom,
    StmtRaise, StmtTry, StmtWhile, StmtWith, WithItem,
};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a> {
    /// Statements, one after another.
    pub fn body(&mut self, body: &'a [Stmt]) -> Compiled<()> {
        body.iter().try_for_each(|stmt| self.statement(stmt))
    }

    fn statement(&mut self, stmt: &'a Stmt) -> Compiled<()> {
        let mark = self.unit().next;
        let before = self.at(stmt);
        self.statement_at(stmt)?;
        self.back_at(before);
        self.unit().next = mark;
        Ok(())
    }

    fn statement_at(&mut self, stmt: &'a Stmt) -> Compiled<()> {
        match stmt {
            Stmt::Expr(inner) => {
                if !matches!(&*inner.value, Expr::StringLiteral(_) | Expr::NumberLiteral(_) | Expr::EllipsisLiteral(_))
                {
                    self.operand(&inner.value)?;
                }
            }
            Stmt::Assign(assign) => self.assignment(assign)?,
            Stmt::AugAssign(assign) => self.augmented(assign)?,
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let a = self.operand(value)?;
                    self.assign(&assign.target, a)?;
                }
            }
            Stmt::If(inner) => self.choice(inner)?,
            Stmt::While(inner) => self.while_loop(inner)?,
            Stmt::For(inner) => self.for_loop(inner)?,
            Stmt::FunctionDef(def) => self.function(def)?,
            Stmt::ClassDef(def) => self.class(def)?,
            Stmt::Return(inner) => {
                if !self.unit().is_function() {
                    return self.problem(stmt, "'return' outside function");
                }
                match &inner.value {
                    Some(value) => {
                        // What is left on the way out could change a variable.
                        let a = if self.unit().blocks.is_empty() { self.operand(value)? } else { self.fresh(value)? };
                        self.leave(0, |this| {
                            this.emit(Instr::Return { a });
                            Ok(())
                        })?;
                    }
                    None => self.leave(0, |this| {
                        this.emit(Instr::ReturnNone);
                        Ok(())
                    })?,
                }
            }
            Stmt::Pass(_) | Stmt::Global(_) | Stmt::Nonlocal(_) => {}
            Stmt::Break(_) => self.leave_loop(stmt, true)?,
            Stmt::Continue(_) => self.leave_loop(stmt, false)?,
            Stmt::Delete(inner) => inner.targets.iter().try_for_each(|target| self.delete_target(target))?,
            Stmt::Assert(inner) => {
                let passed = self.jump_if(&inner.test, true)?;
                let a = self.temp()?;
                match &inner.msg {
                    Some(message) => self.value(message, a)?,
                    None => {
                        self.emit(Instr::Clear { d: a });
                    }
                }
                self.emit(Instr::AssertionFailed { a });
                self.land(passed)?;
            }
            Stmt::Raise(inner) => self.raise(inner)?,
            Stmt::Try(inner) => self.try_statement(inner)?,
            Stmt::With(inner) => self.with(inner, &inner.items)?,
            Stmt::Import(import) => self.import(import)?,
            Stmt::ImportFrom(import) => self.import_from(import)?,
            Stmt::Match(inner) => self.match_statement(inner)?,
            Stmt::TypeAlias(_) => return self.unsupported(stmt, "a type alias"),
            Stmt::IpyEscapeCommand(_) => return self.unsupported(stmt, "an escape command"),
        }
        Ok(())
    }

    fn assignment(&mut self, assign: &'a StmtAssign) -> Compiled<()> {
        if let ([target], value) = (&assign.targets[..], &*assign.value) {
            if let (Expr::Tuple(targets), Expr::Tuple(values)) = (target, value)
                && targets.elts.len() == values.elts.len()
                && targets.elts.len() <= 8
                && !targets.elts.iter().chain(&values.elts).any(Expr::is_starred_expr)
            {
                // Without a tuple in between.
                let registers = values.elts.iter().map(|value| self.fresh(value)).collect::<Compiled<Vec<_>>>()?;
                return targets.elts.iter().zip(registers).try_for_each(|(target, a)| self.assign(target, a));
            }
            if let Expr::Name(name) = target
                && let Place::Local(d) = self.place(Symbol::of(&name.id))
            {
                self.value(value, d)?;
                self.now_assigned(d);
                return Ok(());
            }
        }
        let a = if assign.targets.len() == 1 { self.operand(&assign.value)? } else { self.fresh(&assign.value)? };
        let last = assign.targets.len() - 1;
        for (at, target) in assign.targets.iter().enumerate() {
            if at == last {
                self.assign(target, a)?;
            } else {
                let copy = self.temp()?;
                self.emit(Instr::Move { d: copy, a });
                self.assign(target, copy)?;
            }
        }
        Ok(())
    }

    /// Assigns the value of a register, which may be moved out of it.
    pub fn assign(&mut self, target: &'a Expr, a: Reg) -> Compiled<()> {
        let mark = self.unit().next;
        let before = self.at(target);
        match target {
            Expr::Name(name) => self.store(Symbol::of(&name.id), a),
            Expr::Attribute(attribute) => {
                let object = self.operand(&attribute.value)?;
                let name = self.attribute(&attribute.attr);
                let site = self.site(name);
                self.emit(Instr::StoreAttr { a: object, b: a, site });
            }
            Expr::Subscript(subscript) => {
                let object = self.operand(&subscript.value)?;
                let key = self.operand(&subscript.slice)?;
                self.emit(Instr::StoreItem { a: object, b: key, c: a });
            }
            Expr::Tuple(tuple) => self.unpack(&tuple.elts, target, a)?,
            Expr::List(list) => self.unpack(&list.elts, target, a)?,
            Expr::Starred(_) => return self.problem(target, "starred assignment target must be in a list or tuple"),
            _ => return self.problem(target, "cannot assign to this expression"),
        }
        self.back_at(before);
        self.unit().next = mark;
        Ok(())
    }

    fn unpack(&mut self, targets: &'a [Expr], whole: &Expr, a: Reg) -> Compiled<()> {
        let rest = targets.iter().position(Expr::is_starred_expr);
        let first = self.temps(targets.len())?;
        match rest {
            None => self.emit(Instr::Unpack { d: first, a, count: targets.len() as u8 }),
            Some(at) => {
                if targets[at + 1..].iter().any(Expr::is_starred_expr) {
                    return self.problem(whole, "multiple starred expressions in assignment");
                }
                let (before, after) = (at as u8, (targets.len() - at - 1) as u8);
                self.emit(Instr::UnpackRest { d: first, a, before, after })
            }
        };
        for (target, reg) in targets.iter().zip(first..) {
            match target {
                Expr::Starred(starred) => self.assign(&starred.value, reg)?,
                _ => self.assign(target, reg)?,
            }
        }
        Ok(())
    }

    fn augmented(&mut self, assign: &'a StmtAugAssign) -> Compiled<()> {
        match &*assign.target {
            Expr::Name(name) => {
                let name = Symbol::of(&name.id);
                if let Place::Local(reg) = self.place(name) {
                    self.check(reg);
                    return self.in_place(assign.op, reg, &assign.value, reg);
                }
                let a = self.temp()?;
                self.load(name, a);
                self.in_place(assign.op, a, &assign.value, a)?;
                self.store(name, a);
            }
            Expr::Attribute(attribute) => {
                let object = self.operand(&attribute.value)?;
                let name = self.attribute(&attribute.attr);
                let a = self.temp()?;
                let site = self.site(name);
                self.emit(Instr::LoadAttr { d: a, a: object, site });
                self.in_place(assign.op, a, &assign.value, a)?;
                let site = self.site(name);
                self.emit(Instr::StoreAttr { a: object, b: a, site });
            }
            Expr::Subscript(subscript) => {
                let object = self.operand(&subscript.value)?;
                let key = self.operand(&subscript.slice)?;
                let a = self.temp()?;
                self.emit(Instr::LoadItem { d: a, a: object, b: key });
                self.in_place(assign.op, a, &assign.value, a)?;
                self.emit(Instr::StoreItem { a: object, b: key, c: a });
            }
            target => return self.problem(target, "this is an illegal expression for augmented assignment"),
        }
        Ok(())
    }

    fn delete_target(&mut self, target: &'a Expr) -> Compiled<()> {
        match target {
            Expr::Name(name) => self.delete(Symbol::of(&name.id), true),
            Expr::Attribute(attribute) => {
                let a = self.operand(&attribute.value)?;
                let name = self.attribute(&attribute.attr);
                self.emit(Instr::DeleteAttr { a, name });
            }
            Expr::Subscript(subscript) => {
                let a = self.operand(&subscript.value)?;
                let b = self.operand(&subscript.slice)?;
                self.emit(Instr::DeleteItem { a, b });
            }
            Expr::Tuple(tuple) => tuple.elts.iter().try_for_each(|target| self.delete_target(target))?,
            Expr::List(list) => list.elts.iter().try_for_each(|target| self.delete_target(target))?,
            _ => return self.problem(target, "cannot delete this expression"),
        }
        Ok(())
    }

    fn choice(&mut self, choice: &'a StmtIf) -> Compiled<()> {
        let mut ends = Vec::new();
        let mut next = self.jump_if(&choice.test, false)?;
        let before = self.unit().assigned;
        self.body(&choice.body)?;
        let mut after = self.unit().assigned;
        let mut exhaustive = false;
        for clause in &choice.elif_else_clauses {
            let ElifElseClause { test, body, .. } = clause;
            ends.push(self.emit(Instr::Jump { to: 0 }));
            self.land(next)?;
            self.unit().assigned = before;
            next = match test {
                Some(test) => self.jump_if(test, false)?,
                None => {
                    exhaustive = true;
                    Vec::new()
                }
            };
            self.body(body)?;
            after = after.and(&self.unit().assigned);
        }
        self.land(next)?;
        self.land(ends)?;
        self.unit().assigned = if exhaustive { after } else { before };
        Ok(())
    }

    /// The jumps of `break` of the loop, which ends here: they go to the next instruction.
    fn end_loop(&mut self) -> Compiled<()> {
        if let Some(Block::Loop { breaks, .. }) = self.unit().blocks.pop() {
            self.unit().broken.push(breaks);
        }
        Ok(())
    }

    fn while_loop(&mut self, inner: &'a StmtWhile) -> Compiled<()> {
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

    fn for_loop(&mut self, inner: &'a StmtFor) -> Compiled<()> {
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

    fn leave_loop(&mut self, stmt: &Stmt, breaks: bool) -> Compiled<()> {
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

    fn raise(&mut self, raise: &'a StmtRaise) -> Compiled<()> {
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

    fn try_statement(&mut self, inner: &'a StmtTry) -> Compiled<()> {
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

    fn end_handling(&mut self) {
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

    fn with(&mut self, inner: &'a StmtWith, items: &'a [WithItem]) -> Compiled<()> {
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

    fn known_module(&self, name: &str, at: impl Ranged) -> Compiled<()> {
        if modules::is_known(name) {
            return Ok(());
        }
        self.problem(at, format!("the module '{name}' is not part of this Python"))
    }

    fn import(&mut self, import: &'a StmtImport) -> Compiled<()> {
        for alias in &import.names {
            self.known_module(&alias.name, alias)?;
            let d = self.temp()?;
            self.emit(Instr::Import { d, name: Symbol::of(&alias.name) });
            let name = match &alias.asname {
                Some(name) => name.as_str(),
                None => {
                    let root = alias.name.split('.').next().unwrap_or(&alias.name);
                    if root != alias.name.as_str() {
                        self.emit(Instr::Import { d, name: Symbol::of(root) });
                    }
                    root
                }
            };
            self.store(Symbol::of(name), d);
        }
        Ok(())
    }

    fn import_from(&mut self, import: &'a StmtImportFrom) -> Compiled<()> {
        let Some(module) = import.module.as_ref().filter(|_| import.level == 0) else {
            return self.unsupported(import, "a relative import");
        };
        if module == "__future__" {
            return Ok(());
        }
        self.known_module(module, import)?;
        let a = self.temp()?;
        self.emit(Instr::Import { d: a, name: Symbol::of(module) });
        for alias in &import.names {
            if &alias.name == "*" {
                self.emit(Instr::ImportAll { a });
                continue;
            }
            let d = self.temp()?;
            self.emit(Instr::ImportFrom { d, a, name: Symbol::of(&alias.name) });
            self.store(Symbol::of(alias.asname.as_ref().unwrap_or(&alias.name)), d);
        }
        Ok(())
    }
}
