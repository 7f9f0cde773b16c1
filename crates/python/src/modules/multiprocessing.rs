//! `_multiprocessing`: what `multiprocessing` is made of.

use super::{add, import};
use crate::builtins::functions::microseconds;
use crate::builtins::native;
use crate::builtins::types::types;
use crate::compile::code::Code;
use crate::object::bytes::Bytes;
use crate::object::class::{Class, Definition, Namespace};
use crate::object::function::{Args, Binds, NativeFn};
use crate::object::instance::{Inner, Instance};
use crate::object::module::Module;
use crate::process::{Child, Wanted};
use crate::raised::{Outcome, Raised, runtime_error, type_error};
use crate::run::timeline::State;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;
use std::sync::atomic::Ordering;

fn own(args: &Args) -> Result<Arc<Child>, Raised> {
    match args.values.first() {
        Some(Value::Instance(own)) => own.native::<Arc<Child>>().cloned().ok_or_else(|| type_error("not a process")),
        _ => Err(type_error("not a process")),
    }
}

/// Until when a call with a timeout waits.
fn until(vm: &mut Vm, timeout: &Value) -> Result<Option<u64>, Raised> {
    if matches!(timeout, Value::None | Value::Unbound) {
        return Ok(None);
    }
    let us = if timeout.as_float().is_some_and(|seconds| seconds < 0.0) { 0 } else { microseconds(vm, timeout, "")? };
    Ok(Some(vm.interpreter.until_us(us)))
}

const HANDLE: &[(&str, NativeFn)] = &[
    ("join", |vm, args| {
        let (child, timeout) = (own(args)?, args.take(1));
        let until = until(vm, &timeout)?;
        vm.join(&child.thread, until).map(Value::Bool)
    }),
    ("exitcode", |_, args| {
        let child = own(args)?;
        let code = child.thread.has_ended().then(|| child.exit_code()).flatten();
        Ok(code.map_or(Value::None, |code| Value::Int(code.into())))
    }),
    ("pid", |_, args| Ok(Value::Int(own(args)?.pid as i64))),
    ("end", |vm, args| {
        let (child, signal) = (own(args)?, args.take(1));
        let signal = signal.as_int().unwrap_or_default() as i32;
        vm.interpreter.end_process(&child, signal);
        Ok(Value::None)
    }),
    ("set_name", |_, args| {
        if let Some(name) = args.take(1).as_str() {
            name.clone_into(&mut own(args)?.thread.name.lock());
        }
        Ok(Value::None)
    }),
];

fn bytes(value: Value) -> Result<Vec<u8>, Raised> {
    match value {
        Value::Bytes(bytes) => Ok(bytes.0.clone()),
        _ => Err(type_error("a bytes-like object is required")),
    }
}

fn channel(args: &mut Args) -> u64 {
    args.take(0).as_int().unwrap_or_default() as u64
}

/// Starts a process: the pickled `Process`, its name, whether it is a daemon, the channel of who has to know that it did not end well.
fn start(vm: &mut Vm, args: &mut Args) -> Outcome {
    let (object, name, daemon, mourner) = (bytes(args.take(0))?, args.take(1), args.take(2), args.take(3));
    let daemon = vm.truth(&daemon)?;
    let name = name.as_str().unwrap_or("Process").to_owned();
    let Some(thread) = vm.interpreter.add_thread(name, daemon, true) else {
        return Err(runtime_error("can't start new process"));
    };
    vm.note_line();
    thread.line.store(vm.thread.line.load(Ordering::Relaxed), Ordering::Relaxed);
    thread.enter(State::Starting);
    thread.line.store(0, Ordering::Relaxed);
    let mourner = mourner.as_int().map(|channel| channel as u64);
    let child = vm.interpreter.start_process(object, thread.clone(), mourner).map_err(|why| {
        thread.end();
        runtime_error(format!("can't start new process: {why}"))
    })?;
    let Some(Value::Class(class)) = import(vm, "_multiprocessing")?.get(Symbol::of("Handle")) else {
        return Err(runtime_error("can't start new process"));
    };
    Ok(Value::Instance(Arc::new(Instance::new(class, Inner::Native(Box::new(child))))))
}

/// Takes an item from a channel: whether to wait, how long, and what the channel is part of. `None` if there is none.
fn take(vm: &mut Vm, args: &mut Args) -> Outcome {
    get(vm, args, Wanted::Take)
}

/// Copies an item of a channel, with arguments as for [`take`].
fn look(vm: &mut Vm, args: &mut Args) -> Outcome {
    get(vm, args, Wanted::Look)
}

fn get(vm: &mut Vm, args: &mut Args, wanted: Wanted) -> Outcome {
    let (channel, block, timeout, what) = (channel(args), args.take(1), args.take(2), args.take(3));
    let (wanted, until) = if vm.truth(&block)? { (wanted, until(vm, &timeout)?) } else { (Wanted::TakeNow, None) };
    let item = vm.ask(channel, wanted, what.as_str().unwrap_or("Queue"), until)?;
    Ok(item.map_or(Value::None, |item| Value::Bytes(Arc::new(Bytes(item)))))
}

/// Adds what is in it.
pub fn fill(vm: &mut Vm, module: &'static Module) {
    let mut attributes = Namespace::default();
    for &(name, call) in HANDLE {
        attributes.set(Symbol::of(name), native(name, Binds::Object, call));
    }
    let definition = Definition {
        name: "Handle",
        qualname: "Handle",
        module: "_multiprocessing",
        bases: vec![types().object],
        attributes,
        construct: None,
        in_python: false,
    };
    let handle: &'static Class = Class::create(definition).expect("one base is always in order");
    module.set(Symbol::of("Handle"), Value::Class(handle));
    module.set(Symbol::of("name"), vm.interpreter.family.name.as_deref().map_or(Value::None, Value::from));
    add(
        module,
        &[
            ("start", start),
            ("channel", |vm, _| Ok(Value::Int(vm.interpreter.unique() as i64))),
            ("put", |vm, args| {
                let (channel, item) = (channel(args), bytes(args.take(1))?);
                vm.interpreter.put(channel, item);
                Ok(Value::None)
            }),
            ("take", take),
            ("look", look),
            ("count", |vm, args| {
                let count = vm.ask(channel(args), Wanted::Count, "Queue", None)?.unwrap_or_default();
                Ok(Value::Int(count.try_into().map_or(0, i64::from_le_bytes)))
            }),
        ],
    );
}

/// What a process does: runs the script for what it defines, and then is the pickled `Process`.
pub fn run_process(vm: &mut Vm, script: &'static Code, object: Vec<u8>) -> Outcome {
    let module = import(vm, "multiprocessing")?;
    vm.run_module(script)?;
    let main = module.get(Symbol::of("_main")).unwrap_or_default();
    vm.call(&main, [Value::Bytes(Arc::new(Bytes(object)))])
}
