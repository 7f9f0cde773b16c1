//! Expressions.

use super::instr::{Instr, Reg, UnaryOp};
use super::unit::binary;
use super::variable::Place;
use super::{Compiled, Compiler};
use crate::object::bytes::Bytes;
use crate::symbol::Symbol;
use crate::text::parse_int;
use crate::value::Value;
use ruff_python_ast::{BoolOp, Expr, Number, Operator};
use std::sync::Arc;

impl<'a> Compiler<'a> {
    /// The register with an expression's value: the variable's own, or a new one.
    pub fn operand(&mut self, expr: &'a Expr) -> Compiled<Reg> {
        if let Expr::Name(name) = expr
            && !self.unit().scope.walrus
            && let Place::Local(reg) = self.place(Symbol::of(&name.id))
        {
            let before = self.at(expr);
            self.check(reg);
            self.back_at(before);
            return Ok(reg);
        }
        let d = self.temp()?;
        self.value(expr, d)?;
        Ok(d)
    }

    /// The same, but a value that is no variable's goes to `d`, if that is free: chains of operators need no more registers.
    fn left_operand(&mut self, expr: &'a Expr, d: Reg) -> Compiled<Reg> {
        if matches!(expr, Expr::Name(_)) || self.is_variable(d) {
            return self.operand(expr);
        }
        self.value(expr, d)?;
        Ok(d)
    }

    /// Puts an expression's value into a register.
    pub fn value(&mut self, expr: &'a Expr, d: Reg) -> Compiled<()> {
        let mark = self.unit().next;
        let before = self.at(expr);
        self.value_at(expr, d)?;
        self.back_at(before);
        self.unit().next = mark;
        Ok(())
    }

    /// Puts an expression's value into a new register.
    pub fn fresh(&mut self, expr: &'a Expr) -> Compiled<Reg> {
        let d = self.temp()?;
        self.value(expr, d)?;
        Ok(d)
    }

    fn value_at(&mut self, expr: &'a Expr, d: Reg) -> Compiled<()> {
        match expr {
            Expr::NoneLiteral(_) => {
                self.emit(Instr::None { d });
            }
            Expr::BooleanLiteral(literal) => {
                self.emit(Instr::Bool { d, value: literal.value });
            }
            Expr::EllipsisLiteral(_) => self.put(d, Value::Ellipsis),
            Expr::NumberLiteral(literal) => match &literal.value {
                Number::Float(value) => self.put(d, Value::Float(*value)),
                Number::Complex { .. } => return self.unsupported(expr, "a complex number"),
                Number::Int(_) => {
                    let value = self.integer(expr)?;
                    self.put(d, value);
                }
            },
            Expr::StringLiteral(literal) => self.string(d, literal.value.to_str()),
            Expr::BytesLiteral(literal) => {
                let bytes = literal.value.iter().flat_map(|part| part.value.iter().copied()).collect();
                self.put(d, Value::Bytes(Arc::new(Bytes(bytes))));
            }
            Expr::FString(string) => self.f_string(string, d)?,
            Expr::Name(name) => self.load(Symbol::of(&name.id), d),
            Expr::Named(named) => {
                let Expr::Name(name) = &*named.target else { return self.unsupported(expr, "this target") };
                let value = self.fresh(&named.value)?;
                self.emit(Instr::Move { d, a: value });
                self.store(Symbol::of(&name.id), value);
            }
            Expr::UnaryOp(unary) => {
                let op = match unary.op {
                    ruff_python_ast::UnaryOp::Not => {
                        let a = self.left_operand(&unary.operand, d)?;
                        self.emit(Instr::Not { d, a });
                        return Ok(());
                    }
                    ruff_python_ast::UnaryOp::USub => UnaryOp::Neg,
                    ruff_python_ast::UnaryOp::UAdd => UnaryOp::Pos,
                    ruff_python_ast::UnaryOp::Invert => UnaryOp::Invert,
                };
                if let (UnaryOp::Neg, Expr::NumberLiteral(literal)) = (op, &*unary.operand) {
                    match &literal.value {
                        Number::Float(value) => {
                            self.put(d, Value::Float(-value));
                            return Ok(());
                        }
                        Number::Int(_) => {
                            if let Value::Int(value) = self.integer(&unary.operand)? {
                                self.put(d, Value::Int(-value));
                                return Ok(());
                            }
                        }
                        Number::Complex { .. } => {}
                    }
                }
                let a = self.left_operand(&unary.operand, d)?;
                self.emit(Instr::Unary { op, d, a });
            }
            Expr::BinOp(operation) => self.binary(&operation.left, operation.op, &operation.right, d)?,
            Expr::BoolOp(operation) => {
                let result = self.apart(d)?;
                let when = operation.op == BoolOp::Or;
                let mut jumps = Vec::new();
                for (at, value) in operation.values.iter().enumerate() {
                    self.value(value, result)?;
                    if at + 1 < operation.values.len() {
                        jumps.push(self.emit(Instr::JumpIf { a: result, when, to: 0 }));
                    }
                }
                self.land(jumps)?;
                self.give(d, result);
            }
            Expr::If(choice) => {
                let result = self.apart(d)?;
                let otherwise = self.jump_if(&choice.test, false)?;
                self.value(&choice.body, result)?;
                let end = self.emit(Instr::Jump { to: 0 });
                self.land(otherwise)?;
                self.value(&choice.orelse, result)?;
                self.land([end])?;
                self.give(d, result);
            }
            Expr::Compare(comparison) => self.compare(comparison, d)?,
            Expr::Call(call) => self.call(call, d)?,
            Expr::Attribute(attribute) => {
                let a = self.left_operand(&attribute.value, d)?;
                let name = self.attribute(&attribute.attr);
                let site = self.site(name);
                self.emit(Instr::LoadAttr { d, a, site });
            }
            Expr::Subscript(subscript) => {
                let a = self.left_operand(&subscript.value, d)?;
                let b = self.operand(&subscript.slice)?;
                self.emit(Instr::LoadItem { d, a, b });
            }
            Expr::Slice(slice) => {
                let a = self.temps(3)?;
                for (part, reg) in [&slice.lower, &slice.upper, &slice.step].into_iter().zip(a..) {
                    match part {
                        Some(part) => self.value(part, reg)?,
                        None => {
                            self.emit(Instr::None { d: reg });
                        }
                    }
                }
                self.emit(Instr::MakeSlice { d, a });
            }
            Expr::List(list) => self.list(&list.elts, d)?,
            Expr::Tuple(tuple) => self.tuple(&tuple.elts, d)?,
            Expr::Set(set) => {
                let result = self.apart(d)?;
                let first = self.temp()?;
                self.emit(Instr::MakeSet { d: result, a: first, count: 0 });
                for item in &set.elts {
                    match item {
                        Expr::Starred(starred) => {
                            self.value(&starred.value, first)?;
                            self.emit(Instr::UpdateSet { a: result, b: first });
                        }
                        _ => {
                            self.value(item, first)?;
                            self.emit(Instr::AddToSet { a: result, b: first });
                        }
                    }
                }
                self.give(d, result);
            }
            Expr::Dict(dict) => {
                let result = self.apart(d)?;
                let a = self.temps(2)?;
                self.emit(Instr::MakeDict { d: result, a, count: 0 });
                for item in &dict.items {
                    match &item.key {
                        Some(key) => {
                            self.value(key, a)?;
                            self.value(&item.value, a + 1)?;
                            self.emit(Instr::AddToDict { a: result, b: a });
                        }
                        None => {
                            self.value(&item.value, a)?;
                            self.emit(Instr::UpdateDict { a: result, b: a });
                        }
                    }
                }
                self.give(d, result);
            }
            Expr::ListComp(_) | Expr::SetComp(_) | Expr::DictComp(_) => {
                let result = self.apart(d)?;
                self.comprehension(expr, result)?;
                self.give(d, result);
            }
            Expr::Generator(generator) => self.generator(generator, d)?,
            Expr::Lambda(lambda) => self.lambda(lambda, d)?,
            Expr::Yield(inner) => {
                let a = self.temp()?;
                match &inner.value {
                    Some(value) => self.value(value, a)?,
                    None => {
                        self.emit(Instr::None { d: a });
                    }
                }
                if !matches!(self.unit().kind, super::Kind::Generator | super::Kind::AsyncGenerator) {
                    return self.problem(expr, "'yield' outside function");
                }
                self.emit(Instr::Yield { d, a });
            }
            Expr::YieldFrom(inner) => {
                if self.unit().kind != super::Kind::Generator {
                    return self.problem(expr, "'yield from' outside function");
                }
                self.delegate(&inner.value, d, false)?;
            }
            Expr::Await(inner) => {
                if !matches!(self.unit().kind, super::Kind::Coroutine | super::Kind::AsyncGenerator) {
                    return self.problem(expr, "'await' outside async function");
                }
                self.delegate(&inner.value, d, true)?;
            }
            Expr::Starred(_) => return self.problem(expr, "can't use starred expression here"),
            Expr::TString(_) => return self.unsupported(expr, "a template string"),
            Expr::IpyEscapeCommand(_) => return self.unsupported(expr, "an escape command"),
        }
        Ok(())
    }

    /// A register for a value that is made in several steps: not the variable's, which the steps may read.
    pub fn apart(&mut self, d: Reg) -> Compiled<Reg> {
        if self.is_variable(d) { self.temp() } else { Ok(d) }
    }

    pub fn give(&mut self, d: Reg, result: Reg) {
        if d != result {
            self.emit(Instr::Take { d, a: result });
        }
    }

    /// Puts a constant into a register.
    pub fn put(&mut self, d: Reg, value: Value) {
        if let Value::Int(small) = value
            && let Ok(value) = i32::try_from(small)
        {
            self.emit(Instr::Int { d, value });
            return;
        }
        let at = self.constant(value);
        self.emit(Instr::Const { d, at });
    }

    fn integer(&mut self, expr: &Expr) -> Compiled<Value> {
        let text = self.text(expr).replace('_', "").to_ascii_lowercase();
        let (digits, base) = match text.as_bytes() {
            [b'0', b'x', ..] => (&text[2..], 16),
            [b'0', b'o', ..] => (&text[2..], 8),
            [b'0', b'b', ..] => (&text[2..], 2),
            _ => (&*text, 10),
        };
        match parse_int(digits, base) {
            Ok(value) => Ok(Value::big(value)),
            Err(_) => self.problem(expr, "this integer has too many digits"),
        }
    }

    pub fn small(&mut self, expr: &Expr) -> Option<i32> {
        let Expr::NumberLiteral(literal) = expr else { return None };
        let Number::Int(value) = &literal.value else { return None };
        value.as_i32()
    }

    fn binary(&mut self, left: &'a Expr, op: Operator, right: &'a Expr, d: Reg) -> Compiled<()> {
        let a = self.left_operand(left, d)?;
        let small = self.small(right);
        match (op, small) {
            (Operator::Add, Some(value)) => {
                self.emit(Instr::AddInt { d, a, in_place: false, value });
                return Ok(());
            }
            (Operator::Sub, Some(value)) => {
                self.emit(Instr::SubInt { d, a, in_place: false, value });
                return Ok(());
            }
            _ => {}
        }
        let b = self.operand(right)?;
        self.emit(match op {
            Operator::Add => Instr::Add { d, a, b },
            Operator::Sub => Instr::Sub { d, a, b },
            Operator::Mult => Instr::Mul { d, a, b },
            _ => Instr::Binary { op: binary(op), d, a, b },
        });
        Ok(())
    }

    /// Augmented assignment: the new value of the register `a`, in `d`.
    pub fn in_place(&mut self, op: Operator, a: Reg, right: &'a Expr, d: Reg) -> Compiled<()> {
        match (op, self.small(right)) {
            (Operator::Add, Some(value)) => {
                self.emit(Instr::AddInt { d, a, in_place: true, value });
            }
            (Operator::Sub, Some(value)) => {
                self.emit(Instr::SubInt { d, a, in_place: true, value });
            }
            _ => {
                let b = self.operand(right)?;
                self.emit(Instr::InPlace { op: binary(op), d, a, b });
            }
        }
        Ok(())
    }

    /// `yield from` and `await`.
    fn delegate(&mut self, value: &'a Expr, d: Reg, awaits: bool) -> Compiled<()> {
        let a = self.fresh(value)?;
        self.delegate_to(a, d, awaits)
    }

    /// Delegates to the value in a register, which is overwritten; the result goes to `d`.
    pub fn delegate_to(&mut self, a: Reg, d: Reg, awaits: bool) -> Compiled<()> {
        let sent = self.temp()?;
        self.emit(Instr::Delegate { d: a, a, awaits });
        self.emit(Instr::None { d: sent });
        self.emit(Instr::Send { d: sent, a });
        self.emit(Instr::Take { d, a: sent });
        Ok(())
    }
}
