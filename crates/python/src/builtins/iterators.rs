//! `map`, `filter`, `zip`, `enumerate` and `reversed`.

use crate::guarded::Guarded;
use crate::object::class::class_of;
use crate::object::function::Args;
use crate::object::iterator::Iter;
use crate::raised::{Outcome, type_error};
use crate::symbol;
use crate::value::Value;
use crate::vm::Vm;
use crate::vm::iterate::iterator;
use std::sync::atomic::AtomicUsize;

/// `map(…)`
pub fn construct_map(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("map", true, 2, usize::MAX)?;
    let function = args.take(1);
    let mut iterators = Vec::new();
    for at in 2..args.positional() {
        let iterable = args.take(at);
        iterators.push(vm.iterate(&iterable)?);
    }
    Ok(iterator(Iter::Map(function, iterators)))
}

/// `filter(…)`
pub fn construct_filter(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("filter", true, 2, 2)?;
    let (function, iterable) = (args.take(1), args.take(2));
    Ok(iterator(Iter::Filter(function, vm.iterate(&iterable)?)))
}

/// `zip(…)`
pub fn construct_zip(vm: &mut Vm, args: &mut Args) -> Outcome {
    let strict = match args.keyword("strict") {
        Some(strict) => vm.truth(&strict)?,
        None => false,
    };
    let mut iterators = Vec::new();
    for at in 1..args.positional() {
        let iterable = args.take(at);
        iterators.push(vm.iterate(&iterable)?);
    }
    Ok(iterator(Iter::Zip(iterators, strict)))
}

/// `enumerate(…)`
pub fn construct_enumerate(vm: &mut Vm, args: &mut Args) -> Outcome {
    let Some(iterable) = args.named(1, "iterable") else {
        return Err(type_error("enumerate() missing required argument 'iterable' (pos 1)"));
    };
    let start = args.named(2, "start").unwrap_or(Value::Int(0));
    Ok(iterator(Iter::Enumerate(vm.iterate(&iterable)?, Guarded::new(start))))
}

/// `reversed(…)`
pub fn construct_reversed(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("reversed", true, 1, 1)?;
    let value = args.take(1);
    if let Value::Instance(instance) = &value {
        if let Some(result) = vm.call_special(&value, symbol::REVERSED, [])? {
            return Ok(result);
        }
        if instance.held().is_none() {
            if instance.class.lookup(symbol::GETITEM).is_none() {
                return Err(type_error(format!("'{}' object is not reversible", instance.class.name())));
            }
            let len = vm.len(&value)?;
            return Ok(iterator(Iter::ItemsBack(value.clone(), AtomicUsize::new(len))));
        }
    }
    Ok(match value.plain() {
        Value::List(list) => iterator(Iter::ListBack(list.clone(), AtomicUsize::new(list.lock().len()))),
        Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Dict(_) | Value::View(_) => {
            let mut items = match value.plain() {
                Value::Tuple(tuple) => tuple.to_vec(),
                _ => {
                    let iterator = vm.iterate(value.plain())?;
                    vm.collect(&iterator)?
                }
            };
            items.reverse();
            iterator(Iter::Values(Guarded::new(items.into_iter())))
        }
        Value::Range(range) => {
            let len = range.len() as i64;
            let last = range.start + range.step * (len - 1);
            iterator(Iter::Range(Guarded::new(if len == 0 {
                (0, 0, 1)
            } else {
                (last, range.start - range.step, -range.step)
            })))
        }
        _ => return Err(type_error(format!("'{}' object is not reversible", class_of(&value).name()))),
    })
}
