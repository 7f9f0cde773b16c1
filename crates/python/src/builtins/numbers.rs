//! `int`, `bool` and `float`.

use super::Methods;
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::function::{Args, Binds};
use crate::raised::{Outcome, Raised, overflow_error, type_error, value_error};
use crate::symbol;
use crate::text;
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::{BigInt, Sign};
use num_traits::{FromPrimitive, Signed};
use std::sync::Arc;

/// A float without what is after its point, as an integer.
pub fn whole(value: f64) -> Result<BigInt, Raised> {
    if value.is_nan() {
        return Err(value_error("cannot convert float NaN to integer"));
    }
    BigInt::from_f64(value.trunc()).ok_or_else(|| overflow_error("cannot convert float infinity to integer"))
}

/// `int(…)`
pub fn construct_int(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("int", true, 0, 2)?;
    let value = args.take(1);
    let base = args.named(2, "base");
    if value.is_unbound() {
        return Ok(Value::Int(0));
    }
    if let Some(base) = base {
        let base = vm.index(&base)?;
        let Some(text) = value.as_str() else {
            return Err(type_error("int() can't convert non-string with explicit base"));
        };
        let base = u32::try_from(base).unwrap_or(1);
        return Ok(Value::big(text::parse_int(text, base)?));
    }
    for name in [symbol::INT, symbol::INDEX, symbol::TRUNC] {
        if let Some(result) = vm.call_custom(&value, name, [])? {
            return match result.as_big() {
                Some(result) => Ok(Value::big(result)),
                None => Err(type_error(format!("__int__ returned non-int (type {})", class_of(&result).name()))),
            };
        }
    }
    Ok(Value::big(match value.plain() {
        Value::Float(float) => whole(*float)?,
        Value::Str(text) => text::parse_int(text.as_str(), 10)?,
        Value::Bytes(bytes) => text::parse_int(&String::from_utf8_lossy(&bytes.0), 10).map_err(|_| {
            let shown = text::bytes_repr(&bytes.0);
            value_error(format!("invalid literal for int() with base 10: {shown}"))
        })?,
        plain => plain.as_big().ok_or_else(|| {
            let class = class_of(&value).name();
            type_error(format!("int() argument must be a string, a bytes-like object or a real number, not '{class}'"))
        })?,
    }))
}

/// `bool(…)`
pub fn construct_bool(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("bool", true, 0, 1)?;
    let value = args.take(1);
    Ok(Value::Bool(vm.truth(&value)?))
}

/// `float(…)`
pub fn construct_float(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("float", true, 0, 1)?;
    let value = args.take(1);
    if value.is_unbound() {
        return Ok(Value::Float(0.0));
    }
    float_of(vm, &value).map(Value::Float)
}

/// A value as a float.
pub fn float_of(vm: &mut Vm, value: &Value) -> Result<f64, Raised> {
    if let Some(result) = vm.call_custom(value, symbol::FLOAT, [])? {
        return result.as_float().ok_or_else(|| type_error("__float__ returned non-float"));
    }
    match value.plain() {
        Value::Str(text) => Ok(text::parse_float(text.as_str())?),
        Value::Big(big) => Ok(text::int_to_float(big)?),
        plain => match plain.as_float() {
            Some(float) => Ok(float),
            None => match vm.call_custom(value, symbol::INDEX, [])? {
                Some(index) => float_of(vm, &index),
                None => {
                    let class = class_of(value).name();
                    Err(type_error(format!("float() argument must be a string or a real number, not '{class}'")))
                }
            },
        },
    }
}

fn own_int(args: &Args) -> BigInt {
    args.values.first().and_then(Value::as_big).unwrap_or_default()
}

fn own_float(args: &Args) -> f64 {
    args.values.first().and_then(Value::as_float).unwrap_or(0.0)
}

/// Methods of `int`.
pub const INT: Methods = &[
    ("bit_length", Binds::Object, |_, args| Ok(Value::Int(own_int(args).bits() as i64))),
    ("bit_count", Binds::Object, |_, args| {
        let ones: u32 = own_int(args).abs().to_u32_digits().1.iter().map(|digit| digit.count_ones()).sum();
        Ok(Value::Int(i64::from(ones)))
    }),
    ("conjugate", Binds::Object, |_, args| Ok(args.take(0))),
    ("is_integer", Binds::Object, |_, _| Ok(Value::Bool(true))),
    ("as_integer_ratio", Binds::Object, |_, args| Ok(Value::tuple([args.take(0), Value::Int(1)]))),
    ("real", Binds::Getter, |_, args| Ok(Value::big(own_int(args)))),
    ("imag", Binds::Getter, |_, _| Ok(Value::Int(0))),
    ("numerator", Binds::Getter, |_, args| Ok(Value::big(own_int(args)))),
    ("denominator", Binds::Getter, |_, _| Ok(Value::Int(1))),
    ("to_bytes", Binds::Object, |vm, args| {
        let value = own_int(args);
        let length = args.named(1, "length").unwrap_or(Value::Int(1));
        let length = vm.count_of(&length)?;
        let order = args.named(2, "byteorder");
        let signed = args.keyword("signed").is_some_and(|it| matches!(it, Value::Bool(true)));
        if value.is_negative() && !signed {
            return Err(overflow_error("can't convert negative int to unsigned"));
        }
        let mut bytes = if signed { value.to_signed_bytes_le() } else { value.to_bytes_le().1 };
        if !signed && value.sign() == Sign::NoSign {
            bytes.clear();
        }
        if bytes.len() > length || length > text::LONGEST {
            return Err(overflow_error("int too big to convert"));
        }
        bytes.resize(length, if value.is_negative() { 0xff } else { 0 });
        if order.as_ref().and_then(Value::as_str) != Some("little") {
            bytes.reverse();
        }
        Ok(Value::Bytes(Arc::new(Bytes(bytes))))
    }),
    ("from_bytes", Binds::Class, |vm, args| {
        let given = args.take(1);
        let order = args.named(2, "byteorder");
        let signed = args.keyword("signed").is_some_and(|it| matches!(it, Value::Bool(true)));
        let mut bytes: Vec<u8> = match given.plain() {
            Value::Bytes(bytes) => bytes.0.clone(),
            _ => vm.collect(&given)?.iter().map(|byte| byte.as_int().unwrap_or(0) as u8).collect(),
        };
        if order.as_ref().and_then(Value::as_str) != Some("little") {
            bytes.reverse();
        }
        Ok(Value::big(if signed {
            BigInt::from_signed_bytes_le(&bytes)
        } else {
            BigInt::from_bytes_le(Sign::Plus, &bytes)
        }))
    }),
];

/// Methods of `float`.
pub const FLOAT: Methods = &[
    ("is_integer", Binds::Object, |_, args| Ok(Value::Bool(own_float(args).fract() == 0.0))),
    ("conjugate", Binds::Object, |_, args| Ok(args.take(0))),
    ("real", Binds::Getter, |_, args| Ok(args.take(0))),
    ("imag", Binds::Getter, |_, _| Ok(Value::Float(0.0))),
    ("as_integer_ratio", Binds::Object, |_, args| {
        let value = own_float(args);
        whole(value)?;
        let (mut numerator, mut shift) = (value, 0_u32);
        while numerator.fract() != 0.0 {
            numerator *= 2.0;
            shift += 1;
        }
        Ok(Value::tuple([Value::big(whole(numerator)?), Value::big(BigInt::from(1) << shift)]))
    }),
    ("fromhex", Binds::Class, |_, _| Err(crate::raised::not_implemented_error("float.fromhex"))),
    ("__round__", Binds::Object, |vm, args| {
        let (value, digits) = (args.take(0), args.take(1));
        round(vm, &value, digits)
    }),
    ("__trunc__", Binds::Object, |_, args| Ok(Value::big(whole(own_float(args))?))),
];

/// `round(value, digits)`
pub fn round(vm: &mut Vm, value: &Value, digits: Value) -> Outcome {
    if matches!(value, Value::Instance(_)) && !matches!(value.plain(), Value::Float(_) | Value::Int(_)) {
        let given = if digits.is_unbound() { Vec::new() } else { vec![digits] };
        return match vm.call_special(value, symbol::ROUND, given)? {
            Some(result) => Ok(result),
            None => Err(type_error(format!("type {} doesn't define __round__ method", class_of(value).name()))),
        };
    }
    match value.plain() {
        Value::Float(float) if digits.is_unbound() || digits.is_none() => {
            Ok(Value::big(whole(text::round(*float, 0))?))
        }
        Value::Float(float) => {
            let digits = vm.index(&digits)?.clamp(-400, 400) as i32;
            Ok(Value::Float(text::round(*float, digits)))
        }
        plain => {
            let Some(number) = plain.as_big() else {
                return Err(type_error(format!("type {} doesn't define __round__ method", class_of(value).name())));
            };
            if digits.is_unbound() || digits.is_none() {
                return Ok(Value::big(number));
            }
            let digits = vm.index(&digits)?;
            if digits >= 0 {
                return Ok(Value::big(number));
            }
            use num_integer::Integer;
            let unit = num_traits::Pow::pow(BigInt::from(10), digits.unsigned_abs().min(5000));
            let (quotient, rest) = number.div_mod_floor(&unit);
            let twice: BigInt = rest * 2;
            let up = twice > unit || (twice == unit && quotient.is_odd());
            Ok(Value::big(if up { quotient + 1 } else { quotient } * unit))
        }
    }
}
