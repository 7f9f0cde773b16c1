//! Exceptions: made, shown, and their attributes.

use super::Methods;
use super::types::types;
use crate::guarded::Guarded;
use crate::object::exception::Exception;
use crate::object::function::{Args, Binds};
use crate::object::instance::{Inner, Instance};
use crate::raised::{Outcome, Raised, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// Makes an exception.
pub fn construct(_: &mut Vm, args: &mut Args) -> Outcome {
    let Value::Class(class) = args.take(0) else { return Err(type_error("not a class")) };
    let name = args.keyword("name");
    args.keyword("obj");
    args.keyword("path");
    args.no_keywords(class.name())?;
    let exception = Exception { args: args.values.drain(1..).collect(), ..Exception::default() };
    let instance = Instance::new(class, Inner::Exception(Box::new(Guarded::new(exception))));
    if let Some(name) = name {
        instance.set_field(Symbol::of("name"), name);
    }
    Ok(Value::Instance(Arc::new(instance)))
}

fn own(args: &Args) -> Result<Arc<Instance>, Raised> {
    match args.values.first() {
        Some(Value::Instance(instance)) if instance.exception().is_some() => Ok(instance.clone()),
        _ => Err(type_error("not an exception")),
    }
}

fn read(args: &Args, what: impl FnOnce(&Exception) -> Value) -> Outcome {
    let instance = own(args)?;
    let value = instance.exception().map(|it| what(&it.lock()));
    Ok(value.unwrap_or(Value::None))
}

fn of(exception: &Option<Arc<Instance>>) -> Value {
    exception.clone().map_or(Value::None, Value::Instance)
}

/// Methods of exceptions.
pub const EXCEPTION: Methods = &[
    ("__init__", Binds::Object, |_, args| {
        let instance = own(args)?;
        args.names.clear();
        if let Some(state) = instance.exception() {
            state.lock().args = args.values.drain(1..).collect();
        }
        Ok(Value::None)
    }),
    ("args", Binds::Getter, |_, args| read(args, |it| Value::tuple(it.args.clone()))),
    ("__cause__", Binds::Getter, |_, args| read(args, |it| of(&it.cause))),
    ("__context__", Binds::Getter, |_, args| read(args, |it| of(&it.context))),
    ("__suppress_context__", Binds::Getter, |_, args| read(args, |it| Value::Bool(it.suppress_context))),
    ("__traceback__", Binds::Getter, |_, args| {
        let instance = own(args)?;
        let raised = instance.exception().is_some_and(|it| !it.lock().traceback.is_empty());
        Ok(if raised { Value::Instance(instance) } else { Value::None })
    }),
    ("with_traceback", Binds::Object, |_, args| Ok(args.take(0))),
    ("add_note", Binds::Object, |vm, args| {
        let instance = own(args)?;
        let name = Symbol::of("__notes__");
        let notes = instance.field(name).unwrap_or_else(|| Value::list(Vec::new()));
        let note = args.take(1);
        vm.extend(&notes, &Value::list(vec![note]))?;
        instance.set_field(name, notes);
        Ok(Value::None)
    }),
    ("__str__", Binds::Object, |vm, args| {
        let own = own(args)?;
        message(vm, &own).map(Value::from)
    }),
    ("__repr__", Binds::Object, |vm, args| {
        let own = own(args)?;
        repr(vm, &own).map(Value::from)
    }),
];

/// `StopIteration.value`
pub const STOP_ITERATION: Methods =
    &[("value", Binds::Getter, |_, args| read(args, |it| it.args.first().cloned().unwrap_or(Value::None)))];

/// `SystemExit.code`
pub const SYSTEM_EXIT: Methods = &[("code", Binds::Getter, |_, args| {
    read(args, |it| match &it.args[..] {
        [] => Value::None,
        [one] => one.clone(),
        many => Value::tuple(many.to_vec()),
    })
})];

/// Sets one of the attributes that are not the object's own.
pub fn set_attribute(vm: &mut Vm, instance: &Arc<Instance>, name: Symbol, value: Value) -> Result<(), Raised> {
    let cause = match &value {
        Value::Instance(exception) if exception.exception().is_some() => Some(exception.clone()),
        _ => None,
    };
    let Some(state) = instance.exception() else {
        let class = instance.class.name();
        return Err(crate::raised::attribute_error(format!(
            "attribute '{}' of '{class}' objects is not writable",
            name.text()
        )));
    };
    match name {
        symbol::ARGS => {
            let args = vm.collect(&value)?;
            state.lock().args = args;
        }
        symbol::CAUSE => {
            let mut state = state.lock();
            state.cause = cause;
            state.suppress_context = true;
        }
        symbol::CONTEXT => state.lock().context = cause,
        symbol::SUPPRESS_CONTEXT => state.lock().suppress_context = matches!(value, Value::Bool(true)),
        symbol::VALUE | symbol::CODE => state.lock().args = vec![value],
        _ => {}
    }
    Ok(())
}

/// `str(exception)`
pub fn message(vm: &mut Vm, exception: &Instance) -> Result<String, Raised> {
    let args = exception.exception().map(|it| it.lock().args.clone()).unwrap_or_default();
    Ok(match &args[..] {
        [] => String::new(),
        [one] if exception.class.is_a(types().key_error) => vm.repr(one)?.as_str().to_owned(),
        [one] => vm.str(one)?.as_str().to_owned(),
        [number, text] if exception.class.is_a(types().os_error) => {
            format!("[Errno {}] {}", vm.str(number)?.as_str(), vm.str(text)?.as_str())
        }
        many => vm.joined(many, "(", ")")?,
    })
}

/// `repr(exception)`
pub fn repr(vm: &mut Vm, exception: &Instance) -> Result<String, Raised> {
    let args = exception.exception().map(|it| it.lock().args.clone()).unwrap_or_default();
    vm.joined(&args, &format!("{}(", exception.class.name()), ")")
}
