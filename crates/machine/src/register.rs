//! What is inside the CPU.

use std::cmp::Ordering;
use std::ops::{Index, IndexMut};

/// A register that a program can name. The program counter is one, too, but no instruction names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Register {
    /// General.
    Ax,
    /// General.
    Bx,
    /// General.
    Cx,
    /// General.
    Dx,
    /// General.
    Ex,
    /// General.
    Fx,
    /// The stack pointer: the address of what was pushed last.
    Sp,
    /// The base pointer, by which a function finds its arguments and locals if it wants to.
    Bp,
}

impl Register {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Register; 8] = [
        Register::Ax,
        Register::Bx,
        Register::Cx,
        Register::Dx,
        Register::Ex,
        Register::Fx,
        Register::Sp,
        Register::Bp,
    ];

    /// Its name, without the `%`.
    #[must_use]
    pub fn name(self) -> &'static str {
        ["ax", "bx", "cx", "dx", "ex", "fx", "sp", "bp"][self as usize]
    }

    /// The register of a name without the `%`.
    #[must_use]
    pub fn named(name: &str) -> Option<Register> {
        Register::ALL.into_iter().find(|register| register.name() == name)
    }
}

/// All that a thread has in the CPU while it runs, and that is saved when another thread gets the CPU.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    registers: [i32; 8],
    /// The program counter: the address of the next instruction.
    pub pc: u32,
    /// The condition codes: what the last `test` found of its second value, compared with the first. Nothing before the
    /// first `test`.
    pub compared: Option<Ordering>,
}

impl Context {
    /// How many values are copied to save a context, or to restore one: the registers, the program counter, the condition codes.
    pub const VALUES: u32 = 10;
}

impl Index<Register> for Context {
    type Output = i32;

    fn index(&self, register: Register) -> &i32 {
        &self.registers[register as usize]
    }
}

impl IndexMut<Register> for Context {
    fn index_mut(&mut self, register: Register) -> &mut i32 {
        &mut self.registers[register as usize]
    }
}
