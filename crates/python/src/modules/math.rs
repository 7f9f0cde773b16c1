//! `math`

use super::{add, float};
use crate::builtins::numbers::whole;
use crate::builtins::types::types;
use crate::object::function::Args;
use crate::object::module::Module;
use crate::raised::{Outcome, Raised, overflow_error, type_error, value_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

fn integer(vm: &mut Vm, args: &mut Args, at: usize) -> Result<BigInt, Raised> {
    let value = args.take(at);
    match value.as_big() {
        Some(value) => Ok(value),
        None => vm.index(&value).map(BigInt::from),
    }
}

/// A function of one float; an error where it is not defined, or where it is too large.
fn plain(vm: &mut Vm, args: &mut Args, function: impl Fn(f64) -> f64) -> Outcome {
    let value = float(vm, args, 0)?;
    let result = function(value);
    if result.is_nan() && !value.is_nan() {
        return Err(value_error("math domain error"));
    }
    if result.is_infinite() && value.is_finite() {
        return Err(overflow_error("math range error"));
    }
    Ok(Value::Float(result))
}

fn logarithm(vm: &mut Vm, args: &mut Args, at: usize, of: fn(f64) -> f64) -> Result<f64, Raised> {
    let value = args.values.get(at).cloned().unwrap_or_default();
    if let Value::Big(big) = value.plain()
        && big.is_positive()
    {
        let bits = big.bits().saturating_sub(60);
        let top = (&**big >> bits).to_f64().unwrap_or(1.0);
        return Ok(of(top) + bits as f64 * of(2.0));
    }
    let value = float(vm, args, at)?;
    if value <= 0.0 {
        return Err(value_error("math domain error"));
    }
    Ok(of(value))
}

fn rounded(vm: &mut Vm, args: &mut Args, name: Symbol, function: fn(f64) -> f64) -> Outcome {
    let value = args.take(0);
    if let Some(result) = vm.call_custom(&value, name, [])? {
        return Ok(result);
    }
    match value.plain() {
        Value::Float(value) => Ok(Value::big(whole(function(*value))?)),
        plain => match plain.as_big() {
            Some(value) => Ok(Value::big(value)),
            None => {
                let class = crate::object::class::class_of(&value).name();
                Err(type_error(format!("must be real number, not {class}")))
            }
        },
    }
}

/// An exact sum of floats (Shewchuk, 1997), as CPython's `math.fsum`.
fn exact_sum(items: &[f64]) -> f64 {
    let mut partials: Vec<f64> = Vec::new();
    for &item in items {
        let mut x = item;
        let mut kept = 0;
        for at in 0..partials.len() {
            let mut y = partials[at];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        partials.push(x);
    }
    let Some(mut high) = partials.pop() else { return 0.0 };
    let mut low = 0.0;
    while let Some(x) = partials.pop() {
        let before = high;
        high = before + x;
        low = x - (high - before);
        if low != 0.0 {
            break;
        }
    }
    // Half-even across several partials.
    if let Some(&next) = partials.last()
        && ((low < 0.0 && next < 0.0) || (low > 0.0 && next > 0.0))
    {
        let twice = low * 2.0;
        let candidate = high + twice;
        if twice == candidate - high {
            high = candidate;
        }
    }
    high
}

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    add(
        module,
        &[
            ("sqrt", |vm, args| plain(vm, args, f64::sqrt)),
            ("cbrt", |vm, args| plain(vm, args, f64::cbrt)),
            ("exp", |vm, args| plain(vm, args, f64::exp)),
            ("exp2", |vm, args| plain(vm, args, f64::exp2)),
            ("expm1", |vm, args| plain(vm, args, f64::exp_m1)),
            ("log1p", |vm, args| plain(vm, args, f64::ln_1p)),
            ("sin", |vm, args| plain(vm, args, f64::sin)),
            ("cos", |vm, args| plain(vm, args, f64::cos)),
            ("tan", |vm, args| plain(vm, args, f64::tan)),
            ("asin", |vm, args| plain(vm, args, f64::asin)),
            ("acos", |vm, args| plain(vm, args, f64::acos)),
            ("atan", |vm, args| plain(vm, args, f64::atan)),
            ("sinh", |vm, args| plain(vm, args, f64::sinh)),
            ("cosh", |vm, args| plain(vm, args, f64::cosh)),
            ("tanh", |vm, args| plain(vm, args, f64::tanh)),
            ("asinh", |vm, args| plain(vm, args, f64::asinh)),
            ("acosh", |vm, args| plain(vm, args, f64::acosh)),
            ("atanh", |vm, args| plain(vm, args, f64::atanh)),
            ("fabs", |vm, args| plain(vm, args, f64::abs)),
            ("degrees", |vm, args| plain(vm, args, |x| x * (180.0 / std::f64::consts::PI))),
            ("radians", |vm, args| plain(vm, args, |x| x * (std::f64::consts::PI / 180.0))),
            ("atan2", |vm, args| Ok(Value::Float(float(vm, args, 0)?.atan2(float(vm, args, 1)?)))),
            ("copysign", |vm, args| Ok(Value::Float(float(vm, args, 0)?.copysign(float(vm, args, 1)?)))),
            ("pow", |vm, args| {
                let (x, y) = (float(vm, args, 0)?, float(vm, args, 1)?);
                let result = x.powf(y);
                if result.is_nan() && !x.is_nan() && !y.is_nan() || (x == 0.0 && y < 0.0) {
                    return Err(value_error("math domain error"));
                }
                if result.is_infinite() && x.is_finite() && y.is_finite() {
                    return Err(overflow_error("math range error"));
                }
                Ok(Value::Float(result))
            }),
            ("fmod", |vm, args| {
                let (x, y) = (float(vm, args, 0)?, float(vm, args, 1)?);
                if y == 0.0 || x.is_infinite() {
                    return Err(value_error("math domain error"));
                }
                Ok(Value::Float(x % y))
            }),
            ("modf", |vm, args| {
                let x = float(vm, args, 0)?;
                Ok(Value::tuple([
                    Value::Float(if x.is_infinite() { 0.0_f64.copysign(x) } else { x.fract() }),
                    Value::Float(x.trunc()),
                ]))
            }),
            ("hypot", |vm, args| {
                let mut largest = 0.0_f64;
                let mut parts = Vec::new();
                for at in 0..args.positional() {
                    let part = float(vm, args, at)?.abs();
                    largest = largest.max(part);
                    parts.push(part);
                }
                if let [x, y] = parts[..] {
                    return Ok(Value::Float(x.hypot(y)));
                }
                if largest == 0.0 || largest.is_infinite() {
                    return Ok(Value::Float(largest));
                }
                Ok(Value::Float(largest * parts.iter().map(|part| (part / largest).powi(2)).sum::<f64>().sqrt()))
            }),
            ("frexp", |vm, args| {
                let value = float(vm, args, 0)?;
                if value == 0.0 || !value.is_finite() {
                    return Ok(Value::tuple([Value::Float(value), Value::Int(0)]));
                }
                let (mut mantissa, mut exponent) = (value, 0_i64);
                while mantissa.abs() >= 1.0 {
                    mantissa /= 2.0;
                    exponent += 1;
                }
                while mantissa.abs() < 0.5 {
                    mantissa *= 2.0;
                    exponent -= 1;
                }
                Ok(Value::tuple([Value::Float(mantissa), Value::Int(exponent)]))
            }),
            ("ldexp", |vm, args| {
                let (value, exponent) = (float(vm, args, 0)?, vm.index(&args.take(1))?.clamp(-2200, 2200) as i32);
                let result = value * 2_f64.powi(exponent / 2) * 2_f64.powi(exponent - exponent / 2);
                if result.is_infinite() && value.is_finite() {
                    return Err(overflow_error("math range error"));
                }
                Ok(Value::Float(result))
            }),
            ("dist", |vm, args| {
                let (a, b) = (args.take(0), args.take(1));
                let (a, b) = (vm.collect(&a)?, vm.collect(&b)?);
                let squares =
                    a.iter().zip(&b).map(|(x, y)| (x.as_float().unwrap_or(0.0) - y.as_float().unwrap_or(0.0)).powi(2));
                Ok(Value::Float(squares.sum::<f64>().sqrt()))
            }),
            ("log", |vm, args| {
                let value = logarithm(vm, args, 0, f64::ln)?;
                if args.positional() < 2 {
                    return Ok(Value::Float(value));
                }
                let base = logarithm(vm, args, 1, f64::ln)?;
                if base == 0.0 {
                    return Err(crate::raised::zero_division_error("float division by zero"));
                }
                Ok(Value::Float(value / base))
            }),
            ("log2", |vm, args| logarithm(vm, args, 0, f64::log2).map(Value::Float)),
            ("log10", |vm, args| logarithm(vm, args, 0, f64::log10).map(Value::Float)),
            ("floor", |vm, args| rounded(vm, args, symbol::FLOOR, f64::floor)),
            ("ceil", |vm, args| rounded(vm, args, symbol::CEIL, f64::ceil)),
            ("trunc", |vm, args| rounded(vm, args, symbol::TRUNC, f64::trunc)),
            ("isnan", |vm, args| Ok(Value::Bool(float(vm, args, 0)?.is_nan()))),
            ("isinf", |vm, args| Ok(Value::Bool(float(vm, args, 0)?.is_infinite()))),
            ("isfinite", |vm, args| Ok(Value::Bool(float(vm, args, 0)?.is_finite()))),
            ("isclose", |vm, args| {
                let relative = match args.keyword("rel_tol") {
                    Some(value) => value.as_float().unwrap_or(1e-9),
                    None => 1e-9,
                };
                let absolute = args.keyword("abs_tol").and_then(|value| value.as_float()).unwrap_or(0.0);
                let (a, b) = (float(vm, args, 0)?, float(vm, args, 1)?);
                let close = a == b
                    || (a.is_finite()
                        && b.is_finite()
                        && (a - b).abs() <= (relative * a.abs().max(b.abs())).max(absolute));
                Ok(Value::Bool(close))
            }),
            ("gcd", |vm, args| {
                let mut gcd = BigInt::zero();
                for at in 0..args.positional() {
                    gcd = gcd.gcd(&integer(vm, args, at)?);
                }
                Ok(Value::big(gcd))
            }),
            ("lcm", |vm, args| {
                let mut lcm = BigInt::from(1);
                for at in 0..args.positional() {
                    lcm = lcm.lcm(&integer(vm, args, at)?);
                }
                Ok(Value::big(lcm))
            }),
            ("isqrt", |vm, args| {
                let value = integer(vm, args, 0)?;
                if value.is_negative() {
                    return Err(value_error("isqrt() argument must be nonnegative"));
                }
                Ok(Value::big(value.sqrt()))
            }),
            ("factorial", |vm, args| {
                let value = args.take(0);
                if matches!(value, Value::Float(_)) {
                    return Err(type_error("'float' object cannot be interpreted as an integer"));
                }
                let number = vm.index(&value)?;
                if number < 0 {
                    return Err(value_error("factorial() not defined for negative values"));
                }
                if number > 20_000 {
                    return Err(Raised::with(types().memory_error, Vec::new()));
                }
                Ok(Value::big((1..=number).fold(BigInt::from(1), |product, factor| product * factor)))
            }),
            ("comb", |vm, args| {
                let (n, k) = (vm.index(&args.take(0))?, vm.index(&args.take(1))?);
                if n < 0 || k < 0 {
                    return Err(value_error("n must be a non-negative integer"));
                }
                if k > n {
                    return Ok(Value::Int(0));
                }
                let k = k.min(n - k);
                Ok(Value::big((1..=k).fold(BigInt::from(1), |result, at| result * (n - k + at) / at)))
            }),
            ("perm", |vm, args| {
                let n = vm.index(&args.take(0))?;
                let k = match args.take(1) {
                    Value::Unbound | Value::None => n,
                    k => vm.index(&k)?,
                };
                if k > n {
                    return Ok(Value::Int(0));
                }
                Ok(Value::big((0..k).fold(BigInt::from(1), |result, at| result * (n - at))))
            }),
            ("fsum", |vm, args| {
                let items = vm.collect(&args.take(0))?;
                let items: Vec<f64> = items.iter().map(|item| item.as_float().unwrap_or(0.0)).collect();
                Ok(Value::Float(exact_sum(&items)))
            }),
            ("prod", |vm, args| {
                let mut product = args.keyword("start").unwrap_or(Value::Int(1));
                for item in vm.collect(&args.take(0))? {
                    product = vm.binary(crate::compile::instr::BinaryOp::Mul, &product, &item)?;
                }
                Ok(product)
            }),
        ],
    );
    let constants = [
        ("pi", std::f64::consts::PI),
        ("e", std::f64::consts::E),
        ("tau", std::f64::consts::TAU),
        ("inf", f64::INFINITY),
        ("nan", f64::NAN),
    ];
    for (name, value) in constants {
        module.set(Symbol::of(name), Value::Float(value));
    }
}
