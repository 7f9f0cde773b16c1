//! `round` of floats: after `float___round___impl` of CPython's `Objects/floatobject.c`.

use super::float::{Digits, Style, fixed};

/// A float rounded to so many digits after the point, or before it where their number is negative: the nearest, of two as near the
/// even one, from the exact value. It is infinite where Python says "rounded value too large to represent".
#[must_use]
pub fn round(value: f64, digits: i32) -> f64 {
    if !value.is_finite() || digits > 323 {
        return value;
    }
    let size = match digits {
        0.. => fixed(value.abs(), digits as usize, Style::default()).parse().unwrap_or(f64::NAN),
        -308..=-1 => before_point(value.abs(), digits.unsigned_abs() as i32),
        _ => 0.0,
    };
    size.copysign(value)
}

/// Rounds to a multiple of a power of ten.
fn before_point(value: f64, power: i32) -> f64 {
    let size = Digits::new(value, None).point;
    if size > power {
        let significant = (size - power) as usize;
        return format!("{value:.*e}", significant - 1).parse().unwrap_or(f64::NAN);
    }
    // Less than that power: it becomes the power or zero. Half of it is a float up to 10²²; above, only whole numbers are.
    let ten = |power: i32| format!("1e{power}").parse().unwrap_or(f64::NAN);
    let whole = fixed(value, 0, Style::default());
    let above = if power <= 22 {
        value > 5.0 * ten(power - 1)
    } else {
        let half = std::iter::once('5').chain(std::iter::repeat_n('0', power as usize - 1));
        whole.len() == power as usize && whole.chars().gt(half)
    };
    if above { ten(power) } else { 0.0 }
}
