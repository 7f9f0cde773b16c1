//! The spread of repeated measurements.

use super::Unit;
use serde::{Deserialize, Serialize};

/// The spread of repeats around their median.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The lower quartile.
    pub low: f64,
    /// The upper quartile.
    pub high: f64,
    /// The smallest of the repeats.
    pub least: f64,
    /// The largest of the repeats.
    pub most: f64,
}

impl Spread {
    /// No spread: for a count, or a single measurement.
    #[must_use]
    pub fn none(at: f64) -> Spread {
        Spread::between(at, at)
    }

    /// A bare range.
    #[must_use]
    pub fn between(low: f64, high: f64) -> Spread {
        Spread { low, high, least: low, most: high }
    }

    /// Whether a repeat is an outlier: beyond the quartiles by more than one and a half times the distance between them (Tukey,
    /// *Exploratory Data Analysis*, 1977).
    #[must_use]
    pub fn excludes(&self, value: f64) -> bool {
        let reach = 1.5 * (self.high - self.low);
        value < self.low - reach || value > self.high + reach
    }

    /// The smallest and the largest repeat, each only if it is an outlier.
    #[must_use]
    pub fn outliers(&self) -> [Option<f64>; 2] {
        [self.least, self.most].map(|value| Some(value).filter(|value| self.excludes(*value)))
    }

    /// All its values: quartiles and outliers.
    pub(super) fn marks(&self) -> impl Iterator<Item = f64> {
        [self.low, self.high].into_iter().chain(self.outliers().into_iter().flatten())
    }

    /// In words, to follow a value written as `value`: `1.13–1.32 ns, up to 5.8 ns`. `None` if it does not show at this
    /// precision.
    #[must_use]
    pub fn write(&self, value: &str, unit: Unit) -> Option<String> {
        let quartiles = Some(unit.range(self.low, self.high)).filter(|text| text != value);
        let outliers = ["down to ", "up to "].into_iter().zip(self.outliers()).filter_map(|(words, outlier)| {
            let text = unit.write(outlier?);
            (text != value).then(|| [words, &text].concat())
        });
        let parts: Vec<String> = quartiles.into_iter().chain(outliers).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_is_told_and_what_is_not_seen_is_not() {
        let spread = |least, most| Spread { low: 10.0, high: 12.0, least, most };
        let write = |spread: Spread| spread.write("11.0 ns", Unit::Nanoseconds).unwrap_or_default();
        assert_eq!(write(spread(7.0, 15.0)), "10.0–12.0 ns");
        assert_eq!(write(spread(7.0, 300.0)), "10.0–12.0 ns, up to 300 ns");
        assert_eq!(write(spread(6.9, 15.1)), "10.0–12.0 ns, down to 6.90 ns, up to 15.1 ns");
        assert_eq!(write(Spread { most: 40.0, ..Spread::none(11.0) }), "up to 40.0 ns");
        assert_eq!(write(Spread { most: 11.001, ..Spread::none(11.0) }), "");
    }
}
