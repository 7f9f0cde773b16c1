//! Comparisons and truth.

use super::Vm;
use crate::compile::instr::CompareOp;
use crate::object::class::class_of;
use crate::object::dict::Dict;
use crate::raised::{Outcome, Raised, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use num_bigint::BigInt;
use num_traits::{FromPrimitive, Zero};
use std::cmp::Ordering;
use std::sync::Arc;

impl CompareOp {
    /// How it is written.
    fn sign(self) -> &'static str {
        match self {
            CompareOp::Eq => "==",
            CompareOp::Ne => "!=",
            CompareOp::Lt => "<",
            CompareOp::Le => "<=",
            CompareOp::Gt => ">",
            CompareOp::Ge => ">=",
        }
    }

    /// Its method, and that of the other operand.
    fn methods(self) -> (Symbol, Symbol) {
        match self {
            CompareOp::Eq => (symbol::EQ, symbol::EQ),
            CompareOp::Ne => (symbol::NE, symbol::NE),
            CompareOp::Lt => (symbol::LT, symbol::GT),
            CompareOp::Le => (symbol::LE, symbol::GE),
            CompareOp::Gt => (symbol::GT, symbol::LT),
            CompareOp::Ge => (symbol::GE, symbol::LE),
        }
    }

    /// Whether it is so for this order; none if the two cannot be ordered, as NaN.
    fn holds(self, order: Option<Ordering>) -> bool {
        match (self, order) {
            (CompareOp::Ne, order) => order != Some(Ordering::Equal),
            (_, None) => false,
            (CompareOp::Eq, Some(order)) => order.is_eq(),
            (CompareOp::Lt, Some(order)) => order.is_lt(),
            (CompareOp::Le, Some(order)) => order.is_le(),
            (CompareOp::Gt, Some(order)) => order.is_gt(),
            (CompareOp::Ge, Some(order)) => order.is_ge(),
        }
    }

    /// Whether it is so for these two.
    #[inline(always)]
    pub fn of_ints(self, x: i64, y: i64) -> bool {
        match self {
            CompareOp::Eq => x == y,
            CompareOp::Ne => x != y,
            CompareOp::Lt => x < y,
            CompareOp::Le => x <= y,
            CompareOp::Gt => x > y,
            CompareOp::Ge => x >= y,
        }
    }
}

/// A comparison of what is compared most.
#[inline(always)]
pub fn compare_fast(op: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => Some(op.of_ints(*x, *y)),
        _ => compare_simple(op, a, b),
    }
}

#[inline(never)]
fn compare_simple(op: CompareOp, a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Some(op.holds(x.partial_cmp(y))),
        (Value::Str(x), Value::Str(y)) => Some(match op {
            CompareOp::Eq => x == y,
            CompareOp::Ne => x != y,
            _ => op.holds(Some(x.as_str().cmp(y.as_str()))),
        }),
        _ => None,
    }
}

/// How two numbers compare; none if they are not both numbers.
pub fn compare_numbers(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    if let (Some(x), Some(y)) = (a.as_int(), b.as_int()) {
        return Some(Some(x.cmp(&y)));
    }
    Some(match (a, b) {
        (Value::Float(x), Value::Float(y)) => x.partial_cmp(y),
        (Value::Float(x), y) => compare_float(*x, &y.as_big()?),
        (x, Value::Float(y)) => compare_float(*y, &x.as_big()?).map(Ordering::reverse),
        (x, y) => Some(x.as_big()?.cmp(&y.as_big()?)),
    })
}

fn compare_float(x: f64, y: &BigInt) -> Option<Ordering> {
    if x.is_nan() {
        return None;
    }
    if x.is_infinite() {
        return Some(if x > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let whole = BigInt::from_f64(x.floor()).unwrap_or_default();
    Some(whole.cmp(y).then(if x.fract() == 0.0 { Ordering::Equal } else { Ordering::Greater }))
}

impl Vm {
    /// A comparison, as a truth.
    pub fn compare_truth(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<bool, Raised> {
        if let Some(result) = compare_fast(op, a, b) {
            return Ok(result);
        }
        let result = self.compare(op, a, b)?;
        self.truth(&result)
    }

    /// `a op b` of two registers.
    pub(super) fn compare_registers(&mut self, op: CompareOp, a: usize, b: usize) -> Outcome {
        let (x, y) = (self.stack[a].clone(), self.stack[b].clone());
        self.compare(op, &x, &y)
    }

    /// `a op b`
    pub fn compare(&mut self, op: CompareOp, a: &Value, b: &Value) -> Outcome {
        if matches!(a, Value::Instance(_)) || matches!(b, Value::Instance(_)) {
            let (method, reflected) = op.methods();
            let (left, right) = (class_of(a), class_of(b));
            let right_first = !left.is(right) && right.is_a(left) && right.custom(reflected).is_some();
            let attempts =
                if right_first { [(b, a, reflected), (a, b, method)] } else { [(a, b, method), (b, a, reflected)] };
            for (own, other, method) in attempts {
                let result = match self.call_custom(own, method, [other.clone()])? {
                    // `!=` is the opposite of `==` unless it says otherwise.
                    None if op == CompareOp::Ne => match self.call_custom(own, symbol::EQ, [other.clone()])? {
                        Some(Value::NotImplemented) | None => None,
                        Some(result) => Some(Value::Bool(!self.truth(&result)?)),
                    },
                    result => result,
                };
                if let Some(result) = result
                    && !matches!(result, Value::NotImplemented)
                {
                    return Ok(result);
                }
            }
        }
        let (x, y) = (a.plain(), b.plain());
        if let Some(result) = compare_fast(op, x, y) {
            return Ok(Value::Bool(result));
        }
        if let Some(order) = compare_numbers(x, y) {
            return Ok(Value::Bool(op.holds(order)));
        }
        self.deeper()?;
        let result = self.compare_containers(op, x, y);
        self.shallower();
        match result? {
            Some(result) => Ok(Value::Bool(result)),
            None => match op {
                CompareOp::Eq => Ok(Value::Bool(super::equality::same(x, y).unwrap_or_else(|| a.is(b)))),
                CompareOp::Ne => Ok(Value::Bool(!super::equality::same(x, y).unwrap_or_else(|| a.is(b)))),
                _ => {
                    let (left, right) = (class_of(a).name(), class_of(b).name());
                    Err(type_error(format!(
                        "'{}' not supported between instances of '{left}' and '{right}'",
                        op.sign()
                    )))
                }
            },
        }
    }

    fn compare_containers(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>, Raised> {
        match (a, b) {
            (Value::List(x), Value::List(y)) => {
                let (x, y) = (x.items(), y.items());
                self.compare_sequences(op, &x, &y).map(Some)
            }
            (Value::Tuple(x), Value::Tuple(y)) => self.compare_sequences(op, x, y).map(Some),
            (Value::Bytes(x), Value::Bytes(y)) => Ok(Some(op.holds(Some(x.cmp(y))))),
            (Value::Dict(x), Value::Dict(y)) if matches!(op, CompareOp::Eq | CompareOp::Ne) => {
                Ok(Some(self.same_dicts(x, y)? == (op == CompareOp::Eq)))
            }
            (Value::Set(_) | Value::View(_), Value::Set(_) | Value::View(_)) => self.compare_sets(op, a, b),
            _ => Ok(None),
        }
    }

    fn compare_sequences(&mut self, op: CompareOp, a: &[Value], b: &[Value]) -> Result<bool, Raised> {
        if matches!(op, CompareOp::Eq | CompareOp::Ne) && a.len() != b.len() {
            return Ok(op == CompareOp::Ne);
        }
        for (x, y) in a.iter().zip(b) {
            if !x.is(y) && !self.equal(x, y)? {
                return match op {
                    CompareOp::Eq => Ok(false),
                    CompareOp::Ne => Ok(true),
                    _ => self.compare_truth(op, x, y),
                };
            }
        }
        Ok(op.holds(Some(a.len().cmp(&b.len()))))
    }

    fn same_dicts(&mut self, a: &Arc<Dict>, b: &Arc<Dict>) -> Result<bool, Raised> {
        if a.lock().len() != b.lock().len() {
            return Ok(false);
        }
        for entry in a.entries() {
            match b.get(self, &entry.key)? {
                Some(value) if value.is(&entry.value) || self.equal(&entry.value, &value)? => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Whether a value counts as true.
    pub fn truth(&mut self, value: &Value) -> Result<bool, Raised> {
        Ok(match value {
            Value::None | Value::Unbound => false,
            Value::Bool(value) => *value,
            Value::Int(value) => *value != 0,
            Value::Big(value) => !value.is_zero(),
            Value::Float(value) => *value != 0.0,
            Value::Str(text) => !text.as_str().is_empty(),
            Value::Bytes(bytes) => !bytes.0.is_empty(),
            Value::Tuple(tuple) => !tuple.is_empty(),
            Value::List(list) => !list.lock().is_empty(),
            Value::Dict(dict) => !dict.lock().is_empty(),
            Value::View(view) => !view.dict.lock().is_empty(),
            Value::Set(set) => !set.lock().is_empty(),
            Value::Range(range) => !range.is_empty(),
            Value::Instance(instance) => {
                if let Some(result) = self.call_special(value, symbol::BOOL, [])? {
                    return match result {
                        Value::Bool(truth) => Ok(truth),
                        other => Err(type_error(format!(
                            "__bool__ should return bool, returned {}",
                            class_of(&other).name()
                        ))),
                    };
                }
                if let Some(len) = self.call_custom(value, symbol::LEN, [])? {
                    return Ok(len.as_int() != Some(0));
                }
                match instance.held() {
                    Some(held) => return self.truth(&held.clone()),
                    None => match self.call_special(value, symbol::LEN, [])? {
                        Some(len) => len.as_int() != Some(0),
                        None => true,
                    },
                }
            }
            _ => true,
        })
    }
}
