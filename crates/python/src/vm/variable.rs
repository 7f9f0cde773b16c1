//! Variables of modules, class bodies and functions around.

use super::Vm;
use crate::compile::code::Code;
use crate::compile::instr::Reg;
use crate::object::module::Global;
use crate::raised::{Outcome, Raised, name_error, unbound_local_error};
use crate::symbol::Symbol;
use crate::value::Value;

impl Vm {
    /// Reads a global variable and remembers it.
    #[cold]
    pub(super) fn read_global(&mut self, global: &Global) -> Outcome {
        let (value, version) = global.read();
        if value.is_unbound() {
            return Err(undefined(global.name.text()));
        }
        let id = global.id as usize;
        if self.globals.len() <= id {
            self.globals.resize(id + 16, (0, Value::Unbound));
        }
        self.globals[id] = (version, value.clone());
        Ok(value)
    }

    pub(super) fn load_name(&mut self, name: Symbol) -> Outcome {
        if let Some(value) = self.namespace().and_then(|names| names.get(name).cloned()) {
            return Ok(value);
        }
        let module = self.frames.last().map(|frame| frame.code.module);
        match module {
            Some(module) => self.read_global(module.variable(name)),
            None => Err(undefined(name.text())),
        }
    }

    /// Sets the variable in the cell at `d` to the value at `a`.
    pub(super) fn store_cell(&self, d: usize, a: usize) {
        if let Value::Cell(cell) = &self.stack[d] {
            let old = std::mem::replace(&mut *cell.lock(), self.stack[a].clone());
            drop(old);
        }
    }

    pub(super) fn load_free(&self, free: u8) -> Outcome {
        let Some(frame) = self.frames.last() else { return Ok(Value::None) };
        let value = frame.callee.closure().get(free as usize).map(|cell| cell.lock().clone()).unwrap_or_default();
        if value.is_unbound() {
            let name = frame.code.free.get(free as usize).map_or("", |name| name.text());
            let what = "cannot access free variable";
            return Err(name_error(format!(
                "{what} '{name}' where it is not associated with a value in enclosing scope"
            )));
        }
        Ok(value)
    }

    pub(super) fn store_free(&self, free: u8, value: Value) {
        let cell = self.frames.last().and_then(|frame| frame.callee.closure().get(free as usize));
        if let Some(cell) = cell {
            let old = std::mem::replace(&mut *cell.lock(), value);
            drop(old);
        }
    }
}

#[cold]
pub(super) fn unbound(code: &Code, reg: Reg) -> Raised {
    let name = code.variables.get(reg as usize).map_or("", |name| name.text());
    unbound_local_error(format!("cannot access local variable '{name}' where it is not associated with a value"))
}

#[cold]
pub(super) fn undefined(name: &str) -> Raised {
    name_error(format!("name '{name}' is not defined"))
}
