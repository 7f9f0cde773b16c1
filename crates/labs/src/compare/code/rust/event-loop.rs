@ABOUT
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};
use Part::*;

@TASKS

/// How long a task may compute before the others get a turn, in milliseconds.
const QUANTUM: f64 = @QUANTUM;

fn main() {
    let run = Run::begin();
    // What to do, and when: the earliest is next, and of two for the same time the one added first.
    let mut queue = BinaryHeap::new();
    let mut came = 0;
    let mut tasks: Vec<Task> = (0..run.tasks.len()).map(|number| Task::begin(&run, number)).collect();
    for number in 0..tasks.len() {
        queue.push(Reverse((Instant::now(), came, number)));
        came += 1;
    }
    while let Some(Reverse((when, _, number))) = queue.pop() {
        thread::sleep(when.saturating_duration_since(Instant::now()));
        if let Some(when) = tasks[number].step(&run) {
            queue.push(Reverse((when, came, number)));
            came += 1;
        }
    }
    run.say_all_done();
}

/// An unfinished task.
struct Task {
    number: usize,
    parts: &'static [Part], // not started yet
    iterations: u64,        // left of the current part
}

impl Task {
    fn begin(run: &Run, number: usize) -> Task {
        run.say(&format!("task {number} starts"));
        Task { number, parts: run.tasks[number], iterations: 0 }
    }

    /// Runs the task for a short while and returns when to resume it: never, if it is done.
    fn step(&mut self, run: &Run) -> Option<Instant> {
        if self.iterations > 0 {
            let turn = self.iterations.min(run.iterations(QUANTUM));
            compute(turn);
            self.iterations -= turn;
            return Some(Instant::now());
        }
        let Some((&part, rest)) = self.parts.split_first() else {
            run.say(&format!("task {} ends", self.number));
            return None;
        };
        self.parts = rest;
        match part {
            Sleep(ms) => return Some(Instant::now() + Duration::from_secs_f64(ms / 1e3)),
            Compute(ms) => self.iterations = run.iterations(ms),
            Crash => panic!("task {} crashes", self.number),
        }
        Some(Instant::now())
    }
}

@RUN

@COMMON
