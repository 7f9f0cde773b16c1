//! From text to program: the dialect of the simulator `x86.py` of Arpaci-Dusseau's *Operating Systems: Three Easy Pieces*.
//!
//! ```text
//! line      = [ label | variable | instruction ] [ '#' comment ]
//! label     = '.' name                                names the next instruction
//! variable  = '.var' name [ length ]                  0 at first; places from address 100 on, 4 apart
//! instruction = name [ operand [ ',' operand ] ]      from left to right: mov from, to
//! operand   = '$' number | '%' register | label | address
//! address   = [ number | variable ] [ '(' [ '%' register ] [ ',' [ '%' register ] [ ',' scale ] ] ')' ]
//! ```
//! Beside what the book's simulator reads, a variable may stand before registers, and `xchg` and `fetchadd` take all addresses.
//! Comments that begin with `#:` or `#=` say something of the program: see [`Directives`](crate::Directives) and
//! [`Statement`].

mod assemble;
mod operand;
mod token;

use crate::directive::Directives;
use crate::error::{Error, shown};
use crate::instruction::Instruction;
use crate::program::{FIRST_VARIABLE, Label, Line, Program, Span, Statement, Variable};
use operand::Cursor;
use token::{Piece, Token, tokens};

pub use assemble::names;

/// How many errors are told.
const MOST_ERRORS: usize = 20;
/// The most instructions of a program.
const MOST_LINES: u32 = 100_000;
/// The most labels of a program, and the most variables.
const MOST_NAMES: usize = 1000;
/// The most values of a variable.
const MOST_VALUES: u32 = 1 << 20;

impl Program {
    /// Reads a program.
    ///
    /// # Errors
    /// What is wrong with it, in the order of the text; at most 20 of them.
    pub fn parse(text: &str) -> Result<Program, Vec<Error>> {
        let mut reader = Reader::default();
        let mut directives = Vec::new();
        for (number, line) in (1..).zip(text.lines()) {
            let (code, comment) = line.split_once('#').unwrap_or((line, ""));
            let at = Span { line: number, column: code.chars().count() as u32 + 1, length: 1 };
            if let Some(text) = comment.strip_prefix('=') {
                reader.begin_statement(text.trim());
            } else if let Some(text) = comment.strip_prefix(':') {
                directives.push((text, at));
            }
            let read = tokens(code, number).and_then(|tokens| reader.line(code, tokens));
            reader.errors.extend(read.err());
            if code.trim().is_empty() && comment.is_empty() {
                reader.statement = None;
            }
        }
        reader.program(&directives)
    }
}

/// A line of code whose operands have not been read, as labels and variables may be declared below it.
struct Pending<'a> {
    text: String,
    tokens: Vec<Token<'a>>,
}

/// What has been read of a text.
#[derive(Default)]
struct Reader<'a> {
    pending: Vec<Pending<'a>>,
    labels: Vec<Label>,
    variables: Vec<Variable>,
    statements: Vec<Statement>,
    /// The line of a high-level language to which the next instructions belong.
    statement: Option<usize>,
    errors: Vec<Error>,
}

impl<'a> Reader<'a> {
    fn index(&self) -> u32 {
        self.pending.len() as u32
    }

    fn begin_statement(&mut self, text: &str) {
        self.statement = Some(self.statements.len());
        self.statements.push(Statement { text: text.to_owned(), from: self.index(), to: self.index() });
    }

    fn line(&mut self, code: &str, tokens: Vec<Token<'a>>) -> Result<(), Error> {
        let Some(first) = tokens.first() else { return Ok(()) };
        match first.piece {
            Piece::Word(".var") => self.variable(&tokens),
            Piece::Word(name) if name.starts_with('.') => self.label(name, &tokens),
            Piece::Word(_) => {
                if self.index() == MOST_LINES {
                    return Err(Error::at(first.span, format!("a program has {MOST_LINES} instructions at most")));
                }
                self.pending.push(Pending { text: code.trim().to_owned(), tokens });
                if let Some(statement) = self.statement {
                    self.statements[statement].to = self.index();
                }
                Ok(())
            }
            _ => Err(Error::at(
                first.span,
                format!("a line begins with an instruction or a label, not with “{}”", first.text()),
            )),
        }
    }

    fn label(&mut self, name: &str, tokens: &[Token]) -> Result<(), Error> {
        let span = tokens[0].span;
        if let Some(more) = tokens.get(1) {
            return Err(Error::at(more.span, "a label stands alone on its line"));
        }
        if self.labels.iter().any(|label| label.name == name) {
            return Err(Error::at(span, format!("there are two labels “{}”", shown(name))));
        }
        if self.labels.len() == MOST_NAMES {
            return Err(Error::at(span, format!("a program has {MOST_NAMES} labels at most")));
        }
        self.statement = None;
        self.labels.push(Label { name: name.to_owned(), index: self.index(), span });
        Ok(())
    }

    fn variable(&mut self, tokens: &[Token]) -> Result<(), Error> {
        let form = |span| Error::at(span, "a variable is written .var name, or .var name length");
        let (name, span, length) = match tokens {
            [_, Token { piece: Piece::Word(name), span }] => (name, *span, 1),
            [_, Token { piece: Piece::Word(name), span }, Token { piece: Piece::Number(length), span: at }] => {
                let length = length.parse().ok().filter(|length| (1..=MOST_VALUES).contains(length));
                (
                    name,
                    *span,
                    length.ok_or_else(|| Error::at(*at, format!("a variable has 1 to {MOST_VALUES} values")))?,
                )
            }
            _ => return Err(form(tokens.last().map_or(Span::default(), |token| token.span))),
        };
        if self.variables.iter().any(|variable| variable.name == *name) {
            return Err(Error::at(span, format!("there are two variables “{}”", shown(name))));
        }
        let address = self.variables.last().map_or(FIRST_VARIABLE, |last| last.address + 4 * last.length);
        if self.variables.len() == MOST_NAMES || address > 4 * MOST_VALUES {
            return Err(Error::at(span, "there are too many variables"));
        }
        self.variables.push(Variable { name: (*name).to_owned(), address, length, span });
        Ok(())
    }

    /// Puts together what has been read.
    fn program(mut self, directives: &[(&str, Span)]) -> Result<Program, Vec<Error>> {
        let mut lines = Vec::with_capacity(self.pending.len());
        for Pending { text, tokens } in std::mem::take(&mut self.pending) {
            match self.instruction(&tokens) {
                Ok((instruction, span)) => lines.push(Line { instruction, text, span }),
                Err(error) => self.errors.push(error),
            }
        }
        let mut program = Program {
            lines,
            labels: self.labels,
            variables: self.variables,
            statements: self.statements,
            ..Program::default()
        };
        let mut said = Directives::default();
        for (text, span) in directives {
            if let Err(message) = said.read(text, &mut program) {
                self.errors.push(Error::at(*span, message));
            }
        }
        program.directives = said;
        if program.lines.is_empty() && self.errors.is_empty() {
            self.errors.push(Error::at(Span { line: 1, column: 1, length: 1 }, "there is no instruction"));
        }
        self.errors.sort_by_key(|error| (error.span.line, error.span.column));
        self.errors.truncate(MOST_ERRORS);
        if self.errors.is_empty() { Ok(program) } else { Err(self.errors) }
    }

    fn instruction(&self, tokens: &[Token<'a>]) -> Result<(Instruction, Span), Error> {
        let Some((Token { piece: Piece::Word(name), span }, rest)) = tokens.split_first() else {
            return Err(Error::at(Span::default(), "there is no instruction"));
        };
        if !names().any(|known| known == *name) {
            return Err(assemble::malformed(name, *span));
        }
        let operands = Cursor::new(rest, *span, &self.variables).operands()?;
        let instruction = assemble::assemble(name, *span, &operands, &self.labels)?;
        let last = tokens.last().map_or(*span, |token| token.span);
        Ok((instruction, Span { length: last.column + last.length - span.column, ..*span }))
    }
}
