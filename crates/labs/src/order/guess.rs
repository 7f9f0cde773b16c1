//! The prediction, and how near the reader's guess was.

use super::orders::Orders;
use crate::lab::Score;
use crate::sheet::{Answers, Guess, Prediction};

/// The answers to choose from: slug and words.
const ANSWERS: [(&str, &str); 4] = [
    ("always", "always"),
    ("mostly", "in more than half of the runs"),
    ("seldom", "in half of them or fewer"),
    ("never", "never"),
];

pub(super) fn prediction() -> Prediction {
    Prediction {
        question: "how often will the first thread to start be the first to finish?".to_owned(),
        answers: Answers::List(ANSWERS.map(|(slug, words)| (slug.to_owned(), words.to_owned())).to_vec()),
        number: None,
    }
}

/// Scores a guess; nothing where there were not several threads.
pub(super) fn score(guess: &Guess, orders: &Orders) -> Option<Score> {
    let guess = guess.answer.as_ref()?;
    let (slug, words) = ANSWERS.into_iter().find(|(slug, _)| slug == guess)?;
    let (first, counted) = (orders.first_first, orders.counted.len() as u32);
    if orders.threads() < 2 || counted == 0 {
        return None;
    }
    let came = match first {
        0 => "never",
        all if all == counted => "always",
        some if some * 2 > counted => "mostly",
        _ => "seldom",
    };
    let right = slug == came;
    let was = format!("in {first} of {counted} runs");
    let text = if right { format!("You were right: {was}.") } else { format!("You expected {words}; it was {was}.") };
    Some(Score { right, text })
}
