//! The explorer finds what enumeration finds, and what arithmetic says.

use interleave_machine::explore::{Cut, Explorer, Kind, Natural, Question, Report};
use interleave_machine::{Event, Fault, Machine, Program, Session, Setup, Sharing, Timer, Watch, library};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

fn machine(text: &str, threads: usize) -> Machine {
    let program = Program::parse(text).unwrap_or_else(|errors| panic!("{text}: {errors:?}"));
    let setup = Setup { threads, ..Setup::of(&program) };
    Machine::new(Rc::new(program), &setup).unwrap()
}

fn asked(machine: &Machine, places: &str, question: Question) -> Report {
    let watch = Watch::parse(places, "", machine.program()).unwrap();
    let mut explorer = Explorer::new(machine, Question { watch, ..question });
    while explorer.advance(100) {}
    explorer.report()
}

fn explored(machine: &Machine, places: &str) -> Report {
    asked(machine, places, Question::default())
}

/// The outcomes as lines: kind, memory, schedules, shortest.
fn lines(report: &Report) -> Vec<String> {
    let line = |outcome: &interleave_machine::explore::Outcome| {
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
    session.replay(&"01111".parse_schedule());
    let report = explored(session.machine(), "count");
    assert_eq!(lines(&report), ["halted [[1]] 1 000"]);
}

trait ParseSchedule {
    fn parse_schedule(&self) -> interleave_machine::Schedule;
}

impl ParseSchedule for str {
    fn parse_schedule(&self) -> interleave_machine::Schedule {
        interleave_machine::Schedule::parse(self, 10).unwrap()
    }
}

#[test]
fn a_run_by_hand_knows_how_many_others_end_like_it() {
    let machine = machine(library::entry("lost-update").unwrap().text, 2);
    let watch = Watch::parse("count", "", machine.program()).unwrap();
    let report = explored(&machine, "count");
    let mut session = Session::new(machine, Timer::default());
    session.replay(&"0100110".parse_schedule());
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

/// Every schedule one by one, up to a length: how often each end with this memory comes, and whether some are longer.
fn enumerated(machine: &Machine, address: u32, most: usize) -> (BTreeMap<(Kind, i32), u64>, bool) {
    let mut ends = BTreeMap::new();
    let mut longer = false;
    let mut machine = machine.clone();
    walk(&mut machine, address, most, &mut ends, &mut longer);
    (ends, longer)
}

fn walk(machine: &mut Machine, address: u32, most: usize, ends: &mut BTreeMap<(Kind, i32), u64>, longer: &mut bool) {
    if machine.is_over() {
        let kind = if machine.has_halted() { Kind::Halted } else { Kind::Faulted };
        *ends.entry((kind, machine.cell(0, address))).or_default() += 1;
    } else if most == 0 {
        *longer = true;
    } else {
        for thread in 0..machine.threads() {
            if let Some(step) = machine.step(thread) {
                walk(machine, address, most - 1, ends, longer);
                machine.undo(&step);
            }
        }
    }
}

fn found(report: &Report) -> BTreeMap<(Kind, i32), u64> {
    let mut found = BTreeMap::new();
    for outcome in &report.outcomes {
        let schedules: u64 = outcome.schedules.as_ref().unwrap().to_string().parse().unwrap();
        *found.entry((outcome.kind, outcome.memory[0][0])).or_default() += schedules;
    }
    found
}

/// Small programs without loops.
fn straight() -> impl Strategy<Value = String> {
    let lines = [
        "mov x, %ax",
        "mov %ax, x",
        "add $1, %ax",
        "test $1, %ax",
        "je .end",
        "push %ax",
        "pop %ax",
        "xchg %ax, x",
        "fetchadd %ax, x",
        "halt",
        "mov $2, x",
        "mov x, %bx",
        "mov $1, -1(%bx)",
        "nop",
    ];
    prop::collection::vec(prop::sample::select(lines.to_vec()), 1..6)
        .prop_map(|lines| format!(".var x\n{}\n.end\nhalt", lines.join("\n")))
}

/// Small programs that may have loops, but have few states.
fn looping() -> impl Strategy<Value = String> {
    let lines = [
        "mov x, %ax",
        "mov %ax, x",
        "mov $1, x",
        "mov $0, x",
        "test $0, %ax",
        "jne .a",
        "je .a",
        "je .end",
        "xchg %ax, x",
        "mov $1, %ax",
        "mov x, %bx",
        "test $0, %bx",
        "jgt .a",
        "jlt .end",
    ];
    prop::collection::vec(prop::sample::select(lines.to_vec()), 1..6)
        .prop_map(|lines| format!(".var x\n.a\n{}\n.end\nhalt", lines.join("\n")))
}

proptest! {
    #[test]
    fn counts_are_those_of_enumeration(text in straight(), threads in 1_usize..3) {
        let machine = machine(&text, threads);
        let (ends, longer) = enumerated(&machine, 100, 14);
        prop_assert!(!longer);
        prop_assert_eq!(found(&explored(&machine, "x")), ends);
    }

    #[test]
    fn reduction_finds_the_same_ends_in_no_more_states(text in straight(), threads in 1_usize..4) {
        let machine = machine(&text, threads);
        let all = explored(&machine, "x");
        let reduced = asked(&machine, "x", Question { counts: false, ..Question::default() });
        prop_assert!(reduced.states <= all.states);
        prop_assert_eq!(ends(&reduced), ends(&all));
    }

    #[test]
    fn reduction_finds_the_same_in_loops(text in looping(), threads in 1_usize..4) {
        let machine = machine(&text, threads);
        let all = explored(&machine, "x");
        let reduced = asked(&machine, "x", Question { counts: false, ..Question::default() });
        let halted = |report| ends(report).into_iter().filter(|(kind, _)| *kind != Kind::Deadlock).collect::<BTreeSet<_>>();
        prop_assert_eq!(halted(&reduced), halted(&all));
        let stuck = |report: &Report| report.outcomes.iter().any(|outcome| outcome.kind == Kind::Deadlock);
        prop_assert_eq!(stuck(&reduced), stuck(&all));
    }

    #[test]
    fn schedules_with_rounds_in_vain_are_counted_up_to_the_bound(text in looping(), rounds in 0_u32..3) {
        let machine = machine(&text, 2);
        let report = asked(&machine, "x", Question { rounds, ..Question::default() });
        prop_assert_eq!(found(&report), counted_by_hand(&machine, 100, rounds));
    }

    #[test]
    fn the_shortest_schedules_lead_where_they_should(text in looping()) {
        let machine = machine(&text, 2);
        let report = explored(&machine, "x");
        for outcome in &report.outcomes {
            let mut session = Session::new(machine.clone(), Timer::default());
            session.replay(&outcome.shortest);
            prop_assert_eq!(session.steps().len(), outcome.shortest.len());
            prop_assert_eq!(session.machine().cell(0, 100), outcome.memory[0][0]);
            prop_assert_eq!(session.machine().has_halted(), outcome.kind == Kind::Halted);
            prop_assert_eq!(session.machine().fault(), outcome.fault);
        }
    }
}

/// Kinds and memories of what is an end, apart from counts.
fn ends(report: &Report) -> BTreeSet<(Kind, i32)> {
    let ends = report.outcomes.iter().filter(|outcome| outcome.kind != Kind::Bound);
    ends.map(|outcome| (outcome.kind, outcome.memory[0][0])).collect()
}

/// All of a machine that matters for what can come.
fn key(machine: &Machine, address: u32) -> String {
    let threads: Vec<_> =
        (0..machine.threads()).map(|thread| (machine.block(thread).status, *machine.context(thread))).collect();
    format!("{threads:?} {}", machine.cell(0, address))
}

/// Counts by the definition: enumerates schedules up to the bound of rounds, where a round is a step back between states that can
/// reach each other.
fn counted_by_hand(machine: &Machine, address: u32, rounds: u32) -> BTreeMap<(Kind, i32), u64> {
    let mut next: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut ended = BTreeSet::new();
    let mut open = vec![machine.clone()];
    while let Some(machine) = open.pop() {
        let name = key(&machine, address);
        if next.contains_key(&name) {
            continue;
        }
        if machine.is_over() {
            ended.insert(name.clone());
        }
        let after: Vec<Machine> = (0..machine.threads())
            .filter_map(|thread| {
                let mut machine = machine.clone();
                machine.step(thread).map(|_| machine)
            })
            .collect();
        next.insert(name, after.iter().map(|machine| key(machine, address)).collect());
        open.extend(after);
    }
    let reach = |from: &String| {
        let (mut seen, mut open) = (BTreeSet::from([from.clone()]), vec![from.clone()]);
        while let Some(state) = open.pop() {
            open.extend(next[&state].iter().filter(|state| seen.insert((*state).clone())).cloned().collect::<Vec<_>>());
        }
        seen
    };
    let reaches: BTreeMap<&String, BTreeSet<String>> = next.keys().map(|state| (state, reach(state))).collect();
    let dead = |state: &String| reaches[state].is_disjoint(&ended);
    let mut counts: BTreeMap<(Kind, i32), u64> = BTreeMap::new();
    let mut layer = vec![(machine.clone(), rounds, 1_u64)];
    // All schedules of one length at a time; equal states are put together.
    while !layer.is_empty() {
        let mut following: BTreeMap<(String, u32), (Machine, u64)> = BTreeMap::new();
        for (machine, left, count) in layer {
            let name = key(&machine, address);
            let kind = match machine.is_over() {
                true if machine.has_halted() => Some(Kind::Halted),
                true => Some(Kind::Faulted),
                false => dead(&name).then_some(Kind::Deadlock),
            };
            if let Some(kind) = kind {
                *counts.entry((kind, machine.cell(0, address))).or_default() += count;
                continue;
            }
            for thread in 0..machine.threads() {
                let mut machine = machine.clone();
                let Some(step) = machine.step(thread) else { continue };
                let after = key(&machine, address);
                let back = step.effect.event == Event::Ran && step.after.pc <= step.before.pc;
                let is_round = back && reaches[&after].contains(&name);
                match left.checked_sub(u32::from(is_round)) {
                    Some(left) => following.entry((after, left)).or_insert((machine, 0)).1 += count,
                    None => *counts.entry((Kind::Bound, machine.cell(0, address))).or_default() += count,
                }
            }
        }
        layer = following.into_iter().map(|((_, left), (machine, count))| (machine, left, count)).collect();
    }
    counts
}
