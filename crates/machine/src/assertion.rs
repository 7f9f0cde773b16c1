//! What a program says shall always hold.

use crate::machine::Machine;
use std::fmt;

/// What a program says shall always hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Assertion {
    /// At most one thread is between two labels: `alone .critical .release`.
    Alone {
        /// The first instruction that only one thread may be at.
        from: u32,
        /// The first one after those.
        to: u32,
        /// As it was written.
        text: String,
    },
    /// What a place in memory holds once all threads have halted: `end count == 2`.
    End {
        /// The place.
        address: u32,
        /// How it is compared.
        comparison: Comparison,
        /// With what.
        value: i32,
        /// As it was written.
        text: String,
    },
}

/// How many assertions a program can have.
pub(crate) const MOST: usize = 32;

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Comparison {
    /// The comparison of a sign.
    #[must_use]
    pub fn of(sign: &str) -> Option<Comparison> {
        Some(match sign {
            "==" => Comparison::Equal,
            "!=" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" => Comparison::GreaterOrEqual,
            _ => return None,
        })
    }

    /// Whether it holds.
    #[must_use]
    pub fn holds(self, one: i32, other: i32) -> bool {
        match self {
            Comparison::Equal => one == other,
            Comparison::NotEqual => one != other,
            Comparison::Less => one < other,
            Comparison::LessOrEqual => one <= other,
            Comparison::Greater => one > other,
            Comparison::GreaterOrEqual => one >= other,
        }
    }
}

impl Assertion {
    /// Whether a machine's state goes against it now.
    #[must_use]
    pub fn is_violated(&self, machine: &Machine) -> bool {
        match *self {
            Assertion::Alone { from, to, .. } => {
                let inside = |thread: &usize| {
                    let index = machine.index(machine.context(*thread).pc);
                    machine.can_run(*thread) && (from..to).contains(&index)
                };
                (0..machine.threads()).filter(inside).count() > 1
            }
            Assertion::End { address, comparison, value, .. } => {
                machine.has_halted()
                    && (0..machine.spaces()).any(|space| !comparison.holds(machine.cell(space, address), value))
            }
        }
    }

    /// Whether a step of a thread from one instruction to another can change whether it is violated.
    pub(crate) fn sees(&self, from: u32, to: u32) -> bool {
        match self {
            Assertion::Alone { from: first, to: end, .. } => {
                (*first..*end).contains(&from) != (*first..*end).contains(&to)
            }
            Assertion::End { .. } => false,
        }
    }
}

impl fmt::Display for Assertion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Assertion::Alone { text, .. } | Assertion::End { text, .. } => f.write_str(text),
        }
    }
}
