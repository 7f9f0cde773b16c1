@ABOUT
use std::env;
use std::hint::black_box;
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use Part::*;

@TASKS

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() > 1 {
        return child(&args);
    }
    let run = Run::begin();
    let mut processes = Vec::new();
    for number in 0..run.tasks.len() {
        processes.push(start_process(&run, number));
    }
    for mut process in processes {
        process.wait().unwrap();
    }
    run.say_all_done();
}

/// Starts this program again, to do one task.
fn start_process(run: &Run, number: usize) -> Child {
    let start_us = run.start.duration_since(UNIX_EPOCH).unwrap().as_micros();
    Command::new(env::current_exe().unwrap())
        .args([number.to_string(), run.speed.to_string(), start_us.to_string()])
        .spawn()
        .unwrap()
}

/// What a process does. It has its own memory, so everything it needs is passed to it.
fn child(args: &[String]) {
    let number = args[1].parse().unwrap();
    let speed = args[2].parse().unwrap();
    let start = UNIX_EPOCH + Duration::from_micros(args[3].parse().unwrap());
    do_task(&Run { tasks: tasks(), speed, start }, number);
}

@TASK

@RUN

@COMMON
