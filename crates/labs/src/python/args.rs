//! The arguments of `python`.

use crate::script::{Gil, SCRIPT};
use crate::values::Values;

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
