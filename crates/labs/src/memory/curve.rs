//! The curve of time against size, and where it steps up.

use super::Data;
use interleave_trace::Summary;

/// From this ratio on, a rise from one set to the next larger one is steep.
const STEEP: f64 = 1.5;

/// A set, and how long a load from it takes, in nanoseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    pub(super) bytes: f64,
    pub(super) ns: Summary,
}

/// The curve, smallest set first.
pub(super) fn levels(data: &Data) -> Vec<Level> {
    let level = |set: &super::Set| Some(Level { bytes: f64::from(set.bytes), ns: Summary::of(&set.ns)? });
    data.sets.iter().filter_map(level).collect()
}

/// A stretch of the curve in which each level is steeply above the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step {
    /// The last level before it.
    pub(super) foot: usize,
    /// The first level after it.
    pub(super) top: usize,
    /// The level before its steepest part.
    pub(super) steepest: usize,
}

/// Where the curve steps up.
///
/// A rise belongs to a step if it is by half or more, and if all that follows stays above all that came before,
/// quartiles included, so that noise makes no step. Adjacent rises are one step.
pub(super) fn steps(levels: &[Level]) -> Vec<Step> {
    let rise = |index: usize| levels[index + 1].ns.median / levels[index].ns.median;
    // From the largest set backwards: the lowest the curve gets from here on.
    let mut lowest = f64::INFINITY;
    let mut steep = vec![false; levels.len()];
    for (index, pair) in levels.windows(2).enumerate().rev() {
        lowest = lowest.min(pair[1].ns.low);
        steep[index] = rise(index) >= STEEP && lowest > pair[0].ns.high;
    }
    let mut steps: Vec<Step> = Vec::new();
    for index in (0..levels.len()).filter(|index| steep[*index]) {
        match steps.last_mut() {
            Some(step) if step.top == index => {
                step.top = index + 1;
                if rise(index) > rise(step.steepest) {
                    step.steepest = index;
                }
            }
            _ => steps.push(Step { foot: index, top: index + 1, steepest: index }),
        }
    }
    steps
}

/// One level for each flat stretch: the smallest set, the middle one between two steps, the largest set.
pub(super) fn landmarks(levels: &[Level], steps: &[Step]) -> Vec<usize> {
    let Some(largest) = levels.len().checked_sub(1) else { return Vec::new() };
    let middle = steps.windows(2).map(|pair| (pair[0].top + pair[1].foot) / 2);
    let mut landmarks: Vec<usize> = [0].into_iter().chain(middle).chain([largest]).collect();
    landmarks.dedup();
    landmarks
}

/// Whether the curve climbs by half or more after its last step.
pub(super) fn climbs_on(levels: &[Level], steps: &[Step]) -> bool {
    let (Some(step), Some(largest)) = (steps.last(), levels.last()) else { return false };
    let top = &levels[step.top].ns;
    largest.ns.ratio(top).is_some_and(|ratio| ratio.value >= STEEP && ratio.is_clear())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn curve(medians: &[f64], spread: f64) -> Vec<Level> {
        let level = |(index, ns): (usize, &f64)| Level {
            bytes: 4096.0 * 2_f64.powi(index as i32),
            ns: Summary::of(&[ns / (1.0 + spread), *ns, ns * (1.0 + spread)]).unwrap(),
        };
        medians.iter().enumerate().map(level).collect()
    }

    #[test]
    fn steps_are_where_the_curve_rises_steeply_and_stays_high() {
        // As measured on a machine with caches of 48 kB and 2 MB.
        let measured = [1.22, 1.22, 1.24, 1.22, 3.95, 3.97, 4.01, 4.5, 5.7, 19.3, 41.0, 53.0, 75.0, 104.0, 140.0];
        let levels = curve(&measured, 0.1);
        let steps = steps(&levels);
        assert_eq!(steps, [Step { foot: 3, top: 4, steepest: 3 }, Step { foot: 8, top: 10, steepest: 8 }]);
        assert_eq!(landmarks(&levels, &steps), [0, 6, 14]);
        assert!(climbs_on(&levels, &steps));
    }

    #[test]
    fn a_peak_is_no_step_and_neither_is_what_the_spread_hides() {
        assert_eq!(steps(&curve(&[1.0, 1.0, 9.0, 1.0, 1.0], 0.1)), []);
        assert_eq!(steps(&curve(&[1.0, 1.0, 1.8, 1.8], 0.9)), []);
        assert_eq!(steps(&curve(&[1.0, 1.2, 1.4, 1.7, 2.0], 0.0)), []);
        assert_eq!((steps(&[]), landmarks(&[], &[])), (vec![], vec![]));
        assert_eq!(landmarks(&curve(&[1.0], 0.1), &[]), [0]);
    }

    proptest! {
        #[test]
        fn noise_has_no_step(samples in prop::collection::vec(prop::collection::vec(10.0..14.9_f64, 1..9), 0..16)) {
            let level = |ns: &Vec<f64>| Level { bytes: 1.0, ns: Summary::of(ns).unwrap() };
            prop_assert_eq!(steps(&samples.iter().map(level).collect::<Vec<_>>()), []);
        }

        #[test]
        fn a_clear_step_is_found_where_it_is(
            before in prop::collection::vec(10.0..12.0_f64, 1..8),
            after in prop::collection::vec(24.0..28.0_f64, 1..8),
            spread in 0.0..0.15_f64,
        ) {
            let levels = curve(&[before.clone(), after].concat(), spread);
            let foot = before.len() - 1;
            prop_assert_eq!(steps(&levels), [Step { foot, top: foot + 1, steepest: foot }]);
            prop_assert!(!climbs_on(&levels, &steps(&levels)));
        }

        #[test]
        fn behind_a_step_nothing_is_as_low_as_before_it(
            medians in prop::collection::vec(0.1..1e4_f64, 0..16), spread in 0.0..2.0_f64,
        ) {
            let levels = curve(&medians, spread);
            let steps = steps(&levels);
            prop_assert!(steps.is_sorted_by(|a, b| a.top < b.foot), "neighbours are one step: {:?}", steps);
            for step in &steps {
                prop_assert!((step.foot..step.top).contains(&step.steepest));
                for index in step.foot..step.top {
                    prop_assert!(levels[index + 1].ns.median >= levels[index].ns.median * STEEP);
                    prop_assert!(levels[index + 1..].iter().all(|level| level.ns.low > levels[index].ns.high));
                }
            }
            let landmarks = landmarks(&levels, &steps);
            prop_assert!(landmarks.is_sorted_by(|a, b| a < b) && landmarks.iter().all(|index| *index < levels.len()));
            prop_assert!(landmarks.len() > steps.len() || levels.is_empty());
        }
    }
}
