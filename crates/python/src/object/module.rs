//! Modules and their global variables.

use super::class::Class;
use crate::guarded::Guarded;
use crate::symbol::Symbol;
use crate::value::Value;
use std::sync::atomic::{AtomicU32, Ordering};

/// A module. It lives for ever, and so do its variables.
#[derive(Debug)]
pub struct Module {
    /// Its name.
    pub name: &'static str,
    variables: Guarded<Vec<&'static Global>>,
}

/// A global variable.
///
/// Threads keep copies of what they read, which hold as long as the version is the same: so reading takes no lock, and threads
/// that read the same function do not disturb each other.
#[derive(Debug)]
pub struct Global {
    /// Different for each, from 0.
    pub id: u32,
    /// Its name.
    pub name: Symbol,
    version: AtomicU32,
    value: Guarded<Value>,
}

impl Global {
    /// Which of its values it has: another one with each assignment.
    #[inline]
    pub fn version(&self) -> u32 {
        self.version.load(Ordering::Acquire)
    }

    /// Its value, or that of the built-in of its name, and the version of that.
    pub fn read(&self) -> (Value, u32) {
        let value = self.value.lock();
        let version = self.version.load(Ordering::Acquire);
        if value.is_unbound() {
            drop(value);
            return (crate::builtins::builtin(self.name).unwrap_or_default(), version);
        }
        (value.clone(), version)
    }

    /// Its own value.
    pub fn own(&self) -> Value {
        self.value.lock().clone()
    }

    /// Gives it a value: the version of that.
    pub fn write(&self, value: Value) -> u32 {
        let mut own = self.value.lock();
        let old = std::mem::replace(&mut *own, value);
        let version = self.version.fetch_add(1, Ordering::Release).wrapping_add(1);
        drop(own);
        drop(old);
        version
    }
}

impl Module {
    /// A new module without variables.
    pub fn create(name: &str) -> &'static Module {
        Box::leak(Box::new(Module { name: Box::leak(name.into()), variables: Guarded::default() }))
    }

    /// The variable called `name`, made if there is none.
    pub fn variable(&self, name: Symbol) -> &'static Global {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let mut variables = self.variables.lock();
        if let Some(found) = variables.iter().find(|variable| variable.name == name) {
            return found;
        }
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        let global = Global { id, name, version: AtomicU32::new(0), value: Guarded::default() };
        let global: &'static Global = Box::leak(Box::new(global));
        variables.push(global);
        global
    }

    /// The value of the variable called `name`.
    pub fn get(&self, name: Symbol) -> Option<Value> {
        let found = self.variables.lock().iter().find(|variable| variable.name == name).copied()?;
        Some(found.own()).filter(|value| !value.is_unbound())
    }

    /// Gives the variable called `name` a value.
    pub fn set(&self, name: Symbol, value: Value) {
        self.variable(name).write(value);
    }

    /// Names and values of all that have one.
    pub fn pairs(&self) -> Vec<(Symbol, Value)> {
        let variables = self.variables.lock().clone();
        let pairs = variables.into_iter().map(|variable| (variable.name, variable.own()));
        pairs.filter(|(_, value)| !value.is_unbound()).collect()
    }

    /// Adds classes.
    pub fn add_classes(&self, classes: &[&'static Class]) {
        for class in classes {
            self.set(Symbol::of(class.name()), Value::Class(class));
        }
    }
}
