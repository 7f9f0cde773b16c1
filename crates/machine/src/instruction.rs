//! What the CPU can do.

use crate::register::Register;
use std::cmp::Ordering;

/// A value that needs no memory: `$5`, `%ax`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Stands in the instruction.
    Immediate(i32),
    /// Stands in a register.
    Register(Register),
}

/// A place in memory: `offset(base,index,scale)`, which is offset + base + index × scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// A number, or where a variable is.
    pub offset: i32,
    /// Added as it is.
    pub base: Option<Register>,
    /// Added `scale` times.
    pub index: Option<Register>,
    /// How often `index` is added.
    pub scale: i32,
}

/// Arithmetic of two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Sum.
    Add,
    /// Difference: the register minus the value.
    Sub,
    /// Product.
    Mul,
}

impl Operation {
    /// Of a register's value and another one, in 32 bits that wrap.
    #[must_use]
    pub fn of(self, register: i32, value: i32) -> i32 {
        match self {
            Operation::Add => register.wrapping_add(value),
            Operation::Sub => register.wrapping_sub(value),
            Operation::Mul => register.wrapping_mul(value),
        }
    }
}

/// When a jump is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `j`
    Always,
    /// `je`
    Equal,
    /// `jne`
    NotEqual,
    /// `jlt`
    Less,
    /// `jlte`
    LessOrEqual,
    /// `jgt`
    Greater,
    /// `jgte`
    GreaterOrEqual,
}

impl Condition {
    /// The conditions that have a code of their own, in the order of the book's trace, with their signs.
    pub const CODES: [(Condition, &str); 6] = [
        (Condition::GreaterOrEqual, ">="),
        (Condition::Greater, ">"),
        (Condition::LessOrEqual, "<="),
        (Condition::Less, "<"),
        (Condition::NotEqual, "!="),
        (Condition::Equal, "=="),
    ];

    /// Whether it holds after a `test`. Before the first one, only `Always` does.
    #[must_use]
    pub fn holds(self, compared: Option<Ordering>) -> bool {
        match (self, compared) {
            (Condition::Always, _) => true,
            (_, None) => false,
            (Condition::Equal, Some(order)) => order.is_eq(),
            (Condition::NotEqual, Some(order)) => order.is_ne(),
            (Condition::Less, Some(order)) => order.is_lt(),
            (Condition::LessOrEqual, Some(order)) => order.is_le(),
            (Condition::Greater, Some(order)) => order.is_gt(),
            (Condition::GreaterOrEqual, Some(order)) => order.is_ge(),
        }
    }
}

/// One instruction. Targets of jumps and calls are counted in instructions from the program's first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instruction {
    /// `mov` of a value to a register.
    Set {
        /// What.
        value: Value,
        /// Where to.
        to: Register,
    },
    /// `mov` from memory to a register.
    Load {
        /// Where from.
        from: Address,
        /// Where to.
        to: Register,
    },
    /// `mov` of a value to memory.
    Store {
        /// What.
        value: Value,
        /// Where to.
        to: Address,
    },
    /// `lea`: the address itself to a register.
    Lea {
        /// The address.
        of: Address,
        /// Where to.
        to: Register,
    },
    /// `add`, `sub`, `mul`.
    Arithmetic {
        /// Which one.
        operation: Operation,
        /// The first operand.
        value: Value,
        /// The second one, and where the result goes.
        to: Register,
    },
    /// `neg`: changes the sign.
    Negate(Register),
    /// `test`: sets the condition codes.
    Test {
        /// What is compared with.
        first: Value,
        /// What is compared.
        second: Value,
    },
    /// `xchg`: swaps a register and a place in memory, in one indivisible step.
    Exchange {
        /// The register.
        register: Register,
        /// The place.
        with: Address,
    },
    /// `fetchadd`: adds a register to a place in memory, and gets what was there before, in one indivisible step.
    FetchAdd {
        /// The register.
        register: Register,
        /// The place.
        to: Address,
    },
    /// `push` of a register.
    Push(Register),
    /// `push` of a place in memory: as in the book's simulator its address, not what is there.
    PushAddress(Address),
    /// `pop`, into a register if there is one.
    Pop(Option<Register>),
    /// `j` and its conditional kin.
    Jump {
        /// When.
        when: Condition,
        /// Where to.
        to: u32,
    },
    /// `call`: pushes the next instruction's address, and jumps.
    Call(u32),
    /// `ret`: pops an address, and jumps there.
    Return,
    /// `nop`: nothing.
    Nop,
    /// `yield`: lets another thread have the CPU.
    Yield,
    /// `halt`: ends the thread.
    Halt,
}

impl Instruction {
    /// Whether it touches nothing but the thread's own registers, so that no other thread can notice when it happens.
    #[must_use]
    pub fn is_local(self) -> bool {
        !matches!(
            self,
            Instruction::Load { .. }
                | Instruction::Store { .. }
                | Instruction::Exchange { .. }
                | Instruction::FetchAdd { .. }
                | Instruction::Push(_)
                | Instruction::PushAddress(_)
                | Instruction::Pop(_)
                | Instruction::Call(_)
                | Instruction::Return
        )
    }
}
