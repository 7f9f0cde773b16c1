//! Arithmetic of numbers.

use crate::compile::instr::BinaryOp;
use crate::raised::{Outcome, Raised, memory_error, overflow_error, value_error, zero_division_error};
use crate::text;
use crate::value::Value;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Pow, Signed, ToPrimitive, Zero};

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

pub(super) fn numbers(op: BinaryOp, a: &Value, b: &Value) -> Option<Outcome> {
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
