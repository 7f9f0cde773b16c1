//! What is watched: places in memory and registers.

use crate::error::{SetupError, shown};
use crate::machine::Machine;
use crate::program::Program;
use crate::register::Register;

/// What is watched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    /// Places in memory, by the names under which they were asked for.
    pub places: Vec<Place>,
    /// Registers of each thread.
    pub registers: Vec<Register>,
}

/// A place in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Under which name it was asked for: a variable's name, or the address.
    pub name: String,
    /// Where it is.
    pub address: u32,
}

impl Watch {
    /// Reads lists with commas: `2000,count` and `ax,bx`. Empty texts watch nothing.
    ///
    /// # Errors
    /// The first name that means nothing.
    pub fn parse(places: &str, registers: &str, program: &Program) -> Result<Watch, SetupError> {
        let place = |name: &str| Ok(Place { name: name.to_owned(), address: address(name, program)? });
        let register = |name: &str| {
            let known = Register::named(name.trim_start_matches('%'));
            known.ok_or_else(|| SetupError(format!("no register is called “{}”", shown(name))))
        };
        Ok(Watch {
            places: items(places).map(place).collect::<Result<_, _>>()?,
            registers: items(registers).map(register).collect::<Result<_, _>>()?,
        })
    }

    /// What the places of a memory hold.
    #[must_use]
    pub fn memory(&self, machine: &Machine, space: usize) -> Vec<i32> {
        self.places.iter().map(|place| machine.cell(space, place.address)).collect()
    }

    /// What a thread's registers hold.
    #[must_use]
    pub fn of_thread(&self, machine: &Machine, thread: usize) -> Vec<i32> {
        let context = machine.context(thread);
        self.registers.iter().map(|register| context[*register]).collect()
    }
}

/// The parts of a list with commas.
pub(crate) fn items(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// A place in memory by its number or its variable's name.
pub(crate) fn address(name: &str, program: &Program) -> Result<u32, SetupError> {
    if let Some(variable) = program.variable(name) {
        return Ok(variable.address);
    }
    name.parse()
        .map_err(|_| SetupError(format!("“{}” is neither an address nor a variable of the program", shown(name))))
}
