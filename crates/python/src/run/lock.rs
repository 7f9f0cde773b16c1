//! Locks of programs.

use super::thread::Thread;
use super::timeline::State;
use crate::guarded::Guarded;
use crate::raised::{Raised, runtime_error};
use crate::vm::Vm;
use std::collections::VecDeque;
use std::sync::Arc;

/// A lock, maybe a reentrant one.
#[derive(Debug)]
pub struct Lock {
    /// What it is called where waiting for it is shown.
    what: Guarded<String>,
    reentrant: bool,
    state: Guarded<LockState>,
}

#[derive(Debug, Default)]
struct LockState {
    /// The thread that has it.
    holder: Option<u32>,
    /// How often that thread took it.
    depth: u32,
    waiting: VecDeque<Arc<Thread>>,
}

impl Lock {
    /// A lock that nobody has.
    pub fn new(what: &str, reentrant: bool) -> Lock {
        Lock { what: Guarded::new(what.to_owned()), reentrant, state: Guarded::default() }
    }

    /// What it is called where waiting for it is shown.
    pub fn set_what(&self, what: &str) {
        what.clone_into(&mut self.what.lock());
    }

    /// Takes the lock, or else queues: in front if the thread has been woken for it before.
    fn try_take(&self, thread: &Arc<Thread>, first: bool) -> bool {
        let mut state = self.state.lock();
        match state.holder {
            None => {
                state.holder = Some(thread.id);
                state.depth = 1;
                state.waiting.retain(|other| other.id != thread.id);
                true
            }
            Some(holder) if self.reentrant && holder == thread.id => {
                state.depth += 1;
                true
            }
            Some(_) => {
                if !state.waiting.iter().any(|other| other.id == thread.id) {
                    if first {
                        state.waiting.push_front(thread.clone())
                    } else {
                        state.waiting.push_back(thread.clone())
                    }
                }
                false
            }
        }
    }

    fn forget(&self, thread: &Thread) {
        self.state.lock().waiting.retain(|other| other.id != thread.id);
    }

    /// Takes the lock, waiting until `until_us` at most: whether it has it.
    pub fn acquire(&self, vm: &mut Vm, blocking: bool, until_us: Option<u64>) -> Result<bool, Raised> {
        let thread = vm.thread.clone();
        if self.try_take(&thread, false) {
            return Ok(true);
        }
        if !blocking {
            self.forget(&thread);
            return Ok(false);
        }
        let holder = self.state.lock().holder;
        let is_plain = self.what.lock().ends_with("ock");
        let state = State::Waiting { what: self.what.lock().clone(), holder: holder.filter(|_| is_plain) };
        let taken = vm.wait(state, until_us, || self.try_take(&thread, true).then_some(()));
        if !matches!(taken, Ok(Some(()))) {
            self.forget(&thread);
        }
        Ok(taken?.is_some())
    }

    /// Gives the lock back.
    pub fn release(&self, thread: &Thread) -> Result<(), Raised> {
        let mut state = self.state.lock();
        match state.holder {
            None if self.reentrant => return Err(runtime_error("cannot release un-acquired lock")),
            None => return Err(runtime_error("release unlocked lock")),
            Some(holder) if self.reentrant && holder != thread.id => {
                return Err(runtime_error("cannot release un-acquired lock"));
            }
            Some(_) => {}
        }
        state.depth -= 1;
        if state.depth > 0 {
            return Ok(());
        }
        state.holder = None;
        let next = state.waiting.pop_front();
        drop(state);
        if let Some(next) = next {
            next.wake();
        }
        Ok(())
    }

    /// Gives a reentrant lock back however often it was taken: how often that was.
    pub fn release_all(&self, thread: &Thread) -> Result<u32, Raised> {
        let depth = self.state.lock().depth;
        for _ in 0..depth {
            self.release(thread)?;
        }
        Ok(depth)
    }

    /// Whether a thread has it.
    pub fn is_locked(&self) -> bool {
        self.state.lock().holder.is_some()
    }

    /// Whether this thread has it.
    pub fn is_held_by(&self, thread: &Thread) -> bool {
        self.state.lock().holder == Some(thread.id)
    }

    /// The thread that has it, and how often it took it.
    pub fn held(&self) -> (Option<u32>, u32) {
        let state = self.state.lock();
        (state.holder, state.depth)
    }
}
