//! What stands after an instruction's name: `$1`, `%ax`, `.top`, `8(%bp)`, `0(%fx,%bx,4)`.

use super::token::{Piece, Token};
use crate::error::Error;
use crate::instruction::{Address, Value};
use crate::program::{Span, Variable};
use crate::register::Register;

/// An operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand<'a> {
    Value(Value),
    Address(Address),
    Label(&'a str, Span),
}

/// Reads operands from a line's tokens.
pub struct Cursor<'a, 'b> {
    tokens: &'b [Token<'a>],
    variables: &'b [Variable],
    /// Where the line ends, for what is missing there.
    end: Span,
}

impl<'a, 'b> Cursor<'a, 'b> {
    /// Of the tokens after an instruction's name, which stands at `name`.
    pub fn new(tokens: &'b [Token<'a>], name: Span, variables: &'b [Variable]) -> Cursor<'a, 'b> {
        let last = tokens.last().map_or(name, |token| token.span);
        let end = Span { column: last.column + last.length, length: 1, ..last };
        Cursor { tokens, variables, end }
    }

    /// All operands, with commas between them.
    pub fn operands(mut self) -> Result<Vec<Operand<'a>>, Error> {
        let mut operands = Vec::new();
        if self.tokens.is_empty() {
            return Ok(operands);
        }
        loop {
            operands.push(self.operand()?);
            if self.tokens.is_empty() {
                return Ok(operands);
            }
            self.expect(',')?;
        }
    }

    fn next(&mut self) -> Option<Token<'a>> {
        let (first, rest) = self.tokens.split_first()?;
        self.tokens = rest;
        Some(*first)
    }

    /// Takes a sign if it is next.
    fn take(&mut self, sign: char) -> bool {
        let next = self.tokens.first().is_some_and(|token| token.piece == Piece::Sign(sign));
        if next {
            self.next();
        }
        next
    }

    fn expect(&mut self, sign: char) -> Result<(), Error> {
        if self.take(sign) { Ok(()) } else { Err(self.unexpected(&format!("“{sign}”"))) }
    }

    /// Something else stands where `wanted` should.
    fn unexpected(&self, wanted: &str) -> Error {
        match self.tokens.first() {
            Some(token) => Error::at(token.span, format!("there should be {wanted}, not “{}”", token.text())),
            None => Error::at(self.end, format!("there should be {wanted}")),
        }
    }

    fn operand(&mut self) -> Result<Operand<'a>, Error> {
        if self.take('$') {
            return Ok(Operand::Value(Value::Immediate(self.number("a number after $")?)));
        }
        match self.tokens.first().map(|token| (token.piece, token.span)) {
            Some((Piece::Sign('%'), _)) => Ok(Operand::Value(Value::Register(self.register()?))),
            Some((Piece::Word(name), span)) if name.starts_with('.') => {
                self.next();
                Ok(Operand::Label(name, span))
            }
            Some((Piece::Word(_) | Piece::Number(_) | Piece::Sign('-' | '('), _)) => {
                self.address().map(Operand::Address)
            }
            _ => Err(self.unexpected("a value ($1), a register (%ax), an address or a label")),
        }
    }

    /// `2000`, `count`, `(%cx)`, `1000(%dx)`, `10(%ax,%bx)`, `10(%ax,%bx,4)`. Registers may be left out.
    fn address(&mut self) -> Result<Address, Error> {
        let mut address = Address { offset: self.offset()?, base: None, index: None, scale: 1 };
        if !self.take('(') {
            return Ok(address);
        }
        address.base = self.optional_register()?;
        if self.take(',') {
            address.index = self.optional_register()?;
            if self.take(',') {
                address.scale = self.number("a number by which the second register is multiplied")?;
            }
        }
        self.expect(')')?;
        Ok(address)
    }

    fn offset(&mut self) -> Result<i32, Error> {
        match self.tokens.first().map(|token| (token.piece, token.span)) {
            Some((Piece::Sign('('), _)) => Ok(0),
            Some((Piece::Word(name), span)) => {
                self.next();
                let variable = self.variables.iter().find(|variable| variable.name == name);
                let missing =
                    || Error::at(span, format!("no variable is called “{name}”: declare it with .var {name}"));
                variable.map(|variable| variable.address as i32).ok_or_else(missing)
            }
            _ => self.number("an address"),
        }
    }

    fn optional_register(&mut self) -> Result<Option<Register>, Error> {
        let absent = matches!(self.tokens.first().map(|token| token.piece), Some(Piece::Sign(',' | ')')));
        if absent { Ok(None) } else { self.register().map(Some) }
    }

    fn register(&mut self) -> Result<Register, Error> {
        self.expect('%')?;
        let Some(Token { piece: Piece::Word(name), span }) = self.tokens.first().copied() else {
            return Err(self.unexpected("a register's name after %"));
        };
        self.next();
        Register::named(name).ok_or_else(|| {
            let names: Vec<_> = Register::ALL.into_iter().map(Register::name).collect();
            Error::at(span, format!("no register is called “{name}”; there are {}", names.join(", ")))
        })
    }

    /// A whole number, with its sign, that fits into 32 bits.
    fn number(&mut self, wanted: &str) -> Result<i32, Error> {
        let negative = self.take('-');
        let Some(Token { piece: Piece::Number(digits), span }) = self.tokens.first().copied() else {
            return Err(self.unexpected(wanted));
        };
        self.next();
        let size = digits.parse::<i64>().ok().map(|size| if negative { -size } else { size });
        let number = size.and_then(|number| i32::try_from(number).ok());
        number.ok_or_else(|| Error::at(span, "this number does not fit into 32 bits"))
    }
}
