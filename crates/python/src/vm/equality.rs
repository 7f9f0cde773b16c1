//! `==` and hashes.

use super::Vm;
use super::compare::compare_numbers;
use crate::compile::instr::CompareOp;
use crate::object::class::{class_of, compares_in_python};
use crate::raised::{Raised, is_not, recursion_error, type_error};
use crate::symbol;
use crate::value::Value;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use std::cmp::Ordering;

/// The modulus of hashes of numbers, 2⁶¹ − 1, as in CPython.
const MODULUS: u64 = (1 << 61) - 1;

/// Whether two keys are equal, if that can be told without running Python code.
pub fn same(a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => return Some(x == y),
        (Value::Int(x), Value::Int(y)) => return Some(x == y),
        _ if a.is(b) => return Some(true),
        (Value::Instance(x), _) if compares_in_python(x.class) => return None,
        (_, Value::Instance(y)) if compares_in_python(y.class) => return None,
        _ => {}
    }
    Some(match (a.plain(), b.plain()) {
        (Value::Str(x), Value::Str(y)) => x == y,
        (Value::Bytes(x), Value::Bytes(y)) => x == y,
        (Value::Tuple(x), Value::Tuple(y)) => {
            if x.len() != y.len() {
                return Some(false);
            }
            let mut undecided = false;
            for (x, y) in x.iter().zip(y.iter()) {
                match same(x, y) {
                    Some(true) => {}
                    Some(false) => return Some(false),
                    None => undecided = true,
                }
            }
            if undecided {
                return None;
            }
            true
        }
        (Value::Range(x), Value::Range(y)) => {
            x.len() == y.len() && (x.is_empty() || x.start == y.start && (x.len() == 1 || x.step == y.step))
        }
        (Value::List(_), Value::List(_)) | (Value::Dict(_), Value::Dict(_)) | (Value::Set(_), Value::Set(_)) => {
            return None;
        }
        (Value::View(_), _) | (_, Value::View(_)) => return None,
        (Value::Method(x), Value::Method(y)) => x.function.is(&y.function) && x.receiver.is(&y.receiver),
        (x, y) => compare_numbers(x, y) == Some(Some(Ordering::Equal)),
    })
}

/// The hash of a value, if that needs no Python code.
#[inline]
pub fn simple_hash(value: &Value) -> Option<u64> {
    match value {
        Value::Str(text) => Some(text.hash()),
        Value::Int(value) => Some(hash_int(*value)),
        _ => None,
    }
}

fn hash_int(value: i64) -> u64 {
    let hash = (value.unsigned_abs() % MODULUS) as i64;
    let hash = if value < 0 { -hash } else { hash };
    (if hash == -1 { -2 } else { hash }) as u64
}

fn hash_big(value: &BigInt) -> u64 {
    let hash = (value.abs() % MODULUS).to_i64().unwrap_or(0);
    let hash = if value.is_negative() { -hash } else { hash };
    (if hash == -1 { -2 } else { hash }) as u64
}

/// As CPython's `_Py_HashDouble`.
fn hash_float(value: f64) -> u64 {
    if !value.is_finite() {
        return if value.is_nan() {
            0
        } else if value > 0.0 {
            314_159
        } else {
            -314_159_i64 as u64
        };
    }
    if value.fract() == 0.0 && value.abs() < 9e18 {
        return hash_int(value as i64);
    }
    let bits = value.to_bits();
    let exponent = (bits >> 52 & 0x7ff) as i32;
    let (mut mantissa, mut exponent) = match exponent {
        0 => (bits & ((1 << 52) - 1), -1074),
        _ => (bits & ((1 << 52) - 1) | 1 << 52, exponent - 1075),
    };
    while mantissa & 1 == 0 && mantissa != 0 {
        mantissa >>= 1;
        exponent += 1;
    }
    let shift = exponent.rem_euclid(61) as u32;
    let rotated = (mantissa % MODULUS) as u128;
    let hash = ((rotated << shift) % u128::from(MODULUS)) as i64;
    let hash = if value < 0.0 { -hash } else { hash };
    (if hash == -1 { -2 } else { hash }) as u64
}

/// As CPython's `tuplehash`, which is xxHash's.
fn combine(hashes: impl ExactSizeIterator<Item = u64>) -> u64 {
    const P1: u64 = 11_400_714_785_074_694_791;
    const P2: u64 = 14_029_467_366_897_019_727;
    const P5: u64 = 2_870_177_450_012_600_261;
    let len = hashes.len() as u64;
    let mut acc = P5;
    for hash in hashes {
        acc = acc.wrapping_add(hash.wrapping_mul(P2)).rotate_left(31).wrapping_mul(P1);
    }
    acc = acc.wrapping_add(len ^ (P5 ^ 3_527_539));
    if acc == u64::MAX { 1_546_275_796 } else { acc }
}

impl Vm {
    /// The hash of a value.
    pub fn hash(&mut self, value: &Value) -> Result<u64, Raised> {
        if let Some(hash) = simple_hash(value) {
            return Ok(hash);
        }
        if let Value::Instance(instance) = value {
            let class = instance.class;
            if let Some(method) = class.custom(symbol::HASH) {
                if method.is_none() {
                    return Err(unhashable(value));
                }
                let bound = self.bind(&method, value, class)?;
                let hash = self.call(&bound, [])?;
                let Some(hash) = hash.as_big() else {
                    return Err(type_error("__hash__ method should return an integer"));
                };
                return Ok(hash.to_i64().map_or_else(|| hash_big(&hash), |hash| hash as u64));
            }
            if compares_in_python(class) {
                return Err(unhashable(value));
            }
            return match instance.held() {
                Some(held) => self.hash(&held.clone()),
                None => Ok(spread(value)),
            };
        }
        Ok(match value {
            Value::Bool(value) => u64::from(*value),
            Value::Big(value) => hash_big(value),
            Value::Float(value) => hash_float(*value),
            Value::None => 0xfca8_6420,
            Value::Bytes(bytes) => crate::object::text::hash_str(&String::from_utf8_lossy(&bytes.0)),
            Value::Tuple(tuple) => {
                let mut hashes = Vec::with_capacity(tuple.len());
                self.deeper()?;
                for item in tuple.iter() {
                    let hash = self.hash(item);
                    if hash.is_err() {
                        self.shallower();
                    }
                    hashes.push(hash?);
                }
                self.shallower();
                combine(hashes.into_iter())
            }
            Value::Set(set) if set.frozen => {
                let entries: Vec<_> = set.lock().iter().map(|entry| entry.key.clone()).collect();
                let mut hash = 0x1234_5678_u64.wrapping_mul(entries.len() as u64 + 1);
                for entry in entries {
                    hash ^= self.hash(&entry)?.wrapping_mul(0x9E37_79B9_7F4A_7C15);
                }
                hash
            }
            Value::Range(range) => combine([range.len() as u64, range.start as u64, range.step as u64].into_iter()),
            Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) | Value::View(_) => {
                return Err(unhashable(value));
            }
            Value::Method(method) => spread(&method.function) ^ spread(&method.receiver).rotate_left(7),
            _ => spread(value),
        })
    }

    /// `a == b`, as a truth.
    pub fn equal(&mut self, a: &Value, b: &Value) -> Result<bool, Raised> {
        match same(a, b) {
            Some(equal) => Ok(equal),
            None => self.compare_truth(CompareOp::Eq, a, b),
        }
    }

    /// One of our functions calls itself: an error if that gets too deep.
    pub fn deeper(&mut self) -> Result<(), Raised> {
        if self.is_deep(self.nested as usize) {
            return Err(recursion_error("maximum recursion depth exceeded in comparison"));
        }
        self.nested += 1;
        Ok(())
    }

    /// It has returned.
    pub fn shallower(&mut self) {
        self.nested -= 1;
    }
}

fn spread(value: &Value) -> u64 {
    let address = value.address().unwrap_or(0) as u64;
    address.rotate_right(4)
}

#[cold]
fn unhashable(value: &Value) -> Raised {
    type_error(format!("unhashable type: '{}'", class_of(value).name()))
}

/// “'int' object is not iterable”
pub fn not_iterable(value: &Value) -> Raised {
    is_not(value, "iterable")
}
