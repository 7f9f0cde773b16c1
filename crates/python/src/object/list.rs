//! `list` and `tuple`.

use super::discard::discard;
use crate::guarded::Guarded;
use crate::value::Value;
use smallvec::SmallVec;
use std::ops::Deref;

/// A list.
#[derive(Debug)]
pub struct List(Guarded<Vec<Value>>);

impl List {
    /// A list of `items`.
    pub fn new(items: Vec<Value>) -> List {
        List(Guarded::new(items))
    }

    /// A copy of its items.
    pub fn items(&self) -> Vec<Value> {
        self.0.lock().clone()
    }
}

impl Deref for List {
    type Target = Guarded<Vec<Value>>;

    fn deref(&self) -> &Guarded<Vec<Value>> {
        &self.0
    }
}

impl Drop for List {
    fn drop(&mut self) {
        let items = std::mem::take(self.0.get_mut());
        if items.iter().any(|item| !item.is_plain()) {
            discard(items);
        }
    }
}

/// A tuple's items.
pub type Items = SmallVec<[Value; 3]>;

/// A tuple.
#[derive(Debug)]
pub struct Tuple(Items);

impl Tuple {
    /// A tuple of `items`.
    pub fn new(items: Items) -> Tuple {
        Tuple(items)
    }
}

impl Deref for Tuple {
    type Target = [Value];

    fn deref(&self) -> &[Value] {
        &self.0
    }
}

impl Drop for Tuple {
    fn drop(&mut self) {
        if self.0.iter().any(|item| !item.is_plain()) {
            discard(std::mem::take(&mut self.0));
        }
    }
}
