//! Format specifications, and formats for `%`.

use super::{Cases, Value, compare, said, value};
use crate::text::format_spec::Spec;
use crate::text::percent::{self, Amount, Piece, Takes, pieces};
use crate::text::{Fault, ascii_repr, float_repr, int_to_float, int_to_text, str_repr};
use num_bigint::BigInt;

fn format_spec(cases: &mut Cases) -> String {
    let mut spec = String::new();
    let parts: [(usize, &[&str]); 10] = [
        (3, &["<", ">", "^", "=", "*<", "0>", "é^", " =", "0=", "x=", "<<"]),
        (3, &["+", "-", " "]),
        (12, &["z"]),
        (5, &["#"]),
        (3, &["0"]),
        (2, &["1", "2", "5", "8", "10", "12", "21"]),
        (4, &[",", "_"]),
        (2, &[".0", ".1", ".2", ".3", ".6", ".17", ".25"]),
        (2, &["b", "c", "d", "e", "E", "f", "F", "g", "G", "n", "o", "s", "x", "X", "%"]),
        (60, &["y", ".", "_,", "é", "99999999999999999999", "{", "dd"]),
    ];
    for (seldom, of) in parts {
        if cases.below(seldom) == 0 {
            spec.push_str(cases.one_of(of));
        }
    }
    spec
}

#[test]
fn values_are_formatted_alike() {
    let mut cases = Cases::new(3);
    let mut case = |_| format!("{}\t{}", cases.value(), format_spec(&mut cases));
    let cases: Vec<String> = (0..30_000).map(&mut case).collect();
    compare("def run(x, spec): return format(value(x), spec)", &cases, |fields| {
        let spec = |of| Spec::parse(fields[1], of);
        said(match value(fields[0]) {
            Value::Int(int) if fields[1].is_empty() => int_to_text(&int),
            Value::Int(int) => spec("int").and_then(|spec| spec.int(&int)),
            Value::Float(float) => spec("float").and_then(|spec| spec.float(float)),
            Value::Str(text) => spec("str").and_then(|spec| spec.str(text)),
        })
    });
}

#[test]
fn percent_formats_alike() {
    let mut cases = Cases::new(4);
    let mut case = |_| {
        let mut format = cases.one_of(&["", "a ", "é"]).to_owned() + "%" + cases.one_of(&["", "", "", "(k)", "(", "%"]);
        for (seldom, of) in [(2, "-"), (3, "+"), (3, " "), (3, "#"), (2, "0")] {
            if cases.below(seldom) == 0 {
                format.push_str(of);
            }
        }
        format.push_str(cases.one_of(&["", "", "1", "5", "12", "30", "*"]));
        format.push_str(cases.one_of(&["", "", ".", ".0", ".2", ".5", ".20", ".*"]));
        format.push_str(cases.one_of(&["", "", "", "l"]));
        let codes = ["d", "i", "u", "s", "r", "a", "x", "X", "o", "c", "e", "E", "f", "F", "g", "G", "y", "%", ""];
        format.push_str(cases.one_of(&codes));
        format.push_str(cases.one_of(&["", " b", "%%", "%"]));
        format!("{}\t{format}\t{}", cases.value(), cases.below(20) as i32 - 8)
    };
    let mut cases: Vec<String> = (0..30_000).map(&mut case).collect();
    // What a `*` takes beside a name is the evaluator's matter.
    cases.retain(|case| !(case.contains('(') && case.contains('*')));
    let run = r#"
def run(x, text, n):
    x = value(x)
    if "(" in text: return text % {"k": x}
    return text % ((int(n),) * text.count("*") + (x,) * (1 if text.strip("aé %b") or "% " in text else 0))
"#;
    compare(run, &cases, |fields| {
        let given = value(fields[0]);
        let stars = fields[1].matches('*').count();
        said(percent(fields[1], &given, fields[2].parse().unwrap(), stars))
    });
}

/// `text % arguments`, as an evaluator would do it: so many numbers, and a value.
fn percent(format: &str, given: &Value, number: i64, mut numbers: usize) -> Result<String, Fault> {
    let by_name = format.contains('(');
    let missing = || Fault::Type("not enough arguments for format string".to_owned());
    let wanted = !format.trim_matches(['a', 'é', ' ', '%', 'b']).is_empty() || format.contains("% ");
    let (mut value_left, mut text) = (wanted || by_name, String::new());
    for piece in pieces(format) {
        let mut directive = match piece? {
            Piece::Text(plain) => {
                text.push_str(plain);
                continue;
            }
            Piece::Directive(directive) => directive,
        };
        let mut star = || {
            numbers = numbers.checked_sub(1).ok_or_else(missing)?;
            Ok(number)
        };
        if directive.width == Amount::Argument {
            directive.set_width(star()?);
        }
        if directive.precision == Some(Amount::Argument) {
            directive.set_precision(star()?);
        }
        if !by_name && !value_left {
            return Err(missing());
        }
        value_left = false;
        text.push_str(&directive_text(&directive, given)?);
    }
    if value_left && !by_name {
        return Err(Fault::Type("not all arguments converted during string formatting".to_owned()));
    }
    Ok(text)
}

fn directive_text(directive: &percent::Directive, given: &Value) -> Result<String, Fault> {
    let name = match given {
        Value::Int(_) => "int",
        Value::Float(_) => "float",
        Value::Str(_) => "str",
    };
    let plain = |quoted: fn(&str) -> String| match given {
        Value::Int(int) => int.to_string(),
        Value::Float(float) => float_repr(*float),
        Value::Str(text) => quoted(text),
    };
    match (directive.takes(), given) {
        (Takes::Str, _) => directive.text(&plain(str::to_owned)),
        (Takes::Repr, _) => directive.text(&plain(str_repr)),
        (Takes::Ascii, _) => directive.text(&plain(ascii_repr)),
        (Takes::Int | Takes::Index, Value::Int(int)) => directive.int(int),
        (Takes::Int, Value::Float(float)) if float.is_nan() => {
            Err(Fault::Value("cannot convert float NaN to integer".to_owned()))
        }
        (Takes::Int, Value::Float(float)) => match num_traits::FromPrimitive::from_f64(*float) {
            Some(int) => directive.int(&int),
            None => Err(Fault::Overflow("cannot convert float infinity to integer".to_owned())),
        },
        (Takes::Float, Value::Float(float)) => directive.float(*float),
        (Takes::Float, Value::Int(int)) => directive.float(int_to_float(int)?),
        (Takes::Character, Value::Int(int)) => directive.character_of(int),
        (Takes::Character, Value::Str(text)) if text.chars().count() == 1 => {
            directive.character(text.chars().next().unwrap())
        }
        (Takes::Nothing, _) => Err(directive.unsupported()),
        _ => Err(directive.wrong_type(name)),
    }
}

#[test]
fn what_would_be_too_long_is_a_memory_error() {
    let one = BigInt::from(1);
    for spec in ["1000000000000", ".999999999f"] {
        let spec = Spec::parse(spec, "float").unwrap();
        assert_eq!(spec.float(1.0), Err(Fault::Memory));
    }
    let Some(Ok(Piece::Directive(directive))) = pieces("%1000000000d").next() else { panic!("a directive") };
    assert_eq!(directive.int(&one), Err(Fault::Memory));
    let long: BigInt = one << 20_000;
    assert_eq!(
        said(int_to_text(&long)),
        "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit"
    );
}
