//! How fast the machine is: instructions per second without a record, and how long explorations take.
//! `cargo run --release -p interleave-machine --example speed`

use interleave_machine::explore::{Explorer, Question};
use interleave_machine::{Machine, Program, Scheduler, Setup, Timer, library, run};
use std::rc::Rc;
use std::time::Instant;

const LOOP: &str =
    "mov $0, %cx\n.a\nmov 2000, %ax\nadd $1, %ax\nmov %ax, 2000\nsub $1, %bx\ntest %cx, %bx\njne .a\nhalt";

fn machine(text: &str, threads: usize) -> Machine {
    let program = Program::parse(text).expect("a program");
    let said = Setup::of(&program);
    // The library's registers are for two threads.
    let arguments = if threads == said.threads { said.arguments } else { Vec::new() };
    Machine::new(Rc::new(program), &Setup { threads, arguments, ..said }).expect("a machine")
}

fn main() {
    for interval in [50, 1_000_000] {
        let mut best = 0.0_f64;
        for _ in 0..5 {
            let mut machine = machine(LOOP, 2);
            let mut scheduler = Scheduler::new(Timer { interval, seed: None }, &machine);
            let began = Instant::now();
            let done = run(&mut machine, &mut scheduler, 100_000_000);
            best = best.max(done as f64 / began.elapsed().as_secs_f64());
        }
        println!("interval {interval}: {:.0} million instructions per second", best / 1e6);
    }
    let nops = |steps: usize| format!("{}halt", "nop\n".repeat(steps - 1));
    let text = |slug: &str| library::entry(slug).expect("a program").text.to_owned();
    let cases = [
        ("2 threads of 10 steps", nops(10), 2),
        ("3 threads of 10 steps", nops(10), 3),
        ("test-and-set, 3 threads", text("test-and-set"), 3),
        ("test-and-test-and-set, 3 threads", text("test-and-test-and-set"), 3),
        ("ticket, 3 threads", text("ticket"), 3),
        ("test-and-set, 4 threads", text("test-and-set"), 4),
        ("peterson, 2 threads", text("peterson"), 2),
        ("producer-consumer, 2 threads", text("producer-consumer"), 2),
    ];
    for (name, text, threads) in cases {
        for counts in [true, false] {
            let machine = machine(&text, threads);
            let began = Instant::now();
            let mut explorer = Explorer::new(&machine, Question { counts, ..Question::default() });
            while explorer.advance(1000) {}
            let report = explorer.report();
            let took = began.elapsed().as_secs_f64() * 1e3;
            let schedules = report.schedules().map_or("not counted".into(), |number| number.to_string());
            println!("{name}: {} states, {schedules}, {took:.2} ms", report.states);
        }
    }
}
