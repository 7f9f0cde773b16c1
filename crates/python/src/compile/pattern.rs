//! `match`.

use super::instr::{CompareOp, Instr, Reg};
use super::{Compiled, Compiler};
use crate::symbol::Symbol;
use crate::value::Value;
use ruff_python_ast::{Pattern, PatternMatchClass, PatternMatchMapping, Singleton, StmtMatch};

impl<'a> Compiler<'a> {
    /// `match`
    pub fn match_statement(&mut self, inner: &'a StmtMatch) -> Compiled<()> {
        let subject = self.fresh(&inner.subject)?;
        let before = self.unit().assigned;
        let mut ends = Vec::new();
        for case in &inner.cases {
            let mark = self.unit().next;
            let mut fails = self.pattern(&case.pattern, subject)?;
            if let Some(guard) = &case.guard {
                fails.extend(self.jump_if(guard, false)?);
            }
            self.unit().next = mark;
            self.body(&case.body)?;
            ends.push(self.emit(Instr::Jump { to: 0 }));
            self.land(fails)?;
            self.unit().assigned = before;
        }
        self.land(ends)
    }

    /// Jumps that are taken if the value at `a` does not match.
    fn pattern(&mut self, pattern: &'a Pattern, a: Reg) -> Compiled<Vec<usize>> {
        let before = self.at(pattern);
        let fails = self.pattern_at(pattern, a)?;
        self.back_at(before);
        Ok(fails)
    }

    fn pattern_at(&mut self, pattern: &'a Pattern, a: Reg) -> Compiled<Vec<usize>> {
        match pattern {
            Pattern::MatchValue(inner) => {
                let b = self.fresh(&inner.value)?;
                Ok(vec![self.emit(Instr::JumpCompare { op: CompareOp::Eq, when: false, a, b, offset: 0 })])
            }
            Pattern::MatchSingleton(inner) => {
                let d = self.temp()?;
                self.emit(match inner.value {
                    Singleton::None => Instr::None { d },
                    Singleton::True => Instr::Bool { d, value: true },
                    Singleton::False => Instr::Bool { d, value: false },
                });
                self.emit(Instr::Is { d, a, b: d, not: false });
                Ok(vec![self.emit(Instr::JumpIf { a: d, when: false, to: 0 })])
            }
            Pattern::MatchSequence(inner) => self.sequence(&inner.patterns, a),
            Pattern::MatchMapping(inner) => self.mapping(inner, a),
            Pattern::MatchClass(inner) => self.class_pattern(inner, a),
            Pattern::MatchStar(_) => self.problem(pattern, "a starred pattern must be in a sequence"),
            Pattern::MatchAs(inner) => {
                let fails = match &inner.pattern {
                    Some(pattern) => self.pattern(pattern, a)?,
                    None => Vec::new(),
                };
                if let Some(name) = &inner.name {
                    self.bind(name, a)?;
                }
                Ok(fails)
            }
            Pattern::MatchOr(inner) => {
                let mut matches = Vec::new();
                let mut fails = Vec::new();
                for alternative in &inner.patterns {
                    self.land(std::mem::take(&mut fails))?;
                    fails = self.pattern(alternative, a)?;
                    matches.push(self.emit(Instr::Jump { to: 0 }));
                }
                // The last one's failures are those of all.
                let over = self.emit(Instr::Jump { to: 0 });
                self.land(fails)?;
                let fail = self.emit(Instr::Jump { to: 0 });
                self.land(matches.into_iter().chain([over]))?;
                Ok(vec![fail])
            }
        }
    }

    fn bind(&mut self, name: &str, a: Reg) -> Compiled<()> {
        let copy = self.temp()?;
        self.emit(Instr::Move { d: copy, a });
        self.store(Symbol::of(name), copy);
        Ok(())
    }

    /// Jumps that are taken if the items of the tuple at `a` do not match.
    fn parts(&mut self, patterns: impl ExactSizeIterator<Item = &'a Pattern>, a: Reg) -> Compiled<Vec<usize>> {
        let first = self.temps(patterns.len())?;
        self.emit(Instr::Unpack { d: first, a, count: patterns.len() as u8 });
        let mut fails = Vec::new();
        for (pattern, reg) in patterns.zip(first..) {
            fails.extend(self.pattern(pattern, reg)?);
        }
        Ok(fails)
    }

    fn sequence(&mut self, patterns: &'a [Pattern], a: Reg) -> Compiled<Vec<usize>> {
        let star = patterns.iter().position(|pattern| matches!(pattern, Pattern::MatchStar(_)));
        let d = self.temp()?;
        let count = (patterns.len() - usize::from(star.is_some())) as u8;
        self.emit(Instr::IsSequence { d, a, count, at_least: star.is_some() });
        let mut fails = vec![self.emit(Instr::JumpIf { a: d, when: false, to: 0 })];
        let Some(at) = star else {
            fails.extend(self.parts(patterns.iter(), a)?);
            return Ok(fails);
        };
        let first = self.temps(patterns.len())?;
        self.emit(Instr::UnpackRest { d: first, a, before: at as u8, after: (patterns.len() - at - 1) as u8 });
        for (pattern, reg) in patterns.iter().zip(first..) {
            match pattern {
                Pattern::MatchStar(star) => {
                    if let Some(name) = &star.name {
                        self.bind(name, reg)?;
                    }
                }
                _ => fails.extend(self.pattern(pattern, reg)?),
            }
        }
        Ok(fails)
    }

    fn mapping(&mut self, inner: &'a PatternMatchMapping, a: Reg) -> Compiled<Vec<usize>> {
        let d = self.temp()?;
        self.emit(Instr::IsMapping { d, a });
        let mut fails = vec![self.emit(Instr::JumpIf { a: d, when: false, to: 0 })];
        let keys = self.temp()?;
        let first = self.unit().next as Reg;
        for key in &inner.keys {
            self.fresh(key)?;
        }
        self.emit(Instr::MakeTuple { d: keys, a: first, count: inner.keys.len() as u8 });
        self.emit(Instr::MatchKeys { d, a, b: keys });
        fails.push(self.emit(Instr::JumpIfNone { a: d, when: true, to: 0 }));
        fails.extend(self.parts(inner.patterns.iter(), d)?);
        if let Some(rest) = &inner.rest {
            self.emit(Instr::WithoutKeys { d, a, b: keys });
            self.bind(rest, d)?;
        }
        Ok(fails)
    }

    fn class_pattern(&mut self, inner: &'a PatternMatchClass, a: Reg) -> Compiled<Vec<usize>> {
        let b = self.temps(2)?;
        self.value(&inner.cls, b)?;
        let keywords = &inner.arguments.keywords;
        let names = keywords.iter().map(|keyword| self.literal(&keyword.attr));
        let names = Value::tuple(names);
        let names = self.constant(names);
        self.emit(Instr::Const { d: b + 1, at: names });
        let d = self.temp()?;
        let count = inner.arguments.patterns.len() as u8;
        self.emit(Instr::MatchClass { d, a, b, count });
        let mut fails = vec![self.emit(Instr::JumpIfNone { a: d, when: true, to: 0 })];
        let patterns: Vec<_> =
            inner.arguments.patterns.iter().chain(keywords.iter().map(|keyword| &keyword.pattern)).collect();
        fails.extend(self.parts(patterns.into_iter(), d)?);
        Ok(fails)
    }
}
