//! The proof, from outside, that modes which should compute in parallel do.

use crate::not_run;
use interleave_trace::{Span, State};

/// The mode that the others are held against.
const ONE_AFTER_ANOTHER: &str = "sequential";
/// Those whose tasks compute at the same time where there are cores.
const PARALLEL: [&str; 3] = ["threads", "pool", "processes"];
/// Runs before a mode counts as one that does not.
const TRIES: u32 = 40;
/// Times that each of the two tasks computes in a run. A plan has no room for more.
const PARTS: usize = 8;

/// Runs `compare` until each parallel mode has been seen to compute two tasks at the same instant.
///
/// That spans overlap is no proof: a mode whose tasks took turns within a span would record the same. But a part of computing is a
/// fixed number of iterations, and turns cannot do two parts in clearly less time than one after the other. So it looks for one part
/// of each task that together took less than one and a half. One such pair proves it; that there is none proves nothing, for another
/// program may have had the second core. The tasks sleep between their parts, for times that differ, so that the parts meet in every
/// way: a process may start later than the other by more than a part.
#[derive(Debug)]
pub struct AtOnce {
    place: String,
    /// The modes that have not been seen to do so.
    left: Vec<&'static str>,
    runs: u32,
    cores: u32,
}

impl AtOnce {
    /// `place` is where the modes run, for messages.
    #[must_use]
    pub fn new(place: &str) -> AtOnce {
        AtOnce { place: place.to_owned(), left: PARALLEL.to_vec(), runs: 0, cores: 0 }
    }

    /// What to run next; nothing once all modes have been seen to compute in parallel, or where there is one core.
    ///
    /// # Panics
    /// If a mode has not been seen to, though there are two cores.
    pub fn next_query(&mut self) -> Option<String> {
        if self.left.is_empty() {
            return None;
        }
        if self.runs > 0 && self.cores < 2 {
            not_run("a second core");
            return None;
        }
        let modes = self.left.join(",");
        assert!(self.runs < TRIES, "{}: of {modes}, no two tasks computed at the same instant", self.place);
        self.runs += 1;
        let task = |sleep: &str| vec![format!("c4.{sleep}"); PARTS].join(".");
        Some(format!("plan={}%2B{}&pool=2&modes={ONE_AFTER_ANOTHER},{modes}", task("s2"), task("s3")))
    }

    /// Looks at the runs that the last query came to, modes and their spans, on so many cores.
    ///
    /// # Panics
    /// If a mode is missing.
    pub fn see<'a>(&mut self, runs: impl IntoIterator<Item = (&'a str, &'a [Span])>, cores: u32) {
        let runs: Vec<_> = runs.into_iter().collect();
        let of = |mode: &str| {
            let run = runs.iter().find(|(of, _)| *of == mode);
            run.unwrap_or_else(|| panic!("{}: {mode} did not run", self.place)).1
        };
        let alone = of(ONE_AFTER_ANOTHER);
        self.left.retain(|mode| !overlap(alone, of(mode)));
        self.cores = cores;
    }
}

/// Whether two tasks computed at the same instant, given the spans of the same tasks one after the other.
fn overlap(alone: &[Span], together: &[Span]) -> bool {
    let fastest_us = [parts(alone, 0), parts(alone, 1)].concat().iter().map(Span::len_us).min();
    let (ones, others) = (parts(together, 0), parts(together, 1));
    let pairs = ones.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    let took_us = pairs.map(|(one, other)| one.end_us.max(other.end_us) - one.start_us.min(other.start_us)).min();
    matches!((fastest_us, took_us), (Some(one), Some(both)) if both * 2 <= one * 3)
}

/// The parts of a task, from one sleep to the next, for which it had a core throughout.
fn parts(spans: &[Span], task: u32) -> Vec<Span> {
    let mut spans: Vec<Span> = spans.iter().filter(|span| span.task == task).copied().collect();
    spans.sort_by_key(|span| span.start_us);
    let whole = |three: &[Span]| three.iter().map(|span| span.state).eq([State::Sleep, State::Run, State::Sleep]);
    spans.windows(3).filter(|three| whole(three)).map(|three| three[1]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A task's spans: it sleeps between parts that begin and end so.
    fn task(task: u32, parts: &[(u64, u64)]) -> Vec<Span> {
        let span = |state, start_us, end_us| Span { lane: task, task, state, start_us, end_us };
        let mut spans = vec![span(State::Sleep, 0, parts[0].0)];
        for (index, &(start_us, end_us)) in parts.iter().enumerate() {
            spans.push(span(State::Run, start_us, end_us));
            spans.push(span(State::Sleep, end_us, parts.get(index + 1).map_or(end_us + 5, |next| next.0)));
        }
        spans
    }

    fn seen(one: &[(u64, u64)], other: &[(u64, u64)]) -> bool {
        let alone = [task(0, &[(10, 110), (120, 225)]), task(1, &[(300, 410)])].concat();
        overlap(&alone, &[task(0, one), task(1, other)].concat())
    }

    #[test]
    fn parts_that_are_done_sooner_than_in_turn_were_computed_at_once() {
        assert!(seen(&[(10, 115)], &[(40, 145)]));
        assert!(seen(&[(10, 200), (300, 400)], &[(20, 210), (310, 420)]), "one pair is proof");
    }

    #[test]
    fn one_after_the_other_is_not_at_once() {
        assert!(!seen(&[(10, 110), (220, 320)], &[(110, 210)]));
    }

    #[test]
    fn turns_within_a_span_are_not_at_once() {
        assert!(!seen(&[(10, 205)], &[(15, 210)]));
    }

    #[test]
    fn what_is_left_of_a_part_is_none() {
        let mut spans = task(0, &[(10, 60)]);
        spans.insert(2, Span { state: State::Ready, start_us: 60, end_us: 60, ..spans[1] });
        assert_eq!(parts(&spans, 0), []);
        assert_eq!(parts(&task(0, &[(10, 60)]), 0).len(), 1);
    }

    #[test]
    #[should_panic(expected = "here: of threads,pool,processes, no two tasks computed at the same instant")]
    fn a_mode_that_never_is_parallel_fails() {
        let mut at_once = AtOnce::new("here");
        let spans = [task(0, &[(0, 100)]), task(1, &[(100, 200)])].concat();
        while at_once.next_query().is_some() {
            at_once.see([ONE_AFTER_ANOTHER].into_iter().chain(PARALLEL).map(|mode| (mode, &spans[..])), 2);
        }
    }
}
