//! Statements.

use super::instr::{Instr, Reg};
use super::variable::Place;
use super::{Compiled, Compiler};
use crate::symbol::Symbol;
use ruff_python_ast::{ElifElseClause, Expr, Stmt, StmtAssign, StmtAugAssign, StmtIf};

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
}
