//! Exceptions under way.

use crate::builtins::types::types;
use crate::object::class::{Class, class_of};
use crate::object::exception::Exception;
use crate::object::instance::Instance;
use crate::value::Value;
use std::sync::Arc;

/// Why something did not give a value.
#[derive(Clone, Debug)]
pub enum Raised {
    /// An exception, which Python code may catch.
    Exception(Arc<Instance>),
    /// The thread is to end at once, and no code of it runs any more: the run was stopped, or the interpreter has shut down.
    Ended,
}

/// A value, or why there is none.
pub type Outcome = Result<Value, Raised>;

const _: () = assert!(size_of::<Outcome>() == 16);

impl Raised {
    /// An exception of a built-in class with a message.
    #[cold]
    pub fn new(class: &'static Class, message: impl Into<String>) -> Raised {
        Raised::Exception(Exception::instance(class, vec![Value::from(message.into())]))
    }

    /// An exception of a built-in class with arguments.
    #[cold]
    pub fn with(class: &'static Class, args: Vec<Value>) -> Raised {
        Raised::Exception(Exception::instance(class, args))
    }

    /// Whether it is an exception of this class.
    pub fn is(&self, class: &Class) -> bool {
        matches!(self, Raised::Exception(exception) if exception.class.is_a(class))
    }
}

macro_rules! errors {
    ($($name:ident)*) => { $(
        #[doc = concat!("An exception of the class that `types().", stringify!($name), "` is.")]
        #[cold]
        pub fn $name(message: impl Into<String>) -> Raised {
            Raised::new(types().$name, message)
        }
    )* };
}

errors! { type_error value_error attribute_error name_error unbound_local_error index_error zero_division_error overflow_error
runtime_error recursion_error assertion_error import_error memory_error not_implemented_error }

/// The exception of a key that is not there.
#[cold]
pub fn key_error(key: Value) -> Raised {
    Raised::with(types().key_error, vec![key])
}

/// The end of an iterator, with what a generator returned.
#[cold]
pub fn stop_iteration(value: Value) -> Raised {
    Raised::with(types().stop_iteration, if value.is_none() { Vec::new() } else { vec![value] })
}

/// “'int' object is not iterable”, and the like.
#[cold]
pub fn is_not(value: &Value, what: &str) -> Raised {
    type_error(format!("'{}' object is not {what}", class_of(value).name()))
}

/// An object has no such attribute.
#[cold]
pub fn no_attribute(value: &Value, name: &str) -> Raised {
    attribute_error(match value {
        Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name()),
        Value::Module(module) => format!("module '{}' has no attribute '{name}'", module.name),
        Value::Super(_) => format!("'super' object has no attribute '{name}'"),
        _ => format!("'{}' object has no attribute '{name}'", class_of(value).name()),
    })
}
