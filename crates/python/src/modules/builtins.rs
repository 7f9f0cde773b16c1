//! `builtins`: built-in functions and classes as a module.

use crate::object::module::Module;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::vm::Vm;

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    for class in crate::builtins::types::types().named() {
        module.set(Symbol::of(class.name()), Value::Class(class));
    }
    for (name, ..) in crate::builtins::functions::FUNCTIONS {
        if let Some(function) = crate::builtins::builtin(Symbol::of(name)) {
            module.set(Symbol::of(name), function);
        }
    }
}
