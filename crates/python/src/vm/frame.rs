//! Calls under way.

use crate::compile::code::Code;
use crate::compile::instr::Reg;
use crate::object::class::Namespace;
use crate::object::function::Function;
use crate::object::generator::Generator;
use crate::value::{Cell, Value};
use std::sync::Arc;

/// What is called.
#[derive(Clone, Debug)]
pub enum Callee {
    /// A module.
    Code(&'static Code),
    /// A function of a module or class.
    Function(&'static Function),
    /// A function made inside a function, or a class body.
    Closure(Arc<Function>),
}

impl Callee {
    /// Its code.
    #[inline]
    pub fn code(&self) -> &'static Code {
        match self {
            Callee::Code(code) => code,
            Callee::Function(function) => function.code,
            Callee::Closure(function) => function.code,
        }
    }

    /// The function that it is.
    #[inline]
    pub fn function(&self) -> Option<&Function> {
        match self {
            Callee::Code(_) => None,
            Callee::Function(function) => Some(function),
            Callee::Closure(function) => Some(function),
        }
    }

    /// Its variables of functions around.
    #[inline]
    pub fn closure(&self) -> &[Arc<Cell>] {
        self.function().map_or(&[], |function| &function.closure)
    }

    /// The function as a value.
    pub fn of(value: &Value) -> Option<Callee> {
        match value {
            Value::Function(function) => Some(Callee::Function(function)),
            Value::Closure(function) => Some(Callee::Closure(function.clone())),
            _ => None,
        }
    }
}

/// What becomes of a call's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It goes into a register of the caller.
    To(Reg),
    /// It is to be `None`; the new object goes into a register of the caller.
    Construct(Reg),
    /// The next item of a loop; at the end of the generator, a jump.
    Next {
        /// Where the item goes.
        d: Reg,
        /// Where the jump goes.
        to: u32,
    },
    /// What the generator yields, its caller yields; what it returns goes into a register.
    Send(Reg),
    /// Execution ends here.
    Exit,
}

/// A call under way.
#[derive(Debug)]
pub struct Frame {
    /// What is called.
    pub callee: Callee,
    /// Its code.
    pub code: &'static Code,
    /// Where its registers begin.
    pub base: usize,
    /// The next instruction.
    pub pc: u32,
    /// What becomes of the result.
    pub then: Then,
    /// How many exceptions were being handled when it began.
    pub handled: usize,
    /// A class body's names.
    pub namespace: Option<Box<Namespace>>,
    /// The new object, of `__init__`.
    pub object: Value,
    /// The generator that it is.
    pub generator: Option<Arc<Generator>>,
}
