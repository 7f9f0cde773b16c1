//! Predict, then reveal: a guess made before the run, and how near it was.

use super::Mode;
use crate::result::Run;
use interleave_trace::format::ratio;

/// A guess: which mode will be fastest, and how many times as fast as the slowest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    /// The mode that will be fastest.
    pub fastest: Mode,
    /// How many times as fast as the slowest mode it will be, 1 or more.
    pub factor: f64,
}

/// How near a guess was.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// The mode was fastest, or within 5 % of it.
    pub right_mode: bool,
    /// The factor was off by at most a quarter.
    pub right_factor: bool,
    /// Both in a sentence or two.
    pub text: String,
}

/// Modes nearer to the fastest than this are as good as it: two runs of the same mode differ as much.
pub(super) const AS_GOOD: f64 = 1.05;
/// A factor this near to the measured one is right.
const NEAR: f64 = 1.25;

/// Scores a guess; `None` if its mode did not run or there is nothing to compare with.
#[must_use]
pub fn score(prediction: &Prediction, runs: &[Run]) -> Option<Score> {
    let guessed = runs.iter().find(|run| run.mode == prediction.fastest.slug())?;
    let fastest = runs.iter().min_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms))?;
    let slowest = runs.iter().map(|run| run.wall_ms).fold(0.0, f64::max);
    if runs.len() < 2 || fastest.wall_ms <= 0.0 {
        return None;
    }
    let right_mode = guessed.wall_ms <= fastest.wall_ms * AS_GOOD;
    let measured = slowest / fastest.wall_ms;
    let off = (measured / prediction.factor).max(prediction.factor / measured);
    let name = |run: &Run| Mode::from_slug(&run.mode).map_or("", Mode::short);
    let first = if right_mode {
        format!("You were right: {} was the fastest", name(guessed))
    } else {
        format!("You expected {}; {} was the fastest", name(guessed), name(fastest))
    };
    let second = if off <= NEAR {
        format!("{} as fast as the slowest, close to your {}.", ratio(measured), ratio(prediction.factor))
    } else {
        format!("{} as fast as the slowest; you guessed {}.", ratio(measured), ratio(prediction.factor))
    };
    Some(Score { right_mode, right_factor: off <= NEAR, text: format!("{first}, {second}") })
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
        let score = |fastest, factor| score(&Prediction { fastest, factor }, &runs).unwrap();
        assert_eq!(
            score(Mode::EventLoop, 7.0).text,
            "You were right: Event loop was the fastest, 8.0× as fast as the slowest, close to your 7.0×."
        );
        assert!(score(Mode::Pool, 8.0).right_mode, "within the noise of the fastest");
        let wrong = score(Mode::Sequential, 2.0);
        assert!(!wrong.right_mode && !wrong.right_factor);
        assert!(wrong.text.starts_with("You expected Sequential; Event loop was the fastest"));
    }

    #[test]
    fn without_anything_to_compare_there_is_no_score() {
        assert_eq!(score(&Prediction { fastest: Mode::Pool, factor: 2.0 }, &[run(Mode::Pool, 5.0)]), None);
        assert_eq!(score(&Prediction { fastest: Mode::Pool, factor: 2.0 }, &[run(Mode::Threads, 5.0)]), None);
    }
}
