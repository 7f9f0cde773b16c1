//! Random values, written and read by CPython and by us. The cases are the same each time.

mod formats;
mod numbers;
mod templates;
mod texts;

use super::Fault;
use interleave_testing::python_lines;
use interleave_twister::Twister;
use num_bigint::BigInt;

/// Reads a line, its fields parted by tabs; says what came of it, in one line.
const REFERENCE: &str = r#"
import struct, sys
def value(text):
    kind, rest = text[0], text[1:]
    if kind == "f": return struct.unpack(">d", bytes.fromhex(rest))[0]
    return int(rest) if kind == "i" else rest
def say(make):
    try: said = str(make())
    except Exception as error: said = f"{type(error).__name__}: {error}"
    print(said.replace("\n", "⏎"))
for line in sys.stdin:
    fields = line.rstrip("\n").split("\t")
    say(lambda: run(*fields))
"#;

/// Has CPython and us do the same with each case, and compares.
fn compare(run: &str, cases: &[String], ours: impl Fn(&[&str]) -> String) {
    let Some(theirs) = python_lines(&format!("{run}\n{REFERENCE}"), cases) else { return };
    assert_eq!(theirs.len(), cases.len());
    for (case, theirs) in cases.iter().zip(theirs) {
        let fields: Vec<&str> = case.split('\t').collect();
        assert_eq!(ours(&fields).replace('\n', "⏎"), theirs, "{case:?}");
    }
}

fn said(outcome: Result<String, Fault>) -> String {
    match outcome {
        Ok(text) => text,
        Err(Fault::Value(message)) => format!("ValueError: {message}"),
        Err(Fault::Type(message)) => format!("TypeError: {message}"),
        Err(Fault::Overflow(message)) => format!("OverflowError: {message}"),
        Err(Fault::Memory) => "MemoryError: ".to_owned(),
    }
}

/// Makes cases.
struct Cases(Twister);

impl Cases {
    fn new(seed: u64) -> Cases {
        Cases(Twister::new(seed))
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.0.random() * limit as f64) as usize
    }

    fn one_of<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Pieces of text, up to so many.
    fn text(&mut self, of: &[&str], most: usize) -> String {
        (0..=self.below(most)).map(|_| self.one_of(of)).collect()
    }

    /// Any float; more often those that people write, those halfway between two, and those at the ends.
    fn float(&mut self) -> f64 {
        let sign = if self.below(3) == 0 { -1.0 } else { 1.0 };
        let ten = |power: i32| format!("1e{power}").parse::<f64>().unwrap();
        let special = [
            0.0,
            1.0,
            5e-324,
            f64::MIN_POSITIVE,
            f64::MAX,
            f64::INFINITY,
            f64::NAN,
            1e16,
            1e22,
            1e23,
            9_007_199_254_740_993.0,
        ];
        sign * match self.below(8) {
            0 => special[self.below(special.len())],
            1 => f64::from_bits(u64::from(self.0.word()) << 32 | u64::from(self.0.word())),
            2 => self.below(100_000) as f64 / ten(self.below(8) as i32),
            3 => (self.below(2000) as f64 + 0.5) * 0.5_f64.powi(self.below(6) as i32),
            4 => (self.below(20) * 5) as f64 * ten(self.below(40) as i32),
            5 => ten(self.below(617) as i32 - 308) * [1.0, 5.0, 9.5, 9.995][self.below(4)],
            6 => self.0.random(),
            _ => self.0.random() * ten(self.below(30) as i32),
        }
    }

    fn int(&mut self) -> BigInt {
        let digits: String = (0..=self.below(25)).map(|_| self.one_of(&["0", "1", "5", "9", "27"])).collect();
        let value: BigInt = digits.parse().unwrap();
        match self.below(4) {
            0 => -value,
            1 => value % 300_u32,
            _ => value,
        }
    }

    /// A value of any type as the reference reads it.
    fn value(&mut self) -> String {
        match self.below(5) {
            0 => format!("s{}", self.text(&["a", "é", "Wort", "漢", " ", ""], 5)),
            1 | 2 => format!("i{}", self.int()),
            _ => float_field(self.float()),
        }
    }
}

fn float_field(value: f64) -> String {
    format!("f{:016x}", value.to_bits())
}

enum Value<'a> {
    Int(BigInt),
    Float(f64),
    Str(&'a str),
}

fn value(field: &str) -> Value<'_> {
    match field.split_at(1) {
        ("f", bits) => Value::Float(f64::from_bits(u64::from_str_radix(bits, 16).unwrap())),
        ("i", digits) => Value::Int(digits.parse().unwrap()),
        (_, text) => Value::Str(text),
    }
}

fn float(field: &str) -> f64 {
    match value(field) {
        Value::Float(float) => float,
        _ => unreachable!("only floats are given"),
    }
}
