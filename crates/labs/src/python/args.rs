//! The arguments of `python`.

use crate::values::Values;
use serde::{Deserialize, Serialize};

/// The control with the script.
pub const SCRIPT: &str = "script";

/// The arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Args {
    /// The script.
    pub script: String,
    /// With the lock, without it, or both; never empty, in the order of [`Gil::ALL`].
    pub gil: Vec<Gil>,
    /// The lock's switch interval, in milliseconds, 1–100.
    pub interval: u32,
    /// How many times the script runs each way, 1–50.
    pub times: u32,
}

/// Whether threads take turns with a global interpreter lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gil {
    /// They do.
    On,
    /// They do not.
    Off,
}

impl Args {
    /// Builds the arguments from valid values.
    #[must_use]
    pub fn of(values: &Values) -> Args {
        Args {
            script: values.text(SCRIPT).to_owned(),
            gil: values.ticks("gil").iter().filter_map(|slug| Gil::from_slug(slug)).collect(),
            interval: values.number("interval"),
            times: values.number("times"),
        }
    }
}

impl Gil {
    /// Both ways, in the order in which they run.
    pub const ALL: [Gil; 2] = [Gil::On, Gil::Off];

    /// Its name in the URL and in results.
    #[must_use]
    pub fn slug(self) -> &'static str {
        match self {
            Gil::On => "on",
            Gil::Off => "off",
        }
    }

    /// The way with this slug.
    #[must_use]
    pub fn from_slug(slug: &str) -> Option<Gil> {
        Gil::ALL.into_iter().find(|gil| gil.slug() == slug)
    }

    /// Its name on the page.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Gil::On => "With the GIL",
            Gil::Off => "Without the GIL",
        }
    }

    /// Its short name, also used in sentences.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Gil::On => "GIL on",
            Gil::Off => "GIL off",
        }
    }
}
