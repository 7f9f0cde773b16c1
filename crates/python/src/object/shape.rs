//! Which attributes objects have, in which order: most objects of a class agree, so that an attribute's place can be remembered.

use crate::guarded::Guarded;
use crate::symbol::Symbol;
use std::sync::atomic::{AtomicU32, Ordering};

/// The names of an object's attributes. Shapes live for ever; those of one class are a tree, from one attribute to one more.
#[derive(Debug)]
pub struct Shape {
    /// Different for each shape.
    pub id: u32,
    /// The names, in the order in which they were first given a value.
    pub names: Vec<Symbol>,
    more: Guarded<Vec<(Symbol, &'static Shape)>>,
}

impl Shape {
    /// A shape without attributes.
    pub fn root() -> &'static Shape {
        Shape::with(Vec::new())
    }

    fn with(names: Vec<Symbol>) -> &'static Shape {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Box::leak(Box::new(Shape { id, names, more: Guarded::default() }))
    }

    /// Where the attribute called `name` is.
    #[inline]
    pub fn slot(&self, name: Symbol) -> Option<usize> {
        self.names.iter().position(|&own| own == name)
    }

    /// The shape with one attribute more.
    pub fn and(&self, name: Symbol) -> &'static Shape {
        let mut more = self.more.lock();
        if let Some((_, shape)) = more.iter().find(|(own, _)| *own == name) {
            return shape;
        }
        let shape = Shape::with(self.names.iter().copied().chain([name]).collect());
        more.push((name, shape));
        shape
    }
}
