//! An event loop: one thread takes turns with many futures, and sleeps when all of them do.

use super::task::{Log, Policy};
use crate::baton::Switches;
use crate::clock::RunClock;
use interleave_threads::Stopped;
use interleave_trace::State;
use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// A task as the event loop sees it.
pub type TaskFuture<'a> = Pin<Box<dyn Future<Output = Result<u64, Stopped>> + 'a>>;

/// The event loop: its futures, and who of them wants to go on when.
pub struct EventLoop<'a> {
    clock: RunClock,
    tasks: Vec<TaskFuture<'a>>,
    results: Vec<Option<u64>>,
    queue: Rc<RefCell<Queue>>,
    last: Option<(u32, u64)>,
    switches: Switches,
}

/// What a [`EventLoop::turn`] came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnEnd {
    /// A task went on for a while.
    Ran,
    /// Every task sleeps; the first wakes at this time of the run's clock.
    Idle(u64),
    /// All tasks have ended.
    Done,
}

/// Who wants to go on, and when.
#[derive(Debug, Default)]
pub struct Queue {
    /// Tasks, and since when each is ready, longest first.
    ready: VecDeque<(u32, u64)>,
    timers: BinaryHeap<Reverse<(u64, u32)>>,
    /// Since when the task whose turn it is had been ready.
    ready_since_us: u64,
    /// The loop has nothing to do but to wait for a timer.
    idle: bool,
}

impl<'a> EventLoop<'a> {
    /// A loop over `tasks`, all of them ready, which wait by way of `queue`.
    #[must_use]
    pub fn new(clock: RunClock, queue: Rc<RefCell<Queue>>, tasks: Vec<TaskFuture<'a>>) -> EventLoop<'a> {
        queue.borrow_mut().ready.extend((0..tasks.len() as u32).map(|task| (task, 0)));
        let results = vec![None; tasks.len()];
        EventLoop { clock, tasks, results, queue, last: None, switches: Switches::default() }
    }

    /// Lets the task whose turn it is go on until it waits.
    ///
    /// # Errors
    /// [`Stopped`] if a task was stopped.
    pub fn turn(&mut self) -> Result<TurnEnd, Stopped> {
        let begin_us = self.clock.now();
        let Some(task) = self.queue.borrow_mut().next(begin_us) else {
            // Idle time is no switch.
            self.last = self.last.map(|(task, _)| (task, u64::MAX));
            let first = self.queue.borrow().timers.peek().map(|Reverse((at_us, _))| *at_us);
            return Ok(first.map_or(TurnEnd::Done, TurnEnd::Idle));
        };
        if let Some((last, ended_us)) = self.last
            && last != task
        {
            self.switches.count += 1;
            self.switches.us += begin_us.saturating_sub(ended_us);
        }
        let future = self.tasks[task as usize].as_mut();
        if let Poll::Ready(result) = future.poll(&mut Context::from_waker(Waker::noop())) {
            self.results[task as usize] = Some(result?);
        }
        self.last = Some((task, self.clock.now()));
        Ok(TurnEnd::Ran)
    }

    /// The tasks' results, in task order, and the switches between tasks, once the loop is done.
    #[must_use]
    pub fn finish(self) -> (Vec<u64>, Switches) {
        (self.results.into_iter().flatten().collect(), self.switches)
    }
}

impl Queue {
    /// The task whose turn it is: those whose timers are due join the queue of those that are ready.
    ///
    /// While the loop works on a task, a timer that is due waits for the end of that turn: its task is ready. While the loop is idle, only
    /// the timer can be late: its task sleeps until the loop wakes.
    fn next(&mut self, now_us: u64) -> Option<u32> {
        while let Some(&Reverse((at_us, task))) = self.timers.peek()
            && at_us <= now_us
        {
            self.timers.pop();
            self.ready.push_back((task, if self.idle { now_us } else { at_us }));
        }
        let next = self.ready.pop_front();
        self.idle = next.is_none();
        let (task, since_us) = next?;
        self.ready_since_us = since_us;
        Some(task)
    }
}

/// Sleeps by a timer of the loop, and yields to the other tasks after every quantum of computing.
#[derive(Debug)]
pub struct Yielding {
    queue: Rc<RefCell<Queue>>,
    quantum_us: u64,
    turn_began_us: u64,
}

impl Yielding {
    /// For one task of the loop that `queue` belongs to.
    #[must_use]
    pub fn new(queue: Rc<RefCell<Queue>>, quantum_us: u64) -> Yielding {
        Yielding { queue, quantum_us, turn_began_us: 0 }
    }
}

impl Policy for Yielding {
    async fn sleep(&mut self, log: &mut Log, us: u64) -> Result<(), Stopped> {
        let deadline_us = log.enter(State::Sleep) + us;
        self.queue.borrow_mut().timers.push(Reverse((deadline_us, log.task)));
        until_next_turn().await;
        let since_us = self.queue.borrow().ready_since_us;
        log.enter_at(State::Ready, since_us);
        self.turn_began_us = log.clock.now();
        log.leave_at(self.turn_began_us);
        Ok(())
    }

    async fn begin(&mut self, log: &mut Log) -> Result<(), Stopped> {
        self.turn_began_us = log.clock.now();
        log.enter_at(State::Run, self.turn_began_us);
        Ok(())
    }

    async fn between_slices(&mut self, log: &mut Log, now_us: u64) -> Result<(), Stopped> {
        if now_us >= self.turn_began_us + self.quantum_us {
            log.enter_at(State::Ready, now_us);
            self.queue.borrow_mut().ready.push_back((log.task, now_us));
            until_next_turn().await;
            self.begin(log).await?;
        }
        Ok(())
    }
}

/// Waits until the loop comes round to this task again.
async fn until_next_turn() {
    let mut waited = false;
    poll_fn(|_| {
        if waited {
            return Poll::Ready(());
        }
        waited = true;
        Poll::Pending
    })
    .await;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asleep(timers: &[(u64, u32)]) -> Queue {
        Queue { timers: timers.iter().copied().map(Reverse).collect(), ..Queue::default() }
    }

    #[test]
    fn a_timer_that_fires_late_prolongs_the_sleep_and_a_busy_loop_does_not() {
        let mut queue = asleep(&[(100, 0), (150, 1), (400, 2)]);
        assert_eq!(queue.next(90), None, "the loop is idle");
        // It wakes late: both sleep until then, and the second then waits for its turn.
        assert_eq!((queue.next(180), queue.ready_since_us), (Some(0), 180));
        assert_eq!((queue.next(300), queue.ready_since_us), (Some(1), 180));
        // The loop was busy with it when the third should have woken.
        assert_eq!((queue.next(500), queue.ready_since_us), (Some(2), 400));
        assert_eq!(queue.next(500), None);
    }

    #[test]
    fn those_that_are_ready_take_turns_in_the_order_in_which_they_became_so() {
        let mut queue = asleep(&[(30, 1)]);
        queue.ready.push_back((0, 10));
        assert_eq!((queue.next(20), queue.ready_since_us), (Some(0), 10));
        queue.ready.push_back((0, 25));
        assert_eq!((queue.next(40), queue.ready_since_us), (Some(0), 25));
        assert_eq!((queue.next(45), queue.ready_since_us), (Some(1), 30));
    }
}
