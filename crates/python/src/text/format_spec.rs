//! Format specifications, as in `format(value, ">8.2f")` and in f-strings: after CPython's `Python/formatter_unicode.c`.
//!
//! An empty specification is `str(value)`, which is the caller's to say.

use super::float::{Notation, Style, float_text};
use super::layout::{Parts, bounded, grouped, push_many};
use super::{Fault, LONGEST, int_to_float, int_to_text};
use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

/// Digits after the point where none are asked for.
const PLACES: usize = 6;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Align {
    Left,
    Right,
    Centre,
    /// Between the sign and the digits.
    Inside,
}

/// A format specification. What it means depends on the value's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spec<'a> {
    /// The type's name, for messages.
    of: &'a str,
    fill: Option<char>,
    align: Option<Align>,
    sign: Option<char>,
    positive_zero: bool,
    alternate: bool,
    /// Whether a zero stood before the width.
    zero: bool,
    width: usize,
    separator: Option<char>,
    precision: Option<usize>,
    code: Option<char>,
}

impl<'a> Spec<'a> {
    /// Reads a specification for a value of the type named `of`.
    ///
    /// # Errors
    /// If it is none, or asks for groups where there are none.
    pub fn parse(text: &str, of: &'a str) -> Result<Spec<'a>, Fault> {
        let mut rest = text;
        let (fill, align) = fill_and_align(&mut rest);
        let sign = take_of(&mut rest, &['+', '-', ' ']);
        let positive_zero = take(&mut rest, 'z');
        let alternate = take(&mut rest, '#');
        let zero = fill.is_none() && take(&mut rest, '0');
        let width = number(&mut rest)?.unwrap_or(0);
        let mut separator = take(&mut rest, ',').then_some(',');
        if rest.starts_with('_') {
            if separator.is_some() {
                return Err(two_separators());
            }
            take(&mut rest, '_');
            separator = Some('_');
        }
        if separator == Some('_') && rest.starts_with(',') {
            return Err(two_separators());
        }
        let precision = if take(&mut rest, '.') {
            let precision = number(&mut rest)?;
            Some(precision.ok_or_else(|| Fault::value("Format specifier missing precision"))?)
        } else {
            None
        };
        let mut codes = rest.chars();
        let code = codes.next();
        if codes.next().is_some() {
            return Err(Fault::Value(format!("Invalid format specifier '{text}' for object of type '{of}'")));
        }
        let spec = Spec { of, fill, align, sign, positive_zero, alternate, zero, width, separator, precision, code };
        match code {
            None | Some('d' | 'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => {}
            Some('b' | 'o' | 'x' | 'X') if separator == Some('_') => {}
            Some(code) => spec.refuse_separator(code)?,
        }
        Ok(spec)
    }

    /// A text.
    ///
    /// # Errors
    /// If the specification is one of numbers.
    pub fn str(&self, value: &str) -> Result<String, Fault> {
        let code = self.code.unwrap_or('s');
        if self.code.is_none() {
            self.refuse_separator('s')?;
        }
        if code != 's' {
            return Err(self.unknown(code));
        }
        let wrong = match self.sign {
            Some(' ') => Some("Space not allowed"),
            Some(_) => Some("Sign not allowed"),
            None if self.positive_zero => Some("Negative zero coercion (z) not allowed"),
            None if self.alternate => Some("Alternate form (#) not allowed"),
            None => (self.align == Some(Align::Inside)).then_some("'=' alignment not allowed"),
        };
        if let Some(what) = wrong {
            return Err(Fault::Value(format!("{what} in string format specifier")));
        }
        let shown: String = value.chars().take(self.precision.unwrap_or(usize::MAX)).collect();
        self.fit(Parts { rest: &shown, ..Parts::default() }, Align::Left)
    }

    /// A whole number. `bool` is one too.
    ///
    /// # Errors
    /// If the specification is none of numbers, or the number is too large for it.
    pub fn int(&self, value: &BigInt) -> Result<String, Fault> {
        let code = self.code.unwrap_or('d');
        let radix = match code {
            'c' | 'd' | 'n' => 10,
            'b' => 2,
            'o' => 8,
            'x' | 'X' => 16,
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => return self.float(int_to_float(value)?),
            _ => return Err(self.unknown(code)),
        };
        if self.precision.is_some() {
            return Err(Fault::value("Precision not allowed in integer format specifier"));
        }
        if self.positive_zero {
            return Err(Fault::value("Negative zero coercion (z) not allowed in integer format specifier"));
        }
        if code == 'c' {
            return self.character(value);
        }
        let mut digits = match radix {
            10 => int_to_text(value)?,
            _ => value.to_str_radix(radix),
        };
        let negative = value.sign() == Sign::Minus;
        if negative {
            digits.remove(0);
        }
        let mut prefix = String::new();
        if self.alternate && radix != 10 {
            prefix.extend(['0', code]);
        }
        if code == 'X' {
            digits.make_ascii_uppercase();
        }
        self.number(negative, &prefix, &digits, "")
    }

    /// A float.
    ///
    /// # Errors
    /// If the specification is none of floats.
    pub fn float(&self, value: f64) -> Result<String, Fault> {
        let code = self.code.unwrap_or('\0');
        if self.precision.is_some_and(|precision| precision > i32::MAX as usize) {
            return Err(Fault::value("precision too big"));
        }
        bounded(self.precision.unwrap_or(0))?;
        let places = self.precision.unwrap_or(PLACES);
        let notation = match code {
            '\0' => self.precision.map_or(Notation::Shortest, Notation::General),
            'e' | 'E' => Notation::Exponent(places),
            'f' | 'F' | '%' => Notation::Fixed(places),
            'g' | 'G' | 'n' => Notation::General(places),
            _ => return Err(self.unknown(code)),
        };
        let style = Style {
            alternate: self.alternate,
            point_zero: code == '\0',
            positive_zero: self.positive_zero,
            upper: code.is_ascii_uppercase(),
        };
        let mut text = float_text(if code == '%' { value * 100.0 } else { value }, notation, style);
        if code == '%' {
            text.push('%');
        }
        let unsigned = text.strip_prefix('-');
        let body = unsigned.unwrap_or(&text);
        let before = body.bytes().take_while(u8::is_ascii_digit).count();
        self.number(unsigned.is_some(), "", &body[..before], &body[before..])
    }

    fn character(&self, value: &BigInt) -> Result<String, Fault> {
        let wrong = match self.sign {
            Some(_) => Some("Sign"),
            None => self.alternate.then_some("Alternate form (#)"),
        };
        if let Some(what) = wrong {
            return Err(Fault::Value(format!("{what} not allowed with integer format specifier 'c'")));
        }
        let number =
            value.to_i64().ok_or_else(|| Fault::Overflow("Python int too large to convert to C long".to_owned()))?;
        let character = u32::try_from(number).ok().and_then(char::from_u32);
        let character = character.ok_or_else(|| Fault::Overflow("%c arg not in range(0x110000)".to_owned()))?;
        self.fit(Parts { rest: character.encode_utf8(&mut [0; 4]), ..Parts::default() }, Align::Right)
    }

    fn number(&self, negative: bool, prefix: &str, digits: &str, rest: &str) -> Result<String, Fault> {
        let sign = if negative { Some('-') } else { self.sign.filter(|&sign| sign != '-') };
        self.fit(Parts { sign, prefix, digits, rest }, Align::Right)
    }

    /// Puts the parts into the width, its digits in groups.
    fn fit(&self, parts: Parts, usual: Align) -> Result<String, Fault> {
        bounded(self.width)?;
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        let align = self.align.unwrap_or(if self.zero && usual == Align::Right { Align::Inside } else { usual });
        let around = usize::from(parts.sign.is_some()) + parts.prefix.len() + parts.rest.chars().count();
        let least = if fill == '0' && align == Align::Inside { self.width.saturating_sub(around) } else { 0 };
        let size = match (self.separator, self.code) {
            (None, _) => usize::MAX,
            (Some(_), Some('b' | 'o' | 'x' | 'X')) => 4,
            (Some(_), _) => 3,
        };
        let digits = match parts.digits {
            "" => String::new(),
            digits => grouped(digits, self.separator.unwrap_or(' '), size, least),
        };
        let padding = self.width.saturating_sub(around + digits.len());
        let (left, inside, right) = match align {
            Align::Left => (0, 0, padding),
            Align::Right => (padding, 0, 0),
            Align::Centre => (padding / 2, 0, padding - padding / 2),
            Align::Inside => (0, padding, 0),
        };
        let mut text = String::new();
        push_many(&mut text, fill, left);
        text.extend(parts.sign);
        text.push_str(parts.prefix);
        push_many(&mut text, fill, inside);
        text.push_str(&digits);
        text.push_str(parts.rest);
        push_many(&mut text, fill, right);
        Ok(text)
    }

    fn refuse_separator(&self, code: char) -> Result<(), Fault> {
        let Some(separator) = self.separator else { return Ok(()) };
        Err(Fault::Value(format!("Cannot specify '{separator}' with '{}'.", named(code))))
    }

    fn unknown(&self, code: char) -> Fault {
        Fault::Value(format!("Unknown format code '{}' for object of type '{}'", named(code), self.of))
    }
}

fn two_separators() -> Fault {
    Fault::value("Cannot specify both ',' and '_'.")
}

/// A character as messages show it.
fn named(code: char) -> String {
    if matches!(code, '!'..='~') { code.to_string() } else { format!("\\x{:x}", u32::from(code)) }
}

fn fill_and_align(rest: &mut &str) -> (Option<char>, Option<Align>) {
    let align = |character| match character {
        Some('<') => Some(Align::Left),
        Some('>') => Some(Align::Right),
        Some('^') => Some(Align::Centre),
        Some('=') => Some(Align::Inside),
        _ => None,
    };
    let mut characters = rest.chars();
    let first = characters.next();
    let after_first = characters.as_str();
    if let Some(aligned) = align(characters.next()) {
        *rest = characters.as_str();
        return (first, Some(aligned));
    }
    let aligned = align(first);
    if aligned.is_some() {
        *rest = after_first;
    }
    (None, aligned)
}

fn take(rest: &mut &str, character: char) -> bool {
    take_of(rest, &[character]).is_some()
}

fn take_of(rest: &mut &str, characters: &[char]) -> Option<char> {
    let first = rest.chars().next().filter(|first| characters.contains(first))?;
    *rest = &rest[first.len_utf8()..];
    Some(first)
}

/// A number in digits, or nothing if there is none.
pub(super) fn number(rest: &mut &str) -> Result<Option<usize>, Fault> {
    let end = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = rest.split_at(end);
    *rest = after;
    match digits {
        "" => Ok(None),
        _ => match digits.parse::<u64>() {
            Ok(number) if i64::try_from(number).is_ok() => Ok(Some(usize::try_from(number).unwrap_or(LONGEST + 1))),
            _ => Err(Fault::value("Too many decimal digits in format string")),
        },
    }
}
