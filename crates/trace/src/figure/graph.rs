//! Nodes and edges: threads, locks and data; states and steps.

/// A graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// The nodes.
    pub nodes: Vec<Node>,
    /// The edges; their ends are indices of nodes.
    pub edges: Vec<Edge>,
    /// Indices of the edges of a cycle, to be marked; empty if there is none.
    pub cycle: Vec<usize>,
}

/// A node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its text.
    pub label: String,
    /// What it is.
    pub kind: NodeKind,
    /// Nodes with the same number are drawn as one thing: a lock and the data that it guards.
    pub group: Option<u32>,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Something that executes.
    Thread,
    /// A lock.
    Lock,
    /// Something in memory.
    Data,
    /// A state of a program.
    State,
}

/// An edge, with an arrow at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The node it comes from.
    pub from: usize,
    /// The node it leads to.
    pub to: usize,
    /// The text beside it; may be empty.
    pub label: String,
    /// What it means.
    pub kind: EdgeKind,
}

/// What an edge means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EdgeKind {
    /// Holds it, or works with it.
    Holds,
    /// Waits for it.
    WaitsFor,
    /// Leads to it in one step.
    Step,
}
