//! Which of two is larger, and by how much. The table, the findings and the score all use this, so that they agree.

use super::data::{Pair, Times};
use crate::result::Host;
use interleave_trace::Summary;

/// A difference by less than this factor does not matter.
const NOTICEABLE: f64 = 1.1;

/// What a thread and a process come to beside each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// The process is clearly this many times as much; below 1 if the thread is more.
    Apart(f64),
    /// The measurements do not tell them apart, or by so little that it does not matter.
    Alike,
    /// One of them is too short for the clock.
    TooShort,
}

impl Verdict {
    /// The verdict on a pair of times; `None` unless both were measured.
    pub(super) fn of_times(pair: &Pair, host: &Host) -> Option<Verdict> {
        let (thread, process) = (pair.thread.as_ref()?, pair.process.as_ref()?);
        let verdict = Verdict::of(&thread.summary()?, &process.summary()?);
        Some(if tells(thread, host) && tells(process, host) { verdict } else { Verdict::TooShort })
    }

    /// The verdict on two summaries.
    pub(super) fn of(thread: &Summary, process: &Summary) -> Verdict {
        match process.ratio(thread) {
            None => Verdict::TooShort,
            Some(ratio) if ratio.is_clear() && ratio.value.max(1.0 / ratio.value) >= NOTICEABLE => {
                Verdict::Apart(ratio.value)
            }
            Some(_) => Verdict::Alike,
        }
    }
}

/// Whether it is long enough for the clock: at least two steps.
fn tells(times: &Times, host: &Host) -> bool {
    times.summary().is_some_and(|summary| summary.median >= 2.0 * times.step_us(host))
}
