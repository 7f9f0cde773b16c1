//! `bytes`.

use super::Methods;
use super::codecs::Codec;
use super::parts::text_of;
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::function::{Args, Binds};
use crate::raised::{Outcome, Raised, type_error, value_error};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// Methods of `bytes`.
pub const BYTES: Methods = &[
    ("decode", Binds::Object, |_, args| {
        let own = own_bytes(args)?;
        Codec::asked(args, 1)?.decode(&own.0)
    }),
    ("hex", Binds::Object, |_, args| {
        Ok(Value::from(own_bytes(args)?.0.iter().map(|byte| format!("{byte:02x}")).collect::<String>()))
    }),
    ("fromhex", Binds::Class, |_, args| {
        let text = text_of(&args.take(1), "fromhex() argument")?;
        let digits: Vec<u32> =
            text.as_str().chars().filter(|c| !c.is_whitespace()).filter_map(|c| c.to_digit(16)).collect();
        Ok(Value::Bytes(Arc::new(Bytes(
            digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + *digit as u8)).collect(),
        ))))
    }),
    ("upper", Binds::Object, |_, args| Ok(Value::Bytes(Arc::new(Bytes(own_bytes(args)?.0.to_ascii_uppercase()))))),
    ("lower", Binds::Object, |_, args| Ok(Value::Bytes(Arc::new(Bytes(own_bytes(args)?.0.to_ascii_lowercase()))))),
    ("startswith", Binds::Object, |_, args| match (own_bytes(args)?, args.take(1)) {
        (own, Value::Bytes(part)) => Ok(Value::Bool(own.0.starts_with(&part.0))),
        _ => Err(type_error("startswith first arg must be bytes or a tuple of bytes")),
    }),
    ("endswith", Binds::Object, |_, args| match (own_bytes(args)?, args.take(1)) {
        (own, Value::Bytes(part)) => Ok(Value::Bool(own.0.ends_with(&part.0))),
        _ => Err(type_error("endswith first arg must be bytes or a tuple of bytes")),
    }),
    ("find", Binds::Object, |_, args| match (own_bytes(args)?, args.take(1)) {
        (own, Value::Bytes(part)) => {
            let at = own.0.windows(part.0.len().max(1)).position(|window| window == part.0);
            Ok(at.map_or(Value::Int(-1), Value::count))
        }
        (_, other) => Err(no_part_of_bytes(&other)),
    }),
    ("count", Binds::Object, |_, args| {
        let (own, what) = (own_bytes(args)?, args.take(1));
        let part = match what.plain() {
            Value::Bytes(part) => latin(&part.0),
            Value::Int(_) | Value::Bool(_) => {
                let byte = what.as_int().and_then(|byte| u8::try_from(byte).ok());
                latin(&[byte.ok_or_else(|| value_error("byte must be in range(0, 256)"))?])
            }
            _ => return Err(no_part_of_bytes(&what)),
        };
        Ok(Value::count(latin(&own.0).matches(&part).count()))
    }),
    ("join", Binds::Object, |vm, args| {
        let (own, items) = (own_bytes(args)?, args.take(1));
        let mut parts = Vec::new();
        for item in vm.collect(&items)? {
            match item.plain() {
                Value::Bytes(bytes) => parts.push(bytes.0.clone()),
                _ => return Err(type_error("sequence item: expected a bytes-like object")),
            }
        }
        Ok(Value::Bytes(Arc::new(Bytes(parts.join(&own.0[..])))))
    }),
    ("split", Binds::Object, |_, args| {
        let text = latin(&own_bytes(args)?.0);
        let parts: Vec<String> = match args.take(1) {
            Value::Bytes(separator) if separator.0.is_empty() => return Err(value_error("empty separator")),
            Value::Bytes(separator) => text.split(&latin(&separator.0)).map(str::to_owned).collect(),
            Value::None | Value::Unbound => text.split_ascii_whitespace().map(str::to_owned).collect(),
            other => {
                let class = class_of(&other).name();
                return Err(type_error(format!("a bytes-like object is required, not '{class}'")));
            }
        };
        let bytes = |part: String| Value::Bytes(Arc::new(Bytes(part.chars().map(|c| c as u8).collect())));
        Ok(Value::list(parts.into_iter().map(bytes).collect()))
    }),
    ("replace", Binds::Object, |_, args| match (own_bytes(args)?, args.take(1), args.take(2)) {
        (own, Value::Bytes(from), Value::Bytes(to)) => {
            let text = latin(&own.0).replace(&latin(&from.0), &latin(&to.0));
            Ok(Value::Bytes(Arc::new(Bytes(text.chars().map(|c| c as u8).collect()))))
        }
        _ => Err(type_error("a bytes-like object is required")),
    }),
    ("strip", Binds::Object, |_, args| Ok(Value::Bytes(Arc::new(Bytes(own_bytes(args)?.0.trim_ascii().to_vec()))))),
];

/// `bytes(…)`
pub fn construct_bytes(vm: &mut Vm, args: &mut Args) -> Outcome {
    let value = args.take(1);
    let bytes = match value.plain() {
        Value::Unbound => Vec::new(),
        Value::Int(len) => match usize::try_from(*len) {
            Ok(len) if len <= crate::text::LONGEST => vec![0; len],
            Ok(_) => return Err(crate::raised::memory_error("")),
            Err(_) => return Err(value_error("negative count")),
        },
        Value::Bytes(bytes) => bytes.0.clone(),
        Value::Str(text) if args.values.len() > 2 => return Codec::asked(args, 2)?.encode(text.as_str()),
        Value::Str(_) => return Err(type_error("string argument without an encoding")),
        _ => {
            let mut bytes = Vec::new();
            for item in vm.collect(&value)? {
                let byte = vm.index(&item)?;
                bytes.push(u8::try_from(byte).map_err(|_| value_error("bytes must be in range(0, 256)"))?);
            }
            bytes
        }
    };
    Ok(Value::Bytes(Arc::new(Bytes(bytes))))
}

fn own_bytes(args: &Args) -> Result<Arc<Bytes>, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::Bytes(bytes)) => Ok(bytes.clone()),
        _ => Err(type_error("descriptor of 'bytes' doesn't apply to this object")),
    }
}

/// Bytes as text of which each character is a byte.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn no_part_of_bytes(value: &Value) -> Raised {
    let class = class_of(value).name();
    type_error(format!("argument should be integer or bytes-like object, not '{class}'"))
}
