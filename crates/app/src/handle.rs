//! A shared handle for large values that are only replaced as a whole.

use std::ops::Deref;
use std::rc::Rc;

/// Shares a value. Two handles are equal if they share the same one, so comparing figures takes neither time nor code.
#[derive(Debug, Default)]
pub struct Handle<T>(Rc<T>);

impl<T> Handle<T> {
    /// Shares `value`.
    #[must_use]
    pub fn new(value: T) -> Handle<T> {
        Handle(Rc::new(value))
    }
}

impl<T: Clone> Handle<T> {
    /// The value for changing; other handles that share it keep the old one.
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
