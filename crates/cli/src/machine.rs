//! `interleave machine` and `interleave explore`: programs for the teaching CPU, run or explored.

mod arguments;
mod exploring;
mod json;
mod running;

use clap::{ArgMatches, Command};
use interleave_machine::{Machine, Program, library};
use std::rc::Rc;

/// The commands.
pub fn commands() -> [Command; 2] {
    [running::command(), exploring::command()]
}

/// One of the commands, with its arguments.
pub struct Wish {
    answer: fn(&ArgMatches) -> Result<String, String>,
    given: ArgMatches,
}

impl Wish {
    /// What the command line asks for, if it is one of these commands.
    pub fn of(matches: &ArgMatches) -> Option<Wish> {
        let (answer, given): (fn(&_) -> _, _) = match matches.subcommand()? {
            (running::NAME, given) => (running::answer, given),
            (exploring::NAME, given) => (exploring::answer, given),
            _ => return None,
        };
        Some(Wish { answer, given: given.clone() })
    }

    /// The text to print, or what is wrong.
    pub fn answer(&self) -> Result<String, String> {
        (self.answer)(&self.given)
    }
}

/// Reads the program of a file, or one that comes with the machine.
fn program(name: &str) -> Result<Rc<Program>, String> {
    let text = match (std::fs::read_to_string(name), library::entry(name)) {
        (Ok(text), _) => text,
        (Err(_), Some(entry)) => entry.text.to_owned(),
        (Err(error), None) => {
            let slugs: Vec<_> = library::PROGRAMS.iter().map(|entry| entry.slug).collect();
            return Err(format!("{name}: {error}; the programs that need no file are {}", slugs.join(", ")));
        }
    };
    Program::parse(&text).map(Rc::new).map_err(|errors| {
        let lines: Vec<_> = errors.iter().map(|error| format!("{name}, {error}")).collect();
        lines.join("\n       ")
    })
}

/// The machine and what to watch, as the command line says, and else as the program says; but its registers only if asked for.
fn loaded(given: &ArgMatches, its_registers: bool) -> Result<(Machine, interleave_machine::Watch), String> {
    let name = given.get_one::<String>(arguments::PROGRAM).map_or("", String::as_str);
    let program = program(name)?;
    let setup = arguments::setup(given, &program).map_err(|error| error.to_string())?;
    let watch = arguments::watch(given, &program, its_registers).map_err(|error| error.to_string())?;
    let machine = Machine::new(program, &setup).map_err(|error| error.to_string())?;
    machine.check(&watch).map_err(|error| error.to_string())?;
    Ok((machine, watch))
}
