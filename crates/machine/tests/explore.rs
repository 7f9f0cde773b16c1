//! The explorer finds what arithmetic says, and what is known of the library's programs.

mod exploring;

use exploring::{asked, explored, machine};
use interleave_machine::explore::{Cut, Explorer, Kind, Natural, Outcome, Question, Report};
use interleave_machine::{Fault, Machine, Schedule, Session, Setup, Sharing, Timer, Watch, library};
use std::rc::Rc;

/// The outcomes as lines: kind, memory, schedules, shortest.
fn lines(report: &Report) -> Vec<String> {
    let line = |outcome: &Outcome| {
        let schedules = outcome.schedules.as_ref().map_or("-".into(), Natural::to_string);
        format!("{} {:?} {schedules} {}", outcome.kind.slug(), outcome.memory, outcome.shortest)
    };
    report.outcomes.iter().map(line).collect()
}

#[test]
fn a_lost_update_is_found_with_its_exact_share() {
    let report = explored(&machine(library::entry("lost-update").unwrap().text, 2), "count");
    assert_eq!(lines(&report), ["halted [[2]] 10 00001111", "halted [[1]] 60 00100111"]);
    assert_eq!((report.schedules().unwrap().to_string(), report.rounds, report.cut), ("70".into(), None, None));
    assert_eq!(report.outcomes[1].violated, [0]);
    assert_eq!((report.violations.len(), report.violations[0].shortest.to_string()), (1, "00100111".into()));
}

#[test]
fn independent_steps_have_as_many_schedules_as_arithmetic_says() {
    // C(2n, n) with n steps each; n includes halt.
    let of = |steps: usize, threads: usize| {
        let report = explored(&machine(&format!("{}halt", "nop\n".repeat(steps - 1)), threads), "");
        assert_eq!((report.outcomes.len(), report.states), (1, (steps + 1).pow(threads as u32)));
        report.schedules().unwrap().to_string()
    };
    assert_eq!(of(10, 2), "184756");
    assert_eq!(of(100, 2), "90548514656103281165404177077484163874504589675413336841320");
    assert_eq!(of(6, 3), (factorial(18) / factorial(6).pow(3)).to_string());
    assert_eq!(of(3, 4), (factorial(12) / factorial(3).pow(4)).to_string());
}

fn factorial(number: u128) -> u128 {
    (1..=number).product()
}

#[test]
fn locks_lose_nothing_and_keep_threads_apart() {
    for slug in ["test-and-set", "test-and-test-and-set", "ticket", "peterson"] {
        let report = explored(&machine(library::entry(slug).unwrap().text, 2), "count");
        assert_eq!((report.violations.len(), report.cut), (0, None), "{slug}");
        let ends: Vec<_> = report.outcomes.iter().filter(|outcome| outcome.kind != Kind::Bound).collect();
        assert_eq!((ends.len(), ends[0].kind, &ends[0].memory), (1, Kind::Halted, &vec![vec![2]]), "{slug}");
        assert_eq!(report.rounds, Some(2), "{slug}");
    }
}

#[test]
fn the_broken_flag_lets_two_in_and_the_shortest_way_there_shows_it() {
    let machine = machine(library::entry("broken-flag").unwrap().text, 2);
    let report = explored(&machine, "count");
    let assertions = &machine.program().assertions;
    let violated: Vec<_> =
        report.violations.iter().map(|violation| assertions[violation.assertion].to_string()).collect();
    assert_eq!(violated, ["alone .critical .release", "end count == 2"]);
    for violation in &report.violations {
        let mut session = Session::new(machine.clone(), Timer::default());
        session.replay(&violation.shortest);
        assert!(assertions[violation.assertion].is_violated(session.machine()));
        session.back();
        assert!(!assertions[violation.assertion].is_violated(session.machine()));
    }
    // Four instructions of each to come into the critical section.
    assert_eq!(report.violations[0].shortest.len(), 8);
}

#[test]
fn two_locks_in_two_orders_can_deadlock_and_in_one_order_cannot() {
    let text = library::entry("two-locks").unwrap().text;
    let report = explored(&machine(text, 2), "left,right");
    let deadlock = report.outcomes.iter().find(|outcome| outcome.kind == Kind::Deadlock).unwrap();
    assert_eq!((&deadlock.memory, deadlock.shortest.to_string()), (&vec![vec![1, 1]], "0011".into()));
    let mended = text.replace("ax=100:bx=104,ax=104:bx=100", "ax=100:bx=104,ax=100:bx=104");
    let report = explored(&machine(&mended, 2), "left,right");
    assert!(report.outcomes.iter().all(|outcome| outcome.kind != Kind::Deadlock));
}

#[test]
fn a_thread_that_waits_for_nobody_waits_for_ever() {
    let report = explored(&machine(".var x\n.a\nmov x, %ax\ntest $1, %ax\njne .a\nhalt", 1), "x");
    assert_eq!(lines(&report), ["deadlock [[0]] 1 "]);
}

#[test]
fn faults_are_outcomes() {
    let report = explored(&machine(".var x\nmov x, %ax\nmov $1, x\nmov $1, -1(%ax)\nhalt", 2), "x");
    let faults: Vec<_> = report.outcomes.iter().map(|outcome| (outcome.kind, outcome.fault)).collect();
    // Whoever loads x before it is 1 uses address -1.
    assert_eq!(faults, [(Kind::Faulted, Some((0, Fault::Wild(-1))))]);
}

#[test]
fn processes_lose_nothing_and_have_one_outcome() {
    let program = Rc::new(library::entry("lost-update").unwrap().program().unwrap());
    let setup = Setup { sharing: Sharing::Nothing, ..Setup::default() };
    let report = explored(&Machine::new(program, &setup).unwrap(), "count");
    let memories: Vec<_> = report.outcomes.iter().map(|outcome| outcome.memory.clone()).collect();
    assert_eq!(memories, [[[1], [1]]]);
    assert_eq!(report.schedules().unwrap().to_string(), "70");
}

#[test]
fn loops_that_end_need_no_bound() {
    let report = explored(&machine("mov $3, %bx\n.a\nsub $1, %bx\ntest $0, %bx\njgt .a\nhalt", 2), "");
    // 11 steps each.
    assert_eq!((report.rounds, report.schedules().unwrap().to_string()), (None, "705432".into()));
}

#[test]
fn a_search_can_begin_in_the_middle_of_a_run() {
    let mut session = Session::new(machine(library::entry("lost-update").unwrap().text, 2), Timer::default());
    // Thread 0 has loaded 0 and stored nothing; thread 1 is through.
    session.replay(&schedule("01111"));
    let report = explored(session.machine(), "count");
    assert_eq!(lines(&report), ["halted [[1]] 1 000"]);
}

fn schedule(text: &str) -> Schedule {
    Schedule::parse(text, 10).unwrap()
}

#[test]
fn a_run_by_hand_knows_how_many_others_end_like_it() {
    let machine = machine(library::entry("lost-update").unwrap().text, 2);
    let watch = Watch::parse("count", "", machine.program()).unwrap();
    let report = explored(&machine, "count");
    let mut session = Session::new(machine, Timer::default());
    session.replay(&schedule("0100110"));
    assert_eq!(report.outcome_of(&session, &watch), None);
    session.choose(1);
    assert_eq!(report.outcome_of(&session, &watch).unwrap().schedules.as_ref().unwrap().to_string(), "60");
}

#[test]
fn limits_stop_a_search_with_what_was_found() {
    let machine = machine(library::entry("peterson").unwrap().text, 2);
    let whole = explored(&machine, "count");
    let report = asked(&machine, "count", Question { states: 100, ..Question::default() });
    assert_eq!(report.cut, Some(Cut::States));
    assert!((100..110).contains(&report.states));
    assert!(report.outcomes.iter().all(|outcome| outcome.kind == Kind::Bound));
    let report = asked(&machine, "count", Question { depth: 5, ..Question::default() });
    assert_eq!((report.cut, report.schedules().unwrap().to_string()), (Some(Cut::Depth), "32".into()));
    let mut explorer = Explorer::new(&machine, Question::default());
    assert!(explorer.advance(10));
    assert_eq!(explorer.report().cut, Some(Cut::Early));
    while explorer.advance(1) {}
    assert_eq!((explorer.report().states, explorer.report().edges), (whole.states, whole.edges));
}

#[test]
fn the_graph_has_each_state_once_and_each_step() {
    let machine = machine(library::entry("lost-update").unwrap().text, 2);
    let watch = Watch::parse("count", "", machine.program()).unwrap();
    let mut explorer = Explorer::new(&machine, Question { watch, ..Question::default() });
    while explorer.advance(100) {}
    assert!(explorer.graph(10).is_none());
    let graph = explorer.graph(100).unwrap();
    assert_eq!((graph.nodes.len(), graph.edges.len()), (explorer.report().states, explorer.report().edges));
    assert_eq!((graph.nodes[0].depth, &graph.nodes[0].pcs, graph.nodes[0].kind), (0, &vec![1000, 1000], None));
    let ends = graph.nodes.iter().filter(|node| node.kind.is_some());
    assert!(ends.clone().all(|node| node.depth == 8 && node.kind == Some(Kind::Halted)));
    // By count and by both threads' ax.
    assert_eq!(ends.count(), 3);
}
