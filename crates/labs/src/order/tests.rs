use super::*;
use crate::conditions::Conditions;
use crate::file;
use crate::lab::report;
use crate::placed::{main_sentences, misplaced, unfit};
use crate::result::{Memory, Run, Runtime};
use crate::script::Gil;
use interleave_trace::{Lane, LaneKind, Span, State, Subject};
use proptest::prelude::*;

fn host() -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() }
}

fn args(times: usize, drawn: &[Drawn]) -> Args {
    Args { script: "print()".to_owned(), times: times as u32, second: 50, gil: Gil::On, drawn: drawn.to_vec() }
}

fn drawn(drawn: Drawn, wall_us: u64) -> Run {
    let names = ["MainThread", "Ada", "Alan", "Grace"];
    let kind = |id| if id == 0 { LaneKind::Main } else { LaneKind::Thread };
    let lane = |(id, name): (u32, &&str)| Lane { id, name: (*name).to_owned(), kind: kind(id) };
    Run {
        mode: drawn.slug().to_owned(),
        wall_ms: wall_us as f64 / 1000.0,
        speedup: None,
        checksum: String::new(),
        context_switches: 0,
        switch_us: 0,
        lanes: (0..).zip(&names).map(lane).collect(),
        spans: vec![Span { lane: 1, task: 0, state: State::Sleep, start_us: 0, end_us: wall_us }],
        subjects: vec![Subject { words: "sleeps".to_owned(), line: 3 }],
        output: Vec::new(),
    }
}

fn ended(ended: &[u32]) -> Repeat {
    Repeat {
        wall_us: 50_000,
        started: 3,
        names: 0,
        ended: ended.to_vec(),
        apart_us: (ended.len() > 1).then_some(700),
        exit_code: 0,
        deadlock: false,
    }
}

fn names() -> Vec<String> {
    ["Ada", "Alan", "Grace"].map(str::to_owned).to_vec()
}

fn measured(repeats: &[Repeat], which: &[Drawn]) -> Measured<Data> {
    let mut data = Data::default();
    repeats.iter().for_each(|repeat| data.add(names(), repeat.clone()));
    let wall_us = |place: Drawn| match place {
        Drawn::First => repeats.first(),
        Drawn::Last => repeats.last(),
    };
    let runs = which.iter().map(|place| drawn(*place, wall_us(*place).map_or(0, |it| it.wall_us))).collect();
    Measured { runs, conditions: Conditions::default(), data }
}

fn told(repeats: &[Repeat]) -> Vec<String> {
    let measured = measured(repeats, &Drawn::ALL);
    let story = Order::story(&args(repeats.len(), &Drawn::ALL), &host(), &measured, None);
    story.findings.into_iter().map(|finding| finding.text).collect()
}

#[test]
fn orders_are_told_in_the_order_of_what_matters() {
    let repeats = [&[1, 0, 2][..], &[0, 1, 2], &[1, 0, 2], &[2, 1, 0]].map(ended);
    assert_eq!(
        told(&repeats),
        [
            "3 of 6 possible orders came in 4 runs: once that of starting.",
            "The first to start was the first to finish in 1 of 4 runs; most often it was Alan, in 2.",
            "Each run took 50.0 ms; its last thread ended 700 µs after its first one.",
            "First run: they ended in the order Alan, Ada, Grace. This order came in 2 runs.",
            "Last run: they ended in the order Grace, Alan, Ada. This order came in 1 run.",
        ]
    );
    let mut repeats = [&[0, 1, 2][..], &[0, 1, 2]].map(ended);
    (repeats[1].wall_us, repeats[1].apart_us) = (60_000, Some(900));
    assert_eq!(
        told(&repeats)[..3],
        [
            "1 of 6 possible orders came in 2 runs: always that of starting.",
            "The first to start, Ada, was the first to finish in all 2 runs.",
            "A run took 55.0 ms (median), the shortest 50.0 ms, the longest 60.0 ms; its last thread ended 800 µs after its first one \
             (median).",
        ]
    );
}

#[test]
fn whoever_is_first_as_often_as_another_is_named_with_it() {
    let repeats = [&[1, 0, 2][..], &[2, 1, 0], &[1, 2, 0], &[2, 0, 1]].map(ended);
    assert_eq!(told(&repeats)[0], "4 of 6 possible orders came in 4 runs: never that of starting.");
    assert_eq!(
        told(&repeats)[1],
        "The first to start was the first to finish in no run; most often it was Alan or Grace, in 2 each."
    );
    let repeats = [&[0, 1, 2][..], &[0, 2, 1], &[1, 2, 0]].map(ended);
    assert_eq!(
        told(&repeats)[1],
        "The first to start, Ada, was the first to finish in 2 of 3 runs, more often than any other."
    );
}

#[test]
fn what_is_not_counted_and_what_went_wrong_is_told() {
    let mut repeats = [&[0, 1, 2][..], &[0, 1, 2], &[0, 1], &[]].map(ended);
    (repeats[2].exit_code, repeats[3].deadlock) = (1, true);
    let told = told(&repeats);
    assert_eq!(
        told[..4],
        [
            "1 of 6 possible orders came in 2 runs: always that of starting.",
            "In 2 of 4 runs it was not the same threads that ended as in the others: they are not counted.",
            "In 1 of 4 runs the script ended in a deadlock.",
            "In 1 of 4 runs the script ended with an error.",
        ]
    );
    assert!(!told.iter().any(|text| text.starts_with("Last run")), "{told:?}");
    let many = Repeat { started: 1_003, ..ended(&[1, 0]) };
    assert!(
        self::told(&[many.clone(), many])
            .contains(&"A run started up to 1,003 threads: the first 100 of them are put in order.".to_owned())
    );
}

#[test]
fn each_share_has_one_right_answer() {
    let score = |answer: &str, firsts: u32| {
        let repeat = |run| if run < firsts { ended(&[0, 1, 2]) } else { ended(&[1, 0, 2]) };
        let measured = measured(&(0..4).map(repeat).collect::<Vec<_>>(), &[]);
        let guess = Guess { answer: Some(answer.to_owned()), number: None };
        Order::story(&args(4, &[]), &host(), &measured, Some(&guess)).score
    };
    let right = |firsts| ["always", "mostly", "seldom", "never"].map(|answer| score(answer, firsts).unwrap().right);
    assert_eq!(right(4), [true, false, false, false]);
    assert_eq!(right(3), [false, true, false, false]);
    assert_eq!(right(2), [false, false, true, false]);
    assert_eq!(right(0), [false, false, false, true]);
    assert_eq!(score("seldom", 1).unwrap().text, "You were right: in 1 of 4 runs.");
    assert_eq!(score("never", 1).unwrap().text, "You expected never; it was in 1 of 4 runs.");
    assert_eq!(score("perhaps", 1), None);
    let alone = measured(&[ended(&[0]), ended(&[0])], &[]);
    let guess = Guess { answer: Some("always".to_owned()), number: None };
    assert_eq!(Order::story(&args(2, &[]), &host(), &alone, Some(&guess)).score, None);
}

#[test]
fn a_file_that_contradicts_itself_is_refused() {
    let good = measured(&[ended(&[0, 1, 2]), ended(&[2, 0])], &Drawn::ALL);
    let all = args(2, &Drawn::ALL);
    assert_eq!(Order::accept(&all, &mut good.clone()), Ok(()));
    let refused = |change: &dyn Fn(&mut Measured<Data>)| {
        let mut measured = good.clone();
        change(&mut measured);
        Order::accept(&all, &mut measured).unwrap_err()
    };
    assert!(refused(&|file| file.data.repeats.truncate(1)).contains("1 runs, and 2 were asked for"));
    assert!(refused(&|file| file.data.names.resize(3, vec![])).contains("more names"));
    assert!(refused(&|file| file.data.repeats[1].names = 1).contains("in run 2, threads have no names"));
    assert!(refused(&|file| file.data.repeats[0].started = 2).contains("not as many names"));
    assert!(refused(&|file| file.data.repeats[0].ended[0] = 3).contains("not started"));
    assert!(refused(&|file| file.data.repeats[0].ended[0] = 1).contains("ended twice"));
    assert!(refused(&|file| file.data.repeats[0].apart_us = Some(50_001)).contains("further apart"));
    assert!(refused(&|file| file.data.repeats[1].ended.truncate(1)).contains("one thread ended at two times"));
    assert!(refused(&|file| file.runs.reverse()).contains("out of order"));
    assert!(refused(&|file| file.runs[0].mode = "last".to_owned()).contains("out of order"));
    assert!(refused(&|file| file.runs[0].mode = "x".to_owned()).contains("“x”, which was not asked for"));
    assert!(refused(&|file| file.runs[0].wall_ms = 1.0).contains("another time"));
    assert!(refused(&|file| file.runs[1].subjects.clear()).contains("say nothing"));
    assert!(Order::accept(&args(2, &[Drawn::Last]), &mut good.clone()).unwrap_err().contains("not asked for"));
}

/// What a run may have come to: any of its threads may have ended, in any order.
fn any_repeat() -> impl Strategy<Value = (Vec<String>, Repeat)> {
    let threads = prop::sample::select(vec![0_usize, 1, 2, 3, 3, 3, 3, 7, 25]);
    threads.prop_flat_map(|threads| {
        let name = prop::sample::select(vec!["Ada", "Alan", "Grace", "ä", ""]);
        let names = prop_oneof![
            4 => Just((1..=threads).map(|number| format!("Thread-{number}")).collect()),
            1 => prop::collection::vec(name.prop_map(str::to_owned), threads),
        ];
        let order = prop_oneof![1 => Just((0..threads as u32).collect::<Vec<_>>()), 2 => Just((0..threads as u32).collect::<Vec<_>>()).prop_shuffle()];
        let few = prop_oneof![5 => Just(threads), 1 => 0..=threads];
        (names, order, few, 0_u64..90_000, 0_u64..90_000, 0_u32..2, prop::bool::weighted(0.1)).prop_map(
            move |(names, mut ended, few, wall_us, apart_us, exit_code, deadlock)| {
                ended.truncate(few);
                let apart_us = (ended.len() > 1 && exit_code == 0).then_some(apart_us.min(wall_us));
                let started = threads as u32;
                (names, Repeat { wall_us, started, names: 0, ended, apart_us, exit_code, deadlock })
            },
        )
    })
}

fn any_measured() -> impl Strategy<Value = (Args, Measured<Data>)> {
    (prop::collection::vec(any_repeat(), 2..12), prop::sample::subsequence(Drawn::ALL.to_vec(), 1..=2)).prop_map(
        |(repeats, which)| {
            let mut all = measured(&repeats.iter().map(|(_, repeat)| repeat.clone()).collect::<Vec<_>>(), &which);
            all.data = Data::default();
            let times = repeats.len();
            repeats.into_iter().for_each(|(names, repeat)| all.data.add(names, repeat));
            (args(times, &which), all)
        },
    )
}

proptest! {
    #[test]
    fn no_story_contradicts_its_data((args, mut measured) in any_measured()) {
        prop_assert_eq!(Order::accept(&args, &mut measured), Ok(()));
        let orders = Orders::of(&measured.data);
        let (runs, counted) = (measured.data.repeats.len(), orders.counted.len());
        // What is counted is of the same threads, adds up, and is no more than there can be.
        prop_assert!(counted > 0 && orders.orders.iter().map(|(_, count)| *count as usize).sum::<usize>() == counted);
        prop_assert!(orders.orders.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        let possible: f64 = (1..=orders.threads()).map(|number| number as f64).product();
        prop_assert!(orders.orders.len() as f64 <= possible);
        for (order, _) in &orders.orders {
            let mut all = order.clone();
            all.sort_unstable();
            prop_assert_eq!(all, (0..orders.threads() as u32).collect::<Vec<_>>());
        }
        prop_assert!(orders.as_started <= orders.first_first && orders.first_first as usize <= counted);
        for counts in [orders.firsts(), orders.lasts()] {
            prop_assert_eq!(counts.iter().sum::<u32>() as usize, if orders.threads() == 0 { 0 } else { counted });
        }

        let story = Order::story(&args, &host(), &measured, None);
        prop_assert_eq!(misplaced(&story), [""; 0]);
        prop_assert!(main_sentences(&story.findings) <= 7);
        prop_assert_eq!(&*story.findings[0].id, "orders");
        for found in &story.findings {
            prop_assert!(found.value.is_finite() && found.text.ends_with('.'), "{}", found.text);
            prop_assert!(!found.text.contains("NaN") && !found.text.contains(" 0 of"), "{}", found.text);
            prop_assert_eq!(found.row.is_some(), found.id.contains(':'), "{}", found.id);
            prop_assert_eq!(story.findings.iter().filter(|other| other.text == found.text).count(), 1, "{}", found.text);
        }
        let find = |id: &str| story.findings.iter().find(|finding| finding.id == id);
        prop_assert_eq!(find("others").map_or(0.0, |it| it.value), (runs - counted) as f64);
        prop_assert_eq!(find("first").is_some(), orders.threads() > 1);
        if let Some(first) = find("first") {
            prop_assert_eq!(first.value, f64::from(orders.first_first));
            let always = first.text.contains("in all");
            prop_assert!(!always || orders.first_first as usize == counted, "{}", first.text);
            let most = orders.firsts().into_iter().max().unwrap();
            prop_assert!(!first.text.contains("more often than any other") || orders.first_first == most, "{}", first.text);
        }
        if orders.threads() > 1 {
            let headline = &story.findings[0].text;
            prop_assert_eq!(headline.contains("never"), orders.as_started == 0, "{}", headline);
            prop_assert_eq!(headline.contains("always"), orders.as_started as usize == counted, "{}", headline);
        }
    }

    #[test]
    fn figures_fill_their_blanks_and_a_result_reads_back((args, measured) in any_measured()) {
        let story = Order::story(&args, &host(), &measured, None);
        prop_assert_eq!(unfit::<Order>(&story), [""; 0]);
        let (at, live) = strips(&measured.data);
        prop_assert_eq!(&live, &story.figures[at as usize]);
        let slugs: Vec<_> = args.drawn.iter().map(|drawn| drawn.slug()).collect();
        let query = format!("script=print()&times={}&drawn={}", args.times, slugs.join(","));
        let (values, notices) = Values::from_query(&Order::controls(), &query);
        prop_assert_eq!(notices, []);
        prop_assert_eq!(&Order::args(&values), &args);
        let text = report::<Order>(&values, host(), &measured, None).result;
        let (.., again) = file::read::<Order>(&text).unwrap();
        prop_assert_eq!(again, measured);
    }
}
