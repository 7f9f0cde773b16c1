//! From source to bytecode. What is not part of the subset is an error before anything runs.

mod block;
mod call;
pub mod code;
mod comprehension;
mod condition;
mod display;
mod exceptions;
mod expression;
mod function;
mod imports;
pub mod instr;
mod loops;
mod names;
mod pattern;
mod scan;
mod scope;
mod statement;
mod unit;
mod variable;
mod with;

use crate::object::module::Module;
use code::{Code, Kind, Params, Source};
use ruff_python_ast::{ModModule, PythonVersion, Stmt};
use ruff_python_parser::{LexicalErrorType, Mode, ParseErrorType, ParseOptions, Parsed, parse_unchecked};
use ruff_text_size::{Ranged, TextRange};
use scope::Scope;
use std::fmt;
use unit::Unit;

/// Why a program cannot run, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1.
    pub column: u32,
    /// The text of the line.
    pub text: String,
    /// What is wrong.
    pub message: String,
}

/// Characters of a line that a message repeats.
const SHOWN: usize = 160;

impl fmt::Display for Problem {
    /// As Python prints it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.trim_start();
        let indented = self.text.chars().count() - text.chars().count();
        let column = (self.column as usize).saturating_sub(indented + 1);
        // Of a very long line, what is around the place.
        let from = if column > SHOWN { column - SHOWN / 2 } else { 0 };
        let shown: String = text.trim_end().chars().skip(from).take(SHOWN).collect();
        let (file, line, message, column) = (&self.file, self.line, &self.message, column - from);
        write!(f, "  File \"{file}\", line {line}\n    {shown}\n    {:column$}^\nSyntaxError: {message}", "")
    }
}

/// A result, or why the program cannot run.
type Compiled<T> = Result<T, Problem>;

fn parse(source: &Source) -> Compiled<Parsed<ModModule>> {
    let problem = |range: TextRange, message: String| problem(source, range, message);
    scan::check(&source.text).map_err(|(range, message)| problem(range, message))?;
    let options = ParseOptions::from(Mode::Module).with_target_version(PythonVersion::PY311);
    let parsed = parse_unchecked(&source.text, options);
    if let Some(error) = parsed.errors().first() {
        let message = match &error.error {
            ParseErrorType::Lexical(LexicalErrorType::UnicodeError) => named_character(&source.text, error.location),
            _ => None,
        };
        let message = message.unwrap_or_else(|| error.error.to_string());
        return Err(problem(error.location, message));
    }
    if let Some(error) = parsed.unsupported_syntax_errors().first() {
        return Err(problem(error.range, error.to_string()));
    }
    parsed.try_into_module().ok_or_else(|| problem(TextRange::default(), "not a module".into()))
}

/// What is said of the name of a character, if that is what stands there: names are left out, for they would be most of the module for the
/// browser.
fn named_character(text: &str, place: TextRange) -> Option<String> {
    let (before, name) = (&text[..place.start().to_usize()], &text[place]);
    before.ends_with("\\N{").then(|| {
        format!("\\N{{{name}}} is not part of this Python: write the character itself, or its number, as in \\u00e9")
    })
}

/// Compiles a module.
pub fn compile(source: &'static Source, module: &'static Module) -> Result<&'static Code, Problem> {
    compiled(source, Purpose::Run(source, module))
}

/// Whether a module can be compiled. Nothing is kept of it but the names in it.
pub fn check(source: &Source) -> Result<(), Problem> {
    compiled(source, Purpose::Check).map(|_| ())
}

fn compiled(source: &Source, purpose: Purpose) -> Result<&'static Code, Problem> {
    let parsed = parse(source)?;
    let body = &parsed.syntax().body;
    let scope = Scope::of_module(body).map_err(|(range, message)| problem(source, range, message))?;
    let mut compiler = Compiler { source, purpose, units: Vec::new(), classes: Vec::new() };
    compiler.module(&scope, body)
}

/// What code is made for.
#[derive(Clone, Copy)]
enum Purpose {
    /// To be run: it lives for ever, as does all that it names.
    Run(&'static Source, &'static Module),
    /// Only to see whether it can be made.
    Check,
}

fn problem(source: &Source, range: TextRange, message: String) -> Problem {
    let (line, column) = source.position(range.start().to_u32());
    Problem { file: source.name.clone(), line, column, text: source.line(line).to_owned(), message }
}

/// Makes code of a module's parts: a stack of the functions and class bodies that it is in.
struct Compiler<'a> {
    source: &'a Source,
    purpose: Purpose,
    units: Vec<Unit<'a>>,
    /// Names of the classes around, for names that begin with two underscores.
    classes: Vec<&'a str>,
}

impl<'a> Compiler<'a> {
    fn module(&mut self, scope: &'a Scope, body: &'a [Stmt]) -> Compiled<&'static Code> {
        self.units.push(Unit::new(scope, Kind::Plain, "<module>", "<module>"));
        self.body(body)?;
        self.emit(instr::Instr::ReturnNone);
        Ok(self.finish(Params::default(), 1, None))
    }

    fn problem<T>(&self, at: impl Ranged, message: impl Into<String>) -> Compiled<T> {
        Err(problem(self.source, at.range(), message.into()))
    }

    fn unsupported<T>(&self, at: impl Ranged, what: &str) -> Compiled<T> {
        self.problem(at, format!("{what} is not part of this Python"))
    }

    /// The function that code is made for.
    fn unit(&mut self) -> &mut Unit<'a> {
        self.units.last_mut().expect("a module's unit is there until it is finished")
    }

    /// The source text of a part.
    fn text(&self, part: impl Ranged) -> &'a str {
        &self.source.text[part.range()]
    }
}
