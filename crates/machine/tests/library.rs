//! The programs that come with the machine do what their first lines say; walks say what is so.

use interleave_machine::library::PROGRAMS;
use interleave_machine::walk::{Lit, WALKS};
use interleave_machine::{Goal, Machine, Schedule, Session, Setup, Timer};
use std::rc::Rc;

#[test]
fn every_program_can_be_read_asks_something_and_ends_as_it_asserts() {
    for entry in PROGRAMS {
        let program = entry.program().unwrap_or_else(|errors| panic!("{}: {errors:?}", entry.slug));
        let directives = &program.directives;
        assert!(!directives.title.is_empty() && directives.question.ends_with('?'), "{}", entry.slug);
        assert!(program.statements.iter().all(|statement| statement.from < statement.to), "{}", entry.slug);
        let setup = Setup::of(&program);
        assert!(!directives.watch.places.is_empty() && !directives.watch.registers.is_empty(), "{}", entry.slug);
        let program = Rc::new(program);
        let machine = Machine::new(program.clone(), &setup).unwrap();
        // One thread after the other, with intervals so long that each is through, unless it waits for another.
        let mut session = Session::new(machine, Timer { interval: 100, seed: None });
        session.advance_by(10_000);
        assert!(session.machine().has_halted(), "{}: {:?}", entry.slug, session.machine().fault());
        assert!(program.assertions.iter().all(|assertion| !assertion.is_violated(session.machine())), "{}", entry.slug);
    }
}

#[test]
fn each_goal_can_be_reached_by_hand() {
    let reached = |slug: &str, schedule: &str| {
        let program = interleave_machine::library::entry(slug).unwrap().program().unwrap();
        let goal = program.directives.goal.clone().unwrap();
        let machine = Machine::new(Rc::new(program.clone()), &Setup::of(&program)).unwrap();
        let mut session = Session::new(machine, Timer::default());
        session.replay(&Schedule::parse(schedule, 2).unwrap());
        goal.is_reached(&session)
    };
    assert!(reached("lost-update", "00100111"));
    assert!(!reached("lost-update", "0010011"));
    assert!(!reached("lost-update", "00001111"));
    assert!(reached("broken-flag", "00010111"));
    // Once violated it stays reached, whatever comes.
    assert!(reached("broken-flag", "0001011100"));
    assert!(!reached("broken-flag", "0001011"));
    assert!(reached("two-locks", "0011"));
    assert!(!reached("two-locks", "001"));
    let goals = PROGRAMS.iter().filter_map(|entry| entry.program().unwrap().directives.goal);
    assert!(goals.clone().any(|goal| goal == Goal::Deadlock) && goals.count() == 3);
}

#[test]
fn walks_take_steps_that_there_are_and_light_up_what_there_is() {
    for walk in WALKS {
        assert!(walk.stops.len() <= 8, "{}", walk.slug);
        let mut steps = 0;
        for (place, stop) in walk.stops.iter().enumerate() {
            let session = walk.at(place).unwrap();
            steps += stop.schedule.len();
            assert_eq!(session.steps().len(), steps, "{} {place}", walk.slug);
            let sentence = stop.sentence(&session);
            assert!(!sentence.contains(['?', '{', '}']), "{sentence}");
            assert!(!stop.lit.is_empty());
            for lit in stop.lit {
                match *lit {
                    Lit::Registers => {}
                    Lit::Register(thread, _) | Lit::Counter(thread) | Lit::Block(thread) | Lit::Stack(thread) => {
                        assert!(thread < session.machine().threads());
                    }
                    Lit::Frame(thread, frame) => assert!(frame < session.frames(thread).len()),
                    Lit::Place(name) => assert!(session.machine().program().variable(name).is_some()),
                }
            }
        }
    }
}

#[test]
fn walks_say_what_is_so() {
    let said: Vec<String> = WALKS
        .iter()
        .flat_map(|walk| walk.stops.iter().enumerate().map(|(place, stop)| stop.sentence(&walk.at(place).unwrap())))
        .collect();
    for part in [
        "next: the one at 1000",
        "to ax: 0. The program counter has gone on to 1001",
        "ax is 1 now, and count in memory is still 0",
        "with 1 for ax",
        "so ax is 0",
        "its 1 in ax, and has stored it. count is 1",
        "sp is 128000",
        "come back to, 1001",
        "on top of it: 3. The stack grows down: sp is 127992",
        "with n = 2. This call has a frame of its own. With that of .main, there are 3",
        "n is 0, so there are no more calls. This is as deep as the stack gets: 8 values",
        "go on at from it: 1008",
        "its sp is 126996, and that of thread 0 is 127976",
        "room for 250 values",
    ] {
        assert!(said.iter().any(|sentence| sentence.contains(part)), "{part} is not in {said:#?}");
    }
    let answers: Vec<_> = WALKS.iter().map(|walk| walk.answer().unwrap()).collect();
    assert_eq!(answers, [1, 4]);
}
