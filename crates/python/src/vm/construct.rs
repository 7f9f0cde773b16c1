//! Calls of classes: new objects.

use super::Vm;
use super::frame::{Callee, Then};
use crate::builtins::types::types;
use crate::guarded::Guarded;
use crate::object::class::{Class, class_of};
use crate::object::exception::Exception;
use crate::object::function::Args;
use crate::object::instance::{Inner, Instance};
use crate::raised::{Outcome, Raised, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use smallvec::SmallVec;
use std::sync::Arc;

impl Vm {
    /// Makes an object: the class is at `at`, the arguments after it.
    pub(super) fn construct(
        &mut self,
        class: &'static Class,
        at: usize,
        count: usize,
        names: &[Symbol],
        then: Then,
    ) -> Result<Option<Value>, Raised> {
        let made_in_python = class.in_python.then(|| class.custom(symbol::NEW)).flatten();
        if !class.in_python {
            let Some(construct) = class.construct else {
                return Err(type_error(format!("cannot create '{}' instances", class.full_name())));
            };
            let mut args = self.take_args(at, count + 1, names);
            return construct(self, &mut args).map(Some);
        }
        if let Some(abstract_methods) = class.lookup(Symbol::of("__abstractmethods__")) {
            self.check_abstract(class, &abstract_methods)?;
        }
        let object = match made_in_python {
            Some(new) => {
                let values: Vec<_> = self.stack[at + 1..at + 1 + count].to_vec();
                let mut args = Args::of([Value::Class(class)].into_iter().chain(values));
                args.names = SmallVec::from_slice(names);
                let new = unwrapped(&new);
                let object = self.call_args(&new, args)?;
                if !class_of(&object).is_a(class) {
                    return Ok(Some(object));
                }
                object
            }
            None => self.allocate(class, at, count, names)?,
        };
        let init = class.lookup(symbol::INIT);
        match init {
            Some(init) if init.as_function().is_some() => {
                self.stack[at] = object.clone();
                let Some(callee) = Callee::of(&init) else { return Ok(Some(object)) };
                if let Then::To(d) = then {
                    let depth = self.frames.len();
                    let made = self.enter_function(callee, at, count + 1, names, Then::Construct(d))?;
                    if self.frames.len() > depth {
                        // The caller's register may be one of the arguments', which are the new call's now.
                        self.frames[depth].object = object;
                        return Ok(None);
                    }
                    return Err(init_returned(&made.unwrap_or_default()));
                }
                let depth = self.frames.len();
                self.enter_function(callee, at, count + 1, names, Then::Exit)?;
                if self.frames.len() > depth {
                    self.run()?;
                }
                Ok(Some(object))
            }
            Some(Value::Native(native)) => {
                let mut args = self.take_args(at + 1, count, names);
                args.insert(object.clone());
                (native.call)(self, &mut args)?;
                Ok(Some(object))
            }
            Some(init) => {
                let args = self.take_args(at + 1, count, names);
                let bound = self.bind(&init, &object, class)?;
                self.call_args(&bound, args)?;
                Ok(Some(object))
            }
            None => {
                if count > 0 && made_in_python_is_absent(class) {
                    return Err(type_error(format!("{}() takes no arguments", class.name())));
                }
                Ok(Some(object))
            }
        }
    }

    fn check_abstract(&mut self, class: &'static Class, abstract_methods: &Value) -> Result<(), Raised> {
        let names = self.collect(abstract_methods)?;
        let missing: Vec<_> = names.iter().filter_map(Value::as_str).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let methods = if missing.len() == 1 { "method" } else { "methods" };
        let class = class.name();
        Err(type_error(format!(
            "Can't instantiate abstract class {class} with abstract {methods} {}",
            missing.join(", ")
        )))
    }

    /// A new object of a class defined in Python, before `__init__`: the arguments are those after `at`.
    fn allocate(&mut self, class: &'static Class, at: usize, count: usize, names: &[Symbol]) -> Outcome {
        let inner = if class.is_a(types().base_exception) {
            let given = count - names.len();
            let args = self.stack[at + 1..at + 1 + given].to_vec();
            Inner::Exception(Box::new(Guarded::new(Exception { args, ..Exception::default() })))
        } else if class.is_of_attributes() {
            Inner::Nothing
        } else if let Some(construct) = class.construct {
            let own_init = class.custom(symbol::INIT).is_some();
            let mutable = class.is_a(types().list) || class.is_a(types().dict) || class.is_a(types().set);
            let mut args = if own_init && mutable {
                Args::of([Value::Class(class)])
            } else {
                let values = self.stack[at + 1..at + 1 + count].to_vec();
                let mut args = Args::of([Value::Class(class)].into_iter().chain(values));
                args.names = SmallVec::from_slice(names);
                args
            };
            match construct(self, &mut args)? {
                made @ Value::Instance(_) => return Ok(made),
                held => Inner::Held(held),
            }
        } else {
            Inner::Nothing
        };
        Ok(Value::Instance(Arc::new(Instance::new(class, inner))))
    }
}

#[cold]
pub(super) fn init_returned(value: &Value) -> Raised {
    type_error(format!("__init__() should return None, not '{}'", class_of(value).name()))
}

fn made_in_python_is_absent(class: &Class) -> bool {
    class.custom(symbol::NEW).is_none() && class.construct.is_none() && !class.is_a(types().base_exception)
}

/// A function, of `staticmethod(function)` as well.
fn unwrapped(function: &Value) -> Value {
    match function {
        Value::Instance(instance) => {
            instance.native::<crate::builtins::descriptor::Static>().map_or_else(|| function.clone(), |it| it.0.clone())
        }
        _ => function.clone(),
    }
}
