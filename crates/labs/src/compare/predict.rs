//! Predict, then reveal: how near a guess was.

use super::Mode;
use crate::lab::Score;
use crate::result::Run;
use crate::sheet::Guess;
use interleave_trace::format::ratio;

/// Modes nearer to the fastest than this are as good as it: two runs of the same mode differ as much.
pub(super) const AS_GOOD: f64 = 1.05;
/// A factor this near to the measured one is right.
const NEAR: f64 = 1.25;

/// Scores a guess (its answer is a mode, its number how many times as fast as the slowest); `None` if its mode did not run or
/// there is nothing to compare with.
pub(super) fn score(guess: &Guess, runs: &[Run]) -> Option<Score> {
    let guessed = runs.iter().find(|run| Some(&run.mode) == guess.answer.as_ref())?;
    let factor = guess.number.filter(|factor| *factor > 0.0)?;
    let fastest = runs.iter().min_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms))?;
    let slowest = runs.iter().map(|run| run.wall_ms).fold(0.0, f64::max);
    if runs.len() < 2 || fastest.wall_ms <= 0.0 {
        return None;
    }
    let right_mode = guessed.wall_ms <= fastest.wall_ms * AS_GOOD;
    let measured = slowest / fastest.wall_ms;
    let off = (measured / factor).max(factor / measured);
    let name = |run: &Run| Mode::from_slug(&run.mode).map_or("", Mode::short);
    let first = if right_mode {
        format!("You were right: {} was the fastest", name(guessed))
    } else {
        format!("You expected {}; {} was the fastest", name(guessed), name(fastest))
    };
    let second = if off <= NEAR {
        format!("{} as fast as the slowest, close to your {}.", ratio(measured), ratio(factor))
    } else {
        format!("{} as fast as the slowest; you guessed {}.", ratio(measured), ratio(factor))
    };
    Some(Score { right: right_mode && off <= NEAR, text: format!("{first}, {second}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(mode: Mode, wall_ms: f64) -> Run {
        Run {
            mode: mode.slug().into(),
            wall_ms,
            speedup: None,
            checksum: String::new(),
            context_switches: 0,
            switch_us: 0,
            lanes: vec![],
            spans: vec![],
            output: vec![],
        }
    }

    #[test]
    fn a_guess_is_scored_by_mode_and_by_factor() {
        let runs = [run(Mode::Sequential, 1600.0), run(Mode::EventLoop, 200.0), run(Mode::Pool, 203.0)];
        let score = |fastest: Mode, factor| score(&guess(fastest, factor), &runs).unwrap();
        assert_eq!(
            score(Mode::EventLoop, 7.0).text,
            "You were right: Event loop was the fastest, 8.0× as fast as the slowest, close to your 7.0×."
        );
        assert!(score(Mode::Pool, 8.0).right, "within the noise of the fastest");
        let wrong = score(Mode::Sequential, 2.0);
        assert!(!wrong.right);
        assert!(wrong.text.starts_with("You expected Sequential; Event loop was the fastest"));
    }

    #[test]
    fn without_anything_to_compare_there_is_no_score() {
        assert_eq!(score(&guess(Mode::Pool, 2.0), &[run(Mode::Pool, 5.0)]), None);
        assert_eq!(score(&guess(Mode::Pool, 2.0), &[run(Mode::Threads, 5.0)]), None);
        assert_eq!(score(&Guess::default(), &[run(Mode::Pool, 5.0), run(Mode::Threads, 5.0)]), None);
    }

    fn guess(fastest: Mode, factor: f64) -> Guess {
        Guess { answer: Some(fastest.slug().to_owned()), number: Some(factor) }
    }
}
