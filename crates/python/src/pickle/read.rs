//! From bytes to a value.

use super::{EXCEPTION, HELD, NOTHING, STATE, TAGS, Tag, find, pickle_error};
use crate::guarded::Guarded;
use crate::modules::import;
use crate::object::bytes::Bytes;
use crate::object::class::{Class, class_of};
use crate::object::dict::{Dict, Table, insert};
use crate::object::exception::Exception;
use crate::object::function::Args;
use crate::object::instance::{Inner, Instance};
use crate::object::list::List;
use crate::object::set::Set;
use crate::object::slice::Range;
use crate::raised::{Outcome, Raised, attribute_error, recursion_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use num_bigint::BigInt;
use std::sync::Arc;

/// The value that was pickled.
pub fn loads(vm: &mut Vm, bytes: &[u8]) -> Outcome {
    let mut reader = Reader { bytes, objects: Vec::new(), depth: 0 };
    reader.value(vm)
}

struct Reader<'a> {
    /// What is left.
    bytes: &'a [u8],
    /// Objects that came, by their number.
    objects: Vec<Value>,
    depth: usize,
}

/// Levels of a value within each other for one of calls.
const LEVELS: usize = 4;

impl<'a> Reader<'a> {
    fn cut(vm: &mut Vm) -> Raised {
        pickle_error(vm, "UnpicklingError", "pickle data was truncated".to_owned())
    }

    fn byte(&mut self, vm: &mut Vm) -> Result<u8, Raised> {
        self.some(vm, 1).map(|bytes| bytes[0])
    }

    fn some(&mut self, vm: &mut Vm, count: usize) -> Result<&'a [u8], Raised> {
        let Some((some, rest)) = self.bytes.split_at_checked(count) else { return Err(Reader::cut(vm)) };
        self.bytes = rest;
        Ok(some)
    }

    fn number(&mut self, vm: &mut Vm) -> Result<u64, Raised> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte(vm)?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(Reader::cut(vm))
    }

    fn run(&mut self, vm: &mut Vm) -> Result<&'a [u8], Raised> {
        let count = self.number(vm)?;
        self.some(vm, usize::try_from(count).unwrap_or(usize::MAX))
    }

    fn text(&mut self, vm: &mut Vm) -> Result<&'a str, Raised> {
        let bytes = self.run(vm)?;
        std::str::from_utf8(bytes).map_err(|_| Reader::cut(vm))
    }

    fn int(&mut self, vm: &mut Vm) -> Result<i64, Raised> {
        let number = self.number(vm)?;
        Ok((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    fn values(&mut self, vm: &mut Vm) -> Result<Vec<Value>, Raised> {
        let count = self.number(vm)?;
        (0..count).map(|_| self.value(vm)).collect()
    }

    fn value(&mut self, vm: &mut Vm) -> Outcome {
        if vm.is_deep(self.depth / LEVELS) {
            return Err(recursion_error("maximum recursion depth exceeded"));
        }
        self.depth += 1;
        let value = self.next(vm);
        self.depth -= 1;
        value
    }

    fn next(&mut self, vm: &mut Vm) -> Outcome {
        let tag = self.byte(vm)?;
        let Some(tag) = TAGS.get(tag as usize) else { return Err(Reader::cut(vm)) };
        Ok(match tag {
            Tag::None => Value::None,
            Tag::True => Value::Bool(true),
            Tag::False => Value::Bool(false),
            Tag::NotImplemented => Value::NotImplemented,
            Tag::Ellipsis => Value::Ellipsis,
            Tag::Int => Value::Int(self.int(vm)?),
            Tag::Big => Value::big(BigInt::from_signed_bytes_le(self.run(vm)?)),
            Tag::Float => {
                let mut bytes = [0; 8];
                bytes.copy_from_slice(self.some(vm, 8)?);
                Value::Float(f64::from_le_bytes(bytes))
            }
            Tag::Str => Value::from(self.text(vm)?),
            Tag::Bytes => Value::Bytes(Arc::new(Bytes(self.run(vm)?.to_vec()))),
            Tag::Tuple => {
                let items = self.values(vm)?;
                self.noted(Value::tuple(items))
            }
            Tag::List => {
                let list = Arc::new(List::new(Vec::new()));
                self.objects.push(Value::List(list.clone()));
                for _ in 0..self.number(vm)? {
                    let item = self.value(vm)?;
                    list.lock().push(item);
                }
                Value::List(list)
            }
            Tag::Dict => {
                let dict = Arc::new(Dict::default());
                self.objects.push(Value::Dict(dict.clone()));
                for _ in 0..self.number(vm)? {
                    let (key, value) = (self.value(vm)?, self.value(vm)?);
                    dict.set(vm, &key, value)?;
                }
                Value::Dict(dict)
            }
            Tag::Set | Tag::FrozenSet => {
                let table = Guarded::new(Table::default());
                for item in self.values(vm)? {
                    insert(vm, &table, &item, Value::None)?;
                }
                let table = std::mem::take(&mut *table.lock());
                self.noted(Value::Set(Arc::new(Set::new(table, *tag == Tag::FrozenSet))))
            }
            Tag::Range => {
                let mut parts = [0; 3];
                for part in &mut parts {
                    *part = self.value(vm)?.as_int().unwrap_or(1);
                }
                let [start, stop, step] = parts;
                Value::Range(Arc::new(Range { start, stop, step }))
            }
            Tag::Named => self.named(vm)?,
            Tag::Method => {
                let receiver = self.value(vm)?;
                let name = self.text(vm)?;
                vm.get_attribute(&receiver, Symbol::of(name))?
            }
            Tag::Object => self.object(vm)?,
            Tag::Made => {
                let (function, args, state) = (self.value(vm)?, self.value(vm)?, self.value(vm)?);
                let args = vm.collect(&args)?;
                let made = vm.call_args(&function, Args::of(args))?;
                if !state.is_none() {
                    set_state(vm, &made, &state)?;
                }
                self.noted(made)
            }
            Tag::Same => {
                let number = self.number(vm)? as usize;
                self.objects.get(number).cloned().ok_or_else(|| Reader::cut(vm))?
            }
        })
    }

    fn noted(&mut self, value: Value) -> Value {
        if value.address().is_some() {
            self.objects.push(value.clone());
        }
        value
    }

    fn named(&mut self, vm: &mut Vm) -> Outcome {
        let (module, name) = (self.text(vm)?, self.text(vm)?);
        let module = import(vm, module)?;
        if let Some(found) = find(vm, module, name) {
            return Ok(found);
        }
        let file = module.get(symbol::FILE);
        let place = file.as_ref().and_then(Value::as_str).map_or("(built-in)".into(), |file| format!("from '{file}'"));
        Err(attribute_error(format!("Can't get attribute '{name}' on <module '{}' {place}>", module.name)))
    }

    fn object(&mut self, vm: &mut Vm) -> Outcome {
        let Value::Class(class) = self.value(vm)? else { return Err(Reader::cut(vm)) };
        let inner = match self.byte(vm)? {
            NOTHING => Inner::Nothing,
            HELD => Inner::Held(self.value(vm)?),
            EXCEPTION => {
                let args = self.value(vm)?;
                let args = vm.collect(&args)?;
                Inner::Exception(Box::new(Guarded::new(Exception { args, ..Exception::default() })))
            }
            _ => return Err(Reader::cut(vm)),
        };
        let object = Arc::new(Instance::new(class, inner));
        let value = Value::Instance(object.clone());
        self.objects.push(value.clone());
        if self.byte(vm)? == STATE {
            let state = self.value(vm)?;
            set_state(vm, &value, &state)?;
            return Ok(value);
        }
        for _ in 0..self.number(vm)? {
            let name = self.text(vm)?;
            let field = self.value(vm)?;
            set_field(class, &object, name, field);
        }
        Ok(value)
    }
}

fn set_field(class: &'static Class, object: &Instance, name: &str, value: Value) {
    let name = Symbol::of(name);
    class.shadow(name);
    object.set_field(name, value);
}

/// Gives an object the state that another one had.
fn set_state(vm: &mut Vm, value: &Value, state: &Value) -> Result<(), Raised> {
    let class = class_of(value);
    if let Some(method) = class.custom(Symbol::of("__setstate__")) {
        let bound = vm.bind(&method, value, class)?;
        vm.call(&bound, [state.clone()])?;
    } else if let (Value::Instance(object), Value::Dict(dict)) = (value, state) {
        for entry in dict.entries() {
            set_field(class, object, entry.key.as_str().unwrap_or(""), entry.value);
        }
    }
    Ok(())
}
