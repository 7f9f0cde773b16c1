@ABOUT
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};
use Part::*;

@TASKS

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

@TASK

@RUN

@COMMON
