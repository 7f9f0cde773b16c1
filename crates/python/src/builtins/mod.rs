//! Built-in classes and functions.

/// What all containers have.
macro_rules! common {
    ($($more:tt)*) => {
        &[
            ("__len__", Binds::Object, |vm, args| vm.len(args.take(0).plain()).map(Value::count)),
            ("__getitem__", Binds::Object, |vm, args| vm.get_plain_item(&args.take(0), &args.take(1))),
            ("__contains__", Binds::Object, |vm, args| vm.contains(args.take(0).plain(), &args.take(1)).map(Value::Bool)),
            ("__iter__", Binds::Object, |vm, args| vm.iterate(args.take(0).plain())),
            $($more)*
        ]
    };
}

pub mod bytes;
mod codecs;
pub mod descriptor;
pub mod dict;
pub mod exceptions;
pub mod functions;
pub mod iterators;
pub mod list;
pub mod numbers;
pub mod objects;
mod parts;
pub mod range;
pub mod set;
pub mod str;
mod template;
pub mod types;

use crate::object::function::{Args, Binds, Native, NativeFn};
use crate::raised::{Raised, type_error};
use crate::symbol::Symbol;
use crate::value::Value;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Functions of ours, with what each gets as the first argument.
pub type Methods = &'static [(&'static str, Binds, NativeFn)];

/// A function of ours as a value.
pub fn native(name: &'static str, binds: Binds, call: NativeFn) -> Value {
    Value::Native(Box::leak(Box::new(Native { name, binds, call })))
}

static BUILTINS: LazyLock<HashMap<Symbol, Value>> = LazyLock::new(|| {
    let functions =
        functions::FUNCTIONS.iter().map(|&(name, binds, call)| (Symbol::of(name), native(name, binds, call)));
    let classes = types::types().named().into_iter().map(|class| (Symbol::of(class.name()), Value::Class(class)));
    let constants =
        [("NotImplemented", Value::NotImplemented), ("Ellipsis", Value::Ellipsis), ("__debug__", Value::Bool(true))];
    let constants = constants.into_iter().map(|(name, value)| (Symbol::of(name), value));
    let aliases = [("IOError", types::types().os_error), ("EnvironmentError", types::types().os_error)];
    let aliases = aliases.into_iter().map(|(name, class)| (Symbol::of(name), Value::Class(class)));
    functions.chain(classes).chain(constants).chain(aliases).collect()
});

/// The built-in called `name`.
pub fn builtin(name: Symbol) -> Option<Value> {
    BUILTINS.get(&name).cloned()
}

impl Args {
    /// An error unless there are between `least` and `most` positional arguments, not counting the object itself if it `has_object`.
    pub fn expect(&self, name: &str, has_object: bool, least: usize, most: usize) -> Result<(), Raised> {
        let given = self.positional() - usize::from(has_object && self.positional() > 0);
        if (least..=most).contains(&given) {
            return Ok(());
        }
        let arguments = |count: usize| if count == 1 { "argument" } else { "arguments" };
        Err(type_error(match (least, most) {
            (0, 0) => format!("{name}() takes no arguments ({given} given)"),
            (1, 1) => format!("{name}() takes exactly one argument ({given} given)"),
            (least, most) if least == most => format!("{name} expected {least} {}, got {given}", arguments(least)),
            (least, _) if given < least => {
                format!("{name} expected at least {least} {}, got {given}", arguments(least))
            }
            (_, most) => format!("{name} expected at most {most} {}, got {given}", arguments(most)),
        }))
    }

    /// An error if keyword arguments are left.
    pub fn no_keywords(&self, name: &str) -> Result<(), Raised> {
        match self.names.first() {
            None => Ok(()),
            Some(keyword) => {
                Err(type_error(format!("'{}' is an invalid keyword argument for {name}()", keyword.text())))
            }
        }
    }
}
