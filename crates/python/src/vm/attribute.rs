//! Attributes.

use super::{Remembered, Vm, What};
use crate::builtins::descriptor::{ClassMethod, Property, Static};
use crate::builtins::types::types;
use crate::compile::code::Site;
use crate::object::class::{Class, class_of};
use crate::object::dict::Dict;
use crate::object::function::{Args, Binds, Function, Method};
use crate::object::instance::{Fields, Instance};
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, attribute_error, no_attribute, runtime_error, type_error};
use crate::symbol::{self, Symbol};
use crate::value::{Super, Value};
use std::sync::Arc;

impl Vm {
    /// An attribute of an object at a place that is to remember where it is.
    pub(super) fn load_attribute(&mut self, object: &Value, site: Site) -> Outcome {
        if let Value::Instance(instance) = object
            && instance.class.custom(symbol::GETATTRIBUTE).is_none()
            && !instance.class.lookup(site.name).is_some_and(|value| is_data_descriptor(&value))
        {
            let class = instance.class;
            let fields = instance.fields.lock();
            if let Fields::Shaped(shape, values) = &*fields
                && let Some(slot) = shape.slot(site.name)
                && let Some(value) = values.get(slot).filter(|value| !value.is_unbound())
            {
                let (value, shape) = (value.clone(), shape.id);
                drop(fields);
                self.remember(site, Remembered { stamp: class.stamp(), what: What::Slot { shape, slot: slot as u32 } });
                return Ok(value);
            }
        }
        self.get_attribute(object, site.name)
    }

    /// An attribute of any value.
    pub fn get_attribute(&mut self, object: &Value, name: Symbol) -> Outcome {
        match self.find_attribute(object, name)? {
            Some(value) => Ok(value),
            None => Err(no_attribute(object, name.text())),
        }
    }

    /// An attribute of any value, if there is one.
    pub fn find_attribute(&mut self, object: &Value, name: Symbol) -> Result<Option<Value>, Raised> {
        match object {
            Value::Instance(instance) => self.attribute_of_instance(object, instance, name),
            Value::Class(class) => self.attribute_of_class(class, name),
            Value::Module(module) => match module.get(name) {
                Some(value) => Ok(Some(value)),
                None if name == symbol::DICT => {
                    let pairs = module.pairs().into_iter().map(|(name, value)| (Str::from(name.text()), value));
                    Ok(Some(Value::Dict(Arc::new(Dict::of_strings(pairs)))))
                }
                None => Ok(None),
            },
            Value::Function(_) | Value::Closure(_) => {
                match object.as_function().and_then(|function| of_function(function, name)) {
                    Some(value) => Ok(Some(value)),
                    None => self.attribute_of_builtin(object, name),
                }
            }
            Value::Super(of) => {
                let Some(found) = of.class.lookup_after(of.after, name) else {
                    return if name == symbol::CLASS { Ok(Some(Value::Class(types().super_))) } else { Ok(None) };
                };
                if let Value::Class(class) = &of.object {
                    return self.bind_to_class(&found, class).map(Some);
                }
                self.bind(&found, &of.object, of.class).map(Some)
            }
            Value::Method(method) => match name {
                symbol::SELF => Ok(Some(method.receiver.clone())),
                symbol::FUNC => Ok(Some(method.function.clone())),
                _ => match self.attribute_of_builtin(object, name)? {
                    Some(value) => Ok(Some(value)),
                    None => self.find_attribute(&method.function.clone(), name),
                },
            },
            _ => self.attribute_of_builtin(object, name),
        }
    }

    /// Raises what getting a method will raise, where that is sure and has no other effect: for objects of built-in classes, and for others
    /// that do not compute attributes.
    pub(super) fn need_method(&mut self, object: &Value, name: Symbol) -> Result<(), Raised> {
        let class = class_of(object);
        let computes = || class.custom(symbol::GETATTRIBUTE).is_some() || class.custom(symbol::GETATTR).is_some();
        let may_have = match object {
            Value::Instance(instance) => instance.fields.lock().get(name).is_some() || computes(),
            Value::Class(_) | Value::Module(_) | Value::Function(_) | Value::Closure(_) => true,
            Value::Super(_) | Value::Method(_) | Value::Native(_) => true,
            _ => false,
        };
        if may_have || class.lookup(name).is_some() {
            return Ok(());
        }
        self.get_attribute(object, name).map(drop)
    }

    fn attribute_of_builtin(&mut self, object: &Value, name: Symbol) -> Result<Option<Value>, Raised> {
        let class = class_of(object);
        match class.lookup(name) {
            Some(found) => self.bind(&found, object, class).map(Some),
            None if name == symbol::CLASS => Ok(Some(Value::Class(class))),
            None => match (object, name) {
                (Value::Native(native), symbol::NAME | symbol::QUALNAME) => Ok(Some(Value::from(native.name))),
                (_, symbol::DOC) => Ok(Some(Value::None)),
                _ => Ok(None),
            },
        }
    }

    fn attribute_of_instance(
        &mut self,
        object: &Value,
        instance: &Arc<Instance>,
        name: Symbol,
    ) -> Result<Option<Value>, Raised> {
        let class = instance.class;
        if let Some(method) = class.custom(symbol::GETATTRIBUTE) {
            let bound = self.bind(&method, object, class)?;
            return match self.call(&bound, [Value::from(name.text())]) {
                Err(raised) if raised.is(types().attribute_error) => {
                    self.missing_attribute(object, class, name, Some(raised))
                }
                outcome => outcome.map(Some),
            };
        }
        self.plain_attribute(object, instance, name)
    }

    /// What `object.__getattribute__` does, and `__getattr__` after it.
    pub fn plain_attribute(
        &mut self,
        object: &Value,
        instance: &Arc<Instance>,
        name: Symbol,
    ) -> Result<Option<Value>, Raised> {
        let class = instance.class;
        let found = class.lookup(name);
        if let Some(found) = &found
            && is_data_descriptor(found)
        {
            return match self.bind(found, object, class) {
                Err(raised) if raised.is(types().attribute_error) => {
                    self.missing_attribute(object, class, name, Some(raised))
                }
                outcome => outcome.map(Some),
            };
        }
        if let Some(value) = instance.field(name) {
            return Ok(Some(value));
        }
        if let Some(found) = found {
            return self.bind(&found, object, class).map(Some);
        }
        match name {
            symbol::CLASS => return Ok(Some(Value::Class(class))),
            symbol::DICT => return Ok(Some(Value::Dict(instance.fields.lock().as_dict()))),
            symbol::DOC => return Ok(Some(Value::None)),
            _ => {}
        }
        self.missing_attribute(object, class, name, None)
    }

    fn missing_attribute(
        &mut self,
        object: &Value,
        class: &'static Class,
        name: Symbol,
        raised: Option<Raised>,
    ) -> Result<Option<Value>, Raised> {
        match (class.custom(symbol::GETATTR), raised) {
            (Some(method), _) => {
                let bound = self.bind(&method, object, class)?;
                self.call(&bound, [Value::from(name.text())]).map(Some)
            }
            (None, Some(raised)) => Err(raised),
            (None, None) => Ok(None),
        }
    }

    fn attribute_of_class(&mut self, class: &'static Class, name: Symbol) -> Result<Option<Value>, Raised> {
        match name {
            symbol::NAME => return Ok(Some(Value::from(class.name()))),
            symbol::QUALNAME => return Ok(Some(Value::from(class.qualname))),
            symbol::CLASS => return Ok(Some(Value::Class(types().type_))),
            symbol::MRO => return Ok(Some(Value::tuple(class.order().iter().map(|class| Value::Class(class))))),
            symbol::BASES => {
                let bases = class.bases.iter().map(|class| Value::Class(class));
                return Ok(Some(Value::tuple(bases)));
            }
            symbol::DICT => {
                let pairs = class.pairs().into_iter().map(|(name, value)| (Str::from(name.text()), value));
                return Ok(Some(Value::Dict(Arc::new(Dict::of_strings(pairs)))));
            }
            symbol::MODULE if class.own(name).is_none() => return Ok(Some(Value::from(class.module))),
            symbol::DOC if class.own(name).is_none() => return Ok(Some(Value::None)),
            _ => {}
        }
        match class.lookup(name) {
            Some(found) => self.bind_to_class(&found, class).map(Some),
            None => match types().type_.lookup(name) {
                Some(found) => self.bind(&found, &Value::Class(class), types().type_).map(Some),
                None => Ok(None),
            },
        }
    }

    /// An attribute of a class as it is seen through the class.
    fn bind_to_class(&mut self, found: &Value, class: &'static Class) -> Outcome {
        match found {
            Value::Native(native) if native.binds == Binds::Class => {
                Ok(Value::Method(Arc::new(Method { function: found.clone(), receiver: Value::Class(class) })))
            }
            Value::Instance(instance) => {
                if let Some(of) = instance.native::<Static>() {
                    return Ok(of.0.clone());
                }
                if let Some(of) = instance.native::<ClassMethod>() {
                    return Ok(Value::Method(Arc::new(Method {
                        function: of.0.clone(),
                        receiver: Value::Class(class),
                    })));
                }
                if let Some(get) = instance.class.custom(symbol::GET) {
                    return self.call(&get, [found.clone(), Value::None, Value::Class(class)]);
                }
                Ok(found.clone())
            }
            _ => Ok(found.clone()),
        }
    }

    /// An attribute of a class as it is seen through an object.
    pub fn bind(&mut self, found: &Value, object: &Value, class: &'static Class) -> Outcome {
        let method = || Value::Method(Arc::new(Method { function: found.clone(), receiver: object.clone() }));
        match found {
            Value::Function(_) | Value::Closure(_) => Ok(method()),
            Value::Native(native) => match native.binds {
                Binds::No => Ok(found.clone()),
                Binds::Object => Ok(method()),
                Binds::Class => {
                    Ok(Value::Method(Arc::new(Method { function: found.clone(), receiver: Value::Class(class) })))
                }
                Binds::Getter => (native.call)(self, &mut Args::of([object.clone()])),
            },
            Value::Instance(instance) => {
                if let Some(property) = instance.native::<Property>() {
                    if property.get.is_none() {
                        return Err(attribute_error(format!("property of '{}' object has no getter", class.name())));
                    }
                    return self.call(&property.get.clone(), [object.clone()]);
                }
                if let Some(of) = instance.native::<ClassMethod>() {
                    return Ok(Value::Method(Arc::new(Method {
                        function: of.0.clone(),
                        receiver: Value::Class(class),
                    })));
                }
                if let Some(of) = instance.native::<Static>() {
                    return Ok(of.0.clone());
                }
                if let Some(get) = instance.class.custom(symbol::GET) {
                    return self.call(&get, [found.clone(), object.clone(), Value::Class(class)]);
                }
                Ok(found.clone())
            }
            _ => Ok(found.clone()),
        }
    }
}

/// Whether an attribute of a class comes before one of the object.
pub(super) fn is_data_descriptor(value: &Value) -> bool {
    match value {
        Value::Native(native) => native.binds == Binds::Getter,
        Value::Instance(instance) => {
            instance.native::<Property>().is_some()
                || (instance.class.in_python && instance.class.custom(symbol::SET).is_some())
        }
        _ => false,
    }
}

fn of_function(function: &Function, name: Symbol) -> Option<Value> {
    if let Some(value) = function.attributes.lock().get(name) {
        return Some(value.clone());
    }
    match name {
        symbol::NAME => Some(Value::from(function.code.name)),
        symbol::QUALNAME => Some(Value::from(function.code.qualname)),
        symbol::MODULE => Some(Value::from(function.code.module.name)),
        symbol::DOC => Some(function.code.doc.clone().unwrap_or(Value::None)),
        symbol::DEFAULTS => Some(match function.defaults.is_empty() {
            true => Value::None,
            false => Value::tuple(function.defaults.iter().cloned()),
        }),
        symbol::DICT => {
            let pairs: Vec<_> = function.attributes.lock().pairs().cloned().collect();
            let pairs = pairs.into_iter().map(|(name, value)| (Str::from(name.text()), value));
            Some(Value::Dict(Arc::new(Dict::of_strings(pairs))))
        }
        symbol::ANNOTATIONS => Some(Value::Dict(Arc::default())),
        _ => None,
    }
}

/// `super()`
pub fn super_of(class: &Value, object: Value) -> Outcome {
    let Value::Class(after) = class else { return Err(runtime_error("super(): __class__ cell not found")) };
    let class = match &object {
        Value::Class(class) if class.is_a(after) => class,
        object => class_of(object),
    };
    if !class.is_a(after) {
        return Err(type_error("super(type, obj): obj must be an instance or subtype of type"));
    }
    Ok(Value::Super(Arc::new(Super { after, class, object })))
}
