//! `str` and `bytes`.

use super::Methods;
use super::codecs::Codec;
use crate::object::bytes::Bytes;
use crate::object::class::class_of;
use crate::object::function::{Args, Binds};
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, index_error, key_error, type_error, value_error};
use crate::symbol::Symbol;
use crate::text::template::{self, First, Name, Numbering, Piece, Step};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// `str(…)`
pub fn construct_str(vm: &mut Vm, args: &mut Args) -> Outcome {
    let value = args.named(1, "object").unwrap_or_default();
    if value.is_unbound() {
        return Ok(Value::from(""));
    }
    if let (Value::Bytes(bytes), true) = (&value, args.values.len() > 2) {
        return Codec::asked(args, 2)?.decode(&bytes.0);
    }
    vm.str(&value).map(Value::Str)
}

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

/// The string that a method is called on.
fn own(args: &Args) -> Result<Str, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::Str(text)) => Ok(text.clone()),
        other => {
            let name = other.map_or("nothing", |value| class_of(value).name());
            Err(type_error(format!("descriptor of 'str' doesn't apply to a '{name}' object")))
        }
    }
}

/// What is looked for in a string.
fn part_of(value: &Value) -> Result<Str, Raised> {
    match value.plain() {
        Value::Str(text) => Ok(text.clone()),
        _ => Err(type_error(format!("must be str, not {}", class_of(value).name()))),
    }
}

fn text_of(value: &Value, what: &str) -> Result<Str, Raised> {
    match value.plain() {
        Value::Str(text) => Ok(text.clone()),
        _ => Err(type_error(format!("{what} must be str, not {}", class_of(value).name()))),
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

fn mapped(args: &Args, map: impl FnOnce(&str) -> String) -> Outcome {
    Ok(Value::from(map(own(args)?.as_str())))
}

fn test(args: &Args, each: impl Fn(char) -> bool) -> Outcome {
    let text = own(args)?;
    Ok(Value::Bool(!text.as_str().is_empty() && text.as_str().chars().all(each)))
}

/// White space, as Python's `str.isspace` counts it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

fn stripped(args: &mut Args, left: bool, right: bool) -> Outcome {
    let text = own(args)?;
    let chars = args.take(1);
    let set: Option<Vec<char>> = match chars.plain() {
        Value::Unbound | Value::None => None,
        Value::Str(chars) => Some(chars.as_str().chars().collect()),
        _ => return Err(type_error(format!("strip arg must be None or str, not {}", class_of(&chars).name()))),
    };
    let gone = |c: char| set.as_ref().map_or_else(|| is_space(c), |set| set.contains(&c));
    let mut rest = text.as_str();
    if left {
        rest = rest.trim_start_matches(gone);
    }
    if right {
        rest = rest.trim_end_matches(gone);
    }
    if rest.len() == text.as_str().len() { Ok(Value::Str(text)) } else { Ok(Value::from(rest)) }
}

fn split(vm: &mut Vm, args: &mut Args, from_right: bool) -> Outcome {
    let text = own(args)?;
    let separator = args.named(1, "sep").unwrap_or(Value::None);
    let most = match args.named(2, "maxsplit") {
        Some(most) => vm.index(&most)?,
        None => -1,
    };
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let text = text.as_str();
    let parts: Vec<&str> = match separator.plain() {
        Value::None => {
            let mut parts = Vec::new();
            let mut rest = if from_right { text.trim_end_matches(is_space) } else { text.trim_start_matches(is_space) };
            while !rest.is_empty() {
                if parts.len() == most {
                    // What is left keeps the spaces at its other end.
                    parts.push(rest);
                    break;
                }
                let at = if from_right { rest.rfind(is_space) } else { rest.find(is_space) };
                let Some(at) = at else {
                    parts.push(rest);
                    break;
                };
                if from_right {
                    let after = at + rest[at..].chars().next().map_or(1, char::len_utf8);
                    parts.push(&rest[after..]);
                    rest = rest[..at].trim_end_matches(is_space);
                } else {
                    parts.push(&rest[..at]);
                    rest = rest[at..].trim_start_matches(is_space);
                }
            }
            if from_right {
                parts.reverse();
            }
            parts
        }
        Value::Str(separator) if separator.as_str().is_empty() => return Err(value_error("empty separator")),
        Value::Str(separator) if from_right => {
            let mut parts: Vec<_> = text.rsplitn(most.saturating_add(1), separator.as_str()).collect();
            parts.reverse();
            parts
        }
        Value::Str(separator) => text.splitn(most.saturating_add(1), separator.as_str()).collect(),
        _ => return Err(type_error(format!("must be str or None, not {}", class_of(&separator).name()))),
    };
    Ok(Value::list(parts.into_iter().map(Value::from).collect()))
}

/// Where a part is in the slice of a string that further arguments give: in characters.
fn found(vm: &mut Vm, args: &mut Args, from_right: bool) -> Result<Option<usize>, Raised> {
    let text = own(args)?;
    let part = part_of(&args.take(1))?;
    let (start, end) = bounds(vm, args, text.chars())?;
    if start > end {
        return Ok(None);
    }
    let slice = text.between(start, end);
    let at = if from_right { slice.rfind(part.as_str()) } else { slice.find(part.as_str()) };
    Ok(at.map(|at| start + slice[..at].chars().count()))
}

fn bounds(vm: &mut Vm, args: &mut Args, len: usize) -> Result<(usize, usize), Raised> {
    let mut bound = |value: Value, default: usize| -> Result<usize, Raised> {
        match value {
            Value::Unbound | Value::None => Ok(default),
            value => {
                let index = vm.index(&value)?;
                let index = if index < 0 { (index + len as i64).max(0) } else { index };
                Ok(index as usize)
            }
        }
    };
    let start = bound(args.take(2), 0)?;
    let end = bound(args.take(3), len)?.min(len);
    Ok((start, end))
}

fn begins(vm: &mut Vm, args: &mut Args, at_end: bool) -> Outcome {
    let text = own(args)?;
    let what = args.take(1);
    let (start, end) = bounds(vm, args, text.chars())?;
    let slice = if start <= end { text.between(start, end) } else { return Ok(Value::Bool(false)) };
    let fits = |part: &str| if at_end { slice.ends_with(part) } else { slice.starts_with(part) };
    let name = if at_end { "endswith" } else { "startswith" };
    match what.plain() {
        Value::Str(part) => Ok(Value::Bool(fits(part.as_str()))),
        Value::Tuple(parts) => Ok(Value::Bool(parts.iter().filter_map(Value::as_str).any(fits))),
        _ => {
            let class = class_of(&what).name();
            Err(type_error(format!("{name} first arg must be str or a tuple of str, not {class}")))
        }
    }
}

fn padded(vm: &mut Vm, args: &mut Args, left: fn(usize, usize) -> usize) -> Outcome {
    let text = own(args)?;
    let width = vm.count_of(&args.take(1))?;
    let fill = args.take(2);
    let fill = fill.as_str().and_then(|fill| fill.chars().next()).unwrap_or(' ');
    let missing = width.saturating_sub(text.chars());
    if missing == 0 {
        return Ok(Value::Str(text));
    }
    if missing > crate::text::LONGEST {
        return Err(crate::raised::memory_error(""));
    }
    let before = left(missing, width);
    let fill_text = |count: usize| std::iter::repeat_n(fill, count).collect::<String>();
    Ok(Value::from(format!("{}{}{}", fill_text(before), text.as_str(), fill_text(missing - before))))
}

fn title(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        if inside {
            result.extend(c.to_lowercase());
        } else {
            result.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    result
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>()).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

fn lines(text: &str, keep: bool) -> Vec<Value> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let is_end =
            |c: char| matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}');
        let Some(at) = rest.find(is_end) else {
            parts.push(Value::from(rest));
            break;
        };
        let len = if rest[at..].starts_with("\r\n") { 2 } else { rest[at..].chars().next().map_or(1, char::len_utf8) };
        parts.push(Value::from(if keep { &rest[..at + len] } else { &rest[..at] }));
        rest = &rest[at + len..];
    }
    parts
}

fn expand_tabs(text: &str, size: usize) -> String {
    let mut result = String::new();
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' if size > 0 => {
                let count = size - column % size;
                result.extend(std::iter::repeat_n(' ', count));
                column += count;
            }
            '\t' => {}
            _ => {
                result.push(c);
                column = if c == '\n' || c == '\r' { 0 } else { column + 1 };
            }
        }
    }
    result
}

fn partition(args: &mut Args, from_right: bool) -> Outcome {
    let text = own(args)?;
    let separator = part_of(&args.take(1))?;
    let (text, separator) = (text.as_str(), separator.as_str());
    if separator.is_empty() {
        return Err(value_error("empty separator"));
    }
    let parts = if from_right { text.rsplit_once(separator) } else { text.split_once(separator) };
    Ok(match parts {
        Some((before, after)) => Value::tuple([Value::from(before), Value::from(separator), Value::from(after)]),
        None if from_right => Value::tuple([Value::from(""), Value::from(""), Value::from(text)]),
        None => Value::tuple([Value::from(text), Value::from(""), Value::from("")]),
    })
}

/// `str.join`
fn join(vm: &mut Vm, separator: &str, items: &Value) -> Outcome {
    let items = vm.collect(items)?;
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            text.push_str(separator);
        }
        let Value::Str(part) = item.plain() else {
            let class = class_of(item).name();
            return Err(type_error(format!("sequence item {at}: expected str instance, {class} found")));
        };
        text.push_str(part.as_str());
    }
    Ok(Value::from(text))
}

/// `str.format`, with the arguments after the template.
fn format(
    vm: &mut Vm,
    template: &str,
    args: &Args,
    mapping: Option<&Value>,
    numbering: &mut Numbering,
    depth: u32,
) -> Result<String, Raised> {
    if depth == 0 {
        return Err(value_error("Max string recursion exceeded"));
    }
    let mut text = String::new();
    for piece in template::pieces(template) {
        let field = match piece? {
            Piece::Text(part) => {
                text.push_str(part);
                continue;
            }
            Piece::Field(field) => field,
        };
        let name = Name::parse(field.name)?;
        let mut value = match name.first {
            First::Keyword(key) => match mapping {
                Some(mapping) => vm.get_item(mapping, &Value::from(key))?,
                None => {
                    let at = args.names.iter().position(|own| own.text() == key);
                    let at = at.ok_or_else(|| key_error(Value::from(key)))?;
                    args.values[args.positional() + at].clone()
                }
            },
            first => {
                let at = numbering.position(first)?.unwrap_or(0);
                if mapping.is_some() {
                    return Err(value_error("Format string contains positional fields"));
                }
                let value = args.values[1..args.positional()].get(at).cloned();
                value.ok_or_else(|| {
                    index_error(format!("Replacement index {at} out of range for positional args tuple"))
                })?
            }
        };
        for step in name.steps() {
            value = match step? {
                Step::Attribute(name) => vm.get_attribute(&value, Symbol::of(name))?,
                Step::Index(index) => vm.get_item(&value, &Value::count(index))?,
                Step::Key(key) => vm.get_item(&value, &Value::from(key))?,
            };
        }
        let spec = if field.nested {
            format(vm, field.spec, args, mapping, numbering, depth - 1)?
        } else {
            field.spec.to_owned()
        };
        let value = match field.conversion {
            None => value,
            Some('s') => Value::Str(vm.str(&value)?),
            Some('r') => Value::Str(vm.repr(&value)?),
            Some('a') => Value::Str(vm.ascii(&value)?),
            Some(other) => return Err(template::unknown_conversion(other).into()),
        };
        text.push_str(vm.format(&value, &spec)?.as_str());
    }
    Ok(text)
}

/// Methods of `str`.
pub const STR: Methods = &[
    ("upper", Binds::Object, |_, args| mapped(args, str::to_uppercase)),
    ("lower", Binds::Object, |_, args| mapped(args, str::to_lowercase)),
    ("casefold", Binds::Object, |_, args| mapped(args, |text| text.to_lowercase().replace('ß', "ss"))),
    ("title", Binds::Object, |_, args| mapped(args, title)),
    ("capitalize", Binds::Object, |_, args| mapped(args, capitalized)),
    ("swapcase", Binds::Object, |_, args| {
        mapped(args, |text| {
            let swap = |c: char| {
                if c.is_uppercase() { c.to_lowercase().collect::<String>() } else { c.to_uppercase().collect() }
            };
            text.chars().map(swap).collect()
        })
    }),
    ("strip", Binds::Object, |_, args| stripped(args, true, true)),
    ("lstrip", Binds::Object, |_, args| stripped(args, true, false)),
    ("rstrip", Binds::Object, |_, args| stripped(args, false, true)),
    ("split", Binds::Object, |vm, args| split(vm, args, false)),
    ("rsplit", Binds::Object, |vm, args| split(vm, args, true)),
    ("splitlines", Binds::Object, |vm, args| {
        let text = own(args)?;
        let keep = args.named(1, "keepends").unwrap_or(Value::Bool(false));
        let keep = vm.truth(&keep)?;
        Ok(Value::list(lines(text.as_str(), keep)))
    }),
    ("join", Binds::Object, |vm, args| {
        args.expect("str.join", true, 1, 1)?;
        let separator = own(args)?;
        join(vm, separator.as_str(), &args.take(1))
    }),
    ("replace", Binds::Object, |vm, args| {
        args.expect("replace", true, 2, 3)?;
        let text = own(args)?;
        let from = text_of(&args.take(1), "replace() argument 1")?;
        let to = text_of(&args.take(2), "replace() argument 2")?;
        let most = match args.take(3) {
            Value::Unbound => -1,
            most => vm.index(&most)?,
        };
        Ok(Value::from(match usize::try_from(most) {
            Ok(most) => text.as_str().replacen(from.as_str(), to.as_str(), most),
            Err(_) => text.as_str().replace(from.as_str(), to.as_str()),
        }))
    }),
    ("find", Binds::Object, |vm, args| Ok(found(vm, args, false)?.map_or(Value::Int(-1), Value::count))),
    ("rfind", Binds::Object, |vm, args| Ok(found(vm, args, true)?.map_or(Value::Int(-1), Value::count))),
    ("index", Binds::Object, |vm, args| {
        found(vm, args, false)?.map(Value::count).ok_or_else(|| value_error("substring not found"))
    }),
    ("rindex", Binds::Object, |vm, args| {
        found(vm, args, true)?.map(Value::count).ok_or_else(|| value_error("substring not found"))
    }),
    ("count", Binds::Object, |vm, args| {
        let text = own(args)?;
        let part = part_of(&args.take(1))?;
        let (start, end) = bounds(vm, args, text.chars())?;
        if start > end {
            return Ok(Value::Int(0));
        }
        let slice = text.between(start, end);
        Ok(Value::count(if part.as_str().is_empty() {
            slice.chars().count() + 1
        } else {
            slice.matches(part.as_str()).count()
        }))
    }),
    ("startswith", Binds::Object, |vm, args| begins(vm, args, false)),
    ("endswith", Binds::Object, |vm, args| begins(vm, args, true)),
    ("removeprefix", Binds::Object, |_, args| {
        let (text, part) = (own(args)?, text_of(&args.take(1), "removeprefix() argument")?);
        Ok(Value::from(text.as_str().strip_prefix(part.as_str()).unwrap_or(text.as_str())))
    }),
    ("removesuffix", Binds::Object, |_, args| {
        let (text, part) = (own(args)?, text_of(&args.take(1), "removesuffix() argument")?);
        Ok(Value::from(text.as_str().strip_suffix(part.as_str()).unwrap_or(text.as_str())))
    }),
    ("center", Binds::Object, |vm, args| padded(vm, args, |missing, width| missing / 2 + (missing & width & 1))),
    ("ljust", Binds::Object, |vm, args| padded(vm, args, |_, _| 0)),
    ("rjust", Binds::Object, |vm, args| padded(vm, args, |missing, _| missing)),
    ("zfill", Binds::Object, |vm, args| {
        let text = own(args)?;
        let width = vm.count_of(&args.take(1))?.min(crate::text::LONGEST);
        let missing = width.saturating_sub(text.chars());
        let (sign, digits) = match text.as_str().strip_prefix(['+', '-']) {
            Some(digits) => (&text.as_str()[..1], digits),
            None => ("", text.as_str()),
        };
        Ok(Value::from(format!("{sign}{}{digits}", "0".repeat(missing))))
    }),
    ("expandtabs", Binds::Object, |vm, args| {
        let text = own(args)?;
        let size = match args.named(1, "tabsize") {
            Some(size) => vm.count_of(&size)?,
            None => 8,
        };
        Ok(Value::from(expand_tabs(text.as_str(), size)))
    }),
    ("partition", Binds::Object, |_, args| partition(args, false)),
    ("rpartition", Binds::Object, |_, args| partition(args, true)),
    ("isdigit", Binds::Object, |_, args| test(args, crate::text::is_digit)),
    ("isdecimal", Binds::Object, |_, args| test(args, crate::text::is_decimal)),
    ("isnumeric", Binds::Object, |_, args| test(args, char::is_numeric)),
    ("isalpha", Binds::Object, |_, args| test(args, char::is_alphabetic)),
    ("isalnum", Binds::Object, |_, args| test(args, char::is_alphanumeric)),
    ("isspace", Binds::Object, |_, args| test(args, is_space)),
    ("isascii", Binds::Object, |_, args| Ok(Value::Bool(own(args)?.as_str().is_ascii()))),
    ("isprintable", Binds::Object, |_, args| {
        Ok(Value::Bool(own(args)?.as_str().chars().all(crate::text::is_printable)))
    }),
    ("isupper", Binds::Object, |_, args| {
        let text = own(args)?;
        let cased = text.as_str().chars().any(|c| c.is_uppercase());
        Ok(Value::Bool(cased && !text.as_str().chars().any(char::is_lowercase)))
    }),
    ("islower", Binds::Object, |_, args| {
        let text = own(args)?;
        let cased = text.as_str().chars().any(|c| c.is_lowercase());
        Ok(Value::Bool(cased && !text.as_str().chars().any(char::is_uppercase)))
    }),
    ("istitle", Binds::Object, |_, args| {
        let (mut cased, mut within) = (false, false);
        for c in own(args)?.as_str().chars() {
            // An uppercase letter, or a titlecase one such as ǅ.
            let begins = !c.is_lowercase() && (c.is_uppercase() || c.to_lowercase().ne([c]));
            let is_cased = begins || c.is_lowercase();
            if is_cased && begins == within {
                return Ok(Value::Bool(false));
            }
            cased |= is_cased;
            within = is_cased;
        }
        Ok(Value::Bool(cased))
    }),
    ("isidentifier", Binds::Object, |_, args| {
        let text = own(args)?;
        let mut chars = text.as_str().chars();
        let first = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_');
        Ok(Value::Bool(first && chars.all(|c| c.is_alphanumeric() || c == '_')))
    }),
    ("encode", Binds::Object, |_, args| {
        let text = own(args)?;
        Codec::asked(args, 1)?.encode(text.as_str())
    }),
    ("format", Binds::Object, |vm, args| {
        let template = own(args)?;
        let args = std::mem::take(args);
        format(vm, template.as_str(), &args, None, &mut Numbering::default(), 2).map(Value::from)
    }),
    ("format_map", Binds::Object, |vm, args| {
        let template = own(args)?;
        let mapping = args.take(1);
        let args = std::mem::take(args);
        format(vm, template.as_str(), &args, Some(&mapping), &mut Numbering::default(), 2).map(Value::from)
    }),
    ("maketrans", Binds::No, |vm, args| {
        let (from, to, gone) = (args.take(0), args.take(1), args.take(2));
        let mut pairs = Vec::new();
        if to.is_unbound() {
            for (key, value) in vm.pairs_of(&from, false)? {
                let key = match key.as_str().and_then(|key| key.chars().next()) {
                    Some(c) => Value::Int(i64::from(u32::from(c))),
                    None => key,
                };
                pairs.push((key, value));
            }
        } else {
            let (from, to) = (text_of(&from, "maketrans")?, text_of(&to, "maketrans")?);
            if from.chars() != to.chars() {
                return Err(value_error("the first two maketrans arguments must have equal length"));
            }
            let code = |c: char| Value::Int(i64::from(u32::from(c)));
            pairs.extend(from.as_str().chars().zip(to.as_str().chars()).map(|(from, to)| (code(from), code(to))));
            if let Some(gone) = gone.as_str() {
                pairs.extend(gone.chars().map(|c| (code(c), Value::None)));
            }
        }
        vm.dict_of(pairs).map(Value::Dict)
    }),
    ("translate", Binds::Object, |vm, args| {
        let text = own(args)?;
        let table = args.take(1);
        let mut result = String::new();
        for c in text.as_str().chars() {
            match vm.get_item(&table, &Value::Int(i64::from(u32::from(c)))) {
                Ok(Value::None) => {}
                Ok(Value::Int(code)) => result.extend(u32::try_from(code).ok().and_then(char::from_u32)),
                Ok(value) => result.push_str(value.as_str().unwrap_or("")),
                Err(raised) if raised.is(crate::builtins::types::types().lookup_error) => result.push(c),
                Err(raised) => return Err(raised),
            }
        }
        Ok(Value::from(result))
    }),
    ("__len__", Binds::Object, |_, args| Ok(Value::count(own(args)?.chars()))),
    ("__getitem__", Binds::Object, |vm, args| vm.get_plain_item(&args.take(0), &args.take(1))),
];

fn own_bytes(args: &Args) -> Result<Arc<Bytes>, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::Bytes(bytes)) => Ok(bytes.clone()),
        _ => Err(type_error("descriptor of 'bytes' doesn't apply to this object")),
    }
}

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
