//! A row: what is measured, where its samples come from, and what they must reach.

use crate::budget::Budget;
use crate::built::Built;
use crate::measured::{Measured, Unit, add};
use crate::sources::probe;
use e2e::Browser;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One thing measured.
#[derive(Debug)]
pub struct Row {
    /// Its name on the command line.
    pub slug: &'static str,
    /// What it is.
    pub title: &'static str,
    /// Where the samples come from. All of them are asked by turns, so that a machine's moods are shared.
    pub sources: &'static [Source],
    /// How many turns; one is enough for a quick look.
    pub turns: usize,
    /// What must be reached.
    pub budgets: &'static [Budget],
}

/// Where samples come from: each time it is asked, those of one turn.
#[derive(Clone, Copy, Debug)]
pub enum Source {
    /// Probes of `crates/bench` and peers of theirs, one after another in one browser. Their samples are in this unit.
    In(Browser, &'static [&'static str], Unit),
    /// A probe of `crates/bench`, natively.
    Native(&'static str, Unit),
    /// Anything else that is done with a build. Given whether a quick look is enough.
    Site(fn(&Built, bool) -> Vec<Measured>),
}

/// The samples of a row, and why some are missing.
#[derive(Debug, Default)]
pub struct Samples {
    /// Of each quantity.
    pub measured: Vec<Measured>,
    /// What each source said that could not measure.
    pub failures: Vec<String>,
}

impl Row {
    /// Measures.
    pub fn measure(&self, built: &Built, quick: bool) -> Samples {
        let mut samples = Samples::default();
        for _ in 0..if quick { 1 } else { self.turns } {
            self.take_turn(built, quick, &mut samples);
        }
        samples
    }

    /// Asks every source once. One that fails does not keep the others from measuring.
    pub fn take_turn(&self, built: &Built, quick: bool, samples: &mut Samples) {
        for source in self.sources {
            match catch_unwind(AssertUnwindSafe(|| source.ask(built, quick))) {
                Ok(measured) => measured.into_iter().for_each(|measured| add(&mut samples.measured, measured)),
                Err(panic) => {
                    let text = panic.downcast_ref::<String>().cloned();
                    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                    samples.failures.push(text.unwrap_or_else(|| "a source panicked".to_owned()));
                }
            }
        }
    }
}

impl Source {
    fn ask(self, built: &Built, quick: bool) -> Vec<Measured> {
        match self {
            Source::In(browser, probes, unit) => probe::in_browser(built, browser, probes, unit, quick),
            Source::Native(probe, unit) => probe::natively(built, probe, unit, quick),
            Source::Site(measure) => measure(built, quick),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_fails_is_named_and_leaves_the_others_alone() {
        let fails: fn(&Built, bool) -> Vec<Measured> = |_, _| panic!("no browser");
        let works: fn(&Built, bool) -> Vec<Measured> = |_, _| vec![Measured::new("frames", "a second", vec![60.0])];
        let sources: &'static [Source] = Vec::leak(vec![Source::Site(fails), Source::Site(works)]);
        let row = Row { slug: "", title: "", sources, turns: 2, budgets: &[] };
        let nowhere = Built { name: String::new(), folder: "".into(), native: "".into(), cli: "".into() };
        let samples = row.measure(&nowhere, false);
        assert_eq!(samples.failures, ["no browser", "no browser"]);
        assert_eq!(samples.measured[0].turns, [[60.0], [60.0]]);
    }
}
