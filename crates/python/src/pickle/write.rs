//! From a value to bytes.

use super::{ATTRIBUTES, EXCEPTION, HELD, NOTHING, STATE, Tag, find, pickle_error};
use crate::modules::import;
use crate::object::class::{Class, class_of};
use crate::object::instance::{Inner, Instance};
use crate::raised::{Raised, attribute_error, recursion_error, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use std::collections::BTreeMap;

/// Pickles a value.
pub fn dumps(vm: &mut Vm, value: &Value) -> Result<Vec<u8>, Raised> {
    let mut writer = Writer { out: Vec::new(), numbers: BTreeMap::new(), kept: Vec::new(), depth: 0 };
    writer.value(vm, value)?;
    Ok(writer.out)
}

/// Levels of a value within each other for one of calls.
const LEVELS: usize = 4;

struct Writer {
    out: Vec<u8>,
    /// The numbers of objects, by where they are.
    numbers: BTreeMap<usize, u64>,
    /// Those objects: while they are kept, no other one is there.
    kept: Vec<Value>,
    depth: usize,
}

impl Writer {
    fn tag(&mut self, tag: Tag) {
        self.out.push(tag as u8);
    }

    /// A number, its low bits first, seven in a byte (LEB128).
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.out.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.out.push(number as u8);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    fn values(&mut self, vm: &mut Vm, values: &[Value]) -> Result<(), Raised> {
        self.number(values.len() as u64);
        values.iter().try_for_each(|value| self.value(vm, value))
    }

    fn note(&mut self, value: &Value) {
        if let Some(address) = value.address() {
            self.numbers.insert(address, self.kept.len() as u64);
            self.kept.push(value.clone());
        }
    }

    fn value(&mut self, vm: &mut Vm, value: &Value) -> Result<(), Raised> {
        if let Some(&number) = value.address().and_then(|address| self.numbers.get(&address)) {
            self.tag(Tag::Same);
            self.number(number);
            return Ok(());
        }
        if vm.is_deep(self.depth / LEVELS) {
            return Err(recursion_error("maximum recursion depth exceeded while pickling an object"));
        }
        self.depth += 1;
        let done = self.fresh(vm, value);
        self.depth -= 1;
        done
    }

    fn fresh(&mut self, vm: &mut Vm, value: &Value) -> Result<(), Raised> {
        match value {
            Value::None => self.tag(Tag::None),
            Value::Bool(true) => self.tag(Tag::True),
            Value::Bool(false) => self.tag(Tag::False),
            Value::NotImplemented => self.tag(Tag::NotImplemented),
            Value::Ellipsis => self.tag(Tag::Ellipsis),
            Value::Int(number) => {
                self.tag(Tag::Int);
                // Small ones of either sign are short.
                self.number((number << 1 ^ number >> 63) as u64);
            }
            Value::Big(number) => {
                self.tag(Tag::Big);
                self.bytes(&number.to_signed_bytes_le());
            }
            Value::Float(number) => {
                self.tag(Tag::Float);
                self.out.extend_from_slice(&number.to_le_bytes());
            }
            Value::Str(text) => {
                self.tag(Tag::Str);
                self.bytes(text.as_str().as_bytes());
            }
            Value::Bytes(bytes) => {
                self.tag(Tag::Bytes);
                self.bytes(&bytes.0);
            }
            Value::Tuple(items) => {
                self.tag(Tag::Tuple);
                self.values(vm, items)?;
                self.note(value);
            }
            Value::List(list) => {
                self.tag(Tag::List);
                self.note(value);
                self.values(vm, &list.items())?;
            }
            Value::Dict(dict) => {
                self.tag(Tag::Dict);
                self.note(value);
                let entries = dict.entries();
                self.number(entries.len() as u64);
                for entry in entries {
                    self.value(vm, &entry.key)?;
                    self.value(vm, &entry.value)?;
                }
            }
            Value::Set(set) => {
                self.tag(if set.frozen { Tag::FrozenSet } else { Tag::Set });
                let items: Vec<Value> = set.lock().iter().map(|entry| entry.key.clone()).collect();
                self.values(vm, &items)?;
                self.note(value);
            }
            Value::Range(range) => {
                self.tag(Tag::Range);
                for part in [range.start, range.stop, range.step] {
                    self.value(vm, &Value::Int(part))?;
                }
            }
            Value::Function(_) | Value::Closure(_) | Value::Native(_) => self.function(vm, value)?,
            Value::Class(class) => self.class(vm, class)?,
            Value::Method(method) => {
                self.tag(Tag::Method);
                self.value(vm, &method.receiver)?;
                let name = match &method.function {
                    Value::Native(native) => native.name,
                    function => function.as_function().map_or("", |function| function.code.name),
                };
                self.bytes(name.as_bytes());
            }
            Value::Instance(object) => self.object(vm, value, object)?,
            _ => return Err(refused(class_of(value))),
        }
        Ok(())
    }

    fn named(&mut self, module: &str, name: &str) {
        self.tag(Tag::Named);
        self.bytes(module.as_bytes());
        self.bytes(name.as_bytes());
    }

    fn function(&mut self, vm: &mut Vm, value: &Value) -> Result<(), Raised> {
        if let Value::Native(native) = value {
            let modules = vm.interpreter.modules.lock().clone();
            let place = modules
                .iter()
                .find(|(_, module)| module.get(Symbol::of(native.name)).is_some_and(|found| found.is(value)));
            self.named(place.map_or("builtins", |(name, _)| name), native.name);
            return Ok(());
        }
        let Some(function) = value.as_function() else { return Ok(()) };
        self.by_name(vm, value, function.code.module.name, function.code.qualname)
    }

    fn class(&mut self, vm: &mut Vm, class: &'static Class) -> Result<(), Raised> {
        let module = class.own(symbol::MODULE);
        let module = module.as_ref().and_then(Value::as_str).unwrap_or(class.module);
        self.by_name(vm, &Value::Class(class), module, class.qualname)
    }

    /// What is found by its name.
    fn by_name(&mut self, vm: &mut Vm, value: &Value, module: &str, name: &str) -> Result<(), Raised> {
        if name.contains("<locals>") {
            return Err(attribute_error(format!("Can't pickle local object '{name}'")));
        }
        let found = import(vm, module).ok().and_then(|module| find(vm, module, name));
        if found.as_ref().is_some_and(|found| found.is(value)) {
            self.named(module, name);
            return Ok(());
        }
        let why = match found {
            Some(_) => format!("it's not the same object as {module}.{name}"),
            None => format!("attribute lookup {name} on {module} failed"),
        };
        let message = format!("Can't pickle {}: {why}", vm.repr(value)?.as_str());
        Err(pickle_error(vm, "PicklingError", message))
    }

    fn object(&mut self, vm: &mut Vm, value: &Value, object: &Instance) -> Result<(), Raised> {
        let class = object.class;
        if let Some(reduce) = class.custom(Symbol::of("__reduce__")) {
            let bound = vm.bind(&reduce, value, class)?;
            let made = vm.call(&bound, [])?;
            let parts = vm.collect(&made)?;
            let [function, args, state @ ..] = &parts[..] else {
                let message = "__reduce__ must return a tuple of 2 or more".to_owned();
                return Err(pickle_error(vm, "PicklingError", message));
            };
            self.tag(Tag::Made);
            for part in [function, args, state.first().unwrap_or(&Value::None)] {
                self.value(vm, part)?;
            }
            self.note(value);
            return Ok(());
        }
        let (kind, held) = match &object.inner {
            Inner::Nothing => (NOTHING, None),
            Inner::Held(held) => (HELD, Some(held.clone())),
            Inner::Exception(exception) => (EXCEPTION, Some(Value::tuple(exception.lock().args.clone()))),
            Inner::Native(_) => return Err(refused(class)),
        };
        self.tag(Tag::Object);
        self.class(vm, class)?;
        self.out.push(kind);
        held.iter().try_for_each(|held| self.value(vm, held))?;
        self.note(value);
        if let Some(method) = class.custom(Symbol::of("__getstate__")) {
            let bound = vm.bind(&method, value, class)?;
            let state = vm.call(&bound, [])?;
            self.out.push(STATE);
            return self.value(vm, &state);
        }
        self.out.push(ATTRIBUTES);
        let pairs = object.fields.lock().pairs();
        self.number(pairs.len() as u64);
        for (name, field) in pairs {
            self.bytes(name.text().as_bytes());
            self.value(vm, &field)?;
        }
        Ok(())
    }
}

fn refused(class: &Class) -> Raised {
    type_error(format!("cannot pickle '{}' object", class.full_name()))
}
