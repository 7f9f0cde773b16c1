//! Channels: what queues and locks between processes are made of.
//!
//! A channel holds items, strings of bytes, in order. Who takes one waits if there is none; those who wait are served in turn. All channels
//! are in the program's first process: another process asks its parent, under a ticket that no other question has.

use super::child::Child;
use super::message::{ToChild, ToParent, to_bytes};
use crate::raised::Raised;
use crate::run::interpreter::Interpreter;
use crate::run::thread::Thread;
use crate::run::timeline::State;
use crate::vm::Vm;
use interleave_threads::process::say;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What is wanted of a channel.
#[derive(Debug, Serialize, Deserialize)]
pub struct Ask {
    /// The channel's number.
    channel: u64,
    /// What of it.
    wanted: Wanted,
    /// The answer will have it; 0 if there will be none.
    ticket: u64,
}

/// What is wanted of a channel.
#[derive(Debug, Serialize, Deserialize)]
pub enum Wanted {
    /// To add an item. There is no answer.
    Put(Vec<u8>),
    /// The first item, as soon as there is one.
    Take,
    /// A copy of the first item, as soon as there is one.
    Look,
    /// The first item if there is one now.
    TakeNow,
    /// To wait no longer for what the ticket stands for.
    GiveUp,
    /// How many items there are: eight bytes.
    Count,
}

/// A thread that waits for an answer, and the answer.
pub(super) struct Asked {
    ticket: u64,
    thread: Arc<Thread>,
    answer: Option<Option<Vec<u8>>>,
}

/// All channels of a program.
#[derive(Default)]
pub(super) struct Channels(Vec<(u64, Channel)>);

#[derive(Default)]
struct Channel {
    items: VecDeque<Vec<u8>>,
    waiting: VecDeque<Asker>,
}

/// Who asked: nobody's child is this process itself.
struct Asker {
    ticket: u64,
    child: Option<Arc<Child>>,
    /// Whether it only looks at an item, which stays.
    looks: bool,
}

/// Who gets an answer, and which.
type Served = (Asker, Option<Vec<u8>>);

impl Channels {
    fn channel(&mut self, number: u64) -> &mut Channel {
        let at = self.0.iter().position(|(own, _)| *own == number).unwrap_or_else(|| {
            self.0.push((number, Channel::default()));
            self.0.len() - 1
        });
        &mut self.0[at].1
    }

    /// Does what is wanted: who gets which answer now.
    fn serve(&mut self, ask: Ask, child: Option<Arc<Child>>) -> Vec<Served> {
        let Channel { items, waiting } = self.channel(ask.channel);
        let asker = Asker { ticket: ask.ticket, child, looks: matches!(ask.wanted, Wanted::Look) };
        let answer = match ask.wanted {
            Wanted::Put(item) => {
                let mut served = Vec::new();
                while let Some(first) = waiting.pop_front() {
                    if !first.looks {
                        served.push((first, Some(item)));
                        return served;
                    }
                    served.push((first, Some(item.clone())));
                }
                items.push_back(item);
                return served;
            }
            Wanted::Take | Wanted::Look if items.is_empty() => {
                waiting.push_back(asker);
                return Vec::new();
            }
            Wanted::Look => items.front().cloned(),
            Wanted::Take | Wanted::TakeNow => items.pop_front(),
            Wanted::GiveUp => {
                let before = waiting.len();
                waiting.retain(|other| other.ticket != asker.ticket);
                if waiting.len() == before {
                    return Vec::new();
                }
                None
            }
            Wanted::Count => Some((items.len() as u64).to_le_bytes().to_vec()),
        };
        vec![(asker, answer)]
    }

    /// Forgets what a process waits for that has ended.
    pub(super) fn forget(&mut self, child: &Arc<Child>) {
        for (_, channel) in &mut self.0 {
            channel.waiting.retain(|asker| asker.child.as_ref().is_none_or(|own| !Arc::ptr_eq(own, child)));
        }
    }
}

impl Interpreter {
    /// A number that no other channel and no other question of the program has.
    pub fn unique(&self) -> u64 {
        self.family.pid << 32 | (self.family.asks.fetch_add(1, Ordering::Relaxed) + 1)
    }

    /// Adds an item to a channel.
    pub fn put(&self, channel: u64, item: Vec<u8>) {
        self.ask(Ask { channel, wanted: Wanted::Put(item), ticket: 0 }, None);
    }

    /// Does what is wanted, for a child or for this process itself, or passes it on to where the channels are.
    pub(super) fn ask(&self, ask: Ask, child: Option<Arc<Child>>) {
        if !self.family.is_child() {
            let served = self.family.channels.lock().serve(ask, child);
            return served.into_iter().for_each(|(asker, item)| self.give(asker.ticket, asker.child, item));
        }
        if let (Some(child), true) = (child, ask.ticket != 0) {
            let mut askers = self.family.askers.lock();
            askers.retain(|(ticket, _)| *ticket != ask.ticket);
            askers.push((ask.ticket, child));
        }
        say(&to_bytes(&ToParent::Ask(ask)));
    }

    /// An answer came.
    pub(super) fn answer(&self, ticket: u64, item: Option<Vec<u8>>) {
        let mut askers = self.family.askers.lock();
        let child = askers.iter().position(|(own, _)| *own == ticket).map(|at| askers.swap_remove(at).1);
        drop(askers);
        self.give(ticket, child, item);
    }

    fn give(&self, ticket: u64, child: Option<Arc<Child>>, item: Option<Vec<u8>>) {
        match child {
            Some(child) => child.tell(&ToChild::Answer { ticket, item }),
            None => {
                let mut asked = self.family.asked.lock();
                let thread = asked.iter_mut().find(|asked| asked.ticket == ticket).map(|asked| {
                    asked.answer = Some(item);
                    asked.thread.clone()
                });
                drop(asked);
                thread.iter().for_each(|thread| thread.wake());
            }
        }
    }

    /// The answer to a question, once it is there.
    fn answered(&self, ticket: u64) -> Option<Option<Vec<u8>>> {
        let mut asked = self.family.asked.lock();
        let at = asked.iter().position(|asked| asked.ticket == ticket && asked.answer.is_some())?;
        asked.swap_remove(at).answer
    }
}

impl Vm {
    /// Asks a channel for something and waits for the answer, until `until_us` at most: none then, or if there is none. `what` is what the
    /// channel is part of, for who looks at the thread meanwhile.
    pub fn ask(
        &mut self,
        channel: u64,
        wanted: Wanted,
        what: &str,
        until_us: Option<u64>,
    ) -> Result<Option<Vec<u8>>, Raised> {
        let interpreter = self.interpreter.clone();
        let ticket = interpreter.unique();
        interpreter.family.asked.lock().push(Asked { ticket, thread: self.thread.clone(), answer: None });
        interpreter.ask(Ask { channel, wanted, ticket }, None);
        // Whatever threads of a child do, its parent may answer.
        let ever = interpreter.family.is_child().then_some(u64::MAX);
        let state = State::Waiting { what: what.to_owned(), holder: None };
        if let Some(item) = self.wait(state.clone(), until_us.or(ever), || interpreter.answered(ticket))? {
            return Ok(item);
        }
        // An answer may be under way.
        interpreter.ask(Ask { channel, wanted: Wanted::GiveUp, ticket }, None);
        Ok(self.wait(state, ever, || interpreter.answered(ticket))?.flatten())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_waits_is_served_in_turn_and_who_gave_up_is_not() {
        let mut channels = Channels::default();
        let mut ask = |wanted, ticket| {
            let mut served = channels.serve(Ask { channel: 7, wanted, ticket }, None).into_iter();
            let first = served.next().map(|(asker, item)| (asker.ticket, item));
            assert!(served.next().is_none());
            first
        };
        assert_eq!(ask(Wanted::TakeNow, 1), Some((1, None)));
        for ticket in 2..5 {
            assert_eq!(ask(Wanted::Take, ticket), None);
        }
        assert_eq!(ask(Wanted::GiveUp, 2), Some((2, None)));
        assert_eq!(ask(Wanted::Put(vec![9]), 0), Some((3, Some(vec![9]))));
        // The answer was under way: there is no other one.
        assert_eq!(ask(Wanted::GiveUp, 3), None);
        assert_eq!(ask(Wanted::Put(vec![]), 0), Some((4, Some(vec![]))));
        assert_eq!(ask(Wanted::Put(vec![1]), 0), None);
        assert_eq!(ask(Wanted::Count, 5), Some((5, Some(1_u64.to_le_bytes().to_vec()))));
        assert_eq!(ask(Wanted::Look, 6), Some((6, Some(vec![1]))));
        assert_eq!(ask(Wanted::Take, 7), Some((7, Some(vec![1]))));
    }

    #[test]
    fn who_looks_at_an_item_leaves_it_to_who_takes_one() {
        let mut channels = Channels::default();
        let mut ask = |wanted, ticket| {
            let served = channels.serve(Ask { channel: 7, wanted, ticket }, None).into_iter();
            served.map(|(asker, _)| asker.ticket).collect::<Vec<_>>()
        };
        for (wanted, ticket) in [(Wanted::Look, 1), (Wanted::Look, 2), (Wanted::Take, 3), (Wanted::Look, 4)] {
            assert!(ask(wanted, ticket).is_empty());
        }
        assert_eq!(ask(Wanted::Put(vec![]), 0), [1, 2, 3]);
        assert_eq!(ask(Wanted::Put(vec![]), 0), [4]);
        assert_eq!(ask(Wanted::Take, 5), [5]);
    }
}
