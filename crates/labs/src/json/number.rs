//! Numbers in decimal: the standard library's exact conversion alone would be a tenth of an engine.

/// The largest whole number below which doubles hold all others: 2⁵³.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// Appends a finite number. Exact for numbers of up to 15 digits, which what is measured has; of others at least the first 13 digits are
/// right.
pub(super) fn write(text: &mut String, value: f64) {
    let (mut size, mut exponent) = (value.abs(), 0);
    while size >= WHOLE {
        size /= 10.0;
        exponent += 1;
    }
    while size < 1e-7 && size > 0.0 {
        size *= 10.0;
        exponent -= 1;
    }
    // As many decimals as it has, or as a double holds. Both a whole number below 2⁵³ and a power of ten up to 10²² are exact as doubles,
    // so their quotient is rounded just as a reader of the decimals rounds.
    let (mut whole, mut power, mut decimals) = (size.round(), 1.0, 0);
    while whole / power != size && whole * 10.0 < WHOLE && decimals < 22 {
        power *= 10.0;
        decimals += 1;
        whole = (size * power).round();
    }
    let mut digits = (whole as u64).to_string();
    if value < 0.0 && digits != "0" {
        text.push('-');
    }
    if decimals > 0 {
        while digits.len() <= decimals {
            digits.insert(0, '0');
        }
        digits.insert(digits.len() - decimals, '.');
    }
    text.push_str(interleave_trace::format::trimmed(&digits));
    if exponent != 0 {
        text.push('e');
        text.push_str(&exponent.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(value: f64) -> String {
        let mut text = String::new();
        write(&mut text, value);
        text
    }

    #[test]
    fn numbers_look_as_people_write_them() {
        let numbers = [0.0, -0.0, 1.0, -1.5, 0.1, 412.3, 1e-3, 0.25, 1_600_000.0, 123_456.789_012];
        let texts = ["0", "0", "1", "-1.5", "0.1", "412.3", "0.001", "0.25", "1600000", "123456.789012"];
        assert_eq!(numbers.map(written), texts);
    }

    proptest! {
        #[test]
        fn what_is_measured_reads_back_exactly(whole in -(1_i64 << 50)..1 << 50, decimals in 0_i32..=9) {
            let value = whole as f64 / 10_f64.powi(decimals);
            prop_assert_eq!(written(value).parse(), Ok(value));
        }

        #[test]
        fn a_mean_reads_back_exactly(total in 0.0..1e12_f64, count in 1.0..1e9_f64) {
            let mean = interleave_trace::mean(total, count.floor());
            prop_assert_eq!(written(mean).parse(), Ok(mean));
        }

        #[test]
        fn any_number_reads_back_as_nearly_the_same(value in any::<f64>().prop_filter("finite", |value| value.is_finite())) {
            let read: f64 = written(value).parse().unwrap();
            // The smallest doubles have fewer digits themselves.
            prop_assert!((read - value).abs() <= value.abs() * 1e-13 + f64::MIN_POSITIVE, "{} for {}", read, value);
        }

        #[test]
        fn a_ratio_keeps_fifteen_digits(value in 1e-3..1e9_f64) {
            let read: f64 = written(value).parse().unwrap();
            prop_assert!((read - value).abs() <= value * 1e-15, "{} for {}", read, value);
        }
    }
}
