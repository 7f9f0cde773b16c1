//! Calls.

use super::frame::{Callee, Then};
use super::{Remembered, Vm, What};
use crate::builtins::types::types;
use crate::compile::code::{Code, Kind, Site};
use crate::guarded::Guarded;
use crate::object::class::class_of;
use crate::object::function::{Args, Binds, Function};
use crate::object::generator::{Generator, State};
use crate::raised::{Outcome, Raised, is_not, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use smallvec::SmallVec;
use std::sync::Arc;

impl Vm {
    /// Calls a value from one of our functions.
    pub fn call(&mut self, callee: &Value, args: impl IntoIterator<Item = Value>) -> Outcome {
        self.call_args(callee, Args::of(args))
    }

    /// Calls a value from one of our functions, maybe with keyword arguments.
    pub fn call_args(&mut self, callee: &Value, mut args: Args) -> Outcome {
        match callee {
            Value::Native(native) => return (native.call)(self, &mut args),
            Value::Method(method) => {
                args.insert(method.receiver.clone());
                return self.call_args(&method.function.clone(), args);
            }
            _ => {}
        }
        let at = self.top();
        let count = args.values.len();
        if self.stack.len() < at + count + 2 {
            self.stack.resize(at + count + 64, Value::Unbound);
        }
        self.stack[at] = callee.clone();
        for (value, place) in args.values.drain(..).zip(at + 1..) {
            self.stack[place] = value;
        }
        let depth = self.frames.len();
        match self.invoke(at, count, &args.names, Then::Exit)? {
            Some(value) => Ok(value),
            None if self.frames.len() > depth => self.run(),
            None => Ok(Value::None),
        }
    }

    /// Calls the method of an object from one of our functions.
    pub fn call_method(&mut self, object: &Value, name: Symbol, args: impl IntoIterator<Item = Value>) -> Outcome {
        let method = self.get_attribute(object, name)?;
        self.call(&method, args)
    }

    /// Calls a special method, which is looked up in the class; none if it has none.
    pub fn call_special(
        &mut self,
        object: &Value,
        name: Symbol,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<Option<Value>, Raised> {
        let class = class_of(object);
        let Some(method) = class.lookup(name) else { return Ok(None) };
        if let Value::Function(_) | Value::Closure(_) | Value::Native(_) = method {
            return self.call(&method, [object.clone()].into_iter().chain(args)).map(Some);
        }
        let bound = self.bind(&method, object, class)?;
        self.call(&bound, args).map(Some)
    }

    /// The same, only for a method defined in Python.
    pub fn call_custom(
        &mut self,
        object: &Value,
        name: Symbol,
        args: impl IntoIterator<Item = Value>,
    ) -> Result<Option<Value>, Raised> {
        let class = class_of(object);
        if !class.in_python {
            return Ok(None);
        }
        let Some(method) = class.custom(name) else { return Ok(None) };
        if method.is_none() {
            return Ok(None);
        }
        let bound = self.bind(&method, object, class)?;
        self.call(&bound, args).map(Some)
    }

    /// Takes arguments from registers in a row.
    pub(super) fn take_args(&mut self, at: usize, count: usize, names: &[Symbol]) -> Args {
        let values = self.stack[at..at + count].iter_mut().map(std::mem::take).collect();
        Args { values, names: SmallVec::from_slice(names) }
    }

    /// Calls the value at `at` with the `count` arguments after it, the last of them named: the result, or none if a call was begun.
    pub(super) fn invoke(
        &mut self,
        at: usize,
        count: usize,
        names: &[Symbol],
        then: Then,
    ) -> Result<Option<Value>, Raised> {
        match &self.stack[at] {
            Value::Native(native) => {
                let native = *native;
                let mut args = self.take_args(at + 1, count, names);
                (native.call)(self, &mut args).map(Some)
            }
            Value::Function(function) => {
                let callee = Callee::Function(function);
                self.enter_function(callee, at + 1, count, names, then)
            }
            Value::Closure(_) => {
                let Value::Closure(function) = std::mem::take(&mut self.stack[at]) else { return Ok(None) };
                self.enter_function(Callee::Closure(function), at + 1, count, names, then)
            }
            Value::Class(class) => {
                let class = *class;
                self.construct(class, at, count, names, then)
            }
            Value::Method(method) => {
                let method = method.clone();
                self.stack[at] = method.receiver.clone();
                self.invoke_with(&method.function, at, count + 1, names, then)
            }
            Value::Instance(instance) => {
                let class = instance.class;
                let Some(method) = class.lookup(symbol::CALL) else { return Err(is_not(&self.stack[at], "callable")) };
                self.invoke_with(&method, at, count + 1, names, then)
            }
            other => Err(is_not(other, "callable")),
        }
    }

    /// Calls a value with `count` arguments from `at` on.
    fn invoke_with(
        &mut self,
        callee: &Value,
        at: usize,
        count: usize,
        names: &[Symbol],
        then: Then,
    ) -> Result<Option<Value>, Raised> {
        if let Some(callee) = Callee::of(callee) {
            return self.enter_function(callee, at, count, names, then);
        }
        let args = self.take_args(at, count, names);
        self.call_args(callee, args).map(Some)
    }

    /// Calls a method of the object at `at` with the `count` arguments after it.
    pub(super) fn invoke_method(
        &mut self,
        at: usize,
        count: usize,
        site: Site,
        then: Then,
    ) -> Result<Option<Value>, Raised> {
        let class = class_of(&self.stack[at]);
        let simple = match &self.stack[at] {
            Value::Instance(instance) => {
                instance.fields.lock().get(site.name).is_none() && class.custom(symbol::GETATTRIBUTE).is_none()
            }
            Value::Class(_) | Value::Module(_) | Value::Super(_) | Value::Function(_) | Value::Closure(_) => false,
            _ => true,
        };
        if simple && let Some(found) = class.lookup(site.name) {
            let what = match &found {
                Value::Function(function) => What::Method(function),
                Value::Native(native) if native.name == "append" && class.is(types().list) => What::Append,
                Value::Native(native) if native.binds == Binds::Object => What::Native(native),
                _ => What::Nothing,
            };
            // Objects with an attribute of their own of that name are rare: their class is marked by another stamp.
            if !matches!(what, What::Nothing) && !class.is_shadowed(site.name) {
                self.remember(site, Remembered { stamp: class.stamp(), what });
            }
            match &found {
                Value::Function(_) | Value::Closure(_) => return self.invoke_with(&found, at, count + 1, &[], then),
                Value::Native(native) if native.binds == Binds::Object => {
                    let mut args = self.take_args(at, count + 1, &[]);
                    return (native.call)(self, &mut args).map(Some);
                }
                _ => {}
            }
        }
        if let Value::Super(of) = &self.stack[at] {
            let of = of.clone();
            if let Some(found) = of.class.lookup_after(of.after, site.name)
                && (found.as_function().is_some()
                    || matches!(&found, Value::Native(native) if native.binds == Binds::Object))
                && !matches!(of.object, Value::Class(_))
            {
                self.stack[at] = of.object.clone();
                return self.invoke_with(&found, at, count + 1, &[], then);
            }
        }
        let object = self.stack[at].clone();
        let callee = self.get_attribute(&object, site.name)?;
        self.stack[at] = callee;
        self.invoke(at, count, &[], then)
    }

    pub(super) fn remember(&mut self, site: Site, remembered: Remembered) {
        let id = site.id as usize;
        if self.sites.len() <= id {
            self.sites.resize(id + 16, Default::default());
        }
        let [last, before] = &mut self.sites[id];
        if last.stamp != remembered.stamp {
            *before = *last;
        }
        *last = remembered;
    }

    /// Calls the value at `at` with the items of the list and the dict in the two registers after it.
    pub(super) fn invoke_unpacked(&mut self, at: usize, then: Then) -> Result<Option<Value>, Raised> {
        let (list, dict) = (std::mem::take(&mut self.stack[at + 1]), std::mem::take(&mut self.stack[at + 2]));
        let positional = match &list {
            Value::List(list) => std::mem::take(&mut *list.lock()),
            _ => Vec::new(),
        };
        let mut values: Vec<Value> = positional;
        let mut names = Vec::new();
        if let Value::Dict(dict) = &dict {
            for entry in dict.entries() {
                let Some(name) = entry.key.as_str() else { return Err(type_error("keywords must be strings")) };
                names.push(Symbol::of(name));
                values.push(entry.value);
            }
        }
        if values.len() > 100_000 {
            return Err(type_error("too many arguments"));
        }
        // Arguments may be more than there are registers: they begin behind all of them.
        let top = self.top();
        if self.stack.len() < top + values.len() + 2 {
            self.stack.resize(top + values.len() + 64, Value::Unbound);
        }
        self.stack[top] = std::mem::take(&mut self.stack[at]);
        let count = values.len();
        for (value, place) in values.into_iter().zip(top + 1..) {
            self.stack[place] = value;
        }
        self.invoke(top, count, &names, then)
    }

    /// Begins a call of a function whose arguments are in registers from `at` on; a generator function's result is a generator.
    pub(super) fn enter_function(
        &mut self,
        callee: Callee,
        at: usize,
        count: usize,
        names: &[Symbol],
        then: Then,
    ) -> Result<Option<Value>, Raised> {
        let code = callee.code();
        let params = &code.params;
        let total = params.names.len() + usize::from(params.rest) + usize::from(params.named_rest);
        let plain =
            names.is_empty() && count == params.names.len() && params.positional as usize == count && total == count;
        if !plain {
            self.bind_arguments(&callee, at, count, names)?;
        }
        if !code.is_plain() {
            let mut registers: Vec<_> = self.stack[at..at + total].iter_mut().map(std::mem::take).collect();
            registers.resize(code.registers, Value::Unbound);
            let state = State::Waiting { registers, pc: 0, sent_to: None, delegate: None };
            let generator = Generator { callee, state: Guarded::new(state) };
            return Ok(Some(Value::Generator(Arc::new(generator))));
        }
        self.attend()?;
        let variables = code.variables.len();
        self.push_frame(callee, at, then)?;
        self.clear(at + total, at + variables.max(total));
        Ok(None)
    }

    /// A function of code inside this one, with its defaults in the two registers from `at` on.
    pub(super) fn make_function(&mut self, code: &'static Code, at: usize, immortal: bool) -> Value {
        let tuple = |value: Value| match value {
            Value::Tuple(tuple) => tuple.iter().cloned().collect(),
            _ => Box::default(),
        };
        let (defaults, keyword_defaults) =
            (std::mem::take(&mut self.stack[at]), std::mem::take(&mut self.stack[at + 1]));
        let function = Function {
            code,
            defaults: tuple(defaults),
            keyword_defaults: tuple(keyword_defaults),
            closure: self.captured(code),
            attributes: Guarded::default(),
        };
        if immortal { Value::Function(Box::leak(Box::new(function))) } else { Value::Closure(Arc::new(function)) }
    }

    /// The cells that code inside the innermost call captures.
    pub(super) fn captured(&self, code: &Code) -> Box<[Arc<crate::value::Cell>]> {
        use crate::compile::code::Capture;
        let Some(frame) = self.frames.last() else { return Box::default() };
        let capture = |capture: &Capture| match capture {
            Capture::Cell(reg) => match &self.stack[frame.base + *reg as usize] {
                Value::Cell(cell) => cell.clone(),
                other => Arc::new(Guarded::new(other.clone())),
            },
            Capture::Free(free) => frame.callee.closure().get(*free as usize).cloned().unwrap_or_default(),
        };
        code.captures.iter().map(capture).collect()
    }

    /// Runs a class body: its names.
    pub(super) fn run_class_body(&mut self, code: &'static Code) -> Result<crate::object::class::Namespace, Raised> {
        let closure = self.captured(code);
        let function = Function {
            code,
            defaults: Box::default(),
            keyword_defaults: Box::default(),
            closure,
            attributes: Guarded::default(),
        };
        let base = self.top();
        debug_assert_eq!(code.kind, Kind::ClassBody);
        self.push_frame(Callee::Closure(Arc::new(function)), base, Then::Exit)?;
        let last = self.frames.len() - 1;
        self.frames[last].namespace = Some(Box::default());
        self.run()?;
        let (mut names, cell) = self.left.take().unwrap_or_default();
        if let Value::Cell(_) = cell {
            names.set(Symbol::of(".class"), cell);
        }
        Ok(names)
    }
}
