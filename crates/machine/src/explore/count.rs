//! How many schedules lead to each end: by dynamic programming over the graph of states, so that each state is looked at once, however
//! many schedules go through it.
//!
//! A graph with cycles has infinitely many schedules. What all cycles have in common is that some thread's program counter goes back:
//! such a step between states that can reach each other is a *round* in vain, and schedules are counted up to a number of rounds.
//! Without these steps the graph has no cycle; for each number of rounds there is a layer of it.

use super::graph::{Edge, Graph};
use super::natural::Natural;

/// How many schedules lead where.
pub struct Counts {
    /// For each state where schedules end, how many do.
    pub ended: Vec<Natural>,
    /// For each state, how many schedules came to it by one round too many. Empty if there are no cycles.
    pub left: Vec<Natural>,
}

/// Counts the schedules that lead to each of so many states where they stop, with at most so many rounds in vain.
pub fn count(graph: &Graph, states: usize, stops: &impl Fn(u32) -> bool, rounds: u32) -> Counts {
    let components = graph.components(states, stops);
    let is_round = |from: u32, edge: &Edge| edge.back && components[from as usize] == components[edge.to as usize];
    let order = order(graph, states, stops, &is_round);
    let has_rounds = order.iter().any(|state| graph.of(*state).iter().any(|edge| is_round(*state, edge)));
    let mut ended = vec![Natural::default(); states];
    let mut layer = vec![Natural::default(); states];
    layer[0] = Natural::one();
    for _ in 0..=if has_rounds { rounds } else { 0 } {
        let mut next = if has_rounds { vec![Natural::default(); states] } else { Vec::new() };
        for state in &order {
            let count = std::mem::take(&mut layer[*state as usize]);
            if count.is_zero() {
                continue;
            }
            if stops(*state) {
                ended[*state as usize].add(&count);
                continue;
            }
            for edge in graph.of(*state) {
                let target = if is_round(*state, edge) { &mut next } else { &mut layer };
                target[edge.to as usize].add(&count);
            }
        }
        layer = next;
    }
    Counts { ended, left: layer }
}

/// The states that are reached, each after all from which a step leads to it that is no round (Kahn's algorithm).
fn order(
    graph: &Graph,
    states: usize,
    stops: &impl Fn(u32) -> bool,
    is_round: &impl Fn(u32, &Edge) -> bool,
) -> Vec<u32> {
    let edges = |state: u32| {
        let edges = if stops(state) { &[] } else { graph.of(state) };
        edges.iter().filter(move |edge| !is_round(state, edge)).map(|edge| edge.to as usize)
    };
    let reached = graph.ways(states, stops).lengths;
    let reached = |state: &u32| reached[*state as usize].is_some();
    let mut before = vec![0_u32; states];
    for state in (0..states as u32).filter(reached) {
        edges(state).for_each(|to| before[to] += 1);
    }
    let mut order: Vec<u32> = (0..states as u32).filter(reached).filter(|state| before[*state as usize] == 0).collect();
    let mut next = 0;
    while let Some(&state) = order.get(next) {
        next += 1;
        for to in edges(state) {
            before[to] -= 1;
            if before[to] == 0 {
                order.push(to as u32);
            }
        }
    }
    order
}
