//! Functions, in Python and ours.

use super::class::Namespace;
use crate::compile::code::Code;
use crate::guarded::Guarded;
use crate::raised::Raised;
use crate::symbol::Symbol;
use crate::value::{Cell, Value};
use crate::vm::Vm;
use smallvec::SmallVec;
use std::sync::Arc;

/// A function in Python.
#[derive(Debug)]
pub struct Function {
    /// What it does.
    pub code: &'static Code,
    /// Default values of its last positional parameters.
    pub defaults: Box<[Value]>,
    /// Default values of its keyword-only parameters; unbound where there is none.
    pub keyword_defaults: Box<[Value]>,
    /// Variables of functions around it.
    pub closure: Box<[Arc<Cell>]>,
    /// Attributes it was given.
    pub attributes: Guarded<Namespace>,
}

/// A function with its first argument.
#[derive(Debug)]
pub struct Method {
    /// What it is called.
    pub function: Value,
    /// The first argument.
    pub receiver: Value,
}

/// What functions of ours are.
pub type NativeFn = fn(&mut Vm, &mut Args) -> Result<Value, Raised>;

/// A function of ours.
pub struct Native {
    /// Its name.
    pub name: &'static str,
    /// What it does.
    pub call: NativeFn,
    /// What it gets as the first argument when it is an attribute.
    pub binds: Binds,
}

/// What a function of ours gets as the first argument when it is an attribute of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binds {
    /// Nothing.
    No,
    /// The object.
    Object,
    /// The class.
    Class,
    /// The object, and at once: the result is the attribute.
    Getter,
}

impl std::fmt::Debug for Native {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The arguments of a call.
#[derive(Debug, Default)]
pub struct Args {
    /// Their values; the last ones are keyword arguments.
    pub values: SmallVec<[Value; 4]>,
    /// The names of the keyword arguments.
    pub names: SmallVec<[Symbol; 2]>,
}

impl Args {
    /// No arguments.
    pub fn none() -> Args {
        Args::default()
    }

    /// These positional arguments.
    pub fn of(values: impl IntoIterator<Item = Value>) -> Args {
        Args { values: values.into_iter().collect(), names: SmallVec::new() }
    }

    /// How many are positional.
    pub fn positional(&self) -> usize {
        self.values.len() - self.names.len()
    }

    /// Takes positional argument `at`, counted from 0; unbound if there is none.
    pub fn take(&mut self, at: usize) -> Value {
        if at < self.positional() { std::mem::take(&mut self.values[at]) } else { Value::Unbound }
    }

    /// Takes argument `at`, or the keyword argument called `name`.
    pub fn named(&mut self, at: usize, name: &str) -> Option<Value> {
        if at < self.positional() {
            return Some(std::mem::take(&mut self.values[at]));
        }
        self.keyword(name)
    }

    /// Takes the keyword argument called `name`.
    pub fn keyword(&mut self, name: &str) -> Option<Value> {
        let at = self.names.iter().position(|own| own.text() == name)?;
        let at_value = self.positional() + at;
        self.names.remove(at);
        Some(self.values.remove(at_value))
    }

    /// Puts `first` before all of them.
    pub fn insert(&mut self, first: Value) {
        self.values.insert(0, first);
    }
}
