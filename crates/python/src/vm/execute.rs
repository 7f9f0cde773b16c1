//! The evaluator's loop.

use super::arithmetic::{self, binary};
use super::compare::compare_fast;
use super::equality::simple_hash;
use super::frame::{Callee, Then};
use super::{Remembered, Vm, What};
use crate::compile::code::{Code, CompareOp, Conversion, Instr};
use crate::object::class::class_of;
use crate::object::dict::{Dict, Found};
use crate::object::instance::Fields;
use crate::object::text::Str;
use crate::raised::{Outcome, Raised, assertion_error, name_error, runtime_error, type_error, unbound_local_error};
use crate::symbol;
use crate::value::{Cell, Value};
use std::sync::Arc;

impl Vm {
    /// Puts a value into a register of the stack.
    #[inline]
    fn put(&mut self, at: usize, value: Value) {
        let old = std::mem::replace(&mut self.stack[at], value);
        if old.is_plain() {
            std::mem::forget(old);
        }
    }

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
            macro_rules! set {
                ($reg:expr, $value:expr) => {{
                    let value = $value;
                    self.put(base + $reg as usize, value)
                }};
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
                    }};
                }
                // What a call gave, or a new frame to go on with.
                macro_rules! called {
                    ($d:expr, $result:expr) => {
                        match ok!($result) {
                            Some(value) => set!($d, value),
                            None => continue 'frame,
                        }
                    };
                }

                let instr = code.instrs[pc];
                pc += 1;
                match instr {
                    Instr::Move { d, a } => set!(d, reg!(a).clone()),
                    Instr::Take { d, a } => set!(d, std::mem::take(&mut reg!(a))),
                    Instr::Clear { d } => set!(d, Value::Unbound),
                    Instr::Const { d, at } => set!(d, code.constants[at as usize].clone()),
                    Instr::Int { d, value } => set!(d, Value::Int(i64::from(value))),
                    Instr::None { d } => set!(d, Value::None),
                    Instr::Bool { d, value } => set!(d, Value::Bool(value)),
                    Instr::Check { a } => {
                        if reg!(a).is_unbound() {
                            break 'run unbound(code, a);
                        }
                    }

                    Instr::LoadGlobal { d, at } => {
                        let global = code.globals[at as usize];
                        let id = global.id as usize;
                        let version = global.version();
                        match self.globals.get(id) {
                            Some((known, value)) if *known == version && !value.is_unbound() => {
                                let value = value.clone();
                                set!(d, value);
                            }
                            _ => {
                                save!();
                                let value = ok!(self.read_global(global));
                                set!(d, value);
                            }
                        }
                    }
                    Instr::StoreGlobal { a, at } => {
                        let global = code.globals[at as usize];
                        let value = reg!(a).clone();
                        global.write(value);
                    }
                    Instr::DeleteGlobal { at } => {
                        let global = code.globals[at as usize];
                        if global.own().is_unbound() {
                            break 'run undefined(global.name.text());
                        }
                        global.write(Value::Unbound);
                    }
                    Instr::LoadName { d, name } => {
                        save!();
                        let value = ok!(self.load_name(name));
                        set!(d, value);
                    }
                    Instr::LoadNameOrFree { d, free, name } => {
                        let own = self.namespace().and_then(|names| names.get(name).cloned());
                        let value = match own {
                            Some(value) => value,
                            None => ok!(self.load_free(free)),
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
                            break 'run undefined(name.text());
                        }
                    }
                    Instr::MakeCell { d } => {
                        let value = std::mem::take(&mut reg!(d));
                        set!(d, Value::Cell(Arc::new(Cell::new(value))));
                    }
                    Instr::LoadCell { d, a } => {
                        let value = match &reg!(a) {
                            Value::Cell(cell) => cell.lock().clone(),
                            _ => Value::Unbound,
                        };
                        if value.is_unbound() {
                            break 'run unbound(code, a);
                        }
                        set!(d, value);
                    }
                    Instr::StoreCell { d, a } => {
                        let value = reg!(a).clone();
                        if let Value::Cell(cell) = &reg!(d) {
                            let old = std::mem::replace(&mut *cell.lock(), value);
                            drop(old);
                        }
                    }
                    Instr::LoadFree { d, free } => {
                        let value = ok!(self.load_free(free));
                        set!(d, value);
                    }
                    Instr::StoreFree { free, a } => {
                        let value = reg!(a).clone();
                        self.store_free(free, value);
                    }
                    Instr::DeleteCell { a } => {
                        if let Value::Cell(cell) = &reg!(a) {
                            let old = std::mem::take(&mut *cell.lock());
                            drop(old);
                        }
                    }
                    Instr::DeleteFree { free } => self.store_free(free, Value::Unbound),

                    Instr::Add { d, a, b } => {
                        if let (Value::Int(x), Value::Int(y)) = (&reg!(a), &reg!(b))
                            && let Some(sum) = x.checked_add(*y)
                        {
                            set!(d, Value::Int(sum));
                            continue;
                        }
                        if let (Value::Float(x), Value::Float(y)) = (&reg!(a), &reg!(b)) {
                            let sum = x + y;
                            set!(d, Value::Float(sum));
                            continue;
                        }
                        if let (true, Value::Str(_), Value::Str(more)) = (a == d, &reg!(a), &reg!(b)) {
                            let more = more.clone();
                            if let Value::Str(text) = &mut reg!(a) {
                                text.push(more.as_str());
                            }
                            continue;
                        }
                        save!();
                        let value = ok!(binary(
                            self,
                            crate::compile::code::BinaryOp::Add,
                            base + a as usize,
                            base + b as usize
                        ));
                        set!(d, value);
                    }
                    Instr::Sub { d, a, b } => {
                        if let (Value::Int(x), Value::Int(y)) = (&reg!(a), &reg!(b))
                            && let Some(difference) = x.checked_sub(*y)
                        {
                            set!(d, Value::Int(difference));
                            continue;
                        }
                        if let (Value::Float(x), Value::Float(y)) = (&reg!(a), &reg!(b)) {
                            let difference = x - y;
                            set!(d, Value::Float(difference));
                            continue;
                        }
                        save!();
                        let value = ok!(binary(
                            self,
                            crate::compile::code::BinaryOp::Sub,
                            base + a as usize,
                            base + b as usize
                        ));
                        set!(d, value);
                    }
                    Instr::Mul { d, a, b } => {
                        if let (Value::Int(x), Value::Int(y)) = (&reg!(a), &reg!(b))
                            && let Some(product) = x.checked_mul(*y)
                        {
                            set!(d, Value::Int(product));
                            continue;
                        }
                        if let (Value::Float(x), Value::Float(y)) = (&reg!(a), &reg!(b)) {
                            let product = x * y;
                            set!(d, Value::Float(product));
                            continue;
                        }
                        save!();
                        let value = ok!(binary(
                            self,
                            crate::compile::code::BinaryOp::Mul,
                            base + a as usize,
                            base + b as usize
                        ));
                        set!(d, value);
                    }
                    Instr::AddInt { d, a, in_place, value } => {
                        if let Value::Int(x) = &reg!(a)
                            && let Some(sum) = x.checked_add(i64::from(value))
                        {
                            set!(d, Value::Int(sum));
                            continue;
                        }
                        save!();
                        let value =
                            ok!(self.with_int(crate::compile::code::BinaryOp::Add, base + a as usize, value, in_place));
                        set!(d, value);
                    }
                    Instr::SubInt { d, a, in_place, value } => {
                        if let Value::Int(x) = &reg!(a)
                            && let Some(difference) = x.checked_sub(i64::from(value))
                        {
                            set!(d, Value::Int(difference));
                            continue;
                        }
                        save!();
                        let value =
                            ok!(self.with_int(crate::compile::code::BinaryOp::Sub, base + a as usize, value, in_place));
                        set!(d, value);
                    }
                    Instr::Binary { op, d, a, b } => {
                        if let (Value::Int(x), Value::Int(y)) = (&reg!(a), &reg!(b))
                            && let Some(result) = arithmetic::small(op, *x, *y)
                        {
                            set!(d, Value::Int(result));
                            continue;
                        }
                        save!();
                        let value = ok!(binary(self, op, base + a as usize, base + b as usize));
                        set!(d, value);
                    }
                    Instr::InPlace { op, d, a, b } => {
                        if let (Value::Int(x), Value::Int(y)) = (&reg!(a), &reg!(b))
                            && let Some(result) = arithmetic::small(op, *x, *y)
                        {
                            set!(d, Value::Int(result));
                            continue;
                        }
                        if let (true, Value::Str(_), Value::Str(more)) = (a == d, &reg!(a), &reg!(b))
                            && op == crate::compile::code::BinaryOp::Add
                        {
                            let more = more.clone();
                            if let Value::Str(text) = &mut reg!(a) {
                                text.push(more.as_str());
                            }
                            continue;
                        }
                        save!();
                        let value = ok!(self.in_place(op, base + a as usize, base + b as usize));
                        set!(d, value);
                    }
                    Instr::Unary { op, d, a } => {
                        save!();
                        let operand = reg!(a).clone();
                        let value = ok!(self.unary(op, &operand));
                        set!(d, value);
                    }
                    Instr::Compare { op, d, a, b } => {
                        let value = match compare_fast(op, &reg!(a), &reg!(b)) {
                            Some(result) => Value::Bool(result),
                            None => {
                                save!();
                                let (x, y) = (reg!(a).clone(), reg!(b).clone());
                                ok!(self.compare(op, &x, &y))
                            }
                        };
                        set!(d, value);
                    }
                    Instr::Is { d, a, b, not } => {
                        let same = reg!(a).is(&reg!(b));
                        set!(d, Value::Bool(same != not));
                    }
                    Instr::In { d, a, b, not } => {
                        save!();
                        let (item, container) = (reg!(a).clone(), reg!(b).clone());
                        let inside = ok!(self.contains(&container, &item));
                        set!(d, Value::Bool(inside != not));
                    }
                    Instr::Not { d, a } => {
                        let truth = match &reg!(a) {
                            Value::Bool(value) => *value,
                            value => {
                                let value = value.clone();
                                save!();
                                ok!(self.truth(&value))
                            }
                        };
                        set!(d, Value::Bool(!truth));
                    }

                    Instr::Jump { to } => jump!(to),
                    Instr::JumpIf { a, when, to } => {
                        let truth = match &reg!(a) {
                            Value::Bool(value) => *value,
                            Value::Int(value) => *value != 0,
                            Value::None => false,
                            value => {
                                let value = value.clone();
                                save!();
                                ok!(self.truth(&value))
                            }
                        };
                        if truth == when {
                            jump!(to);
                        }
                    }
                    Instr::JumpIfNone { a, when, to } => {
                        if reg!(a).is_none() == when {
                            jump!(to);
                        }
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
                    }
                    Instr::JumpCompareInt { op, when, a, value, offset } => {
                        let truth = match &reg!(a) {
                            Value::Int(x) => {
                                let (x, y) = (*x, i64::from(value));
                                match op {
                                    CompareOp::Eq => x == y,
                                    CompareOp::Ne => x != y,
                                    CompareOp::Lt => x < y,
                                    CompareOp::Le => x <= y,
                                    CompareOp::Gt => x > y,
                                    CompareOp::Ge => x >= y,
                                }
                            }
                            x => {
                                let x = x.clone();
                                save!();
                                ok!(self.compare_truth(op, &x, &Value::Int(i64::from(value))))
                            }
                        };
                        if truth == when {
                            jump!((pc as isize - 1 + offset as isize) as usize);
                        }
                    }

                    Instr::Iterate { d, a } => {
                        save!();
                        match &reg!(a) {
                            Value::Range(range) => {
                                let range = range.clone();
                                set!(d, Value::Int(range.start));
                                set!(d + 1, Value::Int(range.stop));
                                set!(d + 2, Value::Int(range.step));
                            }
                            list @ (Value::List(_) | Value::Tuple(_)) => {
                                let list = list.clone();
                                set!(d, list);
                                set!(d + 1, Value::Int(0));
                            }
                            value => {
                                let value = value.clone();
                                let iterator = ok!(self.iterate(&value));
                                set!(d, iterator);
                            }
                        }
                    }
                    Instr::Next { d, a, to } => {
                        let at = base + a as usize;
                        match &self.stack[at] {
                            Value::Int(next) => {
                                let next = *next;
                                let (Value::Int(stop), Value::Int(step)) = (&self.stack[at + 1], &self.stack[at + 2])
                                else {
                                    break 'run runtime_error("a range was lost");
                                };
                                let (stop, step) = (*stop, *step);
                                if (step > 0 && next < stop) || (step < 0 && next > stop) {
                                    match next.checked_add(step) {
                                        Some(after) => self.stack[at] = Value::Int(after),
                                        None => self.stack[at + 1] = Value::Int(next),
                                    }
                                    set!(d, Value::Int(next));
                                } else {
                                    pc = to as usize;
                                }
                            }
                            Value::List(list) => {
                                let Value::Int(index) = self.stack[at + 1] else {
                                    break 'run runtime_error("an index was lost");
                                };
                                let item = list.lock().get(index as usize).cloned();
                                match item {
                                    Some(item) => {
                                        self.stack[at + 1] = Value::Int(index + 1);
                                        set!(d, item);
                                    }
                                    None => pc = to as usize,
                                }
                            }
                            Value::Tuple(tuple) => {
                                let Value::Int(index) = self.stack[at + 1] else {
                                    break 'run runtime_error("an index was lost");
                                };
                                match tuple.get(index as usize).cloned() {
                                    Some(item) => {
                                        self.stack[at + 1] = Value::Int(index + 1);
                                        set!(d, item);
                                    }
                                    None => pc = to as usize,
                                }
                            }
                            Value::Generator(generator) => {
                                let generator = generator.clone();
                                save!();
                                if ok!(self.resume(&generator, Value::None, Then::Next { d, to })) {
                                    continue 'frame;
                                }
                                pc = to as usize;
                            }
                            iterator => {
                                let iterator = iterator.clone();
                                save!();
                                match ok!(self.next(&iterator)) {
                                    Some(item) => set!(d, item),
                                    None => pc = to as usize,
                                }
                            }
                        }
                    }

                    Instr::Call { d, f, count } => {
                        save!();
                        let at = base + f as usize;
                        if let Value::Function(function) = self.stack[at] {
                            let params = &function.code.params;
                            if params.names.len() == count as usize
                                && params.positional == count
                                && function.code.is_plain()
                                && !params.rest
                                && !params.named_rest
                            {
                                self.fuel -= 1;
                                ok!(self.attend());
                                ok!(self.push_frame(Callee::Function(function), at + 1, Then::To(d)));
                                self.clear(at + 1 + count as usize, at + 1 + function.code.variables.len());
                                if self.fuel == 0 {
                                    return None;
                                }
                                continue 'frame;
                            }
                        }
                        called!(d, self.invoke(at, count as usize, &[], Then::To(d)));
                    }
                    Instr::CallNamed { d, f, count, names } => {
                        save!();
                        let names: &'static [symbol::Symbol] = &code.names[names as usize];
                        called!(d, self.invoke(base + f as usize, count as usize, names, Then::To(d)));
                    }
                    Instr::NeedMethod { a, site } => {
                        let site = code.sites[site as usize];
                        let class = class_of(&reg!(a));
                        let known = self.sites.get(site.id as usize).copied().unwrap_or_default();
                        if known.stamp != class.stamp() {
                            save!();
                            let object = reg!(a).clone();
                            ok!(self.need_method(&object, site.name));
                        }
                    }
                    Instr::CallMethod { d, f, count, site } => {
                        save!();
                        let at = base + f as usize;
                        let site = code.sites[site as usize];
                        let class = class_of(&self.stack[at]);
                        let known = self.sites.get(site.id as usize).copied().unwrap_or_default();
                        if known.stamp == class.stamp() {
                            match known.what {
                                What::Method(function) => {
                                    let count = count as usize + 1;
                                    let params = &function.code.params;
                                    if params.names.len() == count
                                        && params.positional as usize == count
                                        && function.code.is_plain()
                                        && !params.rest
                                        && !params.named_rest
                                    {
                                        self.fuel -= 1;
                                        ok!(self.attend());
                                        ok!(self.push_frame(Callee::Function(function), at, Then::To(d)));
                                        self.clear(at + count, at + function.code.variables.len());
                                        if self.fuel == 0 {
                                            return None;
                                        }
                                        continue 'frame;
                                    }
                                    called!(
                                        d,
                                        self.enter_function(Callee::Function(function), at, count, &[], Then::To(d))
                                    );
                                    continue;
                                }
                                What::Append if count == 1 => {
                                    let item = std::mem::take(&mut self.stack[at + 1]);
                                    if let Value::List(list) = &self.stack[at] {
                                        list.lock().push(item);
                                    }
                                    set!(d, Value::None);
                                    continue;
                                }
                                What::Native(native) => {
                                    let mut args = self.take_args(at, count as usize + 1, &[]);
                                    let value = ok!((native.call)(self, &mut args));
                                    set!(d, value);
                                    continue;
                                }
                                _ => {}
                            }
                        }
                        called!(d, self.invoke_method(at, count as usize, site, Then::To(d)));
                    }
                    Instr::CallUnpacked { d, f } => {
                        save!();
                        called!(d, self.invoke_unpacked(base + f as usize, Then::To(d)));
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
                        if let Value::Instance(instance) = &reg!(a)
                            && let Some(Remembered { stamp, what: What::Slot { shape, slot } }) =
                                self.sites.get(site.id as usize)
                            && *stamp == instance.class.stamp()
                        {
                            let fields = instance.fields.lock();
                            if let Fields::Shaped(own, values) = &*fields
                                && own.id == *shape
                                && let Some(value) = values.get(*slot as usize)
                                && !value.is_unbound()
                            {
                                let value = value.clone();
                                drop(fields);
                                set!(d, value);
                                continue;
                            }
                        }
                        save!();
                        let object = reg!(a).clone();
                        let value = ok!(self.load_attribute(&object, site));
                        set!(d, value);
                    }
                    Instr::StoreAttr { a, b, site } => {
                        let site = code.sites[site as usize];
                        if let Value::Instance(instance) = &reg!(a)
                            && let Some(Remembered { stamp, what: What::Slot { shape, slot } }) =
                                self.sites.get(site.id as usize)
                            && *stamp == instance.class.stamp()
                        {
                            let mut fields = instance.fields.lock();
                            if let Fields::Shaped(own, values) = &mut *fields
                                && own.id == *shape
                                && let Some(place) = values.get_mut(*slot as usize)
                            {
                                let old = std::mem::replace(place, reg!(b).clone());
                                drop(fields);
                                drop(old);
                                continue;
                            }
                        }
                        save!();
                        let (object, value) = (reg!(a).clone(), reg!(b).clone());
                        ok!(self.store_attribute(&object, site, value));
                    }
                    Instr::DeleteAttr { a, name } => {
                        save!();
                        let object = reg!(a).clone();
                        ok!(self.delete_attribute(&object, name));
                    }
                    Instr::LoadItem { d, a, b } => {
                        if let (Value::List(list), Value::Int(index)) = (&reg!(a), &reg!(b)) {
                            let items = list.lock();
                            let index = if *index < 0 { *index + items.len() as i64 } else { *index };
                            if let Some(item) = usize::try_from(index).ok().and_then(|index| items.get(index)) {
                                let item = item.clone();
                                drop(items);
                                set!(d, item);
                                continue;
                            }
                        }
                        if let (Value::Dict(dict), key) = (&reg!(a), &reg!(b))
                            && let Some(hash) = simple_hash(key)
                        {
                            let table = dict.lock();
                            if let Found::At(slot) = table.find(hash, key)
                                && let Some(entry) = table.slot(slot)
                            {
                                let value = entry.value.clone();
                                drop(table);
                                set!(d, value);
                                continue;
                            }
                        }
                        save!();
                        let (object, key) = (reg!(a).clone(), reg!(b).clone());
                        let value = ok!(self.get_item(&object, &key));
                        set!(d, value);
                    }
                    Instr::StoreItem { a, b, c } => {
                        if let (Value::List(list), Value::Int(index)) = (&reg!(a), &reg!(b)) {
                            let mut items = list.lock();
                            let index = if *index < 0 { *index + items.len() as i64 } else { *index };
                            if let Some(place) = usize::try_from(index).ok().and_then(|index| items.get_mut(index)) {
                                let old = std::mem::replace(place, reg!(c).clone());
                                drop(items);
                                drop(old);
                                continue;
                            }
                        }
                        if let (Value::Dict(dict), key) = (&reg!(a), &reg!(b))
                            && let Some(hash) = simple_hash(key)
                        {
                            let mut table = dict.lock();
                            match table.find(hash, key) {
                                Found::At(slot) => {
                                    let old = table.replace(slot, reg!(c).clone());
                                    drop(table);
                                    drop(old);
                                    continue;
                                }
                                Found::Missing => {
                                    table.add(hash, key.clone(), reg!(c).clone());
                                    continue;
                                }
                                Found::Ask(_) => {}
                            }
                        }
                        save!();
                        let (object, key, value) = (reg!(a).clone(), reg!(b).clone(), reg!(c).clone());
                        ok!(self.set_item(&object, &key, value));
                    }
                    Instr::DeleteItem { a, b } => {
                        save!();
                        let (object, key) = (reg!(a).clone(), reg!(b).clone());
                        ok!(self.delete_item(&object, &key));
                    }
                    Instr::MakeSlice { d, a } => {
                        let at = base + a as usize;
                        let [start, stop, step] = [0, 1, 2].map(|offset| std::mem::take(&mut self.stack[at + offset]));
                        set!(d, Value::Slice(Arc::new(crate::object::slice::Slice { start, stop, step })));
                    }

                    Instr::MakeList { d, a, count } => {
                        let items = self.take_row(base + a as usize, count).collect();
                        set!(d, Value::list(items));
                    }
                    Instr::MakeTuple { d, a, count } => {
                        let items = self.take_row(base + a as usize, count);
                        let tuple = Value::tuple(items);
                        set!(d, tuple);
                    }
                    Instr::MakeSet { d, .. } => {
                        set!(d, Value::Set(Arc::new(crate::object::set::Set::new(Default::default(), false))))
                    }
                    Instr::MakeDict { d, .. } => set!(d, Value::Dict(Arc::new(Dict::default()))),
                    Instr::MakeString { d, a, count } => {
                        let at = base + a as usize;
                        let parts = &self.stack[at..at + count as usize];
                        let len = parts.iter().map(|part| part.as_str().map_or(0, str::len)).sum();
                        let mut text = String::with_capacity(len);
                        for part in parts {
                            text.push_str(part.as_str().unwrap_or(""));
                        }
                        self.clear(at, at + count as usize);
                        set!(d, Value::Str(Str::from(text)));
                    }
                    Instr::Append { a, b } => {
                        let item = reg!(b).clone();
                        if let Value::List(list) = &reg!(a) {
                            list.lock().push(item);
                        }
                    }
                    Instr::AddToSet { a, b } => {
                        save!();
                        let item = reg!(b).clone();
                        if let Value::Set(set) = reg!(a).clone() {
                            ok!(self.add_to_set(&set, &item));
                        }
                    }
                    Instr::AddToDict { a, b } => {
                        save!();
                        let (key, value) = (std::mem::take(&mut reg!(b)), std::mem::take(&mut reg!(b + 1)));
                        if let Value::Dict(dict) = reg!(a).clone() {
                            ok!(dict.set(self, &key, value));
                        }
                    }
                    Instr::Extend { a, b } => {
                        save!();
                        let (list, more) = (reg!(a).clone(), reg!(b).clone());
                        if !matches!(more, Value::List(_) | Value::Tuple(_))
                            && let Err(raised) = self.iterate(&more)
                        {
                            let class = class_of(&more).name();
                            break 'run match raised.is(crate::builtins::types::types().type_error) {
                                true => type_error(format!("Value after * must be an iterable, not {class}")),
                                false => raised,
                            };
                        }
                        ok!(self.extend(&list, &more));
                    }
                    Instr::ExtendArguments { a, b } => {
                        save!();
                        let (list, more) = (reg!(a).clone(), reg!(b).clone());
                        if !matches!(more, Value::List(_) | Value::Tuple(_))
                            && let Err(raised) = self.iterate(&more)
                        {
                            if !raised.is(crate::builtins::types::types().type_error) {
                                break 'run raised;
                            }
                            let (class, callee) = (class_of(&more).name(), reg!(a - 1).clone());
                            let raised = type_error(format!("argument after * must be an iterable, not {class}"));
                            break 'run self.about_call(raised, &callee);
                        }
                        ok!(self.extend(&list, &more));
                    }
                    Instr::UpdateSet { a, b } => {
                        save!();
                        let more = reg!(b).clone();
                        if let Value::Set(set) = reg!(a).clone() {
                            for item in ok!(self.collect(&more)) {
                                ok!(self.add_to_set(&set, &item));
                            }
                        }
                    }
                    Instr::UpdateDict { a, b } => {
                        save!();
                        let (dict, more) = (reg!(a).clone(), reg!(b).clone());
                        if !matches!(more.plain(), Value::Dict(_)) && !matches!(more, Value::Instance(_)) {
                            break 'run type_error(format!("'{}' object is not a mapping", class_of(&more).name()));
                        }
                        ok!(self.update_dict(&dict, &more, false));
                    }
                    Instr::UpdateNamed { a, b } => {
                        save!();
                        let (dict, more) = (reg!(a).clone(), reg!(b).clone());
                        if let Err(raised) = self.update_dict(&dict, &more, true) {
                            let callee = reg!(a - 2).clone();
                            break 'run self.about_call(raised, &callee);
                        }
                    }
                    Instr::ListToTuple { d } => {
                        let items = match &reg!(d) {
                            Value::List(list) => std::mem::take(&mut *list.lock()),
                            _ => Vec::new(),
                        };
                        set!(d, Value::tuple(items));
                    }
                    Instr::Format { d, a, b, how } => {
                        if let (Value::Str(text), Value::None, Conversion::Plain | Conversion::Str) =
                            (&reg!(a), &reg!(b), how)
                        {
                            let text = Value::Str(text.clone());
                            set!(d, text);
                            continue;
                        }
                        save!();
                        let (value, spec) = (reg!(a).clone(), reg!(b).clone());
                        let text = ok!(self.format_converted(&value, how, spec.as_str().unwrap_or("")));
                        set!(d, Value::Str(text));
                    }
                    Instr::Unpack { d, a, count } => {
                        save!();
                        if let Value::Tuple(tuple) = &reg!(a)
                            && tuple.len() == count as usize
                        {
                            let tuple = tuple.clone();
                            for (item, reg) in tuple.iter().zip(base + d as usize..) {
                                self.put(reg, item.clone());
                            }
                            continue;
                        }
                        let value = reg!(a).clone();
                        let items = ok!(self.unpack(&value, count as usize));
                        for (item, reg) in items.into_iter().zip(base + d as usize..) {
                            self.put(reg, item);
                        }
                    }
                    Instr::UnpackRest { d, a, before, after } => {
                        save!();
                        let value = reg!(a).clone();
                        let items = ok!(self.unpack_rest(&value, before as usize, after as usize));
                        for (item, reg) in items.into_iter().zip(base + d as usize..) {
                            self.put(reg, item);
                        }
                    }

                    Instr::MakeFunction { d, at, immortal } => {
                        let function = self.make_function(code.codes[at as usize], base + d as usize, immortal);
                        set!(d, function);
                    }
                    Instr::MakeClass { d, at } => {
                        save!();
                        let class = ok!(self.make_class(code.codes[at as usize], base + d as usize));
                        set!(d, class);
                    }
                    Instr::Import { d, name } => {
                        save!();
                        let module = ok!(crate::modules::import(self, name.text()));
                        set!(d, Value::Module(module));
                    }
                    Instr::ImportFrom { d, a, name } => {
                        let module = reg!(a).clone();
                        let value = ok!(self.import_from(&module, name));
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
                        save!();
                        let value = reg!(a).clone();
                        let exception = ok!(self.exception_of(&value));
                        break 'run Raised::Exception(exception);
                    }
                    Instr::RaiseFrom { a, b } => {
                        save!();
                        let (value, cause) = (reg!(a).clone(), reg!(b).clone());
                        break 'run match self.raise_from(&value, &cause) {
                            Ok(raised) | Err(raised) => raised,
                        };
                    }
                    Instr::Reraise => match self.handled.last() {
                        Some(exception) => {
                            let exception = exception.clone();
                            self.rethrown = true;
                            break 'run Raised::Exception(exception);
                        }
                        None => break 'run runtime_error("No active exception to reraise"),
                    },
                    Instr::Rethrow { a } => {
                        let value = std::mem::take(&mut reg!(a));
                        if let Value::Instance(exception) = value {
                            self.rethrown = true;
                            break 'run Raised::Exception(exception);
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
                        let matches = ok!(super::unwind::matches(&exception, &class));
                        set!(d, Value::Bool(matches));
                    }
                    Instr::AssertionFailed { a } => {
                        let message = std::mem::take(&mut reg!(a));
                        break 'run match message {
                            Value::Unbound => Raised::with(crate::builtins::types::types().assertion_error, Vec::new()),
                            Value::Str(text) => assertion_error(text.as_str()),
                            message => Raised::with(crate::builtins::types::types().assertion_error, vec![message]),
                        };
                    }

                    Instr::Enter { d, a } => {
                        save!();
                        let manager = reg!(a).clone();
                        let (exit, entered) = ok!(self.enter_context(&manager));
                        set!(d, manager);
                        set!(d + 1, exit);
                        set!(d + 2, entered);
                    }
                    Instr::Exit { a } => {
                        save!();
                        let exit = reg!(a + 1).clone();
                        ok!(self.call(&exit, [Value::None, Value::None, Value::None]));
                    }
                    Instr::ExitWith { d, a, b } => {
                        save!();
                        let (exit, exception) = (reg!(a + 1).clone(), reg!(b).clone());
                        let class = Value::Class(class_of(&exception));
                        let swallowed = ok!(self.call(&exit, [class, exception.clone(), exception]));
                        let swallowed = ok!(self.truth(&swallowed));
                        set!(d, Value::Bool(swallowed));
                    }

                    Instr::Yield { d, a } => {
                        let value = reg!(a).clone();
                        match self.yield_value(value, pc as u32, d, None, floor) {
                            Some(value) => return Some(Ok(value)),
                            None => continue 'frame,
                        }
                    }
                    Instr::Delegate { d, a, awaits } => {
                        save!();
                        let value = reg!(a).clone();
                        let iterator = ok!(self.delegate(&value, awaits));
                        set!(d, iterator);
                    }
                    Instr::Send { d, a } => {
                        save!();
                        let (value, iterator) = (std::mem::take(&mut reg!(d)), reg!(a).clone());
                        if let Value::Generator(generator) = &iterator {
                            if ok!(self.resume(generator, value, Then::Send(d))) {
                                continue 'frame;
                            }
                            set!(d, Value::None);
                            continue;
                        }
                        match ok!(self.send(&iterator, value)) {
                            Ok(yielded) => match self.yield_value(yielded, pc as u32 - 1, d, Some(iterator), floor) {
                                Some(value) => return Some(Ok(value)),
                                None => continue 'frame,
                            },
                            Err(returned) => set!(d, returned),
                        }
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
                        save!();
                        let (mapping, keys) = (reg!(a).clone(), reg!(b).clone());
                        let values = ok!(self.match_keys(&mapping, &keys));
                        set!(d, values);
                    }
                    Instr::MatchClass { d, a, b, count } => {
                        save!();
                        let (value, class, names) = (reg!(a).clone(), reg!(b).clone(), reg!(b + 1).clone());
                        let parts = ok!(self.match_class(&value, &class, &names, count as usize));
                        set!(d, parts);
                    }
                    Instr::WithoutKeys { d, a, b } => {
                        save!();
                        let (mapping, keys) = (reg!(a).clone(), reg!(b).clone());
                        let rest = ok!(self.without_keys(&mapping, &keys));
                        set!(d, rest);
                    }
                    Instr::Super { d, a } => {
                        let (class, object) = (reg!(d).clone(), reg!(a).clone());
                        let value = ok!(super::attribute::super_of(&class, object));
                        set!(d, value);
                    }
                }
            };
            save!();
            if let Err(raised) = self.unwind(raised, floor) {
                return Some(Err(raised));
            }
        }
    }

    /// Takes the values of `count` registers in a row.
    fn take_row(&mut self, at: usize, count: u8) -> impl Iterator<Item = Value> + '_ {
        self.stack[at..at + count as usize].iter_mut().map(std::mem::take)
    }

    /// Reads a global variable and remembers it.
    #[cold]
    fn read_global(&mut self, global: &crate::object::module::Global) -> Outcome {
        let (value, version) = global.read();
        if value.is_unbound() {
            return Err(undefined(global.name.text()));
        }
        let id = global.id as usize;
        if self.globals.len() <= id {
            self.globals.resize(id + 16, (0, Value::Unbound));
        }
        self.globals[id] = (version, value.clone());
        Ok(value)
    }

    fn load_name(&mut self, name: symbol::Symbol) -> Outcome {
        if let Some(value) = self.namespace().and_then(|names| names.get(name).cloned()) {
            return Ok(value);
        }
        let module = self.frames.last().map(|frame| frame.code.module);
        match module {
            Some(module) => self.read_global(module.variable(name)),
            None => Err(undefined(name.text())),
        }
    }

    fn load_free(&self, free: u8) -> Outcome {
        let Some(frame) = self.frames.last() else { return Ok(Value::None) };
        let value = frame.callee.closure().get(free as usize).map(|cell| cell.lock().clone()).unwrap_or_default();
        if value.is_unbound() {
            let name = frame.code.free.get(free as usize).map_or("", |name| name.text());
            let what = "cannot access free variable";
            return Err(name_error(format!(
                "{what} '{name}' where it is not associated with a value in enclosing scope"
            )));
        }
        Ok(value)
    }

    fn store_free(&self, free: u8, value: Value) {
        let cell = self.frames.last().and_then(|frame| frame.callee.closure().get(free as usize));
        if let Some(cell) = cell {
            let old = std::mem::replace(&mut *cell.lock(), value);
            drop(old);
        }
    }

    /// The innermost call returns a value: that of the call at depth `floor`, or none if its caller goes on.
    #[inline]
    fn return_value(&mut self, value: Value, floor: usize) -> Result<Option<Value>, Raised> {
        let last = self.frames.len() - 1;
        let frame = &mut self.frames[last];
        if let Then::Construct(_) = frame.then
            && !value.is_none()
        {
            return Err(super::call::init_returned(&value));
        }
        if let Some(names) = frame.namespace.take() {
            self.left = Some((*names, self.stack[frame.base].clone()));
        }
        let Some(frame) = self.pop_frame() else { return Ok(Some(value)) };
        if let Some(generator) = &frame.generator {
            *generator.state.lock() = crate::object::generator::State::Ended;
            self.yielded = false;
        }
        if last == floor {
            return Ok(Some(value));
        }
        let base = self.frames[last - 1].base;
        match frame.then {
            Then::To(d) | Then::Send(d) => self.put(base + d as usize, value),
            Then::Construct(d) => self.put(base + d as usize, frame.object),
            Then::Next { to, .. } => self.frames[last - 1].pc = to,
            Then::Exit => return Ok(Some(value)),
        }
        Ok(None)
    }

    /// The innermost call, a generator, yields a value: that of the call at depth `floor`, or none if its caller goes on.
    fn yield_value(
        &mut self,
        value: Value,
        pc: u32,
        sent_to: u8,
        delegate: Option<Value>,
        floor: usize,
    ) -> Option<Value> {
        let (mut pc, mut sent_to, mut delegate) = (pc, sent_to, delegate);
        loop {
            let frame = self.frames.pop()?;
            let registers = &mut self.stack[frame.base..frame.base + frame.code.registers];
            let registers = registers.iter_mut().map(std::mem::take).collect();
            self.handled.truncate(frame.handled);
            if let Some(generator) = &frame.generator {
                let waiting = crate::object::generator::State::Waiting {
                    registers,
                    pc,
                    sent_to: Some(sent_to),
                    delegate: delegate.take(),
                };
                *generator.state.lock() = waiting;
            }
            self.yielded = true;
            if self.frames.len() == floor {
                return Some(value);
            }
            let last = self.frames.len() - 1;
            match frame.then {
                Then::Next { d, .. } | Then::To(d) => {
                    let base = self.frames[last].base;
                    self.put(base + d as usize, value);
                    return None;
                }
                Then::Send(d) => {
                    // The caller delegates: it yields the same, and goes on with the same instruction.
                    pc = self.frames[last].pc - 1;
                    sent_to = d;
                    delegate = frame.generator.map(Value::Generator);
                }
                Then::Construct(_) => return None,
                Then::Exit => return Some(value),
            }
        }
    }
}

#[cold]
fn unbound(code: &Code, reg: u8) -> Raised {
    let name = code.variables.get(reg as usize).map_or("", |name| name.text());
    unbound_local_error(format!("cannot access local variable '{name}' where it is not associated with a value"))
}

#[cold]
fn undefined(name: &str) -> Raised {
    name_error(format!("name '{name}' is not defined"))
}
