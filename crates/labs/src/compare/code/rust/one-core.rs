@ABOUT
use std::hint::black_box;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use Part::*;

@TASKS

/// How long a task may compute before it must give up the core, in milliseconds.
const QUANTUM: f64 = @QUANTUM;

fn main() {
    let run = &Run::begin();
    // The scope ends when all its threads have ended.
    thread::scope(|scope| {
        for number in 0..run.tasks.len() {
            scope.spawn(move || do_task(run, number));
        }
    });
    run.say_all_done();
}

fn compute_in_turns(iterations: u64, turn: u64) {
    let mut left = iterations;
    while left > 0 {
        CORE.lock();
        compute(turn.min(left));
        CORE.unlock();
        left = left.saturating_sub(turn);
    }
}

/// Only the thread that holds it computes.
static CORE: FairLock = FairLock { line: Mutex::new(Line { tickets: 0, serving: 0 }), moved: Condvar::new() };

/// A lock that goes to the thread that has waited longest; a Mutex does not promise that.
struct FairLock {
    line: Mutex<Line>,
    moved: Condvar,
}

/// As in a shop: each thread takes a ticket and waits until its number is served.
struct Line {
    tickets: u64,
    serving: u64,
}

impl FairLock {
    fn lock(&self) {
        let mut line = self.line.lock().unwrap();
        let mine = line.tickets;
        line.tickets += 1;
        while line.serving != mine {
            line = self.moved.wait(line).unwrap();
        }
    }

    fn unlock(&self) {
        self.line.lock().unwrap().serving += 1;
        self.moved.notify_all();
    }
}

@TASK

@RUN

@COMMON
