//! Iteration.

use super::Vm;
use crate::builtins::types::types;
use crate::guarded::Guarded;
use crate::object::class::class_of;
use crate::object::iterator::Iter;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, is_not, runtime_error, type_error, value_error};
use crate::run::thread::END;
use crate::symbol;
use crate::value::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Wraps an iterator of ours.
pub fn iterator(iter: Iter) -> Value {
    Value::Iter(Arc::new(iter))
}

impl Vm {
    /// Puts what goes over the value at `a` into three registers from `d` on: the numbers of a range, a list or tuple and an index, or an iterator.
    pub(super) fn begin_iteration(&mut self, d: usize, a: usize) -> Result<(), Raised> {
        match self.stack[a].clone() {
            Value::Range(range) => {
                for (at, number) in [range.start, range.stop, range.step].into_iter().enumerate() {
                    self.put(d + at, Value::Int(number));
                }
            }
            list @ (Value::List(_) | Value::Tuple(_)) => {
                self.put(d, list);
                self.put(d + 1, Value::Int(0));
            }
            value => {
                let iterator = self.iterate(&value)?;
                self.put(d, iterator);
            }
        }
        Ok(())
    }

    /// `iter(value)`
    pub fn iterate(&mut self, value: &Value) -> Outcome {
        let start = || AtomicUsize::new(0);
        Ok(match value {
            Value::Iter(_) | Value::Generator(_) => value.clone(),
            Value::List(list) => iterator(Iter::List(list.clone(), start())),
            Value::Tuple(tuple) => iterator(Iter::Tuple(tuple.clone(), start())),
            Value::Str(text) => iterator(Iter::Str(text.clone(), start())),
            Value::Bytes(bytes) => {
                let values: Vec<_> = bytes.0.iter().map(|byte| Value::Int(i64::from(*byte))).collect();
                iterator(Iter::Values(Guarded::new(values.into_iter())))
            }
            Value::Range(range) => iterator(Iter::Range(Guarded::new((range.start, range.stop, range.step)))),
            Value::Dict(dict) => {
                iterator(Iter::Dict(dict.clone(), crate::object::dict::Part::Keys, start(), dict.lock().len()))
            }
            Value::View(view) => iterator(Iter::Dict(view.dict.clone(), view.part, start(), view.dict.lock().len())),
            Value::Set(set) => iterator(Iter::Set(set.clone(), start(), set.lock().len())),
            Value::Instance(instance) => {
                if let Some(method) = instance.class.lookup(symbol::ITER) {
                    if method.is_none() {
                        return Err(is_not(value, "iterable"));
                    }
                    let bound = self.bind(&method, value, instance.class)?;
                    let iterator = self.call(&bound, [])?;
                    let iterates = matches!(iterator, Value::Iter(_) | Value::Generator(_))
                        || class_of(&iterator).lookup(symbol::NEXT).is_some();
                    if !iterates {
                        return Err(type_error(format!(
                            "iter() returned non-iterator of type '{}'",
                            class_of(&iterator).name()
                        )));
                    }
                    return Ok(iterator);
                }
                if let Some(held) = instance.held() {
                    return self.iterate(&held.clone());
                }
                if instance.class.lookup(symbol::GETITEM).is_some() {
                    return Ok(iterator(Iter::Items(value.clone(), start())));
                }
                return Err(is_not(value, "iterable"));
            }
            _ => return Err(is_not(value, "iterable")),
        })
    }

    /// The next item of an iterator; none at its end.
    pub fn next(&mut self, iterator: &Value) -> Result<Option<Value>, Raised> {
        match iterator {
            Value::Iter(iter) => self.next_of_ours(iter),
            Value::Generator(generator) => self.next_of_generator(generator),
            Value::Instance(instance) => {
                let Some(method) = instance.class.lookup(symbol::NEXT) else {
                    return Err(is_not(iterator, "an iterator"));
                };
                let bound = self.bind(&method, iterator, instance.class)?;
                match self.call(&bound, []) {
                    Ok(value) => Ok(Some(value)),
                    Err(raised) if raised.is(types().stop_iteration) => Ok(None),
                    Err(raised) => Err(raised),
                }
            }
            _ => Err(is_not(iterator, "an iterator")),
        }
    }

    fn next_of_ours(&mut self, iter: &Iter) -> Result<Option<Value>, Raised> {
        // Our own functions may go on for ever; they do not hand on the global interpreter lock, as Python's do not.
        if self.thread.word.load(Ordering::Relaxed) & END != 0 {
            return Err(Raised::Ended);
        }
        let step = |at: &AtomicUsize| at.fetch_add(1, Ordering::Relaxed);
        Ok(match iter {
            Iter::List(list, at) => {
                let index = step(at);
                let item = list.lock().get(index).cloned();
                if item.is_none() {
                    // Once over, it stays over.
                    at.store(usize::MAX / 2, Ordering::Relaxed);
                }
                item
            }
            Iter::ListBack(list, left) => {
                let index = left.load(Ordering::Relaxed);
                left.store(index.saturating_sub(1), Ordering::Relaxed);
                if index == 0 { None } else { list.lock().get(index - 1).cloned() }
            }
            Iter::Tuple(tuple, at) => tuple.get(step(at)).cloned(),
            Iter::Str(text, at) => {
                let byte = at.load(Ordering::Relaxed);
                let next = text.as_str().get(byte..).and_then(|rest| rest.chars().next());
                next.map(|c| {
                    at.store(byte + c.len_utf8(), Ordering::Relaxed);
                    Value::Str(Str::of_char(c))
                })
            }
            Iter::Values(values) => values.lock().next(),
            Iter::Range(range) => {
                let mut range = range.lock();
                let (next, stop, step) = *range;
                if (step > 0 && next < stop) || (step < 0 && next > stop) {
                    *range = match next.checked_add(step) {
                        Some(after) => (after, stop, step),
                        None => (next, next, step),
                    };
                    Some(Value::Int(next))
                } else {
                    None
                }
            }
            Iter::Dict(dict, part, at, len) => {
                let table = dict.lock();
                if table.len() != *len {
                    return Err(runtime_error("dictionary changed size during iteration"));
                }
                table.next(at.load(Ordering::Relaxed)).map(|(after, entry)| {
                    at.store(after, Ordering::Relaxed);
                    part.of(entry)
                })
            }
            Iter::Set(set, at, len) => {
                let table = set.lock();
                if table.len() != *len {
                    return Err(runtime_error("Set changed size during iteration"));
                }
                table.next(at.load(Ordering::Relaxed)).map(|(after, entry)| {
                    at.store(after, Ordering::Relaxed);
                    entry.key.clone()
                })
            }
            Iter::Map(function, iterators) => {
                let mut args = Vec::with_capacity(iterators.len());
                for iterator in iterators {
                    match self.next(iterator)? {
                        Some(value) => args.push(value),
                        None => return Ok(None),
                    }
                }
                Some(self.call(function, args)?)
            }
            Iter::Filter(function, iterator) => loop {
                let Some(item) = self.next(iterator)? else { return Ok(None) };
                let accepted = match function {
                    Value::None => self.truth(&item)?,
                    function => {
                        let result = self.call(function, [item.clone()])?;
                        self.truth(&result)?
                    }
                };
                if accepted {
                    break Some(item);
                }
            },
            Iter::Zip(iterators, strict) => return self.next_of_zip(iterators, *strict),
            Iter::Enumerate(iterator, count) => match self.next(iterator)? {
                Some(item) => {
                    let number = count.lock().clone();
                    let next = self.binary(crate::compile::instr::BinaryOp::Add, &number, &Value::Int(1))?;
                    *count.lock() = next;
                    Some(Value::tuple([number, item]))
                }
                None => None,
            },
            Iter::Calls(function, sentinel) => {
                let callee = function.lock().clone();
                if callee.is_unbound() {
                    return Ok(None);
                }
                let value = self.call(&callee, [])?;
                if self.equal(&value, sentinel)? {
                    *function.lock() = Value::Unbound;
                    return Ok(None);
                }
                Some(value)
            }
            Iter::Items(object, at) => {
                let index = step(at);
                match self.get_item(object, &Value::count(index)) {
                    Ok(value) => Some(value),
                    Err(raised) if raised.is(types().index_error) || raised.is(types().stop_iteration) => None,
                    Err(raised) => return Err(raised),
                }
            }
            Iter::ItemsBack(object, left) => {
                let index = left.load(Ordering::Relaxed);
                if index == 0 {
                    return Ok(None);
                }
                left.store(index - 1, Ordering::Relaxed);
                Some(self.get_item(object, &Value::count(index - 1))?)
            }
        })
    }

    fn next_of_zip(&mut self, iterators: &[Value], strict: bool) -> Result<Option<Value>, Raised> {
        let mut items = Vec::with_capacity(iterators.len());
        for (at, iterator) in iterators.iter().enumerate() {
            match self.next(iterator)? {
                Some(value) => items.push(value),
                None if strict && at > 0 => {
                    return Err(value_error(format!(
                        "zip() argument {} is shorter than {}",
                        at + 1,
                        arguments_up_to(at)
                    )));
                }
                None if strict => {
                    for (at, iterator) in iterators.iter().enumerate().skip(1) {
                        if self.next(iterator)?.is_some() {
                            return Err(value_error(format!(
                                "zip() argument {} is longer than {}",
                                at + 1,
                                arguments_up_to(at)
                            )));
                        }
                    }
                    return Ok(None);
                }
                None => return Ok(None),
            }
        }
        Ok((!items.is_empty()).then(|| Value::tuple(items)))
    }

    /// All items of an iterable.
    pub fn collect(&mut self, value: &Value) -> Result<Vec<Value>, Raised> {
        match value {
            Value::List(list) => return Ok(list.items()),
            Value::Tuple(tuple) => return Ok(tuple.to_vec()),
            Value::Range(range) if range.len() > super::arithmetic::MOST_ITEMS => {
                return Err(crate::raised::memory_error(""));
            }
            Value::Range(range) => return Ok((0..range.len()).map(|at| Value::Int(range.at(at))).collect()),
            Value::Set(set) => return Ok(set.lock().iter().map(|entry| entry.key.clone()).collect()),
            Value::Dict(dict) => return Ok(dict.lock().iter().map(|entry| entry.key.clone()).collect()),
            _ => {}
        }
        let iterator = self.iterate(value)?;
        let mut items = Vec::new();
        while let Some(item) = self.next(&iterator)? {
            items.push(item);
            if items.len() > super::arithmetic::MOST_ITEMS {
                return Err(crate::raised::memory_error(""));
            }
            if items.len() % 1024 == 0 {
                self.attend()?;
            }
        }
        Ok(items)
    }

    /// Puts the items of the iterable at `a`, which is to have `count`, into registers from `d` on.
    pub(super) fn unpack_into(&mut self, d: usize, a: usize, count: usize) -> Result<(), Raised> {
        match self.stack[a].clone() {
            Value::Tuple(tuple) if tuple.len() == count => {
                for (item, at) in tuple.iter().zip(d..) {
                    self.put(at, item.clone());
                }
            }
            value => {
                for (item, at) in self.unpack(&value, count)?.into_iter().zip(d..) {
                    self.put(at, item);
                }
            }
        }
        Ok(())
    }

    /// Exactly `count` items of an iterable.
    pub(super) fn unpack(&mut self, value: &Value, count: usize) -> Result<Vec<Value>, Raised> {
        if !matches!(value, Value::List(_) | Value::Tuple(_)) {
            let iterator = match self.iterate(value) {
                Ok(iterator) => iterator,
                Err(raised) if raised.is(types().type_error) && !matches!(value, Value::Instance(_)) => {
                    return Err(type_error(format!("cannot unpack non-iterable {} object", class_of(value).name())));
                }
                Err(raised) => return Err(raised),
            };
            let mut items = Vec::with_capacity(count);
            while let Some(item) = self.next(&iterator)? {
                if items.len() == count {
                    return Err(value_error(format!("too many values to unpack (expected {count})")));
                }
                items.push(item);
            }
            return enough(items, count);
        }
        let items = self.collect(value)?;
        if items.len() > count {
            return Err(value_error(format!("too many values to unpack (expected {count})")));
        }
        enough(items, count)
    }

    /// `before` items, a list of the rest, and `after` items of an iterable.
    pub(super) fn unpack_rest(&mut self, value: &Value, before: usize, after: usize) -> Result<Vec<Value>, Raised> {
        let mut items = match self.collect(value) {
            Err(raised)
                if raised.is(types().type_error)
                    && !matches!(value, Value::Instance(_) | Value::Generator(_) | Value::Iter(_)) =>
            {
                return Err(type_error(format!("cannot unpack non-iterable {} object", class_of(value).name())));
            }
            items => items?,
        };
        if items.len() < before + after {
            let (least, got) = (before + after, items.len());
            return Err(value_error(format!("not enough values to unpack (expected at least {least}, got {got})")));
        }
        let last = items.split_off(items.len() - after);
        let rest = items.split_off(before);
        items.push(Value::list(rest));
        items.extend(last);
        Ok(items)
    }
}

fn enough(items: Vec<Value>, count: usize) -> Result<Vec<Value>, Raised> {
    if items.len() < count {
        return Err(value_error(format!("not enough values to unpack (expected {count}, got {})", items.len())));
    }
    Ok(items)
}

fn arguments_up_to(at: usize) -> String {
    if at == 1 { "argument 1".to_owned() } else { format!("arguments 1-{at}") }
}
