//! `dict` and its views.

use super::Methods;
use super::set::disjoint;
use crate::object::class::class_of;
use crate::object::dict::{Dict, Part, View, with_slot};
use crate::object::function::{Args, Binds};
use crate::raised::{Outcome, Raised, key_error, type_error};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

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

/// Methods of a dict's views.
pub const VIEW: Methods = &[
    ("__len__", Binds::Object, |vm, args| vm.len(&args.take(0)).map(Value::count)),
    ("__iter__", Binds::Object, |vm, args| vm.iterate(&args.take(0))),
    ("isdisjoint", Binds::Object, |vm, args| disjoint(vm, args)),
];

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
