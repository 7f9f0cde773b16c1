//! Values: 16 bytes each. Small integers, floats, booleans and `None` are in them; the rest is pointed to.

use crate::guarded::Guarded;
use crate::object::bytes::Bytes;
use crate::object::class::Class;
use crate::object::dict::{Dict, View};
use crate::object::function::{Function, Method, Native};
use crate::object::generator::Generator;
use crate::object::instance::Instance;
use crate::object::iterator::Iter;
use crate::object::list::{List, Tuple};
use crate::object::module::Module;
use crate::object::set::Set;
use crate::object::slice::{Range, Slice};
use crate::object::text::Str;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::sync::Arc;

/// Any value of a program. Functions of modules, classes, modules and a program's constants live for ever and are not counted, so that
/// threads that use them do not wait for each other's caches.
#[derive(Clone, Default)]
pub enum Value {
    /// No value: a variable that has none yet, or no longer.
    #[default]
    Unbound,
    /// `None`
    None,
    /// `NotImplemented`
    NotImplemented,
    /// `...`
    Ellipsis,
    /// `bool`
    Bool(bool),
    /// An `int` of 64 bits.
    Int(i64),
    /// A `float`.
    Float(f64),
    /// An `int` of more than 64 bits.
    Big(Arc<BigInt>),
    /// `str`
    Str(Str),
    /// `bytes`
    Bytes(Arc<Bytes>),
    /// `tuple`
    Tuple(Arc<Tuple>),
    /// `list`
    List(Arc<List>),
    /// `dict`
    Dict(Arc<Dict>),
    /// A dict's `keys()`, `values()` or `items()`.
    View(Arc<View>),
    /// `set` or `frozenset`
    Set(Arc<Set>),
    /// `range`
    Range(Arc<Range>),
    /// `slice`
    Slice(Arc<Slice>),
    /// A function of a module or class.
    Function(&'static Function),
    /// A function made inside a function.
    Closure(Arc<Function>),
    /// A function of ours.
    Native(&'static Native),
    /// A function with its first argument.
    Method(Arc<Method>),
    /// A class.
    Class(&'static Class),
    /// An object of a class.
    Instance(Arc<Instance>),
    /// A module.
    Module(&'static Module),
    /// A generator or coroutine.
    Generator(Arc<Generator>),
    /// An iterator of ours.
    Iter(Arc<Iter>),
    /// What a closure captured.
    Cell(Arc<Cell>),
    /// `super()`
    Super(Arc<Super>),
}

const _: () = assert!(size_of::<Value>() == 16);

/// A variable that a function shares with functions inside it.
pub type Cell = Guarded<Value>;

/// `super()`: looks up attributes after a class in the resolution order of an object's class.
#[derive(Debug)]
pub struct Super {
    /// Attributes are looked up after this class.
    pub after: &'static Class,
    /// The class whose order counts.
    pub class: &'static Class,
    /// What methods are bound to.
    pub object: Value,
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(crate::object::class::class_of(self).name())
    }
}

impl Value {
    /// A string.
    pub fn str(text: impl Into<Str>) -> Value {
        Value::Str(text.into())
    }

    /// An integer of any size.
    pub fn big(value: BigInt) -> Value {
        value.to_i64().map_or_else(|| Value::Big(Arc::new(value)), Value::Int)
    }

    /// A list.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Arc::new(List::new(items)))
    }

    /// A tuple.
    pub fn tuple(items: impl IntoIterator<Item = Value>) -> Value {
        Value::Tuple(Arc::new(Tuple::new(items.into_iter().collect())))
    }

    /// An index or a count.
    pub fn count(count: usize) -> Value {
        Value::Int(count as i64)
    }

    /// Whether there is nothing to count, so that dropping it does nothing.
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(
            self,
            Value::Int(_)
                | Value::Unbound
                | Value::None
                | Value::Bool(_)
                | Value::Float(_)
                | Value::Function(_)
                | Value::Class(_)
        )
    }

    /// The same as `clone`, where that is done most: what is not counted is copied at the place itself.
    #[inline(always)]
    pub fn quick_clone(&self) -> Value {
        match self {
            Value::Int(value) => Value::Int(*value),
            Value::Float(value) => Value::Float(*value),
            Value::Bool(value) => Value::Bool(*value),
            Value::None => Value::None,
            Value::Function(function) => Value::Function(function),
            Value::Class(class) => Value::Class(class),
            counted => counted.clone(),
        }
    }

    /// The value of the variable in a cell.
    pub fn in_cell(&self) -> Value {
        match self {
            Value::Cell(cell) => cell.lock().clone(),
            _ => Value::Unbound,
        }
    }

    /// Whether it is [`Value::Unbound`].
    #[inline]
    pub fn is_unbound(&self) -> bool {
        matches!(self, Value::Unbound)
    }

    /// Whether it is `None`.
    #[inline]
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// The text of a string, also of an object of a class derived from `str`.
    pub fn as_str(&self) -> Option<&str> {
        match self.plain() {
            Value::Str(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The value itself, or what an object of a class derived from a built-in one holds.
    #[inline]
    pub fn plain(&self) -> &Value {
        match self {
            Value::Instance(instance) => instance.held().unwrap_or(self),
            _ => self,
        }
    }

    /// The value as an integer, of `bool` and classes derived from `int` as well.
    pub fn as_int(&self) -> Option<i64> {
        match self.plain() {
            Value::Int(value) => Some(*value),
            Value::Bool(value) => Some(i64::from(*value)),
            _ => None,
        }
    }

    /// The value as an integer of any size.
    pub fn as_big(&self) -> Option<BigInt> {
        match self.plain() {
            Value::Int(value) => Some(BigInt::from(*value)),
            Value::Bool(value) => Some(BigInt::from(i64::from(*value))),
            Value::Big(value) => Some((**value).clone()),
            _ => None,
        }
    }

    /// The value of a `float`, or of an `int` as one.
    pub fn as_float(&self) -> Option<f64> {
        match self.plain() {
            Value::Float(value) => Some(*value),
            Value::Int(value) => Some(*value as f64),
            Value::Bool(value) => Some(f64::from(u8::from(*value))),
            Value::Big(value) => value.to_f64().filter(|value| value.is_finite()),
            _ => None,
        }
    }

    /// Whether both are the same object (`is`).
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None)
            | (Value::Unbound, Value::Unbound)
            | (Value::NotImplemented, Value::NotImplemented)
            | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            (Value::Big(a), Value::Big(b)) => Arc::ptr_eq(a, b),
            (Value::Str(a), Value::Str(b)) => a.is(b) || (a.as_str().len() <= 1 && a == b),
            (Value::Tuple(a), Value::Tuple(b)) => Arc::ptr_eq(a, b) || (a.is_empty() && b.is_empty()),
            _ => match (self.address(), other.address()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// Where the object is in memory, if it is an object with an identity of its own.
    pub fn address(&self) -> Option<usize> {
        fn at<T>(place: &T) -> Option<usize> {
            Some(std::ptr::from_ref(place).addr())
        }
        match self {
            Value::Big(it) => at::<BigInt>(it),
            Value::Str(it) => at(&**it),
            Value::Bytes(it) => at::<Bytes>(it),
            Value::Tuple(it) => at::<Tuple>(it),
            Value::List(it) => at::<List>(it),
            Value::Dict(it) => at::<Dict>(it),
            Value::View(it) => at::<View>(it),
            Value::Set(it) => at::<Set>(it),
            Value::Range(it) => at::<Range>(it),
            Value::Slice(it) => at::<Slice>(it),
            Value::Function(it) => at::<Function>(it),
            Value::Closure(it) => at::<Function>(it),
            Value::Native(it) => at::<Native>(it),
            Value::Method(it) => at::<Method>(it),
            Value::Class(it) => at::<Class>(it),
            Value::Instance(it) => at::<Instance>(it),
            Value::Module(it) => at::<Module>(it),
            Value::Generator(it) => at::<Generator>(it),
            Value::Iter(it) => at::<Iter>(it),
            Value::Cell(it) => at::<Cell>(it),
            Value::Super(it) => at::<Super>(it),
            _ => None,
        }
    }

    /// The function that a call of this value runs, if it is one in Python.
    #[inline]
    pub fn as_function(&self) -> Option<&Function> {
        match self {
            Value::Function(function) => Some(function),
            Value::Closure(function) => Some(function),
            _ => None,
        }
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Value {
        Value::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Value {
        Value::Int(value)
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Value {
        Value::Float(value)
    }
}

impl From<String> for Value {
    fn from(value: String) -> Value {
        Value::str(value)
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Value {
        Value::str(value)
    }
}
