//! The evaluator: runs bytecode on one thread.
//!
//! Python's calls are frames on a stack of their own, so they do not use the machine's; only where our own functions call back does
//! execution nest, and that is bounded. At each backward jump and call one word is tested: whether the run is stopped, the global
//! interpreter lock wanted, or the thread to end. Now and then the evaluator's loop is left and entered again, because a browser
//! replaces slow machine code by fast only between calls.

pub mod arguments;
pub mod arithmetic;
pub mod assign;
pub mod attribute;
pub mod call;
pub mod compare;
pub mod construct;
pub mod equality;
pub mod execute;
pub mod frame;
pub mod generate;
pub mod item;
pub mod iterate;
pub mod leave;
pub mod make;
pub mod matching;
pub mod numbers;
mod quick;
mod rare;
pub mod show;
pub mod unwind;
mod variable;

use crate::compile::code::Code;
use crate::object::class::Namespace;
use crate::object::function::{Function, Native};
use crate::object::instance::Instance;
use crate::raised::{Outcome, Raised, recursion_error};
use crate::run::interpreter::Interpreter;
use crate::run::thread::Thread;
use crate::value::Value;
use frame::{Callee, Frame, Then};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Calls within calls, as in Python.
pub const DEEPEST: usize = 1000;
/// Calls from our functions back into Python within each other: each takes some of the machine's stack.
const DEEPEST_NESTED: usize = 160;
/// Backward jumps and calls after which the evaluator's loop is left and entered again.
const FUEL: u32 = 200_000;

/// What is remembered about a place where an attribute is accessed, of objects of one class.
#[derive(Clone, Copy, Default)]
pub struct Remembered {
    stamp: u32,
    what: What,
}

/// What is remembered about a place: of the two classes of which objects came there last.
type Site = [Remembered; 2];

#[derive(Clone, Copy, Default)]
enum What {
    #[default]
    Nothing,
    /// A function of the class.
    Method(&'static Function),
    /// `append` of a list.
    Append,
    /// A function of ours of the class.
    Native(&'static Native),
    /// Objects of this shape have it there.
    Slot { shape: u32, slot: u32 },
}

/// Where this thread's stack ends now; it grows downwards.
#[inline(never)]
fn stack_place() -> usize {
    let here = 0_u8;
    std::hint::black_box(std::ptr::from_ref(&here)) as usize
}

/// A thread's evaluator.
pub struct Vm {
    stack: Vec<Value>,
    frames: Vec<Frame>,
    /// Exceptions that are being handled.
    handled: Vec<Arc<Instance>>,
    /// Copies of global variables, by their number, with their versions.
    globals: Vec<(u32, Value)>,
    /// What is remembered about places, by their number.
    sites: Vec<Site>,
    fuel: u32,
    nested: u32,
    /// Below this place nothing may nest any deeper, where the size of stacks is known.
    stack_end: Option<usize>,
    deepest: usize,
    /// Whether the generator that has just left the evaluator yielded.
    yielded: bool,
    /// The names that the class body that was just run left, and the cell of `__class__`.
    left: Option<(Namespace, Value)>,
    /// Whether the exception under way passed through the innermost frame before.
    rethrown: bool,
    /// Objects of which text is being made: one within itself is cut short.
    pub(crate) showing: Vec<usize>,
    /// What all threads share.
    pub interpreter: Arc<Interpreter>,
    /// The thread that this is.
    pub thread: Arc<Thread>,
}

impl Vm {
    /// An evaluator for a thread.
    pub fn new(interpreter: Arc<Interpreter>, thread: Arc<Thread>) -> Vm {
        let deepest = interpreter.deepest.load(Ordering::Relaxed);
        Vm {
            stack: Vec::new(),
            frames: Vec::new(),
            handled: Vec::new(),
            globals: Vec::new(),
            sites: Vec::new(),
            fuel: FUEL,
            nested: 0,
            stack_end: interleave_threads::thread_stack()
                .map(|bytes| stack_place().saturating_sub(bytes as usize / 4 * 3)),
            deepest,
            yielded: false,
            left: None,
            rethrown: false,
            showing: Vec::new(),
            interpreter,
            thread,
        }
    }

    /// The first register that no call uses.
    fn top(&self) -> usize {
        self.frames.last().map_or(0, |frame| frame.base + frame.code.registers)
    }

    /// Runs a module's code.
    pub fn run_module(&mut self, code: &'static Code) -> Outcome {
        let base = self.top();
        self.push_frame(Callee::Code(code), base, Then::Exit)?;
        self.run()
    }

    /// Puts a call on the stack whose arguments are in its registers already.
    #[inline]
    fn push_frame(&mut self, callee: Callee, base: usize, then: Then) -> Result<(), Raised> {
        let code = callee.code();
        if self.frames.len() >= self.deepest {
            return Err(recursion_error("maximum recursion depth exceeded"));
        }
        let end = base + code.registers;
        if self.stack.len() < end {
            self.stack.resize(end + 64, Value::Unbound);
        }
        let handled = self.handled.len();
        self.frames.push(Frame {
            callee,
            code,
            base,
            pc: 0,
            then,
            handled,
            namespace: None,
            object: Value::Unbound,
            generator: None,
        });
        Ok(())
    }

    /// Whether nothing may nest any deeper that nests `depth` deep: each level takes some of the machine's stack. In a browser nothing else
    /// keeps a thread within its part of memory.
    pub(crate) fn is_deep(&self, depth: usize) -> bool {
        depth >= DEEPEST_NESTED || self.stack_end.is_some_and(|end| stack_place() < end)
    }

    /// Executes until the innermost call, which is to have [`Then::Exit`], is over.
    fn run(&mut self) -> Outcome {
        if self.is_deep(self.nested as usize) {
            let depth = self.frames.len() - 1;
            self.drop_frames(depth);
            return Err(recursion_error("maximum recursion depth exceeded"));
        }
        self.nested += 1;
        let floor = self.frames.len() - 1;
        let outcome = loop {
            if let Some(outcome) = self.execute(floor) {
                break outcome;
            }
            self.fuel = FUEL;
        };
        self.nested -= 1;
        outcome
    }

    /// Drops calls until `depth` are left, without running anything of them.
    fn drop_frames(&mut self, depth: usize) {
        while self.frames.len() > depth {
            self.pop_frame();
        }
    }

    /// Takes the innermost call from the stack and clears its registers.
    #[inline]
    fn pop_frame(&mut self) -> Option<Frame> {
        let frame = self.frames.pop()?;
        self.clear(frame.base, frame.base + frame.code.registers);
        self.handled.truncate(frame.handled);
        Some(frame)
    }

    #[inline]
    fn clear(&mut self, from: usize, to: usize) {
        for value in &mut self.stack[from..to] {
            if !matches!(value, Value::Unbound) {
                *value = Value::Unbound;
            }
        }
    }

    /// The names of the class body that the innermost call is.
    fn namespace(&mut self) -> Option<&mut Namespace> {
        self.frames.last_mut()?.namespace.as_deref_mut()
    }

    /// How many calls there may be within each other.
    pub fn set_deepest(&mut self, deepest: usize) {
        self.deepest = deepest;
    }

    /// The innermost call that is not of the library, for who wants to know the line: its code and instruction.
    pub fn place(&self) -> Option<(&'static Code, u32)> {
        let frame = self.frames.iter().rev().find(|frame| !frame.code.source.library)?;
        Some((frame.code, frame.pc.saturating_sub(1)))
    }

    /// The exception that is being handled.
    pub fn handling(&self) -> Option<Arc<Instance>> {
        self.handled.last().cloned()
    }

    /// The variables of the innermost call in Python, for `locals()`.
    pub fn locals(&self) -> Vec<(crate::symbol::Symbol, Value)> {
        let Some(frame) = self.frames.last() else { return Vec::new() };
        if let Some(namespace) = &frame.namespace {
            return namespace.pairs().cloned().collect();
        }
        if matches!(frame.callee, Callee::Code(_)) {
            return frame.code.module.pairs();
        }
        let registers = frame.code.variables.iter().zip(&self.stack[frame.base..]);
        let of_cell = |value: &Value| match value {
            Value::Cell(cell) => cell.lock().clone(),
            value => value.clone(),
        };
        registers.map(|(name, value)| (*name, of_cell(value))).filter(|(_, value)| !value.is_unbound()).collect()
    }

    /// The module whose code the innermost call runs.
    pub fn module(&self) -> Option<&'static crate::object::module::Module> {
        self.frames.last().map(|frame| frame.code.module)
    }

    /// Looks at the word: whether somebody wants this thread to do something else.
    #[inline]
    fn attend(&mut self) -> Result<(), Raised> {
        if self.thread.word.load(Ordering::Relaxed) == 0 { Ok(()) } else { self.interrupted() }
    }

    #[cold]
    fn interrupted(&mut self) -> Result<(), Raised> {
        let thread = self.thread.clone();
        self.interpreter.clone().attend(&thread)
    }
}
