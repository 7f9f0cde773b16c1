//! Templates of `str.format`.

use super::{Cases, compare, said};
use crate::text::Fault;
use crate::text::template::{self, First, Name, Step};
use std::collections::BTreeSet;

#[test]
fn templates_are_read_alike() {
    let mut cases = Cases::new(8);
    let parts = ["{", "}", "{", "}", "[", "]", "!", ":", ".", "a", "0", "12", "r", "é", " ", "99999999999999999999"];
    let cases: BTreeSet<String> = (0..40_000).map(|_| cases.text(&parts, 9)).collect();
    let cases: Vec<String> = cases.into_iter().collect();
    let run = r#"
import _string
def parts(text):
    for literal, name, spec, conversion in _string.formatter_parser(text):
        if literal: yield "text " + literal
        if name is None: continue
        first, steps = _string.formatter_field_name_split(name)
        yield f"field {first} {conversion} {spec}"
        for attribute, key in steps:
            yield ("attribute " if attribute else "index " if isinstance(key, int) else "key ") + str(key)
def run(text): return "|".join(parts(text))
"#;
    compare(run, &cases, |fields| said(template_parts(fields[0])));
}

fn template_parts(text: &str) -> Result<String, Fault> {
    let mut parts = Vec::new();
    for piece in template::pieces(text) {
        let field = match piece? {
            template::Piece::Text(text) => {
                parts.push(format!("text {text}"));
                continue;
            }
            template::Piece::Field(field) => field,
        };
        assert_eq!(field.nested, field.spec.contains('{'));
        let name = Name::parse(field.name)?;
        let first = match name.first {
            First::Next => String::new(),
            First::Position(position) => position.to_string(),
            First::Keyword(name) => name.to_owned(),
        };
        let conversion = field.conversion.map_or("None".to_owned(), String::from);
        parts.push(format!("field {first} {conversion} {}", field.spec));
        for step in name.steps() {
            parts.push(match step? {
                Step::Attribute(name) => format!("attribute {name}"),
                Step::Index(index) => format!("index {index}"),
                Step::Key(key) => format!("key {key}"),
            });
        }
    }
    Ok(parts.join("|"))
}

#[test]
fn fields_are_numbered_in_one_way() {
    let number = |names: &[&str]| {
        let mut numbering = template::Numbering::default();
        let position = |name: &&str| numbering.position(Name::parse(name).unwrap().first);
        names.iter().map(position).collect::<Result<Vec<_>, _>>()
    };
    assert_eq!(number(&["", ".real", "a", "[0]"]), Ok(vec![Some(0), Some(1), None, Some(2)]));
    assert_eq!(number(&["3", "a", "0"]), Ok(vec![Some(3), None, Some(0)]));
    let from_automatic = "cannot switch from automatic field numbering to manual field specification";
    assert_eq!(number(&["", "1"]), Err(Fault::value(from_automatic)));
    let from_manual = "cannot switch from manual field specification to automatic field numbering";
    assert_eq!(number(&["1", ""]), Err(Fault::value(from_manual)));
}
