//! Calls.

use super::frame::{Callee, Then};
use super::{Remembered, Vm, What};
use crate::builtins::types::types;
use crate::compile::code::{Code, Kind, Site};
use crate::guarded::Guarded;
use crate::object::class::{Class, class_of};
use crate::object::dict::Dict;
use crate::object::exception::Exception;
use crate::object::function::{Args, Binds, Function};
use crate::object::generator::{Generator, State};
use crate::object::instance::{Inner, Instance};
use crate::object::text::Str;
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
            self.sites.resize(id + 16, Remembered::default());
        }
        self.sites[id] = remembered;
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

    /// Puts the arguments from `at` on where the parameters want them.
    fn bind_arguments(&mut self, callee: &Callee, at: usize, count: usize, names: &[Symbol]) -> Result<(), Raised> {
        let code = callee.code();
        let params = &code.params;
        let (all, positional) = (params.names.len(), params.positional as usize);
        let given = count - names.len();
        let mut bound: SmallVec<[Value; 12]> = SmallVec::new();
        bound.resize(all, Value::Unbound);
        for (place, slot) in bound.iter_mut().zip(at..at + given.min(positional)) {
            *place = std::mem::take(&mut self.stack[slot]);
        }
        let mut rest = Vec::new();
        if given > positional {
            if !params.rest {
                return Err(too_many(callee, given, &bound));
            }
            rest.extend((at + positional..at + given).map(|slot| std::mem::take(&mut self.stack[slot])));
        }
        let mut named_rest = params.named_rest.then(Vec::new);
        for (name, slot) in names.iter().zip(at + given..) {
            let value = std::mem::take(&mut self.stack[slot]);
            let found = params.names.iter().position(|own| own == name);
            match (found, &mut named_rest) {
                (Some(found), _) if found >= params.positional_only as usize => {
                    if !bound[found].is_unbound() {
                        return Err(type_error(format!(
                            "{}() got multiple values for argument '{}'",
                            code.qualname,
                            name.text()
                        )));
                    }
                    bound[found] = value;
                }
                (_, Some(named)) => named.push((Str::from(name.text()), value)),
                (Some(_), None) => {
                    let message = "got some positional-only arguments passed as keyword arguments";
                    return Err(type_error(format!("{}() {message}: '{}'", code.qualname, name.text())));
                }
                (None, None) => {
                    return Err(type_error(format!(
                        "{}() got an unexpected keyword argument '{}'",
                        code.qualname,
                        name.text()
                    )));
                }
            }
        }
        if let Some(function) = callee.function() {
            fill_defaults(function, &mut bound);
        }
        missing(code, &bound)?;
        let total = all + usize::from(params.rest) + usize::from(params.named_rest);
        if self.stack.len() < at + total.max(count) + 1 {
            self.stack.resize(at + total.max(count) + 64, Value::Unbound);
        }
        self.clear(at, at + count.max(total));
        for (value, slot) in bound.into_iter().zip(at..) {
            self.stack[slot] = value;
        }
        let mut slot = at + all;
        if params.rest {
            self.stack[slot] = Value::tuple(rest);
            slot += 1;
        }
        if let Some(named) = named_rest {
            self.stack[slot] = Value::Dict(Arc::new(Dict::of_strings(named)));
        }
        Ok(())
    }

    /// Makes an object: the class is at `at`, the arguments after it.
    fn construct(
        &mut self,
        class: &'static Class,
        at: usize,
        count: usize,
        names: &[Symbol],
        then: Then,
    ) -> Result<Option<Value>, Raised> {
        let made_in_python = class.in_python.then(|| class.custom(symbol::NEW)).flatten();
        if !class.in_python {
            let Some(construct) = class.construct else {
                return Err(type_error(format!("cannot create '{}' instances", class.full_name())));
            };
            let mut args = self.take_args(at, count + 1, names);
            return construct(self, &mut args).map(Some);
        }
        if let Some(abstract_methods) = class.lookup(Symbol::of("__abstractmethods__")) {
            self.check_abstract(class, &abstract_methods)?;
        }
        let object = match made_in_python {
            Some(new) => {
                let values: Vec<_> = self.stack[at + 1..at + 1 + count].to_vec();
                let mut args = Args::of([Value::Class(class)].into_iter().chain(values));
                args.names = SmallVec::from_slice(names);
                let new = unwrapped(&new);
                let object = self.call_args(&new, args)?;
                if !class_of(&object).is_a(class) {
                    return Ok(Some(object));
                }
                object
            }
            None => self.allocate(class, at, count, names)?,
        };
        let init = class.lookup(symbol::INIT);
        match init {
            Some(init) if init.as_function().is_some() => {
                self.stack[at] = object.clone();
                let Some(callee) = Callee::of(&init) else { return Ok(Some(object)) };
                if let Then::To(d) = then {
                    let depth = self.frames.len();
                    let made = self.enter_function(callee, at, count + 1, names, Then::Construct(d))?;
                    if self.frames.len() > depth {
                        // The caller's register may be one of the arguments', which are the new call's now.
                        self.frames[depth].object = object;
                        return Ok(None);
                    }
                    return Err(init_returned(&made.unwrap_or_default()));
                }
                let depth = self.frames.len();
                self.enter_function(callee, at, count + 1, names, Then::Exit)?;
                if self.frames.len() > depth {
                    self.run()?;
                }
                Ok(Some(object))
            }
            Some(Value::Native(native)) => {
                let mut args = self.take_args(at + 1, count, names);
                args.insert(object.clone());
                (native.call)(self, &mut args)?;
                Ok(Some(object))
            }
            Some(init) => {
                let args = self.take_args(at + 1, count, names);
                let bound = self.bind(&init, &object, class)?;
                self.call_args(&bound, args)?;
                Ok(Some(object))
            }
            None => {
                if count > 0 && made_in_python_is_absent(class) {
                    return Err(type_error(format!("{}() takes no arguments", class.name())));
                }
                Ok(Some(object))
            }
        }
    }

    fn check_abstract(&mut self, class: &'static Class, abstract_methods: &Value) -> Result<(), Raised> {
        let names = self.collect(abstract_methods)?;
        let missing: Vec<_> = names.iter().filter_map(Value::as_str).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let methods = if missing.len() == 1 { "method" } else { "methods" };
        let class = class.name();
        Err(type_error(format!(
            "Can't instantiate abstract class {class} with abstract {methods} {}",
            missing.join(", ")
        )))
    }

    /// A new object of a class defined in Python, before `__init__`: the arguments are those after `at`.
    fn allocate(&mut self, class: &'static Class, at: usize, count: usize, names: &[Symbol]) -> Outcome {
        let inner = if class.is_a(types().base_exception) {
            let given = count - names.len();
            let args = self.stack[at + 1..at + 1 + given].to_vec();
            Inner::Exception(Box::new(Guarded::new(Exception { args, ..Exception::default() })))
        } else if class.is_of_attributes() {
            Inner::Nothing
        } else if let Some(construct) = class.construct {
            let own_init = class.custom(symbol::INIT).is_some();
            let mutable = class.is_a(types().list) || class.is_a(types().dict) || class.is_a(types().set);
            let mut args = if own_init && mutable {
                Args::of([Value::Class(class)])
            } else {
                let values = self.stack[at + 1..at + 1 + count].to_vec();
                let mut args = Args::of([Value::Class(class)].into_iter().chain(values));
                args.names = SmallVec::from_slice(names);
                args
            };
            match construct(self, &mut args)? {
                made @ Value::Instance(_) => return Ok(made),
                held => Inner::Held(held),
            }
        } else {
            Inner::Nothing
        };
        Ok(Value::Instance(Arc::new(Instance::new(class, inner))))
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

#[cold]
pub(super) fn init_returned(value: &Value) -> Raised {
    type_error(format!("__init__() should return None, not '{}'", class_of(value).name()))
}

fn made_in_python_is_absent(class: &Class) -> bool {
    class.custom(symbol::NEW).is_none() && class.construct.is_none() && !class.is_a(types().base_exception)
}

/// A function, of `staticmethod(function)` as well.
fn unwrapped(function: &Value) -> Value {
    match function {
        Value::Instance(instance) => {
            instance.native::<crate::builtins::descriptor::Static>().map_or_else(|| function.clone(), |it| it.0.clone())
        }
        _ => function.clone(),
    }
}

fn fill_defaults(function: &Function, bound: &mut [Value]) {
    let positional = function.code.params.positional as usize;
    let first = positional - function.defaults.len().min(positional);
    for (place, default) in bound[first..positional].iter_mut().zip(&*function.defaults) {
        if place.is_unbound() {
            *place = default.clone();
        }
    }
    for (place, default) in bound[positional..].iter_mut().zip(&*function.keyword_defaults) {
        if place.is_unbound() {
            *place = default.clone();
        }
    }
}

/// “a”, “a and b”, “a, b, and c”
fn enumerated(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}

fn missing(code: &Code, bound: &[Value]) -> Result<(), Raised> {
    let positional = code.params.positional as usize;
    let absent = |range: std::ops::Range<usize>| -> Vec<String> {
        range.filter(|&at| bound[at].is_unbound()).map(|at| format!("'{}'", code.params.names[at].text())).collect()
    };
    for (names, what) in [(absent(0..positional), "positional"), (absent(positional..bound.len()), "keyword-only")] {
        if !names.is_empty() {
            let (count, s) = (names.len(), if names.len() == 1 { "" } else { "s" });
            let names = enumerated(&names);
            return Err(type_error(format!(
                "{}() missing {count} required {what} argument{s}: {names}",
                code.qualname
            )));
        }
    }
    Ok(())
}

#[cold]
fn too_many(callee: &Callee, given: usize, bound: &[Value]) -> Raised {
    let code = callee.code();
    let positional = code.params.positional as usize;
    let defaults = callee.function().map_or(0, |function| function.defaults.len());
    let takes =
        if defaults > 0 { format!("from {} to {positional}", positional - defaults) } else { positional.to_string() };
    let s = if positional == 1 && defaults == 0 { "" } else { "s" };
    let were = if given == 1 { "was" } else { "were" };
    let _ = bound;
    type_error(format!("{}() takes {takes} positional argument{s} but {given} {were} given", code.qualname))
}
