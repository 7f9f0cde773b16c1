//! What exceptions are beyond objects.

use super::class::Class;
use super::instance::{Inner, Instance};
use crate::compile::code::Code;
use crate::guarded::Guarded;
use crate::value::Value;
use std::sync::Arc;

/// An exception's arguments and how it came.
#[derive(Debug, Default)]
pub struct Exception {
    /// What it was made with.
    pub args: Vec<Value>,
    /// `raise … from …`
    pub cause: Option<Arc<Instance>>,
    /// What was being handled when it was raised.
    pub context: Option<Arc<Instance>>,
    /// Whether the context is not to be shown: after `from`.
    pub suppress_context: bool,
    /// Where it passed through, the innermost last raised first.
    pub traceback: Vec<Place>,
}

/// A place in a program.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The function's code.
    pub code: &'static Code,
    /// The instruction.
    pub at: u32,
}

impl Exception {
    /// A new exception of a built-in class.
    pub fn instance(class: &'static Class, args: Vec<Value>) -> Arc<Instance> {
        let exception = Exception { args, ..Exception::default() };
        Arc::new(Instance::new(class, Inner::Exception(Box::new(Guarded::new(exception)))))
    }
}
