//! The prediction, and how near the reader's guess was.

use super::data::Data;
use crate::lab::Score;
use crate::sheet::{Answers, Guess, Prediction};

/// The answers to choose from: slug, words, and the largest number that it covers.
const ANSWERS: [(&str, &str, usize); 4] =
    [("one", "only one", 1), ("two", "two", 2), ("few", "three to five", 5), ("many", "more than five", usize::MAX)];

pub(super) fn prediction() -> Prediction {
    Prediction {
        question: "how many different outcomes are possible?".to_owned(),
        answers: Answers::List(ANSWERS.map(|(slug, words, _)| (slug.to_owned(), words.to_owned())).to_vec()),
        number: None,
    }
}

/// Scores a guess; nothing if not all outcomes were found.
pub(super) fn score(guess: &Guess, data: &Data) -> Option<Score> {
    let explored = data.explored.as_ref().filter(|explored| !explored.is_partial())?;
    let outcomes = explored.outcomes().count();
    let guess = guess.answer.as_ref()?;
    let (slug, words, _) = ANSWERS.into_iter().find(|(slug, ..)| slug == guess)?;
    let (came, ..) = ANSWERS.into_iter().find(|(.., most)| outcomes <= *most)?;
    let are = if outcomes == 1 { "there is 1 outcome".to_owned() } else { format!("there are {outcomes} outcomes") };
    let right = came == slug;
    let text = if right { format!("You were right: {are}.") } else { format!("You expected {words}; {are}.") };
    Some(Score { right, text })
}
