//! A process that a program started, from inside.

use super::message::{Begin, Ended, Speaker, ToChild, ToParent, to_bytes};
use super::{Family, Program};
use crate::compile::code::Source;
use crate::run::interpreter::{Interpreter, Output, Stream};
use crate::run::thread::Thread;
use crate::{Exit, exit, run_program};
use interleave_threads::process::say;
use interleave_threads::{Cancel, spawn};
use std::sync::{Arc, OnceLock};

/// What this process is, once it has begun.
struct Inside {
    interpreter: Arc<Interpreter>,
    cancel: Arc<Cancel>,
}

static INSIDE: OnceLock<Inside> = OnceLock::new();

/// Takes what a process's parent tells it: each message after the [greeting](crate::Options::greeting). Returns at once.
pub fn hear(message: &[u8]) {
    match (postcard::from_bytes(message), INSIDE.get()) {
        (Ok(ToChild::Begin(begun)), None) => begin(*begun),
        (Ok(ToChild::Answer { ticket, item }), Some(inside)) => inside.interpreter.answer(ticket, item),
        (Ok(ToChild::End), Some(inside)) => {
            inside.cancel.stop();
            inside.interpreter.end_all();
        }
        // Nothing that a parent says.
        _ => {}
    }
}

fn begin(begin: Begin) {
    let Begin { source, options, made_us, pid, parent_pid, name, object } = begin;
    let (program_name, cancel) = (options.script_name.clone(), options.cancel.clone());
    let program = Program { source: source.as_str().into(), options, made_us };
    let family = Family::new(program, pid, parent_pid, Some(name));
    let interpreter = Arc::new(Interpreter::new(Box::new(Upwards), family));
    let inside = INSIDE.get_or_init(|| Inside { interpreter, cancel });
    let run = || {
        let _farewell = Farewell;
        let source = Source::new(program_name, source, false);
        let ended = run_program(&inside.interpreter, source, Some(object));
        take_leave(exit(&inside.interpreter, ended));
    };
    if let Err(error) = spawn(false, run) {
        inside.interpreter.complain(&format!("{error}\n"));
        drop(Farewell);
    }
}

/// Tells the parent how it ended.
fn take_leave(exit: Exit) {
    let Exit { code, lanes, gil, .. } = exit;
    let told = INSIDE.get().is_some_and(|inside| inside.cancel.check().is_err());
    say(&to_bytes(&ToParent::Ended(Box::new(Ended { code, told, lanes, gil }))));
}

/// Tells the parent when it is dropped that this is the end, whatever has become of it: a later word changes nothing.
struct Farewell;

impl Drop for Farewell {
    fn drop(&mut self) {
        say(&to_bytes(&ToParent::Lost));
    }
}

/// Tells the parent what is printed.
struct Upwards;

impl Output for Upwards {
    fn begin(&mut self, _: u64) {
        say(&to_bytes(&ToParent::Begun));
    }

    fn write(&mut self, stream: Stream, thread: &Thread, text: &str, at_us: u64) {
        let by = Speaker { thread: thread.id, name: thread.name.lock().clone(), process: thread.process };
        say(&to_bytes(&ToParent::Print { by, error: stream == Stream::Err, text: text.to_owned(), at_us }));
    }
}
