//! What a quantity must reach, and what came of it.
//!
//! A budget is **broken** only where the whole interval of the figure is on its wrong side. A figure beyond its limit whose interval
//! reaches the limit is **doubtful**: it is shown, and fails nothing. So neither one slow sample nor a machine's mood fails the bench.

use crate::measured::{Measured, Unit, number};
use crate::statistics::{Estimate, Figure};
use serde::{Deserialize, Serialize};
use std::thread::available_parallelism;

/// A limit for one figure of a quantity.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// The quantity's name.
    pub of: &'static str,
    /// Which of its figures.
    pub figure: Figure,
    /// What it has to keep.
    pub limit: Limit,
}

/// What a figure has to keep.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// At most this.
    Most(f64),
    /// At least this.
    Least(f64),
    /// At least this for each core of the machine.
    LeastForEachCore(f64),
    /// At most this many times the median of another quantity.
    MostTimes(f64, &'static str),
    /// At least this many times the median of another quantity.
    LeastTimes(f64, &'static str),
}

/// What came of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// The whole interval is beyond the limit.
    Broken,
    /// There is no figure.
    NotMeasured,
    /// The figure is beyond the limit, but its interval reaches it.
    Doubtful,
    /// The figure is within the limit.
    Kept,
}

impl Verdict {
    /// Whether it fails the bench.
    pub fn fails(self) -> bool {
        matches!(self, Verdict::Broken | Verdict::NotMeasured)
    }

    /// In a sign or a word.
    pub fn mark(self) -> &'static str {
        match self {
            Verdict::Broken => "✗",
            Verdict::NotMeasured => "not measured",
            Verdict::Doubtful => "?",
            Verdict::Kept => "✓",
        }
    }
}

/// A budget with what came of it, in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// The quantity's name.
    pub of: String,
    /// The other quantity that its figure is divided by, if it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// What was asked for: "at most 0.5 µs".
    pub target: String,
    /// What was measured, with its interval: "0.189 µs (0.170–0.210)".
    pub reached: String,
    /// How many samples of the quantity there are.
    pub n: usize,
    /// What came of it.
    pub verdict: Verdict,
}

impl Budget {
    /// Whether more is better of what it limits.
    pub fn wants_more(&self) -> bool {
        matches!(self.limit, Limit::Least(_) | Limit::LeastForEachCore(_) | Limit::LeastTimes(..))
    }

    /// What came of it.
    pub fn judge(&self, measured: &[Measured]) -> Judged {
        let find = |name: &str| measured.iter().find(|measured| measured.name == name);
        let turns = |name: &str| find(name).map_or(&[][..], |measured| &measured.turns);
        let (unit, n) = find(self.of).map_or(("", 0), |it| (it.unit, it.turns.iter().map(Vec::len).sum()));
        let (ours, cores) = (turns(self.of), available_parallelism().map_or(1, usize::from));
        let (limit, beside, words) = match self.limit {
            Limit::Most(most) => (most, None, with_unit(most, unit)),
            Limit::Least(least) => (least, None, with_unit(least, unit)),
            Limit::LeastForEachCore(least) => (least * cores as f64, None, format!("{least} × {cores} cores")),
            Limit::MostTimes(times, other) | Limit::LeastTimes(times, other) => {
                (times, Some(other), format!("{} of {other}", factor(times)))
            }
        };
        let estimate = match beside {
            Some(other) => self.figure.ratio(ours, Figure::Median, turns(other)),
            None => self.figure.estimate(ours),
        };
        let Estimate { value, low, high } = estimate;
        // As if less were better, so that one rule serves both.
        let (value_, best, limit_) = if self.wants_more() { (-value, -high, -limit) } else { (value, low, limit) };
        let verdict = match () {
            () if value.is_nan() => Verdict::NotMeasured,
            () if value_ <= limit_ => Verdict::Kept,
            () if best <= limit_ => Verdict::Doubtful,
            () => Verdict::Broken,
        };
        let which = match self.figure {
            Figure::Median => "",
            Figure::Largest => "the most ",
            Figure::Percentile99 => "99 in 100 ",
        };
        let reached = match verdict {
            Verdict::NotMeasured => "not measured".to_owned(),
            _ if beside.is_some() => format!("{} ({}–{})", factor(value), factor(low), factor(high)),
            _ => format!("{} ({}–{})", with_unit(value, unit), number(low), number(high)),
        };
        Judged {
            of: self.of.to_owned(),
            beside: beside.map(str::to_owned),
            target: format!("{which}at {} {words}", if self.wants_more() { "least" } else { "most" }),
            reached,
            n,
            verdict,
        }
    }
}

/// A score has no unit.
fn with_unit(value: f64, unit: Unit) -> String {
    format!("{} {unit}", number(value)).trim_end().to_owned()
}

/// A ratio in words: "2.50 ×", "1/20".
pub fn factor(value: f64) -> String {
    if value < 0.2 { format!("1/{:.1}", 1.0 / value).replace(".0", "") } else { format!("{value:.2} ×") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(limit: Limit, figure: Figure, samples: &[f64]) -> Judged {
        let measured = |name: &str, samples: &[f64]| Measured::new(name, "µs", samples.to_vec());
        Budget { of: "ours", figure, limit }.judge(&[measured("ours", samples), measured("theirs", &[10.0; 9])])
    }

    #[test]
    fn a_budget_is_kept_or_broken() {
        let kept = judged(Limit::Most(0.5), Figure::Median, &[0.4; 9]);
        assert_eq!((kept.target.as_str(), kept.reached.as_str()), ("at most 0.500 µs", "0.400 µs (0.400–0.400)"));
        assert_eq!((kept.verdict, kept.n), (Verdict::Kept, 9));
        let broken = judged(Limit::MostTimes(0.05, "theirs"), Figure::Median, &[0.6; 9]);
        assert_eq!((broken.target.as_str(), broken.verdict), ("at most 1/20 of theirs", Verdict::Broken));
        assert_eq!(broken.reached, "1/16.7 (1/16.7–1/16.7)");
        assert_eq!(judged(Limit::LeastTimes(2.0, "theirs"), Figure::Median, &[20.0; 9]).verdict, Verdict::Kept);
        assert_eq!(judged(Limit::Least(21.0), Figure::Median, &[20.0; 9]).verdict, Verdict::Broken);
    }

    #[test]
    fn what_may_be_a_mood_is_doubtful_whichever_way_is_better() {
        let spread = [0.3, 0.45, 0.52, 0.55, 0.8];
        for limit in [Limit::Most(0.5), Limit::Least(0.54)] {
            assert_eq!(judged(limit, Figure::Median, &spread).verdict, Verdict::Doubtful, "{limit:?}");
        }
        assert!(!Verdict::Doubtful.fails() && Verdict::Broken.fails());
    }

    #[test]
    fn one_slow_sample_breaks_no_median_and_is_seen_in_the_most() {
        let mut samples = [0.4; 9];
        samples[3] = 9.0;
        assert_eq!(judged(Limit::Most(0.5), Figure::Median, &samples).verdict, Verdict::Kept);
        assert_ne!(judged(Limit::Most(0.5), Figure::Largest, &samples).verdict, Verdict::Kept);
    }

    #[test]
    fn what_was_not_measured_is_not_kept() {
        for limit in [Limit::Most(1.0), Limit::Least(1.0), Limit::MostTimes(1.0, "theirs")] {
            let judged = judged(limit, Figure::Median, &[]);
            assert_eq!((judged.verdict, judged.reached.as_str()), (Verdict::NotMeasured, "not measured"));
        }
        assert!(judged(Limit::MostTimes(1.0, "nobody"), Figure::Median, &[0.1]).verdict.fails());
    }
}
