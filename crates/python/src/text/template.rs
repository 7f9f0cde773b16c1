//! The templates of `str.format`, as in `"{0.name!r:>{width}}"`: after CPython's `Objects/stringlib/unicode_format.h`.
//!
//! A template is read piece by piece. A field's specification may be a template itself, to be filled in first.

use super::Fault;
use super::format_spec::number;

/// A part of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// A place for a value.
    Field(Field<'a>),
}

/// A place for a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Field<'a> {
    /// Which value: see [`Name::parse`].
    pub name: &'a str,
    /// The character after `!`: `s`, `r`, `a`, or one that [`unknown_conversion`] names.
    pub conversion: Option<char>,
    /// What is after `:`.
    pub spec: &'a str,
    /// Whether the specification has fields itself.
    pub nested: bool,
}

/// Where a field's value begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First<'a> {
    /// The next positional argument.
    Next,
    /// A positional argument.
    Position(usize),
    /// A keyword argument.
    Keyword(&'a str),
}

/// A step from a value to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// `.name`
    Attribute(&'a str),
    /// `[3]`
    Index(usize),
    /// `[key]`, a text.
    Key(&'a str),
}

/// A field's name: an argument, and steps from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// The argument.
    pub first: First<'a>,
    rest: &'a str,
}

/// How a template's fields have been numbered so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Numbering {
    /// Not at all.
    #[default]
    None,
    /// By their order; the next is this.
    Automatic(usize),
    /// By numbers in the template.
    Manual,
}

impl Numbering {
    /// The position of the argument that a name begins with; nothing if that is a keyword.
    ///
    /// # Errors
    /// If the template has fields with numbers and without.
    pub fn position(&mut self, first: First) -> Result<Option<usize>, Fault> {
        match (first, *self) {
            (First::Keyword(_), _) => Ok(None),
            (First::Next, Numbering::None) => {
                *self = Numbering::Automatic(1);
                Ok(Some(0))
            }
            (First::Next, Numbering::Automatic(next)) => {
                *self = Numbering::Automatic(next + 1);
                Ok(Some(next))
            }
            (First::Position(position), Numbering::None | Numbering::Manual) => {
                *self = Numbering::Manual;
                Ok(Some(position))
            }
            (First::Next, Numbering::Manual) => {
                Err(switched("manual field specification", "automatic field numbering"))
            }
            (First::Position(_), Numbering::Automatic(_)) => {
                Err(switched("automatic field numbering", "manual field specification"))
            }
        }
    }
}

fn switched(from: &str, to: &str) -> Fault {
    Fault::Value(format!("cannot switch from {from} to {to}"))
}

/// What is said of a conversion that there is not.
#[must_use]
pub fn unknown_conversion(conversion: char) -> Fault {
    let shown = match conversion {
        '!'..='~' => conversion.to_string(),
        _ => format!("\\x{:x}", u32::from(conversion)),
    };
    Fault::Value(format!("Unknown conversion specifier {shown}"))
}

impl<'a> Name<'a> {
    /// Reads a field's name.
    ///
    /// # Errors
    /// If its number is too large.
    pub fn parse(name: &'a str) -> Result<Name<'a>, Fault> {
        let (first, rest) = name.split_at(name.find(['.', '[']).unwrap_or(name.len()));
        let position = whole(first)?;
        let first = match position {
            Some(position) => First::Position(position),
            None if first.is_empty() => First::Next,
            None => First::Keyword(first),
        };
        Ok(Name { first, rest })
    }

    /// The steps, one after the other.
    pub fn steps(self) -> impl Iterator<Item = Result<Step<'a>, Fault>> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let step = next_step(&mut rest);
            if step.is_err() {
                rest = "";
            }
            Some(step)
        })
    }
}

fn next_step<'a>(rest: &mut &'a str) -> Result<Step<'a>, Fault> {
    let empty = || Fault::value("Empty attribute in format string");
    if let Some(after) = rest.strip_prefix('.') {
        let (name, after) = after.split_at(after.find(['.', '[']).unwrap_or(after.len()));
        *rest = after;
        return if name.is_empty() { Err(empty()) } else { Ok(Step::Attribute(name)) };
    }
    let inner = rest.strip_prefix('[');
    let inner = inner.ok_or_else(|| Fault::value("Only '.' or '[' may follow ']' in format field specifier"))?;
    let (key, after) = inner.split_once(']').ok_or_else(|| Fault::value("Missing ']' in format string"))?;
    *rest = after;
    match whole(key)? {
        Some(index) => Ok(Step::Index(index)),
        None if key.is_empty() => Err(empty()),
        None => Ok(Step::Key(key)),
    }
}

/// The number that a text is, if it is one.
fn whole(text: &str) -> Result<Option<usize>, Fault> {
    let mut rest = text;
    let number = number(&mut rest)?;
    Ok(number.filter(|_| rest.is_empty()))
}

/// Reads a template.
#[derive(Clone, Debug)]
pub struct Pieces<'a> {
    rest: &'a str,
    /// The field after the text that came last.
    field: bool,
}

/// The parts of a template, one after the other.
#[must_use]
pub fn pieces(template: &str) -> Pieces<'_> {
    Pieces { rest: template, field: false }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Result<Piece<'a>, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() && !self.field {
            return None;
        }
        let piece = if std::mem::take(&mut self.field) { self.field().map(Piece::Field) } else { self.text() };
        match piece {
            Ok(Piece::Text("")) => self.next(),
            Ok(piece) => Some(Ok(piece)),
            Err(fault) => {
                self.rest = "";
                self.field = false;
                Some(Err(fault))
            }
        }
    }
}

impl<'a> Pieces<'a> {
    /// The text up to the next field, or up to a doubled brace, of which it has one.
    fn text(&mut self) -> Result<Piece<'a>, Fault> {
        let text = self.rest;
        let Some(brace) = text.find(['{', '}']) else {
            self.rest = "";
            return Ok(Piece::Text(text));
        };
        let after = &text[brace + 1..];
        if after.as_bytes().first() == Some(&text.as_bytes()[brace]) {
            self.rest = &after[1..];
            return Ok(Piece::Text(&text[..=brace]));
        }
        if text.as_bytes()[brace] == b'}' {
            return Err(Fault::value("Single '}' encountered in format string"));
        }
        if after.is_empty() {
            return Err(Fault::value("Single '{' encountered in format string"));
        }
        self.rest = after;
        self.field = true;
        Ok(Piece::Text(&text[..brace]))
    }

    fn field(&mut self) -> Result<Field<'a>, Fault> {
        let text = self.rest;
        let end = self.name_end()?;
        let mut field = Field { name: &text[..end], ..Field::default() };
        self.rest = &text[end + 1..];
        match text.as_bytes()[end] {
            b'}' => return Ok(field),
            b'!' => {
                let mut characters = self.rest.chars();
                field.conversion = characters.next();
                if field.conversion.is_none() {
                    return Err(Fault::value("end of string while looking for conversion specifier"));
                }
                let after = characters.next();
                self.rest = characters.as_str();
                match after {
                    Some('}') => return Ok(field),
                    Some(':') | None => {}
                    Some(_) => return Err(Fault::value("expected ':' after conversion specifier")),
                }
            }
            _ => {}
        }
        let mut open = 1;
        for (index, byte) in self.rest.bytes().enumerate() {
            match byte {
                b'{' => {
                    field.nested = true;
                    open += 1;
                }
                b'}' => open -= 1,
                _ => {}
            }
            if open == 0 {
                field.spec = &self.rest[..index];
                self.rest = &self.rest[index + 1..];
                return Ok(field);
            }
        }
        Err(Fault::value("unmatched '{' in format spec"))
    }

    /// Where the field's name ends: at a closing brace, a colon or an exclamation mark that is not within brackets.
    fn name_end(&self) -> Result<usize, Fault> {
        let mut within = false;
        for (index, byte) in self.rest.bytes().enumerate() {
            match byte {
                _ if within => within = byte != b']',
                b'[' => within = true,
                b'{' => return Err(Fault::value("unexpected '{' in field name")),
                b'}' | b':' | b'!' => return Ok(index),
                _ => {}
            }
        }
        Err(Fault::value("expected '}' before end of string"))
    }
}
