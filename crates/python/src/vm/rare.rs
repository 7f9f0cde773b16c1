//! Instructions that programs execute seldom, or that take long anyway. They are apart from the loop so that it stays small: a browser compiles
//! it anew for each program, and takes longer the larger it is, far more than in proportion.

use super::Vm;
use super::attribute::super_of;
use super::unwind;
use super::variable::undefined;
use crate::builtins::types::types;
use crate::compile::code::Code;
use crate::compile::instr::Instr;
use crate::modules;
use crate::object::class::class_of;
use crate::object::dict::Dict;
use crate::object::set::Set;
use crate::object::slice::Slice;
use crate::raised::{Raised, assertion_error, runtime_error, type_error};
use crate::value::{Cell, Value};
use std::sync::Arc;

impl Vm {
    /// Executes an instruction that only changes registers and what is in them, and neither jumps nor begins or ends a call.
    pub(super) fn execute_rare(&mut self, instr: Instr, code: &'static Code, base: usize) -> Result<(), Raised> {
        macro_rules! reg {
            ($reg:expr) => {
                self.stack[base + $reg as usize]
            };
        }
        macro_rules! set {
            ($reg:expr, $value:expr) => {{
                let value = $value;
                self.put(base + $reg as usize, value)
            }};
        }

        match instr {
            Instr::DeleteGlobal { at } => {
                let global = code.globals[at as usize];
                if global.own().is_unbound() {
                    return Err(undefined(global.name.text()));
                }
                global.write(Value::Unbound);
            }
            Instr::LoadName { d, name } => {
                let value = self.load_name(name)?;
                set!(d, value);
            }
            Instr::LoadNameOrFree { d, free, name } => {
                let own = self.namespace().and_then(|names| names.get(name).cloned());
                let value = match own {
                    Some(value) => value,
                    None => self.load_free(free)?,
                };
                set!(d, value);
            }
            Instr::StoreName { a, name } => {
                let value = reg!(a).clone();
                if let Some(names) = self.namespace() {
                    names.set(name, value);
                }
            }
            Instr::DeleteName { name } => {
                let old = self.namespace().map(|names| names.set(name, Value::Unbound)).unwrap_or_default();
                if old.is_unbound() {
                    return Err(undefined(name.text()));
                }
            }
            Instr::MakeCell { d } => {
                let value = std::mem::take(&mut reg!(d));
                set!(d, Value::Cell(Arc::new(Cell::new(value))));
            }
            Instr::DeleteCell { a } => {
                if let Value::Cell(cell) = &reg!(a) {
                    let old = std::mem::take(&mut *cell.lock());
                    drop(old);
                }
            }
            Instr::DeleteFree { free } => self.store_free(free, Value::Unbound),
            Instr::Unary { op, d, a } => {
                let operand = reg!(a).clone();
                let value = self.unary(op, &operand)?;
                set!(d, value);
            }
            Instr::In { d, a, b, not } => {
                let (item, container) = (reg!(a).clone(), reg!(b).clone());
                let inside = self.contains(&container, &item)?;
                set!(d, Value::Bool(inside != not));
            }
            Instr::Iterate { d, a } => self.begin_iteration(base + d as usize, base + a as usize)?,
            Instr::MakeList { d, a, count } => {
                let items = self.take_row(base + a as usize, count).collect();
                set!(d, Value::list(items));
            }
            Instr::MakeTuple { d, a, count } => {
                let tuple = Value::tuple(self.take_row(base + a as usize, count));
                set!(d, tuple);
            }
            Instr::MakeString { d, a, count } => {
                let text = self.join_row(base + a as usize, count as usize);
                set!(d, Value::Str(text));
            }
            Instr::Format { d, a, b, how } => {
                let text = self.format_part(base + a as usize, base + b as usize, how)?;
                set!(d, Value::Str(text));
            }
            Instr::Unpack { d, a, count } => {
                self.unpack_into(base + d as usize, base + a as usize, count as usize)?;
            }
            Instr::AddToDict { a, b } => {
                let (key, value) = (std::mem::take(&mut reg!(b)), std::mem::take(&mut reg!(b + 1)));
                if let Value::Dict(dict) = reg!(a).clone() {
                    dict.set(self, &key, value)?;
                }
            }
            Instr::MakeSlice { d, a } => {
                let at = base + a as usize;
                let [start, stop, step] = [0, 1, 2].map(|offset| std::mem::take(&mut self.stack[at + offset]));
                set!(d, Value::Slice(Arc::new(Slice { start, stop, step })));
            }
            Instr::MakeSet { d, .. } => {
                set!(d, Value::Set(Arc::new(Set::new(Default::default(), false))))
            }
            Instr::MakeDict { d, .. } => set!(d, Value::Dict(Arc::new(Dict::default()))),
            Instr::AddToSet { a, b } => {
                let item = reg!(b).clone();
                if let Value::Set(set) = reg!(a).clone() {
                    self.add_to_set(&set, &item)?;
                }
            }
            Instr::Extend { a, b } => {
                let (list, more) = (reg!(a).clone(), reg!(b).clone());
                if !matches!(more, Value::List(_) | Value::Tuple(_))
                    && let Err(raised) = self.iterate(&more)
                {
                    let class = class_of(&more).name();
                    return Err(match raised.is(types().type_error) {
                        true => type_error(format!("Value after * must be an iterable, not {class}")),
                        false => raised,
                    });
                }
                self.extend(&list, &more)?;
            }
            Instr::ExtendArguments { a, b } => {
                let (list, more) = (reg!(a).clone(), reg!(b).clone());
                if !matches!(more, Value::List(_) | Value::Tuple(_))
                    && let Err(raised) = self.iterate(&more)
                {
                    if !raised.is(types().type_error) {
                        return Err(raised);
                    }
                    let (class, callee) = (class_of(&more).name(), reg!(a - 1).clone());
                    let raised = type_error(format!("argument after * must be an iterable, not {class}"));
                    return Err(self.about_call(raised, &callee));
                }
                self.extend(&list, &more)?;
            }
            Instr::UpdateSet { a, b } => {
                let more = reg!(b).clone();
                if let Value::Set(set) = reg!(a).clone() {
                    for item in self.collect(&more)? {
                        self.add_to_set(&set, &item)?;
                    }
                }
            }
            Instr::UpdateDict { a, b } => {
                let (dict, more) = (reg!(a).clone(), reg!(b).clone());
                if !matches!(more.plain(), Value::Dict(_)) && !matches!(more, Value::Instance(_)) {
                    return Err(type_error(format!("'{}' object is not a mapping", class_of(&more).name())));
                }
                self.update_dict(&dict, &more, false)?;
            }
            Instr::UpdateNamed { a, b } => {
                let (dict, more) = (reg!(a).clone(), reg!(b).clone());
                if let Err(raised) = self.update_dict(&dict, &more, true) {
                    let callee = reg!(a - 2).clone();
                    return Err(self.about_call(raised, &callee));
                }
            }
            Instr::ListToTuple { d } => {
                let items = match &reg!(d) {
                    Value::List(list) => std::mem::take(&mut *list.lock()),
                    _ => Vec::new(),
                };
                set!(d, Value::tuple(items));
            }
            Instr::UnpackRest { d, a, before, after } => {
                let value = reg!(a).clone();
                let items = self.unpack_rest(&value, before as usize, after as usize)?;
                for (item, reg) in items.into_iter().zip(base + d as usize..) {
                    self.put(reg, item);
                }
            }
            Instr::MakeFunction { d, at, immortal } => {
                let function = self.make_function(code.codes[at as usize], base + d as usize, immortal);
                set!(d, function);
            }
            Instr::MakeClass { d, at } => {
                let class = self.make_class(code.codes[at as usize], base + d as usize)?;
                set!(d, class);
            }
            Instr::Import { d, name } => {
                let module = modules::import(self, name.text())?;
                set!(d, Value::Module(module));
            }
            Instr::ImportFrom { d, a, name } => {
                let module = reg!(a).clone();
                let value = self.import_from(&module, name)?;
                set!(d, value);
            }
            Instr::ImportAll { a } => {
                if let Value::Module(module) = &reg!(a) {
                    for (name, value) in module.pairs() {
                        if !name.text().starts_with('_') {
                            code.module.set(name, value);
                        }
                    }
                }
            }
            Instr::Raise { a } => {
                let value = reg!(a).clone();
                let exception = self.exception_of(&value)?;
                return Err(Raised::Exception(exception));
            }
            Instr::RaiseFrom { a, b } => {
                let (value, cause) = (reg!(a).clone(), reg!(b).clone());
                return Err(match self.raise_from(&value, &cause) {
                    Ok(raised) | Err(raised) => raised,
                });
            }
            Instr::Reraise => {
                let Some(exception) = self.handled.last().cloned() else {
                    return Err(runtime_error("No active exception to reraise"));
                };
                self.rethrown = true;
                return Err(Raised::Exception(exception));
            }
            Instr::Rethrow { a } => {
                let value = std::mem::take(&mut reg!(a));
                if let Value::Instance(exception) = value {
                    self.rethrown = true;
                    return Err(Raised::Exception(exception));
                }
            }
            Instr::Handle { a } => {
                if let Value::Instance(exception) = &reg!(a) {
                    let exception = exception.clone();
                    self.handled.push(exception);
                }
            }
            Instr::Handled => {
                self.handled.pop();
            }
            Instr::Matches { d, a, b } => {
                let (exception, class) = (reg!(a).clone(), reg!(b).clone());
                let matches = unwind::matches(&exception, &class)?;
                set!(d, Value::Bool(matches));
            }
            Instr::AssertionFailed { a } => {
                let message = std::mem::take(&mut reg!(a));
                return Err(match message {
                    Value::Unbound => Raised::with(types().assertion_error, Vec::new()),
                    Value::Str(text) => assertion_error(text.as_str()),
                    message => Raised::with(types().assertion_error, vec![message]),
                });
            }
            Instr::Enter { d, a } => {
                let manager = reg!(a).clone();
                let (exit, entered) = self.enter_context(&manager)?;
                set!(d, manager);
                set!(d + 1, exit);
                set!(d + 2, entered);
            }
            Instr::Exit { a } => {
                let exit = reg!(a + 1).clone();
                self.call(&exit, [Value::None, Value::None, Value::None])?;
            }
            Instr::ExitWith { d, a, b } => {
                let (exit, exception) = (reg!(a + 1).clone(), reg!(b).clone());
                let class = Value::Class(class_of(&exception));
                let swallowed = self.call(&exit, [class, exception.clone(), exception])?;
                let swallowed = self.truth(&swallowed)?;
                set!(d, Value::Bool(swallowed));
            }
            Instr::Delegate { d, a, awaits } => {
                let value = reg!(a).clone();
                let iterator = self.delegate(&value, awaits)?;
                set!(d, iterator);
            }
            Instr::IsSequence { d, a, count, at_least } => {
                let value = reg!(a).clone();
                let is = self.is_sequence(&value, count as usize, at_least);
                set!(d, Value::Bool(is));
            }
            Instr::IsMapping { d, a } => {
                let is = matches!(reg!(a).plain(), Value::Dict(_));
                set!(d, Value::Bool(is));
            }
            Instr::MatchKeys { d, a, b } => {
                let (mapping, keys) = (reg!(a).clone(), reg!(b).clone());
                let values = self.match_keys(&mapping, &keys)?;
                set!(d, values);
            }
            Instr::MatchClass { d, a, b, count } => {
                let (value, class, names) = (reg!(a).clone(), reg!(b).clone(), reg!(b + 1).clone());
                let parts = self.match_class(&value, &class, &names, count as usize)?;
                set!(d, parts);
            }
            Instr::WithoutKeys { d, a, b } => {
                let (mapping, keys) = (reg!(a).clone(), reg!(b).clone());
                let rest = self.without_keys(&mapping, &keys)?;
                set!(d, rest);
            }
            Instr::Super { d, a } => {
                let (class, object) = (reg!(d).clone(), reg!(a).clone());
                let value = super_of(&class, object)?;
                set!(d, value);
            }
            Instr::DeleteAttr { a, name } => {
                let object = reg!(a).clone();
                self.delete_attribute(&object, name)?;
            }
            Instr::DeleteItem { a, b } => {
                let (object, key) = (reg!(a).clone(), reg!(b).clone());
                self.delete_item(&object, &key)?;
            }
            hot => debug_assert!(false, "{hot:?} is for the loop"),
        }
        Ok(())
    }

    /// Takes the values of `count` registers in a row.
    fn take_row(&mut self, at: usize, count: u8) -> impl Iterator<Item = Value> + '_ {
        self.stack[at..at + count as usize].iter_mut().map(std::mem::take)
    }
}
