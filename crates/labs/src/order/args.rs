//! The arguments of `order`.

use crate::script::{Gil, SCRIPT};
use crate::values::Values;

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// The script.
    pub script: String,
    /// How many times it runs, 2–200.
    pub times: u32,
    /// How long a second of sleep takes, in milliseconds, 1–1000.
    pub second: u32,
    /// With the global interpreter lock, or without.
    pub gil: Gil,
    /// Which runs have a timeline; never empty, in the order of [`Drawn::ALL`].
    pub drawn: Vec<Drawn>,
}

/// A run that has a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Drawn {
    /// The first one.
    First,
    /// The last one.
    Last,
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        Args {
            script: values.text(SCRIPT).to_owned(),
            times: values.number("times"),
            second: values.number("second"),
            gil: Gil::from_slug(values.choice("gil")).unwrap_or(Gil::On),
            drawn: values.ticks("drawn").iter().filter_map(|slug| Drawn::from_slug(slug)).collect(),
        }
    }

    /// The run that is drawn as `drawn`, counted from 0.
    #[must_use]
    pub fn place(&self, drawn: Drawn) -> u32 {
        match drawn {
            Drawn::First => 0,
            Drawn::Last => self.times.saturating_sub(1),
        }
    }
}

impl Drawn {
    /// All, in the order in which they run.
    pub const ALL: [Drawn; 2] = [Drawn::First, Drawn::Last];

    /// Its name in the URL and in results.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Drawn::First => "first",
            Drawn::Last => "last",
        }
    }

    /// The one with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Drawn> {
        Drawn::ALL.into_iter().find(|drawn| drawn.slug() == slug)
    }

    /// Its name on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Drawn::First => "First run",
            Drawn::Last => "Last run",
        }
    }
}
