//! Measured runs in file formats of other programs.

mod chrome;
mod csv;
mod svg;

pub use chrome::chrome_trace;
pub(crate) use csv::cell;
pub use csv::csv;
pub(crate) use svg::escaped;
pub use svg::svg;

use crate::{Lane, Span, Subject};

/// A run to export.
#[derive(Clone, Copy, Debug)]
pub struct Exported<'a> {
    /// The mode's slug.
    pub slug: &'a str,
    /// The mode's name.
    pub title: &'a str,
    /// How long it took, in microseconds.
    pub wall_us: u64,
    /// The shortest time in which it could have been done, in microseconds, if that can be told.
    pub bound_us: Option<u64>,
    /// The lanes, in order of drawing.
    pub lanes: &'a [Lane],
    /// The spans, in microseconds from the run's start.
    pub spans: &'a [Span],
    /// What spans are about, if they are not of tasks.
    pub subjects: &'a [Subject],
}

impl Exported<'_> {
    /// What a span is about; nothing in a run of tasks.
    fn subject(&self, span: &Span) -> Option<&Subject> {
        self.subjects.get(span.task as usize)
    }
}

#[cfg(test)]
mod tests;
