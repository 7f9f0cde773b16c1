//! A function, class body or module while code is made for it: registers, instructions, blocks that are to be left in order.

use super::code::{BinaryOp, Capture, Code, CompareOp, Handler, Instr, Kind, Params, Reg, Site, Span};
use super::scope::{Scope, ScopeKind};
use super::{Compiled, Compiler};
use crate::object::module::Global;
use crate::object::text::Str;
use crate::symbol::Symbol;
use crate::value::Value;
use ruff_python_ast::{CmpOp, Operator, Stmt};
use ruff_text_size::{Ranged, TextRange};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Registers that a function can have.
const REGISTERS: usize = 250;

/// Where a variable is.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In a register.
    Local(Reg),
    /// In a cell in a register.
    Cell(Reg),
    /// In a cell of a function around.
    Free(u8),
    /// In the module.
    Global,
    /// In the namespace of a class body.
    Name,
}

/// A part of a function that has to be left in order.
pub enum Block<'a> {
    /// A loop: where `continue` goes, the iterator's register, and the jumps of `break`.
    Loop { top: u32, iterator: Option<Reg>, breaks: Vec<usize> },
    /// A `try` with `finally`.
    Finally { body: &'a [Stmt], guard: Guard },
    /// A `try` with `except`.
    Try { guard: Guard },
    /// A `with`: the registers of the manager and its exit.
    With { manager: Reg, is_async: bool, guard: Guard },
    /// An exception is being handled; maybe under a name.
    Handling { name: Option<Symbol> },
}

/// The instructions from which exceptions go to a handler.
pub struct Guard {
    from: u32,
    ranges: Vec<(u32, u32)>,
}

/// Code in the making.
pub struct Unit<'a> {
    /// What its names mean.
    pub scope: &'a Scope,
    /// What it is.
    pub kind: Kind,
    name: &'static str,
    /// Its name with those of what is around.
    pub qualname: &'static str,
    instrs: Vec<Instr>,
    spans: Vec<Span>,
    constants: Vec<Value>,
    names: Vec<Box<[Symbol]>>,
    globals: Vec<&'static Global>,
    sites: Vec<Site>,
    /// Names of the registers.
    pub variables: Vec<Symbol>,
    /// Comprehensions that it is in, with the registers of their variables.
    pub comprehensions: Vec<(&'a Scope, Vec<(Symbol, Reg)>)>,
    handlers: Vec<Handler>,
    codes: Vec<&'static Code>,
    /// Blocks that it is in.
    pub blocks: Vec<Block<'a>>,
    /// Jumps of `break` of loops whose `else` is under way.
    pub broken: Vec<Vec<usize>>,
    /// Jumps of `continue` of `while` loops, whose test comes last, by the depth of their blocks.
    pub continues: Vec<(usize, Vec<usize>)>,
    /// The first register that nothing uses.
    pub next: usize,
    most: usize,
    /// Registers that certainly have a value.
    pub assigned: Assigned,
    /// Exceptions that are being handled here.
    pub handled: u8,
    span: Span,
}

/// A set of registers.
#[derive(Clone, Copy, Default)]
pub struct Assigned([u64; 4]);

impl Assigned {
    /// Whether `reg` is in it.
    pub fn has(&self, reg: Reg) -> bool {
        self.0[reg as usize / 64] >> (reg % 64) & 1 == 1
    }

    /// Adds `reg`.
    pub fn add(&mut self, reg: Reg) {
        self.0[reg as usize / 64] |= 1 << (reg % 64);
    }

    /// What is in both.
    pub fn and(&self, other: &Assigned) -> Assigned {
        Assigned(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }
}

impl<'a> Unit<'a> {
    /// Code in the making, without instructions.
    pub fn new(scope: &'a Scope, kind: Kind, name: &str, qualname: &str) -> Unit<'a> {
        Unit {
            scope,
            kind,
            name: Symbol::of(name).text(),
            qualname: Symbol::of(qualname).text(),
            instrs: Vec::new(),
            spans: Vec::new(),
            constants: Vec::new(),
            names: Vec::new(),
            globals: Vec::new(),
            sites: Vec::new(),
            variables: Vec::new(),
            comprehensions: Vec::new(),
            handlers: Vec::new(),
            codes: Vec::new(),
            blocks: Vec::new(),
            broken: Vec::new(),
            continues: Vec::new(),
            next: 0,
            most: 0,
            assigned: Assigned::default(),
            handled: 0,
            span: Span::default(),
        }
    }
}

impl<'a> Compiler<'a> {
    /// Makes an instruction; its index.
    pub fn emit(&mut self, instr: Instr) -> usize {
        let unit = self.unit();
        unit.instrs.push(instr);
        unit.spans.push(unit.span);
        unit.instrs.len() - 1
    }

    /// The index of the next instruction.
    pub fn here(&mut self) -> u32 {
        self.unit().instrs.len() as u32
    }

    /// Instructions come from this part of the source from now on; where they came from before.
    pub fn at(&mut self, part: impl Ranged) -> Span {
        let range = part.range();
        let span = Span { start: range.start().to_u32(), end: range.end().to_u32() };
        std::mem::replace(&mut self.unit().span, span)
    }

    /// Instructions come from there again.
    pub fn back_at(&mut self, span: Span) {
        self.unit().span = span;
    }

    /// Lets jumps go to the next instruction.
    pub fn land(&mut self, jumps: impl IntoIterator<Item = usize>) -> Compiled<()> {
        let here = self.here();
        for jump in jumps {
            self.land_at(jump, here)?;
        }
        Ok(())
    }

    /// Lets a jump go to an instruction.
    pub fn land_at(&mut self, jump: usize, target: u32) -> Compiled<()> {
        let distance = i16::try_from(i64::from(target) - jump as i64);
        match &mut self.unit().instrs[jump] {
            Instr::Jump { to } | Instr::JumpIf { to, .. } | Instr::JumpIfNone { to, .. } | Instr::Next { to, .. } => {
                *to = target
            }
            Instr::JumpCompare { offset, .. } | Instr::JumpCompareInt { offset, .. } => match distance {
                Ok(distance) => *offset = distance,
                Err(_) => return self.problem(TextRange::default(), "a function is too long"),
            },
            _ => {}
        }
        Ok(())
    }

    /// A register that nothing uses.
    pub fn temp(&mut self) -> Compiled<Reg> {
        self.temps(1)
    }

    /// The first of `count` registers in a row that nothing uses.
    pub fn temps(&mut self, count: usize) -> Compiled<Reg> {
        let unit = self.unit();
        let first = unit.next;
        unit.next += count;
        unit.most = unit.most.max(unit.next);
        if unit.next > REGISTERS {
            let (start, end) = (unit.span.start, unit.span.end);
            let range = TextRange::new(start.into(), end.max(start).into());
            return self.problem(range, "a function has too many variables, or an expression too many parts");
        }
        Ok(first as Reg)
    }

    /// Whether a register belongs to a variable.
    pub fn is_variable(&mut self, reg: Reg) -> bool {
        let unit = self.unit();
        (reg as usize) < unit.variables.len()
            || unit.comprehensions.iter().any(|(_, registers)| registers.iter().any(|(_, own)| *own == reg))
    }

    /// The index of a constant.
    pub fn constant(&mut self, value: Value) -> u32 {
        let constants = &mut self.unit().constants;
        let same = |other: &Value| match (other, &value) {
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a.to_bits() == b.to_bits(),
            _ => false,
        };
        let found = constants.iter().position(same);
        let at = found.unwrap_or_else(|| {
            constants.push(value);
            constants.len() - 1
        });
        at as u32
    }

    /// Puts a string into a register.
    pub fn string(&mut self, d: Reg, text: &str) {
        let at = self.constant(Value::Str(Str::literal(text)));
        self.emit(Instr::Const { d, at });
    }

    /// The index of names of keyword arguments.
    pub fn keyword_names(&mut self, names: Vec<Symbol>) -> u16 {
        let unit = self.unit();
        unit.names.push(names.into());
        (unit.names.len() - 1) as u16
    }

    /// The index of a place where an attribute is accessed.
    pub fn site(&mut self, name: Symbol) -> u32 {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let sites = &mut self.unit().sites;
        sites.push(Site { name, id: NEXT.fetch_add(1, Ordering::Relaxed) });
        (sites.len() - 1) as u32
    }

    /// The index of a global variable.
    pub fn global(&mut self, name: Symbol) -> u32 {
        let variable = self.module.variable(name);
        let globals = &mut self.unit().globals;
        let found = globals.iter().position(|own| own.name == name);
        let at = found.unwrap_or_else(|| {
            globals.push(variable);
            globals.len() - 1
        });
        at as u32
    }

    /// The index of code inside this one.
    pub fn inner_code(&mut self, code: &'static Code) -> u32 {
        let codes = &mut self.unit().codes;
        codes.push(code);
        (codes.len() - 1) as u32
    }

    /// An attribute's name: in a class, one that begins with two underscores has the class's name before it.
    pub fn attribute(&self, name: &str) -> Symbol {
        match self.classes.last() {
            Some(class) if name.starts_with("__") && !name.ends_with("__") => {
                Symbol::of(&format!("_{}{name}", class.trim_start_matches('_')))
            }
            _ => Symbol::of(name),
        }
    }

    /// Where a variable is.
    pub fn place(&mut self, name: Symbol) -> Place {
        let unit = self.unit();
        for (scope, registers) in unit.comprehensions.iter().rev() {
            if let Some((_, reg)) = registers.iter().find(|(own, _)| *own == name) {
                return if scope.cells.contains(&name) { Place::Cell(*reg) } else { Place::Local(*reg) };
            }
        }
        let scope = unit.scope;
        if scope.globals.contains(&name) {
            return Place::Global;
        }
        match scope.kind {
            ScopeKind::Module => return Place::Global,
            ScopeKind::Class => return Place::Name,
            ScopeKind::Function | ScopeKind::Comprehension => {}
        }
        if let Some(reg) = unit.variables.iter().position(|own| *own == name) {
            return if scope.cells.contains(&name) { Place::Cell(reg as Reg) } else { Place::Local(reg as Reg) };
        }
        match scope.free.iter().position(|own| *own == name) {
            Some(free) => Place::Free(free as u8),
            None => Place::Global,
        }
    }

    /// Makes sure that a variable's register has a value.
    pub fn check(&mut self, reg: Reg) {
        if !self.unit().assigned.has(reg) {
            self.emit(Instr::Check { a: reg });
            self.now_assigned(reg);
        }
    }

    /// A variable's register has a value from here on, unless it may be deleted.
    pub fn now_assigned(&mut self, reg: Reg) {
        let unit = self.unit();
        let name = unit.variables.get(reg as usize);
        if name.is_none_or(|name| !unit.scope.deleted.contains(name)) {
            unit.assigned.add(reg);
        }
    }

    /// Puts a variable's value into a register.
    pub fn load(&mut self, name: Symbol, d: Reg) {
        match self.place(name) {
            Place::Local(a) => {
                self.check(a);
                if a != d {
                    self.emit(Instr::Move { d, a });
                }
            }
            Place::Cell(a) => {
                self.emit(Instr::LoadCell { d, a });
            }
            Place::Free(free) => {
                self.emit(Instr::LoadFree { d, free });
            }
            Place::Global => {
                let at = self.global(name);
                self.emit(Instr::LoadGlobal { d, at });
            }
            Place::Name => {
                let scope = self.unit().scope;
                let free = scope.free.iter().position(|own| *own == name && !scope.bound.contains(&name));
                match free {
                    Some(free) => self.emit(Instr::LoadNameOrFree { d, free: free as u8, name }),
                    None => self.emit(Instr::LoadName { d, name }),
                };
            }
        }
    }

    /// Gives a variable the value of a register.
    pub fn store(&mut self, name: Symbol, a: Reg) {
        match self.place(name) {
            Place::Local(d) => {
                if a != d {
                    let from_variable = self.is_variable(a);
                    self.emit(if from_variable { Instr::Move { d, a } } else { Instr::Take { d, a } });
                }
                self.now_assigned(d);
            }
            Place::Cell(d) => {
                self.emit(Instr::StoreCell { d, a });
            }
            Place::Free(free) => {
                self.emit(Instr::StoreFree { free, a });
            }
            Place::Global => {
                let at = self.global(name);
                self.emit(Instr::StoreGlobal { a, at });
            }
            Place::Name => {
                self.emit(Instr::StoreName { a, name });
            }
        }
    }

    /// Removes a variable's value; an error if it has none and `checked`.
    pub fn delete(&mut self, name: Symbol, checked: bool) {
        match self.place(name) {
            Place::Local(d) => {
                if checked {
                    self.emit(Instr::Check { a: d });
                }
                self.emit(Instr::Clear { d });
            }
            Place::Cell(a) => {
                self.emit(Instr::DeleteCell { a });
            }
            Place::Free(free) => {
                self.emit(Instr::DeleteFree { free });
            }
            Place::Global => {
                let at = self.global(name);
                self.emit(Instr::DeleteGlobal { at });
            }
            Place::Name => {
                self.emit(Instr::DeleteName { name });
            }
        }
    }

    /// Exceptions from here on go to a handler.
    pub fn guard(&mut self) -> Guard {
        Guard { from: self.here(), ranges: Vec::new() }
    }

    /// Exceptions from here on no longer go to that handler: from where they did.
    pub fn end_guard(&mut self, mut guard: Guard) -> Vec<(u32, u32)> {
        let here = self.here();
        guard.ranges.push((guard.from, here));
        guard.ranges
    }

    /// The next instruction handles exceptions of `ranges`, with the exception in a register.
    pub fn handler(&mut self, ranges: Vec<(u32, u32)>, exception: Reg) {
        let (target, handled) = (self.here(), self.unit().handled);
        let handler = |(from, to)| Handler { from, to, target, exception, handled };
        let ranges = ranges.into_iter().filter(|(from, to)| from < to);
        self.unit().handlers.extend(ranges.map(handler));
    }

    /// Leaves all blocks from `depth` on in order, does `then` (a jump or return), and goes on as if it had not left.
    pub fn leave(&mut self, depth: usize, then: impl FnOnce(&mut Compiler<'a>) -> Compiled<()>) -> Compiled<()> {
        let mut left = Vec::new();
        let handled = self.unit().handled;
        let assigned = self.unit().assigned;
        while self.unit().blocks.len() > depth {
            let here = self.here();
            let Some(mut block) = self.unit().blocks.pop() else { break };
            if let Block::Finally { guard, .. } | Block::Try { guard } | Block::With { guard, .. } = &mut block {
                guard.ranges.push((guard.from, here));
            }
            self.leave_one(&block)?;
            left.push(block);
        }
        then(self)?;
        let here = self.here();
        while let Some(mut block) = left.pop() {
            if let Block::Finally { guard, .. } | Block::Try { guard } | Block::With { guard, .. } = &mut block {
                guard.from = here;
            }
            self.unit().blocks.push(block);
        }
        self.unit().handled = handled;
        self.unit().assigned = assigned;
        Ok(())
    }

    fn leave_one(&mut self, block: &Block<'a>) -> Compiled<()> {
        match block {
            Block::Loop { iterator, .. } => {
                if let Some(d) = *iterator {
                    self.emit(Instr::Clear { d });
                }
            }
            Block::Finally { body, .. } => self.body(body)?,
            Block::Try { .. } => {}
            Block::With { manager, is_async: false, .. } => {
                self.emit(Instr::Exit { a: *manager });
            }
            Block::With { manager, is_async: true, .. } => self.async_exit(*manager)?,
            Block::Handling { name } => {
                self.emit(Instr::Handled);
                self.unit().handled -= 1;
                if let Some(name) = name {
                    self.forget(*name)?;
                }
            }
        }
        Ok(())
    }

    /// `del` of the name of a handled exception, which may be gone already.
    pub fn forget(&mut self, name: Symbol) -> Compiled<()> {
        if !matches!(self.place(name), Place::Local(_)) {
            let temp = self.temp()?;
            self.emit(Instr::None { d: temp });
            self.store(name, temp);
            self.unit().next -= 1;
        }
        self.delete(name, false);
        Ok(())
    }

    /// The finished code of the innermost unit, which is left.
    pub fn finish(&mut self, params: Params, line: u32, doc: Option<Value>) -> &'static Code {
        let unit = self.units.pop().expect("a unit is finished once");
        let captures = unit.scope.free.iter().map(|name| self.capture(*name)).collect();
        Box::leak(Box::new(Code {
            name: unit.name,
            qualname: unit.qualname,
            source: self.source,
            line,
            module: self.module,
            kind: unit.kind,
            params,
            registers: unit.most,
            instrs: unit.instrs.into(),
            spans: unit.spans.into(),
            constants: unit.constants.into(),
            names: unit.names.into(),
            globals: unit.globals.into(),
            sites: unit.sites.into(),
            variables: unit.variables.into(),
            captures,
            free: unit.scope.free.clone().into(),
            handlers: unit.handlers.into(),
            codes: unit.codes.into(),
            doc,
            annotations: OnceLock::new(),
        }))
    }

    fn capture(&mut self, name: Symbol) -> Capture {
        if self.units.is_empty() {
            return Capture::Free(0);
        }
        // A class body keeps the cell of `__class__` in its first register.
        if self.unit().scope.kind == ScopeKind::Class && name == crate::symbol::CLASS {
            return Capture::Cell(0);
        }
        match self.place(name) {
            Place::Cell(reg) | Place::Local(reg) => Capture::Cell(reg),
            Place::Free(free) => Capture::Free(free),
            Place::Name | Place::Global => {
                let free = self.unit().scope.free.iter().position(|own| *own == name);
                Capture::Free(free.unwrap_or(0) as u8)
            }
        }
    }
}

/// The operator of the syntax tree as one of ours.
pub fn binary(op: Operator) -> BinaryOp {
    match op {
        Operator::Add => BinaryOp::Add,
        Operator::Sub => BinaryOp::Sub,
        Operator::Mult => BinaryOp::Mul,
        Operator::MatMult => BinaryOp::MatMul,
        Operator::Div => BinaryOp::Div,
        Operator::Mod => BinaryOp::Mod,
        Operator::Pow => BinaryOp::Pow,
        Operator::LShift => BinaryOp::LShift,
        Operator::RShift => BinaryOp::RShift,
        Operator::BitOr => BinaryOp::Or,
        Operator::BitXor => BinaryOp::Xor,
        Operator::BitAnd => BinaryOp::And,
        Operator::FloorDiv => BinaryOp::FloorDiv,
    }
}

/// A comparison of the syntax tree as one of ours; none for `is` and `in`.
pub fn comparison(op: CmpOp) -> Option<CompareOp> {
    match op {
        CmpOp::Eq => Some(CompareOp::Eq),
        CmpOp::NotEq => Some(CompareOp::Ne),
        CmpOp::Lt => Some(CompareOp::Lt),
        CmpOp::LtE => Some(CompareOp::Le),
        CmpOp::Gt => Some(CompareOp::Gt),
        CmpOp::GtE => Some(CompareOp::Ge),
        CmpOp::Is | CmpOp::IsNot | CmpOp::In | CmpOp::NotIn => None,
    }
}
