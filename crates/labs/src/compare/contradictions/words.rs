//! How a sceptic reads sentences.

/// From a smallest to a largest value: what a rounded number can mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Range {
    pub(super) fn has(self, value: f64) -> bool {
        self.low <= value * (1.0 + 1e-9) && value * (1.0 - 1e-9) <= self.high
    }

    pub(super) fn meets(self, other: Range) -> bool {
        self.low <= other.high * (1.0 + 1e-9) && other.low * (1.0 - 1e-9) <= self.high
    }
}

/// What stands in the gaps `{}` of `form`, if `text` is of that form. A gap is as short as it can be, the last one as long.
pub(super) fn filled(form: &str, text: &str) -> Option<Vec<String>> {
    let mut parts = form.split("{}");
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut gaps = Vec::new();
    let parts: Vec<&str> = parts.collect();
    for (at, part) in parts.iter().enumerate() {
        let end = if at + 1 == parts.len() { rest.len().checked_sub(part.len())? } else { rest.find(part)? };
        let (gap, after) = (rest.get(..end)?, rest.get(end..)?);
        rest = after.strip_prefix(part)?;
        gaps.push(gap.to_owned());
    }
    rest.is_empty().then_some(gaps)
}

/// Each with the full stop at its end; one within a number ends none.
pub(super) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(". ") {
        sentences.push(&rest[..=at]);
        rest = &rest[at + 2..];
    }
    sentences.push(rest);
    sentences
}

/// The number that a text begins with, as far as it is rounded, and what follows.
fn number(text: &str) -> Option<(Range, &str)> {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let value: f64 = digits.parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let half = 0.5 / 10_f64.powi(decimals as i32);
    Some((Range { low: value - half, high: value + half }, rest))
}

/// The time that a text begins with, in microseconds, and what follows: `1.60 s`, `under 5 µs`.
pub(super) fn quantity(text: &str) -> Option<(Range, &str)> {
    let under = text.strip_prefix("under ");
    let (range, rest) = number(under.unwrap_or(text))?;
    let units = [(" µs", 1.0), (" ms", 1e3), (" s", 1e6)];
    let (size, rest) = units.iter().find_map(|(unit, size)| Some((size, rest.strip_prefix(unit)?)))?;
    let low = if under.is_some() || range.low < 0.0 { 0.0 } else { range.low * size };
    Some((Range { low, high: range.high * size }, rest))
}

/// How many times as much: `8.0 times`, `at least 40 times`.
pub(super) fn times(text: &str) -> Option<Range> {
    let at_least = text.strip_prefix("at least ");
    let (range, rest) = number(at_least.unwrap_or(text))?;
    (rest == " times").then_some(range)
}
