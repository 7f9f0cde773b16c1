use super::account::Account;
use super::*;
use crate::conditions::Conditions;
use crate::file;
use crate::lab::{Finding, report};
use crate::placed::{misplaced, unfit};
use crate::result::{Memory, Run, Runtime};
use proptest::prelude::*;

fn host(timer_us: f64, memory: Memory) -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory, timer_us, agent: String::new() }
}

/// A bout of `args` in which a part of the sum got lost, whose threads took turns in part.
fn bout(args: &Args, lost: f64, took_us: u32, apart: f64) -> Bout {
    let counted = f64::from(args.expected()) * (1.0 - lost);
    let half = f64::from(took_us) / 2.0;
    let stint = |thread: u32| match thread % 2 {
        0 => Stint { start_us: 0, end_us: (half * (2.0 - apart)) as u32 },
        _ => Stint { start_us: (half * apart) as u32, end_us: took_us },
    };
    Bout {
        counted: (counted as u32).clamp(1, args.expected()),
        took_us,
        stints: (0..args.threads).map(stint).collect(),
    }
}

/// The share that each remedy loses, zero often.
fn lost() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), 0.0..1e-6_f64, 0.0..1.0_f64]
}

fn took_us() -> impl Strategy<Value = u32> {
    prop_oneof![0_u32..200, 1_000_u32..1_100, 0_u32..2_000_000]
}

fn measured() -> impl Strategy<Value = (Args, Measured<Data>)> {
    let asked = (2_u32..=16, 1_000_u32..=10_000_000, 1_usize..=5);
    let bouts = prop::collection::vec((lost(), took_us(), 0.0..1.0_f64), 5);
    let trials = prop::collection::vec((any::<bool>(), 0.0..1.0_f64, bouts), 7);
    (asked, prop::sample::subsequence(Remedy::ALL.to_vec(), 1..=7), trials).prop_map(
        |((threads, adds, repeats), remedies, made)| {
            let args = Args { threads, adds, window: 0, repeats: repeats as u32, remedies };
            let mut trials = Vec::new();
            for (remedy, (ran, slow, bouts)) in args.remedies.iter().zip(&made) {
                // Most of them; without shared memory, threads do not.
                if *ran || *remedy == Remedy::Processes {
                    let bouts = bouts[..repeats].iter();
                    trials.push(Trial {
                        remedy: *remedy,
                        slow_counted: 1 + (slow * f64::from(threads * SLOW_ADDS - 1)) as u32,
                        bouts: bouts.map(|(lost, took, apart)| bout(&args, *lost, *took, *apart)).collect(),
                    });
                }
            }
            let runs = trials.iter().map(|trial| run(trial.remedy, threads)).collect();
            (args, Measured { runs, conditions: Conditions::default(), data: Data { slow_us: 100, trials } })
        },
    )
}

fn run(remedy: Remedy, threads: u32) -> Run {
    use interleave_trace::{Lane, LaneKind, Span, State};
    let lane = |id| Lane { id, name: format!("thread {}", id + 1), kind: LaneKind::Thread };
    let span = |lane, state, start_us, end_us| Span { lane, task: lane, state, start_us, end_us };
    // With one lock, they wait for each other.
    let waits = |lane| (remedy == Remedy::Mutex).then(|| span(lane, State::Wait, 0, 100 * u64::from(lane)));
    let spans = |lane| waits(lane).into_iter().chain([span(lane, State::Run, 2_000, 2_100)]);
    Run {
        mode: remedy.slug().to_owned(),
        wall_ms: 2.5,
        speedup: None,
        checksum: String::new(),
        context_switches: 0,
        switch_us: 0,
        lanes: (0..threads).map(lane).collect(),
        spans: (0..threads).flat_map(spans).collect(),
        subjects: vec![],
        output: vec![],
    }
}

fn finding<'a>(story: &'a Story, id: &str) -> Option<&'a Finding> {
    story.findings.iter().find(|finding| finding.id == id)
}

/// All numbers in a text that count something: `1,237,604`.
fn counts(text: &str) -> Vec<u64> {
    let words = text.split(|letter: char| !letter.is_ascii_digit() && letter != ',');
    words.filter_map(|word| word.trim_end_matches(',').replace(',', "").parse().ok()).collect()
}

/// Two threads, 200,000 additions each, in 3 repeats.
fn of(remedies: &[(Remedy, [f64; 3], u32)]) -> (Args, Measured<Data>) {
    let args = Args {
        threads: 2,
        adds: 200_000,
        window: 0,
        repeats: 3,
        remedies: remedies.iter().map(|(remedy, ..)| *remedy).collect(),
    };
    let trial = |(remedy, lost, took_us): &(Remedy, [f64; 3], u32)| Trial {
        remedy: *remedy,
        slow_counted: 20,
        bouts: lost.iter().zip(0..).map(|(lost, more)| bout(&args, *lost, took_us + more, 0.1)).collect(),
    };
    let trials = remedies.iter().map(trial).collect();
    let data = Data { slow_us: 100, trials };
    (args, Measured { runs: vec![], conditions: Conditions::default(), data })
}

fn texts(measured: &(Args, Measured<Data>)) -> Vec<String> {
    let story = Race::story(&measured.0, &host(5.0, Memory::Shared), &measured.1, None);
    story.findings.into_iter().map(|finding| finding.text).collect()
}

#[test]
fn a_race_and_its_remedies_are_told_in_the_order_of_what_matters() {
    let measured = of(&[
        (Remedy::Plain, [0.5, 0.25, 0.25], 2_000),
        (Remedy::Mutex, [0.0; 3], 20_000),
        (Remedy::Merged, [0.0; 3], 800),
        (Remedy::TwoLocks, [0.0, 0.1, 0.0], 12_000),
    ]);
    assert_eq!(
        texts(&measured),
        [
            "1,200,000 were expected, 800,000 were counted: 33.3% of the additions got lost without a lock.",
            "One lock saved them all: of 1,200,000, none got lost. With it an addition takes 10× as long: 50.0 ns instead of 5.00 ns.",
            "Cheapest remedy that loses nothing: own counters, 2.00 ns for one addition. Most expensive: one lock, 50.0 ns. \
             But the total is known only at the end.",
            "Without a lock, 3 of 3 repeats lost something, between 25% and 50% of it. So one run says little. In the median repeat, two or more threads \
             were at work together for 90% of the time.",
            "Two locks lost 3.33%, although a lock was held for each addition: a lock keeps out only threads that take \
             the same lock.",
        ]
    );
}

#[test]
fn a_race_that_lost_nothing_is_not_called_right() {
    let texts = texts(&of(&[(Remedy::Plain, [0.0; 3], 2_000), (Remedy::OwnLock, [0.0; 3], 2_000)]));
    assert_eq!(
        texts,
        [
            "1,200,000 were expected and 1,200,000 were counted: without a lock nothing got lost this time, which proves nothing.",
            "Own locks lost nothing this time, which proves nothing: a lock that no other thread takes keeps nobody out."
        ]
    );
}

#[test]
fn repeats_too_short_for_the_clock_are_not_timed() {
    let measured = of(&[(Remedy::Plain, [0.5; 3], 40), (Remedy::Mutex, [0.0; 3], 400)]);
    let texts = texts(&measured);
    assert!(texts[1].ends_with("An addition takes 1.00 ns with it."), "{texts:?}");
    assert_eq!(
        texts.last().unwrap(),
        "The repeats of no lock were too short for a clock with steps of 5 µs. Set more additions to time them."
    );
}

#[test]
fn without_shared_memory_it_says_why_threads_did_not_run() {
    let (mut args, measured) = of(&[(Remedy::Processes, [0.0; 3], 20_000)]);
    args.remedies = vec![Remedy::Plain, Remedy::Processes];
    let story = Race::story(&args, &host(100.0, Memory::Separate), &measured, None);
    assert_eq!(finding(&story, "threads").unwrap().value, 1.0);
    assert_eq!(
        finding(&story, "lost").unwrap().text,
        "None of 1,200,000 additions got lost. Tick “No lock” as well to see what that is worth."
    );
}

#[test]
fn a_file_that_contradicts_itself_is_refused() {
    let (args, good) = of(&[(Remedy::Plain, [0.5; 3], 2_000), (Remedy::Mutex, [0.0; 3], 2_000)]);
    let refused = |change: &dyn Fn(&mut Measured<Data>)| {
        let mut measured = good.clone();
        change(&mut measured);
        Race::accept(&args, &mut measured).unwrap_err()
    };
    assert_eq!(Race::accept(&args, &mut good.clone()), Ok(()));
    assert!(refused(&|file| file.data.trials[0].bouts[1].counted = 400_001).contains("400001 of 400000 were counted"));
    assert!(refused(&|file| file.data.trials[0].bouts[1].counted = 0).contains("0 of 400000 were counted"));
    assert!(refused(&|file| file.data.trials[1].bouts[2].stints[0].end_us = 9_999).contains("after its repeat"));
    assert!(refused(&|file| file.data.trials[1].bouts[2].stints[1].start_us = 3_000).contains("before it began"));
    assert!(refused(&|file| file.data.trials[0].bouts[0].stints.truncate(1)).contains("1 threads were at work"));
    assert!(refused(&|file| file.data.trials[0].bouts.truncate(2)).contains("2 repeats"));
    assert!(refused(&|file| file.data.trials.reverse()).contains("out of order"));
    assert!(refused(&|file| file.data.trials[1].remedy = Remedy::Atomic).contains("not asked for"));
    assert!(refused(&|file| file.data.trials[1].slow_counted = 25).contains("slow motion"));
    assert!(refused(&|file| file.runs.push(run(Remedy::Atomic, 2))).contains("did not measure"));
}

proptest! {
    #[test]
    fn no_story_contradicts_its_data((args, mut measured) in measured(), timer_us in 0.0..1_000.0_f64, browser in any::<bool>()) {
        let host = host(timer_us, if browser { Memory::Shared } else { Memory::Separate });
        prop_assert_eq!(Race::accept(&args, &mut measured), Ok(()));
        let story = Race::story(&args, &host, &measured, None);
        let accounts: Vec<Account> = figures::accounts(&args, &host, &measured.data);
        let of = |remedy| accounts.iter().find(|account| account.remedy == remedy);

        prop_assert_eq!(misplaced(&story), [""; 0]);
        prop_assert_eq!(story.findings.first().is_some_and(|first| first.id == "lost"), !accounts.is_empty());
        for found in &story.findings {
            let wrong = found.id.strip_prefix("wrong:");
            prop_assert_eq!(found.row.as_deref(), wrong);
            prop_assert!(found.value.is_finite() && !found.text.contains("NaN") && !found.text.contains("inf"), "{}", found.text);
            prop_assert!(found.text.ends_with('.'), "{}", found.text);
            let same = story.findings.iter().filter(|other| other.id == found.id).count();
            prop_assert_eq!(same, 1, "{}", found.id);
        }
        // The headline's numbers are the sums of the data.
        if let Some(account) = of(Remedy::Plain) {
            let text = &finding(&story, "lost").unwrap().text;
            let counted: u64 = measured.data.trials[0].bouts.iter().map(|bout| u64::from(bout.counted)).sum();
            prop_assert_eq!(counts(text)[0], u64::from(args.expected()) * u64::from(args.repeats));
            prop_assert!(counts(text).contains(&counted), "{}", text);
            prop_assert_eq!(text.contains("proves nothing"), account.lost == 0, "{}", text);
        }
        for account in &accounts {
            let id = account.remedy.slug();
            let broken = finding(&story, &format!("broken:{id}")).is_some();
            prop_assert_eq!(broken, account.remedy.is_right() && account.lost > 0);
            if let Some(wrong) = finding(&story, &format!("wrong:{id}")) {
                prop_assert_eq!(wrong.text.contains("lost nothing"), account.lost == 0, "{}", wrong.text);
            }
        }
        if let Some(lock) = finding(&story, "lock") {
            let mutex = of(Remedy::Mutex).unwrap();
            prop_assert_eq!(mutex.lost, 0);
            let saved = of(Remedy::Plain).is_some_and(|plain| plain.lost > 0);
            prop_assert_eq!(lock.text.contains("saved them all"), saved, "{}", lock.text);
            if lock.text.contains("instead of") {
                let (with, without) = (mutex.ns.unwrap(), of(Remedy::Plain).unwrap().ns.unwrap());
                prop_assert_eq!(lock.text.contains("as long"), with.low > without.high, "{}", lock.text);
                prop_assert_eq!(lock.text.contains("as fast"), with.high < without.low, "{}", lock.text);
                prop_assert!(args.repeats > 2, "{}", lock.text);
            }
        }
        if let Some(cheapest) = finding(&story, "cheapest") {
            let right = accounts.iter().filter(|account| account.remedy.is_right() && account.lost == 0);
            let least = right.filter_map(|account| account.ns).map(|ns| ns.median).fold(f64::INFINITY, f64::min);
            prop_assert_eq!(cheapest.value, least);
            prop_assert!(args.repeats > 2, "{}", cheapest.text);
            // Who is called the dearest is clearly above all others.
            if let Some((_, dearest)) = cheapest.text.split_once(" Most expensive: ") {
                let right = accounts.iter().filter(|account| account.remedy.is_right() && account.lost == 0);
                let mut timed: Vec<_> = right.filter_map(|account| Some((account.ns?, account.remedy))).collect();
                timed.sort_by(|a, b| a.0.median.total_cmp(&b.0.median));
                let (most, remedy) = timed.pop().unwrap();
                prop_assert!(dearest.starts_with(&figures::lower(remedy.short())), "{}", cheapest.text);
                prop_assert!(timed.last().unwrap().0.high < most.low, "{}", cheapest.text);
            }
        }
        // Each sentence about a remedy lights up its run in slow motion.
        for (id, remedy) in [("lock", Remedy::Mutex), ("wrong:two-locks", Remedy::TwoLocks), ("spread", Remedy::Plain)] {
            let lights = finding(&story, id).map(|found| found.lights.iter().map(|light| &*light.run).collect::<Vec<_>>());
            prop_assert!(lights.is_none_or(|lights| lights == [remedy.slug()]), "{}", id);
        }
        let untimed = accounts.iter().filter(|account| account.ns.is_none()).count();
        prop_assert_eq!(finding(&story, "short").map_or(0.0, |short| short.value), untimed as f64);
    }

    #[test]
    fn figures_fill_their_blanks_and_a_result_reads_back((args, measured) in measured()) {
        let host = host(5.0, Memory::Shared);
        let story = Race::story(&args, &host, &measured, None);
        prop_assert_eq!(unfit::<Race>(&story), [""; 0]);
        let remedies: Vec<_> = args.remedies.iter().map(|remedy| remedy.slug()).collect();
        let query = format!(
            "threads={}&adds={}&repeats={}&remedies={}", args.threads, args.adds, args.repeats, remedies.join(",")
        );
        let values = Values::from_query(&Race::controls(), &query).0;
        prop_assert_eq!(Race::args(&values), args);
        let report = report::<Race>(&values, host, &measured, None);
        let (values_again, _, again) = file::read::<Race>(&report.result).unwrap();
        prop_assert_eq!((values_again, again), (values, measured));
    }

    #[test]
    fn other_arguments_than_those_that_ran_break_nothing((_, measured) in measured(), (args, _) in measured()) {
        let guess = Guess { answer: Some("some".to_owned()), number: None };
        let _ = Race::accept(&args, &mut measured.clone());
        let _ = Race::story(&args, &host(5.0, Memory::Shared), &measured, Some(&guess));
    }
}
