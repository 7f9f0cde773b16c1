//! `repr` of texts and bytes.

use std::fmt::Write;

/// A text in quotes, as `repr` writes it: what cannot be printed as escapes.
#[must_use]
pub fn str_repr(text: &str) -> String {
    quoted(text, is_printable)
}

/// A text in quotes, as `ascii` writes it: all that is not ASCII as escapes.
#[must_use]
pub fn ascii_repr(text: &str) -> String {
    quoted(text, |character| matches!(character, ' '..='~'))
}

/// Bytes in quotes, as `repr` writes them.
#[must_use]
pub fn bytes_repr(bytes: &[u8]) -> String {
    let mut text = String::from("b");
    let quote = quote_for(bytes);
    text.push(quote);
    for &byte in bytes {
        push_escaped(&mut text, char::from(byte), quote, byte.is_ascii() && !byte.is_ascii_control());
    }
    text.push(quote);
    text
}

/// Whether a character is shown as it is: `str.isprintable` of one. The standard library's tables follow the same rule as Python's,
/// from a later version of Unicode.
#[must_use]
pub fn is_printable(character: char) -> bool {
    if character.is_ascii() {
        return !character.is_ascii_control();
    }
    // At the beginning of a text, marks that combine with what stands before them are escaped as well.
    let mut buffer = [b'a'; 5];
    let end = 1 + character.encode_utf8(&mut buffer[1..]).len();
    let text = std::str::from_utf8(&buffer[..end]).expect("two characters");
    text.escape_debug().nth(1) == Some(character)
}

fn quoted(text: &str, shown: impl Fn(char) -> bool) -> String {
    let quote = quote_for(text.as_bytes());
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push(quote);
    for character in text.chars() {
        push_escaped(&mut quoted, character, quote, shown(character));
    }
    quoted.push(quote);
    quoted
}

/// Single quotes, but where they are in the text and double ones are not.
fn quote_for(text: &[u8]) -> char {
    if text.contains(&b'\'') && !text.contains(&b'"') { '"' } else { '\'' }
}

fn push_escaped(text: &mut String, character: char, quote: char, shown: bool) {
    match character {
        '\n' => text.push_str("\\n"),
        '\r' => text.push_str("\\r"),
        '\t' => text.push_str("\\t"),
        '\\' => text.push_str("\\\\"),
        _ if character == quote => text.extend(['\\', quote]),
        _ if shown => text.push(character),
        _ => {
            let number = u32::from(character);
            let _ = match number {
                0..=0xff => write!(text, "\\x{number:02x}"),
                0x100..=0xffff => write!(text, "\\u{number:04x}"),
                _ => write!(text, "\\U{number:08x}"),
            };
        }
    }
}
