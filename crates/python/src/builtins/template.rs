//! Filling in the template of `str.format`.

use crate::object::function::Args;
use crate::raised::{Raised, index_error, key_error, value_error};
use crate::symbol::Symbol;
use crate::text::template::{self, First, Name, Numbering, Piece, Step};
use crate::value::Value;
use crate::vm::Vm;

/// `str.format`, with the arguments after the template.
pub fn format(
    vm: &mut Vm,
    template: &str,
    args: &Args,
    mapping: Option<&Value>,
    numbering: &mut Numbering,
    depth: u32,
) -> Result<String, Raised> {
    if depth == 0 {
        return Err(value_error("Max string recursion exceeded"));
    }
    let mut text = String::new();
    for piece in template::pieces(template) {
        let field = match piece? {
            Piece::Text(part) => {
                text.push_str(part);
                continue;
            }
            Piece::Field(field) => field,
        };
        let name = Name::parse(field.name)?;
        let mut value = match name.first {
            First::Keyword(key) => match mapping {
                Some(mapping) => vm.get_item(mapping, &Value::from(key))?,
                None => {
                    let at = args.names.iter().position(|own| own.text() == key);
                    let at = at.ok_or_else(|| key_error(Value::from(key)))?;
                    args.values[args.positional() + at].clone()
                }
            },
            first => {
                let at = numbering.position(first)?.unwrap_or(0);
                if mapping.is_some() {
                    return Err(value_error("Format string contains positional fields"));
                }
                let value = args.values[1..args.positional()].get(at).cloned();
                value.ok_or_else(|| {
                    index_error(format!("Replacement index {at} out of range for positional args tuple"))
                })?
            }
        };
        for step in name.steps() {
            value = match step? {
                Step::Attribute(name) => vm.get_attribute(&value, Symbol::of(name))?,
                Step::Index(index) => vm.get_item(&value, &Value::count(index))?,
                Step::Key(key) => vm.get_item(&value, &Value::from(key))?,
            };
        }
        let spec = if field.nested {
            format(vm, field.spec, args, mapping, numbering, depth - 1)?
        } else {
            field.spec.to_owned()
        };
        let value = match field.conversion {
            None => value,
            Some('s') => Value::Str(vm.str(&value)?),
            Some('r') => Value::Str(vm.repr(&value)?),
            Some('a') => Value::Str(vm.ascii(&value)?),
            Some(other) => return Err(template::unknown_conversion(other).into()),
        };
        text.push_str(vm.format(&value, &spec)?.as_str());
    }
    Ok(text)
}
