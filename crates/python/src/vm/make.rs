//! Making classes, and filling lists, sets and dicts.

use super::Vm;
use crate::builtins::types::types;
use crate::compile::code::Code;
use crate::compile::instr::{BinaryOp, CompareOp};
use crate::object::class::{Class, Definition, Namespace, class_of};
use crate::object::dict::{Dict, Table, insert, with_slot};
use crate::object::function::Args;
use crate::object::set::Set;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use std::sync::Arc;

impl Vm {
    /// Runs a class body and makes the class; name, bases and keywords are in registers from `at` on.
    pub(super) fn make_class(&mut self, code: &'static Code, at: usize) -> Outcome {
        let [name, bases, keywords] = [0, 1, 2].map(|offset| std::mem::take(&mut self.stack[at + offset]));
        let mut names = self.run_class_body(code)?;
        if let Some(doc) = &code.doc {
            names.set(symbol::DOC, doc.clone());
        }
        let bases = match &bases {
            Value::Tuple(bases) => bases.to_vec(),
            _ => Vec::new(),
        };
        let name = Symbol::of(name.as_str().unwrap_or("")).text();
        let keywords = match &keywords {
            Value::Dict(dict) => dict.entries().into_iter().map(|entry| (entry.key, entry.value)).collect(),
            _ => Vec::new(),
        };
        self.new_class(name, code.qualname, code.module.name, &bases, names, keywords)
    }

    /// Makes a class of names.
    pub fn new_class(
        &mut self,
        name: &'static str,
        qualname: &'static str,
        module: &'static str,
        bases: &[Value],
        mut names: Namespace,
        keywords: Vec<(Value, Value)>,
    ) -> Outcome {
        let mut classes = Vec::new();
        for base in bases {
            match base {
                Value::Class(class)
                    if class.is(types().bool) || class.is(types().none_type) || class.is(types().function) =>
                {
                    return Err(type_error(format!("type '{}' is not an acceptable base type", class.name())));
                }
                Value::Class(class) if class.is(types().type_) => {
                    return Err(type_error("a metaclass is not part of this Python"));
                }
                Value::Class(class) if classes.iter().any(|own: &&Class| own.is(class)) => {
                    return Err(type_error(format!("duplicate base class {}", class.name())));
                }
                Value::Class(class) => classes.push(*class),
                _ => return Err(type_error("a base class is not a class")),
            }
        }
        if classes.is_empty() {
            classes.push(types().object);
        }
        let cell = names.get(Symbol::of(".class")).cloned();
        names.set(Symbol::of(".class"), Value::Unbound);
        names.set(symbol::QUALNAME, Value::Unbound);
        if names.get(symbol::EQ).is_some() && names.get(symbol::HASH).is_none() {
            names.set(symbol::HASH, Value::None);
        }
        let implicit = [symbol::NEW, symbol::INIT_SUBCLASS, symbol::CLASS_GETITEM];
        for name in implicit {
            if let Some(function) = names.get(name).filter(|value| value.as_function().is_some()).cloned() {
                let wrapped = match name {
                    symbol::NEW => crate::builtins::descriptor::staticmethod(function),
                    _ => crate::builtins::descriptor::classmethod(function),
                };
                names.set(name, wrapped);
            }
        }
        let attributes: Vec<_> = names.pairs().cloned().collect();
        let definition =
            Definition { name, qualname, module, bases: classes, attributes: names, construct: None, in_python: true };
        let class = Class::create(definition).map_err(type_error)?;
        let value = Value::Class(class);
        if let Some(Value::Cell(cell)) = cell {
            *cell.lock() = value.clone();
        }
        self.collect_abstract(class, &attributes)?;
        for (name, attribute) in &attributes {
            if let Value::Instance(instance) = attribute
                && let Some(method) = instance.class.custom(symbol::SET_NAME)
            {
                let bound = self.bind(&method, attribute, instance.class)?;
                self.call(&bound, [value.clone(), Value::from(name.text())])?;
            }
        }
        match class.lookup_after(class, symbol::INIT_SUBCLASS) {
            Some(hook) if !matches!(hook, Value::Native(_)) => {
                let hook = match &hook {
                    Value::Instance(instance) => instance
                        .native::<crate::builtins::descriptor::ClassMethod>()
                        .map(|it| it.0.clone())
                        .unwrap_or_default(),
                    _ => hook,
                };
                let mut args = Args::of([value.clone()]);
                for (name, given) in keywords {
                    args.names.push(Symbol::of(name.as_str().unwrap_or("")));
                    args.values.push(given);
                }
                self.call_args(&hook, args)?;
            }
            _ if !keywords.is_empty() => {
                return Err(type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
            }
            _ => {}
        }
        Ok(value)
    }

    /// Notes which methods that `abstractmethod` marked a class still lacks.
    fn collect_abstract(&mut self, class: &'static Class, attributes: &[(Symbol, Value)]) -> Result<(), Raised> {
        let marker = Symbol::of("__isabstractmethod__");
        let key = Symbol::of("__abstractmethods__");
        let mut names = Vec::new();
        for base in &class.bases {
            if let Some(inherited) = base.lookup(key) {
                for name in self.collect(&inherited)? {
                    if let Some(symbol) = name.as_str().map(Symbol::of)
                        && let Some(found) = class.lookup(symbol)
                        && self.is_abstract(&found, marker)
                        && !names.contains(&symbol)
                    {
                        names.push(symbol);
                    }
                }
            }
        }
        for (name, value) in attributes {
            if self.is_abstract(value, marker) && !names.contains(name) {
                names.push(*name);
            }
        }
        if !names.is_empty() || class.lookup(key).is_some() {
            names.sort_by_key(|name| name.text());
            class.set(key, Value::tuple(names.into_iter().map(|name| Value::from(name.text()))));
        }
        Ok(())
    }

    fn is_abstract(&mut self, value: &Value, marker: Symbol) -> bool {
        match value {
            Value::Function(_) | Value::Closure(_) => {
                value.as_function().is_some_and(|function| function.attributes.lock().get(marker).is_some())
            }
            Value::Instance(instance) => {
                instance.native::<crate::builtins::descriptor::Property>().is_some_and(|property| {
                    property.get.as_function().is_some_and(|it| it.attributes.lock().get(marker).is_some())
                })
            }
            _ => false,
        }
    }

    /// The texts of `count` registers from `at` on, one after the other.
    pub(super) fn join_row(&mut self, at: usize, count: usize) -> Str {
        let parts = &self.stack[at..at + count];
        let mut text = String::with_capacity(parts.iter().map(|part| part.as_str().map_or(0, str::len)).sum());
        for part in parts {
            text.push_str(part.as_str().unwrap_or(""));
        }
        self.clear(at, at + count);
        Str::from(text)
    }

    /// Adds all items of an iterable to a list.
    pub fn extend(&mut self, list: &Value, more: &Value) -> Result<(), Raised> {
        let items = self.collect(more)?;
        if let Value::List(list) = list.plain() {
            let mut own = list.lock();
            if own.len() + items.len() > super::arithmetic::MOST_ITEMS {
                return Err(crate::raised::memory_error(""));
            }
            own.extend(items);
        }
        Ok(())
    }

    /// Adds an item to a set.
    pub fn add_to_set(&mut self, set: &Arc<Set>, item: &Value) -> Result<(), Raised> {
        with_slot(self, set, item, |table, slot, hash| {
            if slot.is_none() {
                table.add(hash, item.clone(), Value::None);
            }
        })
    }

    /// A set of items.
    pub fn set_of(&mut self, items: impl IntoIterator<Item = Value>, frozen: bool) -> Result<Value, Raised> {
        let set = Arc::new(Set::new(Table::default(), frozen));
        for item in items {
            self.add_to_set(&set, &item)?;
        }
        Ok(Value::Set(set))
    }

    /// Adds all of a mapping, or of pairs, to a dict; if `named`, keys are names of arguments, which may come once.
    pub fn update_dict(&mut self, dict: &Value, more: &Value, named: bool) -> Result<(), Raised> {
        let Value::Dict(dict) = dict.plain() else { return Ok(()) };
        let dict = dict.clone();
        let pairs = self.pairs_of(more, named)?;
        for (key, value) in pairs {
            if named {
                let Some(name) = key.as_str() else { return Err(type_error("keywords must be strings")) };
                if dict.get_str(name).is_some() {
                    return Err(type_error(format!("got multiple values for keyword argument '{name}'")));
                }
            }
            dict.set(self, &key, value)?;
        }
        Ok(())
    }

    /// An error about the arguments of a call, which names what is called.
    #[cold]
    pub(super) fn about_call(&mut self, raised: Raised, callee: &Value) -> Raised {
        let Raised::Exception(exception) = &raised else { return raised };
        if !exception.class.is(types().type_error) {
            return raised;
        }
        let (Ok(name), Ok(message)) =
            (self.get_attribute(callee, symbol::QUALNAME), crate::builtins::exceptions::message(self, exception))
        else {
            return raised;
        };
        let module = self.find_attribute(callee, symbol::MODULE).ok().flatten();
        let module = module.as_ref().and_then(Value::as_str).filter(|module| *module != "builtins");
        let module = module.map(|module| format!("{module}.")).unwrap_or_default();
        type_error(format!("{module}{}() {message}", name.as_str().unwrap_or("")))
    }

    /// Keys and values of a mapping, or pairs.
    pub fn pairs_of(&mut self, more: &Value, mapping_only: bool) -> Result<Vec<(Value, Value)>, Raised> {
        if let Value::Dict(dict) = more.plain()
            && class_of(more).custom(symbol::GETITEM).is_none()
        {
            return Ok(dict.entries().into_iter().map(|entry| (entry.key, entry.value)).collect());
        }
        if let Some(keys) = self.find_attribute(more, Symbol::of("keys"))? {
            let keys = self.call(&keys, [])?;
            let mut pairs = Vec::new();
            for key in self.collect(&keys)? {
                let value = self.get_item(more, &key)?;
                pairs.push((key, value));
            }
            return Ok(pairs);
        }
        if mapping_only {
            return Err(type_error(format!("argument after ** must be a mapping, not {}", class_of(more).name())));
        }
        let mut pairs = Vec::new();
        for (at, item) in self.collect(more)?.into_iter().enumerate() {
            let pair = match self.collect(&item) {
                Err(raised) if raised.is(types().type_error) => {
                    return Err(type_error(format!(
                        "cannot convert dictionary update sequence element #{at} to a sequence"
                    )));
                }
                pair => pair?,
            };
            let len = pair.len();
            let [key, value]: [Value; 2] = pair.try_into().map_err(|_| {
                crate::raised::value_error(format!(
                    "dictionary update sequence element #{at} has length {len}; 2 is required"
                ))
            })?;
            pairs.push((key, value));
        }
        Ok(pairs)
    }

    /// The keys of a set, or of a view of a dict.
    fn set_items(&mut self, value: &Value) -> Result<Option<Vec<Value>>, Raised> {
        match value {
            Value::Set(_) | Value::View(_) => self.collect(value).map(Some),
            _ => Ok(None),
        }
    }

    /// `|`, `&`, `-`, `^` of sets and views.
    pub(super) fn set_operation(&mut self, op: BinaryOp, a: &Value, b: &Value) -> Result<Option<Value>, Raised> {
        let (Some(x), Some(y)) = (self.set_items(a)?, self.set_items(b)?) else { return Ok(None) };
        let frozen = matches!(a, Value::Set(set) if set.frozen);
        self.combine_sets(op, x, y, frozen).map(Some)
    }

    /// A set operation on items.
    pub fn combine_sets(&mut self, op: BinaryOp, x: Vec<Value>, y: Vec<Value>, frozen: bool) -> Outcome {
        let Value::Set(right) = self.set_of(y.iter().cloned(), true)? else { return Ok(Value::None) };
        let mut items = Vec::new();
        if op == BinaryOp::Or {
            return self.set_of(x.into_iter().chain(y), frozen);
        }
        for item in &x {
            if with_slot(self, &right, item, |_, slot, _| slot.is_some())? == (op == BinaryOp::And) {
                items.push(item.clone());
            }
        }
        if op == BinaryOp::Xor {
            let Value::Set(left) = self.set_of(x, true)? else { return Ok(Value::None) };
            for item in y {
                if !with_slot(self, &left, &item, |_, slot, _| slot.is_some())? {
                    items.push(item);
                }
            }
        }
        self.set_of(items, frozen)
    }

    pub(super) fn compare_sets(&mut self, op: CompareOp, a: &Value, b: &Value) -> Result<Option<bool>, Raised> {
        let (Some(x), Some(y)) = (self.set_items(a)?, self.set_items(b)?) else { return Ok(None) };
        let (smaller, larger, strict) = match op {
            CompareOp::Lt => (x, y, true),
            CompareOp::Le => (x, y, false),
            CompareOp::Gt => (y, x, true),
            CompareOp::Ge => (y, x, false),
            CompareOp::Eq | CompareOp::Ne => {
                let equal = x.len() == y.len() && self.is_subset(x, y)?;
                return Ok(Some(equal == (op == CompareOp::Eq)));
            }
        };
        let is_smaller = if strict { smaller.len() < larger.len() } else { smaller.len() <= larger.len() };
        Ok(Some(is_smaller && self.is_subset(smaller, larger)?))
    }

    /// Whether all of `x` are in `y`.
    pub fn is_subset(&mut self, x: Vec<Value>, y: Vec<Value>) -> Result<bool, Raised> {
        let Value::Set(right) = self.set_of(y, true)? else { return Ok(false) };
        for item in x {
            if !with_slot(self, &right, &item, |_, slot, _| slot.is_some())? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A dict of pairs.
    pub fn dict_of(&mut self, pairs: Vec<(Value, Value)>) -> Result<Arc<Dict>, Raised> {
        let dict = Arc::new(Dict::default());
        for (key, value) in pairs {
            insert(self, &dict, &key, value)?;
        }
        Ok(dict)
    }
}
