//! What tests of the explorer have in common.

use interleave_machine::explore::{Explorer, Question, Report};
use interleave_machine::{Machine, Program, Setup, Watch};
use std::rc::Rc;

/// A machine with a program and so many threads.
pub fn machine(text: &str, threads: usize) -> Machine {
    let program = Program::parse(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let setup = Setup { threads, ..Setup::of(&program) };
    Machine::new(Rc::new(program), &setup).unwrap()
}

/// What a whole search finds.
pub fn asked(machine: &Machine, places: &str, question: Question) -> Report {
    let watch = Watch::parse(places, "", machine.program()).unwrap();
    let mut explorer = Explorer::new(machine, Question { watch, ..question });
    while explorer.advance(100) {}
    explorer.report()
}

/// What a whole search finds that counts schedules.
pub fn explored(machine: &Machine, places: &str) -> Report {
    asked(machine, places, Question::default())
}
