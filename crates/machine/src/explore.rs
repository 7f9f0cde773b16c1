//! Everything that any schedule can lead to, by search of the states of a machine.

mod count;
mod graph;
mod natural;
mod reduce;
mod report;
mod states;

use crate::cpu::Event;
use crate::machine::Machine;
use crate::watch::Watch;
use graph::{Edge, Graph};
use states::{Rows, States};

pub use natural::Natural;
pub use report::{Kind, Node, Outcome, Report, StateGraph, Violation};

/// What to find out, and how far to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// By what ends are told apart: what is watched holds the same in all schedules of one outcome.
    pub watch: Watch,
    /// Whether to count schedules. Without counts, fewer states are enough: outcomes and violations are the same, but the schedule
    /// to an outcome that is no end of all threads may not be the shortest, and the registers at such an outcome are those of
    /// one schedule.
    pub counts: bool,
    /// How many rounds in vain, of all threads together, a schedule may have in loops that can go on for ever; schedules with more
    /// are counted as [`Kind::Bound`].
    pub rounds: u32,
    /// How many states are looked at, at most.
    pub states: usize,
    /// How many steps from the start the last states are, at most.
    pub depth: u32,
}

impl Default for Question {
    /// Counts schedules with up to 2 rounds in vain, in up to 1,000,000 states.
    fn default() -> Question {
        Question { watch: Watch::default(), counts: true, rounds: 2, states: 1_000_000, depth: u32::MAX }
    }
}

/// Why a search ended before it had seen everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// There are more states.
    States,
    /// States are further from the start.
    Depth,
    /// It was asked before it was through.
    Early,
}

/// A search that goes on as long as it is asked to.
#[derive(Clone, Debug)]
pub struct Explorer {
    question: Question,
    machine: Machine,
    rows: Rows,
    states: States,
    /// How many steps each state is from the start.
    depths: Vec<u32>,
    graph: Graph,
}

impl Explorer {
    /// Begins with a machine as it is.
    #[must_use]
    pub fn new(machine: &Machine, question: Question) -> Explorer {
        let mut explorer = Explorer {
            question,
            machine: machine.clone(),
            rows: Rows::new(machine),
            states: States::default(),
            depths: Vec::new(),
            graph: Graph::default(),
        };
        explorer.arrive(0, 0);
        explorer
    }

    /// Looks at so many states more. Returns whether there are others to be looked at, within the question's limits.
    pub fn advance(&mut self, states: usize) -> bool {
        for _ in 0..states {
            if self.limit().is_some() || self.graph.expanded() == self.states.len() {
                return false;
            }
            self.expand();
        }
        self.limit().is_none() && self.graph.expanded() < self.states.len()
    }

    /// How many states have been seen so far.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states.len()
    }

    /// What has been found so far.
    #[must_use]
    pub fn report(&self) -> Report {
        report::report(self)
    }

    /// The graph of states if there are at most so many.
    #[must_use]
    pub fn graph(&self, most: usize) -> Option<StateGraph> {
        (self.states.len() <= most).then(|| report::graph(self))
    }

    /// Which limit the search has come to.
    fn limit(&self) -> Option<Cut> {
        let next = self.graph.expanded();
        if next == self.states.len() {
            None
        } else if self.depths[next] >= self.question.depth {
            Some(Cut::Depth)
        } else if self.states.len() >= self.question.states {
            Some(Cut::States)
        } else {
            None
        }
    }

    /// Why not everything has been seen, if so.
    fn cut(&self) -> Option<Cut> {
        self.limit().or((self.graph.expanded() < self.states.len()).then_some(Cut::Early))
    }

    /// Does the steps of all threads from the next state.
    fn expand(&mut self) {
        let state = self.graph.expanded() as u32;
        let row = self.states.row(state);
        let mark = Rows::mark(row);
        self.rows.restore(row, &mut self.machine);
        let depth = self.depths[state as usize] + 1;
        let ample = if self.question.counts { None } else { reduce::ample(&self.machine) };
        for thread in 0..self.machine.threads() {
            if ample.is_some_and(|ample| ample != thread) {
                continue;
            }
            let Some(mut step) = self.machine.step(thread) else { continue };
            if let Some(write) = &mut step.effect.write {
                self.rows.wrote(&self.machine, self.machine.space(thread), write);
                // Rows speak of this frame from now on, so it stays.
                write.mapped = false;
            }
            let to = self.arrive(mark, depth);
            let moves = matches!(step.effect.event, Event::Ran | Event::Yielded);
            self.graph.add(Edge { to, thread: thread as u8, back: moves && step.after.pc <= step.before.pc });
            self.machine.undo(&step);
        }
        self.graph.close();
    }

    /// The state that the machine is in now, when it was reached with these assertions violated on the way.
    fn arrive(&mut self, violated: u32, depth: u32) -> u32 {
        let mut violated = violated;
        for (place, assertion) in self.machine.program().assertions.iter().enumerate() {
            if assertion.is_violated(&self.machine) {
                violated |= 1 << place;
            }
        }
        let state = self.states.number(self.rows.row(violated, &self.machine));
        if state as usize == self.depths.len() {
            self.depths.push(depth);
        }
        state
    }
}
