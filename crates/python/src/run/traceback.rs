//! Exceptions that nobody handled, as Python prints them.

use crate::object::class::class_of;
use crate::object::exception::Place;
use crate::object::instance::Instance;
use crate::raised::Raised;
use crate::symbol;
use crate::value::Value;
use crate::vm::Vm;
use std::sync::Arc;

/// Of a call that repeats, so many are shown.
const REPEATED: usize = 3;

/// The traceback and message of an exception, with those before it.
pub fn written(vm: &mut Vm, exception: &Arc<Instance>) -> String {
    let mut text = String::new();
    write(vm, exception, &mut text, 0);
    text
}

fn write(vm: &mut Vm, exception: &Arc<Instance>, text: &mut String, depth: u32) {
    let Some(state) = exception.exception() else { return };
    let (cause, context, traceback) = {
        let state = state.lock();
        let context = if state.suppress_context { None } else { state.context.clone() };
        (state.cause.clone(), context, state.traceback.clone())
    };
    if depth < 20 {
        if let Some(cause) = cause {
            write(vm, &cause, text, depth + 1);
            text.push_str("\nThe above exception was the direct cause of the following exception:\n\n");
        } else if let Some(context) = context {
            write(vm, &context, text, depth + 1);
            text.push_str("\nDuring handling of the above exception, another exception occurred:\n\n");
        }
    }
    let places: Vec<_> = traceback.iter().rev().filter(|place| !place.code.source.library).collect();
    if !places.is_empty() {
        text.push_str("Traceback (most recent call last):\n");
        write_places(&places, text);
    }
    text.push_str(&last_line(vm, exception));
}

fn write_places(places: &[&Place], text: &mut String) {
    let mut same = 0;
    for (at, place) in places.iter().enumerate() {
        let line = place.code.line_of(place.at);
        let repeats = at > 0 && {
            let before = places[at - 1];
            std::ptr::eq(before.code, place.code) && before.code.line_of(before.at) == line
        };
        same = if repeats { same + 1 } else { 0 };
        if same >= REPEATED {
            let next = places.get(at + 1);
            let goes_on =
                next.is_some_and(|next| std::ptr::eq(next.code, place.code) && next.code.line_of(next.at) == line);
            if !goes_on {
                let count = same + 1 - REPEATED;
                let s = if count == 1 { "" } else { "s" };
                text.push_str(&format!("  [Previous line repeated {count} more time{s}]\n"));
            }
            continue;
        }
        let (source, name) = (place.code.source, place.code.name);
        text.push_str(&format!("  File \"{}\", line {line}, in {name}\n", source.name));
        let code = source.line(line).trim();
        if !code.is_empty() {
            text.push_str(&format!("    {code}\n"));
            text.push_str(&carets(place, line));
        }
    }
}

/// The line that marks the part of a line, unless it is all of it.
fn carets(place: &Place, line: u32) -> String {
    let source = place.code.source;
    let Some(span) = place.code.spans.get(place.at as usize) else { return String::new() };
    let whole = source.line(line);
    let indent = whole.chars().take_while(|c| c.is_whitespace()).count();
    let (_, start) = source.position(span.start);
    let (end_line, end) = source.position(span.end);
    let len = whole.trim_end().chars().count();
    let (start, end) = (start as usize - 1, if end_line == line { end as usize - 1 } else { len });
    if start <= indent && end >= len || end <= start {
        return String::new();
    }
    format!("    {}{}\n", " ".repeat(start.saturating_sub(indent)), "^".repeat(end - start))
}

/// “ValueError: message”
pub fn last_line(vm: &mut Vm, exception: &Arc<Instance>) -> String {
    let class = exception.class;
    let module = class.lookup(symbol::MODULE);
    let module = module.as_ref().and_then(Value::as_str).unwrap_or(class.module);
    let name = match module {
        "builtins" | "__main__" => class.qualname.to_owned(),
        module => format!("{module}.{}", class.qualname),
    };
    let value = Value::Instance(exception.clone());
    debug_assert!(class_of(&value).is(class));
    let message = match vm.str(&value) {
        Ok(message) => message.as_str().to_owned(),
        Err(Raised::Ended) => String::new(),
        Err(Raised::Exception(_)) => "<exception str() failed>".to_owned(),
    };
    if message.is_empty() { format!("{name}\n") } else { format!("{name}: {message}\n") }
}
