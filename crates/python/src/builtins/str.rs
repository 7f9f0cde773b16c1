//! `str` and `bytes`.

use super::Methods;
use super::codecs::Codec;
use super::parts::{begins, bounds, found, is_space, join, lines, own, part_of, partition, split, stripped, text_of};
use super::template::format;
use crate::object::function::{Args, Binds};
use crate::raised::{Outcome, value_error};
use crate::text::template::Numbering;
use crate::value::Value;
use crate::vm::Vm;

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

fn mapped(args: &Args, map: impl FnOnce(&str) -> String) -> Outcome {
    Ok(Value::from(map(own(args)?.as_str())))
}

fn test(args: &Args, each: impl Fn(char) -> bool) -> Outcome {
    let text = own(args)?;
    Ok(Value::Bool(!text.as_str().is_empty() && text.as_str().chars().all(each)))
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
