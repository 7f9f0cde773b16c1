//! Built-in functions.

use super::list::sort;
use super::types::types;
use super::{Methods, numbers};
use crate::compile::instr::{BinaryOp, CompareOp};
use crate::guarded::Guarded;
use crate::object::class::{Class, class_of};
use crate::object::dict::Dict;
use crate::object::function::{Args, Binds};
use crate::object::iterator::Iter;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, overflow_error, stop_iteration, type_error, value_error};
use crate::run::interpreter::Stream;
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;
use crate::vm::iterate::iterator;
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{Signed, Zero};
use std::sync::Arc;

/// Whether an object is of a class, or of one of a tuple of classes.
pub fn is_instance(object: &Value, class: &Value) -> Result<bool, Raised> {
    is_of(class_of(object), class, "isinstance() arg 2 must be a type, a tuple of types, or a union")
}

fn is_of(own: &Class, class: &Value, message: &str) -> Result<bool, Raised> {
    match class {
        Value::Class(class) => Ok(own.is_a(class)),
        Value::Tuple(classes) => {
            for class in classes.iter() {
                if is_of(own, class, message)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error(message)),
    }
}

fn name_of(value: &Value) -> Result<Symbol, Raised> {
    value.as_str().map(Symbol::of).ok_or_else(|| type_error("attribute name must be string"))
}

fn print(vm: &mut Vm, args: &mut Args) -> Outcome {
    let separator = args.keyword("sep").unwrap_or(Value::None);
    let end = args.keyword("end").unwrap_or(Value::None);
    let file = args.keyword("file").unwrap_or(Value::None);
    args.keyword("flush");
    args.no_keywords("print")?;
    for (name, value) in [("sep", &separator), ("end", &end)] {
        if !value.is_none() && value.as_str().is_none() {
            return Err(type_error(format!("{name} must be None or a string, not {}", class_of(value).name())));
        }
    }
    let mut text = String::new();
    for (at, value) in args.values.iter().enumerate() {
        if at > 0 {
            text.push_str(separator.as_str().unwrap_or(" "));
        }
        text.push_str(vm.str(value)?.as_str());
    }
    text.push_str(end.as_str().unwrap_or("\n"));
    match &file {
        Value::None => vm.write(Stream::Out, &text)?,
        file => {
            vm.call_method(file, Symbol::of("write"), [Value::from(text)])?;
        }
    }
    Ok(Value::None)
}

fn extreme(vm: &mut Vm, args: &mut Args, name: &str, op: CompareOp) -> Outcome {
    let key = args.keyword("key").filter(|key| !key.is_none());
    let default = args.keyword("default");
    args.no_keywords(name)?;
    args.expect(name, false, 1, usize::MAX)?;
    // One by one: what is iterated over may never end.
    let iterated = if args.positional() == 1 { Some(vm.iterate(&args.take(0))?) } else { None };
    let mut given = std::mem::take(&mut args.values).into_iter();
    let mut best: Option<(Value, Value)> = None;
    while let Some(item) = match &iterated {
        Some(items) => vm.next(items)?,
        None => given.next(),
    } {
        let rank = match &key {
            Some(key) => vm.call(key, [item.clone()])?,
            None => item.clone(),
        };
        best = match best {
            Some((item, best)) if !vm.compare_truth(op, &rank, &best)? => Some((item, best)),
            _ => Some((item, rank)),
        };
    }
    match (best, default) {
        (Some((item, _)), _) => Ok(item),
        (None, Some(default)) => Ok(default),
        (None, None) => Err(value_error(format!("{name}() arg is an empty sequence"))),
    }
}

fn sum(vm: &mut Vm, args: &mut Args) -> Outcome {
    let Some(iterable) = args.named(0, "iterable") else {
        return Err(type_error("sum() takes at least 1 positional argument (0 given)"));
    };
    let mut total = args.named(1, "start").unwrap_or(Value::Int(0));
    if matches!(total, Value::Str(_)) {
        return Err(type_error("sum() can't sum strings [use ''.join(seq) instead]"));
    }
    let items = vm.iterate(&iterable)?;
    while let Some(item) = vm.next(&items)? {
        total = match (&total, &item) {
            (Value::Int(a), Value::Int(b)) if a.checked_add(*b).is_some() => Value::Int(a + b),
            _ => vm.binary(BinaryOp::Add, &total, &item)?,
        };
    }
    Ok(total)
}

fn in_base(vm: &mut Vm, args: &mut Args, radix: u32, prefix: &str) -> Outcome {
    let value = args.take(0);
    let number = match value.as_big() {
        Some(number) => number,
        None => BigInt::from(vm.index(&value)?),
    };
    let sign = if number.is_negative() { "-" } else { "" };
    Ok(Value::from(format!("{sign}{prefix}{}", number.abs().to_str_radix(radix))))
}

fn power(vm: &mut Vm, args: &mut Args) -> Outcome {
    let Some((base, exponent)) = args.named(0, "base").zip(args.named(1, "exp")) else {
        return Err(type_error("pow() missing required argument"));
    };
    let modulus = args.named(2, "mod").unwrap_or(Value::None);
    if modulus.is_none() {
        return vm.binary(BinaryOp::Pow, &base, &exponent);
    }
    let (Some(base), Some(exponent), Some(modulus)) = (base.as_big(), exponent.as_big(), modulus.as_big()) else {
        return Err(type_error("pow() 3rd argument not allowed unless all arguments are integers"));
    };
    if modulus.is_zero() {
        return Err(value_error("pow() 3rd argument cannot be 0"));
    }
    let base = if exponent.is_negative() {
        let gcd = base.mod_floor(&modulus).extended_gcd(&modulus);
        if gcd.gcd.abs() != BigInt::from(1) {
            return Err(value_error("base is not invertible for the given modulus"));
        }
        gcd.x.mod_floor(&modulus)
    } else {
        base
    };
    Ok(Value::big(base.mod_floor(&modulus).modpow(&exponent.abs(), &modulus).mod_floor(&modulus)))
}

/// The names of an object's attributes, in order.
pub fn names_of(vm: &mut Vm, object: &Value) -> Result<Vec<Value>, Raised> {
    let mut names: Vec<&'static str> = Vec::new();
    match object {
        Value::Class(class) => {
            names.extend(class.order().iter().flat_map(|class| class.pairs()).map(|(name, _)| name.text()))
        }
        Value::Module(module) => names.extend(module.pairs().into_iter().map(|(name, _)| name.text())),
        _ => {
            let class = class_of(object);
            names.extend(class.order().iter().flat_map(|class| class.pairs()).map(|(name, _)| name.text()));
            if let Value::Instance(instance) = object {
                names.extend(instance.fields.lock().pairs().into_iter().map(|(name, _)| name.text()));
            }
        }
    }
    let _ = vm;
    names.retain(|name| !name.starts_with('.'));
    names.sort_unstable();
    names.dedup();
    Ok(names.into_iter().map(Value::from).collect())
}

/// The built-in functions.
pub const FUNCTIONS: Methods = &[
    ("print", Binds::No, print),
    ("len", Binds::No, |vm, args| {
        args.expect("len", false, 1, 1)?;
        vm.len(&args.take(0)).map(Value::count)
    }),
    ("abs", Binds::No, |vm, args| {
        args.expect("abs", false, 1, 1)?;
        let value = args.take(0);
        if let Some(result) = vm.call_custom(&value, symbol::ABS, [])? {
            return Ok(result);
        }
        match value.plain() {
            Value::Float(value) => Ok(Value::Float(value.abs())),
            plain => match plain.as_big() {
                Some(value) => Ok(Value::big(value.abs())),
                None => Err(type_error(format!("bad operand type for abs(): '{}'", class_of(&value).name()))),
            },
        }
    }),
    ("min", Binds::No, |vm, args| extreme(vm, args, "min", CompareOp::Lt)),
    ("max", Binds::No, |vm, args| extreme(vm, args, "max", CompareOp::Gt)),
    ("sum", Binds::No, sum),
    ("any", Binds::No, |vm, args| {
        let items = vm.iterate(&args.take(0))?;
        while let Some(item) = vm.next(&items)? {
            if vm.truth(&item)? {
                return Ok(Value::Bool(true));
            }
        }
        Ok(Value::Bool(false))
    }),
    ("all", Binds::No, |vm, args| {
        let items = vm.iterate(&args.take(0))?;
        while let Some(item) = vm.next(&items)? {
            if !vm.truth(&item)? {
                return Ok(Value::Bool(false));
            }
        }
        Ok(Value::Bool(true))
    }),
    ("sorted", Binds::No, |vm, args| {
        let key = args.keyword("key");
        let reverse = args.keyword("reverse").unwrap_or(Value::Bool(false));
        args.no_keywords("sorted")?;
        args.expect("sorted", false, 1, 1)?;
        let reverse = vm.truth(&reverse)?;
        let items = vm.collect(&args.take(0))?;
        sort(vm, items, key, reverse).map(Value::list)
    }),
    ("isinstance", Binds::No, |_, args| {
        args.expect("isinstance", false, 2, 2)?;
        is_instance(&args.take(0), &args.take(1)).map(Value::Bool)
    }),
    ("issubclass", Binds::No, |_, args| match args.take(0) {
        Value::Class(class) => {
            is_of(class, &args.take(1), "issubclass() arg 2 must be a class, a tuple of classes, or a union")
                .map(Value::Bool)
        }
        _ => Err(type_error("issubclass() arg 1 must be a class")),
    }),
    ("repr", Binds::No, |vm, args| vm.repr(&args.take(0)).map(Value::Str)),
    ("ascii", Binds::No, |vm, args| vm.ascii(&args.take(0)).map(Value::Str)),
    ("format", Binds::No, |vm, args| {
        let (value, spec) = (args.take(0), args.take(1));
        vm.format(&value, spec.as_str().unwrap_or("")).map(Value::Str)
    }),
    ("hash", Binds::No, |vm, args| Ok(Value::Int(vm.hash(&args.take(0))? as i64))),
    ("id", Binds::No, |_, args| {
        let value = args.take(0);
        Ok(Value::Int(match value.address() {
            Some(address) => address as i64,
            None => value.as_int().unwrap_or(8).wrapping_mul(32),
        }))
    }),
    ("iter", Binds::No, |vm, args| match args.positional() {
        2 => Ok(iterator(Iter::Calls(Guarded::new(args.take(0)), args.take(1)))),
        _ => vm.iterate(&args.take(0)),
    }),
    ("next", Binds::No, |vm, args| {
        args.expect("next", false, 1, 2)?;
        let iterator = args.take(0);
        let default = args.take(1);
        let item = match &iterator {
            // What it returned is part of the exception.
            Value::Generator(generator) => match vm.send_to_generator(generator, Value::None)? {
                Ok(item) => Some(item),
                Err(returned) if default.is_unbound() => return Err(stop_iteration(returned)),
                Err(_) => None,
            },
            Value::Instance(instance) if default.is_unbound() && instance.class.lookup(symbol::NEXT).is_some() => {
                return vm.call_special(&iterator, symbol::NEXT, []).map(Option::unwrap_or_default);
            }
            _ => vm.next(&iterator)?,
        };
        match item {
            Some(item) => Ok(item),
            None if default.is_unbound() => Err(stop_iteration(Value::None)),
            None => Ok(default),
        }
    }),
    ("callable", Binds::No, |_, args| {
        let value = args.take(0);
        Ok(Value::Bool(match &value {
            Value::Function(_) | Value::Closure(_) | Value::Native(_) | Value::Method(_) | Value::Class(_) => true,
            Value::Instance(instance) => instance.class.lookup(symbol::CALL).is_some(),
            _ => false,
        }))
    }),
    ("chr", Binds::No, |vm, args| {
        let code = vm.index(&args.take(0))?;
        match u32::try_from(code).ok().and_then(char::from_u32) {
            Some(c) => Ok(Value::Str(Str::of_char(c))),
            None => Err(value_error("chr() arg not in range(0x110000)")),
        }
    }),
    ("ord", Binds::No, |_, args| {
        let value = args.take(0);
        match value.plain() {
            Value::Str(text) if text.chars() == 1 => {
                Ok(Value::Int(i64::from(u32::from(text.char_at(0).unwrap_or('\0')))))
            }
            Value::Bytes(bytes) if bytes.0.len() == 1 => Ok(Value::Int(i64::from(bytes.0[0]))),
            Value::Str(text) => {
                Err(type_error(format!("ord() expected a character, but string of length {} found", text.chars())))
            }
            _ => Err(type_error(format!("ord() expected string of length 1, but {} found", class_of(&value).name()))),
        }
    }),
    ("bin", Binds::No, |vm, args| in_base(vm, args, 2, "0b")),
    ("oct", Binds::No, |vm, args| in_base(vm, args, 8, "0o")),
    ("hex", Binds::No, |vm, args| in_base(vm, args, 16, "0x")),
    ("pow", Binds::No, power),
    ("divmod", Binds::No, |vm, args| {
        args.expect("divmod", false, 2, 2)?;
        let (a, b) = (args.take(0), args.take(1));
        if let Some(result) = vm.call_custom(&a, symbol::DIVMOD, [b.clone()])? {
            return Ok(result);
        }
        let is_number = |value: &Value| value.as_float().is_some() || value.as_big().is_some();
        let of_a_class = matches!((&a, &b), (Value::Instance(_), _) | (_, Value::Instance(_)));
        let are_numbers = is_number(&a) && is_number(&b);
        if !of_a_class && !are_numbers {
            let (a, b) = (class_of(&a).name(), class_of(&b).name());
            return Err(type_error(format!("unsupported operand type(s) for divmod(): '{a}' and '{b}'")));
        }
        if let (Value::Float(_), _) | (_, Value::Float(_)) = (&a, &b)
            && let (Some(x), Some(y)) = (a.as_float(), b.as_float())
        {
            if y == 0.0 {
                return Err(crate::raised::zero_division_error("float divmod()"));
            }
            let (quotient, rest) = crate::vm::numbers::float_divmod(x, y);
            return Ok(Value::tuple([Value::Float(quotient), Value::Float(rest)]));
        }
        Ok(Value::tuple([vm.binary(BinaryOp::FloorDiv, &a, &b)?, vm.binary(BinaryOp::Mod, &a, &b)?]))
    }),
    ("round", Binds::No, |vm, args| {
        let value = args.named(0, "number").unwrap_or_default();
        let digits = args.named(1, "ndigits").unwrap_or_default();
        numbers::round(vm, &value, digits)
    }),
    ("getattr", Binds::No, |vm, args| {
        args.expect("getattr", false, 2, 3)?;
        let (object, name, default) = (args.take(0), name_of(&args.take(1))?, args.take(2));
        match vm.get_attribute(&object, name) {
            Err(raised) if raised.is(types().attribute_error) && !default.is_unbound() => Ok(default),
            outcome => outcome,
        }
    }),
    ("hasattr", Binds::No, |vm, args| {
        let (object, name) = (args.take(0), name_of(&args.take(1))?);
        match vm.find_attribute(&object, name) {
            Ok(found) => Ok(Value::Bool(found.is_some())),
            Err(raised) if raised.is(types().attribute_error) => Ok(Value::Bool(false)),
            Err(raised) => Err(raised),
        }
    }),
    ("setattr", Binds::No, |vm, args| {
        let (object, name, value) = (args.take(0), name_of(&args.take(1))?, args.take(2));
        vm.set_attribute(&object, name, value)?;
        Ok(Value::None)
    }),
    ("delattr", Binds::No, |vm, args| {
        let (object, name) = (args.take(0), name_of(&args.take(1))?);
        vm.delete_attribute(&object, name)?;
        Ok(Value::None)
    }),
    ("vars", Binds::No, |vm, args| match args.take(0) {
        Value::Unbound => locals(vm),
        object => match vm.find_attribute(&object, symbol::DICT)? {
            Some(dict) => Ok(dict),
            None => Err(type_error("vars() argument must have __dict__ attribute")),
        },
    }),
    ("locals", Binds::No, |vm, _| locals(vm)),
    ("globals", Binds::No, |vm, _| {
        let pairs = vm.module().map(|module| module.pairs()).unwrap_or_default();
        let pairs = pairs.into_iter().map(|(name, value)| (Str::from(name.text()), value));
        Ok(Value::Dict(Arc::new(Dict::of_strings(pairs))))
    }),
    ("dir", Binds::No, |vm, args| match args.take(0) {
        Value::Unbound => {
            let mut names: Vec<_> = vm.locals().into_iter().map(|(name, _)| name.text()).collect();
            names.sort_unstable();
            Ok(Value::list(names.into_iter().map(Value::from).collect()))
        }
        object => names_of(vm, &object).map(Value::list),
    }),
    ("input", Binds::No, |vm, args| {
        let prompt = args.take(0);
        if !prompt.is_unbound() {
            let prompt = vm.str(&prompt)?;
            vm.write(Stream::Out, prompt.as_str())?;
        }
        Err(Raised::new(types().eof_error, "EOF when reading a line"))
    }),
    ("anext", Binds::No, |vm, args| vm.call_special(&args.take(0), symbol::ANEXT, []).map(Option::unwrap_or_default)),
    ("aiter", Binds::No, |vm, args| vm.call_special(&args.take(0), symbol::AITER, []).map(Option::unwrap_or_default)),
];

fn locals(vm: &Vm) -> Outcome {
    let pairs = vm.locals().into_iter().filter(|(name, _)| !name.text().starts_with('.'));
    let pairs = pairs.map(|(name, value)| (Str::from(name.text()), value));
    Ok(Value::Dict(Arc::new(Dict::of_strings(pairs))))
}

/// A duration in seconds, as microseconds; an error if it is no number or negative and `least` says so.
pub fn microseconds(vm: &mut Vm, value: &Value, negative: &str) -> Result<u64, Raised> {
    let seconds = match value.plain() {
        Value::Str(_) | Value::None => {
            return Err(type_error(format!("'{}' object cannot be interpreted as an integer", class_of(value).name())));
        }
        _ => numbers::float_of(vm, value)?,
    };
    if seconds.is_nan() {
        return Err(value_error("Invalid value NaN (not a number)"));
    }
    if seconds < 0.0 {
        return Err(value_error(negative));
    }
    if seconds > 1e9 {
        return Err(overflow_error("timestamp too large to convert to C _PyTime_t"));
    }
    Ok((seconds * 1e6).ceil() as u64)
}
