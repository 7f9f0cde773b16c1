//! A value behind a lock of its own.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A value that threads share, each access under its lock.
///
/// Nobody calls Python code, blocks or takes another object's lock while holding one: so no order of locks is needed.
#[derive(Debug, Default)]
pub struct Guarded<T>(Mutex<T>);

impl<T> Guarded<T> {
    /// Guards `value`.
    pub const fn new(value: T) -> Guarded<T> {
        Guarded(Mutex::new(value))
    }

    /// Waits for the lock, which is only ever held for a moment.
    #[inline]
    pub fn lock(&self) -> MutexGuard<'_, T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The value, without locking: nobody else has it.
    pub fn get_mut(&mut self) -> &mut T {
        self.0.get_mut().unwrap_or_else(PoisonError::into_inner)
    }
}
