//! The panes of the board: code, CPU, memory, and for each thread its control block and its stack.

use super::args::Args;
use super::board::switched;
use super::tour::Tour;
use interleave_machine::walk::Lit;
use interleave_machine::{
    Condition, Context, Instruction, Machine, PAGE, Register, SLOT, Session, Sharing, Status, Step, Value,
};
use interleave_trace::figure::{BoardCell, BoardLine, Mark, Pane};
use std::cmp::Ordering;

/// The most values of a stack that are shown, the latest ones.
const MOST_SLOTS: usize = 14;
/// The most places in memory that are shown.
const MOST_PLACES: usize = 24;
/// The most lines of code that are shown, around the next instruction.
const MOST_LINES: usize = 60;

/// What the panes show.
pub(super) struct Panes<'a> {
    pub(super) args: &'a Args,
    pub(super) session: &'a Session,
    pub(super) tour: Option<&'a Tour>,
}

/// A part of a context that has a line of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Register(Register),
    Counter,
    Codes,
}

impl Panes<'_> {
    /// All of them.
    pub(super) fn all(&self) -> Vec<Pane> {
        let parts = self.parts();
        let mut panes = vec![self.code(), self.memory()];
        if self.args.sharing == Sharing::Nothing {
            panes.push(self.tables());
        }
        panes.extend([self.block(0, &parts, 1), self.stack(0, 1), self.cpu(&parts)]);
        for thread in 1..self.machine().threads() {
            let column = 2 + thread as u8;
            panes.extend([self.block(thread, &parts, column), self.stack(thread, column)]);
        }
        panes
    }

    fn machine(&self) -> &Machine {
        self.session.machine()
    }

    fn last(&self) -> Option<&Step> {
        self.session.steps().next_back()
    }

    fn lights(&self, meant: impl Fn(Lit) -> bool) -> Mark {
        Mark::LIT.when(self.tour.is_some_and(|tour| tour.lights(meant)))
    }

    /// Lights up a part of a thread's context, in the CPU or in its control block.
    fn lit_part(&self, thread: usize, part: Part, in_cpu: bool) -> Mark {
        let here = in_cpu || self.machine().running() != thread;
        self.lights(|lit| match lit {
            Lit::Registers => in_cpu,
            Lit::Register(of, register) => here && of == thread && part == Part::Register(register),
            Lit::Counter(of) => here && of == thread && part == Part::Counter,
            Lit::Block(of) => !in_cpu && of == thread,
            Lit::Stack(_) | Lit::Frame(..) | Lit::Place(_) => false,
        })
    }

    /// What of a context is shown: what the program works with.
    fn parts(&self) -> Vec<Part> {
        let program = self.machine().program();
        let named = |register: &Register| {
            let name = format!("%{}", register.name());
            program.lines.iter().any(|line| line.text.contains(&name))
                || program.directives.arguments.iter().flatten().any(|(known, _)| known == register)
        };
        let general = Register::ALL.into_iter().filter(|register| *register != Register::Sp).filter(named);
        let mut parts: Vec<_> = general.map(Part::Register).collect();
        parts.extend([Part::Register(Register::Sp), Part::Counter]);
        let tests = |line: &interleave_machine::Line| matches!(line.instruction, Instruction::Test { .. });
        if program.lines.iter().any(tests) {
            parts.push(Part::Codes);
        }
        parts
    }

    fn code(&self) -> Pane {
        let (machine, program) = (self.machine(), self.machine().program());
        let running = machine.running();
        let at = |thread: usize| machine.index(machine.context(thread).pc);
        let mut lines = Vec::new();
        let mut next = 0;
        for index in 0..=program.lines.len() as u32 {
            for label in program.labels.iter().filter(|label| label.index == index) {
                lines.push(BoardLine {
                    mark: Mark::HEAD,
                    cells: vec![BoardCell::default(), BoardCell::new(&*label.name)],
                });
            }
            let statement = program.statements.iter().find(|statement| (statement.from..statement.to).contains(&index));
            let folded = statement.filter(|_| self.args.lines);
            if let Some(statement) = statement.filter(|statement| statement.from == index) {
                let count = statement.to - statement.from;
                let text = match (folded.is_some(), count) {
                    (false, _) => statement.text.clone(),
                    (true, 1) => format!("{} (1 instruction)", statement.text),
                    (true, _) => format!("{} ({count} instructions)", statement.text),
                };
                let inside = if folded.is_some() { statement.from..statement.to } else { 0..0 };
                let (who, mark) = self.counters(|thread| inside.contains(&at(thread)), inside.contains(&at(running)));
                let head = Mark::QUIET.when(folded.is_none());
                lines.push(BoardLine { mark: mark.and(head), cells: vec![who, BoardCell::new(text)] });
            }
            let Some(line) = program.lines.get(index as usize).filter(|_| folded.is_none()) else { continue };
            let (who, mark) = self.counters(|thread| at(thread) == index, at(running) == index);
            if mark.has(Mark::CURRENT) {
                next = lines.len();
            }
            let indent = if statement.is_some() { "  " } else { "" };
            let pc = (machine.context(0).pc.wrapping_sub(at(0))).wrapping_add(index);
            let cells = vec![
                who,
                BoardCell::new(format!("{indent}{}", line.text)),
                BoardCell::marked(pc.to_string(), Mark::QUIET),
            ];
            lines.push(BoardLine { mark, cells });
        }
        if lines.len() > MOST_LINES {
            let from = next.saturating_sub(MOST_LINES / 2).min(lines.len() - MOST_LINES);
            lines = lines.split_off(from);
            lines.truncate(MOST_LINES);
        }
        Pane { title: "Code".to_owned(), column: 0, lines }
    }

    /// Whose program counters are at a line, and how that is marked.
    fn counters(&self, is_at: impl Fn(usize) -> bool, current: bool) -> (BoardCell, Mark) {
        let machine = self.machine();
        let mut text = String::new();
        let mut mark = Mark::CURRENT.when(current && machine.can_run(machine.running()));
        for thread in (0..machine.threads()).filter(|thread| is_at(*thread)) {
            text += &format!("{thread}▸");
            let lit = |lit| matches!(lit, Lit::Counter(of) if of == thread);
            mark = mark.and(self.lights(lit));
        }
        (BoardCell::new(text), mark)
    }

    fn cpu(&self, parts: &[Part]) -> Pane {
        let (machine, running) = (self.machine(), self.machine().running());
        let last = self.last();
        let restored = switched(last).is_some_and(|(_, to, _)| to == running);
        let used = last.and_then(|step| machine.line(step.before.pc)).map(|line| line.instruction);
        let line = |part: &Part| {
            let changed = last.is_some_and(|step| part.of(&step.before) != part.of(&step.after));
            let read = used.is_some_and(|instruction| part.is_read_by(instruction));
            let mark = Mark::CHANGED.when(changed).and(Mark::READ.when(read && !changed));
            let mark = mark.and(Mark::RESTORED.when(restored)).and(self.lit_part(running, *part, true));
            part.line(machine.context(running), mark)
        };
        let title = format!("CPU: {} {running}", self.args.who());
        Pane { title, column: 2, lines: parts.iter().map(line).collect() }
    }

    /// A thread's control block: what was saved, old while the thread runs.
    fn block(&self, thread: usize, parts: &[Part], column: u8) -> Pane {
        let machine = self.machine();
        let block = machine.block(thread);
        let runs = machine.running() == thread;
        let (saved, given) =
            switched(self.last()).map_or((false, false), |(from, to, saved)| (from == thread && saved, to == thread));
        let line = |part: &Part| {
            let mark = Mark::SAVED.when(saved).and(Mark::GIVEN.when(given)).and(self.lit_part(thread, *part, false));
            part.line(&block.saved, mark.and(Mark::QUIET.when(runs && !given)))
        };
        let state = match block.status {
            Status::Faulted(_) => "failed",
            Status::Halted => "halted",
            Status::Ready if !machine.can_run(thread) => "ended",
            Status::Ready if runs => "runs",
            Status::Ready => "saved",
        };
        let who = if self.args.who() == "thread" { "Thread" } else { "Process" };
        let title = format!("{who} {thread}: {state}");
        Pane { title, column, lines: parts.iter().map(line).collect() }
    }

    fn stack(&self, thread: usize, column: u8) -> Pane {
        let machine = self.machine();
        let block = machine.block(thread);
        let latest = self.session.steps().len().checked_sub(1);
        let top = machine.context(thread)[Register::Sp];
        let all = self.lights(|lit| lit == Lit::Stack(thread));
        let mut lines = Vec::new();
        let (mut shown, mut left) = (0, 0);
        for (depth, frame) in self.session.frames(thread).into_iter().enumerate() {
            if shown >= MOST_SLOTS {
                left += frame.slots.len();
                continue;
            }
            let lit = all.and(self.lights(|lit| lit == Lit::Frame(thread, depth)));
            lines.push(BoardLine { mark: Mark::HEAD.and(lit), cells: vec![BoardCell::new(frame.function)] });
            for slot in &frame.slots {
                if shown >= MOST_SLOTS {
                    left += 1;
                    continue;
                }
                shown += 1;
                let written = Mark::CHANGED.when(latest.is_some() && slot.written == latest);
                let value = if slot.is_return { format!("ret {}", slot.value) } else { slot.value.to_string() };
                let cells =
                    vec![BoardCell::marked(slot.address.to_string(), Mark::QUIET), BoardCell::marked(value, written)];
                let current = Mark::CURRENT.when(slot.address as i32 == top);
                lines.push(BoardLine { mark: current.and(lit), cells });
            }
        }
        if shown == 0 {
            lines.push(BoardLine { mark: Mark::QUIET.and(all), cells: vec![BoardCell::new("empty")] });
        }
        if left > 0 {
            lines.push(BoardLine { mark: Mark::QUIET, cells: vec![BoardCell::new(format!("{left} more"))] });
        }
        let values = |from: i32, to: i32| (to - from) / SLOT;
        let (used, room) = (values(top, block.stack.bottom), values(block.stack.limit, block.stack.bottom));
        Pane { title: format!("Stack {thread}: {used} of {room}"), column, lines }
    }

    /// Variables, and what else was written that is on no stack.
    fn memory(&self) -> Pane {
        let machine = self.machine();
        let spaces = machine.spaces();
        let heads = (0..spaces).map(|space| if spaces == 1 { "value".to_owned() } else { format!("process {space}") });
        let mut heads: Vec<_> = ["".to_owned(), "at".to_owned()].into_iter().chain(heads).map(BoardCell::new).collect();
        // Where each has its own, each writes its own.
        if spaces == 1 {
            heads.push(BoardCell::new("written by"));
        }
        let mut lines = vec![BoardLine { mark: Mark::HEAD.and(Mark::QUIET), cells: heads }];
        for (name, address) in self.places() {
            let lit = self.lights(|lit| matches!(lit, Lit::Place(place) if place == name));
            let mut cells = vec![BoardCell::new(&*name), BoardCell::marked(address.to_string(), Mark::QUIET)];
            let mut writers = Vec::new();
            for space in 0..spaces {
                let last = self.last().filter(|step| machine.space(step.thread) == space);
                let wrote = last.and_then(|step| step.effect.write).is_some_and(|write| write.address == address);
                let read = last.and_then(|step| step.effect.read) == Some(address);
                let mark = Mark::CHANGED.when(wrote).and(Mark::READ.when(read));
                cells.push(BoardCell::marked(machine.cell(space, address).to_string(), mark));
                let step = self.session.last_write(space, address);
                let writer = step.and_then(|at| Some((self.session.steps().nth(at)?.thread, at + 1)));
                writers.extend(writer.map(|(thread, step)| format!("{thread} in step {step}")));
            }
            if spaces == 1 {
                cells.push(BoardCell::marked(writers.concat(), Mark::QUIET));
            }
            lines.push(BoardLine { mark: lit, cells });
        }
        let title = match self.args.sharing {
            Sharing::Memory => "Memory: one for all",
            Sharing::Nothing => "Memory: one for each",
        };
        Pane { title: title.to_owned(), column: 0, lines }
    }

    /// The names and addresses of what is shown of memory.
    fn places(&self) -> Vec<(String, u32)> {
        let machine = self.machine();
        let program = machine.program();
        let mut places: Vec<(String, u32)> = Vec::new();
        for variable in &program.variables {
            let most = MOST_PLACES.saturating_sub(places.len()).min(variable.length as usize) as u32;
            places.extend((0..most).map(|index| {
                let name = &variable.name;
                let name = if variable.length == 1 { name.clone() } else { format!("{name}[{index}]") };
                (name, variable.address + SLOT as u32 * index)
            }));
        }
        let watched = program.directives.watch.places.iter().map(|place| place.address);
        let stacks: Vec<_> = (0..machine.threads()).map(|thread| machine.block(thread).stack).collect();
        let on_stack = |address: u32| stacks.iter().any(|it| (it.limit..it.bottom).contains(&(address as i32)));
        let touched =
            self.session.steps().flat_map(|step| [step.effect.read, step.effect.write.map(|write| write.address)]);
        for address in watched.chain(touched.flatten().filter(|address| !on_stack(*address))) {
            if places.len() < MOST_PLACES && places.iter().all(|(_, known)| *known != address) {
                places.push((String::new(), address));
            }
        }
        places
    }

    /// Which frame of the machine each page of each process is in: why the same address is not the same place.
    fn tables(&self) -> Pane {
        let machine = self.machine();
        let spaces = machine.spaces();
        let heads = ["addresses".to_owned()].into_iter().chain((0..spaces).map(|space| format!("process {space}")));
        let mut lines =
            vec![BoardLine { mark: Mark::HEAD.and(Mark::QUIET), cells: heads.map(BoardCell::new).collect() }];
        let tables: Vec<Vec<Option<u32>>> = (0..spaces).map(|space| machine.memory().table(space).collect()).collect();
        let mapped = self.last().and_then(|step| {
            let write = step.effect.write.filter(|write| write.mapped)?;
            Some((machine.space(step.thread), write.address / PAGE))
        });
        for page in 0..tables[0].len() {
            if tables.iter().all(|table| table[page].is_none()) {
                continue;
            }
            let page = page as u32;
            let first = page * PAGE;
            let range = format!("{first}–{}", first + PAGE - 1);
            let frames = tables.iter().enumerate().map(|(space, table)| {
                let text = table[page as usize].map_or_else(|| "–".to_owned(), |frame| format!("frame {frame}"));
                BoardCell::marked(text, Mark::CHANGED.when(mapped == Some((space, page))))
            });
            lines.push(BoardLine::new([BoardCell::new(range)].into_iter().chain(frames).collect()));
        }
        if lines.len() == 1 {
            lines.push(BoardLine { mark: Mark::QUIET, cells: vec![BoardCell::new("no page was written to yet")] });
        }
        Pane { title: "Page tables".to_owned(), column: 0, lines }
    }
}

impl Part {
    /// A number that is the same if it is.
    fn of(self, context: &Context) -> i32 {
        match self {
            Part::Register(register) => context[register],
            Part::Counter => context.pc as i32,
            Part::Codes => context.compared.map_or(2, |order| order as i32),
        }
    }

    fn line(self, context: &Context, mark: Mark) -> BoardLine {
        let (name, value) = match self {
            Part::Register(register) => (register.name(), context[register].to_string()),
            Part::Counter => ("pc", context.pc.to_string()),
            Part::Codes => {
                let sign = match context.compared {
                    None => "–",
                    Some(Ordering::Less) => "<",
                    Some(Ordering::Equal) => "=",
                    Some(Ordering::Greater) => ">",
                };
                ("test", sign.to_owned())
            }
        };
        BoardLine { mark, cells: vec![BoardCell::new(name), BoardCell::new(value)] }
    }

    /// Whether an instruction looks at it.
    fn is_read_by(self, instruction: Instruction) -> bool {
        let Part::Register(register) = self else {
            return self == Part::Codes
                && matches!(instruction, Instruction::Jump { when, .. } if when != Condition::Always);
        };
        let is = |value: Value| value == Value::Register(register);
        let points = |address: interleave_machine::Address| [address.base, address.index].contains(&Some(register));
        match instruction {
            Instruction::Set { value, .. } | Instruction::Arithmetic { value, .. } => is(value),
            Instruction::Load { from, .. } => points(from),
            Instruction::Store { value, to } => is(value) || points(to),
            Instruction::Lea { of, .. } => points(of),
            Instruction::Test { first, second } => is(first) || is(second),
            Instruction::Exchange { with: address, register: of }
            | Instruction::FetchAdd { to: address, register: of } => of == register || points(address),
            Instruction::Push(of) | Instruction::Negate(of) => of == register,
            Instruction::PushAddress(address) => points(address),
            _ => false,
        }
    }
}
