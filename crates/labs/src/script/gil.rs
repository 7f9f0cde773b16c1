//! The global interpreter lock: with it, or without.

use serde::{Deserialize, Serialize};

/// Whether threads take turns with a global interpreter lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Gil {
    /// They do.
    On,
    /// They do not.
    Off,
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
