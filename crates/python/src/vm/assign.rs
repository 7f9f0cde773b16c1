//! Setting and deleting attributes.

use super::attribute::is_data_descriptor;
use super::{Remembered, Vm, What};
use crate::builtins::descriptor::Property;
use crate::builtins::types::types;
use crate::compile::code::Site;
use crate::object::class::Class;
use crate::object::function::Binds;
use crate::object::instance::Fields;
use crate::raised::{Raised, attribute_error, no_attribute, type_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;

impl Vm {
    /// Sets an attribute of an object at a place that is to remember where it is.
    pub(super) fn store_attribute(&mut self, object: &Value, site: Site, value: Value) -> Result<(), Raised> {
        self.set_attribute(object, site.name, value)?;
        if let Value::Instance(instance) = object
            && instance.class.custom(symbol::SETATTR).is_none()
            && !instance.class.lookup(site.name).is_some_and(|value| is_data_descriptor(&value))
            && let Fields::Shaped(shape, _) = &*instance.fields.lock()
            && let Some(slot) = shape.slot(site.name)
        {
            let (shape, slot) = (shape.id, slot as u32);
            self.remember(site, Remembered { stamp: instance.class.stamp(), what: What::Slot { shape, slot } });
        }
        Ok(())
    }

    /// Sets an attribute.
    pub fn set_attribute(&mut self, object: &Value, name: Symbol, value: Value) -> Result<(), Raised> {
        if let Value::Instance(instance) = object
            && let Some(method) = instance.class.custom(symbol::SETATTR)
        {
            let bound = self.bind(&method, object, instance.class)?;
            self.call(&bound, [Value::from(name.text()), value])?;
            return Ok(());
        }
        self.set_plain_attribute(object, name, value)
    }

    /// What `object.__setattr__` does.
    pub fn set_plain_attribute(&mut self, object: &Value, name: Symbol, value: Value) -> Result<(), Raised> {
        match object {
            Value::Instance(instance) => {
                let class = instance.class;
                if let Some(found) = class.lookup(name) {
                    if let Value::Instance(descriptor) = &found {
                        if let Some(property) = descriptor.native::<Property>() {
                            if property.set.is_none() {
                                let class = class.name();
                                return Err(attribute_error(format!(
                                    "property '{}' of '{class}' object has no setter",
                                    name.text()
                                )));
                            }
                            self.call(&property.set.clone(), [object.clone(), value])?;
                            return Ok(());
                        }
                        if let Some(set) = descriptor.class.custom(symbol::SET) {
                            self.call(&set, [found.clone(), object.clone(), value])?;
                            return Ok(());
                        }
                    }
                    if let Value::Native(native) = &found
                        && native.binds == Binds::Getter
                    {
                        return crate::builtins::exceptions::set_attribute(self, instance, name, value);
                    }
                    if instance.field(name).is_none() {
                        class.shadow(name);
                    }
                }
                if !class.in_python && instance.exception().is_none() && !class.is_a(types().namespace) {
                    return Err(no_attribute(object, name.text()));
                }
                if let Some(slots) = class.own(symbol::SLOTS)
                    && class.order().iter().all(|class| !class.in_python || class.own(symbol::SLOTS).is_some())
                    && !self.in_slots(class, &slots, name)?
                {
                    return Err(no_attribute(object, name.text()));
                }
                instance.set_field(name, value);
                Ok(())
            }
            Value::Class(class) => {
                if !class.in_python {
                    let name = name.text();
                    return Err(type_error(format!(
                        "cannot set '{name}' attribute of immutable type '{}'",
                        class.name()
                    )));
                }
                drop(class.set(name, value));
                Ok(())
            }
            Value::Module(module) => {
                module.set(name, value);
                Ok(())
            }
            Value::Function(_) | Value::Closure(_) => {
                if let Some(function) = object.as_function() {
                    let old = function.attributes.lock().set(name, value);
                    drop(old);
                }
                Ok(())
            }
            _ => Err(no_attribute(object, name.text())),
        }
    }

    fn in_slots(&mut self, class: &'static Class, slots: &Value, name: Symbol) -> Result<bool, Raised> {
        let _ = slots;
        for class in class.order().iter().filter(|class| class.in_python) {
            let Some(slots) = class.own(symbol::SLOTS) else { continue };
            if slots.as_str() == Some(name.text()) {
                return Ok(true);
            }
            if self.collect(&slots)?.iter().any(|slot| slot.as_str() == Some(name.text())) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Removes an attribute.
    pub fn delete_attribute(&mut self, object: &Value, name: Symbol) -> Result<(), Raised> {
        let absent = || no_attribute(object, name.text());
        match object {
            Value::Instance(instance) => {
                if let Some(method) = instance.class.custom(symbol::DELATTR) {
                    let bound = self.bind(&method, object, instance.class)?;
                    self.call(&bound, [Value::from(name.text())])?;
                    return Ok(());
                }
                if let Some(Value::Instance(descriptor)) = instance.class.lookup(name) {
                    if let Some(property) = descriptor.native::<Property>() {
                        if property.delete.is_none() {
                            let class = instance.class.name();
                            return Err(attribute_error(format!(
                                "property '{}' of '{class}' object has no deleter",
                                name.text()
                            )));
                        }
                        self.call(&property.delete.clone(), [object.clone()])?;
                        return Ok(());
                    }
                    if let Some(delete) = descriptor.class.custom(symbol::DELETE) {
                        self.call(&delete, [Value::Instance(descriptor), object.clone()])?;
                        return Ok(());
                    }
                }
                let old = instance.fields.lock().remove(name);
                old.map(drop).ok_or_else(absent)
            }
            Value::Class(class) if class.in_python => match class.own(name) {
                Some(_) => {
                    drop(class.set(name, Value::Unbound));
                    Ok(())
                }
                None => Err(absent()),
            },
            Value::Module(module) => match module.get(name) {
                Some(_) => {
                    module.set(name, Value::Unbound);
                    Ok(())
                }
                None => Err(absent()),
            },
            Value::Function(_) | Value::Closure(_) => {
                let old = object.as_function().map(|function| function.attributes.lock().set(name, Value::Unbound));
                if old.is_none_or(|old| old.is_unbound()) { Err(absent()) } else { Ok(()) }
            }
            _ => Err(absent()),
        }
    }
}
