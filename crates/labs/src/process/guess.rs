//! How near the reader's guess was.

use super::data::Pair;
use super::verdict::Verdict;
use crate::lab::Score;
use crate::result::Host;
use crate::sheet::Guess;
use interleave_trace::format::ratio;

/// A guess within this factor is right: knowing the order of magnitude is what matters.
const NEAR: f64 = 2.0;

/// Scores a guess of how many times as long a process takes to start as a thread; `None` if one of them was not
/// measured.
pub(super) fn score(guess: &Guess, host: &Host, cold: &Pair) -> Option<Score> {
    let guessed = guess.number.filter(|factor| factor.is_finite() && *factor > 0.0)?;
    // What the repeats do not tell apart is no factor.
    let (measured, came) = match Verdict::of_times(cold, host)? {
        Verdict::TooShort => return None,
        Verdict::Alike => (1.0, "these repeats tell no clear difference".to_owned()),
        Verdict::Apart(factor) => (factor, format!("it took {}", ratio(factor))),
    };
    let right = (measured / guessed).max(guessed / measured) <= NEAR;
    let guessed = ratio(guessed);
    let text = if right {
        format!("You were right: you expected a process to take {guessed} as long to start as a thread, and {came}.")
    } else {
        format!("You expected a process to take {guessed} as long to start as a thread; {came}.")
    };
    Some(Score { right, text })
}
