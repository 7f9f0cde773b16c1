//! The programs of `order`.

use crate::{is_at_hand, run};
use interleave_labs::code::Language;

const TIMES: u32 = 4;

/// How often each order came, and the sentences below.
fn counts(language: Language) -> (Vec<(u32, String)>, Vec<String>) {
    let output = run("order", &format!("times={TIMES}&second=10"), "orders", language);
    let context = format!("{language:?}: {output:?}");
    assert!(output.status.success() && output.stderr.is_empty(), "{context}");
    let text = String::from_utf8(output.stdout).unwrap();
    let (orders, said): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.contains(" runs: "));
    let order = |line: &&str| {
        let (count, order) = line.split_once(&format!(" of {TIMES} runs: ")).expect(&context);
        (count.parse().expect(&context), order.trim_matches(['[', ']']).to_owned())
    };
    (orders.iter().map(order).collect(), said.into_iter().map(str::to_owned).collect())
}

fn check(language: Language, threads: [&str; 5]) {
    if !is_at_hand(language) {
        return;
    }
    let (orders, said) = counts(language);
    assert_eq!(orders.iter().map(|(count, _)| count).sum::<u32>(), TIMES, "{orders:?}");
    assert!(orders.windows(2).all(|pair| pair[0].0 >= pair[1].0), "{orders:?}");
    for (_, order) in &orders {
        let mut ended: Vec<_> = order.split(", ").collect();
        ended.sort_unstable();
        assert_eq!(ended, threads);
    }
    let as_started = orders.iter().find(|(_, order)| *order == threads.join(", ")).map_or(0, |(count, _)| *count);
    let came = orders.len();
    assert_eq!(said[0], format!("{came} orders came in {TIMES} runs; {as_started} times it was the order of starting"));
    assert!(said.len() == 2 && said[1].starts_with("a run took ") && said[1].ends_with(" ms"), "{said:?}");
}

#[test]
fn the_program_in_python_counts_the_orders_of_the_script() {
    check(Language::Python, ["Ada", "Alan", "Edsger", "Grace", "Tony"]);
}

#[test]
fn programs_in_java_count() {
    check(Language::Java, ["0", "1", "2", "3", "4"]);
}

#[test]
fn programs_in_rust_count() {
    check(Language::Rust, ["0", "1", "2", "3", "4"]);
}
