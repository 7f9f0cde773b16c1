//! Samples of one quantity, and what is said of them.

use crate::statistics::{Estimate, Figure, quantile};
use serde::{Deserialize, Serialize};

/// What a figure counts: "ms".
pub type Unit = &'static str;

/// Samples of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Of what, and where: "pool, Chromium".
    pub name: String,
    /// Their unit.
    pub unit: Unit,
    /// The samples of each turn.
    pub turns: Vec<Vec<f64>>,
}

impl Measured {
    /// The samples of one turn.
    pub fn new(name: impl Into<String>, unit: Unit, samples: Vec<f64>) -> Measured {
        Measured { name: name.into(), unit, turns: vec![samples] }
    }

    /// What is said of them.
    pub fn summary(&self) -> Summary {
        let mut samples = self.turns.concat();
        let Estimate { value, low, high } = Figure::Median.estimate(&self.turns);
        Summary {
            name: self.name.clone(),
            unit: self.unit.to_owned(),
            n: samples.len(),
            turns: self.turns.len(),
            median: round(value),
            interval: [low, high].map(round),
            quartiles: [0.25, 0.75].map(|share| round(quantile(&mut samples, share))),
            least: round(quantile(&mut samples, 0.0)),
            most: round(quantile(&mut samples, 1.0)),
        }
    }
}

/// Adds the samples of a turn to those of the same quantity, if there are any.
pub fn add(all: &mut Vec<Measured>, measured: Measured) {
    match all.iter_mut().find(|other| other.name == measured.name) {
        Some(other) => other.turns.extend(measured.turns),
        None => all.push(measured),
    }
}

/// What is said of a quantity's samples.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Of what, and where: "pool, Chromium".
    pub name: String,
    /// The unit of all figures.
    pub unit: String,
    /// How many samples there are.
    pub n: usize,
    /// In how many turns they were taken.
    pub turns: usize,
    /// Half of them are above it.
    pub median: f64,
    /// Where the median lies with 95 % confidence.
    pub interval: [f64; 2],
    /// A quarter of them are below the first, a quarter above the second.
    pub quartiles: [f64; 2],
    /// The least of them.
    pub least: f64,
    /// The most of them.
    pub most: f64,
}

impl Summary {
    /// In one line.
    pub fn in_words(&self) -> String {
        let Summary { name, unit, n, turns, median, interval, least, most, .. } = self;
        let [low, high] = interval.map(number);
        let (median, least, most) = (number(*median), number(*least), number(*most));
        format!("{name:<44} {median:>9} {unit:<8} ({low}–{high}; {least} to {most}, n = {n} in {turns})")
    }
}

/// A figure with as many digits as it deserves.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        size if size >= 10.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// The same figure as a number.
fn round(value: f64) -> f64 {
    number(value).parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_are_summed_up_over_their_turns() {
        let mut all = Vec::new();
        for samples in [vec![3.0, 1.0], vec![2.0], vec![400.0, 5.0]] {
            add(&mut all, Measured::new("pool", "µs", samples));
        }
        let [measured] = all.as_slice() else { panic!("one quantity: {all:?}") };
        let summary = measured.summary();
        assert_eq!((summary.n, summary.turns, summary.median), (5, 3, 3.0));
        assert_eq!((summary.least, summary.quartiles, summary.most), (1.0, [2.0, 5.0], 400.0));
        let [low, high] = summary.interval;
        assert!(low <= 3.0 && 3.0 <= high, "{summary:?}");
    }
}
