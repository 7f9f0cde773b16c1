//! The findings of `order`: every number in them is computed from the measurement.

use super::figures::{apart, walls};
use super::orders::Orders;
use super::{Data, Drawn, MOST_ORDERED};
use crate::lab::{Finding, Measured};
use crate::result::Host;
use interleave_trace::Summary;
use interleave_trace::figure::Unit;
use interleave_trace::format::duration;

/// More threads than this are not named.
const NAMED: usize = 8;

/// The findings. The page's main sentences: `orders`, how many of the possible orders came (value: how many); `others`, if not the same threads ended
/// in all runs (in how many); `deadlock` and `error`, if runs ended so (how many); `first`, whether the first to start ended first (in how many
/// runs); `times`, how long a run took (median, in ms); `limit`, if there were too many threads. Beside its run: `came:<slug>`, its order.
pub(super) fn findings(host: &Host, measured: &Measured<Data>, orders: &Orders) -> Vec<Finding> {
    let data = &measured.data;
    let count = |which: fn(&super::Repeat) -> bool| data.repeats.iter().filter(|repeat| which(repeat)).count() as u32;
    let mut findings = vec![headline(orders)];
    let others = orders.runs - orders.counted.len() as u32;
    if others > 0 {
        let text = format!(
            "In {} it was not the same threads that ended as in the others: {} not counted.",
            of_runs(others, orders.runs),
            if others == 1 { "it is" } else { "they are" }
        );
        findings.push(Finding::new("others", others.into(), text));
    }
    let ended = [
        ("deadlock", "in a deadlock", count(|it| it.deadlock)),
        ("error", "with an error", count(|it| it.exit_code != 0 && !it.deadlock)),
    ];
    for (id, how, runs) in ended.into_iter().filter(|(.., runs)| *runs > 0) {
        let text = format!("In {} the script ended {how}.", of_runs(runs, orders.runs));
        findings.push(Finding::new(id, runs.into(), text));
    }
    findings.extend(first(orders));
    findings.extend(times(host, data));
    findings.extend(limit(data));
    let last = data.repeats.len().saturating_sub(1);
    for drawn in measured.runs.iter().filter_map(|run| Drawn::from_slug(&run.mode)) {
        findings.extend(came(orders, drawn, if drawn == Drawn::First { 0 } else { last }));
    }
    findings
}

/// `50 runs`, `1 run`.
fn runs(count: u32) -> String {
    if count == 1 { "1 run".to_owned() } else { format!("{count} runs") }
}

/// `all 50 runs`, `12 of 50 runs`.
fn of_runs(count: u32, all: u32) -> String {
    if count == all { format!("all {}", runs(all)) } else { format!("{count} of {}", runs(all)) }
}

fn headline(orders: &Orders) -> Finding {
    let (came, counted) = (orders.orders.len(), orders.counted.len() as u32);
    let text = match orders.threads() {
        0 => format!(
            "In {} no thread ended by itself, so there is no order to be counted.",
            of_runs(counted, orders.runs)
        ),
        1 => format!("In {} one thread ended, so there was one order.", of_runs(counted, orders.runs)),
        _ => {
            let started = match orders.as_started {
                0 => "never that of starting".to_owned(),
                all if all == counted => "always that of starting".to_owned(),
                1 => "once that of starting".to_owned(),
                some => format!("{some} times that of starting"),
            };
            format!("{came} of {} possible orders came in {}: {started}.", orders.possible(), runs(counted))
        }
    };
    Finding::new("orders", if orders.threads() == 0 { 0.0 } else { came as f64 }, text)
}

/// Whether the first to start ended first, and who did most often.
fn first(orders: &Orders) -> Option<Finding> {
    let counted = orders.counted.len() as u32;
    if orders.threads() < 2 || counted == 0 {
        return None;
    }
    let firsts = orders.firsts();
    let most = firsts.iter().copied().max()?;
    let who: Vec<&str> =
        orders.names.iter().zip(&firsts).filter(|(_, count)| **count == most).map(|(name, _)| &**name).collect();
    let is_first = orders.started_alike && firsts.first() == Some(&most) && who.len() == 1;
    let with = of_runs(orders.first_first, counted);
    let text = if is_first {
        format!(
            "The first to start, {}, was the first to finish in {with}{}.",
            who[0],
            if most == counted { "" } else { ", more often than any other" }
        )
    } else {
        let each = if who.len() > 1 { " each" } else { "" };
        format!(
            "The first to start was the first to finish in {}; most often it was {}, in {most}{each}.",
            if orders.first_first == 0 { "no run".to_owned() } else { with },
            named(&who, " or ")
        )
    };
    Some(Finding::new("first", orders.first_first.into(), text))
}

/// `A`, `A and B`, `A, B and C`, `A, B, C and 2 more`.
fn named(names: &[&str], and: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] if names.len() <= NAMED => format!("{}{and}{last}", first.join(", ")),
        _ => format!("{} and {} more", names[..NAMED].join(", "), names.len() - NAMED),
    }
}

/// How long runs took, and how far apart their threads ended.
fn times(host: &Host, data: &Data) -> Option<Finding> {
    let times = Summary::of(&walls(data))?;
    let time = |us: f64| duration(us, host.timer_us);
    let [least, median, most] = [times.least, times.median, times.most].map(time);
    let mut text = if least == most {
        format!("Each run took {median}")
    } else {
        format!("A run took {median} (median), the shortest {least}, the longest {most}")
    };
    if let Some(apart) = Summary::of(&apart(data)) {
        let how = if time(apart.least) == time(apart.most) { "" } else { " (median)" };
        text += &format!("; its last thread ended {} after its first one{how}", time(apart.median));
    }
    Some(Finding::new("times", times.median / 1000.0, text + "."))
}

/// Whether some threads were not put in order.
fn limit(data: &Data) -> Option<Finding> {
    let most = data.repeats.iter().map(|repeat| repeat.started).max()?;
    (most as usize > MOST_ORDERED).then(|| {
        let most_of = Unit::Count.write(most.into());
        let text = format!("A run started up to {most_of} threads: the first {MOST_ORDERED} of them are put in order.");
        Finding::new("limit", most.into(), text)
    })
}

/// The order of a run with a timeline.
fn came(orders: &Orders, drawn: Drawn, run: usize) -> Option<Finding> {
    let order = orders.in_run(run).filter(|order| order.len() > 1)?;
    let names: Vec<&str> =
        order.iter().map(|thread| orders.names.get(*thread as usize).map_or("", String::as_str)).collect();
    let often = orders.orders.iter().find(|(known, _)| known == order).map_or(0, |(_, count)| *count);
    let text = format!(
        "{}: they ended in the order {}. This order came in {}.",
        drawn.name(),
        named(&names, ", "),
        runs(often)
    );
    Some(Finding::new(&format!("came:{}", drawn.slug()), often.into(), text).of(drawn.slug()))
}
