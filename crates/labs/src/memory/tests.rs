use super::*;
use crate::lab::Finding;
use crate::message::{from_bytes, to_bytes};
use crate::placed::{main_sentences, misplaced, unfit};
use crate::result::{Memory as Shares, Runtime};
use interleave_trace::Summary;
use interleave_trace::figure::{Body, Cell};
use proptest::prelude::*;

fn host(memory: Shares) -> Host {
    Host { runtime: Runtime::Browser, cores: 2, memory, timer_us: 5.0, agent: String::new() }
}

fn args(query: &str) -> Args {
    Args::of(&Values::from_query(&Memory::controls(), query).0)
}

fn measured(data: Data) -> Measured<Data> {
    Measured { runs: vec![], conditions: crate::conditions::Conditions::default(), data }
}

fn story(data: Data, guess: Option<f64>) -> Story {
    let guess = guess.map(|number| Guess { answer: None, number: Some(number) });
    Memory::story(&args(""), &host(Shares::Shared), &measured(data), guess.as_ref())
}

fn text_of<'a>(findings: &'a [Finding], id: &str) -> &'a str {
    findings.iter().find(|finding| finding.id == id).map_or("", |finding| &finding.text)
}

/// Two threads that counted together, so that an increment took this long.
fn round(ns: f64) -> Round {
    [0, 3].map(|start_us| Counted { start_us, end_us: start_us + 4000, increments: (4e6 / ns) as u64 })
}

/// What this lab measured on one machine, in rounded medians and with a small spread.
fn example() -> Data {
    let spread = |ns: f64| vec![ns * 0.98, ns, ns, ns * 1.02];
    let curve = [1.22, 1.22, 1.24, 1.22, 3.95, 3.97, 4.01, 4.5, 5.7, 19.3, 41.0, 55.0, 80.0, 115.0, 170.0];
    Data {
        register_ns: spread(0.28),
        sets: curve.iter().enumerate().map(|(power, ns)| Set { bytes: 4096 << power, ns: spread(*ns) }).collect(),
        in_order_ns: spread(10.0),
        pairs: APART
            .iter()
            .map(|&apart| Pair { apart, rounds: vec![round(if apart == 8 { 40.0 } else { 4.45 }); 7] })
            .collect(),
    }
}

#[test]
fn a_whole_measurement_is_told_from_the_headline_down() {
    let story = story(example(), Some(400.0));
    let texts: Vec<_> = story.findings.iter().map(|finding| finding.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "From a register to a random place in 64 MB of memory, the ratio is 1 : 607: 0.28 ns for an operation in \
             registers, 170 ns for a load.",
            "Even from the smallest set, 4 kB, a load takes 1.22 ns: 4.4× as long as an operation in registers.",
            "This machine's curve steps up between 32 kB and 64 kB (1.22 ns to 3.95 ns), and between 1 MB and 4 MB \
             (5.70 ns to 41.0 ns). From there it climbs to 170 ns at 64 MB.",
            "In address order, a load from the same 64 MB takes 10.0 ns. Random order takes 17× as long, 170 ns.",
            "Two threads each add to a counter of their own: 4.45 ns per increment with the counters 128 bytes apart, \
             40.0 ns with both on one cache line. That is 9.0× as long, though they share no data.",
        ]
    );
    let score = story.score.unwrap();
    assert_eq!(score.text, "You were right, within a factor of two: it was 607×; you guessed 400×.");
    assert!(score.right && !self::story(example(), Some(200.0)).score.unwrap().right);
}

#[test]
fn the_largest_set_is_stretched_to_minutes_beside_a_register_of_a_second() {
    let figure = story(example(), None).figures.remove(1);
    let Body::Table(table) = figure.body else { panic!("a table") };
    let said: Vec<_> = table.rows.iter().map(|row| (row.name.as_str(), row.cells[1].clone())).collect();
    let text = |text: &str| Cell::Text(text.to_owned());
    assert_eq!(
        said,
        [("A register", text("1 s")), ("4 kB", text("4.4 s")), ("256 kB", text("14 s")), ("64 MB", text("10 min"))]
    );
}

#[test]
fn lines_of_128_bytes_show() {
    let mut data = example();
    data.pairs[1].rounds = vec![round(35.0); 7];
    let findings = story(data, None).findings;
    assert!(text_of(&findings, "sharing").ends_with("64 bytes apart is not enough here: 35.0 ns."), "{findings:?}");
}

#[test]
fn what_did_not_run_is_explained() {
    let alone = |memory| {
        let data = Data { pairs: vec![], ..example() };
        Memory::story(&args(""), &host(memory), &measured(data), None).findings
    };
    assert!(text_of(&alone(Shares::Separate), "sharing").contains("two threads that share memory"));
    assert_eq!(text_of(&alone(Shares::Shared), "sharing"), "");
    let mut data = example();
    for pair in &mut data.pairs {
        for [_, other] in &mut pair.rounds {
            (other.start_us, other.end_us) = (other.start_us + 5000, other.end_us + 5000);
        }
    }
    assert!(text_of(&story(data, None).findings, "sharing").contains("counted at the same time in too few rounds"));
}

#[test]
fn a_flat_curve_has_no_steps_and_no_distance() {
    let mut data = example();
    for set in &mut data.sets {
        set.ns = vec![0.27, 0.28, 0.29];
    }
    let findings = story(data, None).findings;
    assert!(text_of(&findings, "distance").ends_with("these vary too much to say which is longer."), "{findings:?}");
    assert!(text_of(&findings, "steps").contains("no step"), "{findings:?}");
    assert_eq!(text_of(&findings, "nearest"), "");
}

fn samples(least: usize) -> impl Strategy<Value = Vec<f64>> {
    let ns = prop_oneof![0.01..1000.0_f64, 1.0..1.3_f64, Just(1e-12), Just(1e9), Just(f64::NAN), Just(0.0)];
    let valid = prop_oneof![0.01..1000.0_f64, 1.0..1.3_f64, Just(1e-12), Just(1e9)];
    prop_oneof![1 => prop::collection::vec(ns, least..6), 99 => prop::collection::vec(valid, least..6)]
}

fn any_data() -> impl Strategy<Value = Data> {
    let counted = (0_u64..100, 0_u64..9000, prop_oneof![99 => 0_u64..1_000_000, 1 => Just(u64::MAX)])
        .prop_map(|(start_us, took_us, increments)| Counted { start_us, end_us: start_us + took_us, increments });
    let together =
        (1_u64..9000, 1_u64..2_000_000).prop_map(|(end_us, increments)| Counted { start_us: 0, end_us, increments });
    let round =
        prop_oneof![(counted.clone(), counted).prop_map(|(a, b)| [a, b]), together.prop_map(|counted| [counted; 2])];
    let pair = |apart| prop::collection::vec(round.clone(), 1..6).prop_map(move |rounds| Pair { apart, rounds });
    let pairs = prop_oneof![Just(vec![]), (pair(8), pair(64), pair(128)).prop_map(|(a, b, c)| vec![a, b, c])];
    let set = |power: u32| samples(1).prop_map(move |ns| Set { bytes: 4096 << power, ns });
    let sets = (0_usize..16).prop_flat_map(move |count| (0..count as u32).map(set).collect::<Vec<_>>());
    (samples(1), sets, samples(0), pairs).prop_map(|(register_ns, sets, in_order_ns, pairs)| {
        // Without sets there is nothing beside them.
        let beside = |ns: Vec<f64>| if sets.is_empty() { vec![] } else { ns };
        Data { register_ns: beside(register_ns), in_order_ns: beside(in_order_ns), sets, pairs }
    })
}

proptest! {
    #[test]
    fn no_data_makes_a_story_that_contradicts_it(data in any_data(), guess in prop::option::of(-1.0..1e5_f64), shared: bool) {
        let mut measured = measured(data.clone());
        prop_assume!(Memory::accept(&args(""), &mut measured).is_ok());
        let guess = guess.map(|number| Guess { answer: None, number: Some(number) });
        let host = host(if shared { Shares::Shared } else { Shares::Separate });
        let story = Memory::story(&args(""), &host, &measured, guess.as_ref());
        prop_assert_eq!(unfit::<Memory>(&story), [""; 0]);
        prop_assert_eq!(misplaced(&story), [""; 0]);
        prop_assert!(main_sentences(&story.findings) <= 4, "{:?}", story.findings);
        let median = |ns: &[f64]| Summary::of(ns).map(|ns| ns.median);
        let far = data.sets.last().and_then(|set| median(&set.ns));
        for finding in &story.findings {
            let (text, value) = (&finding.text, finding.value);
            prop_assert!(value.is_finite() && text.ends_with('.'), "{}: {}", value, text);
            prop_assert!(!text.contains("NaN") && !text.contains("inf") && !text.contains('–'), "{}", text);
            match finding.id.as_str() {
                "distance" if text.starts_with("From") => prop_assert!(far > median(&data.register_ns)),
                "distance" if text.contains("less than") => prop_assert!(far < median(&data.register_ns)),
                "nearest" => prop_assert!(median(&data.sets[0].ns) > median(&data.register_ns)),
                "distance" if text.contains("too close") => {
                    prop_assert!(story.score.as_ref().is_none_or(|score| score.text.contains("too close")));
                }
                "order" if text.contains("little difference") => prop_assert!((0.8..=1.25).contains(&value), "{}", text),
                "order" if text.contains("as long") => prop_assert!(far > median(&data.in_order_ns)),
                "order" if text.contains("took less") => prop_assert!(far < median(&data.in_order_ns)),
                "sharing" if text.contains("as long") => prop_assert!(value > 1.2),
                "steps" => prop_assert_eq!(value == 0.0, text.contains("no step")),
                _ => {}
            }
        }
        if let Some(score) = story.score {
            let guessed = guess.and_then(|guess| guess.number).unwrap();
            let close = score.text.contains("too close");
            let measured = if close { 1.0 } else { far.unwrap() / median(&data.register_ns).unwrap() };
            prop_assert_eq!(score.right, (0.5..=2.0).contains(&(guessed / measured)));
        }
    }

    #[test]
    fn data_reads_back_from_its_bytes(data in any_data()) {
        prop_assume!(data.register_ns.iter().chain(&data.in_order_ns).all(|ns| ns.is_finite()));
        prop_assume!(data.sets.iter().flat_map(|set| &set.ns).all(|ns| ns.is_finite()));
        prop_assert_eq!(from_bytes::<Data>(&to_bytes(&data)), Ok(data));
    }
}
