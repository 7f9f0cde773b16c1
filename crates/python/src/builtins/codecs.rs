//! Encodings: text as bytes and back.

use super::types::types;
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::function::Args;
use crate::raised::{Outcome, Raised, type_error};
use crate::value::Value;
use std::sync::Arc;

/// An encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Codec {
    /// UTF-8.
    Utf8,
    /// Only the characters below 128.
    Ascii,
    /// ISO 8859-1: the characters below 256.
    Latin1,
}

impl Codec {
    /// The encoding that a call's arguments name, the first of them at `at`; UTF-8 if none.
    pub fn asked(args: &mut Args, at: usize) -> Result<Codec, Raised> {
        let encoding = args.named(at, "encoding");
        if let Some(errors) = args.named(at + 1, "errors")
            && errors.as_str() != Some("strict")
        {
            let text = errors.as_str().unwrap_or_default();
            return Err(Raised::new(types().lookup_error, format!("unknown error handler name '{text}'")));
        }
        let Some(encoding) = encoding else { return Ok(Codec::Utf8) };
        let Some(name) = encoding.as_str() else {
            let class = class_of(&encoding).name();
            return Err(type_error(format!("argument 'encoding' must be str, not {class}")));
        };
        match &*name.to_lowercase().replace('_', "-") {
            "utf-8" | "utf8" | "u8" => Ok(Codec::Utf8),
            "ascii" | "us-ascii" | "646" => Ok(Codec::Ascii),
            "latin-1" | "latin1" | "latin" | "l1" | "iso-8859-1" | "iso8859-1" | "8859" => Ok(Codec::Latin1),
            _ => Err(Raised::new(types().lookup_error, format!("unknown encoding: {name}"))),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Codec::Utf8 => "utf-8",
            Codec::Ascii => "ascii",
            Codec::Latin1 => "latin-1",
        }
    }

    /// What is below this, it can write.
    fn limit(self) -> u32 {
        match self {
            Codec::Utf8 => u32::MAX,
            Codec::Ascii => 128,
            Codec::Latin1 => 256,
        }
    }

    /// Text as bytes.
    pub fn encode(self, text: &str) -> Outcome {
        if self == Codec::Utf8 {
            return Ok(Value::Bytes(Arc::new(Bytes(text.as_bytes().to_vec()))));
        }
        let beyond = |c: &char| u32::from(*c) >= self.limit();
        if let Some(at) = text.chars().position(|c| beyond(&c)) {
            let wrong: Vec<char> = text.chars().skip(at).take_while(beyond).collect();
            let what = match wrong[..] {
                [c] => format!("character {} in position {at}", crate::text::ascii_repr(&c.to_string())),
                _ => format!("characters in position {at}-{}", at + wrong.len() - 1),
            };
            let (name, limit) = (self.name(), self.limit());
            return Err(Raised::new(
                types().unicode_encode_error,
                format!("'{name}' codec can't encode {what}: ordinal not in range({limit})"),
            ));
        }
        Ok(Value::Bytes(Arc::new(Bytes(text.chars().map(|c| c as u8).collect()))))
    }

    /// Bytes as text.
    pub fn decode(self, bytes: &[u8]) -> Outcome {
        let wrong = |at: usize, why: &str| {
            let (name, byte) = (self.name(), bytes[at]);
            Raised::new(
                types().unicode_decode_error,
                format!("'{name}' codec can't decode byte 0x{byte:02x} in position {at}: {why}"),
            )
        };
        match self {
            Codec::Utf8 => match std::str::from_utf8(bytes) {
                Ok(text) => Ok(Value::from(text)),
                Err(error) => Err(wrong(error.valid_up_to(), "invalid start byte")),
            },
            _ => match bytes.iter().position(|byte| u32::from(*byte) >= self.limit()) {
                Some(at) => Err(wrong(at, &format!("ordinal not in range({})", self.limit()))),
                None => Ok(Value::from(bytes.iter().map(|byte| char::from(*byte)).collect::<String>())),
            },
        }
    }
}
