//! Programs that come with the machine. What each is about stands in its first lines.

use crate::error::Error;
use crate::program::Program;

/// A program that comes with the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in a URL.
    pub slug: &'static str,
    /// Its text.
    pub text: &'static str,
}

macro_rules! entries {
    ($($slug:literal),* $(,)?) => {
        &[$(Entry { slug: $slug, text: include_str!(concat!("../programs/", $slug, ".s")) }),*]
    };
}

/// All of them, in the order in which they are best read.
pub const PROGRAMS: &[Entry] = entries![
    "lost-update",
    "broken-flag",
    "test-and-set",
    "test-and-test-and-set",
    "ticket",
    "peterson",
    "wait-for-me",
    "producer-consumer",
    "recursion",
    "two-locks",
];

impl Entry {
    /// Reads it.
    ///
    /// # Errors
    /// None: each program that comes with the machine is right.
    pub fn program(&self) -> Result<Program, Vec<Error>> {
        Program::parse(self.text)
    }
}

/// The entry of a slug.
#[must_use]
pub fn entry(slug: &str) -> Option<Entry> {
    PROGRAMS.iter().find(|entry| entry.slug == slug).copied()
}
