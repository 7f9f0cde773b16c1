use super::*;
use crate::plan::{Part, Plan, Task};
use proptest::prelude::*;

fn corrected(query: &str) -> (Args, String) {
    let (args, notices) = Args::from_query(query);
    assert_eq!(notices.len(), 1, "{query}: {notices:?}");
    (args, notices[0].text.clone())
}

#[test]
fn nothing_given_is_the_default() {
    assert_eq!(Args::from_query(""), (Args::default(), vec![]));
    let query = "lab=compare&tasks=8&sleep=200&cpu=0&jitter=0&pool=8&quantum=5\
                 &modes=sequential,event-loop,one-core,threads,pool,processes&seed=1";
    assert_eq!(Args::default().to_query(), query);
}

#[test]
fn the_nearest_valid_value_is_used_and_named() {
    let (args, text) = corrected("tasks=99999");
    assert_eq!((args.tasks, text.as_str()), (64, "tasks=99999 is more than 64; 64 is used."));
    let (args, text) = corrected("sleep=-1");
    assert_eq!((args.sleep, text.as_str()), (0, "sleep=-1 is less than 0; 0 is used."));
    let (args, text) = corrected("sleep=abc");
    assert_eq!((args.sleep, text.as_str()), (200, "sleep=abc is not a number; 200 is used."));
    let (args, text) = corrected("cpu=12.5");
    assert_eq!((args.cpu, text.as_str()), (13, "cpu=12.5 is not a whole number; 13 is used."));
    let (args, text) = corrected("tasks=");
    assert_eq!((args.tasks, text.as_str()), (8, "tasks= is not a number; 8 is used."));
    assert_eq!(corrected("tasks=-0.4").0.tasks, 1);
    assert_eq!(corrected("pool=NaN").0.pool, 8);
    assert_eq!(corrected(&format!("pool={}", "9".repeat(400))).0.pool, 32);
}

#[test]
fn unknown_modes_are_named_and_the_others_run() {
    let (args, text) = corrected("modes=pool,teleport,sequential,pool");
    assert_eq!(args.modes, [Mode::Sequential, Mode::Pool]);
    assert!(text.contains("teleport"), "{text}");
    let (args, text) = corrected("modes=");
    assert_eq!((args.modes, text.as_str()), (Mode::ALL.to_vec(), "modes= names none that exists; every one is used."));
    let (args, notices) = Args::from_query("modes=teleport");
    assert_eq!((args.modes, notices.len()), (Mode::ALL.to_vec(), 2));
}

#[test]
fn a_plan_stands_in_for_tasks_sleep_and_cpu() {
    let (args, notices) = Args::from_query("tasks=3&plan=c30.s200*4+c120*2");
    assert_eq!((args.tasks, notices), (6, vec![]));
    assert_eq!(args.task_list()[4].cpu_us(), 120_000);
    assert!(args.to_query().contains("&plan=c30.s200*4+c120*2&"));
    let (args, text) = corrected("tasks=3&plan=x!");
    assert_eq!((args.tasks, args.plan), (3, None));
    assert!(text.starts_with("plan=x! is no plan"), "{text}");
}

#[test]
fn tasks_sleep_first_and_zero_parts_are_left_out() {
    let tasks = |query| Args::from_query(query).0.task_list();
    assert_eq!(tasks("tasks=1&sleep=20&cpu=5")[0].parts, [Part::Sleep { us: 20_000 }, Part::Cpu { us: 5_000 }]);
    assert_eq!(tasks("tasks=2&sleep=0&cpu=0"), [Task::default(), Task::default()]);
}

#[test]
fn jitter_is_the_same_for_the_same_seed_and_stays_in_range() {
    let tasks = |seed| Args::from_query(&format!("tasks=64&sleep=100&jitter=50&seed={seed}")).0.task_list();
    assert_eq!(tasks(1), tasks(1));
    assert_ne!(tasks(1), tasks(2));
    let lengths: Vec<_> = tasks(1).iter().map(Task::sleep_us).collect();
    assert!(lengths.iter().all(|us| (50_000..=150_000).contains(us)));
    assert_eq!(lengths[..3], [106656, 124578, 147100], "the same on every platform");
    assert!(lengths.iter().any(|us| *us < 75_000) && lengths.iter().any(|us| *us > 125_000));
}

fn args() -> impl Strategy<Value = Args> {
    let numbers = (1_u32..=64, 0_u32..=2000, 0_u32..=500, 0_u32..=100, 1_u32..=32, 1_u32..=100, 0_u32..=999_999);
    let modes = prop::sample::subsequence(Mode::ALL.to_vec(), 1..=6);
    let plan = prop::option::of(prop::collection::vec(0_u64..=500, 1..64));
    (numbers, modes, plan).prop_map(|((tasks, sleep, cpu, jitter, pool, quantum, seed), modes, plan)| {
        let mut args = Args { tasks, sleep, cpu, jitter, pool, quantum, modes, seed, plan: None };
        let task = |ms: u64| Task { parts: vec![Part::Cpu { us: ms * 1000 }] };
        args.set_plan(plan.map(|plan| Plan { tasks: plan.into_iter().map(task).collect() }));
        args
    })
}

proptest! {
    #[test]
    fn the_url_reads_back(args in args()) {
        prop_assert_eq!(Args::from_query(&args.to_query()), (args, vec![]));
    }

    #[test]
    fn no_query_is_too_strange(query in "(tasks|sleep|cpu|pool|modes|plan|seed)=[-0-9a-z.,*+%]{0,30}(&\\PC{0,20}){0,4}|\\PC{0,200}") {
        let (args, _) = Args::from_query(&query);
        prop_assert_eq!(Args::of(&args.values()), args.clone());
        prop_assert!(!args.modes.is_empty());
    }
}
