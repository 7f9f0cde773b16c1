//! Imports.

use super::instr::Instr;
use super::{Compiled, Compiler};
use crate::modules;
use crate::symbol::Symbol;
use ruff_python_ast::{StmtImport, StmtImportFrom};
use ruff_text_size::Ranged;

impl<'a> Compiler<'a> {
    fn known_module(&self, name: &str, at: impl Ranged) -> Compiled<()> {
        if modules::is_known(name) {
            return Ok(());
        }
        self.problem(at, format!("the module '{name}' is not part of this Python"))
    }

    pub fn import(&mut self, import: &'a StmtImport) -> Compiled<()> {
        for alias in &import.names {
            self.known_module(&alias.name, alias)?;
            let d = self.temp()?;
            self.emit(Instr::Import { d, name: Symbol::of(&alias.name) });
            let name = match &alias.asname {
                Some(name) => name.as_str(),
                None => {
                    let root = alias.name.split('.').next().unwrap_or(&alias.name);
                    if root != alias.name.as_str() {
                        self.emit(Instr::Import { d, name: Symbol::of(root) });
                    }
                    root
                }
            };
            self.store(Symbol::of(name), d);
        }
        Ok(())
    }

    pub fn import_from(&mut self, import: &'a StmtImportFrom) -> Compiled<()> {
        let Some(module) = import.module.as_ref().filter(|_| import.level == 0) else {
            return self.unsupported(import, "a relative import");
        };
        if module == "__future__" {
            return Ok(());
        }
        self.known_module(module, import)?;
        let a = self.temp()?;
        self.emit(Instr::Import { d: a, name: Symbol::of(module) });
        for alias in &import.names {
            if &alias.name == "*" {
                self.emit(Instr::ImportAll { a });
                continue;
            }
            let d = self.temp()?;
            self.emit(Instr::ImportFrom { d, a, name: Symbol::of(&alias.name) });
            self.store(Symbol::of(alias.asname.as_ref().unwrap_or(&alias.name)), d);
        }
        Ok(())
    }
}
