//! The arguments of a call, put where the parameters want them.

use super::Vm;
use super::frame::Callee;
use crate::compile::code::Code;
use crate::object::dict::Dict;
use crate::object::function::Function;
use crate::object::text::Str;
use crate::raised::{Raised, type_error};
use crate::symbol::Symbol;
use crate::value::Value;
use smallvec::SmallVec;
use std::sync::Arc;

impl Vm {
    /// Puts the arguments from `at` on where the parameters want them.
    pub(super) fn bind_arguments(
        &mut self,
        callee: &Callee,
        at: usize,
        count: usize,
        names: &[Symbol],
    ) -> Result<(), Raised> {
        let code = callee.code();
        let params = &code.params;
        let (all, positional) = (params.names.len(), params.positional as usize);
        let given = count - names.len();
        let mut bound: SmallVec<[Value; 12]> = SmallVec::new();
        bound.resize(all, Value::Unbound);
        for (place, slot) in bound.iter_mut().zip(at..at + given.min(positional)) {
            *place = std::mem::take(&mut self.stack[slot]);
        }
        let mut rest = Vec::new();
        if given > positional {
            if !params.rest {
                return Err(too_many(callee, given, &bound));
            }
            rest.extend((at + positional..at + given).map(|slot| std::mem::take(&mut self.stack[slot])));
        }
        let mut named_rest = params.named_rest.then(Vec::new);
        for (name, slot) in names.iter().zip(at + given..) {
            let value = std::mem::take(&mut self.stack[slot]);
            let found = params.names.iter().position(|own| own == name);
            match (found, &mut named_rest) {
                (Some(found), _) if found >= params.positional_only as usize => {
                    if !bound[found].is_unbound() {
                        return Err(type_error(format!(
                            "{}() got multiple values for argument '{}'",
                            code.qualname,
                            name.text()
                        )));
                    }
                    bound[found] = value;
                }
                (_, Some(named)) => named.push((Str::from(name.text()), value)),
                (Some(_), None) => {
                    let message = "got some positional-only arguments passed as keyword arguments";
                    return Err(type_error(format!("{}() {message}: '{}'", code.qualname, name.text())));
                }
                (None, None) => {
                    return Err(type_error(format!(
                        "{}() got an unexpected keyword argument '{}'",
                        code.qualname,
                        name.text()
                    )));
                }
            }
        }
        if let Some(function) = callee.function() {
            fill_defaults(function, &mut bound);
        }
        missing(code, &bound)?;
        let total = all + usize::from(params.rest) + usize::from(params.named_rest);
        if self.stack.len() < at + total.max(count) + 1 {
            self.stack.resize(at + total.max(count) + 64, Value::Unbound);
        }
        self.clear(at, at + count.max(total));
        for (value, slot) in bound.into_iter().zip(at..) {
            self.stack[slot] = value;
        }
        let mut slot = at + all;
        if params.rest {
            self.stack[slot] = Value::tuple(rest);
            slot += 1;
        }
        if let Some(named) = named_rest {
            self.stack[slot] = Value::Dict(Arc::new(Dict::of_strings(named)));
        }
        Ok(())
    }
}

fn fill_defaults(function: &Function, bound: &mut [Value]) {
    let positional = function.code.params.positional as usize;
    let first = positional - function.defaults.len().min(positional);
    for (place, default) in bound[first..positional].iter_mut().zip(&*function.defaults) {
        if place.is_unbound() {
            *place = default.clone();
        }
    }
    for (place, default) in bound[positional..].iter_mut().zip(&*function.keyword_defaults) {
        if place.is_unbound() {
            *place = default.clone();
        }
    }
}

/// “a”, “a and b”, “a, b, and c”
fn enumerated(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [most @ .., last] => format!("{}, and {last}", most.join(", ")),
    }
}

fn missing(code: &Code, bound: &[Value]) -> Result<(), Raised> {
    let positional = code.params.positional as usize;
    let absent = |range: std::ops::Range<usize>| -> Vec<String> {
        range.filter(|&at| bound[at].is_unbound()).map(|at| format!("'{}'", code.params.names[at].text())).collect()
    };
    for (names, what) in [(absent(0..positional), "positional"), (absent(positional..bound.len()), "keyword-only")] {
        if !names.is_empty() {
            let (count, s) = (names.len(), if names.len() == 1 { "" } else { "s" });
            let names = enumerated(&names);
            return Err(type_error(format!(
                "{}() missing {count} required {what} argument{s}: {names}",
                code.qualname
            )));
        }
    }
    Ok(())
}

#[cold]
fn too_many(callee: &Callee, given: usize, bound: &[Value]) -> Raised {
    let code = callee.code();
    let positional = code.params.positional as usize;
    let defaults = callee.function().map_or(0, |function| function.defaults.len());
    let takes =
        if defaults > 0 { format!("from {} to {positional}", positional - defaults) } else { positional.to_string() };
    let s = if positional == 1 && defaults == 0 { "" } else { "s" };
    let were = if given == 1 { "was" } else { "were" };
    let _ = bound;
    type_error(format!("{}() takes {takes} positional argument{s} but {given} {were} given", code.qualname))
}
