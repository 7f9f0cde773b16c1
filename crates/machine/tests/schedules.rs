//! Turns, schedules, steps back, context switches, stacks.

use interleave_machine::{Machine, Program, Register, Schedule, Scheduler, Session, Setup, Timer, library, run};
use proptest::prelude::*;
use std::rc::Rc;

fn machine(text: &str, threads: usize) -> Machine {
    let program = Program::parse(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let setup = Setup { threads, ..Setup::of(&program) };
    Machine::new(Rc::new(program), &setup).unwrap()
}

fn schedule(text: &str, threads: usize, timer: Timer) -> String {
    let mut session = Session::new(machine(text, threads), timer);
    session.advance_by(1000);
    session.schedule().to_string()
}

const FOUR: &str = "nop\nnop\nnop\nhalt";

#[test]
fn turns_end_by_the_timer_by_yield_and_by_halt() {
    let every = |interval| Timer { interval, seed: None };
    assert_eq!(schedule(FOUR, 2, every(50)), "00001111");
    assert_eq!(schedule(FOUR, 2, every(3)), "00011101");
    assert_eq!(schedule(FOUR, 2, every(1)), "01010101");
    // The timer goes on when a thread halts: thread 1 has but two instructions left of the six.
    assert_eq!(schedule(FOUR, 3, every(6)), "000011222211");
    // A halt on the timer's last instruction ends two turns, as in the book's simulator.
    assert_eq!(schedule(FOUR, 3, every(4)), "000022221111");
    assert_eq!(schedule("nop\nyield\nnop\nhalt", 2, every(50)), "00110011");
    // yield sets the timer anew.
    assert_eq!(schedule("yield\nnop\nnop\nhalt", 2, every(3)), "01000111");
}

#[test]
fn random_intervals_are_those_of_pythons_generator() {
    // [int(random.random() * 3) + 1 for _ in range(6)] after random.seed(0) is 3, 3, 2, 1, 2, 2.
    assert_eq!(schedule(&format!("{FOUR}\nhalt"), 2, Timer { interval: 3, seed: Some(0) }), "00011101");
    assert_eq!(schedule("nop\nnop\nnop\nnop\nnop\nhalt", 2, Timer { interval: 3, seed: Some(0) }), "000111001011");
    let other = schedule("nop\nnop\nnop\nnop\nnop\nhalt", 2, Timer { interval: 3, seed: Some(1) });
    assert_ne!(other, "000111001011");
}

#[test]
fn a_switch_saves_and_restores_all_that_the_cpu_holds() {
    let mut machine = machine("mov $7, %ax\ntest $7, %ax\nhalt", 2);
    let start = machine.block(0).saved;
    machine.step(0).unwrap();
    machine.step(0).unwrap();
    assert_eq!(machine.block(0).saved, start, "while it runs, its control block is old");
    let context = *machine.context(0);
    assert_eq!(context[Register::Ax], 7);
    let step = machine.step(1).unwrap();
    let switch = step.switch.unwrap();
    assert_eq!(
        (switch.from, switch.saved, switch.was, switch.overwritten, switch.copies()),
        (0, true, context, start, 20)
    );
    assert_eq!((machine.block(0).saved, machine.running()), (context, 1));
    assert_eq!((step.before[Register::Ax], step.before.compared), (0, None));
    machine.step(1).unwrap();
    machine.step(1).unwrap();
    // A thread that is over needs nothing saved.
    assert_eq!(machine.step(0).unwrap().switch.unwrap().copies(), 10);
}

#[test]
fn frames_are_named_by_their_functions_and_know_what_wrote_them() {
    let mut session = Session::new(machine(library::entry("recursion").unwrap().text, 2), Timer::default());
    // call .sum, push, test, je, sub, call .sum, push
    session.advance_by(7);
    let frames = session.frames(0);
    let shown: Vec<_> = frames
        .iter()
        .map(|frame| {
            let slots: Vec<_> =
                frame.slots.iter().map(|slot| (slot.value, slot.is_return, slot.written.unwrap())).collect();
            (frame.function.as_str(), slots)
        })
        .collect();
    assert_eq!(
        shown,
        [
            (".sum", vec![(2, false, 6), (1008, true, 5)]),
            (".sum", vec![(3, false, 1), (1001, true, 0)]),
            (".main", vec![]),
        ]
    );
    assert_eq!(frames[0].slots[0].address, 127_984);
    assert_eq!(session.frames(1), [interleave_machine::Frame { function: ".main".into(), slots: vec![] }]);
    while session.back().is_some() {}
    assert_eq!(session.frames(0).len(), 1);
    assert_eq!(session.frames(0)[0].function, ".main");
}

#[test]
fn who_wrote_last_is_known() {
    let mut session = Session::new(machine(library::entry("lost-update").unwrap().text, 2), Timer::default());
    session.replay(&Schedule::parse("000111", 2).unwrap());
    assert_eq!(session.last_write(0, 100), Some(5));
    session.back();
    assert_eq!(session.last_write(0, 100), Some(2));
    assert_eq!(session.last_write(0, 104), None);
}

#[test]
fn one_can_run_to_the_next_switch() {
    let mut session = Session::new(machine(FOUR, 2), Timer { interval: 3, seed: None });
    assert_eq!((session.advance_to_switch(100), session.turn().unwrap().thread), (3, 1));
    assert_eq!((session.advance_to_switch(2), session.turn().unwrap().left), (2, 1));
    session.advance_by(100);
    assert!(session.turn().is_none());
    assert_eq!(session.switches().collect::<Vec<_>>(), [3, 6, 7]);
}

#[test]
fn a_run_can_begin_in_the_middle() {
    let mut first = Session::new(machine(FOUR, 3), Timer::default());
    first.replay(&Schedule::parse("00001", 3).unwrap());
    // Thread 0 is over, and thread 1 has the CPU.
    let mut second = Session::new(first.machine().clone(), Timer { interval: 2, seed: None });
    second.advance_by(100);
    assert_eq!(second.schedule().to_string(), "1122122");
    first.replay(&Schedule::parse("111", 3).unwrap());
    let mut third = Session::new(first.machine().clone(), Timer::default());
    third.advance_by(100);
    assert_eq!(third.schedule().to_string(), "2222");
}

#[test]
fn a_schedule_names_threads_that_there_are() {
    assert_eq!(Schedule::parse("0011", 2).unwrap().to_string(), "0011");
    let wrong = Schedule::parse("0121", 2).unwrap_err().to_string();
    assert_eq!(wrong, "at place 3 of the schedule, “2” is no thread: there are 0 to 1");
    assert!(Schedule::parse("0x", 2).is_err());
}

/// All that a machine shows of itself.
fn state(machine: &Machine) -> String {
    let blocks: Vec<_> =
        (0..machine.threads()).map(|thread| (machine.block(thread), machine.context(thread))).collect();
    format!("{:?} {:?} {}", blocks, machine.memory(), machine.running())
}

fn programs() -> impl Strategy<Value = String> {
    let lines = [
        "mov $3, %ax",
        "mov x, %ax",
        "mov %ax, x",
        "add $1, %ax",
        "sub $1, %bx",
        "test $0, %bx",
        "jgt .a",
        "je .b",
        "call .b",
        "ret",
        "push %ax",
        "pop %bx",
        "xchg %ax, x",
        "fetchadd %bx, x",
        "yield",
        "halt",
        "mov $1, 5000(%ax)",
    ];
    prop::collection::vec(prop::sample::select(lines.to_vec()), 1..14).prop_map(|mut lines| {
        lines.insert(lines.len() / 2, ".b");
        format!(".var x\n.a\n{}", lines.join("\n"))
    })
}

proptest! {
    #[test]
    fn any_schedule_replays_to_the_same_end(text in programs(), turns in prop::collection::vec(0_usize..3, 0..60)) {
        let start = machine(&text, 3);
        let mut session = Session::new(start.clone(), Timer::default());
        session.replay(&turns.iter().copied().collect());
        let said = session.schedule().to_string();
        let mut again = Session::new(start, Timer { interval: 2, seed: Some(9) });
        again.replay(&Schedule::parse(&said, 3).unwrap());
        prop_assert_eq!(state(session.machine()), state(again.machine()));
        prop_assert_eq!(said, again.schedule().to_string());
    }

    #[test]
    fn every_step_can_be_taken_back(text in programs(), turns in prop::collection::vec(0_usize..4, 0..60), seed in 0_u64..9) {
        let mut session = Session::new(machine(&text, 3), Timer { interval: 4, seed: Some(seed) });
        let mut states = vec![(state(session.machine()), session.turn(), session.frames(0))];
        for turn in turns {
            // A choice of somebody's, or the scheduler's.
            let _ = if turn < 3 { session.choose(turn) } else { session.advance() };
            if states.len() <= session.steps().len() {
                states.push((state(session.machine()), session.turn(), session.frames(0)));
            }
        }
        while let Some(then) = states.pop() {
            prop_assert_eq!(&(state(session.machine()), session.turn(), session.frames(0)), &then);
            prop_assert_eq!(session.back().is_some(), !states.is_empty());
        }
    }

    #[test]
    fn running_without_a_record_is_the_same(text in programs(), interval in 1_u32..6, seed in prop::option::of(0_u64..9), most in 0_u64..80) {
        let timer = Timer { interval, seed };
        let mut session = Session::new(machine(&text, 3), timer);
        session.advance_by(most as usize);
        let mut bare = machine(&text, 3);
        let mut scheduler = Scheduler::new(timer, &bare);
        let done = run(&mut bare, &mut scheduler, most);
        prop_assert_eq!(done, session.steps().len() as u64);
        prop_assert_eq!(state(&bare), state(session.machine()));
    }
}
