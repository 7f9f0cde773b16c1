//! A run that is watched: it keeps its steps, so that each can be looked at and taken back.

use crate::cpu::{Event, SLOT};
use crate::instruction::Instruction;
use crate::machine::{Machine, Step};
use crate::program::Line;
use crate::register::Register;
use crate::schedule::{Schedule, Scheduler, Timer, Turn};

/// A run that keeps its steps.
#[derive(Clone, Debug)]
pub struct Session {
    machine: Machine,
    scheduler: Scheduler,
    past: Vec<Past>,
    /// For each thread the functions that have been called and have not returned.
    calls: Vec<Vec<Call>>,
}

/// A step, and what else it takes to undo it.
#[derive(Clone, Debug)]
struct Past {
    step: Step,
    turn: Turn,
    /// The call that it returned from.
    returned: Option<Call>,
}

/// A function that has been called and has not returned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Call {
    /// Its first instruction, counted from the program's first.
    function: u32,
    /// Where on the stack its return address is.
    at: i32,
}

/// A part of a stack: what a function has put there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The function: the label that was called, or where the thread began.
    pub function: String,
    /// Its values, the latest first.
    pub slots: Vec<Slot>,
}

/// A value on a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Where it is.
    pub address: u32,
    /// What it is.
    pub value: i32,
    /// Whether it is the address where the function returns to.
    pub is_return: bool,
    /// The step that wrote it last.
    pub written: Option<usize>,
}

impl Session {
    /// Begins with a machine as it is.
    #[must_use]
    pub fn new(machine: Machine, timer: Timer) -> Session {
        let calls = vec![Vec::new(); machine.threads()];
        let scheduler = Scheduler::new(timer, &machine);
        Session { machine, scheduler, past: Vec::new(), calls }
    }

    /// The machine as it is now.
    #[must_use]
    pub fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The thread that the scheduler would run next, if any can run, and when the timer interrupts.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        (!self.machine.is_over()).then(|| self.scheduler.turn())
    }

    /// Does a step of the thread whose turn it is. Nothing if all is over.
    pub fn advance(&mut self) -> Option<&Step> {
        self.choose(self.scheduler.turn().thread)
    }

    /// Does a step of a thread that somebody has chosen. Nothing if it cannot run.
    pub fn choose(&mut self, thread: usize) -> Option<&Step> {
        let turn = self.scheduler.turn();
        let step = self.machine.step(thread)?;
        self.scheduler.hear(thread, step.effect.event, &self.machine);
        let returned = self.follow_call(&step);
        self.past.push(Past { step, turn, returned });
        self.past.last().map(|past| &past.step)
    }

    /// Takes the last step back. Returns it.
    pub fn back(&mut self) -> Option<Step> {
        let Past { step, turn, returned } = self.past.pop()?;
        let calls = &mut self.calls[step.thread];
        if step.effect.event == Event::Ran && self.machine.line(step.before.pc).is_some_and(is_call) {
            calls.pop();
        }
        calls.extend(returned);
        self.machine.undo(&step);
        self.scheduler.back_to(turn);
        Some(step)
    }

    /// Does steps until another thread's turn begins, all is over, or there have been so many. Returns how many there were.
    pub fn advance_to_switch(&mut self, most: usize) -> usize {
        let thread = self.scheduler.turn().thread;
        self.advance_while(most, |session| session.scheduler.turn().thread == thread)
    }

    /// Does steps until all is over or there have been so many. Returns how many there were.
    pub fn advance_by(&mut self, most: usize) -> usize {
        self.advance_while(most, |_| true)
    }

    fn advance_while(&mut self, most: usize, go_on: impl Fn(&Session) -> bool) -> usize {
        let start = self.past.len();
        while self.past.len() - start < most && self.advance().is_some() && go_on(self) {}
        self.past.len() - start
    }

    /// Does the steps of a schedule. Turns of threads that cannot run pass without effect.
    pub fn replay(&mut self, schedule: &Schedule) {
        for thread in schedule.threads() {
            self.choose(thread);
        }
    }

    /// The steps so far.
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> + ExactSizeIterator {
        self.past.iter().map(|past| &past.step)
    }

    /// Who did each step so far.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        self.steps().map(|step| step.thread).collect()
    }

    /// The steps, counted from 0, before each of which the CPU switched to another thread.
    pub fn switches(&self) -> impl Iterator<Item = usize> {
        self.steps().enumerate().filter(|(_, step)| step.switch.is_some()).map(|(index, _)| index)
    }

    /// How many values switches have copied between CPU and control blocks so far.
    #[must_use]
    pub fn copies(&self) -> u32 {
        self.steps().filter_map(|step| step.switch).map(|switch| switch.copies()).sum()
    }

    /// Which of the program's assertions have been violated so far, by their place in it: those that a state on the way goes against.
    #[must_use]
    pub fn violated(&self) -> Vec<usize> {
        let assertions = &self.machine.program().assertions;
        let mut session = self.clone();
        let mut violated = vec![false; assertions.len()];
        loop {
            for (violated, assertion) in violated.iter_mut().zip(assertions) {
                *violated |= assertion.is_violated(&session.machine);
            }
            if session.back().is_none() {
                return (0..violated.len()).filter(|place| violated[*place]).collect();
            }
        }
    }

    /// The last step that wrote to an address of a space, counted from 0.
    #[must_use]
    pub fn last_write(&self, space: usize, address: u32) -> Option<usize> {
        let wrote = |step: &Step| step.effect.write.is_some_and(|write| write.address == address);
        self.steps().rposition(|step| self.machine.space(step.thread) == space && wrote(step))
    }

    /// A thread's stack, by the functions that made it, the latest first.
    #[must_use]
    pub fn frames(&self, thread: usize) -> Vec<Frame> {
        let stack = self.machine.block(thread).stack;
        let top = self.machine.context(thread)[Register::Sp].clamp(stack.limit, stack.bottom);
        let name = |function: u32| {
            let label = self.machine.program().label_at(function);
            label.map_or_else(|| "the start".to_owned(), |label| label.name.clone())
        };
        let space = self.machine.space(thread);
        let slot = |address: i32, call: Option<&Call>| Slot {
            address: address as u32,
            value: self.machine.cell(space, address as u32),
            is_return: call.is_some_and(|call| call.at == address),
            written: self.last_write(space, address as u32),
        };
        let mut frames = Vec::new();
        let mut from = top;
        let entry = [None];
        let calls = self.calls[thread].iter().rev().map(Some).chain(entry);
        for call in calls {
            let end = call.map_or(stack.bottom, |call| call.at + SLOT);
            let slots = (from..end).step_by(SLOT as usize).map(|address| slot(address, call)).collect();
            let function = call.map_or(self.machine.program().entry(), |call| call.function);
            frames.push(Frame { function: name(function), slots });
            from = from.max(end);
        }
        frames
    }

    /// Keeps book of calls. Returns the call that a step returned from.
    fn follow_call(&mut self, step: &Step) -> Option<Call> {
        if step.effect.event != Event::Ran {
            return None;
        }
        let calls = &mut self.calls[step.thread];
        match self.machine.line(step.before.pc)?.instruction {
            Instruction::Call(function) => {
                calls.push(Call { function, at: step.after[Register::Sp] });
                None
            }
            Instruction::Return => calls.pop(),
            _ => None,
        }
    }
}

fn is_call(line: &Line) -> bool {
    matches!(line.instruction, Instruction::Call(_))
}
