//! What the labs measure, in browsers and natively: each in its own way, as a reader sees it.

use super::runs;
use crate::built::Built;
use crate::measured::{Measured, Unit};
use e2e::{Browser, read};
use interleave_labs::Values;
use interleave_labs::lab::Lab;
use interleave_labs::memory::Memory;
use interleave_labs::process::Process;
use interleave_labs::race::{Race, Remedy};

/// Nanoseconds for one addition by two threads: the time of a repeat divided by all its additions.
pub fn race(built: &Built, _quick: bool) -> Vec<Measured> {
    const WAYS: [(&str, Remedy); 3] =
        [("mutex", Remedy::Mutex), ("atomic", Remedy::Atomic), ("merged", Remedy::Merged)];
    everywhere::<Race, 3>(built, "adds=1000000&remedies=mutex,atomic,merged", "ns", |values, data| {
        let additions = f64::from(values.number("threads")) * f64::from(values.number("adds"));
        WAYS.map(|(name, remedy)| {
            let bouts = data.trials.iter().filter(|trial| trial.remedy == remedy).flat_map(|trial| &trial.bouts);
            (name, bouts.map(|bout| f64::from(bout.took_us) * 1000.0 / additions).collect())
        })
    })
}

/// Milliseconds to start a process, and a thread.
pub fn process(built: &Built, _quick: bool) -> Vec<Measured> {
    let start = |data: &interleave_labs::process::Data| {
        let usual =
            |pair: &Option<_>| pair.as_ref().map_or(vec![], |times: &interleave_labs::process::Times| times.us.clone());
        [("process", usual(&data.create_cold.process)), ("thread", usual(&data.create_cold.thread))]
            .map(|(name, us)| (name, us.into_iter().map(|us| us / 1000.0).collect()))
    };
    everywhere::<Process, 2>(built, "rows=create", "ms", |_, data| start(data))
}

/// Nanoseconds for a load from the largest set at random, and for an operation in registers.
pub fn memory(built: &Built, _quick: bool) -> Vec<Measured> {
    everywhere::<Memory, 2>(built, "parts=curve", "ns", |_, data| {
        let largest = data.sets.last().map_or(vec![], |set| set.ns.clone());
        [("memory", largest), ("register", data.register_ns.clone())]
    })
}

/// What `figures` takes from a result of the lab `L`, in Chromium, in Firefox and natively.
fn everywhere<L: Lab, const N: usize>(
    built: &Built,
    query: &str,
    unit: Unit,
    figures: impl Fn(&Values, &L::Data) -> [(&'static str, Vec<f64>); N],
) -> Vec<Measured> {
    let lab = L::SLUG;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let options: Vec<String> = pairs.flat_map(|(name, value)| [format!("--{name}"), value.to_owned()]).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let in_page = |browser| runs::in_browser(built, browser, &format!("lab={lab}&{query}"));
    let texts = [
        ("Chromium", in_page(Browser::Chromium)),
        ("native", runs::natively(built, lab, &options)),
        ("Firefox", in_page(Browser::Firefox)),
    ];
    let measured = texts.into_iter().flat_map(|(place, text)| {
        let (values, _, result) = read::<L>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
        figures(&values, &result.data).map(|(name, samples)| Measured::new(format!("{name}, {place}"), unit, samples))
    });
    measured.collect()
}
