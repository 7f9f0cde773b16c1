//! The states that have been seen: each as a row of numbers, once.

use crate::cpu::Fault;
use crate::machine::{Block, Machine, Status};
use crate::memory::Write;
use crate::register::{Context, Register};
use std::cmp::Ordering;

/// How many numbers a thread takes in a row.
const THREAD: usize = 11;

/// Rows that have been seen, each with a number of its own, counted from 0.
#[derive(Clone, Debug, Default)]
pub struct States {
    /// All rows, one after the other.
    numbers: Vec<i32>,
    /// Where each row ends.
    ends: Vec<usize>,
    /// By hash, the number of a row plus 1; 0 where there is none. Its length is a power of two.
    table: Vec<u32>,
}

impl States {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A row.
    pub fn row(&self, state: u32) -> &[i32] {
        let state = state as usize;
        let start = if state == 0 { 0 } else { self.ends[state - 1] };
        &self.numbers[start..self.ends[state]]
    }

    /// The number of a row, which is a new one if it has not been seen.
    pub fn number(&mut self, row: &[i32]) -> u32 {
        if self.table.len() < 2 * (self.len() + 1) {
            self.grow();
        }
        let mut place = self.place(row);
        while let Some(known) = self.table[place].checked_sub(1) {
            if self.row(known) == row {
                return known;
            }
            place = (place + 1) & (self.table.len() - 1);
        }
        let state = self.len() as u32;
        self.table[place] = state + 1;
        self.numbers.extend_from_slice(row);
        self.ends.push(self.numbers.len());
        state
    }

    /// Where in the table the search for a row begins.
    fn place(&self, row: &[i32]) -> usize {
        let mix = |hash: u64, number: &i32| {
            (hash.rotate_left(5) ^ u64::from(*number as u32)).wrapping_mul(0x517c_c1b7_2722_0a95)
        };
        (row.iter().fold(0, mix) >> 32) as usize & (self.table.len() - 1)
    }

    fn grow(&mut self) {
        self.table = vec![0; (4 * self.table.len()).max(64)];
        for state in 0..self.len() as u32 {
            let mut place = self.place(self.row(state));
            while self.table[place] != 0 {
                place = (place + 1) & (self.table.len() - 1);
            }
            self.table[place] = state + 1;
        }
    }
}

/// Turns a machine's state into a row and back. Of memory, a row has the cells that have ever been written; what is not in a row is
/// as it was at the start.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Places among all frames, in the order in which they were first written.
    cells: Vec<usize>,
    /// For each place among all frames, whether it is in `cells`.
    known: Vec<bool>,
    /// A row that is being made.
    row: Vec<i32>,
}

impl Rows {
    /// For a machine that begins as it is.
    pub fn new(machine: &Machine) -> Rows {
        let mut rows = Rows { cells: Vec::new(), known: Vec::new(), row: Vec::new() };
        for (cell, value) in machine.memory().frames().iter().enumerate() {
            if *value != 0 {
                rows.note(cell);
            }
        }
        rows
    }

    /// Hears of a write.
    pub fn wrote(&mut self, machine: &Machine, space: usize, write: &Write) {
        if let Some(cell) = machine.memory().physical(space, write.address) {
            self.note(cell);
        }
    }

    fn note(&mut self, cell: usize) {
        if self.known.len() <= cell {
            self.known.resize(cell + 1, false);
        }
        if !std::mem::replace(&mut self.known[cell], true) {
            self.cells.push(cell);
        }
    }

    /// A machine's state, after a number of one's own. Who ran last does not matter for what can come, so it is not in it.
    pub fn row(&mut self, mark: u32, machine: &Machine) -> &[i32] {
        let row = &mut self.row;
        row.clear();
        row.push(mark as i32);
        for thread in 0..machine.threads() {
            let context = machine.context(thread);
            let (status, detail) = number_of(machine.block(thread).status);
            let compared = context.compared.map_or(0, |order| order as i32 + 2);
            row.extend([status << 2 | compared, detail, context.pc as i32]);
            row.extend(Register::ALL.map(|register| context[register]));
        }
        let frames = machine.memory().frames();
        let start = row.len();
        row.extend(self.cells.iter().map(|cell| frames[*cell]));
        while row.len() > start && row.last() == Some(&0) {
            row.pop();
        }
        row
    }

    /// The number before a state.
    pub fn mark(row: &[i32]) -> u32 {
        row[0] as u32
    }

    /// Brings a machine to a state. The CPU holds the first thread.
    pub fn restore(&self, row: &[i32], machine: &mut Machine) {
        let (memory, cpu, running, blocks) = machine.parts();
        let threads = blocks.len() * THREAD;
        for (block, numbers) in blocks.iter_mut().zip(row[1..=threads].chunks_exact(THREAD)) {
            restore_thread(block, numbers);
        }
        (*cpu, *running) = (blocks[0].saved, 0);
        let frames = memory.frames_mut();
        let values = row[1 + threads..].iter().copied().chain(std::iter::repeat(0));
        for (cell, value) in self.cells.iter().zip(values) {
            frames[*cell] = value;
        }
    }
}

fn restore_thread(block: &mut Block, numbers: &[i32]) {
    block.status = status_of(numbers[0] >> 2, numbers[1]);
    let mut context = Context::default();
    context.compared =
        [None, Some(Ordering::Less), Some(Ordering::Equal), Some(Ordering::Greater)][numbers[0] as usize & 3];
    context.pc = numbers[2] as u32;
    for (register, value) in Register::ALL.into_iter().zip(&numbers[3..]) {
        context[register] = *value;
    }
    block.saved = context;
}

fn number_of(status: Status) -> (i32, i32) {
    match status {
        Status::Ready => (0, 0),
        Status::Halted => (1, 0),
        Status::Faulted(Fault::Wild(address)) => (2, address),
        Status::Faulted(Fault::Code(address)) => (3, address as i32),
        Status::Faulted(Fault::StackOverflow) => (4, 0),
        Status::Faulted(Fault::StackEmpty) => (5, 0),
        Status::Faulted(Fault::PastEnd) => (6, 0),
        Status::Faulted(Fault::NoCode(pc)) => (7, pc),
    }
}

fn status_of(number: i32, detail: i32) -> Status {
    Status::Faulted(match number {
        0 => return Status::Ready,
        1 => return Status::Halted,
        2 => Fault::Wild(detail),
        3 => Fault::Code(detail as u32),
        4 => Fault::StackOverflow,
        5 => Fault::StackEmpty,
        6 => Fault::PastEnd,
        _ => Fault::NoCode(detail),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Program, Setup};
    use std::rc::Rc;

    #[test]
    fn rows_get_one_number_each() {
        let mut states = States::default();
        let rows: Vec<_> = (0..1000).map(|n| vec![n % 7, n, n * n]).collect();
        for (number, row) in rows.iter().enumerate() {
            assert_eq!(states.number(row), number as u32);
        }
        for (number, row) in rows.iter().enumerate() {
            assert_eq!((states.number(row), states.row(number as u32)), (number as u32, &row[..]));
        }
        assert_eq!(states.len(), 1000);
    }

    #[test]
    fn a_state_comes_back_as_it_was() {
        let program = Program::parse("mov $-3, 2000\ntest $1, %ax\nmov %ax, 5000000").unwrap();
        let mut machine = Machine::new(Rc::new(program), &Setup::default()).unwrap();
        let mut rows = Rows::new(&machine);
        let start = rows.row(0, &machine).to_vec();
        for thread in [0, 0, 1, 0] {
            let step = machine.step(thread).unwrap();
            if let Some(write) = &step.effect.write {
                rows.wrote(&machine, 0, write);
            }
        }
        let end = rows.row(9, &machine).to_vec();
        rows.restore(&start, &mut machine);
        assert_eq!((machine.cell(0, 2000), rows.row(0, &machine)), (0, &start[..]));
        rows.restore(&end, &mut machine);
        assert_eq!((machine.cell(0, 2000), machine.fault()), (-3, Some((0, Fault::Wild(5_000_000)))));
        assert_eq!((rows.row(9, &machine), Rows::mark(&end)), (&end[..], 9));
    }
}
