//! Text of values: `str`, `repr`, `format` and `%`.

use super::Vm;
use crate::builtins::types::types;
use crate::compile::instr::Conversion;
use crate::object::class::{Class, class_of};
use crate::object::function::Binds;
use crate::object::text::Str;
use crate::raised::{Raised, type_error};
use crate::symbol;
use crate::text::format_spec::Spec;
use crate::text::percent::{self, Amount, Piece, Takes};
use crate::text::{self, Fault};
use crate::value::Value;
use num_traits::ToPrimitive;

impl From<Fault> for Raised {
    fn from(fault: Fault) -> Raised {
        match fault {
            Fault::Value(message) => crate::raised::value_error(message),
            Fault::Type(message) => type_error(message),
            Fault::Overflow(message) => crate::raised::overflow_error(message),
            Fault::Memory => Raised::with(types().memory_error, Vec::new()),
        }
    }
}

/// An address as `repr` shows it.
pub fn address(value: &Value) -> String {
    format!("0x{:012x}", value.address().unwrap_or(0))
}

impl Vm {
    /// `str(value)`
    pub fn str(&mut self, value: &Value) -> Result<Str, Raised> {
        match value {
            Value::Str(text) => Ok(text.clone()),
            Value::Instance(instance) => {
                let class = instance.class;
                if let Some(text) = self.call_custom(value, symbol::STR, [])? {
                    return string("__str__", text);
                }
                if class.custom(symbol::REPR).is_some() && instance.exception().is_none() {
                    return self.repr(value);
                }
                if instance.exception().is_some() {
                    return crate::builtins::exceptions::message(self, instance).map(Str::from);
                }
                if let Some(Value::Str(text)) = instance.held() {
                    return Ok(text.clone());
                }
                if let Some(method) = class.lookup(symbol::STR) {
                    let bound = self.bind(&method, value, class)?;
                    let text = self.call(&bound, [])?;
                    return string("__str__", text);
                }
                self.repr(value)
            }
            _ => self.repr(value),
        }
    }

    /// `repr(value)`
    pub fn repr(&mut self, value: &Value) -> Result<Str, Raised> {
        let simple = match value {
            Value::None | Value::Unbound => Some("None".to_owned()),
            Value::NotImplemented => Some("NotImplemented".to_owned()),
            Value::Ellipsis => Some("Ellipsis".to_owned()),
            Value::Bool(value) => Some(if *value { "True" } else { "False" }.to_owned()),
            Value::Int(value) => Some(value.to_string()),
            Value::Big(value) => Some(text::int_to_text(value)?),
            Value::Float(value) => Some(text::float_repr(*value)),
            Value::Str(value) => Some(text::str_repr(value.as_str())),
            Value::Bytes(bytes) => Some(text::bytes_repr(&bytes.0)),
            Value::Range(range) if range.step == 1 => Some(format!("range({}, {})", range.start, range.stop)),
            Value::Range(range) => Some(format!("range({}, {}, {})", range.start, range.stop, range.step)),
            Value::Function(_) | Value::Closure(_) => {
                let name = self.get_attribute(value, symbol::QUALNAME)?;
                Some(format!("<function {} at {}>", name.as_str().unwrap_or(""), address(value)))
            }
            Value::Native(native) if native.binds == Binds::No => Some(format!("<built-in function {}>", native.name)),
            Value::Native(native) => Some(format!("<method '{}'>", native.name)),
            Value::Class(class) => Some(format!("<class '{}'>", class.full_name())),
            Value::Module(module) => Some(format!("<module '{}' (built-in)>", module.name)),
            Value::Generator(generator) => {
                let kind = class_of(value).name();
                Some(format!("<{kind} object {} at {}>", generator.callee.code().qualname, address(value)))
            }
            Value::Iter(_) | Value::Cell(_) | Value::Super(_) => {
                Some(format!("<{} object at {}>", class_of(value).name(), address(value)))
            }
            _ => None,
        };
        if let Some(text) = simple {
            return Ok(Str::from(text));
        }
        let id = value.address().unwrap_or(0);
        if self.showing.contains(&id) {
            return Ok(Str::from(match value.plain() {
                Value::List(_) => "[...]",
                Value::Dict(_) => "{...}",
                Value::Tuple(_) => "(...)",
                Value::Set(_) => "{...}",
                _ => "...",
            }));
        }
        if self.is_deep(self.showing.len()) {
            return Err(crate::raised::recursion_error(
                "maximum recursion depth exceeded while getting the repr of an object",
            ));
        }
        let in_python = matches!(value, Value::Instance(instance) if instance.class.custom(symbol::REPR).is_some());
        if !in_python {
            self.showing.push(id);
        }
        let text = self.repr_of_container(value);
        if !in_python {
            self.showing.pop();
        }
        text
    }

    fn repr_of_container(&mut self, value: &Value) -> Result<Str, Raised> {
        let text = match value {
            Value::List(list) => self.joined(&list.items(), "[", "]")?,
            Value::Tuple(tuple) if tuple.len() == 1 => self.joined(tuple, "(", ",)")?,
            Value::Tuple(tuple) => self.joined(tuple, "(", ")")?,
            Value::Dict(dict) => self.repr_of_dict(&dict.entries())?,
            Value::Set(set) => {
                let items = self.collect(value)?;
                match (set.frozen, items.is_empty()) {
                    (true, true) => "frozenset()".to_owned(),
                    (false, true) => "set()".to_owned(),
                    (true, false) => self.joined(&items, "frozenset({", "})")?,
                    (false, false) => self.joined(&items, "{", "}")?,
                }
            }
            Value::View(view) => {
                let items = self.collect(value)?;
                let name = match view.part {
                    crate::object::dict::Part::Keys => "dict_keys([",
                    crate::object::dict::Part::Values => "dict_values([",
                    crate::object::dict::Part::Items => "dict_items([",
                };
                self.joined(&items, name, "])")?
            }
            Value::Slice(slice) => {
                let parts = [slice.start.clone(), slice.stop.clone(), slice.step.clone()];
                self.joined(&parts, "slice(", ")")?
            }
            Value::Method(method) => {
                let receiver = self.repr(&method.receiver)?;
                match &method.function {
                    Value::Native(native) => {
                        let class = class_of(&method.receiver).name();
                        format!("<built-in method {} of {class} object at {}>", native.name, address(&method.receiver))
                    }
                    function => {
                        let name = self.get_attribute(function, symbol::QUALNAME)?;
                        format!("<bound method {} of {}>", name.as_str().unwrap_or(""), receiver.as_str())
                    }
                }
            }
            Value::Instance(instance) => {
                if let Some(text) = self.call_custom(value, symbol::REPR, [])? {
                    return string("__repr__", text);
                }
                if instance.exception().is_some() {
                    return crate::builtins::exceptions::repr(self, instance).map(Str::from);
                }
                if let Some(held) = instance.held() {
                    let text = self.repr(&held.clone())?;
                    return Ok(match held {
                        Value::Set(_) => Str::from(format!("{}({})", instance.class.name(), text.as_str())),
                        _ => text,
                    });
                }
                if let Some(method) = instance.class.lookup(symbol::REPR) {
                    let bound = self.bind(&method, value, instance.class)?;
                    let text = self.call(&bound, [])?;
                    return string("__repr__", text);
                }
                self.default_repr(value, instance.class)
            }
            _ => self.default_repr(value, class_of(value)),
        };
        Ok(Str::from(text))
    }

    /// What `object.__repr__` gives.
    pub fn default_repr(&self, value: &Value, class: &Class) -> String {
        let module = class.lookup(symbol::MODULE);
        let module = module.as_ref().and_then(Value::as_str).unwrap_or(class.module);
        match module {
            "builtins" => format!("<{} object at {}>", class.qualname, address(value)),
            module => format!("<{module}.{} object at {}>", class.qualname, address(value)),
        }
    }

    /// Items with commas between them.
    pub fn joined(&mut self, items: &[Value], open: &str, close: &str) -> Result<String, Raised> {
        let mut text = open.to_owned();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            let item = self.repr(item)?;
            text.push_str(item.as_str());
            if text.len() > text::LONGEST {
                return Err(Fault::Memory.into());
            }
        }
        text.push_str(close);
        Ok(text)
    }

    fn repr_of_dict(&mut self, entries: &[crate::object::dict::Entry]) -> Result<String, Raised> {
        let mut text = "{".to_owned();
        for (at, entry) in entries.iter().enumerate() {
            if at > 0 {
                text.push_str(", ");
            }
            text.push_str(self.repr(&entry.key)?.as_str());
            text.push_str(": ");
            text.push_str(self.repr(&entry.value)?.as_str());
        }
        text.push('}');
        Ok(text)
    }

    /// `ascii(value)`
    pub fn ascii(&mut self, value: &Value) -> Result<Str, Raised> {
        if let Value::Str(text) = value {
            return Ok(Str::from(text::ascii_repr(text.as_str())));
        }
        let text = self.repr(value)?;
        let mut escaped = String::new();
        for c in text.as_str().chars() {
            match c as u32 {
                0..0x80 => escaped.push(c),
                code @ 0x80..0x100 => escaped.push_str(&format!("\\x{code:02x}")),
                code @ 0x100..0x10000 => escaped.push_str(&format!("\\u{code:04x}")),
                code => escaped.push_str(&format!("\\U{code:08x}")),
            }
        }
        Ok(Str::from(escaped))
    }

    /// The value at `a` in an f-string, with the format at `b`.
    pub(super) fn format_part(&mut self, a: usize, b: usize, how: Conversion) -> Result<Str, Raised> {
        if let (Value::Str(text), Value::None, Conversion::Plain | Conversion::Str) =
            (&self.stack[a], &self.stack[b], how)
        {
            return Ok(text.clone());
        }
        let (value, spec) = (self.stack[a].clone(), self.stack[b].clone());
        let spec = spec.as_str().unwrap_or("");
        let converted = match how {
            Conversion::Plain => return self.format(&value, spec),
            Conversion::Str => self.str(&value)?,
            Conversion::Repr => self.repr(&value)?,
            Conversion::Ascii => self.ascii(&value)?,
        };
        if spec.is_empty() { Ok(converted) } else { self.format(&Value::Str(converted), spec) }
    }

    /// `format(value, spec)`
    pub fn format(&mut self, value: &Value, spec: &str) -> Result<Str, Raised> {
        if let Some(text) = self.call_custom(value, symbol::FORMAT, [Value::from(spec)])? {
            return string("__format__", text);
        }
        if spec.is_empty() {
            return self.str(value);
        }
        let class = class_of(value);
        let text = match value.plain() {
            Value::Str(text) => Spec::parse(spec, "str")?.str(text.as_str())?,
            Value::Float(value) => Spec::parse(spec, "float")?.float(*value)?,
            plain @ (Value::Int(_) | Value::Big(_) | Value::Bool(_)) => {
                let name = if matches!(plain, Value::Bool(_)) { "bool" } else { "int" };
                Spec::parse(spec, name)?.int(&plain.as_big().unwrap_or_default())?
            }
            _ => return Err(type_error(format!("unsupported format string passed to {}.__format__", class.name()))),
        };
        Ok(Str::from(text))
    }

    /// `format % values`
    pub(super) fn percent(&mut self, format: &str, values: &Value) -> Result<Str, Raised> {
        let mut text = String::new();
        let tuple = match values.plain() {
            Value::Tuple(tuple) => Some(tuple.clone()),
            _ => None,
        };
        let mut next = 0;
        let mut used_mapping = false;
        let mut take = |vm: &mut Vm| -> Result<Value, Raised> {
            let _ = vm;
            let value = match &tuple {
                Some(tuple) => tuple.get(next).cloned(),
                None if next == 0 => Some(values.clone()),
                None => None,
            };
            next += 1;
            value.ok_or_else(|| type_error("not enough arguments for format string"))
        };
        for piece in percent::pieces(format) {
            let mut directive = match piece? {
                Piece::Text(part) => {
                    text.push_str(part);
                    continue;
                }
                Piece::Directive(directive) => directive,
            };
            let mapped = match directive.key {
                Some(key) => {
                    if tuple.is_some() || !matches!(values.plain(), Value::Dict(_) | Value::Instance(_)) {
                        return Err(type_error("format requires a mapping"));
                    }
                    used_mapping = true;
                    Some(self.get_item(values, &Value::from(key))?)
                }
                None => None,
            };
            if directive.width == Amount::Argument {
                let width = take(self)?.as_int().ok_or_else(|| type_error("* wants int"))?;
                directive.set_width(width);
            }
            if directive.precision == Some(Amount::Argument) {
                let precision = take(self)?.as_int().ok_or_else(|| type_error("* wants int"))?;
                directive.set_precision(precision);
            }
            let value = match mapped {
                Some(value) => value,
                None => take(self)?,
            };
            text.push_str(&self.percent_one(&directive, &value)?);
        }
        let given = tuple.as_ref().map_or(1, |tuple| tuple.len());
        let is_mapping =
            tuple.is_none() && matches!(values.plain(), Value::Dict(_) | Value::Instance(_) | Value::List(_));
        if next < given && !used_mapping && !(is_mapping && next == 0) {
            return Err(type_error("not all arguments converted during string formatting"));
        }
        Ok(Str::from(text))
    }

    fn percent_one(&mut self, directive: &percent::Directive<'_>, value: &Value) -> Result<String, Raised> {
        let wrong = |value: &Value| Raised::from(directive.wrong_type(class_of(value).name()));
        Ok(match directive.takes() {
            Takes::Str => {
                let text = self.str(value)?;
                directive.text(text.as_str())?
            }
            Takes::Repr => {
                let text = self.repr(value)?;
                directive.text(text.as_str())?
            }
            Takes::Ascii => {
                let text = self.ascii(value)?;
                directive.text(text.as_str())?
            }
            Takes::Int => match value.plain() {
                Value::Float(float) => {
                    let whole = crate::builtins::numbers::whole(*float)?;
                    directive.int(&whole)?
                }
                plain => match plain.as_big() {
                    Some(whole) => directive.int(&whole)?,
                    None => return Err(wrong(value)),
                },
            },
            Takes::Index => match value.plain().as_big() {
                Some(whole) => directive.int(&whole)?,
                None => return Err(wrong(value)),
            },
            Takes::Float => match value.plain() {
                Value::Big(big) => directive.float(text::int_to_float(big)?)?,
                plain => match plain.as_float() {
                    Some(float) => directive.float(float)?,
                    None => return Err(type_error(format!("must be real number, not {}", class_of(value).name()))),
                },
            },
            Takes::Character => match value.plain() {
                Value::Str(text) if text.chars() == 1 => directive.character(text.char_at(0).unwrap_or(' '))?,
                plain => match plain.as_big() {
                    Some(code) => directive.character_of(&code)?,
                    None => return Err(wrong(value)),
                },
            },
            Takes::Nothing => return Err(directive.unsupported().into()),
        })
    }

    /// A count, of an argument that may be any integer.
    pub fn count_of(&mut self, value: &Value) -> Result<usize, Raised> {
        let index = self.index(value)?;
        Ok(index.to_usize().unwrap_or(0))
    }
}

fn string(method: &str, text: Value) -> Result<Str, Raised> {
    match text.plain() {
        Value::Str(text) => Ok(text.clone()),
        _ => Err(type_error(format!("{method} returned non-string (type {})", class_of(&text).name()))),
    }
}
