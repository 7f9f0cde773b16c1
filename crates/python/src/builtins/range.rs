//! `range` and `slice`.

use super::Methods;
use crate::object::class::class_of;
use crate::object::function::{Args, Binds};
use crate::object::slice::{Range, Slice};
use crate::raised::{Outcome, type_error, value_error};
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// Methods of `range`.
pub const RANGE: Methods = &[
    ("start", Binds::Getter, |_, args| Ok(Value::Int(own_range(args).start))),
    ("stop", Binds::Getter, |_, args| Ok(Value::Int(own_range(args).stop))),
    ("step", Binds::Getter, |_, args| Ok(Value::Int(own_range(args).step))),
    ("index", Binds::Object, |vm, args| {
        let (range, item) = (own_range(args), args.take(1));
        match item.as_int().and_then(|value| range.position(value)) {
            Some(at) => Ok(Value::count(at)),
            None => Err(value_error(format!("{} is not in range", vm.repr(&item)?.as_str()))),
        }
    }),
    ("count", Binds::Object, |_, args| {
        let (range, item) = (own_range(args), args.take(1));
        Ok(Value::Int(i64::from(item.as_int().is_some_and(|value| range.position(value).is_some()))))
    }),
];

/// Attributes of `slice`.
pub const SLICE: Methods = &[
    ("start", Binds::Getter, |_, args| part_of_slice(args, |slice| slice.start.clone())),
    ("stop", Binds::Getter, |_, args| part_of_slice(args, |slice| slice.stop.clone())),
    ("step", Binds::Getter, |_, args| part_of_slice(args, |slice| slice.step.clone())),
    ("indices", Binds::Object, |vm, args| match (args.take(0), args.take(1)) {
        (Value::Slice(slice), len) => {
            let len = vm.count_of(&len)?;
            let selection = vm.select(&slice, len)?;
            Ok(Value::tuple([Value::Int(selection.start), Value::Int(selection.stop), Value::Int(selection.step)]))
        }
        _ => Ok(Value::None),
    }),
];

/// `range(…)`
pub fn construct_range(vm: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("range", true, 1, 3)?;
    let mut parts = Vec::new();
    for at in 1..args.positional() {
        let value = args.take(at);
        parts.push(match value {
            Value::Float(_) | Value::Str(_) | Value::None => {
                return Err(type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    class_of(&value).name()
                )));
            }
            value => vm.index(&value)?,
        });
    }
    let (start, stop, step) = match parts[..] {
        [stop] => (0, stop, 1),
        [start, stop] => (start, stop, 1),
        [start, stop, step, ..] => (start, stop, step),
        [] => (0, 0, 1),
    };
    if step == 0 {
        return Err(value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Arc::new(Range { start, stop, step })))
}

/// `slice(…)`
pub fn construct_slice(_: &mut Vm, args: &mut Args) -> Outcome {
    args.expect("slice", true, 1, 3)?;
    let or_none = |value: Value| if value.is_unbound() { Value::None } else { value };
    let (start, stop, step) = match args.positional() {
        2 => (Value::None, args.take(1), Value::None),
        _ => (args.take(1), args.take(2), or_none(args.take(3))),
    };
    Ok(Value::Slice(Arc::new(Slice { start, stop, step })))
}

fn own_range(args: &Args) -> Range {
    match args.values.first() {
        Some(Value::Range(range)) => (**range).clone(),
        _ => Range { start: 0, stop: 0, step: 1 },
    }
}

fn part_of_slice(args: &Args, part: impl FnOnce(&Slice) -> Value) -> Outcome {
    match args.values.first() {
        Some(Value::Slice(slice)) => Ok(part(slice)),
        _ => Ok(Value::None),
    }
}
