//! What the labs measure, in browsers and natively: each in its own way, as a reader sees it.

use super::runs;
use crate::row::{Measured, Unit};
use e2e::{Browser, read};
use interleave_labs::Values;
use interleave_labs::lab::Lab;
use interleave_labs::memory::Memory;
use interleave_labs::process::Process;
use interleave_labs::race::{Race, Remedy};

/// Nanoseconds for one addition by two threads: the time of a repeat divided by all its additions.
pub fn race(quick: bool) -> Vec<Measured> {
    const WAYS: [(&str, Remedy); 3] =
        [("mutex", Remedy::Mutex), ("atomic", Remedy::Atomic), ("merged", Remedy::Merged)];
    everywhere::<Race, 3>("adds=1000000&remedies=mutex,atomic,merged", quick, "ns", |values, data| {
        let additions = f64::from(values.number("threads")) * f64::from(values.number("adds"));
        WAYS.map(|(name, remedy)| {
            let bouts = data.trials.iter().filter(|trial| trial.remedy == remedy).flat_map(|trial| &trial.bouts);
            (name, bouts.map(|bout| f64::from(bout.took_us) * 1000.0 / additions).collect())
        })
    })
}

/// Milliseconds to start a process, and a thread.
pub fn process(quick: bool) -> Vec<Measured> {
    let start = |data: &interleave_labs::process::Data| {
        let usual =
            |pair: &Option<_>| pair.as_ref().map_or(vec![], |times: &interleave_labs::process::Times| times.us.clone());
        [("process", usual(&data.create_cold.process)), ("thread", usual(&data.create_cold.thread))]
            .map(|(name, us)| (name, us.into_iter().map(|us| us / 1000.0).collect()))
    };
    everywhere::<Process, 2>("rows=create", quick, "ms", |_, data| start(data))
}

/// Nanoseconds for a load from the largest set at random, and for an operation in registers.
pub fn memory(quick: bool) -> Vec<Measured> {
    everywhere::<Memory, 2>("parts=curve", quick, "ns", |_, data| {
        let largest = data.sets.last().map_or(vec![], |set| set.ns.clone());
        [("memory", largest), ("register", data.register_ns.clone())]
    })
}

/// What `figures` takes from the results of the lab `L`, in Chromium, in Firefox and natively.
fn everywhere<L: Lab, const N: usize>(
    query: &str,
    quick: bool,
    unit: Unit,
    figures: impl Fn(&Values, &L::Data) -> [(&'static str, Vec<f64>); N],
) -> Vec<Measured> {
    let repeats = if quick { 1 } else { 3 };
    let lab = L::SLUG;
    let options: Vec<String> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .flat_map(|(name, value)| [format!("--{name}"), value.to_owned()])
        .collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let mut places: Vec<(String, Vec<String>)> = [Browser::Chromium, Browser::Firefox]
        .map(|browser| (browser.to_string(), runs::in_browser(browser, &format!("lab={lab}&{query}"), repeats)))
        .into();
    places.push(("native".to_owned(), (0..repeats).map(|_| runs::natively(lab, &options)).collect()));
    let mut measured: Vec<Measured> = Vec::new();
    for (place, texts) in places {
        for text in texts {
            let (values, _, result) = read::<L>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            for (name, samples) in figures(&values, &result.data) {
                let name = format!("{name}, {place}");
                match measured.iter_mut().find(|known| known.name == name) {
                    Some(known) => known.samples.extend(samples),
                    None => measured.push(Measured::new(name, unit, samples)),
                }
            }
        }
    }
    measured
}
