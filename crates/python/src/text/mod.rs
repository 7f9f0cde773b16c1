//! Text as CPython 3.11 writes and reads it: functions of plain values, which know nothing of the evaluator.

mod digit;
mod float;
pub mod format_spec;
mod layout;
mod number;
pub mod percent;
mod repr;
mod round;
pub mod template;

#[cfg(test)]
mod against_python;

pub use digit::{is_decimal, is_digit};
pub use float::float_repr;
pub use number::{MOST_DIGITS, int_to_float, int_to_text, parse_float, parse_int};
pub use repr::{ascii_repr, bytes_repr, is_printable, str_repr};
pub use round::round;

/// Bytes of the longest text that a width or a precision may ask for. Longer ones are Python's `MemoryError`.
pub const LONGEST: usize = 1 << 26;

/// What a function here raises: the exception's type, and its message as CPython words it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// `ValueError`.
    Value(String),
    /// `TypeError`.
    Type(String),
    /// `OverflowError`.
    Overflow(String),
    /// `MemoryError`, which has no message.
    Memory,
}

impl Fault {
    fn value(message: &str) -> Fault {
        Fault::Value(message.to_owned())
    }
}
