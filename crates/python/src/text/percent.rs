//! `%` of a text, as in `"%5.2f" % value`: after `unicode_format` of CPython's `Objects/unicodeobject.c`.
//!
//! A format is read piece by piece, for CPython writes what stands before a mistake before it sees it. The caller finds each
//! directive's arguments: first for a `*` width, then for a `*` precision, then the value.

use super::float::{Notation, Style, float_text};
use super::layout::{bounded, push_many};
use super::{Fault, int_to_text};
use num_bigint::{BigInt, Sign};

/// Digits after the point where none are asked for.
const PLACES: usize = 6;

/// A part of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A place for a value.
    Directive(Directive<'a>),
}

/// A width or a precision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A number in the format.
    Given(usize),
    /// `*`: the next argument, an int, or else `TypeError("* wants int")`.
    Argument,
}

/// What a directive takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `%s`: `str` of the value.
    Str,
    /// `%r`: `repr` of it.
    Repr,
    /// `%a`: `ascii` of it.
    Ascii,
    /// `%d`, `%i` and `%u`: an int, or a float without what is after its point.
    Int,
    /// `%x`, `%X` and `%o`: an int.
    Index,
    /// `%e`, `%f`, `%g` and their capitals: a float or an int.
    Float,
    /// `%c`: an int or a text of one character.
    Character,
    /// Any other character: an error once a value has been found for it.
    Nothing,
}

/// A place for a value, as the format describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive<'a> {
    /// The name in `%(name)d`, to look up in a mapping.
    pub key: Option<&'a str>,
    /// The least number of characters.
    pub width: Amount,
    /// Digits after the point, digits at least, or characters at most.
    pub precision: Option<Amount>,
    code: char,
    /// Where the code is, in characters.
    index: usize,
    left: bool,
    plus: bool,
    blank: bool,
    alternate: bool,
    zero: bool,
}

/// Reads a format.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    format: &'a str,
    rest: &'a str,
}

/// The parts of a format, one after the other.
#[must_use]
pub fn pieces(format: &str) -> Pieces<'_> {
    Pieces { format, rest: format }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let Some(after) = self.rest.strip_prefix('%') else {
            if self.rest.is_empty() {
                return None;
            }
            let (text, rest) = self.rest.split_at(self.rest.find('%').unwrap_or(self.rest.len()));
            self.rest = rest;
            return Some(Ok(Piece::Text(text)));
        };
        self.rest = after;
        if let Some(rest) = after.strip_prefix('%') {
            self.rest = rest;
            return Some(Ok(Piece::Text("%")));
        }
        let directive = self.directive();
        if directive.is_err() {
            self.rest = "";
        }
        Some(directive.map(Piece::Directive))
    }
}

impl<'a> Pieces<'a> {
    fn directive(&mut self) -> Result<Directive<'a>, Fault> {
        let key = self.key()?;
        let mut directive = Directive {
            key,
            width: Amount::Given(0),
            precision: None,
            code: '\0',
            index: 0,
            left: false,
            plus: false,
            blank: false,
            alternate: false,
            zero: false,
        };
        loop {
            let flag = match self.rest.bytes().next() {
                Some(b'-') => &mut directive.left,
                Some(b'+') => &mut directive.plus,
                Some(b' ') => &mut directive.blank,
                Some(b'#') => &mut directive.alternate,
                Some(b'0') => &mut directive.zero,
                _ => break,
            };
            *flag = true;
            self.rest = &self.rest[1..];
        }
        directive.width = self.amount("width too big", i64::MAX as u64)?;
        if let Some(after) = self.rest.strip_prefix('.') {
            self.rest = after;
            directive.precision = Some(self.amount("precision too big", i32::MAX as u64)?);
        }
        if let Some(after) = self.rest.strip_prefix(['h', 'l', 'L']) {
            self.rest = after;
        }
        let before = &self.format[..self.format.len() - self.rest.len()];
        let mut characters = self.rest.chars();
        directive.code = characters.next().ok_or_else(|| Fault::value("incomplete format"))?;
        directive.index = before.chars().count();
        self.rest = characters.as_str();
        Ok(directive)
    }

    /// The name in parentheses, which may hold others.
    fn key(&mut self) -> Result<Option<&'a str>, Fault> {
        let Some(inner) = self.rest.strip_prefix('(') else { return Ok(None) };
        let mut open = 1;
        for (index, byte) in inner.bytes().enumerate() {
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                _ => continue,
            }
            if open == 0 {
                self.rest = &inner[index + 1..];
                return Ok(Some(&inner[..index]));
            }
        }
        Err(Fault::value("incomplete format key"))
    }

    fn amount(&mut self, too_big: &str, most: u64) -> Result<Amount, Fault> {
        if let Some(after) = self.rest.strip_prefix('*') {
            self.rest = after;
            return Ok(Amount::Argument);
        }
        let (digits, after) = self.rest.split_at(self.rest.bytes().take_while(u8::is_ascii_digit).count());
        self.rest = after;
        let number = if digits.is_empty() { 0 } else { digits.parse::<u64>().unwrap_or(u64::MAX) };
        if number > most {
            Err(Fault::value(too_big))
        } else {
            Ok(Amount::Given(usize::try_from(number).unwrap_or(usize::MAX)))
        }
    }
}

impl Directive<'_> {
    /// What it takes.
    #[must_use]
    pub fn takes(&self) -> Takes {
        match self.code {
            's' => Takes::Str,
            'r' => Takes::Repr,
            'a' => Takes::Ascii,
            'd' | 'i' | 'u' => Takes::Int,
            'x' | 'X' | 'o' => Takes::Index,
            'e' | 'E' | 'f' | 'F' | 'g' | 'G' => Takes::Float,
            'c' => Takes::Character,
            _ => Takes::Nothing,
        }
    }

    /// Sets the width from an argument. A negative one also aligns to the left.
    pub fn set_width(&mut self, width: i64) {
        self.left |= width < 0;
        self.width = Amount::Given(usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX));
    }

    /// Sets the precision from an argument. A negative one is 0.
    pub fn set_precision(&mut self, precision: i64) {
        self.precision = Some(Amount::Given(usize::try_from(precision.max(0)).unwrap_or(usize::MAX)));
    }

    /// What it says of a value of the wrong type. `%f` has Python's common message for floats.
    #[must_use]
    pub fn wrong_type(&self, type_name: &str) -> Fault {
        Fault::Type(match self.takes() {
            Takes::Int => format!("%{} format: a real number is required, not {type_name}", self.code),
            Takes::Index => format!("%{} format: an integer is required, not {type_name}", self.code),
            Takes::Character => "%c requires int or char".to_owned(),
            _ => format!("must be real number, not {type_name}"),
        })
    }

    /// What it says if it takes nothing.
    #[must_use]
    pub fn unsupported(&self) -> Fault {
        let shown = if matches!(self.code, '\x1f'..='~') { self.code } else { '?' };
        let (number, index) = (u32::from(self.code), self.index);
        Fault::Value(format!("unsupported format character '{shown}' (0x{number:x}) at index {index}"))
    }

    /// Writes the text that [`Takes::Str`], [`Takes::Repr`] and [`Takes::Ascii`] ask for.
    ///
    /// # Errors
    /// If it would be too long.
    pub fn text(&self, text: &str) -> Result<String, Fault> {
        let shown: String = text.chars().take(self.places().unwrap_or(usize::MAX)).collect();
        self.fit(None, "", &shown, false)
    }

    /// Writes a character.
    ///
    /// # Errors
    /// If the width is too large.
    pub fn character(&self, character: char) -> Result<String, Fault> {
        self.fit(None, "", character.encode_utf8(&mut [0; 4]), false)
    }

    /// Writes the character of a number.
    ///
    /// # Errors
    /// If it is none.
    pub fn character_of(&self, number: &BigInt) -> Result<String, Fault> {
        let character = u32::try_from(number).ok().and_then(char::from_u32);
        self.character(character.ok_or_else(|| Fault::Overflow("%c arg not in range(0x110000)".to_owned()))?)
    }

    /// Writes a whole number.
    ///
    /// # Errors
    /// If it would be too long.
    pub fn int(&self, value: &BigInt) -> Result<String, Fault> {
        let mut digits = match self.code {
            'x' | 'X' => value.to_str_radix(16),
            'o' => value.to_str_radix(8),
            _ => int_to_text(value)?,
        };
        let negative = value.sign() == Sign::Minus;
        if negative {
            digits.remove(0);
        }
        if self.code == 'X' {
            digits.make_ascii_uppercase();
        }
        let least = self.places().unwrap_or(0);
        bounded(least)?;
        let mut padded = String::new();
        push_many(&mut padded, '0', least.saturating_sub(digits.len()));
        padded.push_str(&digits);
        let prefix = match self.code {
            'x' if self.alternate => "0x",
            'X' if self.alternate => "0X",
            'o' if self.alternate => "0o",
            _ => "",
        };
        self.fit(self.sign(negative), prefix, &padded, self.zero)
    }

    /// Writes a float.
    ///
    /// # Errors
    /// If it would be too long.
    pub fn float(&self, value: f64) -> Result<String, Fault> {
        let places = self.places().unwrap_or(PLACES);
        bounded(places)?;
        let notation = match self.code {
            'e' | 'E' => Notation::Exponent(places),
            'f' | 'F' => Notation::Fixed(places),
            _ => Notation::General(places),
        };
        let upper = self.code.is_ascii_uppercase();
        let text = float_text(value, notation, Style { alternate: self.alternate, upper, ..Style::default() });
        let unsigned = text.strip_prefix('-');
        self.fit(self.sign(unsigned.is_some()), "", unsigned.unwrap_or(&text), self.zero)
    }

    fn places(&self) -> Option<usize> {
        match self.precision {
            Some(Amount::Given(places)) => Some(places),
            Some(Amount::Argument) | None => None,
        }
    }

    fn sign(&self, negative: bool) -> Option<char> {
        match negative {
            true => Some('-'),
            false if self.plus => Some('+'),
            false => self.blank.then_some(' '),
        }
    }

    fn fit(&self, sign: Option<char>, prefix: &str, body: &str, zeros: bool) -> Result<String, Fault> {
        let width = match self.width {
            Amount::Given(width) => width,
            Amount::Argument => 0,
        };
        bounded(width)?;
        let length = usize::from(sign.is_some()) + prefix.len() + body.chars().count();
        let padding = width.saturating_sub(length);
        let mut text = String::new();
        if !self.left && !zeros {
            push_many(&mut text, ' ', padding);
        }
        text.extend(sign);
        text.push_str(prefix);
        if !self.left && zeros {
            push_many(&mut text, '0', padding);
        }
        text.push_str(body);
        if self.left {
            push_many(&mut text, ' ', padding);
        }
        Ok(text)
    }
}
