//! Writes our own types as JSON, in little code and fast enough for results with a hundred thousand spans. Reading,
//! which few readers ask for, is left to serde_json.

mod number;

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
};
use std::fmt::{self, Write};

/// Writes a value as JSON. Numbers that are not finite, which JSON does not have, become `null`.
#[must_use]
pub fn to_text(value: &impl Serialize) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail, and all keys of our maps are strings.
    let _ = value.serialize(Writer { text: &mut text });
    text
}

/// A value that JSON does not have.
#[derive(Debug)]
struct Unsayable;

impl fmt::Display for Unsayable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON has no such value")
    }
}

impl std::error::Error for Unsayable {}

impl ser::Error for Unsayable {
    fn custom<T: fmt::Display>(_: T) -> Unsayable {
        Unsayable
    }
}

/// Writes one value.
struct Writer<'a> {
    text: &'a mut String,
}

type Written = Result<(), Unsayable>;

impl<'a> Writer<'a> {
    fn raw(self, text: &str) -> Written {
        self.text.push_str(text);
        Ok(())
    }

    fn open(self, bracket: char, close: &'static str) -> Result<List<'a>, Unsayable> {
        self.text.push(bracket);
        Ok(List { text: self.text, first: true, close })
    }

    /// `{"name":` before a variant's content.
    fn variant(self, name: &str) -> Result<Writer<'a>, Unsayable> {
        self.text.push('{');
        quoted(self.text, name);
        self.text.push(':');
        Ok(self)
    }
}

/// A string in quotes, escaped.
fn quoted(text: &mut String, value: &str) {
    text.push('"');
    for letter in value.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            '\n' => text.push_str("\\n"),
            ..' ' => {
                let _ = write!(text, "\\u{:04x}", u32::from(letter));
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
}

/// Writes the items within brackets.
struct List<'a> {
    text: &'a mut String,
    first: bool,
    close: &'static str,
}

impl List<'_> {
    fn next(&mut self) -> Writer<'_> {
        if !std::mem::replace(&mut self.first, false) {
            self.text.push(',');
        }
        Writer { text: self.text }
    }

    fn entry<T: ?Sized + Serialize>(&mut self, name: &str, value: &T) -> Written {
        let writer = self.next();
        quoted(writer.text, name);
        writer.text.push(':');
        value.serialize(writer)
    }

    fn finish(self) -> Written {
        self.text.push_str(self.close);
        Ok(())
    }
}

macro_rules! numbers {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Written {
            let _ = write!(self.text, "{value}");
            Ok(())
        })*
    };
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = Unsayable;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = ser::Impossible<(), Unsayable>;
    type SerializeTupleVariant = ser::Impossible<(), Unsayable>;
    type SerializeMap = List<'a>;
    type SerializeStruct = List<'a>;
    type SerializeStructVariant = List<'a>;

    numbers!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_f32(self, value: f32) -> Written {
        self.serialize_f64(f64::from(value))
    }

    fn serialize_f64(self, value: f64) -> Written {
        if !value.is_finite() {
            return self.raw("null");
        }
        number::write(self.text, value);
        Ok(())
    }

    fn serialize_char(self, value: char) -> Written {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Written {
        quoted(self.text, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Written {
        Err(Unsayable)
    }

    fn serialize_none(self) -> Written {
        self.raw("null")
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Written {
        self.raw("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Written {
        self.raw("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Written {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(self, _: &'static str, value: &T) -> Written {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Written {
        let writer = self.variant(variant)?;
        value.serialize(Writer { text: &mut *writer.text })?;
        writer.raw("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, Unsayable> {
        self.open('[', "]")
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, Unsayable> {
        self.open('[', "]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Unsayable> {
        Err(Unsayable)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unsayable> {
        Err(Unsayable)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<List<'a>, Unsayable> {
        self.open('{', "}")
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<List<'a>, Unsayable> {
        self.open('{', "}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, Unsayable> {
        self.variant(variant)?.open('{', "}}")
    }
}

impl SerializeSeq for List<'_> {
    type Ok = ();
    type Error = Unsayable;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        value.serialize(self.next())
    }

    fn end(self) -> Written {
        self.finish()
    }
}

impl SerializeTuple for List<'_> {
    type Ok = ();
    type Error = Unsayable;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        value.serialize(self.next())
    }

    fn end(self) -> Written {
        self.finish()
    }
}

impl SerializeMap for List<'_> {
    type Ok = ();
    type Error = Unsayable;

    fn serialize_key<T: ?Sized + Serialize>(&mut self, key: &T) -> Written {
        // A string: JSON has no other keys, and our types use no others.
        key.serialize(self.next())
    }

    fn serialize_value<T: ?Sized + Serialize>(&mut self, value: &T) -> Written {
        self.text.push(':');
        value.serialize(Writer { text: self.text })
    }

    fn end(self) -> Written {
        self.finish()
    }
}

impl SerializeStruct for List<'_> {
    type Ok = ();
    type Error = Unsayable;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
        self.entry(name, value)
    }

    fn end(self) -> Written {
        self.finish()
    }
}

impl SerializeStructVariant for List<'_> {
    type Ok = ();
    type Error = Unsayable;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, name: &'static str, value: &T) -> Written {
        self.entry(name, value)
    }

    fn end(self) -> Written {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, Serialize, Deserialize, PartialEq)]
    enum Shape {
        Nothing,
        One(f64),
        Named { a: Option<u8>, b: String },
    }

    #[derive(Debug, Serialize, Deserialize, PartialEq)]
    struct All {
        shapes: Vec<Shape>,
        map: BTreeMap<String, i64>,
        pair: (bool, char),
        #[serde(skip_serializing_if = "Option::is_none")]
        left_out: Option<u32>,
    }

    #[test]
    fn it_is_the_json_that_is_expected() {
        let named = Shape::Named { a: None, b: "\"\\\n\u{1}é".into() };
        let all = All {
            shapes: vec![Shape::Nothing, Shape::One(0.1), named],
            map: [("k".to_owned(), -1)].into(),
            pair: (true, 'x'),
            left_out: None,
        };
        let expected = json!({
            "shapes": ["Nothing", { "One": 0.1 }, { "Named": { "a": null, "b": "\"\\\n\u{1}é" } }],
            "map": { "k": -1 },
            "pair": [true, "x"],
        });
        assert_eq!(serde_json::from_str::<serde_json::Value>(&to_text(&all)).unwrap(), expected);
        assert_eq!(to_text(&f64::NAN), "null");
    }

    proptest! {
        #[test]
        fn whatever_is_written_reads_back(
            texts in prop::collection::vec("(.|\n){0,20}", 0..5),
            whole in any::<(u64, i64)>(),
        ) {
            let value = (texts, whole);
            prop_assert_eq!(serde_json::from_str::<(Vec<String>, (u64, i64))>(&to_text(&value)).unwrap(), value);
        }
    }
}
