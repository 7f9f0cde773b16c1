//! `property`, `staticmethod` and `classmethod`.

use super::Methods;
use super::types::types;
use crate::object::function::{Args, Binds};
use crate::object::instance::{Inner, Instance};
use crate::raised::{Outcome, type_error};
use crate::symbol;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// An attribute that functions compute.
#[derive(Clone, Debug)]
pub struct Property {
    /// Reads it; `None` if it cannot be read.
    pub get: Value,
    /// Sets it.
    pub set: Value,
    /// Removes it.
    pub delete: Value,
}

/// A function that gets no first argument.
#[derive(Debug)]
pub struct Static(pub Value);

/// A function that gets the class as its first argument.
#[derive(Debug)]
pub struct ClassMethod(pub Value);

fn instance(class: &'static crate::object::class::Class, of: impl Send + Sync + 'static) -> Value {
    Value::Instance(Arc::new(Instance::new(class, Inner::Native(Box::new(of)))))
}

/// `staticmethod(function)`
pub fn staticmethod(function: Value) -> Value {
    instance(types().staticmethod, Static(function))
}

/// `classmethod(function)`
pub fn classmethod(function: Value) -> Value {
    instance(types().classmethod, ClassMethod(function))
}

/// `staticmethod(…)`
pub fn construct_static(_: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("staticmethod", true, 1, 1)?;
    Ok(staticmethod(args.take(1)))
}

/// `classmethod(…)`
pub fn construct_class(_: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("classmethod", true, 1, 1)?;
    Ok(classmethod(args.take(1)))
}

/// `property(…)`
pub fn construct_property(_: &mut Vm, args: &mut Args) -> Outcome {
    let mut part = |at, name| args.named(at, name).unwrap_or(Value::None);
    let property = Property { get: part(1, "fget"), set: part(2, "fset"), delete: part(3, "fdel") };
    Ok(instance(types().property, property))
}

fn changed(args: &mut Args, change: impl FnOnce(&mut Property, Value)) -> Outcome {
    let function = args.take(1);
    let Value::Instance(own) = args.take(0) else { return Err(type_error("not a property")) };
    let Some(property) = own.native::<Property>() else { return Err(type_error("not a property")) };
    let mut property = property.clone();
    change(&mut property, function);
    Ok(instance(types().property, property))
}

/// Methods of `property`.
pub const PROPERTY: Methods = &[
    ("getter", Binds::Object, |_, args| changed(args, |property, function| property.get = function)),
    ("setter", Binds::Object, |_, args| changed(args, |property, function| property.set = function)),
    ("deleter", Binds::Object, |_, args| changed(args, |property, function| property.delete = function)),
    ("__get__", Binds::Object, |vm, args| {
        let (own, object) = (args.take(0), args.take(1));
        let class = crate::object::class::class_of(&object);
        vm.bind(&own, &object, class)
    }),
    ("fget", Binds::Getter, |_, args| match args.take(0) {
        Value::Instance(own) => {
            Ok(own.native::<Property>().map(|property| property.get.clone()).unwrap_or(Value::None))
        }
        _ => Ok(Value::None),
    }),
    ("__doc__", Binds::Getter, |vm, args| match args.take(0) {
        Value::Instance(own) => match own.native::<Property>() {
            Some(property) => vm.get_attribute(&property.get.clone(), symbol::DOC),
            None => Ok(Value::None),
        },
        _ => Ok(Value::None),
    }),
];
