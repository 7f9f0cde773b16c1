//! What both kinds of formatting do with a number's text: digits in groups, and room around it.

use super::{Fault, LONGEST};

/// A number's text in its parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a> {
    /// `-`, `+`, a space, or nothing.
    pub sign: Option<char>,
    /// `0x` and the like.
    pub prefix: &'a str,
    /// What can be put in groups: the digits before the point.
    pub digits: &'a str,
    /// The rest, from the point on.
    pub rest: &'a str,
}

/// Says that a text would be too long.
pub(super) fn bounded(length: usize) -> Result<(), Fault> {
    if length > LONGEST { Err(Fault::Memory) } else { Ok(()) }
}

/// So many of a character.
pub(super) fn push_many(text: &mut String, character: char, times: usize) {
    text.extend(std::iter::repeat_n(character, times));
}

/// Digits in groups of `size`, with a separator between two, and zeros before them up to `least` characters. After
/// `_PyUnicode_InsertThousandsGrouping`: it never begins with a separator, so it may be one longer.
pub(super) fn grouped(digits: &str, separator: char, size: usize, least: usize) -> String {
    let (mut backwards, mut left) = (String::new(), digits.chars().rev());
    let mut in_group = 0;
    loop {
        let digit = left.next();
        if digit.is_none() && backwards.len() >= least {
            return backwards.chars().rev().collect();
        }
        if in_group == size {
            backwards.push(separator);
            in_group = 0;
        }
        backwards.push(digit.unwrap_or('0'));
        in_group += 1;
    }
}
