//! Iterators of ours.

use super::dict::{Dict, Part};
use super::list::{List, Tuple};
use super::set::Set;
use super::text::Str;
use crate::guarded::Guarded;
use crate::value::Value;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// What is iterated over, and how far it is.
#[derive(Debug)]
pub enum Iter {
    /// A list from front to back.
    List(Arc<List>, AtomicUsize),
    /// A list from back to front: how many are left.
    ListBack(Arc<List>, AtomicUsize),
    /// Values in a tuple.
    Tuple(Arc<Tuple>, AtomicUsize),
    /// A string: the next byte.
    Str(Str, AtomicUsize),
    /// Values computed before.
    Values(Guarded<std::vec::IntoIter<Value>>),
    /// Integers: next, stop, step.
    Range(Guarded<(i64, i64, i64)>),
    /// A dict: the next slot, and how many keys there were.
    Dict(Arc<Dict>, Part, AtomicUsize, usize),
    /// A set: the next slot, and how many there were.
    Set(Arc<Set>, AtomicUsize, usize),
    /// Results of a function.
    Map(Value, Vec<Value>),
    /// What a function accepts.
    Filter(Value, Value),
    /// Tuples of one item of each; whether they must be equally long.
    Zip(Vec<Value>, bool),
    /// Pairs of a number and an item.
    Enumerate(Value, Guarded<Value>),
    /// `iter(function, sentinel)`; unbound once over.
    Calls(Guarded<Value>, Value),
    /// An object with `__getitem__`.
    Items(Value, AtomicUsize),
    /// An object with `__getitem__` and `__len__` from back to front: how many are left.
    ItemsBack(Value, AtomicUsize),
}
