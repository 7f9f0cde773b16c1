//! Subscripts, slices and `in`.

use super::Vm;
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::dict::{Found, with_slot};
use crate::object::slice::{Range, Slice};
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, index_error, is_not, key_error, type_error, value_error};
use crate::symbol;
use crate::value::Value;
use num_traits::Signed;
use std::sync::Arc;

/// The indices that a slice selects: from, how many, step.
#[derive(Clone, Copy)]
pub struct Selection {
    /// The first index.
    pub start: i64,
    /// How many there are.
    pub len: usize,
    /// From one to the next.
    pub step: i64,
    /// The index before which a slice with step 1 ends.
    pub stop: i64,
}

impl Selection {
    /// The indices, in order.
    pub fn indices(self) -> impl Iterator<Item = usize> {
        (0..self.len as i64).map(move |at| (self.start + at * self.step) as usize)
    }
}

impl Vm {
    /// A value as an index.
    pub fn index(&mut self, value: &Value) -> Result<i64, Raised> {
        match value.plain() {
            Value::Int(index) => Ok(*index),
            Value::Bool(index) => Ok(i64::from(*index)),
            Value::Big(index) => Ok(if index.is_negative() { i64::MIN } else { i64::MAX }),
            _ => match self.call_special(value, symbol::INDEX, [])? {
                Some(index) => self.index(&index),
                None => Err(is_not(value, "interpreted as an integer").not_as_integer(value)),
            },
        }
    }

    /// What a slice selects of a sequence of `len` items.
    pub fn select(&mut self, slice: &Slice, len: usize) -> Result<Selection, Raised> {
        let len = len as i64;
        let mut part = |value: &Value| match value {
            Value::None => Ok(None),
            value => match self.index(value) {
                Ok(index) => Ok(Some(index)),
                Err(raised) if raised.is(crate::builtins::types::types().type_error) => {
                    Err(type_error("slice indices must be integers or None or have an __index__ method"))
                }
                Err(raised) => Err(raised),
            },
        };
        let step = part(&slice.step)?.unwrap_or(1);
        let (start, stop) = (part(&slice.start)?, part(&slice.stop)?);
        if step == 0 {
            return Err(value_error("slice step cannot be zero"));
        }
        let (low, high) = if step > 0 { (0, len) } else { (-1, len - 1) };
        let clamp = |index: i64| if index < 0 { index.saturating_add(len).max(low) } else { index.min(high) };
        let start = start.map_or(if step > 0 { 0 } else { len - 1 }, clamp);
        let stop = stop.map_or(if step > 0 { len } else { -1 }, clamp);
        let distance = if step > 0 { stop - start } else { start - stop };
        let count = if distance <= 0 { 0 } else { (distance - 1) / step.abs().max(1) + 1 };
        Ok(Selection { start, len: count as usize, step, stop })
    }

    fn position(&mut self, key: &Value, len: usize, what: &str, verb: &str) -> Result<usize, Raised> {
        let index = match self.index(key) {
            Ok(index) => index,
            Err(raised) if raised.is(crate::builtins::types::types().type_error) => {
                let name = class_of(key).name();
                return Err(type_error(match what {
                    "string" => format!("string indices must be integers, not '{name}'"),
                    _ => format!("{what} indices must be integers or slices, not {name}"),
                }));
            }
            Err(raised) => return Err(raised),
        };
        let from_front = if index < 0 { index.saturating_add(len as i64) } else { index };
        match usize::try_from(from_front) {
            Ok(at) if at < len => Ok(at),
            _ => Err(index_error(format!("{what} {verb}index out of range"))),
        }
    }

    /// `object[key]`
    pub fn get_item(&mut self, object: &Value, key: &Value) -> Outcome {
        if let Value::Instance(_) = object
            && let Some(value) = self.call_special(object, symbol::GETITEM, [key.clone()])?
        {
            return Ok(value);
        }
        self.get_plain_item(object, key)
    }

    /// `object[key]`, of a built-in object.
    pub fn get_plain_item(&mut self, object: &Value, key: &Value) -> Outcome {
        match (object.plain(), key) {
            (Value::List(list), Value::Slice(slice)) => {
                let len = list.lock().len();
                let selection = self.select(slice, len)?;
                let items = list.lock();
                Ok(Value::list(selection.indices().filter_map(|at| items.get(at).cloned()).collect()))
            }
            (Value::List(list), _) => {
                let len = list.lock().len();
                let at = self.position(key, len, "list", "")?;
                let item = list.lock().get(at).cloned();
                item.ok_or_else(|| index_error("list index out of range"))
            }
            (Value::Tuple(tuple), Value::Slice(slice)) => {
                let selection = self.select(slice, tuple.len())?;
                Ok(Value::tuple(selection.indices().map(|at| tuple[at].clone())))
            }
            (Value::Tuple(tuple), _) => {
                let at = self.position(key, tuple.len(), "tuple", "")?;
                Ok(tuple[at].clone())
            }
            (Value::Str(text), Value::Slice(slice)) => {
                let selection = self.select(slice, text.chars())?;
                if selection.step == 1 {
                    let (start, stop) = (selection.start as usize, selection.stop.max(0) as usize);
                    return Ok(Value::from(text.between(start, stop)));
                }
                let chars: Vec<char> = text.as_str().chars().collect();
                Ok(Value::from(selection.indices().map(|at| chars[at]).collect::<String>()))
            }
            (Value::Str(text), _) => {
                let at = self.position(key, text.chars(), "string", "")?;
                Ok(Value::Str(text.char_at(at).map_or_else(|| Str::from(""), Str::of_char)))
            }
            (Value::Bytes(bytes), Value::Slice(slice)) => {
                let selection = self.select(slice, bytes.0.len())?;
                Ok(Value::Bytes(Arc::new(Bytes(selection.indices().map(|at| bytes.0[at]).collect()))))
            }
            (Value::Bytes(bytes), _) => {
                let at = match self.position(key, bytes.0.len(), "byte", "") {
                    Err(raised) if raised.is(crate::builtins::types::types().index_error) => {
                        return Err(index_error("index out of range"));
                    }
                    outcome => outcome?,
                };
                Ok(Value::Int(i64::from(bytes.0[at])))
            }
            (Value::Range(range), Value::Slice(slice)) => {
                let selection = self.select(slice, range.len())?;
                let step = range.step * selection.step;
                let start = range.start + selection.start * range.step;
                Ok(Value::Range(Arc::new(Range { start, stop: start + step * selection.len as i64, step })))
            }
            (Value::Range(range), _) => {
                let at = self.position(key, range.len(), "range object", "")?;
                Ok(Value::Int(range.at(at)))
            }
            (Value::Dict(dict), _) => match dict.clone().get(self, key)? {
                Some(value) => Ok(value),
                None => {
                    if let Value::Instance(_) = object
                        && let Some(value) = self.call_custom(object, symbol::MISSING, [key.clone()])?
                    {
                        return Ok(value);
                    }
                    Err(key_error(key.clone()))
                }
            },
            (Value::Class(class), _) => self.class_item(class, key),
            _ => Err(is_not(object, "subscriptable")),
        }
    }

    /// `list[int]` and the like: the class itself, for hints are not checked.
    fn class_item(&mut self, class: &'static crate::object::class::Class, key: &Value) -> Outcome {
        if let Some(method) = class.lookup(symbol::CLASS_GETITEM) {
            let bound = self.bind(&method, &Value::Class(class), class)?;
            return self.call(&bound, [key.clone()]);
        }
        if class.in_python || !["list", "dict", "tuple", "set", "frozenset", "type"].contains(&class.name()) {
            return Err(type_error(format!("type '{}' is not subscriptable", class.name())));
        }
        Ok(Value::Class(class))
    }

    /// `object[key] = value`
    pub fn set_item(&mut self, object: &Value, key: &Value, value: Value) -> Result<(), Raised> {
        if let Value::Instance(_) = object
            && self.call_special(object, symbol::SETITEM, [key.clone(), value.clone()])?.is_some()
        {
            return Ok(());
        }
        self.set_plain_item(object, key, value)
    }

    /// `object[key] = value`, of a built-in object.
    pub fn set_plain_item(&mut self, object: &Value, key: &Value, value: Value) -> Result<(), Raised> {
        match (object.plain(), key) {
            (Value::List(list), Value::Slice(slice)) => {
                let items = self.collect(&value)?;
                let len = list.lock().len();
                let selection = self.select(slice, len)?;
                let mut own = list.lock();
                if selection.step == 1 {
                    let start = (selection.start as usize).min(own.len());
                    let stop = (start + selection.len).min(own.len());
                    let old: Vec<_> = own.splice(start..stop, items).collect();
                    drop(own);
                    drop(old);
                    return Ok(());
                }
                if items.len() != selection.len {
                    let (given, len) = (items.len(), selection.len);
                    return Err(value_error(format!(
                        "attempt to assign sequence of size {given} to extended slice of size {len}"
                    )));
                }
                let old: Vec<_> = selection
                    .indices()
                    .zip(items)
                    .filter_map(|(at, item)| Some(std::mem::replace(own.get_mut(at)?, item)))
                    .collect();
                drop(own);
                drop(old);
                Ok(())
            }
            (Value::List(list), _) => {
                let len = list.lock().len();
                let at = self.position(key, len, "list", "assignment ")?;
                let mut items = list.lock();
                let Some(place) = items.get_mut(at) else {
                    return Err(index_error("list assignment index out of range"));
                };
                let old = std::mem::replace(place, value);
                drop(items);
                drop(old);
                Ok(())
            }
            (Value::Dict(dict), _) => dict.clone().set(self, key, value),
            _ => Err(is_not_named(object, "does not support item assignment")),
        }
    }

    /// `del object[key]`
    pub fn delete_item(&mut self, object: &Value, key: &Value) -> Result<(), Raised> {
        if let Value::Instance(_) = object
            && self.call_special(object, symbol::DELITEM, [key.clone()])?.is_some()
        {
            return Ok(());
        }
        match (object.plain(), key) {
            (Value::List(list), Value::Slice(slice)) => {
                let len = list.lock().len();
                let selection = self.select(slice, len)?;
                let mut gone: Vec<usize> = selection.indices().collect();
                gone.sort_unstable();
                let mut own = list.lock();
                let mut at = 0;
                let mut old = Vec::new();
                let all = std::mem::take(&mut *own);
                for (index, item) in all.into_iter().enumerate() {
                    if gone.get(at) == Some(&index) {
                        at += 1;
                        old.push(item);
                    } else {
                        own.push(item);
                    }
                }
                drop(own);
                drop(old);
                Ok(())
            }
            (Value::List(list), _) => {
                let len = list.lock().len();
                let at = self.position(key, len, "list", "assignment ")?;
                let mut items = list.lock();
                if at < items.len() {
                    let old = items.remove(at);
                    drop(items);
                    drop(old);
                }
                Ok(())
            }
            (Value::Dict(dict), _) => match dict.clone().remove(self, key)? {
                Some(_) => Ok(()),
                None => Err(key_error(key.clone())),
            },
            _ => Err(is_not_named(object, "doesn't support item deletion")),
        }
    }

    /// `item in container`
    pub fn contains(&mut self, container: &Value, item: &Value) -> Result<bool, Raised> {
        if let Value::Instance(_) = container
            && let Some(result) = self.call_special(container, symbol::CONTAINS, [item.clone()])?
        {
            return self.truth(&result);
        }
        match container.plain() {
            Value::Dict(dict) => {
                let dict = dict.clone();
                with_slot(self, &dict, item, |_, slot, _| slot.is_some())
            }
            Value::Set(set) => {
                let set = set.clone();
                with_slot(self, &set, item, |_, slot, _| slot.is_some())
            }
            Value::Str(text) => match item.plain() {
                Value::Str(part) => Ok(text.as_str().contains(part.as_str())),
                _ => {
                    let name = class_of(item).name();
                    Err(type_error(format!("'in <string>' requires string as left operand, not {name}")))
                }
            },
            Value::Bytes(bytes) => match item.plain() {
                Value::Bytes(part) => {
                    Ok(part.0.is_empty() || bytes.0.windows(part.0.len()).any(|window| window == part.0))
                }
                Value::Int(_) | Value::Bool(_) => match item.as_int().and_then(|byte| u8::try_from(byte).ok()) {
                    Some(byte) => Ok(bytes.0.contains(&byte)),
                    None => Err(value_error("byte must be in range(0, 256)")),
                },
                _ => {
                    let name = class_of(item).name();
                    Err(type_error(format!("a bytes-like object is required, not '{name}'")))
                }
            },
            Value::Range(range) if item.as_int().is_some() => {
                Ok(item.as_int().is_some_and(|value| range.position(value).is_some()))
            }
            Value::View(view) if view.part == crate::object::dict::Part::Keys => {
                let dict = view.dict.clone();
                with_slot(self, &dict, item, |_, slot, _| slot.is_some())
            }
            Value::List(list) => {
                let mut at = 0;
                loop {
                    let next = list.lock().get(at).cloned();
                    let Some(next) = next else { return Ok(false) };
                    if next.is(item) || self.equal(&next, item)? {
                        return Ok(true);
                    }
                    at += 1;
                }
            }
            Value::Tuple(tuple) => {
                for next in tuple.iter() {
                    if next.is(item) || self.equal(next, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            _ => {
                let iterator = match self.iterate(container) {
                    Ok(iterator) => iterator,
                    Err(raised) if raised.is(crate::builtins::types::types().type_error) => {
                        return Err(type_error(format!(
                            "argument of type '{}' is not iterable",
                            class_of(container).name()
                        )));
                    }
                    Err(raised) => return Err(raised),
                };
                while let Some(next) = self.next(&iterator)? {
                    if next.is(item) || self.equal(&next, item)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// `len(object)`
    pub fn len(&mut self, object: &Value) -> Result<usize, Raised> {
        Ok(match object {
            Value::Instance(instance) => {
                if let Some(len) = self.call_special(object, symbol::LEN, [])? {
                    return match len.as_int() {
                        Some(len) => usize::try_from(len).map_err(|_| value_error("__len__() should return >= 0")),
                        None => {
                            let name = class_of(&len).name();
                            Err(type_error(format!("'{name}' object cannot be interpreted as an integer")))
                        }
                    };
                }
                match instance.held() {
                    Some(held) => return self.len(&held.clone()),
                    None => return Err(has_no_len(object)),
                }
            }
            Value::Str(text) => text.chars(),
            Value::Bytes(bytes) => bytes.0.len(),
            Value::Tuple(tuple) => tuple.len(),
            Value::List(list) => list.lock().len(),
            Value::Dict(dict) => dict.lock().len(),
            Value::View(view) => view.dict.lock().len(),
            Value::Set(set) => set.lock().len(),
            Value::Range(range) => range.len(),
            _ => return Err(has_no_len(object)),
        })
    }

    /// Whether the entry of a key is there, without Python code.
    pub fn has_key(table: &crate::object::dict::Table, key: &Value, hash: u64) -> bool {
        matches!(table.find(hash, key), Found::At(_))
    }
}

fn has_no_len(object: &Value) -> Raised {
    type_error(format!("object of type '{}' has no len()", class_of(object).name()))
}

fn is_not_named(object: &Value, what: &str) -> Raised {
    type_error(format!("'{}' object {what}", class_of(object).name()))
}

impl Raised {
    /// “'str' object cannot be interpreted as an integer”
    fn not_as_integer(self, value: &Value) -> Raised {
        type_error(format!("'{}' object cannot be interpreted as an integer", class_of(value).name()))
    }
}
