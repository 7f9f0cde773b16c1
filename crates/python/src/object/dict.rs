//! `dict`, and the table that sets use as well.

use super::discard::discard;
use super::text::Str;
use crate::guarded::Guarded;
use crate::raised::Raised;
use crate::value::Value;
use crate::vm::Vm;
use crate::vm::equality::{same, simple_hash};
use hashbrown::HashTable;
use smallvec::SmallVec;
use std::ops::Deref;
use std::sync::Arc;

/// A dictionary: keys in the order in which they came.
#[derive(Debug, Default)]
pub struct Dict(Guarded<Table>);

/// `keys()`, `values()` or `items()` of a dict.
#[derive(Debug)]
pub struct View {
    /// The dict.
    pub dict: Arc<Dict>,
    /// What of it is seen.
    pub part: Part,
}

/// What a view or an iterator shows of a dict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Its keys.
    Keys,
    /// Its values.
    Values,
    /// Pairs of both.
    Items,
}

impl Part {
    /// This part of an entry.
    pub fn of(self, entry: &Entry) -> Value {
        match self {
            Part::Keys => entry.key.clone(),
            Part::Values => entry.value.clone(),
            Part::Items => Value::tuple([entry.key.clone(), entry.value.clone()]),
        }
    }
}

/// An ordered hash table.
#[derive(Debug, Default)]
pub struct Table {
    index: HashTable<u32>,
    entries: Vec<Entry>,
    live: usize,
}

/// An entry of a table; removed if its key is [`Value::Unbound`].
#[derive(Clone, Debug)]
pub struct Entry {
    hash: u64,
    /// The key.
    pub key: Value,
    /// The value; of a set, `None`.
    pub value: Value,
}

/// Where a key is.
pub enum Found {
    /// In this entry.
    At(usize),
    /// Nowhere.
    Missing,
    /// Only Python code can say whether it equals one of these entries' keys.
    Ask(SmallVec<[(usize, Value); 2]>),
}

impl Table {
    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// How many entries there are, with those that were removed.
    pub fn slots(&self) -> usize {
        self.entries.len()
    }

    /// The entry at `slot` if there is one that was not removed.
    pub fn slot(&self, slot: usize) -> Option<&Entry> {
        self.entries.get(slot).filter(|entry| !entry.key.is_unbound())
    }

    /// The first entry at `slot` or after it, and the slot after that.
    pub fn next(&self, slot: usize) -> Option<(usize, &Entry)> {
        let found = self.entries.get(slot..)?.iter().position(|entry| !entry.key.is_unbound())?;
        Some((slot + found + 1, &self.entries[slot + found]))
    }

    /// All entries, in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.key.is_unbound())
    }

    /// Looks for a key, as far as that needs no Python code.
    pub fn find(&self, hash: u64, key: &Value) -> Found {
        let mut undecided = false;
        let found = self.index.find(hash, |&at| {
            let entry = &self.entries[at as usize];
            entry.hash == hash
                && same(&entry.key, key).unwrap_or_else(|| {
                    undecided = true;
                    false
                })
        });
        match found {
            Some(&at) => Found::At(at as usize),
            None if undecided => {
                let alike = self.index.iter_hash(hash).map(|&at| at as usize);
                let alike = alike.filter(|&at| self.entries[at].hash == hash);
                Found::Ask(alike.map(|at| (at, self.entries[at].key.clone())).collect())
            }
            None => Found::Missing,
        }
    }

    /// The value of a string.
    pub fn get_str(&self, key: &Str) -> Option<&Value> {
        let hash = key.hash();
        let at =
            self.index.find(hash, |&at| matches!(&self.entries[at as usize].key, Value::Str(text) if text == key))?;
        Some(&self.entries[*at as usize].value)
    }

    /// Adds a key that is not there.
    pub fn add(&mut self, hash: u64, key: Value, value: Value) {
        let at = self.entries.len() as u32;
        self.entries.push(Entry { hash, key, value });
        self.live += 1;
        let Table { index, entries, .. } = self;
        index.insert_unique(hash, at, |&at| entries[at as usize].hash);
    }

    /// Gives the entry at `slot` a value; the old one.
    pub fn replace(&mut self, slot: usize, value: Value) -> Value {
        std::mem::replace(&mut self.entries[slot].value, value)
    }

    /// Removes the entry at `slot`.
    pub fn remove(&mut self, slot: usize) -> Entry {
        let entry =
            std::mem::replace(&mut self.entries[slot], Entry { hash: 0, key: Value::Unbound, value: Value::None });
        if let Ok(found) = self.index.find_entry(entry.hash, |&at| at as usize == slot) {
            found.remove();
        }
        self.live -= 1;
        if slot + 1 == self.entries.len() {
            while self.entries.last().is_some_and(|entry| entry.key.is_unbound()) {
                self.entries.pop();
            }
        } else if self.entries.len() > 32 && self.live * 4 < self.entries.len() {
            self.compact();
        }
        entry
    }

    fn compact(&mut self) {
        self.entries.retain(|entry| !entry.key.is_unbound());
        self.index.clear();
        let Table { index, entries, .. } = self;
        for (at, entry) in entries.iter().enumerate() {
            index.insert_unique(entry.hash, at as u32, |&at| entries[at as usize].hash);
        }
    }

    /// Removes the last entry.
    pub fn pop(&mut self) -> Option<Entry> {
        let slot = self.entries.iter().rposition(|entry| !entry.key.is_unbound())?;
        Some(self.remove(slot))
    }

    /// A copy.
    pub fn copy(&self) -> Table {
        let entries: Vec<_> = self.iter().cloned().collect();
        let mut copy = Table { index: HashTable::with_capacity(entries.len()), live: entries.len(), entries };
        for (at, entry) in copy.entries.iter().enumerate() {
            copy.index.insert_unique(entry.hash, at as u32, |&at| copy.entries[at as usize].hash);
        }
        copy
    }

    fn still(&self, slot: usize, key: &Value) -> bool {
        self.slot(slot).is_some_and(|entry| entry.key.is(key))
    }
}

impl Drop for Table {
    fn drop(&mut self) {
        if self.entries.iter().any(|entry| !entry.value.is_plain() || !entry.key.is_plain()) {
            discard(std::mem::take(&mut self.entries).into_iter().flat_map(|entry| [entry.key, entry.value]));
        }
    }
}

/// Asks Python code which of the keys alike is the one.
fn ask(vm: &mut Vm, alike: SmallVec<[(usize, Value); 2]>, key: &Value) -> Result<Option<(usize, Value)>, Raised> {
    for (slot, other) in alike {
        if vm.equal(&other, key)? {
            return Ok(Some((slot, other)));
        }
    }
    Ok(None)
}

/// Does `then` with the table, locked, and the key's slot in it, if it is there.
pub fn with_slot<T>(
    vm: &mut Vm,
    table: &Guarded<Table>,
    key: &Value,
    mut then: impl FnMut(&mut Table, Option<usize>, u64) -> T,
) -> Result<T, Raised> {
    let hash = match simple_hash(key) {
        Some(hash) => hash,
        None => vm.hash(key)?,
    };
    loop {
        let mut guard = table.lock();
        match guard.find(hash, key) {
            Found::At(slot) => return Ok(then(&mut guard, Some(slot), hash)),
            Found::Missing => return Ok(then(&mut guard, None, hash)),
            Found::Ask(alike) => {
                drop(guard);
                let answer = ask(vm, alike, key)?;
                let mut guard = table.lock();
                match answer {
                    Some((slot, other)) if guard.still(slot, &other) => return Ok(then(&mut guard, Some(slot), hash)),
                    Some(_) => {}
                    None => return Ok(then(&mut guard, None, hash)),
                }
            }
        }
    }
}

/// Sets `key` in a table.
pub fn insert(vm: &mut Vm, table: &Guarded<Table>, key: &Value, value: Value) -> Result<(), Raised> {
    let mut value = Some(value);
    let old = with_slot(vm, table, key, |table, slot, hash| {
        let value = value.take().unwrap_or_default();
        match slot {
            Some(slot) => Some(table.replace(slot, value)),
            None => {
                table.add(hash, key.clone(), value);
                None
            }
        }
    })?;
    drop(old);
    Ok(())
}

impl Dict {
    /// A dict of pairs whose keys are all different strings.
    pub fn of_strings(pairs: impl IntoIterator<Item = (Str, Value)>) -> Dict {
        let mut table = Table::default();
        for (key, value) in pairs {
            table.add(key.hash(), Value::Str(key), value);
        }
        Dict(Guarded::new(table))
    }

    /// A dict with this table.
    pub fn of_table(table: Table) -> Dict {
        Dict(Guarded::new(table))
    }

    /// The value of `key`.
    pub fn get(&self, vm: &mut Vm, key: &Value) -> Result<Option<Value>, Raised> {
        with_slot(vm, &self.0, key, |table, slot, _| {
            slot.and_then(|slot| table.slot(slot)).map(|entry| entry.value.clone())
        })
    }

    /// Sets the value of `key`.
    pub fn set(&self, vm: &mut Vm, key: &Value, value: Value) -> Result<(), Raised> {
        insert(vm, &self.0, key, value)
    }

    /// Removes `key`; its value.
    pub fn remove(&self, vm: &mut Vm, key: &Value) -> Result<Option<Value>, Raised> {
        let entry = with_slot(vm, &self.0, key, |table, slot, _| slot.map(|slot| table.remove(slot)))?;
        Ok(entry.map(|entry| entry.value))
    }

    /// The value of a string.
    pub fn get_str(&self, key: &str) -> Option<Value> {
        self.0.lock().get_str(&Str::from(key)).cloned()
    }

    /// Sets the value of a string.
    pub fn set_str(&self, key: Str, value: Value) {
        let mut table = self.0.lock();
        let hash = key.hash();
        let key = Value::Str(key);
        let old = match table.find(hash, &key) {
            Found::At(slot) => table.replace(slot, value),
            _ => {
                table.add(hash, key, value);
                return;
            }
        };
        drop(table);
        drop(old);
    }

    /// Its entries now.
    pub fn entries(&self) -> Vec<Entry> {
        self.0.lock().iter().cloned().collect()
    }
}

impl Deref for Dict {
    type Target = Guarded<Table>;

    fn deref(&self) -> &Guarded<Table> {
        &self.0
    }
}
