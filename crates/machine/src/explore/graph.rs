//! The states as a graph, and what of its form matters.

/// A step from a state to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The state after it.
    pub to: u32,
    /// Whose step it is.
    pub thread: u8,
    /// Whether the thread's program counter went back, or stayed.
    pub back: bool,
}

/// States and steps. States are numbered from 0, where all begins.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    edges: Vec<Edge>,
    /// For each state that has been expanded, where its edges end.
    ends: Vec<usize>,
}

/// How a state was first reached.
#[derive(Clone, Copy, Debug)]
struct Arrival {
    from: u32,
    thread: u8,
}

/// Shortest ways from the start.
pub struct Ways {
    arrivals: Vec<Option<Arrival>>,
    /// How many steps each state is from the start; nothing where it is not reached.
    pub lengths: Vec<Option<u32>>,
}

impl Graph {
    /// Adds an edge to the state that is being expanded.
    pub fn add(&mut self, edge: Edge) {
        self.edges.push(edge);
    }

    /// The state is expanded; the next one's turn.
    pub fn close(&mut self) {
        self.ends.push(self.edges.len());
    }

    /// How many states have been expanded: all with smaller numbers.
    pub fn expanded(&self) -> usize {
        self.ends.len()
    }

    /// How many edges there are.
    pub fn len(&self) -> usize {
        self.edges.len()
    }

    /// The edges of a state; none of one that has not been expanded.
    pub fn of(&self, state: u32) -> &[Edge] {
        let state = state as usize;
        let Some(end) = self.ends.get(state) else { return &[] };
        let start = if state == 0 { 0 } else { self.ends[state - 1] };
        &self.edges[start..*end]
    }

    /// Which of so many states can reach one of these.
    pub fn reaching(&self, states: usize, targets: impl Fn(u32) -> bool) -> Vec<bool> {
        // The edges backwards: for each state those that lead to it.
        let mut starts = vec![0_u32; states + 1];
        for edge in &self.edges {
            starts[edge.to as usize + 1] += 1;
        }
        for state in 0..states {
            starts[state + 1] += starts[state];
        }
        let mut sources = vec![0_u32; self.edges.len()];
        let mut next = starts.clone();
        for state in 0..self.expanded() as u32 {
            for edge in self.of(state) {
                let place = &mut next[edge.to as usize];
                sources[*place as usize] = state;
                *place += 1;
            }
        }
        let mut reaches: Vec<bool> = (0..states as u32).map(targets).collect();
        let mut open: Vec<u32> = (0..states as u32).filter(|state| reaches[*state as usize]).collect();
        while let Some(state) = open.pop() {
            let state = state as usize;
            for source in &sources[starts[state] as usize..starts[state + 1] as usize] {
                if !std::mem::replace(&mut reaches[*source as usize], true) {
                    open.push(*source);
                }
            }
        }
        reaches
    }

    /// Shortest ways to all of so many states, by breadth-first search that goes no further from where `stops`.
    pub fn ways(&self, states: usize, stops: impl Fn(u32) -> bool) -> Ways {
        let mut ways = Ways { arrivals: vec![None; states], lengths: vec![None; states] };
        ways.lengths[0] = Some(0);
        let mut order = vec![0];
        let mut next = 0;
        while let Some(&state) = order.get(next) {
            next += 1;
            if stops(state) {
                continue;
            }
            let length = ways.lengths[state as usize].map(|length| length + 1);
            for edge in self.of(state) {
                let to = edge.to as usize;
                if ways.lengths[to].is_none() {
                    ways.lengths[to] = length;
                    ways.arrivals[to] = Some(Arrival { from: state, thread: edge.thread });
                    order.push(edge.to);
                }
            }
        }
        ways
    }

    /// For each of so many states, the number of its strongly connected component: states have the same if each can be reached from
    /// the other. Tarjan's algorithm (SIAM J. Comput. 1(2), 1972), without recursion.
    pub fn components(&self, states: usize, stops: impl Fn(u32) -> bool) -> Vec<u32> {
        const NONE: u32 = u32::MAX;
        let mut components = vec![NONE; states];
        let mut indices = vec![NONE; states];
        let mut lows = vec![0; states];
        let (mut stack, mut path) = (Vec::new(), vec![(0_u32, 0)]);
        let (mut index, mut component) = (0, 0);
        while let Some((state, next)) = path.pop() {
            let s = state as usize;
            if next == 0 {
                (indices[s], lows[s]) = (index, index);
                index += 1;
                stack.push(state);
            }
            let edges = if stops(state) { &[] } else { self.of(state) };
            if let Some(edge) = edges.get(next) {
                path.push((state, next + 1));
                let to = edge.to as usize;
                if indices[to] == NONE {
                    path.push((edge.to, 0));
                } else if components[to] == NONE {
                    lows[s] = lows[s].min(indices[to]);
                }
                continue;
            }
            if lows[s] == indices[s] {
                while let Some(member) = stack.pop() {
                    components[member as usize] = component;
                    if member == state {
                        break;
                    }
                }
                component += 1;
            }
            if let Some((parent, _)) = path.last() {
                let parent = *parent as usize;
                lows[parent] = lows[parent].min(lows[s]);
            }
        }
        components
    }
}

impl Ways {
    /// Who does each step on a shortest way to a state.
    pub fn to(&self, state: u32) -> Vec<usize> {
        let mut threads = Vec::new();
        let mut state = state;
        while let Some(arrival) = self.arrivals[state as usize] {
            threads.push(usize::from(arrival.thread));
            state = arrival.from;
        }
        threads.reverse();
        threads
    }
}
