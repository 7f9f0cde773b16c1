//! What happened step by step, as rows and as a table of text.

use crate::cpu::{Event, Fault};
use crate::instruction::Condition;
use crate::machine::{Machine, Step, Switch};
use crate::register::{Context, Register};
use crate::session::Session;
use crate::watch::Watch;
use std::fmt::Write;

/// A step, and what the watched places and registers hold after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Whose step.
    pub thread: usize,
    /// Where the instruction is.
    pub pc: u32,
    /// The instruction. Empty where there is none.
    pub text: String,
    /// The watched registers of the thread.
    pub registers: Vec<i32>,
    /// The watched places of the thread's memory.
    pub memory: Vec<i32>,
    /// The switch before the step, if there was one.
    pub switch: Option<Switch>,
    /// The CPU before the step.
    pub before: Context,
    /// The CPU after the step.
    pub after: Context,
    /// Why the instruction could not be done, if so.
    pub fault: Option<Fault>,
}

/// All steps of a session that began with `start`, and the machine after them.
#[must_use]
pub fn rows(start: &Machine, session: &Session, watch: &Watch) -> Vec<Row> {
    let mut machine = start.clone();
    let row = |step: &Step| {
        let text = machine.line(step.before.pc).map_or_else(String::new, |line| line.text.clone());
        machine.step(step.thread);
        Row {
            thread: step.thread,
            pc: step.before.pc,
            text,
            registers: watch.of_thread(&machine, step.thread),
            memory: watch.memory(&machine, machine.space(step.thread)),
            switch: step.switch,
            before: step.before,
            after: step.after,
            fault: match step.effect.event {
                Event::Faulted(fault) => Some(fault),
                _ => None,
            },
        }
    };
    session.steps().map(row).collect()
}

/// How wide a watched value is, and how wide a thread's column.
const VALUE: usize = 6;
const THREAD: usize = 26;

/// The steps as a table: watched places, watched registers, condition codes if they are asked for, and a column of instructions for each
/// thread; each line as it is after its instruction. Between them the switches, with what is saved and restored.
#[must_use]
pub fn table(start: &Machine, session: &Session, watch: &Watch, codes: bool) -> String {
    let mut text = String::new();
    heading(&mut text, watch, codes, start.threads());
    let before = start.context(start.running());
    values(&mut text, &watch.memory(start, 0), &watch.of_thread(start, start.running()), codes.then_some(before));
    end_line(&mut text);
    for row in rows(start, session, watch) {
        if let Some(switch) = row.switch {
            let saved = if switch.saved { listed(&switch.was) } else { "nothing, it is over".into() };
            let _ = writeln!(text, "-- saved of thread {}: {saved}", switch.from);
            let _ = writeln!(text, "-- restored of thread {}: {}", row.thread, listed(&row.before));
        }
        values(&mut text, &row.memory, &row.registers, codes.then_some(&row.after));
        let _ = write!(text, "{:indent$}{} {}", "", row.pc, row.text, indent = row.thread * THREAD);
        end_line(&mut text);
        if let Some(fault) = row.fault {
            let _ = writeln!(text, "-- thread {} is stopped: {fault}", row.thread);
        }
    }
    text
}

fn heading(text: &mut String, watch: &Watch, codes: bool, threads: usize) {
    for place in &watch.places {
        let _ = write!(text, "{:>VALUE$} ", place.name);
    }
    for register in &watch.registers {
        let _ = write!(text, "{:>VALUE$} ", register.name());
    }
    if codes {
        for (_, sign) in Condition::CODES {
            let _ = write!(text, " {sign:<2}");
        }
    }
    text.push_str("  ");
    for thread in 0..threads {
        let _ = write!(text, "{:THREAD$}", format!("Thread {thread}"));
    }
    end_line(text);
}

fn values(text: &mut String, memory: &[i32], registers: &[i32], codes: Option<&Context>) {
    for value in memory.iter().chain(registers) {
        let _ = write!(text, "{value:>VALUE$} ");
    }
    if let Some(context) = codes {
        for (condition, _) in Condition::CODES {
            let _ = write!(text, " {:<2}", i32::from(condition.holds(context.compared)));
        }
    }
    text.push_str("  ");
}

/// Ends a line, without spaces at its end.
fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    text.push('\n');
}

/// A context in words: the program counter, the stack pointer, and the registers that are not 0.
fn listed(context: &Context) -> String {
    let mut text = format!("pc {}, sp {}", context.pc, context[Register::Sp]);
    for register in Register::ALL.into_iter().filter(|register| *register != Register::Sp) {
        if context[register] != 0 {
            let _ = write!(text, ", {} {}", register.name(), context[register]);
        }
    }
    text
}
