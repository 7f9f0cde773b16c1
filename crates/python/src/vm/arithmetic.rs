//! Arithmetic.

use super::Vm;
use crate::compile::code::{BinaryOp, UnaryOp};
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, memory_error, overflow_error, type_error, value_error, zero_division_error};
use crate::symbol::{self, Symbol};
use crate::text;
use crate::value::Value;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};
use std::sync::Arc;

/// Items that a list, string or the like may have: more is a `MemoryError`.
pub const MOST_ITEMS: usize = 1 << 27;
/// Bits that an integer may have.
const MOST_BITS: u64 = 1 << 27;

/// The result of an operation on small integers, if it is small and no error.
#[inline]
pub fn small(op: BinaryOp, a: i64, b: i64) -> Option<i64> {
    match op {
        BinaryOp::Add => a.checked_add(b),
        BinaryOp::Sub => a.checked_sub(b),
        BinaryOp::Mul => a.checked_mul(b),
        BinaryOp::FloorDiv if b != 0 => {
            let quotient = a.checked_div(b)?;
            Some(if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
        }
        BinaryOp::Mod if b != 0 => {
            let rest = a.checked_rem(b)?;
            Some(if rest != 0 && (rest < 0) != (b < 0) { rest + b } else { rest })
        }
        BinaryOp::And => Some(a & b),
        BinaryOp::Or => Some(a | b),
        BinaryOp::Xor => Some(a ^ b),
        BinaryOp::LShift if (0..63).contains(&b) => a.checked_mul(1_i64.checked_shl(b as u32)?),
        BinaryOp::RShift if b >= 0 => Some(a >> b.min(63)),
        BinaryOp::Pow if b >= 0 => a.checked_pow(u32::try_from(b).ok()?),
        _ => None,
    }
}

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

fn numbers(op: BinaryOp, a: &Value, b: &Value) -> Option<Outcome> {
    let is_number = |value: &Value| matches!(value, Value::Int(_) | Value::Bool(_) | Value::Float(_) | Value::Big(_));
    if !is_number(a) || !is_number(b) {
        return None;
    }
    if let (Value::Bool(x), Value::Bool(y)) = (a, b) {
        match op {
            BinaryOp::And => return Some(Ok(Value::Bool(x & y))),
            BinaryOp::Or => return Some(Ok(Value::Bool(x | y))),
            BinaryOp::Xor => return Some(Ok(Value::Bool(x ^ y))),
            _ => {}
        }
    }
    if matches!(a, Value::Float(_)) || matches!(b, Value::Float(_)) {
        let float = |value: &Value| match value {
            Value::Big(big) => text::int_to_float(big).map_err(Raised::from),
            value => Ok(value.as_float().unwrap_or(0.0)),
        };
        return match (float(a), float(b)) {
            (Ok(x), Ok(y)) => floats(op, x, y),
            (Err(raised), _) | (_, Err(raised)) => Some(Err(raised)),
        };
    }
    if let (Some(x), Some(y)) = (a.as_int(), b.as_int()) {
        if let Some(result) = small(op, x, y) {
            return Some(Ok(Value::Int(result)));
        }
        if op == BinaryOp::Div && y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 {
            return Some(Ok(Value::Float(x as f64 / y as f64)));
        }
    }
    big(op, &a.as_big()?, &b.as_big()?)
}

fn floats(op: BinaryOp, x: f64, y: f64) -> Option<Outcome> {
    Some(match op {
        BinaryOp::Add => Ok(Value::Float(x + y)),
        BinaryOp::Sub => Ok(Value::Float(x - y)),
        BinaryOp::Mul => Ok(Value::Float(x * y)),
        BinaryOp::Div if y == 0.0 => Err(zero_division_error("float division by zero")),
        BinaryOp::Div => Ok(Value::Float(x / y)),
        BinaryOp::FloorDiv if y == 0.0 => Err(zero_division_error("float floor division by zero")),
        BinaryOp::FloorDiv => Ok(Value::Float(float_divmod(x, y).0)),
        BinaryOp::Mod if y == 0.0 => Err(zero_division_error("float modulo")),
        BinaryOp::Mod => Ok(Value::Float(float_divmod(x, y).1)),
        BinaryOp::Pow => power(x, y),
        _ => return None,
    })
}

/// Floor division and what is left, as in CPython's `float_divmod`.
pub fn float_divmod(x: f64, y: f64) -> (f64, f64) {
    let mut rest = x % y;
    let mut quotient = (x - rest) / y;
    if rest != 0.0 {
        if (y < 0.0) != (rest < 0.0) {
            rest += y;
            quotient -= 1.0;
        }
    } else {
        rest = 0.0_f64.copysign(y);
    }
    let floored = if quotient != 0.0 {
        let floored = quotient.floor();
        if quotient - floored > 0.5 { floored + 1.0 } else { floored }
    } else {
        0.0_f64.copysign(x / y)
    };
    (floored, rest)
}

fn power(x: f64, y: f64) -> Outcome {
    if x == 0.0 && y < 0.0 {
        return Err(zero_division_error("0.0 cannot be raised to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y.fract() != 0.0 {
        return Err(value_error("a complex number is not part of this Python"));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(Raised::with(
            crate::builtins::types::types().overflow_error,
            vec![Value::Int(34), Value::from("Numerical result out of range")],
        ));
    }
    Ok(Value::Float(result))
}

fn big(op: BinaryOp, x: &BigInt, y: &BigInt) -> Option<Outcome> {
    let zero = |message| Some(Err(zero_division_error(message)));
    if x.bits().saturating_add(y.bits()) > MOST_BITS {
        return Some(Err(memory_error("")));
    }
    Some(Ok(Value::big(match op {
        BinaryOp::Add => x + y,
        BinaryOp::Sub => x - y,
        BinaryOp::Mul => x * y,
        BinaryOp::Div => {
            if y.is_zero() {
                return zero("division by zero");
            }
            return Some(true_division(x, y));
        }
        BinaryOp::FloorDiv if y.is_zero() => return zero("integer division or modulo by zero"),
        BinaryOp::FloorDiv => x.div_floor(y),
        BinaryOp::Mod if y.is_zero() => return zero("integer modulo by zero"),
        BinaryOp::Mod => x.mod_floor(y),
        BinaryOp::And => x & y,
        BinaryOp::Or => x | y,
        BinaryOp::Xor => x ^ y,
        BinaryOp::LShift | BinaryOp::RShift if y.is_negative() => {
            return Some(Err(value_error("negative shift count")));
        }
        BinaryOp::LShift => match y.to_u64() {
            _ if x.is_zero() => BigInt::zero(),
            Some(bits) if x.bits().saturating_add(bits) <= MOST_BITS => x << bits,
            Some(_) => return Some(Err(memory_error(""))),
            None => return Some(Err(overflow_error("too many digits in integer"))),
        },
        BinaryOp::RShift => match y.to_u64() {
            Some(bits) => x >> bits,
            None if x.is_negative() => BigInt::from(-1),
            None => BigInt::zero(),
        },
        BinaryOp::Pow if y.is_negative() => {
            let (Ok(x), Ok(y)) = (text::int_to_float(x), text::int_to_float(y)) else {
                return Some(Err(overflow_error("int too large to convert to float")));
            };
            if x == 0.0 {
                return zero("0.0 cannot be raised to a negative power");
            }
            return Some(power(x, y));
        }
        BinaryOp::Pow => match y.to_u64() {
            Some(exponent) if x.bits().saturating_mul(exponent) <= MOST_BITS || x.bits() <= 1 => {
                if x.bits() <= 1 {
                    // 0, 1 or -1: only whether the exponent is 0 or even counts.
                    let small = if exponent == 0 { 0 } else { 2 - u32::from(exponent % 2 == 1) };
                    Pow::pow(x, small)
                } else {
                    Pow::pow(x, exponent)
                }
            }
            _ => return Some(Err(memory_error(""))),
        },
        BinaryOp::MatMul => return None,
    })))
}

/// `x / y` of whole numbers, rounded once.
fn true_division(x: &BigInt, y: &BigInt) -> Outcome {
    let too_large = || overflow_error("integer division result too large for a float");
    if x.is_zero() {
        return Ok(Value::Float(if y.is_negative() { -0.0 } else { 0.0 }));
    }
    // A quotient of 66 bits or more, whose last bit says whether anything was left.
    let shift = 66 + y.bits() as i64 - x.bits() as i64;
    let (numerator, denominator) =
        if shift >= 0 { (x.abs() << shift as u64, y.abs()) } else { (x.abs(), y.abs() << (-shift) as u64) };
    let (quotient, rest) = numerator.div_rem(&denominator);
    let quotient = if rest.is_zero() { quotient } else { quotient | BigInt::from(1) };
    let float = scaled(&quotient, -shift);
    let float = if x.is_negative() == y.is_negative() { float } else { -float };
    if float.is_infinite() { Err(too_large()) } else { Ok(Value::Float(float)) }
}

/// `value * 2**exponent`, rounded once unless it is subnormal.
fn scaled(value: &BigInt, exponent: i64) -> f64 {
    let float = value.to_f64().unwrap_or(f64::INFINITY);
    let half = exponent / 2;
    float * 2_f64.powi(half as i32) * 2_f64.powi((exponent - half) as i32)
}
