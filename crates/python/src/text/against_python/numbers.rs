//! Floats and whole numbers, written, rounded and read.

use super::{Cases, compare, float, float_field, said};
use crate::text::{MOST_DIGITS, float_repr, int_to_text, parse_float, parse_int, round};

#[test]
fn floats_are_written_alike() {
    let mut cases = Cases::new(1);
    let cases: Vec<String> = (0..10_000).map(|_| float_field(cases.float())).collect();
    compare("def run(x): return repr(value(x))", &cases, |fields| float_repr(float(fields[0])));
}

#[test]
fn floats_are_rounded_alike() {
    let mut cases = Cases::new(2);
    let mut case = |_| {
        let places = match cases.below(3) {
            0 => cases.below(700) as i32 - 350,
            1 => -(cases.below(25) as i32),
            _ => cases.below(8) as i32,
        };
        format!("{}\t{places}", float_field(cases.float()))
    };
    let cases: Vec<String> = (0..10_000).map(&mut case).collect();
    compare("def run(x, n): return round(value(x), int(n))", &cases, |fields| {
        let (value, digits) = (float(fields[0]), fields[1].parse().unwrap());
        match round(value, digits) {
            rounded if rounded.is_infinite() && value.is_finite() => {
                "OverflowError: rounded value too large to represent".to_owned()
            }
            rounded => float_repr(rounded),
        }
    });
}

#[test]
fn whole_numbers_are_read_alike() {
    let mut cases = Cases::new(5);
    let mut case = |_| {
        let base = cases.one_of(&["10", "10", "0", "0", "2", "8", "16", "36", "7", "1", "37"]);
        let around = ["", "", "", " ", "\u{2003}", "\u{b}", "\u{1f}"];
        let sign = cases.one_of(&["", "", "-", "+", "--", "- "]);
        let prefix = cases.one_of(&["", "", "", "0x", "0X", "0b", "0o", "0O", "0", "00"]);
        let digits = cases.text(&["0", "1", "1", "7", "9", "_", "a", "Z", "123", " ", "ß"], 6);
        let text = [cases.one_of(&around), sign, prefix, &digits, cases.one_of(&around)].concat();
        format!("{text}\t{base}")
    };
    let mut cases: Vec<String> = (0..30_000).map(&mut case).collect();
    for (digit, times, base) in [("1", MOST_DIGITS, 10), ("1", MOST_DIGITS + 1, 10), ("f", 5000, 16), ("1", 5000, 7)] {
        cases.push(format!("{}\t{base}", digit.repeat(times)));
    }
    compare("def run(text, base): return int(text, int(base))", &cases, |fields| {
        said(parse_int(fields[0], fields[1].parse().unwrap()).and_then(|int| int_to_text(&int)))
    });
}

#[test]
fn floats_are_read_alike() {
    let mut cases = Cases::new(6);
    let mut case = |_| match cases.below(4) {
        0 => cases.text(&["1", "0", "5", "_", ".", "e", "-", "+", "12", " ", "inf", "nan", "x"], 8),
        1 => cases.one_of(&["inf", "-Infinity", "nan", "+NaN", "infin", " iNf ", "nane"]).to_owned(),
        2 => {
            let digits = cases.text(&["1", "0", "9", "_", "37"], 30);
            let fraction = cases.text(&["1", "0", "9", "_", "37"], 10);
            format!("{digits}.{fraction}e{}", cases.below(700) as i32 - 350)
        }
        _ => float_repr(cases.float()),
    };
    let cases: Vec<String> = (0..20_000).map(&mut case).collect();
    compare("def run(text): return repr(float(text))", &cases, |fields| said(parse_float(fields[0]).map(float_repr)));
}
