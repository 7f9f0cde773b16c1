//! Sets of names.

use crate::symbol::Symbol;

/// A set of names: few enough that a sorted list is quicker than a tree, and much smaller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(Vec<Symbol>);

impl Names {
    /// Whether a name is in it.
    pub fn contains(&self, name: &Symbol) -> bool {
        self.0.binary_search(name).is_ok()
    }

    /// Adds a name.
    pub fn insert(&mut self, name: Symbol) {
        if let Err(at) = self.0.binary_search(&name) {
            self.0.insert(at, name);
        }
    }

    /// Removes a name: whether it was there.
    pub fn remove(&mut self, name: &Symbol) -> bool {
        let found = self.0.binary_search(name);
        if let Ok(at) = found {
            self.0.remove(at);
        }
        found.is_ok()
    }

    /// The names, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Symbol> {
        self.0.iter()
    }

    /// Keeps the names of which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&Symbol) -> bool) {
        self.0.retain(keep);
    }
}

impl Extend<Symbol> for Names {
    fn extend<I: IntoIterator<Item = Symbol>>(&mut self, names: I) {
        names.into_iter().for_each(|name| self.insert(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_in_it_once_and_in_order() {
        let [a, b, c] = [1, 2, 3].map(Symbol);
        let mut names = Names::default();
        names.extend([c, a, c, b, a]);
        assert_eq!(names.iter().copied().collect::<Vec<_>>(), [a, b, c]);
        assert!(names.remove(&b) && !names.remove(&b) && !names.contains(&b) && names.contains(&c));
        names.retain(|name| *name != a);
        assert_eq!(names, Names(vec![c]));
    }
}
