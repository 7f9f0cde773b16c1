//! Who runs next: by turns, at intervals that are fixed or random, or as a reader says.

use crate::cpu::Event;
use crate::error::{SetupError, shown};
use crate::machine::Machine;
use interleave_twister::Twister;
use std::fmt;

/// Which thread does each step: `0011`, a digit for each.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Schedule(Vec<u8>);

impl Schedule {
    /// Reads a schedule for so many threads.
    ///
    /// # Errors
    /// The first character that is no thread.
    pub fn parse(text: &str, threads: usize) -> Result<Schedule, SetupError> {
        let thread = |(place, letter): (usize, char)| match letter.to_digit(10) {
            Some(digit) if (digit as usize) < threads => Ok(digit as u8),
            _ => Err(SetupError(format!(
                "at place {} of the schedule, “{}” is no thread: there are 0 to {}",
                place + 1,
                shown(&letter.to_string()),
                threads - 1
            ))),
        };
        text.trim().chars().enumerate().map(thread).collect::<Result<_, _>>().map(Schedule)
    }

    /// The thread of each step.
    pub fn threads(&self) -> impl DoubleEndedIterator<Item = usize> + ExactSizeIterator {
        self.0.iter().map(|thread| usize::from(*thread))
    }

    /// How many steps it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has no step.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<usize> for Schedule {
    fn from_iter<T: IntoIterator<Item = usize>>(threads: T) -> Schedule {
        Schedule(threads.into_iter().map(|thread| thread as u8).collect())
    }
}

impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|thread| write!(f, "{thread}"))
    }
}

/// When the timer interrupts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timer {
    /// After how many instructions; with a seed, after at most so many. At least 1.
    pub interval: u32,
    /// Makes intervals random, from 1 to `interval`: the same ones for the same seed.
    pub seed: Option<u64>,
}

impl Default for Timer {
    /// Every 50 instructions.
    fn default() -> Timer {
        Timer { interval: 50, seed: None }
    }
}

/// Gives threads the CPU by turns: round-robin. The timer's interrupt, `yield` and `halt` end a turn. As in the book's simulator,
/// the timer goes on when a thread halts, and is set anew by `yield`.
#[derive(Clone, Debug)]
pub struct Scheduler {
    timer: Timer,
    twister: Option<Box<Twister>>,
    /// The random intervals so far, so that steps can be taken back.
    intervals: Vec<u32>,
    turn: Turn,
}

/// Where a scheduler is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Whose turn it is.
    pub thread: usize,
    /// After how many instructions the timer interrupts.
    pub left: u32,
    /// How many intervals there have been.
    drawn: usize,
}

impl Scheduler {
    /// Begins with the thread whose registers the CPU holds, or the next one that can run.
    #[must_use]
    pub fn new(timer: Timer, machine: &Machine) -> Scheduler {
        let timer = Timer { interval: timer.interval.max(1), ..timer };
        let running = machine.running();
        let thread = if machine.can_run(running) { running } else { next_after(running, machine) };
        let twister = timer.seed.map(|seed| Box::new(Twister::new(seed)));
        let mut scheduler =
            Scheduler { timer, twister, intervals: Vec::new(), turn: Turn { thread, left: 0, drawn: 0 } };
        scheduler.turn.left = scheduler.draw();
        scheduler
    }

    /// Where it is.
    #[must_use]
    pub fn turn(&self) -> Turn {
        self.turn
    }

    /// Goes back to where it was.
    pub fn back_to(&mut self, turn: Turn) {
        self.turn = turn;
    }

    /// Hears of a step that a thread has done, whoever chose it.
    pub fn hear(&mut self, thread: usize, event: Event, machine: &Machine) {
        self.turn.thread = thread;
        if matches!(event, Event::Halted | Event::Faulted(_)) {
            if machine.is_over() {
                return;
            }
            self.turn.thread = next_after(thread, machine);
        }
        self.turn.left = self.turn.left.saturating_sub(1);
        if self.turn.left == 0 || event == Event::Yielded {
            self.turn.left = self.draw();
            self.turn.thread = next_after(self.turn.thread, machine);
        }
    }

    /// The next interval.
    fn draw(&mut self) -> u32 {
        let place = self.turn.drawn;
        self.turn.drawn += 1;
        let Some(twister) = &mut self.twister else { return self.timer.interval };
        if place == self.intervals.len() {
            self.intervals.push((twister.random() * f64::from(self.timer.interval)) as u32 + 1);
        }
        self.intervals[place]
    }
}

/// The next thread after one, all in a circle, that can run.
fn next_after(thread: usize, machine: &Machine) -> usize {
    let threads = machine.threads();
    (1..=threads).map(|more| (thread + more) % threads).find(|next| machine.can_run(*next)).unwrap_or(thread)
}

/// Runs a machine as a scheduler says, and records nothing: at most so many steps. Returns how many there were.
pub fn run(machine: &mut Machine, scheduler: &mut Scheduler, most: u64) -> u64 {
    let mut done = 0;
    while done < most && !machine.is_over() {
        let thread = scheduler.turn.thread;
        if thread != machine.running() {
            machine.switch_to(thread);
        }
        let (ran, event) = machine.execute_up_to(u64::from(scheduler.turn.left).min(most - done));
        done += ran;
        // The last of them is heard of; the others have but used up time.
        scheduler.turn.left -= (ran - 1) as u32;
        scheduler.hear(thread, event, machine);
    }
    done
}
