//! Durations and ratios for a reader, never more precise than the clock that measured them.
//!
//! [`fixed`] writes decimals, to keep the page small: the standard library's exact formatting of floats takes several
//! times the code.

/// A duration in microseconds, written with a unit, to three digits or to the clock's step `timer_us`, whichever is
/// coarser: `1.60 s`, `203 ms`, `12 µs`; `under 5 µs` if it is below the step. Never finer than a tenth of a
/// microsecond.
#[must_use]
pub fn duration(us: f64, timer_us: f64) -> String {
    let timer_us = timer_us.max(0.1);
    if us < timer_us && us < 1e6 {
        if us <= 0.0 {
            return "0 ms".to_owned();
        }
        return format!("under {}", scaled(timer_us, timer_us));
    }
    scaled(us, timer_us)
}

fn scaled(us: f64, step_us: f64) -> String {
    // 999.5 µs would read as 1000 µs.
    let (unit, size) = match us {
        _ if us < 999.5 => ("µs", 1.0),
        _ if us < 999_500.0 => ("ms", 1e3),
        _ => ("s", 1e6),
    };
    let value = us / size;
    let three_digits = 2 - (value.max(1.0).log10().floor() as i32);
    let by_the_clock = (size / step_us).log10().floor() as i32;
    let decimals = three_digits.min(by_the_clock).clamp(0, 3);
    format!("{} {unit}", fixed(value, decimals.unsigned_abs()))
}

/// A ratio: `3.9×`, `0.98×`, `12×`.
#[must_use]
pub fn ratio(ratio: f64) -> String {
    let decimals = match ratio {
        _ if ratio < 1.0 => 2,
        _ if ratio < 9.95 => 1,
        _ => 0,
    };
    fixed(ratio, decimals) + "×"
}

/// A number rounded to `decimals` decimals, at most 6: `12.30`. Exact below 10¹²; a number that is not finite is `–`.
#[must_use]
pub fn fixed(value: f64, decimals: u32) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let scale = 10_u64.pow(decimals.min(6));
    let exact = value.abs() * scale as f64;
    // What is half-way but for its last digits is half-way: a file does not have them, and what is read from there must look the same.
    let halves = (exact * 2.0).round() / 2.0;
    let nearly = (exact - halves).abs() <= exact.min(1e9) * 1e-13;
    let scaled = (if nearly { halves } else { exact }).round_ties_even() as u64;
    let mut text = (scaled / scale).to_string();
    if value < 0.0 && scaled > 0 {
        text.insert(0, '-');
    }
    if scale > 1 {
        text.push('.');
        // An extra digit in front keeps the decimals' leading zeros; it is not shown.
        text += &(scale + scaled % scale).to_string()[1..];
    }
    text
}

/// A number to 6 decimals, without trailing zeros: `12.3`.
#[must_use]
pub fn plain(value: f64) -> String {
    let mut text = fixed(value, 6);
    text.truncate(trimmed(&text).len());
    text
}

/// A number without trailing zeros.
#[must_use]
pub fn trimmed(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// The power of ten that is the first digit's: of 250, 100.
#[must_use]
pub fn decade(value: f64) -> f64 {
    10_f64.powi(value.log10().floor() as i32)
}

/// A number that is not negative, to three digits: `0.31`, `9.99`, `12.3`, `203`, `12,300`. Of numbers below 1, two decimals.
pub(crate) fn three_digits(value: f64) -> String {
    match value {
        _ if value == 0.0 => "0".to_owned(),
        // 9.995 would read as 10.00.
        _ if value < 9.995 => fixed(value, 2),
        _ if value < 99.95 => fixed(value, 1),
        _ if value < 999.5 => fixed(value, 0),
        _ => {
            let last = decade(value) / 100.0;
            grouped((value / last).round() * last)
        }
    }
}

/// A whole number that is not negative, with thousands separated: `1,237,604`.
#[must_use]
pub fn grouped(value: f64) -> String {
    let digits = fixed(value, 0);
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn durations_have_three_digits() {
        let durations = [12.0, 999.4, 1_234.0, 20_350.0, 203_456.0, 999_600.0, 1_601_915.0, 45_000_000.0];
        let texts = durations.map(|us| duration(us, 0.1));
        assert_eq!(texts, ["12.0 µs", "999 µs", "1.23 ms", "20.4 ms", "203 ms", "1.00 s", "1.60 s", "45.0 s"]);
    }

    #[test]
    fn no_digit_is_finer_than_the_clock() {
        assert_eq!(duration(12.4, 5.0), "12 µs");
        assert_eq!(duration(1_234.0, 100.0), "1.2 ms");
        assert_eq!(duration(1_234.0, 1_000.0), "1 ms");
        assert_eq!(duration(3.0, 5.0), "under 5 µs");
        assert_eq!(duration(400.0, 1_000.0), "under 1 ms");
        assert_eq!(duration(0.0, 5.0), "0 ms");
        assert_eq!(duration(0.01, 0.04), "under 0.1 µs");
    }

    #[test]
    fn numbers_are_rounded_and_keep_their_zeros() {
        assert_eq!([0.0, 0.05, 12.0, -3.456].map(|value| fixed(value, 2)), ["0.00", "0.05", "12.00", "-3.46"]);
        assert_eq!([2.5, -0.4, 999_999_999_999.0].map(|value| fixed(value, 0)), ["2", "0", "999999999999"]);
        assert_eq!([0.5, 20.0, 0.1 + 0.2, -1.25].map(plain), ["0.5", "20", "0.3", "-1.25"]);
        assert_eq!([f64::NAN, f64::INFINITY].map(plain), ["–", "–"]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_nearest_number(value in -1e12..1e12_f64, small in -1.0..1.0_f64, decimals in 0..=6_u32) {
            for value in [value, small] {
                let text = fixed(value, decimals);
                let read: f64 = text.parse().unwrap();
                let half = 0.5 / 10_f64.powi(decimals as i32);
                prop_assert!((read - value).abs() <= half * 1.000_001 + value.abs() * 1e-15 + 1e-4 * half, "{} was written {}", value, text);
                prop_assert_eq!(text.rsplit_once('.').map_or(0, |(_, digits)| digits.len()), decimals as usize);
            }
        }

        #[test]
        fn a_decade_is_at_most_as_large_and_ten_times_it_is_larger(exponent in -9.0..15.0_f64) {
            let value = 10_f64.powf(exponent);
            let decade = decade(value);
            prop_assert!(decade <= value * (1.0 + 1e-12) && value < 10.0 * decade * (1.0 + 1e-12));
        }
    }

    #[test]
    fn the_last_digits_of_a_double_change_nothing() {
        assert_eq!([2.05, 2.05 * (1.0 + f64::EPSILON), 2.05 * (1.0 - f64::EPSILON)].map(ratio), ["2.0×"; 3]);
    }

    #[test]
    fn ratios_have_two_digits() {
        assert_eq!([0.984, 1.0, 3.94, 9.96, 12.3].map(ratio), ["0.98×", "1.0×", "3.9×", "10×", "12×"]);
    }
}
