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

    /// The smallest and the largest of the repeats, each only if it is an outlier.
    #[must_use]
    pub fn outliers(&self) -> [Option<f64>; 2] {
        [self.least, self.most].map(|value| if self.excludes(value) { Some(value) } else { None })
    }

    /// From where to where something is drawn: outliers, or else quartiles.
    pub(super) fn reach(&self) -> [f64; 2] {
        let [least, most] = self.outliers();
        [least.unwrap_or(self.low), most.unwrap_or(self.high)]
    }

    /// In words, beside a value that is written `value`: `1.13–1.32 ns, up to 5.8 ns`. Empty if nothing of it shows at this precision.
    #[must_use]
    pub fn write(&self, value: &str, unit: Unit) -> String {
        let mut text = String::new();
        let mut add = |before: &str, part: String| {
            if part != value {
                if !text.is_empty() {
                    text += ", ";
                }
                text += before;
                text += &part;
            }
        };
        add("", unit.range(self.low, self.high));
        let [least, most] = self.outliers();
        if let Some(least) = least {
            add("down to ", unit.write(least));
        }
        if let Some(most) = most {
            add("up to ", unit.write(most));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outlier_is_told_and_what_is_not_seen_is_not() {
        let spread = |least, most| Spread { low: 10.0, high: 12.0, least, most };
        let write = |spread: Spread| spread.write("11.0 ns", Unit::Nanoseconds);
        assert_eq!(write(spread(7.0, 15.0)), "10.0–12.0 ns");
        assert_eq!(write(spread(7.0, 300.0)), "10.0–12.0 ns, up to 300 ns");
        assert_eq!(write(spread(6.9, 15.1)), "10.0–12.0 ns, down to 6.90 ns, up to 15.1 ns");
        assert_eq!(write(Spread { most: 40.0, ..Spread::none(11.0) }), "up to 40.0 ns");
        assert_eq!(write(Spread { most: 11.001, ..Spread::none(11.0) }), "");
    }
}
