//! A row: what is measured, where its figures come from, and what they must reach.

use crate::sources;
use e2e::Browser;
use std::fmt;
use std::thread::available_parallelism;

/// One thing measured.
#[derive(Debug)]
pub struct Row {
    /// Its name on the command line.
    pub slug: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Where the figures come from. All of them are asked by turns, so that a machine's moods are shared.
    pub sources: &'static [Source],
    /// How many turns; one is enough for a quick look.
    pub turns: usize,
    /// What must be reached.
    pub budgets: &'static [Budget],
}

/// Where figures come from.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// A probe of `crates/bench`, or one of its peers, in a browser. Its figures are in this unit.
    In(Browser, &'static str, Unit),
    /// The same, where no budget depends on it: left out of a quick look.
    Also(Browser, &'static str, Unit),
    /// A probe of `crates/bench`, natively.
    Native(&'static str, Unit),
    /// Anything else. Given whether a quick look is enough.
    Site(fn(bool) -> Vec<Measured>),
}

/// What a figure counts.
pub type Unit = &'static str;

/// Figures of one quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Of what, and where: "pool, Chromium".
    pub name: String,
    /// Their unit.
    pub unit: Unit,
    /// One figure for each repeat.
    pub samples: Vec<f64>,
}

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

/// A figure that stands for many samples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Half of them are above it.
    Median,
    /// The largest.
    Largest,
    /// One in a hundred is above it.
    Percentile99,
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

impl Row {
    /// Measures, and prints.
    pub fn measure(&self, quick: bool) -> Vec<Measured> {
        println!("\n{}", self.title);
        let mut all: Vec<Measured> = Vec::new();
        for _ in 0..if quick { 1 } else { self.turns } {
            for measured in self.sources.iter().flat_map(|source| source.ask(quick)) {
                add(&mut all, measured);
            }
        }
        for measured in &all {
            println!("  {measured}");
        }
        for verdict in self.verdicts(&all) {
            println!("  {verdict}");
        }
        all
    }

    /// The budgets that are not kept, in words.
    pub fn broken(&self, measured: &[Measured]) -> Vec<String> {
        let broken = self.verdicts(measured).into_iter().filter(|verdict| !verdict.kept);
        broken.map(|verdict| format!("{}: {verdict}", self.title)).collect()
    }

    /// What came of each budget.
    pub fn verdicts(&self, measured: &[Measured]) -> Vec<Verdict> {
        self.budgets.iter().map(|budget| budget.judge(measured)).collect()
    }
}

impl Source {
    fn ask(self, quick: bool) -> Vec<Measured> {
        match self {
            Source::Also(..) if quick => Vec::new(),
            Source::In(browser, probe, unit) | Source::Also(browser, probe, unit) => {
                sources::probe::in_browser(browser, probe, unit, quick)
            }
            Source::Native(probe, unit) => sources::probe::natively(probe, unit, quick),
            Source::Site(measure) => measure(quick),
        }
    }
}

impl Measured {
    /// Some figures.
    pub fn new(name: impl Into<String>, unit: Unit, samples: Vec<f64>) -> Measured {
        Measured { name: name.into(), unit, samples }
    }

    /// One of its figures; not a number if there are no samples.
    pub fn figure(&self, figure: Figure) -> f64 {
        let mut sorted = self.samples.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().saturating_sub(1);
        let index = match figure {
            Figure::Median if sorted.len().is_multiple_of(2) && last > 0 => {
                return f64::midpoint(sorted[last / 2], sorted[last / 2 + 1]);
            }
            Figure::Median => last / 2,
            Figure::Largest => last,
            // Nearest rank.
            Figure::Percentile99 => (sorted.len() * 99).div_ceil(100).saturating_sub(1),
        };
        sorted.get(index).copied().unwrap_or(f64::NAN)
    }

    /// The least and the most.
    pub fn spread(&self) -> (f64, f64) {
        let least = self.samples.iter().copied().reduce(f64::min).unwrap_or(f64::NAN);
        (least, self.figure(Figure::Largest))
    }
}

/// Adds figures to those of the same quantity, if there are any.
pub fn add(all: &mut Vec<Measured>, measured: Measured) {
    match all.iter_mut().find(|other| other.name == measured.name) {
        Some(other) => other.samples.extend(measured.samples),
        None => all.push(measured),
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (least, most) = self.spread();
        let Measured { name, unit, samples } = self;
        let median = number(self.figure(Figure::Median));
        write!(f, "{name:<44} {median:>9} {unit:<8} ({}–{}, n = {})", number(least), number(most), samples.len())
    }
}

/// A figure with as many digits as it deserves.
pub fn number(value: f64) -> String {
    match value.abs() {
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 100.0 => format!("{value:.1}"),
        size if size >= 10.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// What came of a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What was asked for, in words.
    pub target: String,
    /// What was measured, in words.
    pub reached: String,
    /// Whether that is enough. What was not measured is not.
    pub kept: bool,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.kept { "✓" } else { "✗" };
        write!(f, "{mark} {}: {}", self.target, self.reached)
    }
}

impl Budget {
    fn judge(&self, measured: &[Measured]) -> Verdict {
        let find = |name: &str| measured.iter().find(|measured| measured.name == name);
        let what = match self.figure {
            Figure::Median => self.of.to_owned(),
            Figure::Largest => format!("the most of {}", self.of),
            Figure::Percentile99 => format!("99 in 100 of {}", self.of),
        };
        let unit = find(self.of).map_or("", |measured| measured.unit);
        let figure = find(self.of).map_or(f64::NAN, |measured| measured.figure(self.figure));
        let times = |other: &str| figure / find(other).map_or(f64::NAN, |other| other.figure(Figure::Median));
        let cores = available_parallelism().map_or(1.0, |cores| cores.get() as f64);
        let (target, reached, kept) = match self.limit {
            Limit::Most(most) => (format!("{what} at most {most} {unit}"), figure, figure <= most),
            Limit::Least(least) => (format!("{what} at least {least} {unit}"), figure, figure >= least),
            Limit::LeastForEachCore(least) => {
                (format!("{what} at least {least} × {cores} cores"), figure, figure >= least * cores)
            }
            Limit::MostTimes(most, other) => {
                (format!("{what} at most {} of {other}", factor(most)), times(other), times(other) <= most)
            }
            Limit::LeastTimes(least, other) => {
                (format!("{what} at least {} of {other}", factor(least)), times(other), times(other) >= least)
            }
        };
        let relative = matches!(self.limit, Limit::MostTimes(..) | Limit::LeastTimes(..));
        let reached = match reached {
            none if none.is_nan() => "not measured".to_owned(),
            reached if relative => factor(reached),
            reached => format!("{} {unit}", number(reached)),
        };
        // A score has no unit.
        let tidy = |text: String| text.trim_end().to_owned();
        Verdict { target: tidy(target), reached: tidy(reached), kept }
    }
}

/// A ratio in words: "2.5 ×", "1/20".
fn factor(value: f64) -> String {
    if value < 0.2 { format!("1/{:.1}", 1.0 / value).replace(".0", "") } else { format!("{value:.2} ×") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &str, samples: &[f64]) -> Measured {
        Measured::new(name, "µs", samples.to_vec())
    }

    fn verdict(limit: Limit, figure: Figure, samples: &[f64]) -> Verdict {
        Budget { of: "ours", figure, limit }.judge(&[measured("ours", samples), measured("theirs", &[8.0, 10.0, 30.0])])
    }

    #[test]
    fn figures_stand_for_samples() {
        let hundred: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        let all = measured("", &hundred);
        assert_eq!(
            [Figure::Median, Figure::Percentile99, Figure::Largest].map(|it| all.figure(it)),
            [100.5, 198.0, 200.0]
        );
        assert_eq!(all.spread(), (1.0, 200.0));
        assert_eq!(measured("", &[3.0, 1.0, 2.0]).figure(Figure::Median), 2.0);
        assert!(measured("", &[]).figure(Figure::Median).is_nan());
    }

    #[test]
    fn a_budget_is_kept_or_broken() {
        let at_most = verdict(Limit::Most(0.5), Figure::Median, &[0.4, 0.45, 9.0]);
        assert_eq!(at_most.to_string(), "✓ ours at most 0.5 µs: 0.450 µs");
        assert!(!verdict(Limit::Most(0.5), Figure::Largest, &[0.4, 0.45, 9.0]).kept);
        let twentieth = verdict(Limit::MostTimes(0.05, "theirs"), Figure::Median, &[0.6]);
        assert_eq!(twentieth.to_string(), "✗ ours at most 1/20 of theirs: 1/16.7");
        assert!(verdict(Limit::LeastTimes(2.0, "theirs"), Figure::Median, &[20.0]).kept);
    }

    #[test]
    fn what_was_not_measured_is_not_kept() {
        for limit in [Limit::Most(1.0), Limit::Least(1.0), Limit::MostTimes(1.0, "theirs")] {
            let verdict = verdict(limit, Figure::Median, &[]);
            assert!(!verdict.kept && verdict.reached == "not measured", "{verdict}");
        }
        assert!(!verdict(Limit::MostTimes(1.0, "nobody"), Figure::Median, &[0.1]).kept);
    }
}
