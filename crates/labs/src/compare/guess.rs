//! Predict, then reveal: how near a guess was.

use super::Mode;
use super::findings::times;
use super::standing::{Alike, Standing, counts, step_us};
use crate::lab::Score;
use crate::result::{Host, Run};
use crate::sheet::Guess;
use interleave_trace::format::ratio;

/// A factor this near to the measured one is right.
const NEAR: f64 = 1.25;

/// Scores a guess (its answer is a mode, its number how many times as fast as the slowest); `None` if its mode did not run, or did other
/// work, or there is nothing to compare with. If all modes took about the same time, only the number can be wrong.
pub(super) fn score(guess: &Guess, host: &Host, runs: &[Run]) -> Option<Score> {
    let step_us = step_us(host);
    let standing = Standing::of(runs, step_us)?;
    let run = runs.iter().find(|run| Some(&run.mode) == guess.answer.as_ref() && counts(run, runs))?;
    let guessed = Mode::from_slug(&run.mode)?;
    let number = guess.number.filter(|number| number.is_finite() && *number > 0.0)?;
    let measured = standing.factor(standing.slowest_us, step_us);
    let near = (measured / number).max(number / measured) <= NEAR;
    let right_mode = guessed == standing.fastest || standing.as_good.contains(&guessed);
    let (name, fastest) = (guessed.short(), standing.fastest.short());
    let came = match () {
        () if standing.alike == Alike::All => "all modes took about the same time".to_owned(),
        () if standing.alike == Alike::AllButSequential => "all but sequential took about the same time".to_owned(),
        () if right_mode && guessed != standing.fastest => {
            format!("{name} was about as fast as the fastest, {fastest}")
        }
        () => format!("{fastest} was the fastest"),
    };
    let first = if right_mode && (near || standing.alike != Alike::All) {
        format!("You were right: {came}")
    } else {
        format!("You expected {name}; {came}")
    };
    let (measured, number) = (times(standing.slowest_us, standing.fastest_us, step_us), ratio(number));
    let number = number.trim_end_matches('×');
    let beside = if near { format!("close to your {number}") } else { format!("and you guessed {number}") };
    let text = format!("{first}. The fastest was {measured} as fast as the slowest, {beside}.");
    Some(Score { right: right_mode && near, text })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::result::{Memory, Runtime};

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
            subjects: vec![],
            output: vec![],
        }
    }

    fn scored(runs: &[Run], fastest: Mode, factor: f64) -> Option<Score> {
        let host =
            Host { runtime: Runtime::Native, cores: 2, memory: Memory::Shared, timer_us: 5.0, agent: String::new() };
        let guess = Guess { answer: Some(fastest.slug().to_owned()), number: Some(factor) };
        score(&guess, &host, runs)
    }

    #[test]
    fn a_guess_is_scored_by_mode_and_by_factor() {
        let runs = [run(Mode::Sequential, 1600.0), run(Mode::EventLoop, 200.0), run(Mode::Pool, 203.0)];
        let runs = [&runs[..], &[run(Mode::Processes, 400.0)]].concat();
        let score = |fastest, factor| scored(&runs, fastest, factor).unwrap();
        assert_eq!(
            score(Mode::EventLoop, 7.0).text,
            "You were right: Event loop was the fastest. The fastest was 8.0 times as fast as the slowest, close to your 7.0."
        );
        let as_good = score(Mode::Pool, 8.0);
        assert!(as_good.right, "within the noise of the fastest");
        assert!(as_good.text.starts_with("You were right: Thread pool was about as fast as the fastest, Event loop."));
        let wrong = score(Mode::Sequential, 2.0);
        assert!(!wrong.right);
        assert_eq!(
            wrong.text,
            "You expected Sequential; Event loop was the fastest. The fastest was 8.0 times as fast as the slowest, and you guessed 2.0."
        );
    }

    #[test]
    fn where_all_but_sequential_are_alike_none_of_them_is_called_the_fastest() {
        let runs = [run(Mode::Sequential, 1600.0), run(Mode::EventLoop, 200.0), run(Mode::Pool, 203.0)];
        let score = |mode| scored(&runs, mode, 8.0).unwrap();
        for mode in [Mode::EventLoop, Mode::Pool] {
            assert!(score(mode).right);
            assert!(score(mode).text.starts_with("You were right: all but sequential took about the same time."));
        }
        assert!(!score(Mode::Sequential).right);
        let wrong = "You expected Sequential; all but sequential took about the same time.";
        assert!(score(Mode::Sequential).text.starts_with(wrong));
    }

    #[test]
    fn where_none_stands_out_only_the_factor_can_be_wrong() {
        let runs = [run(Mode::Sequential, 200.0), run(Mode::EventLoop, 208.0)];
        let score = |factor| scored(&runs, Mode::EventLoop, factor).unwrap();
        assert!(score(1.1).right && score(1.1).text.starts_with("You were right: all modes took about the same time."));
        assert!(!score(2.0).right && score(2.0).text.starts_with("You expected Event loop; all modes took about"));
    }

    #[test]
    fn without_anything_to_compare_there_is_no_score() {
        assert_eq!(scored(&[run(Mode::Pool, 5.0)], Mode::Pool, 2.0), None);
        assert_eq!(scored(&[run(Mode::Threads, 5.0), run(Mode::EventLoop, 5.0)], Mode::Pool, 2.0), None);
        assert_eq!(scored(&[run(Mode::Pool, 5.0), run(Mode::Threads, 5.0)], Mode::Pool, f64::INFINITY), None);
        let other_work = Run { checksum: "other".into(), ..run(Mode::Pool, 1.0) };
        assert_eq!(scored(&[run(Mode::Threads, 5.0), run(Mode::EventLoop, 5.0), other_work], Mode::Pool, 5.0), None);
    }
}
