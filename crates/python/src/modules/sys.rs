//! `sys`

use super::add;
use crate::builtins::functions::microseconds;
use crate::builtins::types::types;
use crate::object::class::{Class, Definition};
use crate::object::function::{Args, Binds};
use crate::object::instance::{Inner, Instance};
use crate::object::module::Module;
use crate::raised::{Outcome, Raised, type_error, value_error};
use crate::run::interpreter::Stream;
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;
use std::sync::atomic::Ordering;

fn stream_class() -> &'static Class {
    let mut attributes = crate::object::class::Namespace::default();
    for (name, call) in [("write", write as crate::object::function::NativeFn), ("flush", |_, _| Ok(Value::None))] {
        attributes.set(Symbol::of(name), crate::builtins::native(name, Binds::Object, call));
    }
    let definition = Definition {
        name: "TextIOWrapper",
        qualname: "TextIOWrapper",
        module: "_io",
        bases: vec![types().object],
        attributes,
        construct: None,
        in_python: false,
    };
    Class::create(definition).expect("one base is always in order")
}

fn write(vm: &mut Vm, args: &mut Args) -> Outcome {
    let (own, text) = (args.take(0), args.take(1));
    let Value::Instance(own) = own else { return Ok(Value::None) };
    let Some(text) = text.as_str() else {
        let class = crate::object::class::class_of(&text).name();
        return Err(type_error(format!("write() argument must be str, not {class}")));
    };
    let stream = own.native::<Stream>().copied().unwrap_or(Stream::Out);
    vm.write(stream, text)?;
    Ok(Value::count(text.chars().count()))
}

/// Adds what is in it.
pub fn fill(vm: &mut Vm, module: &'static Module) {
    add(
        module,
        &[
            ("exit", |_, args| {
                let code = args.take(0);
                Err(Raised::with(types().system_exit, if code.is_unbound() { Vec::new() } else { vec![code] }))
            }),
            ("setswitchinterval", |vm, args| {
                let us = microseconds(vm, &args.take(0), "switch interval must be strictly positive")?;
                if us == 0 {
                    return Err(value_error("switch interval must be strictly positive"));
                }
                vm.interpreter.gil.interval_us.store(us, Ordering::Relaxed);
                Ok(Value::None)
            }),
            ("getswitchinterval", |vm, _| {
                Ok(Value::Float(vm.interpreter.gil.interval_us.load(Ordering::Relaxed) as f64 / 1e6))
            }),
            ("getrecursionlimit", |vm, _| Ok(Value::count(vm.interpreter.deepest.load(Ordering::Relaxed)))),
            ("setrecursionlimit", |vm, args| {
                let limit = vm.index(&args.take(0))?;
                if limit < 1 {
                    return Err(value_error("recursion limit must be greater or equal than 1"));
                }
                let limit = (limit as usize).min(1_000_000);
                vm.interpreter.deepest.store(limit, Ordering::Relaxed);
                vm.set_deepest(limit);
                Ok(Value::None)
            }),
            ("_is_gil_enabled", |vm, _| Ok(Value::Bool(vm.interpreter.gil.is_enabled()))),
            ("getsizeof", |_, _| Ok(Value::Int(16))),
            ("intern", |_, args| Ok(args.take(0))),
            ("exc_info", |vm, _| {
                Ok(match vm.handling() {
                    Some(exception) => Value::tuple([
                        Value::Class(exception.class),
                        Value::Instance(exception.clone()),
                        Value::Instance(exception),
                    ]),
                    None => Value::tuple([Value::None, Value::None, Value::None]),
                })
            }),
        ],
    );
    let argv = vm.interpreter.argv.iter().map(|argument| Value::from(&**argument)).collect();
    let class = stream_class();
    let stream = |stream: Stream| Value::Instance(Arc::new(Instance::new(class, Inner::Native(Box::new(stream)))));
    let values = [
        ("argv", Value::list(argv)),
        ("stdout", stream(Stream::Out)),
        ("stderr", stream(Stream::Err)),
        ("maxsize", Value::Int(i64::MAX)),
        ("version", Value::from("3.11 (Interleave)")),
        (
            "version_info",
            Value::tuple([Value::Int(3), Value::Int(11), Value::Int(0), Value::from("final"), Value::Int(0)]),
        ),
        ("platform", Value::from("linux")),
        ("byteorder", Value::from("little")),
        ("executable", Value::from("")),
    ];
    for (name, value) in values {
        module.set(Symbol::of(name), value);
    }
    module.set(symbol::NAME, Value::from("sys"));
}
