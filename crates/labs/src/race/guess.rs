//! The prediction, and how near the reader's guess was.

use super::Remedy;
use super::account::Account;
use crate::lab::Score;
use crate::sheet::{Answers, Guess, Prediction};
use interleave_trace::figure::Unit;

/// The answers to choose from: slug, words, and the largest share that it covers.
const ANSWERS: [(&str, &str, f64); 5] = [
    ("nothing", "nothing", 0.0),
    ("little", "less than 1%", 0.01),
    ("some", "1–10%", 0.1),
    ("much", "10–50%", 0.5),
    ("most", "more than half", 1.0),
];

pub(super) fn prediction() -> Prediction {
    Prediction {
        question: "how much of the sum will get lost without a lock?".to_owned(),
        answers: Answers::List(ANSWERS.map(|(slug, words, _)| (slug.to_owned(), words.to_owned())).to_vec()),
        number: None,
    }
}

/// Scores a guess; `None` if `plain` did not run.
pub(super) fn score(guess: &Guess, accounts: &[Account]) -> Option<Score> {
    let plain = accounts.iter().find(|account| account.remedy == Remedy::Plain)?;
    let guess = guess.answer.as_ref()?;
    let (slug, words, _) = ANSWERS.into_iter().find(|(slug, ..)| slug == guess)?;
    // At 1% exactly it is 1–10%, as the words say.
    let within = |most: f64| plain.share() < most || plain.share() == most && most != 0.01;
    let (came, ..) = ANSWERS.into_iter().find(|(.., most)| within(*most))?;
    let right = came == slug;
    let lost = if plain.lost == 0 { "nothing".to_owned() } else { Unit::Share.write(plain.share()) };
    let text = if right {
        format!("You were right: {lost} got lost.")
    } else {
        format!("You expected {words}; {lost} got lost.")
    };
    Some(Score { right, text })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score_of(answer: &str, lost: u64) -> Option<Score> {
        let account = Account {
            remedy: Remedy::Plain,
            expected: 1000,
            lost,
            shares: vec![lost as f64 / 1e3],
            ns: None,
            at_once: None,
        };
        score(&Guess { answer: Some(answer.to_owned()), number: None }, &[account])
    }

    #[test]
    fn each_share_has_one_right_answer() {
        for (lost, answer) in
            [(0, "nothing"), (9, "little"), (10, "some"), (100, "some"), (101, "much"), (500, "much"), (501, "most")]
        {
            let right = ANSWERS.map(|(slug, ..)| score_of(slug, lost).unwrap().right);
            assert_eq!(ANSWERS.map(|(slug, ..)| slug == answer), right, "{lost}");
        }
        assert_eq!(score_of("nothing", 0).unwrap().text, "You were right: nothing got lost.");
        assert_eq!(score_of("most", 391).unwrap().text, "You expected more than half; 39.1% got lost.");
        assert_eq!(score_of("everything", 391), None);
    }
}
