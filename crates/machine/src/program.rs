//! A program: instructions, labels, variables, and what its comments say about it.

use crate::assertion::Assertion;
use crate::directive::Directives;
use crate::instruction::Instruction;

/// Where something stands in a program's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The line, from 1.
    pub line: u32,
    /// The first character's place in the line, from 1.
    pub column: u32,
    /// How many characters.
    pub length: u32,
}

/// An instruction in its program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The instruction.
    pub instruction: Instruction,
    /// As it was written, without comment.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A name for the place of an instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// With its dot.
    pub name: String,
    /// Which instruction, counted from 0. The number of instructions if none follows.
    pub index: u32,
    /// Where.
    pub span: Span,
}

/// A name for places in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name.
    pub name: String,
    /// Where it begins in memory.
    pub address: u32,
    /// How many values it has, each 4 addresses after the other.
    pub length: u32,
    /// Where it was declared.
    pub span: Span,
}

/// A line of a high-level language, and the instructions that it becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Such as `count = count + 1`.
    pub text: String,
    /// The first of its instructions, counted from 0.
    pub from: u32,
    /// The first one after them.
    pub to: u32,
}

/// A program that can be loaded into a machine.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Program {
    /// Its instructions. There is at least one.
    pub lines: Vec<Line>,
    /// Labels in the order of the text.
    pub labels: Vec<Label>,
    /// Variables in the order of the text.
    pub variables: Vec<Variable>,
    /// Lines of a high-level language, where comments (`#= …`) tell them.
    pub statements: Vec<Statement>,
    /// What comments (`#: …`) say of how it is meant to be run.
    pub directives: Directives,
    /// What shall always hold.
    pub assertions: Vec<Assertion>,
}

impl Program {
    /// The label of a name with its dot.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&Label> {
        self.labels.iter().find(|label| label.name == name)
    }

    /// The variable of a name.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.iter().find(|variable| variable.name == name)
    }

    /// The first instruction of every thread, counted from 0: at `.main`, or else the first.
    #[must_use]
    pub fn entry(&self) -> u32 {
        self.label(".main").map_or(0, |label| label.index)
    }

    /// The first label of an instruction's place: a function's name, where it is called.
    #[must_use]
    pub fn label_at(&self, index: u32) -> Option<&Label> {
        self.labels.iter().find(|label| label.index == index)
    }

    /// The first address after all variables.
    #[must_use]
    pub fn variables_end(&self) -> u32 {
        self.variables.last().map_or(FIRST_VARIABLE, |last| last.address + 4 * last.length)
    }
}

/// Where the first variable is.
pub const FIRST_VARIABLE: u32 = 100;
