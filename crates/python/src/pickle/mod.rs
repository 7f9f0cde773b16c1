//! Values as bytes and back: what goes from one process to another. The form is our own, not that of Python's `pickle`; what can be pickled,
//! and what is said of what cannot, is as there.
//!
//! Functions and classes go by their names. Objects that can change are noted as they come, so that what is the same object stays the same,
//! also one within itself.

mod read;
mod write;

pub use read::loads;
pub use write::dumps;

use crate::modules::import;
use crate::object::module::Module;
use crate::raised::Raised;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::vm::Vm;

/// What follows in a pickle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Tag {
    None,
    True,
    False,
    NotImplemented,
    Ellipsis,
    Int,
    Big,
    Float,
    Str,
    Bytes,
    Tuple,
    List,
    Dict,
    Set,
    FrozenSet,
    Range,
    /// A function or class, by the names of its module and of itself.
    Named,
    /// A function with its first argument.
    Method,
    /// An object of a class.
    Object,
    /// What a call gives, with a state.
    Made,
    /// An object that came before, by its number.
    Same,
}

const TAGS: [Tag; 21] = [
    Tag::None,
    Tag::True,
    Tag::False,
    Tag::NotImplemented,
    Tag::Ellipsis,
    Tag::Int,
    Tag::Big,
    Tag::Float,
    Tag::Str,
    Tag::Bytes,
    Tag::Tuple,
    Tag::List,
    Tag::Dict,
    Tag::Set,
    Tag::FrozenSet,
    Tag::Range,
    Tag::Named,
    Tag::Method,
    Tag::Object,
    Tag::Made,
    Tag::Same,
];

/// What an object is beyond its attributes.
const NOTHING: u8 = 0;
const HELD: u8 = 1;
const EXCEPTION: u8 = 2;
/// An object's attributes follow, or the state that it gave.
const ATTRIBUTES: u8 = 0;
const STATE: u8 = 1;

/// What stands in a module under a name with dots.
fn find(vm: &mut Vm, module: &'static Module, name: &str) -> Option<Value> {
    let mut found = Value::Module(module);
    for part in name.split('.') {
        found = vm.get_attribute(&found, Symbol::of(part)).ok()?;
    }
    Some(found)
}

/// An exception of `pickle`.
#[cold]
fn pickle_error(vm: &mut Vm, class: &str, message: String) -> Raised {
    match import(vm, "pickle").map(|module| module.get(Symbol::of(class))) {
        Ok(Some(Value::Class(class))) => Raised::new(class, message),
        Ok(_) => crate::raised::value_error(message),
        Err(raised) => raised,
    }
}
