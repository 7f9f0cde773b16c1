//! The same run, seen by core instead of by thread.

use crate::{Lane, LaneKind, Span, State};

/// The `run` spans of all lanes on as few rows as needed. Row *i* is what a core could have done; a page cannot know
/// which core a thread was really on. Greedy interval partitioning: Kleinberg and Tardos, *Algorithm Design*, 4.1.
#[must_use]
pub fn by_core(spans: &[Span]) -> (Vec<Lane>, Vec<Span>) {
    let mut packed: Vec<Span> = spans.iter().filter(|span| span.state == State::Run).copied().collect();
    packed.sort_by_key(|span| (span.start_us, span.end_us));
    let mut free_from: Vec<u64> = Vec::new();
    for span in &mut packed {
        let row = free_from.iter().position(|free| *free <= span.start_us).unwrap_or_else(|| {
            free_from.push(0);
            free_from.len() - 1
        });
        free_from[row] = span.end_us;
        span.lane = row as u32;
    }
    let lane = |id| Lane { id, name: format!("core {}", id + 1), kind: LaneKind::Main };
    ((0..free_from.len() as u32).map(lane).collect(), packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn rows_never_overlap_and_nothing_is_lost(spans in prop::collection::vec((0_u64..1000, 0_u64..100, 0_u32..5), 0..60)) {
            let spans: Vec<_> = spans.into_iter().map(|(start_us, len, lane)| {
                Span { lane, task: lane, state: State::Run, start_us, end_us: start_us + len }
            }).collect();
            let (cores, packed) = by_core(&spans);
            prop_assert_eq!(packed.len(), spans.len());
            for core in &cores {
                let on: Vec<_> = packed.iter().filter(|span| span.lane == core.id).collect();
                prop_assert!(on.windows(2).all(|pair| pair[0].end_us <= pair[1].start_us));
            }
        }
    }
}
