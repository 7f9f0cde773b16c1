//! Variables: where their values are, and how they get there.

use super::code::Capture;
use super::instr::{Instr, Reg};
use super::scope::ScopeKind;
use super::{Compiled, Compiler};
use crate::symbol::Symbol;

/// Where a variable is.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In a register.
    Local(Reg),
    /// In a cell in a register.
    Cell(Reg),
    /// In a cell of a function around.
    Free(u8),
    /// In the module.
    Global,
    /// In the namespace of a class body.
    Name,
}

/// A set of registers.
#[derive(Clone, Copy, Default)]
pub struct Assigned([u64; 4]);

impl<'a> Compiler<'a> {
    /// An attribute's name: in a class, one that begins with two underscores has the class's name before it.
    pub fn attribute(&self, name: &str) -> Symbol {
        match self.classes.last() {
            Some(class) if name.starts_with("__") && !name.ends_with("__") => {
                Symbol::of(&format!("_{}{name}", class.trim_start_matches('_')))
            }
            _ => Symbol::of(name),
        }
    }

    /// Where a variable is.
    pub fn place(&mut self, name: Symbol) -> Place {
        let unit = self.unit();
        for (scope, registers) in unit.comprehensions.iter().rev() {
            if let Some((_, reg)) = registers.iter().find(|(own, _)| *own == name) {
                return if scope.cells.contains(&name) { Place::Cell(*reg) } else { Place::Local(*reg) };
            }
        }
        let scope = unit.scope;
        if scope.globals.contains(&name) {
            return Place::Global;
        }
        match scope.kind {
            ScopeKind::Module => return Place::Global,
            ScopeKind::Class => return Place::Name,
            ScopeKind::Function | ScopeKind::Comprehension => {}
        }
        if let Some(reg) = unit.variables.iter().position(|own| *own == name) {
            return if scope.cells.contains(&name) { Place::Cell(reg as Reg) } else { Place::Local(reg as Reg) };
        }
        match scope.free.iter().position(|own| *own == name) {
            Some(free) => Place::Free(free as u8),
            None => Place::Global,
        }
    }

    /// Makes sure that a variable's register has a value.
    pub fn check(&mut self, reg: Reg) {
        if !self.unit().assigned.has(reg) {
            self.emit(Instr::Check { a: reg });
            self.now_assigned(reg);
        }
    }

    /// A variable's register has a value from here on, unless it may be deleted.
    pub fn now_assigned(&mut self, reg: Reg) {
        let unit = self.unit();
        let name = unit.variables.get(reg as usize);
        if name.is_none_or(|name| !unit.scope.deleted.contains(name)) {
            unit.assigned.add(reg);
        }
    }

    /// Puts a variable's value into a register.
    pub fn load(&mut self, name: Symbol, d: Reg) {
        match self.place(name) {
            Place::Local(a) => {
                self.check(a);
                if a != d {
                    self.emit(Instr::Move { d, a });
                }
            }
            Place::Cell(a) => {
                self.emit(Instr::LoadCell { d, a });
            }
            Place::Free(free) => {
                self.emit(Instr::LoadFree { d, free });
            }
            Place::Global => {
                let at = self.global(name);
                self.emit(Instr::LoadGlobal { d, at });
            }
            Place::Name => {
                let scope = self.unit().scope;
                let free = scope.free.iter().position(|own| *own == name && !scope.bound.contains(&name));
                match free {
                    Some(free) => self.emit(Instr::LoadNameOrFree { d, free: free as u8, name }),
                    None => self.emit(Instr::LoadName { d, name }),
                };
            }
        }
    }

    /// Gives a variable the value of a register.
    pub fn store(&mut self, name: Symbol, a: Reg) {
        match self.place(name) {
            Place::Local(d) => {
                if a != d {
                    let from_variable = self.is_variable(a);
                    self.emit(if from_variable { Instr::Move { d, a } } else { Instr::Take { d, a } });
                }
                self.now_assigned(d);
            }
            Place::Cell(d) => {
                self.emit(Instr::StoreCell { d, a });
            }
            Place::Free(free) => {
                self.emit(Instr::StoreFree { free, a });
            }
            Place::Global => {
                let at = self.global(name);
                self.emit(Instr::StoreGlobal { a, at });
            }
            Place::Name => {
                self.emit(Instr::StoreName { a, name });
            }
        }
    }

    /// Removes a variable's value; an error if it has none and `checked`.
    pub fn delete(&mut self, name: Symbol, checked: bool) {
        match self.place(name) {
            Place::Local(d) => {
                if checked {
                    self.emit(Instr::Check { a: d });
                }
                self.emit(Instr::Clear { d });
            }
            Place::Cell(a) => {
                self.emit(Instr::DeleteCell { a });
            }
            Place::Free(free) => {
                self.emit(Instr::DeleteFree { free });
            }
            Place::Global => {
                let at = self.global(name);
                self.emit(Instr::DeleteGlobal { at });
            }
            Place::Name => {
                self.emit(Instr::DeleteName { name });
            }
        }
    }

    /// `del` of the name of a handled exception, which may be gone already.
    pub fn forget(&mut self, name: Symbol) -> Compiled<()> {
        if !matches!(self.place(name), Place::Local(_)) {
            let temp = self.temp()?;
            self.emit(Instr::None { d: temp });
            self.store(name, temp);
            self.unit().next -= 1;
        }
        self.delete(name, false);
        Ok(())
    }

    pub fn capture(&mut self, name: Symbol) -> Capture {
        if self.units.is_empty() {
            return Capture::Free(0);
        }
        // A class body keeps the cell of `__class__` in its first register.
        if self.unit().scope.kind == ScopeKind::Class && name == crate::symbol::CLASS {
            return Capture::Cell(0);
        }
        match self.place(name) {
            Place::Cell(reg) | Place::Local(reg) => Capture::Cell(reg),
            Place::Free(free) => Capture::Free(free),
            Place::Name | Place::Global => {
                let free = self.unit().scope.free.iter().position(|own| *own == name);
                Capture::Free(free.unwrap_or(0) as u8)
            }
        }
    }
}

impl Assigned {
    /// Whether `reg` is in it.
    pub fn has(&self, reg: Reg) -> bool {
        self.0[reg as usize / 64] >> (reg % 64) & 1 == 1
    }

    /// Adds `reg`.
    pub fn add(&mut self, reg: Reg) {
        self.0[reg as usize / 64] |= 1 << (reg % 64);
    }

    /// What is in both.
    pub fn and(&self, other: &Assigned) -> Assigned {
        Assigned(std::array::from_fn(|at| self.0[at] & other.0[at]))
    }
}
