//! The prediction, and how near the reader's guess was.

use super::data::Told;
use crate::lab::Score;
use crate::sheet::{Answers, Guess, GuessedNumber, Prediction};
use std::fmt::Write;

pub(super) fn prediction() -> Prediction {
    Prediction {
        question: "how many lines will it print?".to_owned(),
        answers: Answers::None,
        number: Some(GuessedNumber {
            before: "It will print".to_owned(),
            after: "lines.".to_owned(),
            min: 0.0,
            max: 1000.0,
            default: 5.0,
        }),
    }
}

/// Scores a guess: it is right if one of the runs printed that many lines.
pub(super) fn score(guess: &Guess, told: &[Told]) -> Option<Score> {
    let guess = guess.number?;
    let counts: Vec<u32> = told.iter().map(Told::lines).collect();
    let (first, rest) = counts.split_first()?;
    let right = counts.iter().any(|count| f64::from(*count) == guess);
    let mut came = super::findings::lines(*first);
    if rest.iter().any(|other| other != first) {
        for (told, count) in told.iter().zip(&counts) {
            let before = if came.contains("GIL") { ", and " } else { "" };
            if before.is_empty() {
                came.clear();
            }
            // Writing to a string cannot fail.
            let _ = write!(came, "{before}{} with {}", super::findings::lines(*count), told.trial.gil.short());
        }
    }
    let verdict = if right { "You were right: it printed" } else { "It printed" };
    Some(Score { right, text: format!("{verdict} {came}.") })
}
