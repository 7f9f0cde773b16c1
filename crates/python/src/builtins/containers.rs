//! `list`, `tuple`, `dict`, `set`, `range`, `slice`, and iterators over them.

use super::Methods;
use crate::compile::code::{BinaryOp, CompareOp};
use crate::guarded::Guarded;
use crate::object::class::class_of;
use crate::object::dict::{Dict, Part, View, with_slot};
use crate::object::function::{Args, Binds};
use crate::object::iterator::Iter;
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::slice::{Range, Slice};
use crate::raised::{Outcome, Raised, index_error, key_error, type_error, value_error};
use crate::symbol;
use crate::value::Value;
use crate::vm::Vm;
use crate::vm::iterate::iterator;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// `list(…)`
pub fn construct_list(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("list", true, 0, 1)?;
    let value = args.take(1);
    if value.is_unbound() { Ok(Value::list(Vec::new())) } else { Ok(Value::list(vm.collect(&value)?)) }
}

/// `tuple(…)`
pub fn construct_tuple(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("tuple", true, 0, 1)?;
    match args.take(1) {
        Value::Unbound => Ok(Value::tuple([])),
        value @ Value::Tuple(_) => Ok(value),
        value => Ok(Value::tuple(vm.collect(&value)?)),
    }
}

/// `dict(…)`
pub fn construct_dict(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("dict", true, 0, 1)?;
    let dict = Value::Dict(Arc::new(Dict::default()));
    let value = args.take(1);
    if !value.is_unbound() {
        vm.update_dict(&dict, &value, false)?;
    }
    if let Value::Dict(own) = &dict {
        let given = args.positional();
        for (name, value) in args.names.iter().zip(args.values.drain(given..)) {
            own.set_str(name.text().into(), value);
        }
    }
    Ok(dict)
}

/// `set(…)`
pub fn construct_set(vm: &mut Vm, args: &mut Args) -> Outcome {
    construct_any_set(vm, args, false)
}

/// `frozenset(…)`
pub fn construct_frozenset(vm: &mut Vm, args: &mut Args) -> Outcome {
    construct_any_set(vm, args, true)
}

fn construct_any_set(vm: &mut Vm, args: &mut Args, frozen: bool) -> Outcome {
    args.expect(if frozen { "frozenset" } else { "set" }, true, 0, 1)?;
    let items = match args.take(1) {
        Value::Unbound => Vec::new(),
        value => vm.collect(&value)?,
    };
    vm.set_of(items, frozen)
}

/// `range(…)`
pub fn construct_range(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("range", true, 1, 3)?;
    let mut parts = Vec::new();
    for at in 1..args.positional() {
        let value = args.take(at);
        parts.push(match value {
            Value::Float(_) | Value::Str(_) | Value::None => {
                return Err(type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    class_of(&value).name()
                )));
            }
            value => vm.index(&value)?,
        });
    }
    let (start, stop, step) = match parts[..] {
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [start, stop, step, ..] => (start, stop, step),
        [] => (0, 0, 1),
    };
    if step == 0 {
        return Err(value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Arc::new(Range { start, stop, step })))
}

/// `slice(…)`
pub fn construct_slice(_: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("slice", true, 1, 3)?;
    let or_none = |value: Value| if value.is_unbound() { Value::None } else { value };
    let (start, stop, step) = match args.positional() {
        2 => (Value::None, args.take(1), Value::None),
        _ => (args.take(1), args.take(2), or_none(args.take(3))),
    };
    Ok(Value::Slice(Arc::new(Slice { start, stop, step })))
}

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

fn own_list(args: &Args) -> Result<Arc<List>, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::List(list)) => Ok(list.clone()),
        other => {
            let name = other.map_or("nothing", |value| class_of(value).name());
            Err(type_error(format!("descriptor of 'list' doesn't apply to a '{name}' object")))
        }
    }
}

/// Sorts values as `sorted` does.
pub fn sort(vm: &mut Vm, items: Vec<Value>, key: Option<Value>, reverse: bool) -> Result<Vec<Value>, Raised> {
    let mut pairs = Vec::with_capacity(items.len());
    for item in items {
        let key = match &key {
            Some(key) if !key.is_none() => vm.call(key, [item.clone()])?,
            _ => item.clone(),
        };
        pairs.push((key, item));
    }
    if reverse {
        pairs.reverse();
    }
    if pairs.iter().all(|(key, _)| matches!(key, Value::Int(_))) {
        pairs.sort_by_key(|(key, _)| key.as_int());
    } else if pairs.iter().all(|(key, _)| matches!(key, Value::Str(_))) {
        pairs.sort_by(|(a, _), (b, _)| a.as_str().cmp(&b.as_str()));
    } else {
        pairs = merge_sort(vm, pairs)?;
    }
    if reverse {
        pairs.reverse();
    }
    Ok(pairs.into_iter().map(|(_, item)| item).collect())
}

/// A stable merge sort, whose comparisons may fail or be inconsistent.
fn merge_sort(vm: &mut Vm, mut items: Vec<(Value, Value)>) -> Result<Vec<(Value, Value)>, Raised> {
    if items.len() <= 1 {
        return Ok(items);
    }
    if items.len() <= 8 {
        for end in 1..items.len() {
            let mut at = end;
            while at > 0 && vm.compare_truth(CompareOp::Lt, &items[at].0.clone(), &items[at - 1].0.clone())? {
                items.swap(at, at - 1);
                at -= 1;
            }
        }
        return Ok(items);
    }
    let right = items.split_off(items.len() / 2);
    let mut left = merge_sort(vm, items)?.into_iter().peekable();
    let mut right = merge_sort(vm, right)?.into_iter().peekable();
    let mut merged = Vec::with_capacity(left.len() + right.len());
    while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
        let right_first = vm.compare_truth(CompareOp::Lt, &b.0.clone(), &a.0.clone())?;
        merged.extend(if right_first { right.next() } else { left.next() });
    }
    merged.extend(left);
    merged.extend(right);
    Ok(merged)
}

fn position(vm: &mut Vm, items: &[Value], args: &mut Args) -> Result<Option<usize>, Raised> {
    let wanted = args.take(1);
    let len = items.len() as i64;
    let mut bound = |value: Value, default: i64| -> Result<i64, Raised> {
        match value {
            Value::Unbound => Ok(default),
            value => {
                let index = vm.index(&value)?;
                Ok(if index < 0 { (index + len).max(0) } else { index.min(len) })
            }
        }
    };
    let (start, stop) = (bound(args.take(2), 0)? as usize, bound(args.take(3), len)? as usize);
    for (at, item) in items.iter().enumerate().take(stop).skip(start) {
        if item.is(&wanted) || vm.equal(item, &wanted)? {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// What all containers have.
macro_rules! common {
    ($($more:tt)*) => {
        &[
            ("__len__", Binds::Object, |vm, args| vm.len(args.take(0).plain()).map(Value::count)),
            ("__getitem__", Binds::Object, |vm, args| vm.get_plain_item(&args.take(0), &args.take(1))),
            ("__contains__", Binds::Object, |vm, args| vm.contains(args.take(0).plain(), &args.take(1)).map(Value::Bool)),
            ("__iter__", Binds::Object, |vm, args| vm.iterate(args.take(0).plain())),
            $($more)*
        ]
    };
}

/// Methods of `list`.
pub const LIST: Methods = common! {
    ("append", Binds::Object, |_, args| {
        args.expect("list.append", true, 1, 1)?;
        let item = args.take(1);
        match args.values.first().map(Value::plain) {
            Some(Value::List(list)) => list.lock().push(item),
            _ => drop(own_list(args)?),
        }
        Ok(Value::None)
    }),
    ("__init__", Binds::Object, |vm, args| {
        let list = own_list(args)?;
        let items = args.take(1);
        if !items.is_unbound() {
            let items = vm.collect(&items)?;
            *list.lock() = items;
        }
        Ok(Value::None)
    }),
    ("extend", Binds::Object, |vm, args| {
        args.expect("list.extend", true, 1, 1)?;
        vm.extend(&args.take(0), &args.take(1))?;
        Ok(Value::None)
    }),
    ("insert", Binds::Object, |vm, args| {
        args.expect("insert", true, 2, 2)?;
        let list = own_list(args)?;
        let (index, item) = (vm.index(&args.take(1))?, args.take(2));
        let mut items = list.lock();
        let len = items.len() as i64;
        let at = if index < 0 { (index + len).max(0) } else { index.min(len) };
        items.insert(at as usize, item);
        Ok(Value::None)
    }),
    ("pop", Binds::Object, |vm, args| {
        args.expect("pop", true, 0, 1)?;
        let list = own_list(args)?;
        let index = match args.take(1) {
            Value::Unbound => -1,
            index => vm.index(&index)?,
        };
        let mut items = list.lock();
        if items.is_empty() {
            return Err(index_error("pop from empty list"));
        }
        let len = items.len() as i64;
        let at = if index < 0 { index + len } else { index };
        if at < 0 || at >= len {
            return Err(index_error("pop index out of range"));
        }
        Ok(if at + 1 == len { items.pop().unwrap_or_default() } else { items.remove(at as usize) })
    }),
    ("remove", Binds::Object, |vm, args| {
        args.expect("list.remove", true, 1, 1)?;
        let list = own_list(args)?;
        let items = list.items();
        match position(vm, &items, args)? {
            Some(at) => {
                let mut own = list.lock();
                if at < own.len() {
                    let old = own.remove(at);
                    drop(own);
                    drop(old);
                }
                Ok(Value::None)
            }
            None => Err(value_error("list.remove(x): x not in list")),
        }
    }),
    ("clear", Binds::Object, |_, args| {
        let old = std::mem::take(&mut *own_list(args)?.lock());
        drop(old);
        Ok(Value::None)
    }),
    ("copy", Binds::Object, |_, args| Ok(Value::list(own_list(args)?.items()))),
    ("reverse", Binds::Object, |_, args| {
        own_list(args)?.lock().reverse();
        Ok(Value::None)
    }),
    ("index", Binds::Object, |vm, args| {
        args.expect("index", true, 1, 3)?;
        let items = own_list(args)?.items();
        let wanted = args.values[1].clone();
        match position(vm, &items, args)? {
            Some(at) => Ok(Value::count(at)),
            None => Err(value_error(format!("{} is not in list", vm.repr(&wanted)?.as_str()))),
        }
    }),
    ("count", Binds::Object, |vm, args| {
        args.expect("list.count", true, 1, 1)?;
        let (items, wanted) = (own_list(args)?.items(), args.take(1));
        let mut count = 0;
        for item in items {
            count += i64::from(item.is(&wanted) || vm.equal(&item, &wanted)?);
        }
        Ok(Value::Int(count))
    }),
    ("sort", Binds::Object, |vm, args| {
        let key = args.keyword("key");
        let reverse = args.keyword("reverse").unwrap_or(Value::Bool(false));
        args.no_keywords("sort")?;
        args.expect("sort", true, 0, 0)?;
        let reverse = vm.truth(&reverse)?;
        let list = own_list(args)?;
        let items = list.items();
        let sorted = sort(vm, items, key, reverse)?;
        let old = std::mem::replace(&mut *list.lock(), sorted);
        drop(old);
        Ok(Value::None)
    }),
    ("__setitem__", Binds::Object, |vm, args| {
        let (own, key, value) = (args.take(0), args.take(1), args.take(2));
        vm.set_plain_item(&own, &key, value)?;
        Ok(Value::None)
    }),
    ("__delitem__", Binds::Object, |vm, args| {
        vm.delete_item(&args.take(0).plain().clone(), &args.take(1))?;
        Ok(Value::None)
    }),
};

fn own_tuple(args: &Args) -> Vec<Value> {
    match args.values.first().map(Value::plain) {
        Some(Value::Tuple(tuple)) => tuple.to_vec(),
        _ => Vec::new(),
    }
}

/// Methods of `tuple`.
pub const TUPLE: Methods = common! {
    ("index", Binds::Object, |vm, args| {
        let items = own_tuple(args);
        match position(vm, &items, args)? {
            Some(at) => Ok(Value::count(at)),
            None => Err(value_error("tuple.index(x): x not in tuple")),
        }
    }),
    ("count", Binds::Object, |vm, args| {
        let (items, wanted) = (own_tuple(args), args.take(1));
        let mut count = 0;
        for item in items {
            count += i64::from(item.is(&wanted) || vm.equal(&item, &wanted)?);
        }
        Ok(Value::Int(count))
    }),
};

fn own_dict(args: &Args) -> Result<Arc<Dict>, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::Dict(dict)) => Ok(dict.clone()),
        other => {
            let name = other.map_or("nothing", |value| class_of(value).name());
            Err(type_error(format!("descriptor of 'dict' doesn't apply to a '{name}' object")))
        }
    }
}

fn view(args: &Args, part: Part) -> Outcome {
    Ok(Value::View(Arc::new(View { dict: own_dict(args)?, part })))
}

/// Methods of `dict`.
pub const DICT: Methods = common! {
    ("__init__", Binds::Object, |vm, args| update(vm, args)),
    ("update", Binds::Object, |vm, args| update(vm, args)),
    ("get", Binds::Object, |vm, args| {
        args.expect("get", true, 1, 2)?;
        let (dict, key) = (own_dict(args)?, args.take(1));
        Ok(match dict.get(vm, &key)? {
            Some(value) => value,
            None => match args.take(2) {
                Value::Unbound => Value::None,
                default => default,
            },
        })
    }),
    ("setdefault", Binds::Object, |vm, args| {
        let (dict, key) = (own_dict(args)?, args.take(1));
        let default = match args.take(2) {
            Value::Unbound => Value::None,
            default => default,
        };
        with_slot(vm, &dict, &key, |table, slot, hash| match slot.and_then(|slot| table.slot(slot)) {
            Some(entry) => entry.value.clone(),
            None => {
                table.add(hash, key.clone(), default.clone());
                default.clone()
            }
        })
    }),
    ("pop", Binds::Object, |vm, args| {
        args.expect("pop", true, 1, 2)?;
        let (dict, key) = (own_dict(args)?, args.take(1));
        match dict.remove(vm, &key)? {
            Some(value) => Ok(value),
            None => match args.take(2) {
                Value::Unbound => Err(key_error(key)),
                default => Ok(default),
            },
        }
    }),
    ("popitem", Binds::Object, |_, args| {
        let entry = own_dict(args)?.lock().pop();
        match entry {
            Some(entry) => Ok(Value::tuple([entry.key, entry.value])),
            None => Err(key_error(Value::from("popitem(): dictionary is empty"))),
        }
    }),
    ("keys", Binds::Object, |_, args| view(args, Part::Keys)),
    ("values", Binds::Object, |_, args| view(args, Part::Values)),
    ("items", Binds::Object, |_, args| view(args, Part::Items)),
    ("clear", Binds::Object, |_, args| {
        let old = std::mem::take(&mut *own_dict(args)?.lock());
        drop(old);
        Ok(Value::None)
    }),
    ("copy", Binds::Object, |_, args| {
        let table = own_dict(args)?.lock().copy();
        Ok(Value::Dict(Arc::new(Dict::of_table(table))))
    }),
    ("fromkeys", Binds::Class, |vm, args| {
        let keys = args.take(1);
        let value = match args.take(2) {
            Value::Unbound => Value::None,
            value => value,
        };
        let pairs = vm.collect(&keys)?.into_iter().map(|key| (key, value.clone())).collect();
        vm.dict_of(pairs).map(Value::Dict)
    }),
    ("__setitem__", Binds::Object, |vm, args| {
        let (own, key, value) = (args.take(0), args.take(1), args.take(2));
        vm.set_plain_item(&own, &key, value)?;
        Ok(Value::None)
    }),
    ("__delitem__", Binds::Object, |vm, args| {
        vm.delete_item(&args.take(0).plain().clone(), &args.take(1))?;
        Ok(Value::None)
    }),
};

fn update(vm: &mut Vm, args: &mut Args) -> Outcome {
    let dict = own_dict(args)?;
    let more = args.take(1);
    if !more.is_unbound() {
        vm.update_dict(&Value::Dict(dict.clone()), &more, false)?;
    }
    let given = args.positional();
    for (name, value) in args.names.iter().zip(args.values.drain(given..)) {
        dict.set_str(name.text().into(), value);
    }
    Ok(Value::None)
}

/// Methods of a dict's views.
pub const VIEW: Methods = &[
    ("__len__", Binds::Object, |vm, args| vm.len(&args.take(0)).map(Value::count)),
    ("__iter__", Binds::Object, |vm, args| vm.iterate(&args.take(0))),
    ("isdisjoint", Binds::Object, |vm, args| disjoint(vm, args)),
];

fn own_set(args: &Args) -> Result<Arc<Set>, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::Set(set)) => Ok(set.clone()),
        other => {
            let name = other.map_or("nothing", |value| class_of(value).name());
            Err(type_error(format!("descriptor of 'set' doesn't apply to a '{name}' object")))
        }
    }
}

fn keys(set: &Set) -> Vec<Value> {
    set.lock().iter().map(|entry| entry.key.clone()).collect()
}

/// A set operation with each of the arguments, one after another.
fn combined(vm: &mut Vm, args: &mut Args, op: BinaryOp) -> Outcome {
    let set = own_set(args)?;
    let mut items = keys(&set);
    for at in 1..args.positional() {
        let other = args.take(at);
        let other = vm.collect(&other)?;
        let Value::Set(result) = vm.combine_sets(op, items, other, false)? else { return Ok(Value::None) };
        items = keys(&result);
    }
    vm.set_of(items, set.frozen)
}

fn combine_in_place(vm: &mut Vm, args: &mut Args, op: BinaryOp) -> Outcome {
    let set = own_set(args)?;
    if let Value::Set(result) = combined(vm, args, op)? {
        let table = result.lock().copy();
        let old = std::mem::replace(&mut *set.lock(), table);
        drop(old);
    }
    Ok(Value::None)
}

fn disjoint(vm: &mut Vm, args: &mut Args) -> Outcome {
    let (own, other) = (args.take(0), args.take(1));
    let (own, other) = (vm.collect(&own)?, vm.collect(&other)?);
    let common = vm.combine_sets(BinaryOp::And, own, other, false)?;
    Ok(Value::Bool(!vm.truth(&common)?))
}

/// Methods of `set` and `frozenset`.
pub const SET: Methods = &[
    ("add", Binds::Object, |vm, args| {
        args.expect("set.add", true, 1, 1)?;
        let set = own_set(args)?;
        vm.add_to_set(&set, &args.take(1))?;
        Ok(Value::None)
    }),
    ("discard", Binds::Object, |vm, args| {
        let (set, item) = (own_set(args)?, args.take(1));
        with_slot(vm, &set, &item, |table, slot, _| slot.map(|slot| table.remove(slot)))?;
        Ok(Value::None)
    }),
    ("remove", Binds::Object, |vm, args| {
        let (set, item) = (own_set(args)?, args.take(1));
        match with_slot(vm, &set, &item, |table, slot, _| slot.map(|slot| table.remove(slot)))? {
            Some(_) => Ok(Value::None),
            None => Err(key_error(item)),
        }
    }),
    ("pop", Binds::Object, |_, args| {
        let set = own_set(args)?;
        let mut table = set.lock();
        let first = table.next(0).map(|(after, _)| after - 1);
        match first {
            Some(slot) => Ok(table.remove(slot).key),
            None => Err(key_error(Value::from("pop from an empty set"))),
        }
    }),
    ("clear", Binds::Object, |_, args| {
        let old = std::mem::take(&mut *own_set(args)?.lock());
        drop(old);
        Ok(Value::None)
    }),
    ("update", Binds::Object, |vm, args| combine_in_place(vm, args, BinaryOp::Or)),
    ("intersection_update", Binds::Object, |vm, args| combine_in_place(vm, args, BinaryOp::And)),
    ("difference_update", Binds::Object, |vm, args| combine_in_place(vm, args, BinaryOp::Sub)),
    ("symmetric_difference_update", Binds::Object, |vm, args| combine_in_place(vm, args, BinaryOp::Xor)),
    ("__len__", Binds::Object, |vm, args| vm.len(args.take(0).plain()).map(Value::count)),
    ("__contains__", Binds::Object, |vm, args| vm.contains(args.take(0).plain(), &args.take(1)).map(Value::Bool)),
    ("__iter__", Binds::Object, |vm, args| vm.iterate(args.take(0).plain())),
    ("copy", Binds::Object, |vm, args| {
        let set = own_set(args)?;
        vm.set_of(keys(&set), set.frozen)
    }),
    ("union", Binds::Object, |vm, args| combined(vm, args, BinaryOp::Or)),
    ("intersection", Binds::Object, |vm, args| combined(vm, args, BinaryOp::And)),
    ("difference", Binds::Object, |vm, args| combined(vm, args, BinaryOp::Sub)),
    ("symmetric_difference", Binds::Object, |vm, args| combined(vm, args, BinaryOp::Xor)),
    ("issubset", Binds::Object, |vm, args| {
        let (own, other) = (keys(&*own_set(args)?), args.take(1));
        let other = vm.collect(&other)?;
        vm.is_subset(own, other).map(Value::Bool)
    }),
    ("issuperset", Binds::Object, |vm, args| {
        let (own, other) = (keys(&*own_set(args)?), args.take(1));
        let other = vm.collect(&other)?;
        vm.is_subset(other, own).map(Value::Bool)
    }),
    ("isdisjoint", Binds::Object, |vm, args| disjoint(vm, args)),
];

/// So many methods of [`SET`], the first ones, change it: `frozenset` has the others.
pub const CHANGING: usize = 9;

fn own_range(args: &Args) -> Range {
    match args.values.first() {
        Some(Value::Range(range)) => (**range).clone(),
        _ => Range { start: 0, stop: 0, step: 1 },
    }
}

/// Methods of `range`.
pub const RANGE: Methods = &[
    ("start", Binds::Getter, |_, args| Ok(Value::Int(own_range(args).start))),
    ("stop", Binds::Getter, |_, args| Ok(Value::Int(own_range(args).stop))),
    ("step", Binds::Getter, |_, args| Ok(Value::Int(own_range(args).step))),
    ("index", Binds::Object, |vm, args| {
        let (range, item) = (own_range(args), args.take(1));
        match item.as_int().and_then(|value| range.position(value)) {
            Some(at) => Ok(Value::count(at)),
            None => Err(value_error(format!("{} is not in range", vm.repr(&item)?.as_str()))),
        }
    }),
    ("count", Binds::Object, |_, args| {
        let (range, item) = (own_range(args), args.take(1));
        Ok(Value::Int(i64::from(item.as_int().is_some_and(|value| range.position(value).is_some()))))
    }),
];

/// Attributes of `slice`.
pub const SLICE: Methods = &[
    ("start", Binds::Getter, |_, args| part_of_slice(args, |slice| slice.start.clone())),
    ("stop", Binds::Getter, |_, args| part_of_slice(args, |slice| slice.stop.clone())),
    ("step", Binds::Getter, |_, args| part_of_slice(args, |slice| slice.step.clone())),
    ("indices", Binds::Object, |vm, args| match (args.take(0), args.take(1)) {
        (Value::Slice(slice), len) => {
            let len = vm.count_of(&len)?;
            let selection = vm.select(&slice, len)?;
            Ok(Value::tuple([Value::Int(selection.start), Value::Int(selection.stop), Value::Int(selection.step)]))
        }
        _ => Ok(Value::None),
    }),
];

fn part_of_slice(args: &Args, part: impl FnOnce(&Slice) -> Value) -> Outcome {
    match args.values.first() {
        Some(Value::Slice(slice)) => Ok(part(slice)),
        _ => Ok(Value::None),
    }
}
