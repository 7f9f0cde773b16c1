//! This commit beside another one, by turns.
//!
//! The builds take turns as A B B A, so that a drift of the machine falls on both. A quantity that has a budget **fails** where the whole
//! 95 % interval of the ratio of its medians is on the worse side of [`TOLERATED`].

use crate::built::Built;
use crate::measured::{Measured, number};
use crate::row::{Row, Samples};
use crate::statistics::{Estimate, Figure};

/// By how much this commit may be worse: 5 %.
const TOLERATED: f64 = 1.05;
/// Fewer turns would say little about how turns differ.
const FEWEST_TURNS: usize = 6;

/// Measures a row of both builds and prints it; what fails, in words.
pub fn compare(row: &Row, here: &Built, other: &Built, quick: bool) -> Vec<String> {
    let (mut ours, mut theirs) = (Samples::default(), Samples::default());
    let pairs = if quick { 1 } else { row.turns.max(FEWEST_TURNS).div_ceil(2) };
    for _ in 0..pairs {
        row.take_turn(here, quick, &mut ours);
        row.take_turn(other, quick, &mut theirs);
        row.take_turn(other, quick, &mut theirs);
        row.take_turn(here, quick, &mut ours);
    }
    let mut failed: Vec<String> = ours.failures.iter().map(|why| format!("{}: {why}", row.title)).collect();
    for why in &theirs.failures {
        println!("  {} could not measure: {why}", other.name);
    }
    for measured in &ours.measured {
        let of_theirs = theirs.measured.iter().find(|theirs| theirs.name == measured.name);
        let Some(of_theirs) = of_theirs else {
            println!("  {:<40} is not measured by {}", measured.name, other.name);
            continue;
        };
        let budget = row.budgets.iter().find(|budget| budget.of == measured.name);
        let change = Change::of(measured, of_theirs, budget.is_some_and(|budget| budget.wants_more()));
        let line = change.in_words(measured, of_theirs);
        println!("  {line}");
        if budget.is_some() && change == Change::Worse {
            failed.push(format!("{}: {line}", row.title));
        }
    }
    failed
}

/// What became of a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    /// By more than is tolerated.
    Worse,
    /// But within what is tolerated, as far as can be said.
    SlightlyWorse,
    Better,
    /// The interval holds 1.
    Same,
}

impl Change {
    fn of(ours: &Measured, theirs: &Measured, wants_more: bool) -> Change {
        let Estimate { low, high, .. } = ratio(ours, theirs);
        // As if less were better.
        let (low, high) = if wants_more { (1.0 / high, 1.0 / low) } else { (low, high) };
        match () {
            () if low > TOLERATED => Change::Worse,
            () if low > 1.0 => Change::SlightlyWorse,
            () if high < 1.0 => Change::Better,
            () => Change::Same,
        }
    }

    fn in_words(self, ours: &Measured, theirs: &Measured) -> String {
        let Estimate { value, low, high } = ratio(ours, theirs);
        let [our_median, their_median] = [ours, theirs].map(|it| number(Figure::Median.of(&mut it.turns.concat())));
        let word = match self {
            Change::Worse => "✗ worse",
            Change::SlightlyWorse => "slightly worse",
            Change::Better => "better",
            Change::Same => "no difference seen",
        };
        let n = ours.turns.concat().len();
        let unit = ours.unit;
        format!(
            "{:<40} {our_median} {unit}, was {their_median}: {value:.3} × ({low:.3}–{high:.3}, n = {n} in {}): {word}",
            ours.name,
            ours.turns.len()
        )
    }
}

fn ratio(ours: &Measured, theirs: &Measured) -> Estimate {
    Figure::Median.ratio(&ours.turns, Figure::Median, &theirs.turns)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(turns: &[[f64; 3]]) -> Measured {
        Measured { name: "page".to_owned(), unit: "ms", turns: turns.iter().map(|turn| turn.to_vec()).collect() }
    }

    #[test]
    fn a_change_is_told_from_a_mood() {
        let before =
            measured(&[[100.0, 101.0, 102.0], [150.0, 151.0, 153.0], [120.0, 121.0, 119.0], [99.0, 98.0, 100.0]]);
        let times = |factor: f64| Measured {
            turns: before.turns.iter().map(|turn| turn.iter().map(|sample| sample * factor).collect()).collect(),
            ..before.clone()
        };
        assert_eq!(Change::of(&before, &before, false), Change::Same);
        assert_eq!(Change::of(&times(1.6), &before, false), Change::Worse);
        assert_eq!(Change::of(&times(1.6), &before, true), Change::Better);
        assert_eq!(Change::of(&times(0.6), &before, false), Change::Better);
        assert_eq!(Change::of(&times(0.6), &before, true), Change::Worse);
        let words = Change::Worse.in_words(&times(1.6), &before);
        assert!(words.contains("1.600 × (") && words.ends_with("n = 12 in 4): ✗ worse"), "{words}");
    }
}
