//! A function, class body or module while code is made for it: registers, instructions, blocks that are to be left in order.

use super::block::Block;
use super::code::{Code, Handler, Kind, Params, Site, Span};
use super::instr::{BinaryOp, CompareOp, Instr, Reg};
use super::scope::Scope;
use super::variable::Assigned;
use super::{Compiled, Compiler, Purpose};
use crate::object::module::Global;
use crate::object::text::Str;
use crate::symbol::Symbol;
use crate::value::Value;
use ruff_python_ast::{CmpOp, Operator};
use ruff_text_size::{Ranged, TextRange};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Registers that a function can have.
const REGISTERS: usize = 250;

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
    /// What becomes of exceptions, the innermost first.
    pub handlers: Vec<Handler>,
    pub codes: Vec<&'static Code>,
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

    /// A constant string.
    pub fn literal(&self, text: &str) -> Value {
        Value::Str(match self.purpose {
            Purpose::Run(..) => Str::literal(text),
            Purpose::Check => Str::from(text),
        })
    }

    /// Puts a string into a register.
    pub fn string(&mut self, d: Reg, text: &str) {
        let literal = self.literal(text);
        let at = self.constant(literal);
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
        let Purpose::Run(..) = self.purpose else { return 0 };
        let sites = &mut self.unit().sites;
        sites.push(Site { name, id: NEXT.fetch_add(1, Ordering::Relaxed) });
        (sites.len() - 1) as u32
    }

    /// The index of a global variable.
    pub fn global(&mut self, name: Symbol) -> u32 {
        let Purpose::Run(_, module) = self.purpose else { return 0 };
        let variable = module.variable(name);
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

    /// The finished code of the innermost unit, which is left.
    pub fn finish(&mut self, params: Params, line: u32, doc: Option<Value>) -> &'static Code {
        let unit = self.units.pop().expect("a unit is finished once");
        let captures = unit.scope.free.iter().map(|name| self.capture(*name)).collect();
        let Purpose::Run(source, module) = self.purpose else { return Code::none() };
        Box::leak(Box::new(Code {
            name: unit.name,
            qualname: unit.qualname,
            source,
            line,
            module,
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
