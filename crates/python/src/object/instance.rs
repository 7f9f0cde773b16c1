//! Objects of classes.

use super::class::Class;
use super::dict::Dict;
use super::discard::discard;
use super::exception::Exception;
use super::shape::Shape;
use super::text::Str;
use crate::guarded::Guarded;
use crate::symbol::Symbol;
use crate::value::Value;
use smallvec::SmallVec;
use std::any::Any;
use std::sync::Arc;

/// An object.
#[derive(Debug)]
pub struct Instance {
    /// Its class.
    pub class: &'static Class,
    /// Its attributes.
    pub fields: Guarded<Fields>,
    /// What it is beyond its attributes.
    pub inner: Inner,
}

/// What an object is beyond its attributes.
#[derive(Debug)]
pub enum Inner {
    /// Nothing.
    Nothing,
    /// A value of the built-in class from which its class is derived.
    Held(Value),
    /// An exception.
    Exception(Box<Guarded<Exception>>),
    /// Something of ours.
    Native(Box<dyn Any + Send + Sync>),
}

/// An object's attributes.
#[derive(Debug)]
pub enum Fields {
    /// Their names are the shape's.
    Shaped(&'static Shape, SmallVec<[Value; 4]>),
    /// Somebody asked for `__dict__`, or there are very many.
    Dict(Arc<Dict>),
}

/// With more attributes than this an object has a dict.
const MANY: usize = 48;

impl Fields {
    /// The value of the attribute called `name`.
    pub fn get(&self, name: Symbol) -> Option<Value> {
        match self {
            Fields::Shaped(shape, values) => values.get(shape.slot(name)?).filter(|value| !value.is_unbound()).cloned(),
            Fields::Dict(dict) => dict.get_str(name.text()),
        }
    }

    /// Gives the attribute called `name` a value; the old one.
    pub fn set(&mut self, name: Symbol, value: Value) -> Value {
        match self {
            Fields::Shaped(shape, values) => {
                if let Some(slot) = shape.slot(name) {
                    return std::mem::replace(&mut values[slot], value);
                }
                if values.len() < MANY {
                    *shape = shape.and(name);
                    values.push(value);
                    return Value::Unbound;
                }
                self.as_dict();
                self.set(name, value)
            }
            Fields::Dict(dict) => {
                dict.set_str(Str::from(name.text()), value);
                Value::Unbound
            }
        }
    }

    /// Removes the attribute called `name`.
    pub fn remove(&mut self, name: Symbol) -> Option<Value> {
        let slot = match self {
            Fields::Shaped(shape, values) => match shape.slot(name) {
                Some(slot) if !values[slot].is_unbound() => slot,
                _ => return None,
            },
            Fields::Dict(_) => 0,
        };
        // A dict keeps the order in which attributes come; a shape could not.
        if let Fields::Shaped(shape, values) = self
            && slot + 1 == values.len()
            && slot + 1 == shape.names.len()
        {
            return Some(std::mem::take(&mut values[slot]));
        }
        let dict = self.as_dict();
        let mut table = dict.lock();
        let key = Value::Str(Str::from(name.text()));
        match table.find(Str::from(name.text()).hash(), &key) {
            super::dict::Found::At(slot) => Some(table.remove(slot).value),
            _ => None,
        }
    }

    /// The attributes as a dict, which they are from now on.
    pub fn as_dict(&mut self) -> Arc<Dict> {
        if let Fields::Shaped(shape, values) = self {
            let pairs = shape.names.iter().zip(std::mem::take(values)).filter(|(_, value)| !value.is_unbound());
            let dict = Dict::of_strings(pairs.map(|(name, value)| (Str::from(name.text()), value)));
            *self = Fields::Dict(Arc::new(dict));
        }
        match self {
            Fields::Dict(dict) => dict.clone(),
            Fields::Shaped(..) => Arc::default(),
        }
    }

    /// Names and values.
    pub fn pairs(&self) -> Vec<(Symbol, Value)> {
        match self {
            Fields::Shaped(shape, values) => {
                let pairs = shape.names.iter().copied().zip(values.iter().cloned());
                pairs.filter(|(_, value)| !value.is_unbound()).collect()
            }
            Fields::Dict(dict) => {
                let entries = dict.entries();
                entries.into_iter().filter_map(|e| Some((Symbol::of(e.key.as_str()?), e.value))).collect()
            }
        }
    }
}

impl Instance {
    /// An object without attributes.
    pub fn new(class: &'static Class, inner: Inner) -> Instance {
        Instance { class, fields: Guarded::new(Fields::Shaped(class.shape, SmallVec::new())), inner }
    }

    /// The built-in value that it holds.
    #[inline]
    pub fn held(&self) -> Option<&Value> {
        match &self.inner {
            Inner::Held(value) => Some(value),
            _ => None,
        }
    }

    /// What of ours it is.
    pub fn native<T: 'static>(&self) -> Option<&T> {
        match &self.inner {
            Inner::Native(it) => it.downcast_ref(),
            _ => None,
        }
    }

    /// What it is as an exception.
    pub fn exception(&self) -> Option<&Guarded<Exception>> {
        match &self.inner {
            Inner::Exception(it) => Some(it),
            _ => None,
        }
    }

    /// The value of its own attribute called `name`.
    pub fn field(&self, name: Symbol) -> Option<Value> {
        self.fields.lock().get(name)
    }

    /// Gives its own attribute called `name` a value.
    pub fn set_field(&self, name: Symbol, value: Value) {
        let old = self.fields.lock().set(name, value);
        drop(old);
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if let Fields::Shaped(_, values) = self.fields.get_mut()
            && values.iter().any(|value| !value.is_plain())
        {
            let values = std::mem::take(values);
            discard(values);
        }
        if let Inner::Held(value) = &mut self.inner {
            discard([std::mem::take(value)]);
        }
    }
}
