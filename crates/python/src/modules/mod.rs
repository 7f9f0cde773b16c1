//! The library: a file for each module. What has to be fast or to know the machine is in Rust; the rest is Python, in `library`, and is
//! compiled when it is imported.

mod builtins;
mod math;
mod multiprocessing;
mod os;
mod pickle;
mod random;
mod sys;
mod thread;
mod time;

use crate::compile::code::Source;
use crate::compile::compile;
use crate::object::function::{Args, NativeFn};
use crate::object::module::Module;
use crate::raised::{Raised, import_error};
use crate::symbol::{self, Symbol};
use crate::value::Value;
use crate::vm::Vm;

pub use multiprocessing::run_process;
pub use thread::run_main;

/// What a module is made of.
enum Made {
    /// Of Rust: this adds what is in it.
    Native(fn(&mut Vm, &'static Module)),
    /// Of Python.
    Python(&'static str),
    /// Only of modules in it.
    Package,
}

const MODULES: &[(&str, Made)] = &[
    ("_thread", Made::Native(thread::fill)),
    ("builtins", Made::Native(builtins::fill)),
    ("math", Made::Native(math::fill)),
    ("os", Made::Native(os::fill)),
    ("_multiprocessing", Made::Native(multiprocessing::fill)),
    ("_pickle", Made::Native(pickle::fill)),
    ("_random", Made::Native(random::fill)),
    ("sys", Made::Native(sys::fill)),
    ("time", Made::Native(time::fill)),
    ("abc", Made::Python(include_str!("library/abc.py"))),
    ("asyncio", Made::Python(include_str!("library/asyncio.py"))),
    ("collections", Made::Python(include_str!("library/collections.py"))),
    ("collections.abc", Made::Python(include_str!("library/collections_abc.py"))),
    ("concurrent", Made::Package),
    ("concurrent.futures", Made::Python(include_str!("library/futures.py"))),
    ("contextlib", Made::Python(include_str!("library/contextlib.py"))),
    ("copy", Made::Python(include_str!("library/copy.py"))),
    ("dataclasses", Made::Python(include_str!("library/dataclasses.py"))),
    ("enum", Made::Python(include_str!("library/enum.py"))),
    ("functools", Made::Python(include_str!("library/functools.py"))),
    ("heapq", Made::Python(include_str!("library/heapq.py"))),
    ("itertools", Made::Python(include_str!("library/itertools.py"))),
    ("multiprocessing", Made::Python(include_str!("library/multiprocessing.py"))),
    ("multiprocessing.pool", Made::Python(include_str!("library/pool.py"))),
    ("operator", Made::Python(include_str!("library/operator.py"))),
    ("pickle", Made::Python(include_str!("library/pickle.py"))),
    ("queue", Made::Python(include_str!("library/queue.py"))),
    ("random", Made::Python(include_str!("library/random.py"))),
    ("string", Made::Python(include_str!("library/string.py"))),
    ("threading", Made::Python(include_str!("library/threading.py"))),
    ("traceback", Made::Python(include_str!("library/traceback.py"))),
    ("types", Made::Python(include_str!("library/types.py"))),
    ("typing", Made::Python(include_str!("library/typing.py"))),
];

/// Whether there is a module of this name.
pub fn is_known(name: &str) -> bool {
    MODULES.iter().any(|(own, _)| *own == name)
}

/// Imports a module, and those it is in.
pub fn import(vm: &mut Vm, name: &str) -> Result<&'static Module, Raised> {
    let known = vm.interpreter.modules.lock().iter().find(|(own, _)| *own == name).map(|(_, module)| *module);
    if let Some(module) = known {
        return Ok(module);
    }
    let Some((name, made)) = MODULES.iter().find(|(own, _)| *own == name) else {
        return Err(import_error(format!("No module named '{name}'")));
    };
    let parent = match name.rsplit_once('.') {
        Some((parent, last)) => Some((import(vm, parent)?, last)),
        None => None,
    };
    let module = Module::create(name);
    module.set(symbol::NAME, Value::from(*name));
    vm.interpreter.modules.lock().push((name, module));
    match made {
        Made::Native(fill) => fill(vm, module),
        Made::Python(text) => {
            let source = Source::new(format!("<library>/{name}.py"), (*text).to_owned(), true);
            let source: &'static Source = Box::leak(Box::new(source));
            let code = compile(source, module).map_err(|problem| import_error(problem.to_string()))?;
            vm.run_module(code)?;
        }
        Made::Package => {}
    }
    if let Some((parent, last)) = parent {
        parent.set(Symbol::of(last), Value::Module(module));
    }
    Ok(module)
}

/// Adds functions to a module.
fn add(module: &'static Module, functions: &[(&'static str, NativeFn)]) {
    for &(name, call) in functions {
        module.set(Symbol::of(name), crate::builtins::native(name, crate::object::function::Binds::No, call));
    }
}

/// The argument at a place, as a float.
fn float(vm: &mut Vm, args: &mut Args, at: usize) -> Result<f64, Raised> {
    let value = args.take(at);
    if value.is_unbound() {
        return Err(crate::raised::type_error("a required argument is missing"));
    }
    if value.as_str().is_some() || value.is_none() {
        let class = crate::object::class::class_of(&value).name();
        return Err(crate::raised::type_error(format!("must be real number, not {class}")));
    }
    crate::builtins::numbers::float_of(vm, &value)
}
