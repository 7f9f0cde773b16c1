//! What `match` asks of values.

use super::Vm;
use crate::builtins::types::types;
use crate::object::class::class_of;
use crate::object::dict::Dict;
use crate::raised::{Outcome, Raised, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// Whether a value is a sequence of `count` items, or at least as many.
    pub(super) fn is_sequence(&mut self, value: &Value, count: usize, at_least: bool) -> bool {
        let len = match value.plain() {
            Value::List(list) => list.lock().len(),
            Value::Tuple(tuple) => tuple.len(),
            Value::Range(range) => range.len(),
            _ => return false,
        };
        if at_least { len >= count } else { len == count }
    }

    /// The values of all keys as a tuple, or `None`.
    pub(super) fn match_keys(&mut self, mapping: &Value, keys: &Value) -> Outcome {
        let (Value::Dict(dict), Value::Tuple(keys)) = (mapping.plain(), keys) else { return Ok(Value::None) };
        let mut values = Vec::with_capacity(keys.len());
        for key in keys.iter() {
            match dict.get(self, key)? {
                Some(value) => values.push(value),
                None => return Ok(Value::None),
            }
        }
        Ok(Value::tuple(values))
    }

    /// The values of `count` positional attributes and of those named, if the value is of the class, or `None`.
    pub(super) fn match_class(&mut self, value: &Value, class: &Value, names: &Value, count: usize) -> Outcome {
        let Value::Class(class) = class else { return Err(type_error("called match pattern must be a class")) };
        if !class_of(value).is_a(class) {
            return Ok(Value::None);
        }
        let types = types();
        let itself = [
            types.int,
            types.float,
            types.str,
            types.bool,
            types.bytes,
            types.list,
            types.tuple,
            types.dict,
            types.set,
        ];
        let mut parts = Vec::new();
        if count > 0 {
            if itself.iter().any(|own| class.is_a(own)) && class.lookup(symbol::MATCH_ARGS).is_none() {
                if count > 1 {
                    return Err(too_many(class.name(), 1, count));
                }
                parts.push(value.clone());
            } else {
                let attributes = match class.lookup(symbol::MATCH_ARGS) {
                    Some(attributes) => self.collect(&attributes)?,
                    None => Vec::new(),
                };
                if attributes.len() < count {
                    return Err(too_many(class.name(), attributes.len(), count));
                }
                for attribute in &attributes[..count] {
                    let Some(name) = attribute.as_str() else {
                        return Err(type_error("__match_args__ elements must be strings"));
                    };
                    match self.attribute_or_none(value, name)? {
                        Some(part) => parts.push(part),
                        None => return Ok(Value::None),
                    }
                }
            }
        }
        for name in self.collect(names)? {
            match self.attribute_or_none(value, name.as_str().unwrap_or(""))? {
                Some(part) => parts.push(part),
                None => return Ok(Value::None),
            }
        }
        Ok(Value::tuple(parts))
    }

    fn attribute_or_none(&mut self, value: &Value, name: &str) -> Result<Option<Value>, Raised> {
        match self.find_attribute(value, Symbol::of(name)) {
            Err(raised) if raised.is(types().attribute_error) => Ok(None),
            outcome => outcome,
        }
    }

    /// A copy of a dict without some keys.
    pub(super) fn without_keys(&mut self, mapping: &Value, keys: &Value) -> Outcome {
        let Value::Dict(dict) = mapping.plain() else { return Ok(Value::None) };
        let copy = Dict::of_table(dict.lock().copy());
        for key in self.collect(keys)? {
            copy.remove(self, &key)?;
        }
        Ok(Value::Dict(Arc::new(copy)))
    }
}

fn too_many(class: &str, most: usize, given: usize) -> Raised {
    let s = if most == 1 { "" } else { "s" };
    type_error(format!("{class}() accepts {most} positional sub-pattern{s} ({given} given)"))
}
