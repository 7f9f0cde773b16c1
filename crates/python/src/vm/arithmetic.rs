//! Arithmetic.

use super::Vm;
use super::numbers::numbers;
use crate::compile::instr::{BinaryOp, UnaryOp};
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, memory_error, overflow_error, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use num_traits::Signed;
use std::sync::Arc;

/// Items that a list, string or the like may have: more is a `MemoryError`.
pub const MOST_ITEMS: usize = 1 << 27;
/// An operation on two registers.
pub fn binary(vm: &mut Vm, op: BinaryOp, a: usize, b: usize) -> Outcome {
    let (a, b) = (vm.register(a).clone(), vm.register(b).clone());
    vm.binary(op, &a, &b)
}

impl BinaryOp {
    /// How it is written.
    pub fn sign(self) -> &'static str {
        match self {
            BinaryOp::Add => "+",
            BinaryOp::Sub => "-",
            BinaryOp::Mul => "*",
            BinaryOp::MatMul => "@",
            BinaryOp::Div => "/",
            BinaryOp::FloorDiv => "//",
            BinaryOp::Mod => "%",
            BinaryOp::Pow => "**",
            BinaryOp::LShift => "<<",
            BinaryOp::RShift => ">>",
            BinaryOp::And => "&",
            BinaryOp::Or => "|",
            BinaryOp::Xor => "^",
        }
    }

    /// Its methods: of the left operand, of the right one, and in place.
    fn methods(self) -> (Symbol, Symbol, Symbol) {
        match self {
            BinaryOp::Add => (symbol::ADD, symbol::RADD, symbol::IADD),
            BinaryOp::Sub => (symbol::SUB, symbol::RSUB, symbol::ISUB),
            BinaryOp::Mul => (symbol::MUL, symbol::RMUL, symbol::IMUL),
            BinaryOp::MatMul => (symbol::MATMUL, symbol::RMATMUL, symbol::IMATMUL),
            BinaryOp::Div => (symbol::TRUEDIV, symbol::RTRUEDIV, symbol::ITRUEDIV),
            BinaryOp::FloorDiv => (symbol::FLOORDIV, symbol::RFLOORDIV, symbol::IFLOORDIV),
            BinaryOp::Mod => (symbol::MOD, symbol::RMOD, symbol::IMOD),
            BinaryOp::Pow => (symbol::POW, symbol::RPOW, symbol::IPOW),
            BinaryOp::LShift => (symbol::LSHIFT, symbol::RLSHIFT, symbol::ILSHIFT),
            BinaryOp::RShift => (symbol::RSHIFT, symbol::RRSHIFT, symbol::IRSHIFT),
            BinaryOp::And => (symbol::AND, symbol::RAND, symbol::IAND),
            BinaryOp::Or => (symbol::OR, symbol::ROR, symbol::IOR),
            BinaryOp::Xor => (symbol::XOR, symbol::RXOR, symbol::IXOR),
        }
    }
}

#[cold]
fn unsupported(op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Raised {
    let sign = match (op, in_place) {
        (BinaryOp::Pow, false) => "** or pow()".to_owned(),
        (op, true) => format!("{}=", op.sign()),
        (op, false) => op.sign().to_owned(),
    };
    let (a, b) = (class_of(a).name(), class_of(b).name());
    type_error(format!("unsupported operand type(s) for {sign}: '{a}' and '{b}'"))
}

impl Vm {
    /// The value in a register of the stack.
    pub(super) fn register(&self, at: usize) -> &Value {
        &self.stack[at]
    }

    pub(super) fn with_int(&mut self, op: BinaryOp, a: usize, value: i32, in_place: bool) -> Outcome {
        let (a, b) = (self.register(a).clone(), Value::Int(i64::from(value)));
        if in_place { self.augmented(op, &a, &b) } else { self.binary(op, &a, &b) }
    }

    pub(super) fn in_place(&mut self, op: BinaryOp, a: usize, b: usize) -> Outcome {
        let (a, b) = (self.register(a).clone(), self.register(b).clone());
        self.augmented(op, &a, &b)
    }

    /// `a op= b`
    pub fn augmented(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Outcome {
        match (op, a) {
            (BinaryOp::Add, Value::List(_)) => {
                self.extend(a, b)?;
                return Ok(a.clone());
            }
            (BinaryOp::Mul, Value::List(list)) => {
                if let Some(times) = b.as_int() {
                    let repeated = repeat(&list.items(), times)?;
                    *list.lock() = repeated;
                    return Ok(a.clone());
                }
            }
            (BinaryOp::Or, Value::Dict(_)) => {
                self.update_dict(a, b, false)?;
                return Ok(a.clone());
            }
            (BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor, Value::Set(own)) if !own.frozen => {
                if let Value::Set(result) = self.binary(op, a, b)? {
                    let table = result.lock().copy();
                    let old = std::mem::replace(&mut *own.lock(), table);
                    drop(old);
                    return Ok(a.clone());
                }
            }
            (_, Value::Instance(_)) => {
                let (.., method) = op.methods();
                if let Some(result) = self.call_special(a, method, [b.clone()])?
                    && !matches!(result, Value::NotImplemented)
                {
                    return Ok(result);
                }
            }
            _ => {}
        }
        self.operate(op, a, b, true)
    }

    /// `a op b`
    pub fn binary(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Outcome {
        self.operate(op, a, b, false)
    }

    fn operate(&mut self, op: BinaryOp, a: &Value, b: &Value, in_place: bool) -> Outcome {
        if matches!(a, Value::Instance(_)) || matches!(b, Value::Instance(_)) {
            let (method, reflected, _) = op.methods();
            let (left, right) = (class_of(a), class_of(b));
            // A derived class knows better.
            let right_first = !left.is(right) && right.is_a(left) && right.custom(reflected).is_some();
            if right_first
                && let Some(result) = self.call_special(b, reflected, [a.clone()])?
                && !matches!(result, Value::NotImplemented)
            {
                return Ok(result);
            }
            if matches!(a, Value::Instance(_))
                && let Some(result) = self.call_special(a, method, [b.clone()])?
                && !matches!(result, Value::NotImplemented)
            {
                return Ok(result);
            }
            if !right_first
                && !left.is(right)
                && matches!(b, Value::Instance(_))
                && let Some(result) = self.call_special(b, reflected, [a.clone()])?
                && !matches!(result, Value::NotImplemented)
            {
                return Ok(result);
            }
        }
        let (x, y) = (a.plain(), b.plain());
        if let Some(result) = numbers(op, x, y) {
            return result;
        }
        match self.containers(op, x, y)? {
            Some(result) => Ok(result),
            None => Err(match (op, x, y) {
                (BinaryOp::Add, Value::Str(_), _) => {
                    type_error(format!("can only concatenate str (not \"{}\") to str", class_of(b).name()))
                }
                (BinaryOp::Add, Value::List(_), _) => {
                    type_error(format!("can only concatenate list (not \"{}\") to list", class_of(b).name()))
                }
                (BinaryOp::Add, Value::Tuple(_), _) => {
                    type_error(format!("can only concatenate tuple (not \"{}\") to tuple", class_of(b).name()))
                }
                (BinaryOp::Add, Value::Bytes(_), _) => {
                    type_error(format!("can't concat {} to bytes", class_of(b).name()))
                }
                (BinaryOp::Mul, Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_), _) => {
                    type_error(format!("can't multiply sequence by non-int of type '{}'", class_of(b).name()))
                }
                (BinaryOp::Mul, _, Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_)) => {
                    type_error(format!("can't multiply sequence by non-int of type '{}'", class_of(a).name()))
                }
                _ => unsupported(op, a, b, in_place),
            }),
        }
    }

    fn containers(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>, Raised> {
        Ok(Some(match (op, a, b) {
            (BinaryOp::Add, Value::Str(x), Value::Str(y)) => {
                let mut text = x.clone();
                text.push(y.as_str());
                Value::Str(text)
            }
            (BinaryOp::Add, Value::List(x), Value::List(y)) => {
                let (mut items, more) = (x.items(), y.items());
                items.extend(more);
                Value::list(items)
            }
            (BinaryOp::Add, Value::Tuple(x), Value::Tuple(y)) => Value::tuple(x.iter().chain(y.iter()).cloned()),
            (BinaryOp::Add, Value::Bytes(x), Value::Bytes(y)) => {
                Value::Bytes(Arc::new(Bytes(x.0.iter().chain(&y.0).copied().collect())))
            }
            (BinaryOp::Mul, sequence, times) | (BinaryOp::Mul, times, sequence)
                if matches!(sequence, Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_))
                    && matches!(times, Value::Int(_) | Value::Bool(_) | Value::Big(_)) =>
            {
                let times = match times {
                    Value::Big(big) if big.is_negative() => 0,
                    Value::Big(_) => return Err(overflow_error("cannot fit 'int' into an index-sized integer")),
                    times => times.as_int().unwrap_or(0),
                };
                match sequence {
                    Value::Str(text) => {
                        let times = bounded(text.as_str().len(), times)?;
                        Value::Str(Str::from(text.as_str().repeat(times)))
                    }
                    Value::Bytes(bytes) => {
                        let times = bounded(bytes.0.len(), times)?;
                        Value::Bytes(Arc::new(Bytes(bytes.0.repeat(times))))
                    }
                    Value::List(list) => Value::list(repeat(&list.items(), times)?),
                    Value::Tuple(tuple) => Value::tuple(repeat(tuple, times)?),
                    _ => return Ok(None),
                }
            }
            (BinaryOp::Mod, Value::Str(format), values) => Value::Str(self.percent(format.as_str(), values)?),
            (BinaryOp::Or, Value::Dict(x), Value::Dict(_)) => {
                let copy = x.lock().copy();
                let result = Value::Dict(Arc::new(crate::object::dict::Dict::of_table(copy)));
                self.update_dict(&result, b, false)?;
                result
            }
            (BinaryOp::Or | BinaryOp::And | BinaryOp::Sub | BinaryOp::Xor, _, _) => {
                return self.set_operation(op, a, b);
            }
            _ => return Ok(None),
        }))
    }

    /// `-a`, `+a`, `~a`
    pub fn unary(&mut self, op: UnaryOp, operand: &Value) -> Outcome {
        if let Value::Instance(_) = operand {
            let name = match op {
                UnaryOp::Neg => symbol::NEG,
                UnaryOp::Pos => symbol::POS,
                UnaryOp::Invert => symbol::INVERT,
            };
            if let Some(result) = self.call_special(operand, name, [])? {
                return Ok(result);
            }
        }
        Ok(match (op, operand.plain()) {
            (UnaryOp::Neg, Value::Float(x)) => Value::Float(-x),
            (UnaryOp::Pos, Value::Float(x)) => Value::Float(*x),
            (op, value) => {
                let Some(x) = value.as_big() else {
                    let sign = match op {
                        UnaryOp::Neg => "-",
                        UnaryOp::Pos => "+",
                        UnaryOp::Invert => "~",
                    };
                    return Err(type_error(format!(
                        "bad operand type for unary {sign}: '{}'",
                        class_of(operand).name()
                    )));
                };
                Value::big(match op {
                    UnaryOp::Neg => -x,
                    UnaryOp::Pos => x,
                    UnaryOp::Invert => -x - 1,
                })
            }
        })
    }
}

/// How often something of `len` items can be repeated.
fn bounded(len: usize, times: i64) -> Result<usize, Raised> {
    let times = usize::try_from(times.max(0)).unwrap_or(usize::MAX);
    match len.checked_mul(times) {
        Some(total) if total <= MOST_ITEMS => Ok(times),
        _ if len == 0 => Ok(0),
        _ => Err(memory_error("")),
    }
}

fn repeat(items: &[Value], times: i64) -> Result<Vec<Value>, Raised> {
    let times = bounded(items.len(), times)?;
    Ok((0..times).flat_map(|_| items.iter().cloned()).collect())
}
