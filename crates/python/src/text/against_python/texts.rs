//! Texts and bytes as `repr` shows them.

use super::{Cases, compare};
use crate::text::{ascii_repr, bytes_repr, is_printable, str_repr};
use interleave_testing::python_lines;

#[test]
fn texts_and_bytes_are_shown_alike() {
    let mut cases = Cases::new(7);
    let parts = [
        "a",
        "'",
        "\"",
        "\\",
        "\u{7f}",
        "\0",
        "\u{1b}",
        "é",
        "\u{ad}",
        "\u{301}",
        "漢",
        "\u{200b}",
        "😀",
        "\u{e000}",
        "\u{10ffff}",
        " ",
    ];
    let cases: Vec<String> = (0..3000).map(|_| cases.text(&parts, 10)).collect();
    let run = "def run(text): return repr(text) + ascii(text) + repr(text.encode())";
    compare(run, &cases, |fields| {
        let text = fields[0];
        [str_repr(text), ascii_repr(text), bytes_repr(text.as_bytes())].concat()
    });
    assert_eq!(str_repr("\n\r\t"), r"'\n\r\t'");
}

#[test]
fn every_character_is_printable_or_not_as_in_python() {
    let program = r#"
import sys, unicodedata
for point in range(0x110000):
    if 0xd800 <= point < 0xe000 or unicodedata.category(chr(point)) == "Cn": continue
    print(point, chr(point).isprintable())
"#;
    let Some(theirs) = python_lines(program, &[]) else { return };
    let (mut seen, mut wrong) = (0, Vec::new());
    for line in theirs {
        let (point, printable) = line.split_once(' ').unwrap();
        let character = char::from_u32(point.parse().unwrap()).unwrap();
        seen += 1;
        if is_printable(character) != (printable == "True") {
            wrong.push(character.escape_unicode().to_string());
        }
    }
    assert!(seen > 280_000);
    assert_eq!(wrong, Vec::<String>::new());
}
