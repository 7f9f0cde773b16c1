//! The arguments of `race`.

use super::Remedy;
use crate::values::Values;

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// How many threads add, 2–16.
    pub threads: u32,
    /// How many times each of them adds 1, 1,000–10,000,000.
    pub adds: u32,
    /// How much work is between load and store, in iterations of the kernel, 0–100.
    pub window: u32,
    /// How many times all of it is repeated, 1–50.
    pub repeats: u32,
    /// Which remedies run; never empty, in the order of [`Remedy::ALL`].
    pub remedies: Vec<Remedy>,
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        Args {
            threads: values.number("threads"),
            adds: values.number("adds"),
            window: values.number("window"),
            repeats: values.number("repeats"),
            remedies: values.ticks("remedies").iter().filter_map(|slug| Remedy::from_slug(slug)).collect(),
        }
    }

    /// What a counter should show after one repeat: at most 160 million.
    #[must_use]
    pub fn expected(&self) -> u32 {
        self.threads * self.adds
    }
}
