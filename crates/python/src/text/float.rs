//! How a float is written: after `PyOS_double_to_string` and `format_float_short` of CPython's `Python/pystrtod.c`.

use std::fmt::Write;

/// Digits after which a float has only zeros, whichever notation: 2⁻¹⁰⁷⁴ has 1074 places.
const MOST_PLACES: usize = 1100;

/// Digits from which on a float can be halfway between two numbers of so many that both read as it.
const FEWEST_HALFWAY: usize = 15;

/// The ways to write a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// The fewest digits that read as the same number.
    Shortest,
    /// So many significant digits; an exponent where the number is far from 1.
    General(usize),
    /// So many digits after the point, and an exponent.
    Exponent(usize),
    /// So many digits after the point.
    Fixed(usize),
}

/// What can be asked beside the notation.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Style {
    /// Keep the point and, where digits are significant, trailing zeros: the flag `#`.
    pub alternate: bool,
    /// At least one digit after the point, where there is no exponent.
    pub point_zero: bool,
    /// No sign before what was rounded to zero: the flag `z`.
    pub positive_zero: bool,
    /// `E`, `INF` and `NAN`.
    pub upper: bool,
}

/// The text of a float, as `repr` writes it: the shortest that reads as the same number.
#[must_use]
pub fn float_repr(value: f64) -> String {
    float_text(value, Notation::Shortest, Style { point_zero: true, ..Style::default() })
}

/// The text of a float, with `-` before it if it is negative.
pub(super) fn float_text(value: f64, notation: Notation, style: Style) -> String {
    let mut body = match (value.is_finite(), notation) {
        (false, _) => (if value.is_nan() { "nan" } else { "inf" }).to_owned(),
        (true, Notation::Fixed(places)) => fixed(value.abs(), places, style),
        (true, _) => by_digits(value.abs(), notation, style),
    };
    if style.upper {
        body.make_ascii_uppercase();
    }
    let zero =
        || body.bytes().take_while(|byte| !byte.eq_ignore_ascii_case(&b'e')).all(|byte| matches!(byte, b'0' | b'.'));
    if value.is_sign_negative() && !value.is_nan() && !(style.positive_zero && zero()) {
        body.insert(0, '-');
    }
    body
}

/// A number that is not negative, with so many digits after the point. Exact, and half to even, as C's.
pub(super) fn fixed(value: f64, places: usize, style: Style) -> String {
    let given = places.min(MOST_PLACES);
    let mut text = format!("{value:.given$}");
    text.extend(std::iter::repeat_n('0', places - given));
    if style.alternate && places == 0 {
        text.push('.');
    }
    text
}

/// Significant digits without zeros at the end, and the place of the point: 0.DIGITS × 10^point. Zero is one digit, and 1.
pub(super) struct Digits {
    pub digits: String,
    pub point: i32,
}

impl Digits {
    /// Those of a number that is not negative: so many, at least one, or the fewest that read as the same number.
    pub fn new(value: f64, significant: Option<usize>) -> Digits {
        let Some(number) = significant else { return Digits::shortest(value) };
        Digits::read(&format!("{value:.*e}", (number - 1).min(MOST_PLACES)))
    }

    /// The fewest, and of those the nearest: where the value is halfway between two, the even one, unlike the standard library.
    fn shortest(value: f64) -> Digits {
        let digits = Digits::read(&format!("{value:e}"));
        if digits.digits.len() < FEWEST_HALFWAY {
            return digits;
        }
        let nearest = format!("{value:.*e}", digits.digits.len() - 1);
        if nearest.parse() == Ok(value) { Digits::read(&nearest) } else { digits }
    }

    fn read(text: &str) -> Digits {
        let (mantissa, exponent) = text.split_once('e').expect("an exponent was asked for");
        let mut digits: String = mantissa.split('.').collect();
        digits.truncate(digits.trim_end_matches('0').len().max(1));
        Digits { digits, point: exponent.parse::<i32>().expect("an exponent is a number") + 1 }
    }
}

fn by_digits(value: f64, notation: Notation, style: Style) -> String {
    let significant = match notation {
        Notation::Shortest => None,
        Notation::General(digits) => Some(digits.max(1)),
        Notation::Exponent(places) | Notation::Fixed(places) => Some(places + 1),
    };
    let Digits { digits, mut point } = Digits::new(value, significant);
    let exponent = match notation {
        Notation::Exponent(_) | Notation::Fixed(_) => true,
        Notation::Shortest => !(-3..=16).contains(&point),
        Notation::General(_) => {
            let most = significant.unwrap_or(1) - usize::from(style.point_zero);
            point < -3 || point > i32::try_from(most).unwrap_or(i32::MAX)
        }
    };
    // As many digits as the text has after its first, zeros before them or after them included.
    let mut end = match notation {
        Notation::Exponent(places) => places + 1,
        Notation::General(_) if style.alternate => significant.unwrap_or(1),
        _ => digits.len(),
    };
    let power = point - 1;
    if exponent {
        point = 1;
    }
    let mut text = String::new();
    if point <= 0 {
        text.push_str("0.");
        text.extend(std::iter::repeat_n('0', point.unsigned_abs() as usize));
        text.push_str(&digits);
        text.extend(std::iter::repeat_n('0', end.saturating_sub(digits.len())));
    } else {
        let before = point as usize;
        end = end.max(before + usize::from(style.point_zero && !exponent));
        for place in 0..end {
            if place == before {
                text.push('.');
            }
            text.push(digits.as_bytes().get(place).map_or('0', |&digit| char::from(digit)));
        }
        if style.alternate && end == before {
            text.push('.');
        }
    }
    if exponent {
        let sign = if power < 0 { '-' } else { '+' };
        let _ = write!(text, "e{sign}{:02}", power.unsigned_abs());
    }
    text
}
