//! The explorer finds what enumeration finds.

mod exploring;

use exploring::{asked, explored, machine};
use interleave_machine::explore::{Kind, Question, Report};
use interleave_machine::{Event, Machine, Session, Timer};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

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
