//! A subset of Python 3.11, on real threads: with a global interpreter lock as CPython's, or without.
//!
//! ```text
//! text ─scan, parse─▶ syntax tree ─scopes, compile─▶ bytecode ─▶ Vm, one for each thread
//!                                                              │
//!          Interpreter: what threads share ◀───────────────────┘
//!          GIL, locks, waiting, output, modules, timeline
//! ```
//!
//! - **Front** ([`compile`]): a scan bounds how deeply the text nests, ruff's parser makes a tree of it, scopes are resolved for the whole module,
//!   and code is made. What is not part of the subset is an error with its line, before anything runs.
//! - **Bytecode**: instructions of eight bytes over at most 256 registers of a function; exceptions go by tables; `finally` is compiled once for each way
//!   out.
//! - **Values** ([`value`]): 16 bytes. Functions of modules and classes, classes, modules and constants live for ever and are not counted; the rest is
//!   counted, and each object that can change has a lock of its own. So no thread can break memory, with the global interpreter lock or without: this
//!   crate has no unsafe code.
//! - **Evaluator** ([`vm`]): Python's calls are on a stack of their own. Reads of global variables take no lock: a thread keeps what it read together
//!   with the variable's version. Places that access attributes remember, per thread, where they found them: an object's attributes have a shape.
//! - **Run** ([`mod@run`]): threads, the global interpreter lock, waiting with a limit or until cancelled, deadlocks, the end.
//! - **Processes** ([`process`]): another process of this program, with an interpreter of its own; values are pickled (`pickle`).
//! - **Library** (`modules`): a file for each module. What must be fast or know the machine is in Rust; the rest is Python, compiled when imported.
//!   A primitive lock is all that `threading`, `queue` and `concurrent.futures` are made of, as in CPython: each lock says what it stands for, so
//!   that a wait for a `Condition` is shown as that.
#![forbid(unsafe_code)]

mod builtins;
pub mod compile;
mod guarded;
mod modules;
pub mod object;
mod pickle;
pub mod process;
mod raised;
pub mod random;
pub mod run;
mod symbol;
pub mod text;
pub mod value;
pub mod vm;

pub use compile::Problem;
pub use run::gil::GilCounts;
pub use run::interpreter::{Output, Stream};
pub use run::thread::Thread;
pub use run::timeline::{Lane, Span, State};

use compile::code::Source;
use interleave_threads::{AtWork, Cancel};
use object::module::Module;
use process::{Family, Program};
use run::interpreter::{Interpreter, MAIN};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use symbol::Symbol;
use value::Value;
use vm::Vm;

/// How a program is run.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Options {
    /// Whether threads take turns with a global interpreter lock.
    pub gil: bool,
    /// The lock's switch interval at first, in microseconds.
    pub interval_us: u64,
    /// The most threads at the same time; one more is a `RuntimeError`, as where the system refuses it.
    pub most_threads: usize,
    /// The program's name in tracebacks, and `sys.argv[0]`.
    pub script_name: String,
    /// The rest of `sys.argv`.
    pub argv: Vec<String>,
    /// How many times as fast as time the program's clock runs: so much shorter are its sleeps, and the limits of its waits. What it
    /// computes takes as long as ever. Above 0.
    pub clock_speed: f64,
    /// The first message to each process that the program starts, so that it lets [`process::hear`] have all later ones. Without, it can
    /// start none.
    pub greeting: Option<String>,
    /// Stops the run. A process has one of its own.
    #[serde(skip)]
    pub cancel: Arc<Cancel>,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            gil: true,
            interval_us: 5000,
            most_threads: 1000,
            script_name: "script.py".into(),
            argv: Vec::new(),
            clock_speed: 1.0,
            greeting: None,
            cancel: Arc::default(),
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exit {
    /// The exit code: 0 if all went well, as Python's.
    pub code: i32,
    /// Why the program did not run at all.
    pub problem: Option<Problem>,
    /// Who waited for what, if the run ended because nothing could happen any more.
    pub deadlock: Option<String>,
    /// What each thread did.
    pub lanes: Vec<Lane>,
    /// The numbers of the threads that were started, in the order in which they ended.
    pub ended: Vec<u32>,
    /// When the program's first line began, in microseconds of [`interleave_threads::now_us`].
    pub start_us: u64,
    /// When its last line was done, and what was left to do was what the interpreter does at the end.
    pub last_line_us: u64,
    /// When it was over.
    pub end_us: u64,
    /// How the global interpreter lock was used.
    pub gil: GilCounts,
}

/// Why a program cannot run; nothing if it can. Nothing of it runs.
#[must_use]
pub fn check(source: &str, script_name: &str) -> Option<Problem> {
    compile::check(&Source::new(script_name.to_owned(), source.to_owned(), false)).err()
}

/// Runs a program to its end, on threads of its own.
///
/// What it prints goes to `output`, line by line in order of time.
pub fn run(source: &str, options: &Options, output: impl Output + 'static) -> Exit {
    let family = Family::first(Program::new(source, options));
    let interpreter = Arc::new(Interpreter::new(Box::new(output), family));
    let source = Source::new(options.script_name.clone(), source.to_owned(), false);
    run_within(&interpreter, |shared| run_program(shared, source, None))
}

/// Runs the main thread of a process, on a thread of its own.
fn run_within(interpreter: &Arc<Interpreter>, main: impl FnOnce(&Arc<Interpreter>) -> Ended + Send + 'static) -> Exit {
    let (shared, watch) = (interpreter.clone(), Arc::new(Thread::new(0, String::new(), true)));
    let watcher = watch.clone();
    let body = move || {
        let ended = main(&shared);
        watcher.end();
        watcher.wake();
        ended
    };
    let ended = interleave_threads::spawn(false, body).and_then(|handle| {
        interpreter.watch(&watch);
        handle.join()
    });
    let ended = match ended {
        Ok(ended) => ended,
        Err(error) => {
            interpreter.complain(&format!("{error}\n"));
            Ended::unrun(None)
        }
    };
    exit(interpreter, ended)
}

/// How a run ended.
fn exit(interpreter: &Interpreter, ended: Ended) -> Exit {
    let deadlock = interpreter.deadlock();
    if let Some(text) = &deadlock {
        interpreter.complain(text);
    }
    Exit {
        code: if deadlock.is_some() { 1 } else { ended.code },
        problem: ended.problem,
        deadlock,
        lanes: interpreter.lanes(),
        ended: interpreter.ended(),
        start_us: ended.start_us,
        last_line_us: ended.last_line_us,
        end_us: ended.end_us,
        gil: interpreter.gil_counts(),
    }
}

/// How the main thread ended.
struct Ended {
    code: i32,
    problem: Option<Problem>,
    start_us: u64,
    last_line_us: u64,
    end_us: u64,
}

impl Ended {
    /// It did not run.
    fn unrun(problem: Option<Problem>) -> Ended {
        let now = interleave_threads::now_us();
        Ended { code: 1, problem, start_us: now, last_line_us: now, end_us: now }
    }
}

fn leaked(source: Source) -> &'static Source {
    Box::leak(Box::new(source))
}

/// What a script's main thread does: a program, or a process of one, which runs the script only for what it defines and is then the
/// pickled `Process`.
fn run_program(interpreter: &Arc<Interpreter>, source: Source, object: Option<Vec<u8>>) -> Ended {
    let _at_work = AtWork::begin();
    let name = if object.is_some() { "__mp_main__" } else { "__main__" };
    let main = Module::create(name);
    main.set(symbol::NAME, Value::from(name));
    main.set(symbol::FILE, Value::from(&*source.name));
    main.set(symbol::DOC, Value::None);
    main.set(Symbol::of("__builtins__"), Value::None);
    let code = match compile::compile(leaked(source), main) {
        Ok(code) => code,
        Err(problem) => {
            interpreter.complain(&format!("{problem}\n"));
            return Ended::unrun(Some(problem));
        }
    };
    let start_us = interpreter.begin();
    let Some(thread) = interpreter.add_thread(MAIN.into(), false, false) else { return Ended::unrun(None) };
    if interpreter.take_gil(&thread).is_err() {
        return Ended::unrun(None);
    }
    // Under both names, so that what one process pickles another one finds.
    interpreter.modules.lock().extend([("__main__", main), ("__mp_main__", main)]);
    let mut vm = Vm::new(interpreter.clone(), thread.clone());
    let (code, last_line_us) = modules::run_main(&mut vm, |vm| match object {
        None => vm.run_module(code),
        Some(object) => modules::run_process(vm, code, object),
    });
    interpreter.end_threads(&thread);
    drop(vm);
    thread.end();
    Ended { code, problem: None, start_us, last_line_us, end_us: interleave_threads::now_us() }
}
