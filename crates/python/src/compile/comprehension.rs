//! Comprehensions, in the registers of the function around, and generator expressions, which are functions.

use super::code::{Kind, Params};
use super::instr::{Instr, Reg};
use super::unit::Unit;
use super::variable::Place;
use super::{Compiled, Compiler};
use crate::symbol::Symbol;
use ruff_python_ast::{Comprehension, Expr, ExprGenerator};
use ruff_text_size::Ranged;

/// What a comprehension does with each item.
#[derive(Clone, Copy)]
enum Each<'a> {
    Append(&'a Expr),
    AddToSet(&'a Expr),
    AddToDict(&'a Expr, &'a Expr),
    Yield(&'a Expr),
}

impl<'a> Compiler<'a> {
    /// A list, set or dict comprehension; its result in `d`, which is no variable's.
    pub fn comprehension(&mut self, expr: &'a Expr, d: Reg) -> Compiled<()> {
        let (generators, each) = match expr {
            Expr::ListComp(comp) => (&comp.generators, Each::Append(&comp.elt)),
            Expr::SetComp(comp) => (&comp.generators, Each::AddToSet(&comp.elt)),
            Expr::DictComp(comp) => match &comp.key {
                Some(key) => (&comp.generators, Each::AddToDict(key, &comp.value)),
                None => return self.unsupported(expr, "unpacking in a comprehension"),
            },
            _ => return self.unsupported(expr, "this comprehension"),
        };
        let Some((first, _)) = generators.split_first() else { return Ok(()) };
        let it = self.temps(3)?;
        let a = self.operand(&first.iter)?;
        self.emit(Instr::Iterate { d: it, a });
        self.emit(match each {
            Each::AddToSet(_) => Instr::MakeSet { d, a: it, count: 0 },
            Each::AddToDict(..) => Instr::MakeDict { d, a: it, count: 0 },
            _ => Instr::MakeList { d, a: it, count: 0 },
        });
        let assigned = self.unit().assigned;
        self.enter_comprehension(expr)?;
        self.rounds(generators, it, d, each)?;
        self.unit().comprehensions.pop();
        self.unit().assigned = assigned;
        Ok(())
    }

    fn enter_comprehension(&mut self, expr: &'a Expr) -> Compiled<()> {
        let scope = self.scope_here().child(expr.range());
        let mut registers = Vec::new();
        for name in &scope.bound {
            let d = self.temp()?;
            if scope.cells.contains(name) {
                self.emit(Instr::Clear { d });
                self.emit(Instr::MakeCell { d });
            }
            self.unit().assigned.add(d);
            registers.push((*name, d));
        }
        self.unit().comprehensions.push((scope, registers));
        Ok(())
    }

    /// The loops of a comprehension; the iterator of the outermost is at `it`.
    fn rounds(&mut self, generators: &'a [Comprehension], it: Reg, result: Reg, each: Each<'a>) -> Compiled<()> {
        let Some((generator, inner)) = generators.split_first() else { return self.each(result, each) };
        if generator.is_async {
            return self.unsupported(&generator.target, "an asynchronous comprehension");
        }
        let mark = self.unit().next;
        let top = self.here();
        let end = match &generator.target {
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
        for test in &generator.ifs {
            for jump in self.jump_if(test, false)? {
                self.land_at(jump, top)?;
            }
        }
        match inner.first() {
            Some(next) => {
                let inner_it = self.temps(3)?;
                let a = self.operand(&next.iter)?;
                self.emit(Instr::Iterate { d: inner_it, a });
                self.rounds(inner, inner_it, result, each)?;
            }
            None => self.each(result, each)?,
        }
        self.emit(Instr::Jump { to: top });
        self.land([end])?;
        self.emit(Instr::Clear { d: it });
        self.unit().next = mark;
        Ok(())
    }

    fn each(&mut self, a: Reg, each: Each<'a>) -> Compiled<()> {
        let mark = self.unit().next;
        match each {
            Each::Append(item) => {
                let b = self.operand(item)?;
                self.emit(Instr::Append { a, b });
            }
            Each::AddToSet(item) => {
                let b = self.operand(item)?;
                self.emit(Instr::AddToSet { a, b });
            }
            Each::AddToDict(key, value) => {
                let b = self.temps(2)?;
                self.value(key, b)?;
                self.value(value, b + 1)?;
                self.emit(Instr::AddToDict { a, b });
            }
            Each::Yield(item) => {
                let b = self.operand(item)?;
                let d = self.temp()?;
                self.emit(Instr::Yield { d, a: b });
            }
        }
        self.unit().next = mark;
        Ok(())
    }

    /// A generator expression: a function whose one argument is the iterator.
    pub fn generator(&mut self, generator: &'a ExprGenerator, d: Reg) -> Compiled<()> {
        let Some(first) = generator.generators.first() else { return Ok(()) };
        let f = self.temps(4)?;
        let a = self.operand(&first.iter)?;
        // The iterator is made here, so that an error is raised here.
        let it = self.temp()?;
        self.emit(Instr::Move { d: it, a });
        let scope = self.scope_here().child(generator.range);
        let qualname = self.qualified("<genexpr>");
        self.units.push(Unit::new(scope, Kind::Generator, "<genexpr>", &qualname));
        let argument = Symbol::of(".0");
        self.declare([argument].into_iter().chain(scope.bound.iter().copied()), 1)?;
        self.at(generator);
        let inner_it = self.temps(3)?;
        self.emit(Instr::Iterate { d: inner_it, a: 0 });
        self.rounds(&generator.generators, inner_it, 0, Each::Yield(&generator.elt))?;
        self.emit(Instr::ReturnNone);
        let params = Params { names: vec![argument], positional_only: 1, positional: 1, ..Params::default() };
        let line = self.source.position(generator.range.start().to_u32()).0;
        let code = self.finish(params, line, None);
        let at = self.inner_code(code);
        for reg in f..f + 2 {
            self.emit(Instr::None { d: reg });
        }
        self.emit(Instr::MakeFunction { d: f, at, immortal: false });
        self.emit(Instr::Take { d: f + 1, a: it });
        self.emit(Instr::Call { d, f, count: 1 });
        Ok(())
    }
}
