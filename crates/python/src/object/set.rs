//! `set` and `frozenset`.

use super::dict::Table;
use crate::guarded::Guarded;
use std::ops::Deref;

/// A set.
#[derive(Debug)]
pub struct Set {
    table: Guarded<Table>,
    /// Whether it is a `frozenset`.
    pub frozen: bool,
}

impl Set {
    /// A set of a table's keys.
    pub fn new(table: Table, frozen: bool) -> Set {
        Set { table: Guarded::new(table), frozen }
    }
}

impl Deref for Set {
    type Target = Guarded<Table>;

    fn deref(&self) -> &Guarded<Table> {
        &self.table
    }
}
