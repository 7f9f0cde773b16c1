//! `set` and `frozenset`.

use super::Methods;
use crate::compile::instr::BinaryOp;
use crate::object::class::class_of;
use crate::object::dict::with_slot;
use crate::object::function::{Args, Binds};
use crate::object::set::Set;
use crate::raised::{Outcome, Raised, key_error, type_error};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

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

pub fn disjoint(vm: &mut Vm, args: &mut Args) -> Outcome {
    let (own, other) = (args.take(0), args.take(1));
    let (own, other) = (vm.collect(&own)?, vm.collect(&other)?);
    let common = vm.combine_sets(BinaryOp::And, own, other, false)?;
    Ok(Value::Bool(!vm.truth(&common)?))
}
