//! Runs on one time axis.

use crate::export::Exported;
use crate::{Lane, Span, Subject};
use serde::{Deserialize, Serialize};

/// Runs, one below the other, on one time axis.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timeline {
    /// The runs, in the order in which they ran.
    pub runs: Vec<TimelineRun>,
}

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimelineRun {
    /// Its name for programs, such as a mode's slug; no two runs of a timeline have the same.
    pub slug: String,
    /// Its heading.
    pub title: String,
    /// A note beside its time: `3 switches`; may be empty.
    pub note: String,
    /// How long it took, in microseconds.
    pub wall_us: u64,
    /// The shortest time in which it could have been done, in microseconds; nothing where none can be told.
    pub bound_us: Option<u64>,
    /// How many times as fast as the run it is compared with.
    pub speedup: Option<f64>,
    /// Whether its lanes share one core, so that it can be drawn by core as well.
    pub one_core: bool,
    /// The lanes, in order of drawing.
    pub lanes: Vec<Lane>,
    /// The spans, in microseconds from the run's start.
    pub spans: Vec<Span>,
    /// What spans are about, if they are not of tasks: then lanes have no spans that overlap.
    pub subjects: Vec<Subject>,
}

impl Timeline {
    /// The runs, ready for export.
    #[must_use]
    pub fn exported(&self) -> Vec<Exported<'_>> {
        self.runs.iter().map(TimelineRun::exported).collect()
    }

    /// How long the longest run took, in microseconds: the length of the axis.
    #[must_use]
    pub fn longest_us(&self) -> u64 {
        self.runs.iter().map(|run| run.wall_us).max().unwrap_or(0)
    }
}

impl TimelineRun {
    /// What a span is about; nothing in a run of tasks.
    #[must_use]
    pub fn subject(&self, span: &Span) -> Option<&Subject> {
        self.subjects.get(span.task as usize)
    }

    fn exported(&self) -> Exported<'_> {
        Exported {
            slug: &self.slug,
            title: &self.title,
            wall_us: self.wall_us,
            bound_us: self.bound_us,
            lanes: &self.lanes,
            spans: &self.spans,
            subjects: &self.subjects,
        }
    }
}
