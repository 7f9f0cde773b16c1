use super::*;
use interleave_trace::{Lane, LaneKind};

const TWO_CORES: Resources = Resources { cores: 2, workers: 8 };

fn work(query: &str) -> Work {
    Work::of(&Args::from_query(query).0)
}

fn pool(cores: u32, workers: u32) -> Resources {
    Resources { cores, workers }
}

/// A run from a drawing: a lane for each line, a character for each millisecond: `#` run, `.` sleep, `/` ready, `+`
/// spawn. The number before a lane's line is its task.
fn drawn(wall_ms: f64, grid: &[(u32, &str)]) -> Run {
    let mut spans = Vec::new();
    for (&(task, line), lane) in grid.iter().zip(0..) {
        let mut at = 0;
        for run in line.as_bytes().chunk_by(|a, b| a == b) {
            let end = at + 1000 * run.len() as u64;
            let state = match run[0] {
                b'#' => Some(State::Run),
                b'.' => Some(State::Sleep),
                b'/' => Some(State::Ready),
                b'+' => Some(State::Spawn),
                _ => None,
            };
            spans.extend(state.map(|state| Span { lane, task, state, start_us: at, end_us: end }));
            at = end;
        }
    }
    let lane = |id| Lane { id, name: format!("thread {id}"), kind: LaneKind::Thread };
    Run {
        mode: "threads".into(),
        wall_ms,
        speedup: None,
        checksum: String::new(),
        context_switches: 0,
        switch_us: 0,
        lanes: (0..grid.len() as u32).map(lane).collect(),
        spans,
        subjects: vec![],
        output: vec![],
    }
}

#[test]
fn the_ideal_of_sleeping_is_the_longest_task_unless_workers_are_few() {
    let work = work("tasks=8&sleep=200&cpu=0");
    let ideal = |mode, workers| work.ideal_us(mode, pool(2, workers));
    assert_eq!(ideal(Mode::Sequential, 8), 1_600_000.0);
    assert_eq!(ideal(Mode::EventLoop, 8), 200_000.0);
    assert_eq!(ideal(Mode::Pool, 8), 200_000.0);
    assert_eq!(ideal(Mode::Pool, 2), 800_000.0);
}

#[test]
fn the_ideal_of_computing_is_bounded_by_cores() {
    let work = work("tasks=8&sleep=0&cpu=100");
    assert_eq!(work.ideal_us(Mode::OneCore, TWO_CORES), 800_000.0);
    assert_eq!(work.ideal_us(Mode::Threads, TWO_CORES), 400_000.0);
    assert_eq!(work.ideal_us(Mode::Pool, pool(4, 2)), 400_000.0);
    assert_eq!(work.ideal_us(Mode::Pool, pool(16, 16)), 100_000.0);
}

#[test]
fn nothing_computes_before_the_first_has_slept_nor_ends_before_the_last_has() {
    let sleep_first = work("tasks=8&sleep=40&cpu=40");
    assert_eq!(sleep_first.ideal_us(Mode::EventLoop, TWO_CORES), 360_000.0);
    assert_eq!(sleep_first.ideal_us(Mode::Threads, TWO_CORES), 200_000.0);
    let plan = |plan: &str| work(&format!("plan={plan}")).ideal_us(Mode::OneCore, TWO_CORES);
    assert_eq!(plan("c40.s100*2"), 180_000.0);
    // While one sleeps, the other computes.
    assert_eq!(plan("s40.c40+c40"), 80_000.0);
    // The two that cannot begin before 200 ms are what counts.
    assert_eq!(plan("c10+s200.c30.s5*2"), 265_000.0);
    assert_eq!(plan("c10.s30.c10"), 50_000.0);
    assert_eq!(plan("s0*3"), 0.0);
}

#[test]
fn with_few_workers_the_pool_is_bounded_by_them() {
    let work = work("tasks=6&sleep=200&cpu=0");
    assert!(work.bounded_by_workers(Mode::Pool, pool(2, 4)));
    assert!(!work.bounded_by_workers(Mode::Pool, pool(2, 6)));
    assert!(!work.bounded_by_workers(Mode::Threads, pool(2, 4)));
}

#[test]
fn starting_is_counted_on_the_lane_that_ends_last() {
    let run = drawn(30.0, &[(0, "++...................."), (1, "+++++++++ ....................")]);
    let loss = Loss::of(&run, Mode::Threads, &work("tasks=2&sleep=20"), TWO_CORES);
    assert_eq!(loss, Loss { total_us: 10_000.0, causes: vec![("starting threads", 9_000.0)] });
    let loss = Loss::of(&run, Mode::Processes, &work("tasks=2&sleep=20"), TWO_CORES);
    assert_eq!(loss.causes[0].0, "starting processes");
}

#[test]
fn computing_that_takes_longer_than_asked_is_slower_computing() {
    let run = drawn(15.0, &[(0, "###############"), (1, "###############")]);
    let loss = Loss::of(&run, Mode::Threads, &work("tasks=2&sleep=0&cpu=10"), TWO_CORES);
    assert_eq!(loss, Loss { total_us: 5_000.0, causes: vec![("slower computing", 5_000.0)] });
    let run = drawn(26.0, &[(0, ".........................")]);
    let loss = Loss::of(&run, Mode::EventLoop, &work("tasks=1&sleep=20"), TWO_CORES);
    assert_eq!(loss.causes, [("sleeps longer than asked for", 5_000.0)]);
}

#[test]
fn cores_that_others_used_and_cores_left_over_are_told_apart() {
    let two_tasks = work("tasks=2&sleep=0&cpu=10");
    let held_up = drawn(20.0, &[(0, "##########//////////"), (1, "//////////##########")]);
    let loss = Loss::of(&held_up, Mode::Threads, &two_tasks, TWO_CORES);
    assert_eq!(loss.causes[0], ("waiting for a core that was not free", 10_000.0));
    let late = drawn(20.0, &[(0, "####//////////######")]);
    let loss = Loss::of(&late, Mode::EventLoop, &work("tasks=1&sleep=0&cpu=10"), TWO_CORES);
    assert_eq!(loss.causes[0], ("turns that came late", 10_000.0));
    let three_tasks = work("tasks=3&sleep=0&cpu=10");
    let mut uneven = drawn(20.0, &[(0, "########## #########"), (2, "##########")]);
    uneven.spans[1].task = 1;
    let loss = Loss::of(&uneven, Mode::Pool, &three_tasks, pool(2, 2));
    assert_eq!(loss.total_us, 5_000.0);
    assert_eq!(loss.causes[0].0, "cores with nothing left to do");
    let few_workers =
        drawn(40.0, &[(0, &".".repeat(40)), (1, &".".repeat(40)), (2, &".".repeat(20)), (3, &".".repeat(20))]);
    let loss = Loss::of(&few_workers, Mode::Pool, &work("tasks=6&sleep=20"), pool(2, 4));
    assert_eq!(loss.causes, [("workers with nothing left to do", 10_000.0)]);
}

#[test]
fn on_one_core_a_thread_that_ends_early_is_no_loss() {
    let run = drawn(20.0, &[(0, "##########"), (1, "//////////##########")]);
    let loss = Loss::of(&run, Mode::OneCore, &work("tasks=2&sleep=0&cpu=10"), TWO_CORES);
    assert_eq!(loss, Loss::default());
    // Nor is one that had to end early on two cores, for want of more tasks than the long one.
    let run = drawn(
        30.0,
        &[(0, "          ####################"), (1, "##"), (2, "##"), (3, "          ##################")],
    );
    let loss = Loss::of(&run, Mode::Threads, &work("plan=c20%2Bc2*2%2Bc18"), TWO_CORES);
    assert_eq!(loss, Loss { total_us: 9_000.0, causes: vec![("waiting with nothing to do", 9_000.0)] });
}

#[test]
fn causes_never_add_up_to_more_than_was_lost() {
    let run = drawn(22.0, &[(0, "++++++++++#########///"), (1, "          #########")]);
    let run = Run { switch_us: 9_000, ..run };
    let loss = Loss::of(&run, Mode::OneCore, &work("tasks=2&sleep=0&cpu=5"), TWO_CORES);
    let claimed: f64 = loss.causes.iter().map(|(_, us)| us).sum();
    assert!(!loss.causes.is_empty() && claimed <= loss.total_us, "{loss:?}");
}

#[test]
fn sleep_that_overlaps_takes_less_than_all_of_it() {
    let slept_ms = |grid: &[(u32, &str)]| {
        let (all_us, any_us) = slept_us(&drawn(9.0, grid).spans);
        (all_us / 1000.0, any_us / 1000.0)
    };
    assert_eq!(slept_ms(&[(0, "..##..")]), (4.0, 4.0));
    assert_eq!(slept_ms(&[(0, "..##.."), (1, "  ..#"), (2, "+   ...")]), (9.0, 7.0));
    assert_eq!(slept_ms(&[(0, "......"), (1, " .. .")]), (9.0, 6.0));
    assert_eq!(slept_ms(&[(0, "##")]), (0.0, 0.0));
}

#[test]
fn nothing_is_divided_by_zero() {
    let idle = work("tasks=1&sleep=0&cpu=0");
    let nowhere = Resources { cores: 0, workers: 0 };
    assert_eq!(idle.ideal_us(Mode::Pool, nowhere), 0.0);
    for mode in Mode::ALL {
        assert_eq!(Loss::of(&drawn(0.0, &[]), mode, &idle, nowhere), Loss::default());
        // A crash leaves a run without spans.
        assert_eq!(Loss::of(&drawn(0.0, &[(0, "")]), mode, &work("tasks=2&cpu=5"), nowhere), Loss::default());
    }
}
