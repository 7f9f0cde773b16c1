//! Units, and how values are written.

use crate::format::{fixed, grouped, ratio, three_digits, trimmed};
use serde::{Deserialize, Serialize};

/// A value's unit. Decides how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unit {
    /// A number of things.
    Count,
    /// A time in nanoseconds.
    Nanoseconds,
    /// A size in bytes.
    Bytes,
    /// How many times as much.
    Times,
    /// A part of a whole, from 0 to 1, written in per cent.
    Share,
}

impl Unit {
    /// The value for a reader, with at most three significant digits; but a whole count, which is exact, in full:
    /// `1,237,604`, `12.3 ns`, `4 kB`, `3.9×`, `61.9%`.
    ///
    /// Sizes are in powers of 1024: `4 kB` is 4096 bytes. A time below 0.1 ns is `under 0.1 ns`; a share is `0%` or
    /// `100%` only if it is exactly that; a number that would fill a line is `over 10^15`. A value that is not finite
    /// is `–`.
    #[must_use]
    pub fn write(self, value: f64) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        if value < 0.0 {
            return format!("−{}", self.write(-value));
        }
        let (size, name) = self.scale(value);
        if value / size >= 1e15 {
            return format!("over 10^15{name}");
        }
        match self {
            Unit::Count if value.fract() == 0.0 => grouped(value),
            Unit::Nanoseconds if 0.0 < value && value < 0.1 => "under 0.1 ns".to_owned(),
            Unit::Share if 0.0 < value && value < 1e-4 => "under 0.01%".to_owned(),
            Unit::Share if (0.9995..1.0).contains(&value) => "over 99.9%".to_owned(),
            Unit::Times if value < 99.5 => ratio(value),
            _ => {
                let digits = three_digits(value / size);
                // Memory sizes are mostly whole numbers of their unit, and a share is 100% only if it is exact.
                let digits = if matches!(self, Unit::Bytes | Unit::Share) { trimmed(&digits) } else { &digits };
                format!("{digits}{name}")
            }
        }
    }

    /// A range, with the unit only once if both ends have the same: `11.9–12.8 ns`.
    #[must_use]
    pub fn range(self, low: f64, high: f64) -> String {
        let (from, to) = (self.write(low), self.write(high));
        if from == to {
            return to;
        }
        let number = from.trim_end_matches(|letter: char| !letter.is_ascii_digit());
        let same = to.ends_with(&from[number.len()..]) && !from.starts_with(|letter: char| letter.is_alphabetic());
        format!("{}–{to}", if same { number } else { &from })
    }

    /// A round value, on an axis: `1 µs`, `500k`.
    pub(super) fn tick(self, value: f64) -> String {
        if value < 0.0 {
            return format!("−{}", self.tick(-value));
        }
        let (size, name) = self.scale(value);
        if value / size >= 1e15 {
            return self.write(value);
        }
        if self == Unit::Count && value >= 10_000.0 {
            let (size, name) = if value < 1e6 { (1e3, "k") } else { (1e6, "M") };
            return format!("{}{name}", trimmed(&three_digits(value / size)));
        }
        if value == 0.0 {
            return "0".to_owned();
        }
        let digits = fixed(value / size, 3);
        format!("{}{name}", trimmed(&digits))
    }

    /// Its name in the heading of a column of bare numbers.
    pub(super) fn name(self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Nanoseconds => "ns",
            Unit::Bytes => "bytes",
            Unit::Times => "times",
            Unit::Share => "share",
        }
    }

    /// The size and the name of the unit that a positive value is written in.
    fn scale(self, value: f64) -> (f64, &'static str) {
        const K: f64 = 1024.0;
        // A value that rounds to 1000 of a unit is written as 1 of the next.
        match self {
            Unit::Count => (1.0, ""),
            Unit::Times => (1.0, "×"),
            Unit::Share => (0.01, "%"),
            Unit::Nanoseconds => match value {
                _ if value < 999.5 => (1.0, " ns"),
                _ if value < 999.5e3 => (1e3, " µs"),
                _ if value < 999.5e6 => (1e6, " ms"),
                _ => (1e9, " s"),
            },
            Unit::Bytes => match value {
                _ if value < 999.5 => (1.0, " B"),
                _ if value < 999.5 * K => (K, " kB"),
                _ if value < 999.5 * K * K => (K * K, " MB"),
                _ => (K * K * K, " GB"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Unit; 5] = [Unit::Count, Unit::Nanoseconds, Unit::Bytes, Unit::Times, Unit::Share];

    #[test]
    fn values_have_at_most_three_digits_and_counts_all() {
        let times = [0.0, 0.02, 0.314, 1.26, 12.34, 99.96, 999.6, 1_234.0, 203_456_000.0, 1.6e9]
            .map(|ns| Unit::Nanoseconds.write(ns));
        assert_eq!(
            times,
            [
                "0 ns",
                "under 0.1 ns",
                "0.31 ns",
                "1.26 ns",
                "12.3 ns",
                "100 ns",
                "1.00 µs",
                "1.23 µs",
                "203 ms",
                "1.60 s"
            ]
        );
        let sizes = [64.0, 1000.0, 4096.0, 1536.0, 65_536.0, 1_048_576.0, 67_108_864.0, 3.3e9]
            .map(|bytes| Unit::Bytes.write(bytes));
        assert_eq!(sizes, ["64 B", "0.98 kB", "4 kB", "1.5 kB", "64 kB", "1 MB", "64 MB", "3.07 GB"]);
        let counts = [0.0, 7.0, 12.5, 1_237_604.0].map(|count| Unit::Count.write(count));
        assert_eq!(counts, ["0", "7", "12.5", "1,237,604"]);
        let ratios = [0.984, 0.996, 1.0, 3.94, 9.96, 12.3, 12_345.0].map(|ratio| Unit::Times.write(ratio));
        assert_eq!(ratios, ["0.98×", "1.00×", "1.0×", "3.9×", "10×", "12×", "12,300×"]);
        let shares = [0.0, 0.00001, 0.0005, 0.123, 0.6188, 0.9999, 1.0].map(|share| Unit::Share.write(share));
        assert_eq!(shares, ["0%", "under 0.01%", "0.05%", "12.3%", "61.9%", "over 99.9%", "100%"]);
        assert_eq!(Unit::Count.write(f64::NAN), "–");
        assert_eq!(Unit::Nanoseconds.write(-12.34), "−12.3 ns");
    }

    #[test]
    fn a_range_says_its_unit_once() {
        assert_eq!(Unit::Nanoseconds.range(11.94, 12.81), "11.9–12.8 ns");
        assert_eq!(Unit::Nanoseconds.range(900.0, 1_100.0), "900 ns–1.10 µs");
        assert_eq!(Unit::Nanoseconds.range(0.01, 12.81), "under 0.1 ns–12.8 ns");
        assert_eq!(Unit::Count.range(3.0, 4.0), "3–4");
        assert_eq!(Unit::Share.range(0.5, 0.5), "50%");
    }

    #[test]
    fn ticks_have_no_needless_digits() {
        assert_eq!(
            [0.0, 0.5, 2.0, 1e3, 2.5e7].map(|ns| Unit::Nanoseconds.tick(ns)),
            ["0", "0.5 ns", "2 ns", "1 µs", "25 ms"]
        );
        assert_eq!(
            [500.0, 2_000.0, 50_000.0, 2.5e6].map(|count| Unit::Count.tick(count)),
            ["500", "2000", "50k", "2.5M"]
        );
        assert_eq!([0.05, 1.0].map(|share| Unit::Share.tick(share)), ["5%", "100%"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_value_to_three_digits(exponent in -3.0..14.0_f64, unit in prop::sample::select(&ALL[..])) {
            let value = if unit == Unit::Share { 10_f64.powf(exponent - 14.0) } else { 10_f64.powf(exponent) };
            let text = unit.write(value);
            let number = text.trim_start_matches("under ").trim_start_matches("over ").replace(',', "");
            let number = number.trim_end_matches(|letter: char| !letter.is_ascii_digit());
            let read: f64 = number.parse().unwrap();
            let (size, _) = unit.scale(value);
            if !text.contains("r ") {
                let apart = (read * size - value).abs();
                // Ratios have two digits, of less there are two decimals.
                let part = if unit == Unit::Times { 0.051 } else { 0.0051 };
                prop_assert!(apart <= value * part || apart <= 0.0051 * size, "{} was written {}", value, text);
            }
            let digits = number.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count();
            prop_assert!(digits <= 3 || number.ends_with('0') || value.fract() == 0.0, "{}", text);
        }
    }
}
