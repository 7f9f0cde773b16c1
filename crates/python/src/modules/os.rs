//! `os`: how many cores there are, and nothing else of the machine.

use super::add;
use crate::object::module::Module;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::vm::Vm;

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    add(
        module,
        &[
            ("cpu_count", |_, _| Ok(Value::Int(i64::from(interleave_threads::cores())))),
            ("getpid", |vm, _| Ok(Value::Int(vm.interpreter.family.pid as i64))),
            ("getppid", |vm, _| Ok(Value::Int(vm.interpreter.family.parent_pid as i64))),
        ],
    );
    module.set(Symbol::of("name"), Value::from("posix"));
    module.set(Symbol::of("linesep"), Value::from("\n"));
}
