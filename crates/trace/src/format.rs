//! Durations and ratios as a reader sees them: never more precise than the clock that measured them.

/// A duration in microseconds with a unit, to three digits or to the clock's step `timer_us`, whichever is coarser: `1.60 s`,
/// `203 ms`, `12 µs`; `under 5 µs` if it is below the step. Never finer than a tenth of a microsecond.
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
    let decimals = three_digits.min(by_the_clock).clamp(0, 3) as usize;
    format!("{value:.decimals$} {unit}")
}

/// A ratio: `3.9×`, `0.98×`, `12×`.
#[must_use]
pub fn ratio(ratio: f64) -> String {
    let decimals = match ratio {
        _ if ratio < 1.0 => 2,
        _ if ratio < 9.95 => 1,
        _ => 0,
    };
    format!("{ratio:.decimals$}×")
}

/// A number that is not negative, to three digits: `0.31`, `9.99`, `12.3`, `203`, `12,300`. Of numbers below 1, two decimals.
pub(crate) fn three_digits(value: f64) -> String {
    match value {
        _ if value == 0.0 => "0".to_owned(),
        // 9.995 would read as 10.00.
        _ if value < 9.995 => format!("{value:.2}"),
        _ if value < 99.95 => format!("{value:.1}"),
        _ if value < 999.5 => format!("{value:.0}"),
        _ => {
            let last = 10_f64.powi(value.log10().floor() as i32 - 2);
            grouped((value / last).round() * last)
        }
    }
}

/// A whole number that is not negative, its thousands set apart: `1,237,604`.
pub(crate) fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
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
    fn ratios_have_two_digits() {
        assert_eq!([0.984, 1.0, 3.94, 9.96, 12.3].map(ratio), ["0.98×", "1.0×", "3.9×", "10×", "12×"]);
    }
}
