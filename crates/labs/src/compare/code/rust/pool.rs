@ABOUT
use std::hint::black_box;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};
use Part::*;

@TASKS

const WORKERS: usize = @POOL;

fn main() {
    let run = &Run::begin();
    let queue = &Mutex::new(0..run.tasks.len());
    // The scope ends when all its threads have ended.
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(move || loop {
                let next = queue.lock().unwrap().next(); // the queue is unlocked after this line
                match next {
                    Some(number) => do_task(run, number),
                    None => break,
                }
            });
        }
    });
    run.say_all_done();
}

@TASK

@RUN

@COMMON
