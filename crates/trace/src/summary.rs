//! Summaries of repeated measurements.

use crate::figure::{Cell, Point, Spread, Unit};
use serde::{Deserialize, Serialize};

/// Repeated measurements in a few numbers. None is dropped: outliers are counted, and are between `least` and `most`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many measurements there are; at least 1.
    pub count: u32,
    /// The middle one.
    pub median: f64,
    /// The lower quartile: a quarter of them is at most this.
    pub low: f64,
    /// The upper quartile.
    pub high: f64,
    /// The smallest one.
    pub least: f64,
    /// The largest one.
    pub most: f64,
    /// How many are beyond Tukey's fences: outside the quartiles by more than 1.5 times the distance between them
    /// (Tukey, *Exploratory Data Analysis*, 1977, 2C).
    pub outliers: u32,
}

/// The `count`th part of `total`, to 12 digits: more than any clock tells, and few enough that a file holds the number exactly. What is
/// computed from it on the page and from a file is the same, to the last digit and the last sentence.
#[must_use]
pub fn mean(total: f64, count: f64) -> f64 {
    let exact = total / count;
    if exact == 0.0 || !exact.is_finite() {
        return exact;
    }
    let digits = 11 - exact.abs().log10().floor() as i32;
    // Powers of ten up to 10²² are exact as doubles, so the quotient is the double nearest to those digits.
    if digits > 0 {
        let power = 10_f64.powi(digits.min(22));
        (exact * power).round() / power
    } else {
        let power = 10_f64.powi(-digits);
        (exact / power).round() * power
    }
}

impl Summary {
    /// The summary of `values`, in any order. `None` if there are none, or if one is not finite: then the measurement
    /// is wrong, and a summary of the rest would hide that.
    ///
    /// Quantiles are of type 7 (Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996): interpolated
    /// between values.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Summary> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (least, most) = (*sorted.first()?, *sorted.last()?);
        if !values.iter().all(|value| value.is_finite()) {
            return None;
        }
        let [low, median, high] = [0.25, 0.5, 0.75].map(|part| quantile(&sorted, part));
        let spread = Spread { low, high, least, most };
        let outliers = sorted.iter().filter(|value| spread.excludes(**value)).count() as u32;
        Some(Summary { count: sorted.len() as u32, median, low, high, least, most, outliers })
    }

    /// How many times as large as `base`: the ratio of the medians, with the smallest and largest ratio between values
    /// within the quartiles. `None` unless all quartiles are above 0.
    #[must_use]
    pub fn ratio(&self, base: &Summary) -> Option<Ratio> {
        (self.low > 0.0 && base.low > 0.0).then(|| Ratio {
            value: self.median / base.median,
            low: self.low / base.high,
            high: self.high / base.low,
        })
    }

    /// The spread of the values.
    #[must_use]
    pub fn spread(&self) -> Spread {
        Spread { low: self.low, high: self.high, least: self.least, most: self.most }
    }

    /// The median at `x` of a chart, with the quartiles as its spread.
    #[must_use]
    pub fn point(&self, x: f64) -> Point {
        Point { x, y: self.median, spread: self.spread() }
    }

    /// The median in a table, with the quartiles as its spread.
    #[must_use]
    pub fn cell(&self, unit: Unit) -> Cell {
        Cell::Value { value: self.median, spread: self.spread(), unit }
    }
}

/// How many times as large one thing is as another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// The ratio of the medians.
    pub value: f64,
    /// The smallest it can be.
    pub low: f64,
    /// The largest it can be.
    pub high: f64,
}

impl Ratio {
    /// Whether the difference is clear: 1 is not within the range.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.low > 1.0 || self.high < 1.0
    }
}

/// The quantile of sorted values: `part` of them are at most this.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let at = (sorted.len() - 1) as f64 * part;
    let (below, above) = (sorted[at as usize], sorted[at.ceil() as usize]);
    // Halves, because the difference of two large numbers may overflow.
    let step = (above / 2.0 - below / 2.0) * at.fract();
    (below + step + step).clamp(below, above)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quantiles_are_those_of_type_7() {
        // R: quantile(c(1, 2, 4, 8), type = 7)
        let summary = Summary::of(&[8.0, 1.0, 4.0, 2.0]).unwrap();
        assert_eq!((summary.low, summary.median, summary.high), (1.75, 3.0, 5.0));
        assert_eq!((summary.count, summary.least, summary.most, summary.outliers), (4, 1.0, 8.0, 0));
    }

    #[test]
    fn an_outlier_is_counted_and_kept() {
        let summary = Summary::of(&[10.0, 11.0, 12.0, 11.0, 10.0, 500.0, 11.0, -90.0]).unwrap();
        assert_eq!((summary.count, summary.outliers, summary.least, summary.most), (8, 2, -90.0, 500.0));
        assert_eq!(summary.median, 11.0);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        assert_eq!(Summary::of(&[]), None);
        for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(Summary::of(&[1.0, wrong, 2.0]), None);
        }
    }

    #[test]
    fn a_ratio_is_clear_only_if_the_quartiles_do_not_meet() {
        let of = |values: &[f64]| Summary::of(values).unwrap();
        let (small, large) = (of(&[9.0, 10.0, 11.0]), of(&[19.0, 20.0, 21.0]));
        let ratio = large.ratio(&small).unwrap();
        assert_eq!((ratio.value, ratio.low, ratio.high), (2.0, 19.5 / 10.5, 20.5 / 9.5));
        assert!(ratio.is_clear() && small.ratio(&large).unwrap().is_clear());
        assert!(!of(&[9.0, 10.0, 30.0]).ratio(&small).unwrap().is_clear());
        assert_eq!(large.ratio(&of(&[0.0, 0.0, 1.0])), None);
    }

    proptest! {
        #[test]
        fn numbers_are_in_order_whatever_the_values(values in prop::collection::vec(-1e300..1e300_f64, 1..50)) {
            let of = Summary::of(&values).unwrap();
            prop_assert!(of.least <= of.low && of.low <= of.median && of.median <= of.high && of.high <= of.most);
            prop_assert_eq!(of.count as usize, values.len());
            prop_assert!(of.outliers <= of.count / 2);
            // At least half of the values are between the quartiles, ends included.
            let within = values.iter().filter(|value| of.low <= **value && **value <= of.high).count();
            prop_assert!(2 * within + 2 >= values.len());
        }

        #[test]
        fn the_order_of_values_does_not_matter(values in prop::collection::vec(-1e9..1e9_f64, 1..50), by in 0_usize..50) {
            let mut other = values.clone();
            other.rotate_left(by % values.len());
            prop_assert_eq!(Summary::of(&values), Summary::of(&other));
            other.reverse();
            prop_assert_eq!(Summary::of(&values), Summary::of(&other));
        }

        #[test]
        fn another_unit_gives_the_same_summary_in_that_unit(values in prop::collection::vec(1e-3..1e9_f64, 1..50), power in -20_i32..20) {
            // A power of two, so that nothing is rounded.
            let scale = 2_f64.powi(power);
            let scaled: Vec<_> = values.iter().map(|value| value * scale).collect();
            let (of, other) = (Summary::of(&values).unwrap(), Summary::of(&scaled).unwrap());
            prop_assert_eq!(other.median, of.median * scale);
            prop_assert_eq!((other.low, other.high), (of.low * scale, of.high * scale));
            prop_assert_eq!((other.least, other.most, other.outliers), (of.least * scale, of.most * scale, of.outliers));
        }

        #[test]
        fn equal_values_have_no_spread(value in -1e300..1e300_f64, count in 1_usize..20) {
            let of = Summary::of(&vec![value; count]).unwrap();
            prop_assert_eq!([of.least, of.low, of.median, of.high, of.most], [value; 5]);
            prop_assert_eq!((of.count as usize, of.outliers), (count, 0));
        }

        #[test]
        fn a_ratio_lies_within_its_range(a in prop::collection::vec(1e-3..1e6_f64, 1..20), b in prop::collection::vec(1e-3..1e6_f64, 1..20)) {
            let (a, b) = (Summary::of(&a).unwrap(), Summary::of(&b).unwrap());
            let ratio = a.ratio(&b).unwrap();
            prop_assert!(ratio.low <= ratio.value && ratio.value <= ratio.high);
            // Two ways to say the same never contradict each other.
            prop_assert_eq!(ratio.is_clear(), b.ratio(&a).unwrap().is_clear());
        }
    }
}
