//! Threads, locks and counters: which thread reaches which counter through which lock.

use super::{Args, Remedy, first_half};
use interleave_trace::figure::{Edge, EdgeKind, Graph, Node, NodeKind};

/// Draws the remedies with locks that were asked for; if there are none, the first remedy.
pub(super) fn graph(args: &Args) -> Graph {
    let locks = |remedy: &&Remedy| matches!(remedy, Remedy::Mutex | Remedy::TwoLocks | Remedy::OwnLock);
    let mut drawn: Vec<Remedy> = args.remedies.iter().filter(locks).copied().collect();
    if drawn.is_empty() {
        drawn.extend(args.remedies.first());
    }
    let mut sketch = Sketch { threads: args.threads, graph: Graph::default() };
    for remedy in drawn {
        sketch.add(remedy);
    }
    sketch.graph
}

struct Sketch {
    threads: u32,
    graph: Graph,
}

impl Sketch {
    fn add(&mut self, remedy: Remedy) {
        let (first, others) = ("thread 1".to_owned(), numbered("thread", 2, self.threads));
        match remedy {
            Remedy::Plain | Remedy::Atomic => {
                let way = if remedy == Remedy::Plain { "loads, then stores" } else { "adds in one step" };
                let threads = [first, others].map(|name| self.node(name, NodeKind::Thread, None));
                let counter = self.node("counter".to_owned(), NodeKind::Data, None);
                self.edges(threads, counter, way, EdgeKind::Step);
            }
            Remedy::Mutex => {
                let threads = [first, others].map(|name| self.node(name, NodeKind::Thread, None));
                let lock = self.node("the one lock".to_owned(), NodeKind::Lock, Some(0));
                self.node("its counter".to_owned(), NodeKind::Data, Some(0));
                self.edges(threads, lock, "locks", EdgeKind::Holds);
            }
            Remedy::TwoLocks => {
                let half = first_half(self.threads);
                let (one, other) = (numbered("thread", 1, half), numbered("thread", half + 1, self.threads));
                self.through_locks(
                    [(one, "lock A".to_owned()), (other, "lock B".to_owned())],
                    "counter with two locks",
                );
            }
            Remedy::OwnLock => {
                let locks = format!("lock{} of {others}", if self.threads > 2 { "s" } else { "" });
                self.through_locks([(first, "lock of thread 1".to_owned()), (others, locks)], "unguarded counter");
            }
            Remedy::Merged | Remedy::Processes => {
                let (who, what) =
                    if remedy == Remedy::Merged { ("thread", "own counter") } else { ("process", "own memory") };
                let names = [format!("{who} 1"), numbered(who, 2, self.threads)];
                for name in names {
                    let thread = self.node(name, NodeKind::Thread, None);
                    let counter = self.node(what.to_owned(), NodeKind::Data, None);
                    self.edge(thread, counter, "adds", EdgeKind::Step);
                }
            }
        }
    }

    /// Two locks that lead to one counter.
    fn through_locks(&mut self, ways: [(String, String); 2], counter: &str) {
        let locks = ways.map(|(threads, lock)| {
            let threads = self.node(threads, NodeKind::Thread, None);
            let lock = self.node(lock, NodeKind::Lock, None);
            self.edge(threads, lock, "locks", EdgeKind::Holds);
            lock
        });
        let counter = self.node(counter.to_owned(), NodeKind::Data, None);
        self.edges(locks, counter, "", EdgeKind::Step);
    }

    fn node(&mut self, label: String, kind: NodeKind, group: Option<u32>) -> usize {
        self.graph.nodes.push(Node { label, kind, group });
        self.graph.nodes.len() - 1
    }

    fn edges(&mut self, from: [usize; 2], to: usize, label: &str, kind: EdgeKind) {
        for from in from {
            self.edge(from, to, label, kind);
        }
    }

    fn edge(&mut self, from: usize, to: usize, label: &str, kind: EdgeKind) {
        self.graph.edges.push(Edge { from, to, label: label.to_owned(), kind });
    }
}

/// `thread 2`, or `threads 2–16`.
fn numbered(name: &str, from: u32, to: u32) -> String {
    let several = if name == "process" { "es" } else { "s" };
    if from == to { format!("{name} {from}") } else { format!("{name}{several} {from}–{to}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(threads: u32, remedies: &[Remedy]) -> Graph {
        graph(&Args { threads, adds: 1000, window: 0, repeats: 1, remedies: remedies.to_vec() })
    }

    fn labels(graph: &Graph, kind: NodeKind) -> Vec<&str> {
        graph.nodes.iter().filter(|node| node.kind == kind).map(|node| node.label.as_str()).collect()
    }

    #[test]
    fn only_the_one_lock_is_one_with_its_counter() {
        let graph = of(2, &Remedy::ALL);
        let grouped: Vec<_> = graph.nodes.iter().filter(|node| node.group.is_some()).map(|node| node.kind).collect();
        assert_eq!(grouped, [NodeKind::Lock, NodeKind::Data]);
        assert_eq!(labels(&graph, NodeKind::Lock).len(), 5);
        assert_eq!(labels(&graph, NodeKind::Data).len(), 3);
    }

    #[test]
    fn many_threads_are_few_nodes() {
        let threads = |count, remedy| labels(&of(count, &[remedy]), NodeKind::Thread).join(" | ");
        assert_eq!(threads(2, Remedy::TwoLocks), "thread 1 | thread 2");
        assert_eq!(threads(3, Remedy::TwoLocks), "threads 1–2 | thread 3");
        assert_eq!(threads(16, Remedy::TwoLocks), "threads 1–8 | threads 9–16");
        assert_eq!(threads(16, Remedy::Mutex), "thread 1 | threads 2–16");
        assert_eq!(threads(3, Remedy::Processes), "process 1 | processes 2–3");
        assert_eq!(labels(&of(16, &[Remedy::OwnLock]), NodeKind::Lock), ["lock of thread 1", "locks of threads 2–16"]);
    }

    #[test]
    fn without_locks_the_first_is_drawn() {
        assert_eq!(of(4, &[Remedy::Merged, Remedy::Processes]).nodes[0].label, "thread 1");
        assert!(of(4, &[Remedy::Plain, Remedy::Atomic]).nodes.iter().all(|node| node.group.is_none()));
    }
}
