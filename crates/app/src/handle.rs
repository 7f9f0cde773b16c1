//! What is large, and is only ever replaced as a whole.

use std::ops::Deref;
use std::rc::Rc;

/// Shares a value. Two handles are equal if they share the same one: whether a figure has changed is known without a look at it, and
/// without the code for that.
#[derive(Debug, Default)]
pub struct Handle<T>(Rc<T>);

impl<T> Handle<T> {
    /// Shares `value`.
    #[must_use]
    pub fn new(value: T) -> Handle<T> {
        Handle(Rc::new(value))
    }

    /// The value, for those who count on it in another way.
    #[must_use]
    pub fn shared(&self) -> Rc<T> {
        self.0.clone()
    }
}

impl<T: Clone> Handle<T> {
    /// The value, to be changed: if others share it, they keep theirs as it is.
    pub fn change(&mut self) -> &mut T {
        Rc::make_mut(&mut self.0)
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Handle<T> {
        Handle(self.0.clone())
    }
}

impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Handle<T>) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
