//! `_thread`: what `threading` is made of.

use super::{add, import};
use crate::builtins::functions::microseconds;
use crate::builtins::native;
use crate::builtins::types::types;
use crate::guarded::Guarded;
use crate::object::class::{Class, Definition, Namespace};
use crate::object::dict::Dict;
use crate::object::function::{Args, Binds, NativeFn};
use crate::object::instance::{Inner, Instance};
use crate::object::module::Module;
use crate::raised::{Outcome, Raised, runtime_error, type_error, value_error};
use crate::run::interpreter::{Interpreter, Stream};
use crate::run::lock::Lock;
use crate::run::thread::Thread;
use crate::run::timeline::State;
use crate::run::traceback;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::vm::Vm;
use interleave_threads::{AtWork, now_us};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// A thread that was started, for who joins it.
struct Handle(Arc<Thread>);

fn own_lock(args: &Args) -> Result<Arc<Lock>, Raised> {
    match args.values.first() {
        Some(Value::Instance(own)) => own.native::<Arc<Lock>>().cloned().ok_or_else(|| type_error("not a lock")),
        _ => Err(type_error("not a lock")),
    }
}

/// Until when a call with `blocking` and `timeout` waits.
fn acquire(vm: &mut Vm, args: &mut Args) -> Outcome {
    let lock = own_lock(args)?;
    let blocking = args.named(1, "blocking").unwrap_or(Value::Bool(true));
    let blocking = vm.truth(&blocking)?;
    let timeout = args.named(2, "timeout").unwrap_or(Value::Int(-1));
    let forever = timeout.is_none() || timeout.as_float() == Some(-1.0);
    if !blocking && !forever {
        return Err(value_error("can't specify a timeout for a non-blocking call"));
    }
    let until = match forever {
        true => None,
        false => {
            let us = microseconds(vm, &timeout, "timeout value must be positive")?;
            Some(vm.interpreter.until_us(us))
        }
    };
    lock.acquire(vm, blocking, until).map(Value::Bool)
}

const LOCK: &[(&str, NativeFn)] = &[
    ("acquire", acquire),
    ("__enter__", |vm, args| {
        let lock = own_lock(args)?;
        lock.acquire(vm, true, None).map(Value::Bool)
    }),
    ("release", |vm, args| {
        own_lock(args)?.release(&vm.thread)?;
        Ok(Value::None)
    }),
    ("__exit__", |vm, args| {
        own_lock(args)?.release(&vm.thread)?;
        Ok(Value::None)
    }),
    ("locked", |_, args| Ok(Value::Bool(own_lock(args)?.is_locked()))),
    ("_is_owned", |vm, args| Ok(Value::Bool(own_lock(args)?.is_held_by(&vm.thread)))),
    ("_release_save", |vm, args| Ok(Value::Int(i64::from(own_lock(args)?.release_all(&vm.thread)?)))),
    ("_acquire_restore", |vm, args| {
        let (lock, depth) = (own_lock(args)?, args.take(1).as_int().unwrap_or(1));
        for _ in 0..depth {
            lock.acquire(vm, true, None)?;
        }
        Ok(Value::None)
    }),
    ("_stands_for", |_, args| {
        let lock = own_lock(args)?;
        lock.set_what(args.take(1).as_str().unwrap_or("Lock"));
        Ok(args.take(0))
    }),
    ("__repr__", |_, args| {
        let lock = own_lock(args)?;
        let (holder, depth) = lock.held();
        let Value::Instance(own) = args.take(0) else { return Ok(Value::None) };
        let state = if holder.is_some() { "locked" } else { "unlocked" };
        let address = crate::vm::show::address(&Value::Instance(own.clone()));
        Ok(Value::from(match own.class.name() {
            "RLock" => {
                let owner = holder.map_or(0, |id| id + 1);
                format!("<{state} _thread.RLock object owner={owner} count={depth} at {address}>")
            }
            name => format!("<{state} _thread.{name} object at {address}>"),
        }))
    }),
];

fn new_lock(class: &'static Class, reentrant: bool) -> Value {
    let lock = Arc::new(Lock::new(if reentrant { "RLock" } else { "Lock" }, reentrant));
    Value::Instance(Arc::new(Instance::new(class, Inner::Native(Box::new(lock)))))
}

fn class(name: &'static str, methods: &[(&'static str, NativeFn)], construct: Option<NativeFn>) -> &'static Class {
    let mut attributes = Namespace::default();
    for &(name, call) in methods {
        attributes.set(Symbol::of(name), native(name, Binds::Object, call));
    }
    let definition = Definition {
        name,
        qualname: name,
        module: "_thread",
        bases: vec![types().object],
        attributes,
        construct,
        in_python: false,
    };
    Class::create(definition).expect("one base is always in order")
}

const HANDLE: &[(&str, NativeFn)] = &[
    ("join", |vm, args| {
        let Value::Instance(own) = args.take(0) else { return Ok(Value::None) };
        let timeout = args.take(1);
        let until = match &timeout {
            Value::None | Value::Unbound => None,
            timeout => {
                let seconds = timeout.as_float().unwrap_or(0.0).max(0.0);
                Some(vm.interpreter.until_us((seconds.min(1e9) * 1e6) as u64))
            }
        };
        let Some(Handle(thread)) = own.native() else { return Ok(Value::None) };
        vm.join(thread, until).map(Value::Bool)
    }),
    ("is_alive", |_, args| match args.take(0) {
        Value::Instance(own) => Ok(Value::Bool(own.native::<Handle>().is_some_and(|handle| !handle.0.has_ended()))),
        _ => Ok(Value::Bool(false)),
    }),
    ("ident", |_, args| match args.take(0) {
        Value::Instance(own) => Ok(own.native::<Handle>().map_or(Value::None, |handle| ident(&handle.0))),
        _ => Ok(Value::None),
    }),
    ("set_name", |_, args| {
        if let (Value::Instance(own), Some(name)) = (args.take(0), args.take(1).as_str())
            && let Some(handle) = own.native::<Handle>()
        {
            name.clone_into(&mut handle.0.name.lock());
        }
        Ok(Value::None)
    }),
];

/// What `get_ident` gives.
fn ident(thread: &Thread) -> Value {
    Value::Int(140_000_000_000_000 + i64::from(thread.id) * 4096)
}

/// Starts a thread: the function, its name, whether it is a daemon.
fn start(vm: &mut Vm, args: &mut Args, handle_class: &'static Class) -> Outcome {
    let (function, name, daemon) = (args.take(0), args.take(1), args.take(2));
    let daemon = vm.truth(&daemon)?;
    let interpreter = vm.interpreter.clone();
    let name = name.as_str().unwrap_or("Thread").to_owned();
    let Some(thread) = interpreter.add_thread(name, daemon, false) else {
        return Err(runtime_error("can't start new thread"));
    };
    vm.note_line();
    thread.line.store(vm.thread.line.load(Ordering::Relaxed), Ordering::Relaxed);
    thread.enter(State::Starting);
    let (own, shared) = (thread.clone(), interpreter.clone());
    let body = move || {
        let _at_work = AtWork::begin();
        // However the thread ends, others have to learn of it.
        let _ending = Ending { interpreter: shared.clone(), thread: own.clone() };
        run_thread(&shared, &own, &function);
        drop(function);
    };
    // In a browser on a worker that stands by, if one does: it begins as soon as a thread of Python's does.
    if interleave_threads::spawn(false, body).is_err() {
        thread.end();
        return Err(runtime_error("can't start new thread"));
    }
    Ok(Value::Instance(Arc::new(Instance::new(handle_class, Inner::Native(Box::new(Handle(thread)))))))
}

fn run_thread(interpreter: &Arc<Interpreter>, thread: &Arc<Thread>, function: &Value) {
    thread.line.store(0, Ordering::Relaxed);
    if interpreter.gil.is_enabled() {
        thread.enter(State::WaitingForGil);
    }
    if interpreter.take_gil(thread).is_err() {
        return thread.cut.store(true, Ordering::Relaxed);
    }
    let mut vm = Vm::new(interpreter.clone(), thread.clone());
    match vm.call(function, []) {
        Ok(_) => {}
        Err(Raised::Ended) => thread.cut.store(true, Ordering::Relaxed),
        Err(Raised::Exception(exception)) => {
            let text = traceback::written(&mut vm, &exception);
            let _ = vm.write(Stream::Err, &text);
        }
    }
}

/// Says when it is dropped that a thread runs nothing any more.
struct Ending {
    interpreter: Arc<Interpreter>,
    thread: Arc<Thread>,
}

impl Drop for Ending {
    fn drop(&mut self) {
        self.interpreter.gil.release(&self.thread);
        self.interpreter.end(&self.thread);
    }
}

/// Values of each thread, by the address of the object that has them.
type Locals = Guarded<HashMap<u32, Arc<Dict>>>;

/// Adds what is in it.
pub fn fill(_: &mut Vm, module: &'static Module) {
    let lock = class(
        "lock",
        LOCK,
        Some(|_, args| match args.take(0) {
            Value::Class(class) => Ok(new_lock(class, false)),
            _ => Err(type_error("not a class")),
        }),
    );
    let reentrant = class(
        "RLock",
        LOCK,
        Some(|_, args| match args.take(0) {
            Value::Class(class) => Ok(new_lock(class, true)),
            _ => Err(type_error("not a class")),
        }),
    );
    let locals = class(
        "_Locals",
        &[("dict", |vm, args| match args.take(0) {
            Value::Instance(own) => {
                let id = vm.thread.id;
                let dict = own.native::<Locals>().map(|locals| locals.lock().entry(id).or_default().clone());
                Ok(dict.map_or(Value::None, Value::Dict))
            }
            _ => Ok(Value::None),
        })],
        Some(|_, args| match args.take(0) {
            Value::Class(class) => {
                let locals: Locals = Guarded::default();
                Ok(Value::Instance(Arc::new(Instance::new(class, Inner::Native(Box::new(locals))))))
            }
            _ => Err(type_error("not a class")),
        }),
    );
    let handle = class("_Handle", HANDLE, None);
    module.set(Symbol::of("LockType"), Value::Class(lock));
    module.set(Symbol::of("RLock"), Value::Class(reentrant));
    module.set(Symbol::of("_Locals"), Value::Class(locals));
    module.set(Symbol::of("_Handle"), Value::Class(handle));
    module.set(Symbol::of("error"), Value::Class(types().runtime_error));
    module.set(Symbol::of("TIMEOUT_MAX"), Value::Float(1e9));
    add(
        module,
        &[
            ("get_ident", |vm, _| Ok(ident(&vm.thread))),
            ("_start", |vm, args| {
                let module = import(vm, "_thread")?;
                match module.get(Symbol::of("_Handle")) {
                    Some(Value::Class(class)) => start(vm, args, class),
                    _ => Err(runtime_error("can't start new thread")),
                }
            }),
            ("_set_name", |vm, args| {
                if let Some(name) = args.take(0).as_str() {
                    name.clone_into(&mut vm.thread.name.lock());
                }
                Ok(Value::None)
            }),
            ("_is_coroutine_function", |_, args| {
                let function = args.take(0);
                let function = match &function {
                    Value::Method(method) => method.function.clone(),
                    function => function.clone(),
                };
                Ok(Value::Bool(function.as_function().is_some_and(|function| function.code.is_coroutine())))
            }),
            ("_format_exception", |vm, args| match args.take(0) {
                Value::Instance(exception) if exception.exception().is_some() => {
                    Ok(Value::from(traceback::written(vm, &exception)))
                }
                _ => Ok(Value::from("NoneType: None\n")),
            }),
            ("_last_line", |vm, args| match args.take(0) {
                Value::Instance(exception) if exception.exception().is_some() => {
                    Ok(Value::from(traceback::last_line(vm, &exception)))
                }
                _ => Ok(Value::from("NoneType: None\n")),
            }),
        ],
    );
}

/// Runs the main program: `run` does; then what the interpreter does at the end. The exit code, and when the program's last line was done.
pub fn run_main(vm: &mut Vm, run: impl FnOnce(&mut Vm) -> Outcome) -> (i32, u64) {
    let outcome = run(vm);
    vm.thread.cut.store(matches!(outcome, Err(Raised::Ended)), Ordering::Relaxed);
    let mut code = settle(vm, outcome);
    let last_line_us = now_us();
    // `threading` joins what is not a daemon, after what it was asked to do at the end; then `multiprocessing` does.
    for module in ["threading", "multiprocessing"] {
        let module = vm.interpreter.modules.lock().iter().find(|(name, _)| *name == module).map(|(_, module)| *module);
        if let Some(shutdown) = module.and_then(|module| module.get(Symbol::of("_shutdown"))) {
            vm.thread.line.store(0, Ordering::Relaxed);
            if let Err(raised) = vm.call(&shutdown, []) {
                let failed = settle(vm, Err(raised));
                code = if code == 0 { failed } else { code };
            }
        }
    }
    (code, last_line_us)
}

/// Prints an exception that the main program did not handle: the exit code.
fn settle(vm: &mut Vm, outcome: Outcome) -> i32 {
    let exception = match outcome {
        Ok(_) => return 0,
        Err(Raised::Ended) => return 1,
        Err(Raised::Exception(exception)) => exception,
    };
    if exception.class.is_a(types().system_exit) {
        let args = crate::vm::unwind::arguments(&exception);
        return match args.first() {
            None | Some(Value::None) => 0,
            Some(value) => match value.as_int() {
                Some(code) => (code & 0xff) as i32,
                None => {
                    if let Ok(text) = vm.str(value) {
                        let _ = vm.write(Stream::Err, &format!("{}\n", text.as_str()));
                    }
                    1
                }
            },
        };
    }
    let text = traceback::written(vm, &exception);
    let _ = vm.write(Stream::Err, &text);
    1
}
