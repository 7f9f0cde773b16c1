//! What a search has found.

use super::count::{Counts, count};
use super::graph::{Edge, Ways};
use super::natural::Natural;
use super::states::Rows;
use super::{Cut, Explorer};
use crate::assertion;
use crate::cpu::Fault;
use crate::machine::Machine;
use crate::schedule::Schedule;
use crate::session::Session;
use crate::watch::Watch;

/// How schedules end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// All threads have come to their `halt`.
    Halted,
    /// A thread could not do its next instruction.
    Faulted,
    /// Threads still run, but no schedule from here ever comes to an end.
    Deadlock,
    /// The search went no further: for the question's limits, or for too many rounds in a loop.
    Bound,
}

impl Kind {
    /// Its name.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Kind::Halted => "halted",
            Kind::Faulted => "fault",
            Kind::Deadlock => "deadlock",
            Kind::Bound => "bound",
        }
    }
}

/// Schedules that end in the same way, with the same values in what is watched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How they end.
    pub kind: Kind,
    /// What the watched places of each address space hold.
    pub memory: Vec<Vec<i32>>,
    /// What the watched registers of each thread hold.
    pub registers: Vec<Vec<i32>>,
    /// Which of the program's assertions were violated on the way, by their place in it.
    pub violated: Vec<usize>,
    /// The first fault of the shortest schedule, and whose.
    pub fault: Option<(usize, Fault)>,
    /// How many schedules end so. Nothing if they have not been counted.
    pub schedules: Option<Natural>,
    /// The shortest of them, or one of these. Of [`Kind::Bound`], the shortest way to where one was left.
    pub shortest: Schedule,
}

/// A way to violate what a program asserts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which assertion, by its place in the program.
    pub assertion: usize,
    /// The shortest schedule that does it.
    pub shortest: Schedule,
}

/// What a search has found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The outcomes: by kind, then by what memory holds.
    pub outcomes: Vec<Outcome>,
    /// For each assertion that can be violated, how.
    pub violations: Vec<Violation>,
    /// How many states were seen.
    pub states: usize,
    /// How many steps from state to state were seen.
    pub edges: usize,
    /// Why not everything has been seen, if so.
    pub cut: Option<Cut>,
    /// How many rounds in vain the counted schedules have at most. Nothing if there is no loop that can go on for ever, or nothing
    /// was counted: then no schedule is left out.
    pub rounds: Option<u32>,
}

impl Report {
    /// How many schedules there are in all. Nothing if they have not been counted.
    #[must_use]
    pub fn schedules(&self) -> Option<Natural> {
        self.outcomes.iter().try_fold(Natural::default(), |mut sum, outcome| {
            sum.add(outcome.schedules.as_ref()?);
            Some(sum)
        })
    }

    /// The outcome that a run has come to, if all its threads are over and this search, which watched the same and began where the run
    /// did, has found it.
    #[must_use]
    pub fn outcome_of(&self, session: &Session, watch: &Watch) -> Option<&Outcome> {
        let machine = session.machine();
        if !machine.is_over() {
            return None;
        }
        let kind = if machine.has_halted() { Kind::Halted } else { Kind::Faulted };
        let (memory, registers) = watched(watch, machine);
        let violated = session.violated();
        self.outcomes.iter().find(|outcome| {
            (outcome.kind, &outcome.memory, &outcome.registers, &outcome.violated)
                == (kind, &memory, &registers, &violated)
        })
    }
}

/// What the watched places of each space and the watched registers of each thread hold.
fn watched(watch: &Watch, machine: &Machine) -> (Vec<Vec<i32>>, Vec<Vec<i32>>) {
    let memory = (0..machine.spaces()).map(|space| watch.memory(machine, space)).collect();
    let registers = (0..machine.threads()).map(|thread| watch.of_thread(machine, thread)).collect();
    (memory, registers)
}

/// States and steps, for a drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateGraph {
    /// The states, the start first.
    pub nodes: Vec<Node>,
    /// Steps: from which node, to which, and whose.
    pub edges: Vec<(u32, u32, usize)>,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// How many steps it is from the start.
    pub depth: u32,
    /// Each thread's program counter.
    pub pcs: Vec<u32>,
    /// Whether each thread is over.
    pub over: Vec<bool>,
    /// What the watched places of each address space hold.
    pub memory: Vec<Vec<i32>>,
    /// How schedules end here, if they do. All states that cannot come to an end are deadlocks.
    pub kind: Option<Kind>,
    /// Which assertions have been violated on the way here.
    pub violated: Vec<usize>,
}

/// How schedules end in each state.
fn kinds(explorer: &Explorer) -> Vec<Option<Kind>> {
    let mut machine = explorer.machine.clone();
    let mut kinds: Vec<_> = (0..explorer.states.len() as u32)
        .map(|state| {
            let expanded = (state as usize) < explorer.graph.expanded();
            if expanded && !explorer.graph.of(state).is_empty() {
                return None;
            }
            explorer.rows.restore(explorer.states.row(state), &mut machine);
            match machine.is_over() {
                false => Some(Kind::Bound),
                true if machine.has_halted() => Some(Kind::Halted),
                true => Some(Kind::Faulted),
            }
        })
        .collect();
    let reaching = explorer.graph.reaching(kinds.len(), |state| kinds[state as usize].is_some());
    for (kind, reaches) in kinds.iter_mut().zip(reaching) {
        if !reaches {
            *kind = Some(Kind::Deadlock);
        }
    }
    kinds
}

pub fn report(explorer: &Explorer) -> Report {
    let states = explorer.states.len();
    let kinds = kinds(explorer);
    let stops = |state: u32| kinds[state as usize].is_some();
    let ways = explorer.graph.ways(states, stops);
    let counts = explorer.question.counts.then(|| count(&explorer.graph, states, &stops, explorer.question.rounds));
    let has_rounds = counts.as_ref().is_some_and(|counts| !counts.left.is_empty());
    Report {
        outcomes: outcomes(explorer, &kinds, &ways, counts.as_ref()),
        violations: violations(explorer, &ways),
        states,
        edges: explorer.graph.len(),
        cut: explorer.cut(),
        rounds: has_rounds.then_some(explorer.question.rounds),
    }
}

/// By what outcomes are told apart, in the order in which they are told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    kind: Kind,
    violated: Vec<usize>,
    memory: Vec<Vec<i32>>,
    registers: Vec<Vec<i32>>,
}

/// A state in which schedules end.
struct End {
    key: Key,
    /// How many steps from the start.
    length: u32,
    state: u32,
    schedules: Option<Natural>,
}

fn outcomes(explorer: &Explorer, kinds: &[Option<Kind>], ways: &Ways, counts: Option<&Counts>) -> Vec<Outcome> {
    let mut machine = explorer.machine.clone();
    let watch = &explorer.question.watch;
    let mut ends: Vec<End> = Vec::new();
    let mut add = |state: u32, kind: Kind, schedules: Option<&Natural>| {
        let Some(length) = ways.lengths[state as usize] else { return };
        let row = explorer.states.row(state);
        explorer.rows.restore(row, &mut machine);
        let (memory, registers) = watched(watch, &machine);
        let key = Key { kind, violated: violated(Rows::mark(row)), memory, registers };
        ends.push(End { key, length, state, schedules: schedules.cloned() });
    };
    for (state, kind) in (0..).zip(kinds) {
        if let Some(kind) = kind {
            add(state, *kind, counts.map(|counts| &counts.ended[state as usize]));
        }
        if let Some(left) = counts.and_then(|counts| counts.left.get(state as usize)).filter(|left| !left.is_zero()) {
            add(state, Kind::Bound, Some(left));
        }
    }
    ends.sort_by(|one, other| (&one.key, one.length, one.state).cmp(&(&other.key, other.length, other.state)));
    let outcome = |ends: &[End]| {
        let Key { kind, violated, memory, registers } = ends[0].key.clone();
        let nearest = ends[0].state;
        explorer.rows.restore(explorer.states.row(nearest), &mut machine);
        let sum = |mut sum: Natural, end: &End| {
            sum.add(end.schedules.as_ref()?);
            Some(sum)
        };
        Outcome {
            kind,
            memory,
            registers,
            violated,
            fault: machine.fault(),
            schedules: ends.iter().try_fold(Natural::default(), sum),
            shortest: ways.to(nearest).into_iter().collect(),
        }
    };
    ends.chunk_by(|one, other| one.key == other.key).map(outcome).collect()
}

/// For each assertion the nearest state that goes against it.
fn violations(explorer: &Explorer, ways: &Ways) -> Vec<Violation> {
    let assertions = explorer.machine.program().assertions.len();
    let mut nearest: Vec<Option<(u32, u32)>> = vec![None; assertions];
    for state in 0..explorer.states.len() as u32 {
        let Some(length) = ways.lengths[state as usize] else { continue };
        for assertion in violated(Rows::mark(explorer.states.row(state))) {
            if nearest[assertion].is_none_or(|(least, _)| length < least) {
                nearest[assertion] = Some((length, state));
            }
        }
    }
    let violation = |(assertion, nearest): (usize, Option<(u32, u32)>)| {
        let (_, state) = nearest?;
        Some(Violation { assertion, shortest: ways.to(state).into_iter().collect() })
    };
    nearest.into_iter().enumerate().filter_map(violation).collect()
}

/// The assertions of a mark.
fn violated(mark: u32) -> Vec<usize> {
    (0..assertion::MOST).filter(|place| mark & (1 << place) != 0).collect()
}

pub fn graph(explorer: &Explorer) -> StateGraph {
    let mut machine = explorer.machine.clone();
    let node = |(state, kind): (u32, Option<Kind>)| {
        let row = explorer.states.row(state);
        explorer.rows.restore(row, &mut machine);
        Node {
            depth: explorer.depths[state as usize],
            pcs: (0..machine.threads()).map(|thread| machine.context(thread).pc).collect(),
            over: (0..machine.threads()).map(|thread| !machine.can_run(thread)).collect(),
            memory: watched(&explorer.question.watch, &machine).0,
            kind,
            violated: violated(Rows::mark(row)),
        }
    };
    let nodes: Vec<_> = (0..).zip(kinds(explorer)).map(node).collect();
    let edge = |from: u32| move |edge: &Edge| (from, edge.to, usize::from(edge.thread));
    let edges = (0..nodes.len() as u32).flat_map(|state| explorer.graph.of(state).iter().map(edge(state)));
    StateGraph { edges: edges.collect(), nodes }
}
