//! Code: what the compiler makes of a function, class body or module.

use super::instr::{Instr, Reg};
use crate::object::module::{Global, Module};
use crate::symbol::Symbol;
use crate::value::Value;
use std::sync::OnceLock;

/// What a function takes.
#[derive(Clone, Debug, Default)]
pub struct Params {
    /// Names: positional ones, then keyword-only ones; their values are in the first registers.
    pub names: Vec<Symbol>,
    /// How many cannot be named in a call.
    pub positional_only: u8,
    /// How many are positional.
    pub positional: u8,
    /// Whether the register after the named ones is `*args`.
    pub rest: bool,
    /// Whether the register after that is `**kwargs`.
    pub named_rest: bool,
}

/// What becomes of an exception between two instructions.
#[derive(Clone, Copy, Debug)]
pub struct Handler {
    /// From this instruction on.
    pub from: u32,
    /// To before this one.
    pub to: u32,
    /// Execution goes on here.
    pub target: u32,
    /// With the exception in this register.
    pub exception: Reg,
    /// And so many exceptions of this function still being handled.
    pub handled: u8,
}

/// What a body of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It runs to its end.
    Plain,
    /// It is called for the namespace that it leaves.
    ClassBody,
    /// It yields.
    Generator,
    /// It awaits.
    Coroutine,
    /// It does both.
    AsyncGenerator,
}

/// A part of the source: from the byte `start` to before `end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
}

/// A place where an attribute is accessed.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// The attribute.
    pub name: Symbol,
    /// Different for each place.
    pub id: u32,
}

/// A source file.
#[derive(Debug)]
pub struct Source {
    /// Its name in tracebacks.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// Whether it is part of the library, which tracebacks leave out.
    pub library: bool,
    /// The offsets at which lines begin.
    pub lines: Vec<u32>,
}

impl Source {
    /// A source file.
    pub fn new(name: String, text: String, library: bool) -> Source {
        let starts = text.bytes().zip(1..).filter(|(byte, _)| *byte == b'\n').map(|(_, at)| at);
        let lines = [0].into_iter().chain(starts).collect();
        Source { name, text, library, lines }
    }

    /// The line of an offset, from 1, and the column, from 1, in characters.
    pub fn position(&self, offset: u32) -> (u32, u32) {
        let line = self.lines.partition_point(|&start| start <= offset).max(1);
        let start = self.lines[line - 1] as usize;
        let column = self.text.get(start..offset as usize).map_or(0, |text| text.chars().count());
        (line as u32, column as u32 + 1)
    }

    /// The text of a line, counted from 1.
    pub fn line(&self, line: u32) -> &str {
        self.text.lines().nth(line as usize - 1).unwrap_or("")
    }
}

/// A function's, class body's or module's code. It lives for ever.
#[derive(Debug)]
pub struct Code {
    /// Its name.
    pub name: &'static str,
    /// Its name with those of what is around it.
    pub qualname: &'static str,
    /// Where it comes from.
    pub source: &'static Source,
    /// The line on which it begins.
    pub line: u32,
    /// Its module.
    pub module: &'static Module,
    /// What it is.
    pub kind: Kind,
    /// What it takes.
    pub params: Params,
    /// How many registers it uses.
    pub registers: usize,
    /// Its instructions.
    pub instrs: Box<[Instr]>,
    /// Where in the source each instruction comes from.
    pub spans: Box<[Span]>,
    /// Its constants.
    pub constants: Box<[Value]>,
    /// Names of keyword arguments in calls.
    pub names: Box<[Box<[Symbol]>]>,
    /// Global variables that it uses.
    pub globals: Box<[&'static Global]>,
    /// Where it accesses attributes.
    pub sites: Box<[Site]>,
    /// Names of the variables in its registers.
    pub variables: Box<[Symbol]>,
    /// Where the values of its free variables come from, when a function is made of it.
    pub captures: Box<[Capture]>,
    /// Names of its free variables.
    pub free: Box<[Symbol]>,
    /// What becomes of exceptions, the innermost first.
    pub handlers: Box<[Handler]>,
    /// Functions and classes inside it.
    pub codes: Box<[&'static Code]>,
    /// Its documentation.
    pub doc: Option<Value>,
    /// Annotations of parameters, as text.
    pub annotations: OnceLock<Value>,
}

/// Where the value of a free variable comes from, in the function around.
#[derive(Clone, Copy, Debug)]
pub enum Capture {
    /// A cell in one of its registers.
    Cell(Reg),
    /// A free variable of its own.
    Free(u8),
}

impl Code {
    /// Code that does nothing, in the place of what is not to be run.
    pub fn none() -> &'static Code {
        static NONE: OnceLock<Code> = OnceLock::new();
        NONE.get_or_init(|| Code {
            name: "",
            qualname: "",
            source: Box::leak(Box::new(Source::new(String::new(), String::new(), true))),
            line: 0,
            module: Module::create(""),
            kind: Kind::Plain,
            params: Params::default(),
            registers: 0,
            instrs: Box::default(),
            spans: Box::default(),
            constants: Box::default(),
            names: Box::default(),
            globals: Box::default(),
            sites: Box::default(),
            variables: Box::default(),
            captures: Box::default(),
            free: Box::default(),
            handlers: Box::default(),
            codes: Box::default(),
            doc: None,
            annotations: OnceLock::new(),
        })
    }

    /// The line of an instruction.
    pub fn line_of(&self, at: u32) -> u32 {
        self.spans.get(at as usize).map_or(self.line, |span| self.source.position(span.start).0)
    }

    /// Whether calling it makes a coroutine.
    pub fn is_coroutine(&self) -> bool {
        self.kind == Kind::Coroutine
    }

    /// Whether a call runs it at once.
    #[inline]
    pub fn is_plain(&self) -> bool {
        matches!(self.kind, Kind::Plain | Kind::ClassBody)
    }

    /// Whether a call with `count` positional arguments runs it at once, with these as its parameters.
    #[inline]
    pub fn takes_just(&self, count: usize) -> bool {
        let params = &self.params;
        params.names.len() == count
            && params.positional as usize == count
            && self.is_plain()
            && !params.rest
            && !params.named_rest
    }
}
