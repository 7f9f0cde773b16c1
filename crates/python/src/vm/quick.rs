//! What instructions find most of the time, done without a call and without an exception. All of it is made part of the loop.

use super::equality::simple_hash;
use super::{Vm, What};
use crate::compile::code::Site;
use crate::object::dict::{Dict, Found};
use crate::object::instance::Fields;
use crate::value::Value;

/// The next item of an iterator, as far as that is known quickly.
pub(super) enum Next {
    /// This is it.
    Item(Value),
    /// There is none.
    End,
    /// The iterator has to be asked.
    Ask,
}

impl Vm {
    /// Puts a value into a register of the stack.
    #[inline(always)]
    pub(super) fn put(&mut self, at: usize, value: Value) {
        let old = std::mem::replace(&mut self.stack[at], value);
        if old.is_plain() {
            std::mem::forget(old);
        }
    }

    /// Appends the text at `b` to that at `a`: whether both are texts.
    pub(super) fn append_text(&mut self, a: usize, b: usize) -> bool {
        let (Value::Str(_), Value::Str(more)) = (&self.stack[a], &self.stack[b]) else { return false };
        let more = more.clone();
        if let Value::Str(text) = &mut self.stack[a] {
            text.push(more.as_str());
        }
        true
    }

    /// Appends to the list at `a`.
    pub(super) fn append(&mut self, a: usize, item: Value) {
        if let Value::List(list) = &self.stack[a] {
            list.lock().push(item);
        }
    }

    /// The next item of what [`Vm::begin_iteration`] put into the three registers from `at` on.
    #[inline(always)]
    pub(super) fn next_quickly(&mut self, at: usize) -> Next {
        match (&self.stack[at], &self.stack[at + 1], &self.stack[at + 2]) {
            (&Value::Int(next), &Value::Int(stop), &Value::Int(step)) => {
                if (step > 0 && next < stop) || (step < 0 && next > stop) {
                    match next.checked_add(step) {
                        Some(after) => self.stack[at] = Value::Int(after),
                        None => self.stack[at + 1] = Value::Int(next),
                    }
                    Next::Item(Value::Int(next))
                } else {
                    Next::End
                }
            }
            (Value::List(list), &Value::Int(index), _) => {
                let item = list.lock().get(index as usize).map(Value::quick_clone);
                self.item_or_end(at, index, item)
            }
            (Value::Tuple(tuple), &Value::Int(index), _) => {
                let item = tuple.get(index as usize).map(Value::quick_clone);
                self.item_or_end(at, index, item)
            }
            _ => Next::Ask,
        }
    }

    #[inline(always)]
    fn item_or_end(&mut self, at: usize, index: i64, item: Option<Value>) -> Next {
        let Some(item) = item else { return Next::End };
        self.stack[at + 1] = Value::Int(index + 1);
        Next::Item(item)
    }

    /// What a place remembers of objects of the class with this stamp.
    #[inline(always)]
    pub(super) fn remembered(&self, site: Site, stamp: u32) -> What {
        match self.sites.get(site.id as usize) {
            Some([last, _]) if last.stamp == stamp => last.what,
            Some([_, before]) if before.stamp == stamp => before.what,
            _ => What::Nothing,
        }
    }

    /// The attribute of the object at `a` that is where the place found it last.
    #[inline(always)]
    pub(super) fn attribute_quickly(&self, a: usize, site: Site) -> Option<Value> {
        let Value::Instance(instance) = &self.stack[a] else { return None };
        let What::Slot { shape, slot } = self.remembered(site, instance.class.stamp()) else { return None };
        match &*instance.fields.lock() {
            Fields::Shaped(own, values) if own.id == shape => {
                values.get(slot as usize).filter(|value| !value.is_unbound()).map(Value::quick_clone)
            }
            _ => None,
        }
    }

    /// Sets that attribute to the value at `b`: whether it was there.
    #[inline(always)]
    pub(super) fn set_attribute_quickly(&mut self, a: usize, site: Site, b: usize) -> bool {
        let Value::Instance(instance) = &self.stack[a] else { return false };
        let What::Slot { shape, slot } = self.remembered(site, instance.class.stamp()) else { return false };
        let mut fields = instance.fields.lock();
        let Fields::Shaped(own, values) = &mut *fields else { return false };
        let Some(place) = values.get_mut(slot as usize).filter(|_| own.id == shape) else { return false };
        let old = std::mem::replace(place, self.stack[b].quick_clone());
        drop(fields);
        drop(old);
        true
    }

    /// The item at `b` of the list or dict at `a`.
    #[inline(always)]
    pub(super) fn item_quickly(&self, a: usize, b: usize) -> Option<Value> {
        match (&self.stack[a], &self.stack[b]) {
            (Value::List(list), Value::Int(index)) => {
                let items = list.lock();
                let index = if *index < 0 { *index + items.len() as i64 } else { *index };
                items.get(usize::try_from(index).ok()?).map(Value::quick_clone)
            }
            (Value::Dict(dict), key) => dict_item(dict, key),
            _ => None,
        }
    }

    /// Sets the item at `b` of the list or dict at `a` to the value at `c`: whether that was done.
    #[inline(always)]
    pub(super) fn set_item_quickly(&mut self, a: usize, b: usize, c: usize) -> bool {
        match (&self.stack[a], &self.stack[b]) {
            (Value::List(list), Value::Int(index)) => {
                let mut items = list.lock();
                let index = if *index < 0 { *index + items.len() as i64 } else { *index };
                let place = usize::try_from(index).ok().and_then(|index| items.get_mut(index));
                let Some(place) = place else { return false };
                let old = std::mem::replace(place, self.stack[c].quick_clone());
                drop(items);
                drop(old);
                true
            }
            (Value::Dict(dict), key) => set_dict_item(dict, key, &self.stack[c]),
            _ => false,
        }
    }
}

#[inline(never)]
fn dict_item(dict: &Dict, key: &Value) -> Option<Value> {
    let hash = simple_hash(key)?;
    let table = dict.lock();
    match table.find(hash, key) {
        Found::At(slot) => table.slot(slot).map(|entry| entry.value.clone()),
        _ => None,
    }
}

#[inline(never)]
fn set_dict_item(dict: &Dict, key: &Value, value: &Value) -> bool {
    let Some(hash) = simple_hash(key) else { return false };
    let mut table = dict.lock();
    match table.find(hash, key) {
        Found::At(slot) => {
            let old = table.replace(slot, value.clone());
            drop(table);
            drop(old);
            true
        }
        Found::Missing => {
            table.add(hash, key.clone(), value.clone());
            true
        }
        Found::Ask(_) => false,
    }
}
