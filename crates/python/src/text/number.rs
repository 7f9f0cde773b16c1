//! Numbers read from texts, as `int` and `float` read them, and whole numbers written.

use super::{Fault, str_repr};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

/// The most digits of an int that is read or written in a base other than 2, 4, 8, 16 and 32: CPython's limit, for it takes time that
/// grows with their square.
pub const MOST_DIGITS: usize = 4300;

/// Bits above which an int has more digits than [`MOST_DIGITS`], and need not be written to know it.
const MOST_BITS: u64 = 14_285;

/// Characters of a text that a message repeats.
const SHOWN: usize = 200;

/// A whole number in decimal digits, as `str` writes it.
///
/// # Errors
/// If there are more than [`MOST_DIGITS`].
pub fn int_to_text(value: &BigInt) -> Result<String, Fault> {
    let text = if value.bits() > MOST_BITS { None } else { Some(value.to_str_radix(10)) };
    let digits = text.filter(|text| text.trim_start_matches('-').len() <= MOST_DIGITS);
    digits.ok_or_else(|| {
        let use_this = "use sys.set_int_max_str_digits() to increase the limit";
        Fault::Value(format!("Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion; {use_this}"))
    })
}

/// The float nearest to a whole number.
///
/// # Errors
/// If it is larger than any.
pub fn int_to_float(value: &BigInt) -> Result<f64, Fault> {
    let float = value.to_f64().filter(|float| float.is_finite());
    float.ok_or_else(|| Fault::Overflow("int too large to convert to float".to_owned()))
}

/// The whole number that a text is, as `int(text, base)` reads it: with spaces around it, a sign, the base's prefix, and underscores
/// between digits. Base 0 is the prefix's. Digits are ASCII's.
///
/// # Errors
/// If the text or the base is none.
pub fn parse_int(text: &str, base: u32) -> Result<BigInt, Fault> {
    if base == 1 || base > 36 {
        return Err(Fault::value("int() base must be >= 2 and <= 36, or 0"));
    }
    let invalid = || Fault::Value(format!("invalid literal for int() with base {base}: {}", shown(text)));
    let trimmed = trim(text);
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    let sign = if trimmed.starts_with('-') { Sign::Minus } else { Sign::Plus };
    let (radix, digits) = radix_and_digits(unsigned, base);
    let plain = without_underscores(digits, |byte| char::from(byte).is_digit(radix)).ok_or_else(invalid)?;
    if plain.is_empty() || !plain.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return Err(invalid());
    }
    let zero = plain.bytes().all(|byte| byte == b'0');
    if base == 0 && radix == 10 && plain.starts_with('0') && !zero {
        return Err(invalid());
    }
    if plain.len() > MOST_DIGITS && !radix.is_power_of_two() {
        let limit = format!("Exceeds the limit ({MOST_DIGITS} digits) for integer string conversion");
        let (digits, use_this) = (plain.len(), "use sys.set_int_max_str_digits() to increase the limit");
        return Err(Fault::Value(format!("{limit}: value has {digits} digits; {use_this}")));
    }
    let value = BigInt::parse_bytes(plain.as_bytes(), radix).ok_or_else(invalid)?;
    Ok(if sign == Sign::Minus { -value } else { value })
}

/// The float that a text is, as `float(text)` reads it: with spaces around it, and underscores between digits.
///
/// # Errors
/// If the text is none.
pub fn parse_float(text: &str) -> Result<f64, Fault> {
    let plain = without_underscores(trim(text), |byte| byte.is_ascii_digit());
    let float = plain.and_then(|plain| plain.parse().ok());
    float.ok_or_else(|| Fault::Value(format!("could not convert string to float: {}", shown(text))))
}

/// A text as messages show it.
fn shown(text: &str) -> String {
    str_repr(text).chars().take(SHOWN).collect()
}

/// A text without the spaces around it: in ASCII those that C counts as such.
fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| match character {
        ' ' | '\t'..='\r' => true,
        _ => !character.is_ascii() && character.is_whitespace(),
    })
}

fn radix_and_digits(text: &str, base: u32) -> (u32, &str) {
    let radix = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    if radix == 0 || base != 0 && base != radix {
        return (if base == 0 { 10 } else { base }, text);
    }
    let digits = &text[2..];
    (radix, digits.strip_prefix('_').unwrap_or(digits))
}

/// A text without its underscores; nothing if one of them is not between two digits.
fn without_underscores(text: &str, is_digit: impl Fn(u8) -> bool) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit_at = |index: usize| bytes.get(index).is_some_and(|&byte| is_digit(byte));
    let between = |index: usize| index > 0 && is_digit_at(index - 1) && is_digit_at(index + 1);
    let underscores = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'_');
    underscores
        .map(|(index, _)| index)
        .all(between)
        .then(|| text.chars().filter(|&character| character != '_').collect())
}
