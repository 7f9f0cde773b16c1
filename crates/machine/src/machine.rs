//! The machine: one CPU, memory, and threads that take turns.

use crate::cpu::{Cells, Effect, Event, Fault, Space, Stack, Surroundings};
use crate::error::SetupError;
use crate::instruction::Instruction;
use crate::memory::Memory;
use crate::program::{Line, Program};
use crate::register::{Context, Register};
use crate::setup::{STACK, Setup, Sharing};
use crate::watch::{Place, Watch};
use std::rc::Rc;

/// How many threads there can be: in a schedule, each is one digit.
pub const MOST_THREADS: usize = 10;

/// What the operating system keeps of a thread that does not run: its control block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The registers as they were saved last: while the thread runs, those in the CPU are newer. Of a thread that is over, its
    /// last ones.
    pub saved: Context,
    /// What has become of the thread.
    pub status: Status,
    /// Its stack.
    pub stack: Stack,
}

/// What has become of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It can go on.
    Ready,
    /// It is over.
    Halted,
    /// It could not do its next instruction. All threads of its process end with it.
    Faulted(Fault),
}

/// One CPU, memory, and threads.
#[derive(Clone, Debug)]
pub struct Machine {
    program: Rc<Program>,
    /// The program's instructions, closely packed.
    code: Rc<[Instruction]>,
    load: u32,
    sharing: Sharing,
    memory: Memory,
    cpu: Context,
    /// Whose registers the CPU holds.
    running: usize,
    blocks: Vec<Block>,
}

/// One instruction of one thread, with what it takes to undo it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Whose.
    pub thread: usize,
    /// The switch before it, if the CPU held another thread's registers.
    pub switch: Option<Switch>,
    /// The CPU before the instruction. The instruction is at its program counter.
    pub before: Context,
    /// The CPU after it.
    pub after: Context,
    /// What the instruction did beside that.
    pub effect: Effect,
}

/// A context switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Whose registers the CPU held.
    pub from: usize,
    /// Whether it had to be saved. Nobody needs the registers of a thread that is over; they are kept only to be looked at.
    pub saved: bool,
    /// What they were.
    pub was: Context,
    /// What its control block held before.
    pub overwritten: Context,
}

impl Switch {
    /// How many values were copied between CPU and control blocks.
    #[must_use]
    pub fn copies(&self) -> u32 {
        Context::VALUES * (1 + u32::from(self.saved))
    }
}

impl Machine {
    /// Loads a program. The CPU begins with thread 0.
    ///
    /// # Errors
    /// What of the setup cannot be.
    pub fn new(program: Rc<Program>, setup: &Setup) -> Result<Machine, SetupError> {
        setup.check(&program)?;
        let spaces = if setup.sharing == Sharing::Memory { 1 } else { setup.threads };
        let block = |thread: usize| {
            let place = if setup.sharing == Sharing::Memory { thread as i32 } else { 0 };
            let bottom = setup.stack_bottom() - STACK * place;
            let mut saved = Context::default();
            saved.pc = setup.load + program.entry();
            let given = if setup.arguments.len() > 1 { setup.arguments.get(thread) } else { setup.arguments.first() };
            for (register, value) in given.into_iter().flatten() {
                saved[*register] = *value;
            }
            saved[Register::Sp] = bottom;
            Block { saved, status: Status::Ready, stack: Stack { bottom, limit: bottom - STACK } }
        };
        let blocks: Vec<_> = (0..setup.threads).map(block).collect();
        Ok(Machine {
            code: program.lines.iter().map(|line| line.instruction).collect(),
            program,
            load: setup.load,
            sharing: setup.sharing,
            memory: Memory::new(spaces, setup.memory),
            cpu: blocks[0].saved,
            running: 0,
            blocks,
        })
    }

    /// Looks for places that are outside of the memory.
    ///
    /// # Errors
    /// The first one.
    pub fn check(&self, watch: &Watch) -> Result<(), SetupError> {
        let beyond = watch.places.iter().find(|place| place.address >= self.memory.size());
        let error = |place: &Place| {
            SetupError(format!(
                "address {} is outside of the memory, which ends at {}",
                place.name,
                self.memory.size() - 1
            ))
        };
        beyond.map_or(Ok(()), |place| Err(error(place)))
    }

    /// Does one instruction of a thread, after a context switch if the CPU holds another one's registers. Nothing if the
    /// thread cannot run.
    #[inline]
    pub fn step(&mut self, thread: usize) -> Option<Step> {
        if !self.can_run(thread) {
            return None;
        }
        let switch = if thread == self.running { None } else { Some(self.switch_to(thread)) };
        let before = self.cpu;
        let effect = self.execute();
        Some(Step { thread, switch, before, after: self.cpu, effect })
    }

    /// Does one instruction of the thread whose registers the CPU holds.
    fn execute(&mut self) -> Effect {
        let (mut surroundings, cpu) = self.surroundings();
        let effect = surroundings.execute(cpu);
        self.hear(effect.event);
        effect
    }

    /// Does instructions of the thread whose registers the CPU holds: up to so many, which are at least one, or until one does not
    /// simply go on. Returns how many, and what became of the thread after the last one.
    pub(crate) fn execute_up_to(&mut self, most: u64) -> (u64, Event) {
        let (mut surroundings, cpu) = self.surroundings();
        let mut context = *cpu;
        let (mut done, mut event) = (0, Event::Ran);
        while done < most && event == Event::Ran {
            event = surroundings.execute(&mut context).event;
            done += 1;
        }
        *cpu = context;
        self.hear(event);
        (done, event)
    }

    /// What the thread runs in whose registers the CPU holds, and the CPU.
    fn surroundings(&mut self) -> (Surroundings<'_, Space<'_>>, &mut Context) {
        let number = self.space(self.running);
        let surroundings = Surroundings {
            code: &self.code,
            load: self.load,
            memory: Space { memory: &mut self.memory, number },
            stack: self.blocks[self.running].stack,
        };
        (surroundings, &mut self.cpu)
    }

    /// What a thread runs in if it runs on another memory than this machine's.
    ///
    /// # Panics
    /// If there is no such thread.
    #[must_use]
    pub fn on<C: Cells>(&self, thread: usize, memory: C) -> Surroundings<'_, C> {
        Surroundings { code: &self.code, load: self.load, memory, stack: self.blocks[thread].stack }
    }

    /// Keeps book of what becomes of the thread whose registers the CPU holds.
    fn hear(&mut self, event: Event) {
        match event {
            Event::Ran | Event::Yielded => {}
            Event::Halted => self.blocks[self.running].status = Status::Halted,
            Event::Faulted(fault) => self.blocks[self.running].status = Status::Faulted(fault),
        }
    }

    /// Takes back the last step, which must be this one.
    pub fn undo(&mut self, step: &Step) {
        if let Some(write) = &step.effect.write {
            self.memory.undo(self.space(step.thread), write);
        }
        self.blocks[step.thread].status = Status::Ready;
        self.cpu = step.before;
        if let Some(switch) = step.switch {
            self.cpu = switch.was;
            self.blocks[switch.from].saved = switch.overwritten;
            self.running = switch.from;
        }
    }

    /// Saves the CPU's registers to the control block of the thread that ran, and restores those of another one.
    pub(crate) fn switch_to(&mut self, thread: usize) -> Switch {
        let from = self.running;
        let block = &mut self.blocks[from];
        let switch = Switch { from, saved: block.status == Status::Ready, was: self.cpu, overwritten: block.saved };
        block.saved = self.cpu;
        self.cpu = self.blocks[thread].saved;
        self.running = thread;
        switch
    }

    /// How many threads there are.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.blocks.len()
    }

    /// Whether a thread has a next instruction: it exists, is not over, and no thread of its process has had a fault.
    #[must_use]
    #[inline]
    pub fn can_run(&self, thread: usize) -> bool {
        let ready = |block: &Block| block.status == Status::Ready;
        self.blocks.get(thread).is_some_and(ready) && (self.sharing == Sharing::Nothing || self.fault().is_none())
    }

    /// Whether no thread can run.
    #[must_use]
    pub fn is_over(&self) -> bool {
        !(0..self.threads()).any(|thread| self.can_run(thread))
    }

    /// Whether all threads have come to their `halt`.
    #[must_use]
    pub fn has_halted(&self) -> bool {
        self.blocks.iter().all(|block| block.status == Status::Halted)
    }

    /// The first thread that has had a fault, and which.
    #[must_use]
    #[inline]
    pub fn fault(&self) -> Option<(usize, Fault)> {
        self.blocks.iter().enumerate().find_map(|(thread, block)| match block.status {
            Status::Faulted(fault) => Some((thread, fault)),
            _ => None,
        })
    }

    /// A thread's control block.
    ///
    /// # Panics
    /// If there is no such thread.
    #[must_use]
    pub fn block(&self, thread: usize) -> &Block {
        &self.blocks[thread]
    }

    /// The thread whose registers the CPU holds.
    #[must_use]
    pub fn running(&self) -> usize {
        self.running
    }

    /// A thread's registers: in the CPU if it runs, and else in its control block.
    ///
    /// # Panics
    /// If there is no such thread.
    #[must_use]
    pub fn context(&self, thread: usize) -> &Context {
        if thread == self.running { &self.cpu } else { &self.blocks[thread].saved }
    }

    /// How many address spaces there are: one for all threads, or one for each process.
    #[must_use]
    pub fn spaces(&self) -> usize {
        if self.sharing == Sharing::Memory { 1 } else { self.threads() }
    }

    /// The address space of a thread.
    #[must_use]
    #[inline]
    pub fn space(&self, thread: usize) -> usize {
        if self.sharing == Sharing::Memory { 0 } else { thread }
    }

    /// What an address of a space holds; 0 beyond the memory's end.
    #[must_use]
    pub fn cell(&self, space: usize, address: u32) -> i32 {
        self.memory.load(space, address)
    }

    /// The memory, for its page tables.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The program.
    #[must_use]
    pub fn program(&self) -> &Rc<Program> {
        &self.program
    }

    /// Which instruction is at an address, counted from the program's first. Addresses below the code are far beyond it.
    #[must_use]
    pub fn index(&self, pc: u32) -> u32 {
        pc.wrapping_sub(self.load)
    }

    /// The line of the program at an address.
    #[must_use]
    pub fn line(&self, pc: u32) -> Option<&Line> {
        self.program.lines.get(self.index(pc) as usize)
    }

    /// The next instruction of a thread.
    pub(crate) fn next(&self, thread: usize) -> Option<Instruction> {
        self.code.get(self.index(self.context(thread).pc) as usize).copied()
    }

    /// For those who set a machine to a state of their own.
    pub(crate) fn parts(&mut self) -> (&mut Memory, &mut Context, &mut usize, &mut [Block]) {
        (&mut self.memory, &mut self.cpu, &mut self.running, &mut self.blocks)
    }
}
