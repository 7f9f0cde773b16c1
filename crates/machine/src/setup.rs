//! How a program is to be run.

use crate::error::{SetupError, shown};
use crate::machine::MOST_THREADS;
use crate::program::Program;
use crate::register::Register;
use crate::watch::items;

/// How a program is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// How many threads, 1 to 10.
    pub threads: usize,
    /// Registers of each thread at the start. For all of them the same if there is but one list, and 0 if there is none.
    pub arguments: Vec<Vec<(Register, i32)>>,
    /// Where the code is loaded.
    pub load: u32,
    /// The size of an address space in units of 1024 addresses, 1 to 1024.
    pub memory: u32,
    /// What the threads have in common.
    pub sharing: Sharing,
}

/// What threads have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sharing {
    /// One memory: threads of one process.
    #[default]
    Memory,
    /// Nothing but the program: each is a process with a memory of its own.
    Nothing,
}

impl Default for Setup {
    /// Two threads, code at 1000, 128 × 1024 addresses.
    fn default() -> Setup {
        Setup { threads: 2, arguments: Vec::new(), load: 1000, memory: 128, sharing: Sharing::Memory }
    }
}

impl Setup {
    /// As the program's comments say, and else as by default.
    #[must_use]
    pub fn of(program: &Program) -> Setup {
        let directives = &program.directives;
        let default = Setup::default();
        Setup {
            threads: directives.threads.unwrap_or(default.threads),
            arguments: directives.arguments.clone(),
            ..default
        }
    }

    /// Looks for what cannot be.
    pub(crate) fn check(&self, program: &Program) -> Result<(), SetupError> {
        let error = |message: String| Err(SetupError(message));
        if !(1..=MOST_THREADS).contains(&self.threads) {
            return error(format!("there can be 1 to {MOST_THREADS} threads, not {}", self.threads));
        }
        if !(1..=1024).contains(&self.memory) {
            return error(format!("a memory has 1 to 1024 kB, not {}", self.memory));
        }
        let lists = self.arguments.len();
        if lists > 1 && lists != self.threads {
            return error(format!("registers are given for {lists} threads, and there are {}", self.threads));
        }
        let code_end = u64::from(self.load) + program.lines.len() as u64;
        if program.variables_end() > self.load && !program.variables.is_empty() {
            return error(format!(
                "the variables reach to {}, and the code begins at {}",
                program.variables_end(),
                self.load
            ));
        }
        let stacks = i64::from(self.stack_bottom()) - i64::from(STACK) * self.stacks() as i64;
        if code_end as i64 > stacks {
            return error(format!(
                "a memory of {} kB has no room for code from {} to {code_end} and {} of 1000 addresses each",
                self.memory,
                self.load,
                if self.stacks() == 1 { "a stack".into() } else { format!("{} stacks", self.stacks()) }
            ));
        }
        Ok(())
    }

    /// The address above the first thread's stack. As in the book's simulator, 1 kB is 1000 here, and 1024 elsewhere.
    pub(crate) fn stack_bottom(&self) -> i32 {
        self.memory as i32 * 1000
    }

    /// How many stacks an address space has.
    fn stacks(&self) -> usize {
        match self.sharing {
            Sharing::Memory => self.threads,
            Sharing::Nothing => 1,
        }
    }
}

/// How many addresses a stack has.
pub(crate) const STACK: i32 = 1000;

/// Reads registers of threads: `ax=1:bx=2,cx=3` sets two of the first thread's and one of the second's.
///
/// # Errors
/// The first part that means nothing.
pub fn arguments(text: &str) -> Result<Vec<Vec<(Register, i32)>>, SetupError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    text.split(',').map(|thread| items_of_thread(thread).collect()).collect()
}

fn items_of_thread(text: &str) -> impl Iterator<Item = Result<(Register, i32), SetupError>> {
    text.split(':').flat_map(items).map(|item| {
        let wrong = |what: &str| SetupError(format!("“{}” {what}", shown(item)));
        let (name, value) = item.split_once('=').ok_or_else(|| wrong("is not of the form ax=1"))?;
        let register = Register::named(name.trim().trim_start_matches('%'));
        let register = register.ok_or_else(|| wrong("names no register"))?;
        if register == Register::Sp {
            return Err(wrong("cannot be set: each thread has a stack of its own"));
        }
        let value = value.trim().parse().map_err(|_| wrong("has no number of 32 bits"))?;
        Ok((register, value))
    })
}
