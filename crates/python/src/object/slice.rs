//! `slice` and `range`.

use crate::value::Value;

/// A slice's three parts, each maybe `None`.
#[derive(Debug)]
pub struct Slice {
    /// The first index.
    pub start: Value,
    /// The index before which it ends.
    pub stop: Value,
    /// From index to index.
    pub step: Value,
}

/// A range of 64-bit integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first one.
    pub start: i64,
    /// It ends before this.
    pub stop: i64,
    /// From one to the next, not 0.
    pub step: i64,
}

impl Range {
    /// How many there are.
    pub fn len(&self) -> usize {
        let (start, stop, step) = (i128::from(self.start), i128::from(self.stop), i128::from(self.step));
        let len = if step > 0 { (stop - start + step - 1) / step } else { (start - stop - step - 1) / -step };
        usize::try_from(len).unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The one at `index`, which is below [`Range::len`].
    pub fn at(&self, index: usize) -> i64 {
        self.start.wrapping_add(self.step.wrapping_mul(index as i64))
    }

    /// Where `value` is in it.
    pub fn position(&self, value: i64) -> Option<usize> {
        let (offset, step) = (i128::from(value) - i128::from(self.start), i128::from(self.step));
        let inside =
            if step > 0 { value >= self.start && value < self.stop } else { value <= self.start && value > self.stop };
        (inside && offset % step == 0).then(|| (offset / step) as usize)
    }
}
