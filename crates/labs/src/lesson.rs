//! What there is to read beside a lab's figures: short steps, each with settings to press that show what it says.
//!
//! The build writes it into the lab's page as it is: neither the page's module nor an engine carries it.

/// A step of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is about, in a few words.
    pub heading: &'static str,
    /// What there is to know, in plain text.
    pub paragraphs: &'static [&'static str],
    /// What shows it.
    pub attempt: Attempt,
}

/// Settings to try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What they are, in a few words.
    pub label: &'static str,
    /// The values that they set, as a query string; all others stay as they are.
    pub query: &'static str,
}
