//! Parts of texts: found, split off, joined.

use crate::object::class::class_of;
use crate::object::function::Args;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, type_error, value_error};
use crate::value::Value;
use crate::vm::Vm;

/// The string that a method is called on.
pub fn own(args: &Args) -> Result<Str, Raised> {
    match args.values.first().map(Value::plain) {
        Some(Value::Str(text)) => Ok(text.clone()),
        other => {
            let name = other.map_or("nothing", |value| class_of(value).name());
            Err(type_error(format!("descriptor of 'str' doesn't apply to a '{name}' object")))
        }
    }
}

/// What is looked for in a string.
pub fn part_of(value: &Value) -> Result<Str, Raised> {
    match value.plain() {
        Value::Str(text) => Ok(text.clone()),
        _ => Err(type_error(format!("must be str, not {}", class_of(value).name()))),
    }
}

pub fn text_of(value: &Value, what: &str) -> Result<Str, Raised> {
    match value.plain() {
        Value::Str(text) => Ok(text.clone()),
        _ => Err(type_error(format!("{what} must be str, not {}", class_of(value).name()))),
    }
}

/// White space, as Python's `str.isspace` counts it.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}
pub fn stripped(args: &mut Args, left: bool, right: bool) -> Outcome {
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

pub fn split(vm: &mut Vm, args: &mut Args, from_right: bool) -> Outcome {
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
pub fn found(vm: &mut Vm, args: &mut Args, from_right: bool) -> Result<Option<usize>, Raised> {
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

pub fn bounds(vm: &mut Vm, args: &mut Args, len: usize) -> Result<(usize, usize), Raised> {
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

pub fn begins(vm: &mut Vm, args: &mut Args, at_end: bool) -> Outcome {
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

pub fn lines(text: &str, keep: bool) -> Vec<Value> {
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

pub fn partition(args: &mut Args, from_right: bool) -> Outcome {
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
pub fn join(vm: &mut Vm, separator: &str, items: &Value) -> Outcome {
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
