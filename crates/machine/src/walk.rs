//! Guided walks: a program of the library, stopped at places that say something, and a question that the machine checks.
//!
//! Sentences have gaps, which the machine fills: `{count}` is what a place in memory holds, `{0.ax}` a register of thread 0, `{0.pc}` its
//! program counter, `{0.top}` the value on top of its stack, `{0.slots}` how many values are on it, `{0.room}` how many there can be,
//! `{0.frames}` how many frames.

use crate::cpu::SLOT;
use crate::error::SetupError;
use crate::library;
use crate::machine::Machine;
use crate::register::Register;
use crate::schedule::{Schedule, Timer};
use crate::session::Session;
use crate::setup::Setup;
use crate::watch;
use std::rc::Rc;

/// A guided walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Its name in a URL.
    pub slug: &'static str,
    /// What it explains.
    pub title: &'static str,
    /// Which program of the library it goes through.
    pub program: &'static str,
    /// Where it stops, at most eight times.
    pub stops: &'static [Stop],
    /// What it asks at its end.
    pub question: Question,
}

/// A stop on a walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Who does the steps since the last stop.
    pub schedule: &'static str,
    /// What there is to see, with gaps.
    pub sentence: &'static str,
    /// What the sentence speaks of.
    pub lit: &'static [Lit],
}

/// Something that is lit up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lit {
    /// All registers in the CPU.
    Registers,
    /// A register of a thread.
    Register(usize, Register),
    /// A thread's program counter.
    Counter(usize),
    /// A thread's control block.
    Block(usize),
    /// A thread's stack.
    Stack(usize),
    /// A frame of a thread's stack, counted from the latest.
    Frame(usize, usize),
    /// A variable.
    Place(&'static str),
}

/// What a walk asks at its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: &'static str,
    /// Who does the steps from the last stop to the answer.
    pub schedule: &'static str,
    /// What is asked for, as in a gap.
    pub gap: &'static str,
}

/// All walks.
pub const WALKS: &[Walk] = &[REGISTERS, STACK];

const REGISTERS: Walk = Walk {
    slug: "registers",
    title: "What is a register?",
    program: "lost-update",
    stops: &[
        Stop {
            schedule: "",
            sentence: "These are the registers: a few places inside the CPU, each for one value.",
            lit: &[Lit::Registers],
        },
        Stop {
            schedule: "",
            sentence: "The program counter is one of them. It says which instruction is next: the one at {0.pc}.",
            lit: &[Lit::Counter(0)],
        },
        Stop {
            schedule: "0",
            sentence: "The instruction has copied count from memory to ax: {0.ax}. The program counter has gone on to {0.pc}.",
            lit: &[Lit::Register(0, Register::Ax), Lit::Place("count"), Lit::Counter(0)],
        },
        Stop {
            schedule: "0",
            sentence: "The CPU computes in registers and nowhere else: ax is {0.ax} now, and count in memory is still {count}.",
            lit: &[Lit::Register(0, Register::Ax), Lit::Place("count")],
        },
        Stop {
            schedule: "1",
            sentence: "Thread 1 has the CPU now. What thread 0 had in the registers was saved to its control block, with {0.ax} for ax.",
            lit: &[Lit::Block(0)],
        },
        Stop {
            schedule: "",
            sentence: "There is but one set of registers. Thread 1 has its own values in it: it has just loaded count, so ax is {1.ax}.",
            lit: &[Lit::Register(1, Register::Ax), Lit::Place("count")],
        },
        Stop {
            schedule: "0",
            sentence: "Back to thread 0: its registers were restored, so it knew its {0.ax} in ax, and has stored it. count is {count}.",
            lit: &[Lit::Block(0), Lit::Register(0, Register::Ax), Lit::Place("count")],
        },
    ],
    question: Question {
        text: "Thread 1 now adds 1 to ax and stores it. What is count then?",
        schedule: "11",
        gap: "count",
    },
};

const STACK: Walk = Walk {
    slug: "stack",
    title: "What is a stack?",
    program: "recursion",
    stops: &[
        Stop {
            schedule: "",
            sentence: "Each thread has a stack: a part of memory for itself. The register sp says where its top is. Nothing is on it yet: \
                       sp is {0.sp}.",
            lit: &[Lit::Stack(0), Lit::Register(0, Register::Sp)],
        },
        Stop {
            schedule: "0",
            sentence: "call has pushed the address to come back to, {0.top}, and jumped to .sum. A frame for this call has begun.",
            lit: &[Lit::Frame(0, 0)],
        },
        Stop {
            schedule: "0",
            sentence: "push has put n on top of it: {0.top}. The stack grows down: sp is {0.sp}.",
            lit: &[Lit::Frame(0, 0), Lit::Register(0, Register::Sp)],
        },
        Stop {
            schedule: "0000",
            sentence: "sum has called itself, with n = {0.ax}. This call has a frame of its own. With that of .main, there are {0.frames}.",
            lit: &[Lit::Frame(0, 0), Lit::Frame(0, 1)],
        },
        Stop {
            schedule: "00000000000",
            sentence: "n is {0.ax}, so there are no more calls. This is as deep as the stack gets: {0.slots} values.",
            lit: &[Lit::Stack(0)],
        },
        Stop {
            schedule: "0000",
            sentence: "Last in, first out: the latest frame is the first to go. ret took the address to go on at from it: {0.pc}.",
            lit: &[Lit::Counter(0), Lit::Frame(0, 0)],
        },
        Stop {
            schedule: "1",
            sentence: "Thread 1 calls .sum, too. Its frame is on its own stack: its sp is {1.sp}, and that of thread 0 is {0.sp}.",
            lit: &[Lit::Frame(1, 0), Lit::Register(1, Register::Sp)],
        },
        Stop {
            schedule: "",
            sentence: "A stack ends. This one has room for {0.room} values; one more is a stack overflow.",
            lit: &[Lit::Stack(0)],
        },
    ],
    question: Question {
        text: "Thread 0 goes on until its next ret is done. How many values are left on its stack?",
        schedule: "000",
        gap: "0.slots",
    },
};

impl Walk {
    /// The program as it is at a stop, counted from 0; after the last stop where it is counted beyond.
    ///
    /// # Errors
    /// None: each walk goes through a program that there is.
    pub fn at(&self, stop: usize) -> Result<Session, SetupError> {
        let missing = || SetupError("this walk goes nowhere".into());
        let program = library::entry(self.program).and_then(|entry| entry.program().ok()).ok_or_else(missing)?;
        let setup = Setup::of(&program);
        let mut session = Session::new(Machine::new(Rc::new(program), &setup)?, Timer::default());
        for stop in self.stops.iter().take(stop + 1) {
            replay(&mut session, stop.schedule)?;
        }
        Ok(session)
    }

    /// The answer to its question: the machine finds it out.
    ///
    /// # Errors
    /// None: each question has an answer.
    pub fn answer(&self) -> Result<i32, SetupError> {
        let mut session = self.at(self.stops.len())?;
        replay(&mut session, self.question.schedule)?;
        value(&session, self.question.gap).ok_or_else(|| SetupError("this question has no answer".into()))
    }
}

impl Stop {
    /// What there is to see, with numbers.
    #[must_use]
    pub fn sentence(&self, session: &Session) -> String {
        let mut parts = self.sentence.split(['{', '}']);
        let mut text = parts.next().unwrap_or_default().to_owned();
        while let Some(gap) = parts.next() {
            text += &value(session, gap).map_or_else(|| "?".into(), |value| value.to_string());
            text += parts.next().unwrap_or_default();
        }
        text
    }
}

fn replay(session: &mut Session, schedule: &str) -> Result<(), SetupError> {
    let schedule = Schedule::parse(schedule, session.machine().threads())?;
    session.replay(&schedule);
    Ok(())
}

/// What belongs into a gap.
fn value(session: &Session, gap: &str) -> Option<i32> {
    let machine = session.machine();
    let Some((thread, what)) = gap.split_once('.') else {
        return watch::address(gap, machine.program()).ok().map(|address| machine.cell(0, address));
    };
    let thread = thread.parse().ok().filter(|thread| *thread < machine.threads())?;
    let context = machine.context(thread);
    let (stack, top) = (machine.block(thread).stack, context[Register::Sp]);
    Some(match what {
        "pc" => context.pc as i32,
        "top" => machine.cell(machine.space(thread), top as u32),
        "slots" => (stack.bottom - top) / SLOT,
        "room" => (stack.bottom - stack.limit) / SLOT,
        "frames" => session.frames(thread).len() as i32,
        _ => context[Register::named(what)?],
    })
}
