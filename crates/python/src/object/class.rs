//! Classes.

use super::function::NativeFn;
use super::shape::Shape;
use crate::builtins::types::types;
use crate::guarded::Guarded;
use crate::symbol::{self, Symbol};
use crate::value::Value;
use hashbrown::HashTable;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// A class. It lives for ever.
#[derive(Debug)]
pub struct Class {
    name: &'static str,
    /// Its name with those of the classes and functions around it.
    pub qualname: &'static str,
    /// The module that defines it.
    pub module: &'static str,
    /// Its bases as written.
    pub bases: Vec<&'static Class>,
    order: OnceLock<Box<[&'static Class]>>,
    attributes: Guarded<Namespace>,
    /// The shape of its objects without attributes.
    pub shape: &'static Shape,
    /// Makes an object: of built-in classes, and of what is derived from them.
    pub construct: Option<NativeFn>,
    /// Whether it is defined in Python, so that it can be changed.
    pub in_python: bool,
    stamp: AtomicU32,
    /// Functions of the class that objects have other attributes in place of.
    shadowed: Guarded<Vec<Symbol>>,
    subclasses: Guarded<Vec<&'static Class>>,
}

/// Names and values, in the order in which they came.
#[derive(Debug, Default)]
pub struct Namespace {
    index: HashTable<u32>,
    entries: Vec<(Symbol, Value)>,
}

fn spread(name: Symbol) -> u64 {
    u64::from(name.0).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

impl Namespace {
    /// The value of `name`.
    pub fn get(&self, name: Symbol) -> Option<&Value> {
        let at = self.index.find(spread(name), |&at| self.entries[at as usize].0 == name)?;
        Some(&self.entries[*at as usize].1).filter(|value| !value.is_unbound())
    }

    /// Gives `name` a value; the old one.
    pub fn set(&mut self, name: Symbol, value: Value) -> Value {
        let Namespace { index, entries } = self;
        if let Some(&at) = index.find(spread(name), |&at| entries[at as usize].0 == name) {
            return std::mem::replace(&mut entries[at as usize].1, value);
        }
        entries.push((name, value));
        index.insert_unique(spread(name), entries.len() as u32 - 1, |&at| spread(entries[at as usize].0));
        Value::Unbound
    }

    /// Names and values.
    pub fn pairs(&self) -> impl Iterator<Item = &(Symbol, Value)> {
        self.entries.iter().filter(|(_, value)| !value.is_unbound())
    }
}

/// What a class is made of.
pub struct Definition {
    /// Its name.
    pub name: &'static str,
    /// Its name with those of what is around it.
    pub qualname: &'static str,
    /// The module that defines it.
    pub module: &'static str,
    /// Its bases.
    pub bases: Vec<&'static Class>,
    /// Its attributes.
    pub attributes: Namespace,
    /// Makes an object; that of its bases if none.
    pub construct: Option<NativeFn>,
    /// Whether it is defined in Python.
    pub in_python: bool,
}

fn next_stamp() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

impl Class {
    /// Makes a class; what is wrong if its bases cannot be put in one order.
    pub fn create(definition: Definition) -> Result<&'static Class, String> {
        let Definition { name, qualname, module, bases, attributes, construct, in_python } = definition;
        let order = linearised(&bases)?;
        let construct = construct.or_else(|| order.iter().find_map(|class| class.construct));
        let class: &'static Class = Box::leak(Box::new(Class {
            name,
            qualname,
            module,
            bases,
            order: OnceLock::new(),
            attributes: Guarded::new(attributes),
            shape: Shape::root(),
            construct,
            in_python,
            stamp: AtomicU32::new(next_stamp()),
            shadowed: Guarded::default(),
            subclasses: Guarded::default(),
        }));
        class.order.get_or_init(|| [class].into_iter().chain(order).collect());
        for base in &class.bases {
            base.subclasses.lock().push(class);
        }
        Ok(class)
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Itself and the classes in which attributes are looked up after it.
    #[inline]
    pub fn order(&self) -> &[&'static Class] {
        self.order.get().map_or(&[], |order| order)
    }

    /// Changes whenever the way in which attributes are looked up does.
    #[inline]
    pub fn stamp(&self) -> u32 {
        self.stamp.load(Ordering::Acquire)
    }

    /// The value of an attribute of this class or one it is derived from.
    pub fn lookup(&self, name: Symbol) -> Option<Value> {
        self.lookup_from(name).map(|(value, _)| value)
    }

    /// The value of an attribute, and which class has it.
    pub fn lookup_from(&self, name: Symbol) -> Option<(Value, &'static Class)> {
        self.order().iter().find_map(|class| Some((class.own(name)?, *class)))
    }

    /// The value of an attribute of this very class.
    pub fn own(&self, name: Symbol) -> Option<Value> {
        self.attributes.lock().get(name).cloned()
    }

    /// The value of an attribute that was defined in Python, if any class before `object` and the like has it.
    pub fn custom(&self, name: Symbol) -> Option<Value> {
        self.order().iter().filter(|class| class.in_python).find_map(|class| class.own(name))
    }

    /// The value of an attribute of a class that comes after `after`.
    pub fn lookup_after(&self, after: &Class, name: Symbol) -> Option<Value> {
        let mut classes = self.order().iter().skip_while(|class| !std::ptr::eq(**class, after)).skip(1);
        classes.find_map(|class| class.own(name))
    }

    /// Gives an attribute a value, or removes it if that is unbound; the old one.
    pub fn set(&self, name: Symbol, value: Value) -> Value {
        let restamps = |value: &Value| !is_data(value);
        let new = restamps(&value);
        let old = self.attributes.lock().set(name, value);
        if new || restamps(&old) {
            self.changed();
        }
        old
    }

    /// Whether an object has an attribute of its own in place of the class's.
    pub fn is_shadowed(&self, name: Symbol) -> bool {
        self.shadowed.lock().contains(&name)
    }

    /// An object gets an attribute called `name`, which the class may have, too.
    pub fn shadow(&self, name: Symbol) {
        if self.lookup(name).is_some_and(|value| !is_data(&value)) && !self.is_shadowed(name) {
            self.shadowed.lock().push(name);
            self.stamp.store(next_stamp(), Ordering::Release);
        }
    }

    fn changed(&self) {
        self.stamp.store(next_stamp(), Ordering::Release);
        let subclasses = self.subclasses.lock().clone();
        for class in subclasses {
            class.changed();
        }
    }

    /// Names and values of its own attributes.
    pub fn pairs(&self) -> Vec<(Symbol, Value)> {
        self.attributes.lock().pairs().cloned().collect()
    }

    /// Whether it is `other` or derived from it.
    #[inline]
    pub fn is_a(&self, other: &Class) -> bool {
        std::ptr::eq(self, other) || self.order().iter().any(|class| std::ptr::eq(*class, other))
    }

    /// The built-in class that its objects are made of.
    #[inline]
    pub fn built_in(&self) -> Option<&'static Class> {
        self.order().iter().find(|class| !class.in_python).copied()
    }

    /// Whether its objects are made of nothing but attributes.
    #[inline]
    pub fn is_of_attributes(&self) -> bool {
        self.built_in().is_none_or(|class| class.is(types().object))
    }

    /// Whether both are the same class.
    #[inline]
    pub fn is(&self, other: &Class) -> bool {
        std::ptr::eq(self, other)
    }

    /// As it is named in messages: with its module unless that is `builtins`.
    pub fn full_name(&self) -> String {
        match self.module {
            "builtins" => self.qualname.to_owned(),
            module => format!("{module}.{}", self.qualname),
        }
    }

    /// Classes that name it as a base.
    pub fn subclasses(&self) -> Vec<&'static Class> {
        self.subclasses.lock().clone()
    }
}

/// Whether a value is only data as an attribute of a class: nothing is called or bound when it is read.
fn is_data(value: &Value) -> bool {
    !matches!(
        value,
        Value::Unbound
            | Value::Function(_)
            | Value::Closure(_)
            | Value::Native(_)
            | Value::Instance(_)
            | Value::Class(_)
            | Value::Method(_)
    )
}

/// The order of a class with these bases, after the class itself: C3 (Barrett et al., 1996), as in Python.
fn linearised(bases: &[&'static Class]) -> Result<Vec<&'static Class>, String> {
    let mut lists: Vec<Vec<&'static Class>> = bases.iter().map(|base| base.order().to_vec()).collect();
    lists.push(bases.to_vec());
    let mut order = Vec::new();
    loop {
        lists.retain(|list| !list.is_empty());
        if lists.is_empty() {
            return Ok(order);
        }
        let is_free = |class: &Class| !lists.iter().any(|list| list[1..].iter().any(|other| other.is(class)));
        let Some(next) = lists.iter().map(|list| list[0]).find(|class| is_free(class)) else {
            let names: Vec<_> = bases.iter().map(|base| base.name).collect();
            return Err(format!(
                "Cannot create a consistent method resolution\norder (MRO) for bases {}",
                names.join(", ")
            ));
        };
        order.push(next);
        for list in &mut lists {
            list.retain(|class| !class.is(next));
        }
    }
}

/// The class of a value.
#[inline]
pub fn class_of(value: &Value) -> &'static Class {
    match value {
        Value::Instance(instance) => instance.class,
        value => class_of_builtin(value),
    }
}

#[inline(never)]
fn class_of_builtin(value: &Value) -> &'static Class {
    let types = types();
    match value {
        Value::Unbound | Value::None => types.none_type,
        Value::NotImplemented => types.not_implemented_type,
        Value::Ellipsis => types.ellipsis,
        Value::Bool(_) => types.bool,
        Value::Int(_) | Value::Big(_) => types.int,
        Value::Float(_) => types.float,
        Value::Str(_) => types.str,
        Value::Bytes(_) => types.bytes,
        Value::Tuple(_) => types.tuple,
        Value::List(_) => types.list,
        Value::Dict(_) => types.dict,
        Value::View(view) => match view.part {
            super::dict::Part::Keys => types.dict_keys,
            super::dict::Part::Values => types.dict_values,
            super::dict::Part::Items => types.dict_items,
        },
        Value::Set(set) if set.frozen => types.frozenset,
        Value::Set(_) => types.set,
        Value::Range(_) => types.range,
        Value::Slice(_) => types.slice,
        Value::Function(_) | Value::Closure(_) => types.function,
        Value::Native(native) if native.binds == super::function::Binds::No => types.builtin_function,
        Value::Native(_) => types.method_descriptor,
        Value::Method(method) if matches!(method.function, Value::Native(_)) => types.builtin_function,
        Value::Method(_) => types.method,
        Value::Class(_) => types.type_,
        Value::Instance(instance) => instance.class,
        Value::Module(_) => types.module,
        Value::Generator(generator) if generator.callee.code().is_coroutine() => types.coroutine,
        Value::Generator(_) => types.generator,
        Value::Iter(iter) => types.class_of_iter(iter),
        Value::Cell(_) => types.cell,
        Value::Super(_) => types.super_,
    }
}

/// Whether a class defines `__eq__` in Python.
pub fn compares_in_python(class: &Class) -> bool {
    class.in_python && class.custom(symbol::EQ).is_some()
}
