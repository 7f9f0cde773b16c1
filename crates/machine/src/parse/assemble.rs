//! From an instruction's name and operands to the instruction.

use super::operand::Operand;
use crate::error::{Error, shown};
use crate::instruction::{Condition, Instruction, Operation, Value};
use crate::program::{Label, Span};

/// How each instruction is written.
const FORMS: &[(&str, &str)] = &[
    (
        "mov",
        "mov from, to: a value, a register or a place in memory, then a register; or a value or a register, then a place in memory",
    ),
    ("lea", "lea address, %register"),
    ("add", "add value, %register"),
    ("sub", "sub value, %register"),
    ("mul", "mul value, %register"),
    ("neg", "neg %register"),
    ("test", "test value, value, where at least one is a register"),
    ("xchg", "xchg %register, address"),
    ("fetchadd", "fetchadd %register, address"),
    ("push", "push %register, or push address"),
    ("pop", "pop, or pop %register"),
    ("call", "call .label"),
    ("ret", "ret"),
    ("j", "j .label"),
    ("je", "je .label"),
    ("jne", "jne .label"),
    ("jlt", "jlt .label"),
    ("jlte", "jlte .label"),
    ("jgt", "jgt .label"),
    ("jgte", "jgte .label"),
    ("nop", "nop"),
    ("yield", "yield"),
    ("halt", "halt"),
];

/// The names of all instructions.
pub fn names() -> impl Iterator<Item = &'static str> {
    FORMS.iter().map(|(name, _)| *name)
}

/// The instruction of a name, which stands at `span`, with its operands.
pub fn assemble(name: &str, span: Span, operands: &[Operand], labels: &[Label]) -> Result<Instruction, Error> {
    use Operand::{Address, Value as Plain};
    use Value::Register;
    let instruction = match (name, operands) {
        ("mov", &[Plain(value), Plain(Register(to))]) => Instruction::Set { value, to },
        ("mov", &[Address(from), Plain(Register(to))]) => Instruction::Load { from, to },
        ("mov", &[Plain(value), Address(to)]) => Instruction::Store { value, to },
        ("mov", &[Address(_), Address(_)]) => {
            return Err(Error::at(span, "mov cannot copy from memory to memory: go by way of a register"));
        }
        ("lea", &[Address(of), Plain(Register(to))]) => Instruction::Lea { of, to },
        ("add" | "sub" | "mul", &[Plain(value), Plain(Register(to))]) => {
            let operation = match name {
                "add" => Operation::Add,
                "sub" => Operation::Sub,
                _ => Operation::Mul,
            };
            Instruction::Arithmetic { operation, value, to }
        }
        ("neg", &[Plain(Register(register))]) => Instruction::Negate(register),
        ("test", &[Plain(first), Plain(second)]) if matches!(first, Register(_)) || matches!(second, Register(_)) => {
            Instruction::Test { first, second }
        }
        ("xchg", &[Plain(Register(register)), Address(with)]) => Instruction::Exchange { register, with },
        ("fetchadd", &[Plain(Register(register)), Address(to)]) => Instruction::FetchAdd { register, to },
        ("push", &[Plain(Register(register))]) => Instruction::Push(register),
        ("push", &[Address(address)]) => Instruction::PushAddress(address),
        ("pop", &[]) => Instruction::Pop(None),
        ("pop", &[Plain(Register(register))]) => Instruction::Pop(Some(register)),
        ("call", &[Operand::Label(label, at)]) => Instruction::Call(target(label, at, labels)?),
        ("ret", &[]) => Instruction::Return,
        ("nop", &[]) => Instruction::Nop,
        ("yield", &[]) => Instruction::Yield,
        ("halt", &[]) => Instruction::Halt,
        _ => match (condition(name), operands) {
            (Some(when), &[Operand::Label(label, at)]) => Instruction::Jump { when, to: target(label, at, labels)? },
            _ => return Err(malformed(name, span)),
        },
    };
    Ok(instruction)
}

/// How an instruction should have been written.
pub fn malformed(name: &str, span: Span) -> Error {
    let form = FORMS.iter().find(|(known, _)| *known == name);
    Error::at(
        span,
        match form {
            Some((_, form)) => format!("{name} is written {form}"),
            None => format!("no instruction is called “{}”", shown(name)),
        },
    )
}

fn condition(name: &str) -> Option<Condition> {
    Some(match name {
        "j" => Condition::Always,
        "je" => Condition::Equal,
        "jne" => Condition::NotEqual,
        "jlt" => Condition::Less,
        "jlte" => Condition::LessOrEqual,
        "jgt" => Condition::Greater,
        "jgte" => Condition::GreaterOrEqual,
        _ => return None,
    })
}

fn target(name: &str, span: Span, labels: &[Label]) -> Result<u32, Error> {
    let label = labels.iter().find(|label| label.name == name);
    label.map(|label| label.index).ok_or_else(|| Error::at(span, format!("no label is called “{}”", shown(name))))
}
