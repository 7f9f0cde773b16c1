//! `object`, `type`, `super`, functions, generators and iterators as classes.

use super::Methods;
use super::types::types;
use crate::guarded::Guarded;
use crate::object::class::{Namespace, class_of};
use crate::object::exception::Exception;
use crate::object::function::{Args, Binds};
use crate::object::instance::{Inner, Instance};
use crate::raised::{Outcome, stop_iteration, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use crate::vm::generate::yielded;
use std::sync::Arc;

/// `object()`
pub fn construct_object(vm: &mut Vm, args: &mut Args) -> Outcome {
    let Value::Class(class) = args.take(0) else { return Err(type_error("not a class")) };
    if args.values.len() > 1 && class.custom(symbol::INIT).is_none() {
        return Err(type_error(format!("{}() takes no arguments", class.name())));
    }
    let _ = vm;
    Ok(Value::Instance(Arc::new(Instance::new(class, Inner::Nothing))))
}

/// Methods of every object.
pub const OBJECT: Methods = &[
    ("__new__", Binds::No, |vm, args| {
        let Some(Value::Class(class)) = args.values.first().cloned() else {
            return Err(type_error("object.__new__(X): X is not a type object"));
        };
        if !class.in_python {
            return match class.construct {
                Some(construct) => construct(vm, args),
                None => Err(type_error(format!("cannot create '{}' instances", class.name()))),
            };
        }
        let inner = if class.is_a(types().base_exception) {
            let given = args.values.drain(1..).collect();
            Inner::Exception(Box::new(Guarded::new(Exception { args: given, ..Exception::default() })))
        } else {
            match class.construct {
                Some(construct) if !class.is_of_attributes() => match construct(vm, args)? {
                    made @ Value::Instance(_) => return Ok(made),
                    held => Inner::Held(held),
                },
                _ => Inner::Nothing,
            }
        };
        Ok(Value::Instance(Arc::new(Instance::new(class, inner))))
    }),
    ("__init__", Binds::Object, |_, args| {
        let class = args.values.first().map(class_of);
        if let Some(class) = class
            && args.values.len() > 1
            && class.in_python
            && class.custom(symbol::NEW).is_none()
            && class.is_of_attributes()
        {
            return Err(type_error(format!("{}() takes no arguments", class.name())));
        }
        Ok(Value::None)
    }),
    ("__repr__", Binds::Object, |vm, args| {
        let own = args.take(0);
        match &own {
            Value::Instance(instance) => Ok(Value::from(vm.default_repr(&own, instance.class))),
            _ => vm.repr(&own).map(Value::Str),
        }
    }),
    ("__str__", Binds::Object, |vm, args| {
        let own = args.take(0);
        match &own {
            Value::Str(_) => Ok(own),
            _ => vm.repr(&own).map(Value::Str),
        }
    }),
    ("__format__", Binds::Object, |vm, args| {
        let (own, spec) = (args.take(0), args.take(1));
        let plain = own.plain().clone();
        if spec.as_str() == Some("") {
            return vm.str(&own).map(Value::Str);
        }
        if matches!(plain, Value::Instance(_)) {
            let class = class_of(&own).name();
            return Err(type_error(format!("unsupported format string passed to {class}.__format__")));
        }
        vm.format(&plain, spec.as_str().unwrap_or("")).map(Value::Str)
    }),
    ("__eq__", Binds::Object, |vm, args| {
        let (own, other) = (args.take(0), args.take(1));
        match (own.plain(), other.plain()) {
            (Value::Instance(_), _) | (_, Value::Instance(_)) => {
                Ok(if own.is(&other) { Value::Bool(true) } else { Value::NotImplemented })
            }
            (x, y) => {
                let (x, y) = (x.clone(), y.clone());
                vm.equal(&x, &y).map(Value::Bool)
            }
        }
    }),
    ("__hash__", Binds::Object, |vm, args| {
        let own = args.take(0);
        match own.plain() {
            Value::Instance(_) => Ok(Value::Int((own.address().unwrap_or(0) >> 4) as i64)),
            plain => {
                let plain = plain.clone();
                Ok(Value::Int(vm.hash(&plain)? as i64))
            }
        }
    }),
    ("__getattribute__", Binds::Object, |vm, args| {
        let (own, name) = (args.take(0), args.take(1));
        let name = Symbol::of(name.as_str().unwrap_or(""));
        let found = match &own {
            Value::Instance(instance) => vm.plain_attribute(&own, instance, name)?,
            _ => vm.find_attribute(&own, name)?,
        };
        found.ok_or_else(|| crate::raised::no_attribute(&own, name.text()))
    }),
    ("__setattr__", Binds::Object, |vm, args| {
        let (own, name, value) = (args.take(0), args.take(1), args.take(2));
        vm.set_plain_attribute(&own, Symbol::of(name.as_str().unwrap_or("")), value)?;
        Ok(Value::None)
    }),
    ("__delattr__", Binds::Object, |_, args| {
        let (own, name) = (args.take(0), args.take(1));
        if let Value::Instance(instance) = &own {
            drop(instance.fields.lock().remove(Symbol::of(name.as_str().unwrap_or(""))));
        }
        Ok(Value::None)
    }),
    ("__init_subclass__", Binds::Class, |_, _| Ok(Value::None)),
    ("__dir__", Binds::Object, |vm, args| {
        let own = args.take(0);
        super::functions::names_of(vm, &own).map(Value::list)
    }),
];

/// `type(…)`
pub fn construct_type(vm: &mut Vm, args: &mut Args) -> Outcome {
    match args.positional() {
        2 => Ok(Value::Class(class_of(&args.take(1)))),
        4 => {
            let (name, bases, names) = (args.take(1), args.take(2), args.take(3));
            let bases = vm.collect(&bases)?;
            let mut namespace = Namespace::default();
            for (key, value) in vm.pairs_of(&names, true)? {
                namespace.set(Symbol::of(key.as_str().unwrap_or("")), value);
            }
            let name = Symbol::of(name.as_str().unwrap_or("")).text();
            let module = vm.module().map_or("__main__", |module| module.name);
            vm.new_class(name, name, module, &bases, namespace, Vec::new())
        }
        _ => Err(type_error("type() takes 1 or 3 arguments")),
    }
}

/// Methods of classes.
pub const TYPE: Methods = &[
    ("mro", Binds::Object, |_, args| match args.take(0) {
        Value::Class(class) => Ok(Value::list(class.order().iter().map(|class| Value::Class(class)).collect())),
        _ => Ok(Value::None),
    }),
    ("__subclasses__", Binds::Object, |_, args| match args.take(0) {
        Value::Class(class) => Ok(Value::list(class.subclasses().into_iter().map(Value::Class).collect())),
        _ => Ok(Value::None),
    }),
];

/// What functions have.
pub const CALLABLE: Methods = &[("__call__", Binds::Object, |vm, args| {
    let own = args.take(0);
    let mut rest = std::mem::take(args);
    rest.values.remove(0);
    vm.call_args(&own, rest)
})];

/// `super(class, object)`
pub fn construct_super(_: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("super", true, 2, 2)?;
    crate::vm::attribute::super_of(&args.take(1), args.take(2))
}

/// `SimpleNamespace(…)`
pub fn construct_namespace(_: &mut Vm, args: &mut Args) -> Outcome {
    let Value::Class(class) = args.take(0) else { return Err(type_error("not a class")) };
    let instance = Instance::new(class, Inner::Nothing);
    let given = args.positional();
    for (name, value) in args.names.iter().zip(args.values.drain(given..)) {
        instance.set_field(*name, value);
    }
    Ok(Value::Instance(Arc::new(instance)))
}

/// Methods of `SimpleNamespace`.
pub const NAMESPACE: Methods = &[
    ("__repr__", Binds::Object, |vm, args| {
        let Value::Instance(own) = args.take(0) else { return Ok(Value::None) };
        let pairs = own.fields.lock().pairs();
        let mut parts = Vec::new();
        for (name, value) in pairs {
            parts.push(format!("{}={}", name.text(), vm.repr(&value)?.as_str()));
        }
        Ok(Value::from(format!("namespace({})", parts.join(", "))))
    }),
    ("__eq__", Binds::Object, |vm, args| match (args.take(0), args.take(1)) {
        (Value::Instance(a), Value::Instance(b)) => {
            let (a, b) = (a.fields.lock().as_dict(), b.fields.lock().as_dict());
            vm.equal(&Value::Dict(a), &Value::Dict(b)).map(Value::Bool)
        }
        _ => Ok(Value::NotImplemented),
    }),
];

/// Methods of iterators.
pub const ITERATOR: Methods = &[
    ("__iter__", Binds::Object, |_, args| Ok(args.take(0))),
    ("__next__", Binds::Object, |vm, args| vm.next(&args.take(0))?.ok_or_else(|| stop_iteration(Value::None))),
];

/// Methods of generators and coroutines.
pub const GENERATOR: Methods = &[
    ("__iter__", Binds::Object, |_, args| Ok(args.take(0))),
    ("__await__", Binds::Object, |_, args| Ok(args.take(0))),
    ("__next__", Binds::Object, |vm, args| match args.take(0) {
        Value::Generator(generator) => yielded(vm.send_to_generator(&generator, Value::None)?),
        _ => Ok(Value::None),
    }),
    ("send", Binds::Object, |vm, args| match (args.take(0), args.take(1)) {
        (Value::Generator(generator), value) => yielded(vm.send_to_generator(&generator, value)?),
        _ => Ok(Value::None),
    }),
    ("throw", Binds::Object, |vm, args| match (args.take(0), args.take(1)) {
        (Value::Generator(generator), exception) => yielded(vm.throw(&generator, exception)?),
        _ => Ok(Value::None),
    }),
    ("close", Binds::Object, |vm, args| match args.take(0) {
        Value::Generator(generator) => vm.close(&generator),
        _ => Ok(Value::None),
    }),
];
