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
    if Verdict::of_times(cold, host)? == Verdict::TooShort {
        return None;
    }
    let median = |times: &Option<super::Times>| Some(times.as_ref()?.summary()?.median);
    let measured = median(&cold.process)? / median(&cold.thread)?;
    let right = (measured / guessed).max(guessed / measured) <= NEAR;
    let text = if right {
        format!(
            "You were right: a process took {} as long to start as a thread, close to your {}.",
            ratio(measured),
            ratio(guessed)
        )
    } else {
        format!(
            "You expected a process to take {} as long to start as a thread; it took {}.",
            ratio(guessed),
            ratio(measured)
        )
    };
    Some(Score { right, text })
}
