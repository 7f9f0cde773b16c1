//! The teaching CPU: how fast it is, and how long every interleaving takes.

use crate::{Scale, Series, timed_us};
use interleave_machine::explore::{Explorer, Question};
use interleave_machine::{Machine, Program, Scheduler, Setup, Timer, library, run};
use interleave_threads::{Error, unblock};
use std::hint::black_box;
use std::rc::Rc;

/// A loop that loads, adds, stores, counts and jumps.
const LOOP: &str =
    "mov $0, %cx\n.a\nmov 2000, %ax\nadd $1, %ax\nmov %ax, 2000\nsub $1, %bx\ntest %cx, %bx\njne .a\nhalt";
const INSTRUCTIONS: u64 = 10_000_000;

/// Two or more threads of a program, or nothing where that cannot be.
fn machine(text: &str, threads: usize) -> Option<Machine> {
    let program = Program::parse(text).ok()?;
    Machine::new(Rc::new(program), &Setup { threads, ..Setup::default() }).ok()
}

/// Millions of instructions a second, by two threads that take turns of 50, without a record.
pub async fn instructions(scale: Scale) -> Result<Vec<Series>, Error> {
    let samples = unblock(move || {
        let sample = |_| {
            let mut machine = machine(LOOP, 2)?;
            let mut scheduler = Scheduler::new(Timer::default(), &machine);
            let us = timed_us(|| {
                black_box(run(&mut machine, &mut scheduler, INSTRUCTIONS));
            });
            Some(INSTRUCTIONS as f64 / us)
        };
        // The first two are for the compilers.
        (0..scale.of(8) + 2).filter_map(sample).skip(2).collect()
    });
    Ok(vec![Series::new("instructions", samples.await?)])
}

/// Milliseconds to find everything that any schedule leads to, with exact counts.
pub async fn interleavings(scale: Scale) -> Result<Vec<Series>, Error> {
    let of_library = |slug: &str| library::entry(slug).map_or("", |entry| entry.text).to_owned();
    let cases = [
        ("2 threads of 10 steps", "nop\n".repeat(9) + "halt", 2),
        ("3 threads, test-and-set", of_library("test-and-set"), 3),
        ("3 threads, ticket", of_library("ticket"), 3),
    ];
    let mut series = Vec::new();
    for (name, text, threads) in cases {
        let samples = unblock(move || {
            let sample = |_| {
                let machine = machine(&text, threads)?;
                Some(timed_us(|| drop(black_box(explored(&machine)))) / 1000.0)
            };
            (0..=scale.of(8)).filter_map(sample).skip(1).collect()
        });
        series.push(Series::new(name, samples.await?));
    }
    Ok(series)
}

fn explored(machine: &Machine) -> interleave_machine::explore::Report {
    let mut explorer = Explorer::new(machine, Question::default());
    while explorer.advance(1000) {}
    explorer.report()
}
