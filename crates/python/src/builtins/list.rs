//! `list`, `tuple`, `dict`, `set`, `range`, `slice`, and iterators over them.

use super::Methods;
use crate::compile::instr::CompareOp;
use crate::object::class::class_of;
use crate::object::function::{Args, Binds};
use crate::object::list::List;
use crate::raised::{Outcome, Raised, index_error, type_error, value_error};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

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
