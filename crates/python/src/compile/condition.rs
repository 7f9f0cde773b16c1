//! Comparisons, and jumps by conditions.

use super::instr::{CompareOp, Instr, Reg};
use super::unit::comparison;
use super::{Compiled, Compiler};
use ruff_python_ast::{BoolOp, CmpOp, Expr, ExprCompare};

impl<'a> Compiler<'a> {
    fn compare_one(&mut self, op: CmpOp, d: Reg, a: Reg, b: Reg) {
        self.emit(match op {
            CmpOp::Is => Instr::Is { d, a, b, not: false },
            CmpOp::IsNot => Instr::Is { d, a, b, not: true },
            CmpOp::In => Instr::In { d, a, b, not: false },
            CmpOp::NotIn => Instr::In { d, a, b, not: true },
            _ => Instr::Compare { op: comparison(op).unwrap_or(CompareOp::Eq), d, a, b },
        });
    }

    pub fn compare(&mut self, compare: &'a ExprCompare, d: Reg) -> Compiled<()> {
        let mut a = self.operand(&compare.left)?;
        let last = compare.ops.len() - 1;
        let result = if last == 0 { d } else { self.apart(d)? };
        let mut jumps = Vec::new();
        for (at, (op, right)) in compare.ops.iter().zip(&*compare.comparators).enumerate() {
            let b = self.operand(right)?;
            self.compare_one(*op, result, a, b);
            if at < last {
                jumps.push(self.emit(Instr::JumpIf { a: result, when: false, to: 0 }));
            }
            a = b;
        }
        self.land(jumps)?;
        self.give(d, result);
        Ok(())
    }

    /// Jumps that are taken if an expression is true (or false: `when`).
    pub fn jump_if(&mut self, expr: &'a Expr, when: bool) -> Compiled<Vec<usize>> {
        let mark = self.unit().next;
        let before = self.at(expr);
        let jumps = self.jump_if_at(expr, when)?;
        self.back_at(before);
        self.unit().next = mark;
        Ok(jumps)
    }

    fn jump_if_at(&mut self, expr: &'a Expr, when: bool) -> Compiled<Vec<usize>> {
        match expr {
            Expr::BooleanLiteral(literal) => {
                Ok(if literal.value == when { vec![self.emit(Instr::Jump { to: 0 })] } else { Vec::new() })
            }
            Expr::UnaryOp(unary) if unary.op == ruff_python_ast::UnaryOp::Not => self.jump_if(&unary.operand, !when),
            Expr::BoolOp(operation) => {
                let early = operation.op == BoolOp::Or;
                let (mut jumps, mut past) = (Vec::new(), Vec::new());
                let last = operation.values.len() - 1;
                let mut assigned = None;
                for (at, value) in operation.values.iter().enumerate() {
                    if at == last || early == when {
                        jumps.extend(self.jump_if(value, when)?);
                    } else {
                        past.extend(self.jump_if(value, early)?);
                    }
                    assigned.get_or_insert(self.unit().assigned);
                }
                // Only the first operand is certainly evaluated.
                if let Some(assigned) = assigned {
                    self.unit().assigned = assigned;
                }
                self.land(past)?;
                Ok(jumps)
            }
            Expr::Compare(compare) if compare.ops.len() == 1 => {
                let (op, right) = (compare.ops[0], &compare.comparators[0]);
                let a = self.operand(&compare.left)?;
                if let (CmpOp::Is | CmpOp::IsNot, Expr::NoneLiteral(_)) = (op, right) {
                    return Ok(vec![self.emit(Instr::JumpIfNone { a, when: (op == CmpOp::Is) == when, to: 0 })]);
                }
                if let Some(op) = comparison(op) {
                    if let Some(value) = self.small(right).and_then(|value| i8::try_from(value).ok()) {
                        return Ok(vec![self.emit(Instr::JumpCompareInt { op, when, a, value, offset: 0 })]);
                    }
                    let b = self.operand(right)?;
                    return Ok(vec![self.emit(Instr::JumpCompare { op, when, a, b, offset: 0 })]);
                }
                let b = self.operand(right)?;
                let d = self.temp()?;
                self.compare_one(op, d, a, b);
                Ok(vec![self.emit(Instr::JumpIf { a: d, when, to: 0 })])
            }
            _ => {
                let a = self.operand(expr)?;
                Ok(vec![self.emit(Instr::JumpIf { a, when, to: 0 })])
            }
        }
    }
}
