@ABOUT
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};
use Part::*;

@TASKS

fn main() {
    let run = Run::begin();
    for number in 0..run.tasks.len() {
        do_task(&run, number);
    }
    run.say_all_done();
}

@TASK

@RUN

@COMMON
