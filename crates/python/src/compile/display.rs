//! Lists, tuples and f-strings.

use super::instr::{Conversion, Instr, Reg};
use super::{Compiled, Compiler};
use ruff_python_ast::{ConversionFlag, Expr, ExprFString, FStringPart, InterpolatedStringElement};

/// Items of a display that are in registers at the same time.
pub const AT_ONCE: usize = 24;

impl<'a> Compiler<'a> {
    /// A list of items, some of them maybe starred.
    pub fn list(&mut self, items: &'a [Expr], d: Reg) -> Compiled<()> {
        if items.len() <= AT_ONCE && !items.iter().any(Expr::is_starred_expr) {
            let a = self.row(items)?;
            self.emit(Instr::MakeList { d, a, count: items.len() as u8 });
            return Ok(());
        }
        let result = self.apart(d)?;
        let item = self.temp()?;
        self.emit(Instr::MakeList { d: result, a: item, count: 0 });
        for part in items {
            match part {
                Expr::Starred(starred) => {
                    self.value(&starred.value, item)?;
                    self.emit(Instr::Extend { a: result, b: item });
                }
                _ => {
                    self.value(part, item)?;
                    self.emit(Instr::Append { a: result, b: item });
                }
            }
        }
        self.give(d, result);
        Ok(())
    }

    pub fn tuple(&mut self, items: &'a [Expr], d: Reg) -> Compiled<()> {
        if items.len() <= AT_ONCE && !items.iter().any(Expr::is_starred_expr) {
            let a = self.row(items)?;
            self.emit(Instr::MakeTuple { d, a, count: items.len() as u8 });
            return Ok(());
        }
        let result = self.apart(d)?;
        self.list(items, result)?;
        self.emit(Instr::ListToTuple { d: result });
        self.give(d, result);
        Ok(())
    }

    /// The first of the registers in a row that hold these expressions' values.
    pub fn row(&mut self, items: &'a [Expr]) -> Compiled<Reg> {
        let first = self.unit().next as Reg;
        for item in items {
            self.fresh(item)?;
        }
        Ok(first)
    }

    pub fn f_string(&mut self, string: &'a ExprFString, d: Reg) -> Compiled<()> {
        let first = self.unit().next as Reg;
        let mut count = 0_usize;
        for part in &string.value {
            match part {
                FStringPart::Literal(literal) => {
                    let reg = self.temp()?;
                    self.string(reg, literal.as_str());
                    count += 1;
                }
                FStringPart::FString(string) => count += self.elements(&string.elements)?,
            }
        }
        self.emit(Instr::MakeString { d, a: first, count: count as u8 });
        Ok(())
    }

    /// Puts the parts of an f-string or format into registers in a row: how many.
    fn elements(&mut self, elements: &'a [InterpolatedStringElement]) -> Compiled<usize> {
        let mut count = 0;
        for element in elements {
            match element {
                InterpolatedStringElement::Literal(literal) => {
                    let reg = self.temp()?;
                    self.string(reg, &literal.value);
                }
                InterpolatedStringElement::Interpolation(part) => {
                    let before = self.at(element);
                    if let Some(debug) = &part.debug_text {
                        let reg = self.temp()?;
                        self.string(reg, debug.as_str());
                        count += 1;
                    }
                    let d = self.temp()?;
                    let mark = self.unit().next;
                    let a = self.operand(&part.expression)?;
                    let b = self.temp()?;
                    let plain_debug = part.debug_text.is_some() && part.format_spec.is_none();
                    match &part.format_spec {
                        Some(spec) => {
                            let first = self.unit().next as Reg;
                            let count = self.elements(&spec.elements)?;
                            self.emit(Instr::MakeString { d: b, a: first, count: count as u8 });
                        }
                        None => {
                            self.emit(Instr::None { d: b });
                        }
                    }
                    let how = match part.conversion {
                        ConversionFlag::None if plain_debug => Conversion::Repr,
                        ConversionFlag::None => Conversion::Plain,
                        ConversionFlag::Str => Conversion::Str,
                        ConversionFlag::Ascii => Conversion::Ascii,
                        ConversionFlag::Repr => Conversion::Repr,
                    };
                    self.emit(Instr::Format { d, a, b, how });
                    self.unit().next = mark;
                    self.back_at(before);
                }
            }
            count += 1;
        }
        Ok(count)
    }
}
