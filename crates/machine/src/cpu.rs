//! The CPU: one instruction on one context.

use crate::instruction::{Address, Instruction, Value};
use crate::memory::{Memory, Write};
use crate::register::{Context, Register};
use std::fmt;

/// How far apart values on a stack are.
pub const SLOT: i32 = 4;

/// What an instruction does beside its work on registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// What becomes of the thread.
    pub event: Event,
    /// The address that was read.
    pub read: Option<u32>,
    /// What was written.
    pub write: Option<Write>,
}

/// What becomes of a thread after an instruction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Event {
    /// It goes on.
    #[default]
    Ran,
    /// It goes on, and lets others have the CPU first.
    Yielded,
    /// It is over.
    Halted,
    /// It could not do the instruction.
    Faulted(Fault),
}

/// Why an instruction could not be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The address is outside of the memory.
    Wild(i32),
    /// The address is where the code is.
    Code(u32),
    /// The stack has no room for another value.
    StackOverflow,
    /// There is nothing on the stack.
    StackEmpty,
    /// The program counter is past the last instruction.
    PastEnd,
    /// The program counter is where no code is.
    NoCode(i32),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Wild(address) => write!(f, "address {address} is outside of the memory"),
            Fault::Code(address) => write!(f, "address {address} is where the code is"),
            Fault::StackOverflow => f.write_str("stack overflow"),
            Fault::StackEmpty => f.write_str("there is nothing on the stack"),
            Fault::PastEnd => f.write_str("it ran past its last instruction"),
            Fault::NoCode(address) => write!(f, "there is no instruction at {address}"),
        }
    }
}

/// Where a thread's stack is: it grows down from `bottom`, and ends at `limit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stack {
    /// The first address above the stack: the stack pointer of an empty one.
    pub bottom: i32,
    /// The lowest address of the stack.
    pub limit: i32,
}

/// What a CPU asks of memory. Addresses are within it.
pub trait Cells {
    /// How many addresses there are.
    fn size(&self) -> u32;

    /// What an address holds.
    fn load(&mut self, address: u32) -> i32;

    /// Writes to an address.
    fn store(&mut self, address: u32, value: i32) -> Write;

    /// Writes what `value` makes of what an address holds, in one indivisible step.
    fn change(&mut self, address: u32, value: impl Fn(i32) -> i32) -> Write;
}

/// One address space of a memory.
pub(crate) struct Space<'a> {
    pub memory: &'a mut Memory,
    pub number: usize,
}

impl Cells for Space<'_> {
    #[inline]
    fn size(&self) -> u32 {
        self.memory.size()
    }

    #[inline]
    fn load(&mut self, address: u32) -> i32 {
        self.memory.load(self.number, address)
    }

    #[inline]
    fn store(&mut self, address: u32, value: i32) -> Write {
        self.memory.store(self.number, address, value)
    }

    #[inline]
    fn change(&mut self, address: u32, value: impl Fn(i32) -> i32) -> Write {
        let old = self.load(address);
        self.store(address, value(old))
    }
}

/// What a thread runs in.
pub struct Surroundings<'a, C> {
    /// The program's instructions.
    pub code: &'a [Instruction],
    /// Where they are loaded.
    pub load: u32,
    /// The memory that the thread sees.
    pub memory: C,
    /// Its stack.
    pub stack: Stack,
}

impl<C: Cells> Surroundings<'_, C> {
    /// Does the instruction at the program counter. If that cannot be done, the context stays as it was.
    #[inline(always)]
    pub fn execute(&mut self, context: &mut Context) -> Effect {
        match self.attempt(context) {
            Ok(effect) => effect,
            Err(fault) => Effect { event: Event::Faulted(fault), ..Effect::default() },
        }
    }

    #[inline(always)]
    fn attempt(&mut self, context: &mut Context) -> Result<Effect, Fault> {
        let instruction = *self.fetch(context.pc)?;
        let mut next = context.pc.wrapping_add(1);
        let mut effect = Effect::default();
        match instruction {
            Instruction::Set { value, to } => context[to] = of(value, context),
            Instruction::Load { from, to } => context[to] = self.load(place(from, context), &mut effect)?,
            Instruction::Store { value, to } => self.store(place(to, context), of(value, context), &mut effect)?,
            Instruction::Lea { of, to } => context[to] = place(of, context),
            Instruction::Arithmetic { operation, value, to } => {
                context[to] = operation.of(context[to], of(value, context));
            }
            Instruction::Negate(register) => context[register] = context[register].wrapping_neg(),
            Instruction::Test { first, second } => {
                context.compared = Some(of(second, context).cmp(&of(first, context)));
            }
            Instruction::Exchange { register, with } => {
                let new = context[register];
                context[register] = self.change(place(with, context), &mut effect, |_| new)?;
            }
            Instruction::FetchAdd { register, to } => {
                let more = context[register];
                context[register] = self.change(place(to, context), &mut effect, |old| old.wrapping_add(more))?;
            }
            Instruction::Push(register) => self.push(context[register], context, &mut effect)?,
            Instruction::PushAddress(address) => self.push(place(address, context), context, &mut effect)?,
            Instruction::Pop(to) => {
                let value = self.pop(context, &mut effect)?;
                if let Some(to) = to {
                    context[to] = value;
                }
            }
            Instruction::Jump { when, to } => {
                if when.holds(context.compared) {
                    next = self.load.wrapping_add(to);
                }
            }
            Instruction::Call(to) => {
                self.push(next as i32, context, &mut effect)?;
                next = self.load.wrapping_add(to);
            }
            Instruction::Return => next = self.pop(context, &mut effect)? as u32,
            Instruction::Nop => {}
            Instruction::Yield => effect.event = Event::Yielded,
            Instruction::Halt => {
                effect.event = Event::Halted;
                next = context.pc;
            }
        }
        context.pc = next;
        Ok(effect)
    }

    #[inline]
    fn fetch(&self, pc: u32) -> Result<&Instruction, Fault> {
        let index = pc.wrapping_sub(self.load) as usize;
        self.code.get(index).ok_or(if index == self.code.len() { Fault::PastEnd } else { Fault::NoCode(pc as i32) })
    }

    #[inline]
    fn load(&mut self, address: i32, effect: &mut Effect) -> Result<i32, Fault> {
        let address = self.located(address)?;
        effect.read = Some(address);
        Ok(self.memory.load(address))
    }

    #[inline]
    fn change(&mut self, address: i32, effect: &mut Effect, value: impl Fn(i32) -> i32) -> Result<i32, Fault> {
        let address = self.located(address)?;
        let write = self.memory.change(address, value);
        (effect.read, effect.write) = (Some(address), Some(write));
        Ok(write.before)
    }

    #[inline]
    fn store(&mut self, address: i32, value: i32, effect: &mut Effect) -> Result<(), Fault> {
        let address = self.located(address)?;
        effect.write = Some(self.memory.store(address, value));
        Ok(())
    }

    fn push(&mut self, value: i32, context: &mut Context, effect: &mut Effect) -> Result<(), Fault> {
        let top = context[Register::Sp].wrapping_sub(SLOT);
        if top < self.stack.limit {
            return Err(Fault::StackOverflow);
        }
        self.store(top, value, effect)?;
        context[Register::Sp] = top;
        Ok(())
    }

    fn pop(&mut self, context: &mut Context, effect: &mut Effect) -> Result<i32, Fault> {
        let top = context[Register::Sp];
        if top >= self.stack.bottom {
            return Err(Fault::StackEmpty);
        }
        let value = self.load(top, effect)?;
        context[Register::Sp] = top.wrapping_add(SLOT);
        Ok(value)
    }

    /// An address that may be read and written.
    #[inline]
    fn located(&self, address: i32) -> Result<u32, Fault> {
        let place = address as u32;
        if place >= self.memory.size() {
            return Err(Fault::Wild(address));
        }
        if (place.wrapping_sub(self.load) as usize) < self.code.len() {
            return Err(Fault::Code(place));
        }
        Ok(place)
    }
}

#[inline]
fn of(value: Value, context: &Context) -> i32 {
    match value {
        Value::Immediate(value) => value,
        Value::Register(register) => context[register],
    }
}

/// The address that is meant, in 32 bits that wrap.
#[inline]
fn place(address: Address, context: &Context) -> i32 {
    let of = |register: Option<Register>| register.map_or(0, |register| context[register]);
    address.offset.wrapping_add(of(address.base)).wrapping_add(of(address.index).wrapping_mul(address.scale))
}
