//! Dropping what is nested deeply, without the machine's stack running out.

use crate::value::Value;
use std::cell::{Cell, RefCell};

/// So deep drops may nest; what is deeper is dropped afterwards.
const DEEPEST: u32 = 40;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static LATER: RefCell<Vec<Value>> = const { RefCell::new(Vec::new()) };
}

/// Drops the values of a container that is being dropped itself.
pub fn discard(values: impl IntoIterator<Item = Value>) {
    let depth = DEPTH.get();
    if depth >= DEEPEST {
        LATER.with_borrow_mut(|later| later.extend(values.into_iter().filter(|value| !value.is_plain())));
        return;
    }
    DEPTH.set(depth + 1);
    values.into_iter().for_each(drop);
    if depth == 0 {
        while let Some(value) = LATER.with_borrow_mut(Vec::pop) {
            drop(value);
        }
    }
    DEPTH.set(depth);
}
