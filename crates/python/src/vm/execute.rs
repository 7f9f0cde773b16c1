//! The evaluator's loop.

use super::arithmetic::binary;
use super::compare::compare_fast;
use super::frame::{Callee, Then};
use super::numbers;
use super::quick::Next;
use super::variable::unbound;
use super::{Vm, What};
use crate::compile::code::Code;
use crate::compile::instr::{BinaryOp, Instr};
use crate::object::class::class_of;
use crate::raised::{Outcome, Raised};
use crate::symbol;
use crate::value::Value;

impl Vm {
    /// Runs until the call at depth `floor` is over: its result; or none, if the loop is to be entered again.
    #[allow(clippy::too_many_lines, reason = "one match over all instructions is what makes it fast")]
    pub(super) fn execute(&mut self, floor: usize) -> Option<Outcome> {
        'frame: loop {
            let frame = &self.frames[self.frames.len() - 1];
            let (code, base, mut pc): (&'static Code, usize, usize) = (frame.code, frame.base, frame.pc as usize);

            macro_rules! reg {
                ($reg:expr) => {
                    self.stack[base + $reg as usize]
                };
            }
            macro_rules! save {
                () => {{
                    let last = self.frames.len() - 1;
                    self.frames[last].pc = pc as u32;
                }};
            }

            let raised: Raised = 'run: loop {
                macro_rules! ok {
                    ($result:expr) => {
                        match $result {
                            Ok(value) => value,
                            Err(raised) => break 'run raised,
                        }
                    };
                }
                // A jump; a backward one lets others have their way.
                macro_rules! jump {
                    ($to:expr) => {{
                        let to = $to as usize;
                        if to <= pc {
                            self.fuel -= 1;
                            if self.fuel == 0 {
                                pc = to;
                                save!();
                                return None;
                            }
                            if self.thread.word.load(std::sync::atomic::Ordering::Relaxed) != 0 {
                                save!();
                                ok!(self.interrupted());
                            }
                        }
                        pc = to;
                        continue;
                    }};
                }
                macro_rules! arithmetic {
                    ($op:ident, $checked:ident, $sign:tt, $d:expr, $a:expr, $b:expr) => {{
                        let quick = match (&reg!($a), &reg!($b)) {
                            (Value::Int(x), Value::Int(y)) => x.$checked(*y).map(Value::Int),
                            (Value::Float(x), Value::Float(y)) => Some(Value::Float(x $sign y)),
                            _ => None,
                        };
                        match quick {
                            Some(value) => ($d, value),
                            None => {
                                let (x, y) = (base + $a as usize, base + $b as usize);
                                if BinaryOp::$op == BinaryOp::Add && $a == $d && self.append_text(x, y) {
                                    continue;
                                }
                                save!();
                                ($d, ok!(binary(self, BinaryOp::$op, x, y)))
                            }
                        }
                    }};
                }
                macro_rules! arithmetic_int {
                    ($op:ident, $checked:ident, $d:expr, $a:expr, $in_place:expr, $value:expr) => {{
                        let quick = match &reg!($a) {
                            Value::Int(x) => x.$checked(i64::from($value)),
                            _ => None,
                        };
                        match quick {
                            Some(result) => ($d, Value::Int(result)),
                            None => {
                                save!();
                                ($d, ok!(self.with_int(BinaryOp::$op, base + $a as usize, $value, $in_place)))
                            }
                        }
                    }};
                }
                macro_rules! truth {
                    ($a:expr) => {
                        match &reg!($a) {
                            Value::Bool(value) => *value,
                            Value::Int(value) => *value != 0,
                            Value::None => false,
                            value => {
                                let value = value.clone();
                                save!();
                                ok!(self.truth(&value))
                            }
                        }
                    };
                }
                // A call of a function that takes just the arguments that are there.
                macro_rules! enter {
                    ($d:expr, $function:expr, $at:expr, $count:expr) => {{
                        self.fuel -= 1;
                        ok!(self.attend());
                        ok!(self.push_frame(Callee::Function($function), $at, Then::To($d)));
                        self.clear($at + $count, $at + $function.code.variables.len());
                        if self.fuel == 0 {
                            return None;
                        }
                        continue 'frame;
                    }};
                }
                // What a call gave, or a new frame to go on with.
                macro_rules! called {
                    ($d:expr, $result:expr) => {
                        match ok!($result) {
                            Some(value) => ($d, value),
                            None => continue 'frame,
                        }
                    };
                }

                let instr = code.instrs[pc];
                pc += 1;
                // Most instructions give a value, for a register.
                let (d, value) = match instr {
                    Instr::Move { d, a } => (d, reg!(a).quick_clone()),
                    Instr::Take { d, a } => (d, std::mem::take(&mut reg!(a))),
                    Instr::Clear { d } => (d, Value::Unbound),
                    Instr::Const { d, at } => (d, code.constants[at as usize].quick_clone()),
                    Instr::Int { d, value } => (d, Value::Int(i64::from(value))),
                    Instr::None { d } => (d, Value::None),
                    Instr::Bool { d, value } => (d, Value::Bool(value)),
                    Instr::Check { a } => {
                        if reg!(a).is_unbound() {
                            break 'run unbound(code, a);
                        }
                        continue;
                    }

                    Instr::LoadGlobal { d, at } => {
                        let global = code.globals[at as usize];
                        let version = global.version();
                        match self.globals.get(global.id as usize) {
                            Some((known, value)) if *known == version && !value.is_unbound() => {
                                (d, value.quick_clone())
                            }
                            _ => {
                                save!();
                                (d, ok!(self.read_global(global)))
                            }
                        }
                    }
                    Instr::StoreGlobal { a, at } => {
                        code.globals[at as usize].write(reg!(a).clone());
                        continue;
                    }

                    Instr::LoadCell { d, a } => match reg!(a).in_cell() {
                        Value::Unbound => break 'run unbound(code, a),
                        value => (d, value),
                    },
                    Instr::StoreCell { d, a } => {
                        self.store_cell(base + d as usize, base + a as usize);
                        continue;
                    }
                    Instr::LoadFree { d, free } => (d, ok!(self.load_free(free))),
                    Instr::StoreFree { free, a } => {
                        self.store_free(free, reg!(a).clone());
                        continue;
                    }

                    Instr::Add { d, a, b } => arithmetic!(Add, checked_add, +, d, a, b),
                    Instr::Sub { d, a, b } => arithmetic!(Sub, checked_sub, -, d, a, b),
                    Instr::Mul { d, a, b } => arithmetic!(Mul, checked_mul, *, d, a, b),
                    Instr::AddInt { d, a, in_place, value } => arithmetic_int!(Add, checked_add, d, a, in_place, value),
                    Instr::SubInt { d, a, in_place, value } => arithmetic_int!(Sub, checked_sub, d, a, in_place, value),
                    Instr::Binary { op, d, a, b } => {
                        let quick = match (&reg!(a), &reg!(b)) {
                            (Value::Int(x), Value::Int(y)) => numbers::small(op, *x, *y),
                            _ => None,
                        };
                        match quick {
                            Some(result) => (d, Value::Int(result)),
                            None => {
                                save!();
                                (d, ok!(binary(self, op, base + a as usize, base + b as usize)))
                            }
                        }
                    }
                    Instr::InPlace { op, d, a, b } => {
                        let quick = match (&reg!(a), &reg!(b)) {
                            (Value::Int(x), Value::Int(y)) => numbers::small(op, *x, *y),
                            _ => None,
                        };
                        match quick {
                            Some(result) => (d, Value::Int(result)),
                            None => {
                                let (x, y) = (base + a as usize, base + b as usize);
                                if op == BinaryOp::Add && a == d && self.append_text(x, y) {
                                    continue;
                                }
                                save!();
                                (d, ok!(self.in_place(op, x, y)))
                            }
                        }
                    }
                    Instr::Compare { op, d, a, b } => match compare_fast(op, &reg!(a), &reg!(b)) {
                        Some(result) => (d, Value::Bool(result)),
                        None => {
                            save!();
                            (d, ok!(self.compare_registers(op, base + a as usize, base + b as usize)))
                        }
                    },
                    Instr::Is { d, a, b, not } => (d, Value::Bool(reg!(a).is(&reg!(b)) != not)),
                    Instr::Not { d, a } => {
                        let truth = truth!(a);
                        (d, Value::Bool(!truth))
                    }

                    Instr::Jump { to } => jump!(to),
                    Instr::JumpIf { a, when, to } => {
                        let truth = truth!(a);
                        if truth == when {
                            jump!(to);
                        }
                        continue;
                    }
                    Instr::JumpIfNone { a, when, to } => {
                        if reg!(a).is_none() == when {
                            jump!(to);
                        }
                        continue;
                    }
                    Instr::JumpCompare { op, when, a, b, offset } => {
                        let truth = match compare_fast(op, &reg!(a), &reg!(b)) {
                            Some(truth) => truth,
                            None => {
                                save!();
                                let (x, y) = (reg!(a).clone(), reg!(b).clone());
                                ok!(self.compare_truth(op, &x, &y))
                            }
                        };
                        if truth == when {
                            jump!((pc as isize - 1 + offset as isize) as usize);
                        }
                        continue;
                    }
                    Instr::JumpCompareInt { op, when, a, value, offset } => {
                        let truth = match &reg!(a) {
                            Value::Int(x) => op.of_ints(*x, i64::from(value)),
                            x => {
                                let x = x.clone();
                                save!();
                                ok!(self.compare_truth(op, &x, &Value::Int(i64::from(value))))
                            }
                        };
                        if truth == when {
                            jump!((pc as isize - 1 + offset as isize) as usize);
                        }
                        continue;
                    }

                    Instr::Next { d, a, to } => match self.next_quickly(base + a as usize) {
                        Next::Item(item) => (d, item),
                        Next::End => {
                            pc = to as usize;
                            continue;
                        }
                        Next::Ask => {
                            save!();
                            let iterator = reg!(a).clone();
                            if let Value::Generator(generator) = &iterator {
                                if ok!(self.resume(generator, Value::None, Then::Next { d, to })) {
                                    continue 'frame;
                                }
                                pc = to as usize;
                                continue;
                            }
                            match ok!(self.next(&iterator)) {
                                Some(item) => (d, item),
                                None => {
                                    pc = to as usize;
                                    continue;
                                }
                            }
                        }
                    },

                    Instr::Call { d, f, count } => {
                        save!();
                        let at = base + f as usize;
                        match self.stack[at] {
                            Value::Function(function) if function.code.takes_just(count as usize) => {
                                enter!(d, function, at + 1, count as usize)
                            }
                            _ => called!(d, self.invoke(at, count as usize, &[], Then::To(d))),
                        }
                    }
                    Instr::CallNamed { d, f, count, names } => {
                        save!();
                        let names: &'static [symbol::Symbol] = &code.names[names as usize];
                        called!(d, self.invoke(base + f as usize, count as usize, names, Then::To(d)))
                    }
                    Instr::NeedMethod { a, site } => {
                        let site = code.sites[site as usize];
                        if let What::Nothing = self.remembered(site, class_of(&reg!(a)).stamp()) {
                            save!();
                            let object = reg!(a).clone();
                            ok!(self.need_method(&object, site.name));
                        }
                        continue;
                    }
                    Instr::CallMethod { d, f, count, site } => {
                        save!();
                        let (at, count) = (base + f as usize, count as usize);
                        let site = code.sites[site as usize];
                        match self.remembered(site, class_of(&self.stack[at]).stamp()) {
                            What::Method(function) if function.code.takes_just(count + 1) => {
                                enter!(d, function, at, count + 1)
                            }
                            What::Method(function) => {
                                let callee = Callee::Function(function);
                                called!(d, self.enter_function(callee, at, count + 1, &[], Then::To(d)))
                            }
                            What::Append if count == 1 => {
                                let item = std::mem::take(&mut self.stack[at + 1]);
                                self.append(at, item);
                                (d, Value::None)
                            }
                            What::Native(native) => {
                                let mut args = self.take_args(at, count + 1, &[]);
                                (d, ok!((native.call)(self, &mut args)))
                            }
                            _ => called!(d, self.invoke_method(at, count, site, Then::To(d))),
                        }
                    }
                    Instr::CallUnpacked { d, f } => {
                        save!();
                        called!(d, self.invoke_unpacked(base + f as usize, Then::To(d)))
                    }
                    Instr::Return { a } => {
                        let value = std::mem::take(&mut reg!(a));
                        match ok!(self.return_value(value, floor)) {
                            Some(value) => return Some(Ok(value)),
                            None => continue 'frame,
                        }
                    }
                    Instr::ReturnNone => match ok!(self.return_value(Value::None, floor)) {
                        Some(value) => return Some(Ok(value)),
                        None => continue 'frame,
                    },

                    Instr::LoadAttr { d, a, site } => {
                        let site = code.sites[site as usize];
                        match self.attribute_quickly(base + a as usize, site) {
                            Some(value) => (d, value),
                            None => {
                                save!();
                                let object = reg!(a).clone();
                                (d, ok!(self.load_attribute(&object, site)))
                            }
                        }
                    }
                    Instr::StoreAttr { a, b, site } => {
                        let site = code.sites[site as usize];
                        if !self.set_attribute_quickly(base + a as usize, site, base + b as usize) {
                            save!();
                            let (object, value) = (reg!(a).clone(), reg!(b).clone());
                            ok!(self.store_attribute(&object, site, value));
                        }
                        continue;
                    }
                    Instr::LoadItem { d, a, b } => match self.item_quickly(base + a as usize, base + b as usize) {
                        Some(value) => (d, value),
                        None => {
                            save!();
                            let (object, key) = (reg!(a).clone(), reg!(b).clone());
                            (d, ok!(self.get_item(&object, &key)))
                        }
                    },
                    Instr::StoreItem { a, b, c } => {
                        if !self.set_item_quickly(base + a as usize, base + b as usize, base + c as usize) {
                            save!();
                            let (object, key, value) = (reg!(a).clone(), reg!(b).clone(), reg!(c).clone());
                            ok!(self.set_item(&object, &key, value));
                        }
                        continue;
                    }
                    Instr::Append { a, b } => {
                        let item = reg!(b).quick_clone();
                        self.append(base + a as usize, item);
                        continue;
                    }

                    Instr::Yield { d, a } => {
                        let value = reg!(a).clone();
                        match self.yield_value(value, pc as u32, d, None, floor) {
                            Some(value) => return Some(Ok(value)),
                            None => continue 'frame,
                        }
                    }
                    Instr::Send { d, a } => {
                        save!();
                        let (value, iterator) = (std::mem::take(&mut reg!(d)), reg!(a).clone());
                        if let Value::Generator(generator) = &iterator {
                            if ok!(self.resume(generator, value, Then::Send(d))) {
                                continue 'frame;
                            }
                            (d, Value::None)
                        } else {
                            match ok!(self.send(&iterator, value)) {
                                Ok(yielded) => {
                                    match self.yield_value(yielded, pc as u32 - 1, d, Some(iterator), floor) {
                                        Some(value) => return Some(Ok(value)),
                                        None => continue 'frame,
                                    }
                                }
                                Err(returned) => (d, returned),
                            }
                        }
                    }

                    rare => {
                        save!();
                        ok!(self.execute_rare(rare, code, base));
                        continue;
                    }
                };
                self.put(base + d as usize, value);
            };
            save!();
            if let Err(raised) = self.unwind(raised, floor) {
                return Some(Err(raised));
            }
        }
    }
}
